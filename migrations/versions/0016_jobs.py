"""Jobs that are stopped, tried again and gone on with."""

import sqlalchemy as sa
from alembic import op

revision = "0016_jobs"
down_revision = "0015_calendar"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("is_stop_asked", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_column("ended_at")
        batch_op.drop_column("is_stop_asked")
        batch_op.drop_column("attempts")
