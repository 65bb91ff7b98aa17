"""The work of applying for judicial confirmation of a whole batch."""

import sqlalchemy as sa
from alembic import op

revision = "0027_many_confirmations"
down_revision = "0026_scan_stacks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    with op.batch_alter_table("seal_batch", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("confirmation_job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_seal_batch_confirmation_job_id"), ["confirmation_job_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_seal_batch_confirmation_job_id_job"), "job", ["confirmation_job_id"], ["id"]
        )


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("seal_batch", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_seal_batch_confirmation_job_id_job"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_seal_batch_confirmation_job_id"))
        batch_op.drop_column("confirmation_job_id")
