"""Signing days: desks with tablets, tickets."""

import sqlalchemy as sa
from alembic import op

revision = "0023_signing_day"
down_revision = "0022_dossier"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "signing_day",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("roster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "open", "closed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_signing_day_created_by_account")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_signing_day_roster_id_roster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_day")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signing_day_public_id")),
        sa.UniqueConstraint("roster_id", "on", name=op.f("uq_signing_day_roster_id_on")),
    )
    with op.batch_alter_table("signing_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signing_day_on"), ["on"], unique=False)

    op.create_table(
        "signing_desk",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("day_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("tablet_name", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("pairing_code_digest", sa.String(length=64), nullable=True),
        sa.Column("pairing_until", sa.DateTime(), nullable=True),
        sa.Column("device_digest", sa.String(length=64), nullable=True),
        sa.Column("paired_at", sa.DateTime(), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signing_desk_account_id_account")),
        sa.ForeignKeyConstraint(["day_id"], ["signing_day.id"], name=op.f("fk_signing_desk_day_id_signing_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_desk")),
        sa.UniqueConstraint("day_id", "position", name=op.f("uq_signing_desk_day_id_position")),
        sa.UniqueConstraint("device_digest", name=op.f("uq_signing_desk_device_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signing_desk_public_id")),
    )
    with op.batch_alter_table("signing_desk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signing_desk_pairing_code_digest"), ["pairing_code_digest"], unique=False)

    op.create_table(
        "signing_ticket",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("day_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claimant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("settlement_agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited",
                "waiting",
                "at_desk",
                "signed",
                "no_show",
                "second_round",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "phase",
            sa.Enum(
                "identity",
                "reading",
                "signing",
                "receipt",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("invited_at", sa.DateTime(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("called_at", sa.DateTime(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("desk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("shown_sha256", sa.String(length=64), nullable=False),
        sa.Column("reading_page", sa.Integer(), nullable=False),
        sa.Column("reading_pages", sa.Integer(), nullable=False),
        sa.Column("read_started_at", sa.DateTime(), nullable=True),
        sa.Column("read_ended_at", sa.DateTime(), nullable=True),
        sa.Column("is_large_type", sa.Boolean(), nullable=False),
        sa.Column("is_read_aloud", sa.Boolean(), nullable=False),
        sa.Column(
            "asked",
            sa.Enum(
                "question", "on_paper", "not_today", name="asked", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("needs_help", sa.Boolean(), nullable=False),
        sa.Column("needs_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "second_reason",
            sa.Enum(
                "away",
                "hospital",
                "papers",
                "no_show",
                "other",
                name="second_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("moved_to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["claimant_id"], ["claimant.id"], name=op.f("fk_signing_ticket_claimant_id_claimant")),
        sa.ForeignKeyConstraint(["day_id"], ["signing_day.id"], name=op.f("fk_signing_ticket_day_id_signing_day")),
        sa.ForeignKeyConstraint(["desk_id"], ["signing_desk.id"], name=op.f("fk_signing_ticket_desk_id_signing_desk")),
        sa.ForeignKeyConstraint(
            ["moved_to_id"], ["signing_day.id"], name=op.f("fk_signing_ticket_moved_to_id_signing_day")
        ),
        sa.ForeignKeyConstraint(
            ["settlement_agreement_id"],
            ["settlement_agreement.id"],
            name=op.f("fk_signing_ticket_settlement_agreement_id_settlement_agreement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_ticket")),
        sa.UniqueConstraint("day_id", "claimant_id", name=op.f("uq_signing_ticket_day_id_claimant_id")),
        sa.UniqueConstraint("day_id", "number", name=op.f("uq_signing_ticket_day_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signing_ticket_public_id")),
    )
    with op.batch_alter_table("signing_ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signing_ticket_claimant_id"), ["claimant_id"], unique=False)
        batch_op.create_index("ix_signing_ticket_day_state", ["day_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_signing_ticket_moved_to_id"), ["moved_to_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signing_ticket_settlement_agreement_id"), ["settlement_agreement_id"], unique=False
        )
        batch_op.create_index(
            "uq_signing_ticket_desk_busy",
            ["desk_id"],
            unique=True,
            sqlite_where=sa.text("state = 'at_desk'"),
            postgresql_where=sa.text("state = 'at_desk'"),
        )


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("signing_ticket", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_signing_ticket_desk_busy",
            sqlite_where=sa.text("state = 'at_desk'"),
            postgresql_where=sa.text("state = 'at_desk'"),
        )
        batch_op.drop_index(batch_op.f("ix_signing_ticket_settlement_agreement_id"))
        batch_op.drop_index(batch_op.f("ix_signing_ticket_moved_to_id"))
        batch_op.drop_index("ix_signing_ticket_day_state")
        batch_op.drop_index(batch_op.f("ix_signing_ticket_claimant_id"))

    op.drop_table("signing_ticket")
    with op.batch_alter_table("signing_desk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signing_desk_pairing_code_digest"))

    op.drop_table("signing_desk")
    with op.batch_alter_table("signing_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signing_day_on"))

    op.drop_table("signing_day")
