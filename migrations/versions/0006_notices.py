"""Outbox, deliveries and access links."""

import sqlalchemy as sa
from alembic import op

revision = "0006_notices"
down_revision = "0005_signing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "access_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_digest", sa.String(length=64), nullable=True),
        sa.Column(
            "factor",
            sa.Enum("phone", "desk_code", name="factor", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum("active", "dead", "revoked", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("last_opened_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_access_link_public_id")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_access_link_token_digest")),
    )
    op.create_index(op.f("ix_access_link_matter_id"), "access_link", ["matter_id"], unique=False)
    op.create_index(op.f("ix_access_link_party_id"), "access_link", ["party_id"], unique=False)
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("business_key", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "meeting_booked",
                "meeting_moved",
                "meeting_cancelled",
                "agreement_to_sign",
                "agreement_effective",
                "paper_ready",
                "access_link",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum("sms", "email", "letter", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("variables_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "sent",
                "dead",
                "cancelled",
                "to_tell",
                "told",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("leased_by", sa.String(length=60), nullable=False),
        sa.Column("last_error", sa.String(length=120), nullable=False),
        sa.Column("queued_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("business_key", name=op.f("uq_outbox_message_business_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_message_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outbox_message_public_id")),
    )
    op.create_index(op.f("ix_outbox_message_matter_id"), "outbox_message", ["matter_id"], unique=False)
    op.create_index(
        "ix_outbox_message_open",
        "outbox_message",
        ["id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(
        "ix_outbox_message_status_not_before", "outbox_message", ["status", "not_before", "id"], unique=False
    )
    op.create_table(
        "wish",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "question",
                "sign_on_paper",
                "paper_copy",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=False),
        sa.Column("settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("public_id", name=op.f("uq_wish_public_id")),
    )
    op.create_index(op.f("ix_wish_matter_id"), "wish", ["matter_id"], unique=False)
    op.create_index(
        "ix_wish_open",
        "wish",
        ["id"],
        unique=False,
        sqlite_where=sa.text("settled_at is null"),
        postgresql_where=sa.text("settled_at is null"),
    )
    op.create_table(
        "portal_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_helper", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["link_id"], ["access_link.id"], name=op.f("fk_portal_session_link_id_access_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_portal_session_token_digest")),
    )
    op.create_index(op.f("ix_portal_session_link_id"), "portal_session", ["link_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_portal_session_link_id"), table_name="portal_session")
    op.drop_table("portal_session")
    op.drop_index(
        "ix_wish_open",
        table_name="wish",
        sqlite_where=sa.text("settled_at is null"),
        postgresql_where=sa.text("settled_at is null"),
    )
    op.drop_index(op.f("ix_wish_matter_id"), table_name="wish")
    op.drop_table("wish")
    op.drop_index("ix_outbox_message_status_not_before", table_name="outbox_message")
    op.drop_index(
        "ix_outbox_message_open",
        table_name="outbox_message",
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.drop_index(op.f("ix_outbox_message_matter_id"), table_name="outbox_message")
    op.drop_table("outbox_message")
    op.drop_index(op.f("ix_access_link_party_id"), table_name="access_link")
    op.drop_index(op.f("ix_access_link_matter_id"), table_name="access_link")
    op.drop_table("access_link")
