"""Plans that are proposed, one row a session."""

import sqlalchemy as sa
from alembic import op

revision = "0018_planning"
down_revision = "0017_roster"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "plan_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("backlog", "replan", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "making",
                "proposed",
                "accepting",
                "ended",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("score", sa.JSON(), nullable=False),
        sa.Column("job_public_id", sa.String(length=22), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_plan_run_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_run_public_id")),
    )
    with op.batch_alter_table("plan_run", schema=None) as batch_op:
        batch_op.create_index("ix_plan_run_account_asked", ["account_id", "asked_at"], unique=False)

    op.create_table(
        "planned_place",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("owner_kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "impossible",
                "waiting",
                "chosen",
                "accepted",
                "refused",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("starts_at", sa.DateTime(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.String(length=400), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["booked_session.id"], name=op.f("fk_planned_place_replaces_id_booked_session")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_planned_place_room_id_room")),
        sa.ForeignKeyConstraint(["run_id"], ["plan_run.id"], name=op.f("fk_planned_place_run_id_plan_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_place")),
        sa.UniqueConstraint("public_id", name=op.f("uq_planned_place_public_id")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_planned_place_run_id_position")),
    )
    with op.batch_alter_table("planned_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_place_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_planned_place_room_id"), ["room_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("planned_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_place_room_id"))
        batch_op.drop_index(batch_op.f("ix_planned_place_replaces_id"))

    op.drop_table("planned_place")
    with op.batch_alter_table("plan_run", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_run_account_asked")

    op.drop_table("plan_run")
