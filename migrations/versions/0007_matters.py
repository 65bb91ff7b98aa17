"""Visits, matters, parties, consents, clocks, involvement."""

revision = "0007_matters"
down_revision = "0006_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
