"""Linkages and feedback."""

revision = "0011_linkage"
down_revision = "0010_agreements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
