"""Signatures, seals and scans."""

import sqlalchemy as sa
from alembic import op

revision = "0005_signing"
down_revision = "0004_booking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "signing_round",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closing",
                "closed",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_paper.id"], name=op.f("fk_signing_round_paper_id_issued_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_round")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_signing_round_paper_id")),
    )
    op.create_index(
        "ix_signing_round_closing",
        "signing_round",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'closing'"),
        postgresql_where=sa.text("state = 'closing'"),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_name", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_scan_added_by_account")),
        sa.ForeignKeyConstraint(["round_id"], ["signing_round.id"], name=op.f("fk_scan_round_id_signing_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("file_name", name=op.f("uq_scan_file_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_scan_public_id")),
    )
    op.create_index(op.f("ix_scan_round_id"), "scan", ["round_id"], unique=False)
    op.create_index(op.f("ix_scan_sha256"), "scan", ["sha256"], unique=False)
    op.create_table(
        "seal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("put_on_at", sa.DateTime(), nullable=False),
        sa.Column("put_on_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["put_on_by"], ["account.id"], name=op.f("fk_seal_put_on_by_account")),
        sa.ForeignKeyConstraint(["round_id"], ["signing_round.id"], name=op.f("fk_seal_round_id_signing_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("round_id", "key", name=op.f("uq_seal_round_id_key")),
    )
    op.create_table(
        "signing_slot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "party",
                "proxy",
                "mediator",
                "recorder",
                "participant",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identity_document", sa.String(length=40), nullable=False),
        sa.Column("identity_checked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("identity_checked_at", sa.DateTime(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signing_slot_account_id_account")),
        sa.ForeignKeyConstraint(
            ["identity_checked_by"], ["account.id"], name=op.f("fk_signing_slot_identity_checked_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["signing_round.id"], name=op.f("fk_signing_slot_round_id_signing_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_slot")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signing_slot_public_id")),
        sa.UniqueConstraint("round_id", "key", name=op.f("uq_signing_slot_round_id_key")),
    )
    op.create_index(op.f("ix_signing_slot_account_id"), "signing_slot", ["account_id"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("slot_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "manner",
            sa.Enum(
                "tablet",
                "paper",
                "fingerprint",
                "refused",
                name="manner",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("signed_by_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("strokes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("shown_sha256", sa.String(length=64), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("refusal_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["scan_id"], ["scan.id"], name=op.f("fk_signature_scan_id_scan")),
        sa.ForeignKeyConstraint(["slot_id"], ["signing_slot.id"], name=op.f("fk_signature_slot_id_signing_slot")),
        sa.ForeignKeyConstraint(["taken_by"], ["account.id"], name=op.f("fk_signature_taken_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signature_public_id")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_signature_slot_id")),
    )
    op.create_index(op.f("ix_signature_scan_id"), "signature", ["scan_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_signature_scan_id"), table_name="signature")
    op.drop_table("signature")
    op.drop_index(op.f("ix_signing_slot_account_id"), table_name="signing_slot")
    op.drop_table("signing_slot")
    op.drop_table("seal")
    op.drop_index(op.f("ix_scan_sha256"), table_name="scan")
    op.drop_index(op.f("ix_scan_round_id"), table_name="scan")
    op.drop_table("scan")
    op.drop_index(
        "ix_signing_round_closing",
        table_name="signing_round",
        sqlite_where=sa.text("state = 'closing'"),
        postgresql_where=sa.text("state = 'closing'"),
    )
    op.drop_table("signing_round")
