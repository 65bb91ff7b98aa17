"""Limits: where a person serves and how much at most, the way between centres, the count of sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0021_limits"
down_revision = "0020_settlement"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "area_limit",
        sa.Column("area_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("max_day", sa.Integer(), nullable=True),
        sa.Column("max_week", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_day >= 1", name=op.f("ck_area_limit_max_day")),
        sa.CheckConstraint("max_week >= 1", name=op.f("ck_area_limit_max_week")),
        sa.ForeignKeyConstraint(["area_id"], ["organisation.id"], name=op.f("fk_area_limit_area_id_organisation")),
        sa.PrimaryKeyConstraint("area_id", name=op.f("pk_area_limit")),
    )
    op.create_table(
        "centre_way",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("one_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 480", name=op.f("ck_centre_way_minutes")),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_centre_way_order")),
        sa.ForeignKeyConstraint(["one_id"], ["organisation.id"], name=op.f("fk_centre_way_one_id_organisation")),
        sa.ForeignKeyConstraint(["other_id"], ["organisation.id"], name=op.f("fk_centre_way_other_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_way")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_centre_way_one_id_other_id")),
    )
    with op.batch_alter_table("centre_way", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_centre_way_other_id"), ["other_id"], unique=False)

    op.create_table(
        "person_load",
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column(
            "period",
            sa.Enum("day", "week", name="period", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_person_load_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "period", "starts_on", name=op.f("pk_person_load")),
    )
    op.create_table(
        "person_service",
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("home_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("centre_ids", sa.JSON(), nullable=False),
        sa.Column("max_day", sa.Integer(), nullable=True),
        sa.Column("max_week", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_day >= 1", name=op.f("ck_person_service_max_day")),
        sa.CheckConstraint("max_week >= 1", name=op.f("ck_person_service_max_week")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_person_service_account_id_account")),
        sa.ForeignKeyConstraint(["home_id"], ["organisation.id"], name=op.f("fk_person_service_home_id_organisation")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_person_service")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("person_service")
    op.drop_table("person_load")
    with op.batch_alter_table("centre_way", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_centre_way_other_id"))

    op.drop_table("centre_way")
    op.drop_table("area_limit")
