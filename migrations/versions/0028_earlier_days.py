"""Who was there on an earlier day of a hearing, and who could not be reached to sign."""

import sqlalchemy as sa
from alembic import op

revision = "0028_earlier_days"
down_revision = "0027_many_confirmations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the column."""
    op.create_table(
        "hearing_earlier_day",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("minutes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attendance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("identity_document", sa.String(length=40), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["hearing_attendance.id"],
            name=op.f("fk_hearing_earlier_day_attendance_id_hearing_attendance"),
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["hearing_minutes.id"], name=op.f("fk_hearing_earlier_day_minutes_id_hearing_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_earlier_day")),
        sa.UniqueConstraint("attendance_id", "day", name=op.f("uq_hearing_earlier_day_attendance_id_day")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_earlier_day_public_id")),
    )
    with op.batch_alter_table("hearing_earlier_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_earlier_day_minutes_id"), ["minutes_id"], unique=False)
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_unreached", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.drop_column("is_unreached")
    with op.batch_alter_table("hearing_earlier_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_earlier_day_minutes_id"))

    op.drop_table("hearing_earlier_day")
