"""Lawyers' opinions and answers."""

revision = "0009_counsel"
down_revision = "0008_mediation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    pass


def downgrade() -> None:
    """Drop the tables."""
    pass
