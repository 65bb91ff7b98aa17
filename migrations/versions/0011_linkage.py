"""Linkages and feedback; portal."""

revision = "0011_linkage"
down_revision = "0010_agreements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    pass


def downgrade() -> None:
    """Drop the tables."""
    pass
