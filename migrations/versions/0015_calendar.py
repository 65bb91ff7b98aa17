"""Drafts of the calendar: what lies in a basket, and sessions that hold a place for it."""

import sqlalchemy as sa
from alembic import op

revision = "0015_calendar"
down_revision = "0014_rosters"
branch_labels = None
depends_on = None

STATUSES = ("booked", "cancelled", "entered_in_error")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "draft_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "act",
            sa.Enum("place", "move", "cancel", name="act", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "published",
                "withdrawn",
                "fallen_out",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("open_key", sa.String(length=80), nullable=True),
        sa.Column("put_in_at", sa.DateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("publish_at", sa.DateTime(), nullable=True),
        sa.Column("failure", sa.String(length=400), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_move_account_id_account")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["booked_session.id"], name=op.f("fk_draft_move_replaces_id_booked_session")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["booked_session.id"], name=op.f("fk_draft_move_session_id_booked_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_move")),
        sa.UniqueConstraint("open_key", name=op.f("uq_draft_move_open_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_draft_move_public_id")),
    )
    with op.batch_alter_table("draft_move", schema=None) as batch_op:
        batch_op.create_index("ix_draft_move_basket", ["account_id", "status"], unique=False)
        batch_op.create_index("ix_draft_move_expires", ["status", "expires_on"], unique=False)
        batch_op.create_index("ix_draft_move_publish", ["status", "publish_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_move_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_draft_move_session_id"), ["session_id"], unique=False)
    _allow_statuses(("draft", *STATUSES))


def downgrade() -> None:
    """Take them away."""
    op.execute("DELETE FROM occupancy WHERE session_id IN (SELECT id FROM booked_session WHERE status = 'draft')")
    op.execute("DELETE FROM session_seat WHERE session_id IN (SELECT id FROM booked_session WHERE status = 'draft')")
    op.execute("UPDATE draft_move SET session_id = NULL")
    op.execute("DELETE FROM booked_session WHERE status = 'draft'")
    _allow_statuses(STATUSES)
    with op.batch_alter_table("draft_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_move_session_id"))
        batch_op.drop_index(batch_op.f("ix_draft_move_replaces_id"))
        batch_op.drop_index("ix_draft_move_publish")
        batch_op.drop_index("ix_draft_move_expires")
        batch_op.drop_index("ix_draft_move_basket")

    op.drop_table("draft_move")


def _allow_statuses(statuses: tuple[str, ...]) -> None:
    with op.batch_alter_table("booked_session", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_booked_session_status"), type_="check")
        batch_op.create_check_constraint(op.f("ck_booked_session_status"), sa.column("status").in_(statuses))
