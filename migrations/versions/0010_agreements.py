"""Agreements, obligations, follow-ups, confirmations."""

revision = "0010_agreements"
down_revision = "0009_counsel"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    pass


def downgrade() -> None:
    """Drop the tables."""
    pass
