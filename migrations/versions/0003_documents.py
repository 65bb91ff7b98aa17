"""Number series, papers and their revisions."""

revision = "0003_documents"
down_revision = "0002_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""


def downgrade() -> None:
    """Drop the tables."""
