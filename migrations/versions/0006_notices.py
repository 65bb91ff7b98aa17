"""Outbox, deliveries and access links."""

revision = "0006_notices"
down_revision = "0005_signing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    pass


def downgrade() -> None:
    """Drop the tables."""
    pass
