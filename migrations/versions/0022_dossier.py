"""Dossiers: scans of paper originals, bound volumes, what each holds."""

import sqlalchemy as sa
from alembic import op

revision = "0022_dossier"
down_revision = "0021_limits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "dossier",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "status",
            sa.Enum("compiling", "archived", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "retention",
            sa.Enum(
                "permanent",
                "thirty_years",
                "ten_years",
                name="retention",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("archived_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["archived_by"], ["account.id"], name=op.f("fk_dossier_archived_by_account")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation_case.id"], name=op.f("fk_dossier_case_id_mediation_case")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_dossier_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("case_id", name=op.f("uq_dossier_case_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dossier_public_id")),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "dossier_scan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "position",
            sa.Enum(
                "application",
                "referral",
                "rights",
                "identity",
                "authority",
                "inquiry",
                "evidence",
                "record",
                "result",
                "performance",
                "follow_up",
                "confirmation",
                "closing",
                name="position",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_copy", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("removed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_dossier_scan_added_by_account")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_scan_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["removed_by"], ["account.id"], name=op.f("fk_dossier_scan_removed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_scan")),
        sa.UniqueConstraint("file_name", name=op.f("uq_dossier_scan_file_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dossier_scan_public_id")),
    )
    with op.batch_alter_table("dossier_scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_scan_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dossier_scan_sha256"), ["sha256"], unique=False)

    op.create_table(
        "dossier_volume",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("dossier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("draft", "main", "addendum", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("frame_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("compiled_on", sa.Date(), nullable=False),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_bound", sa.Boolean(), nullable=False),
        sa.Column("bound_at", sa.DateTime(), nullable=True),
        sa.Column("file_name", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("unsealed_sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("is_archival", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_dossier_volume_asked_by_account")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_volume_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_volume")),
        sa.UniqueConstraint("dossier_id", "kind", "number", name=op.f("uq_dossier_volume_dossier_id_kind_number")),
        sa.UniqueConstraint("file_name", name=op.f("uq_dossier_volume_file_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dossier_volume_public_id")),
    )
    op.create_table(
        "dossier_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("volume_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "position",
            sa.Enum(
                "application",
                "referral",
                "rights",
                "identity",
                "authority",
                "inquiry",
                "evidence",
                "record",
                "result",
                "performance",
                "follow_up",
                "confirmation",
                "closing",
                name="position",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("heading_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("remark", sa.String(length=60), nullable=False),
        sa.Column(
            "source_kind",
            sa.Enum(
                "revision",
                "signed_scan",
                "dossier_scan",
                name="source_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("file_kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_name", sa.String(length=120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["dossier_volume.id"], name=op.f("fk_dossier_entry_volume_id_dossier_volume")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_entry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dossier_entry_public_id")),
        sa.UniqueConstraint("volume_id", "place", name=op.f("uq_dossier_entry_volume_id_place")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("dossier_entry")
    op.drop_table("dossier_volume")
    with op.batch_alter_table("dossier_scan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_scan_sha256"))
        batch_op.drop_index(batch_op.f("ix_dossier_scan_dossier_id"))

    op.drop_table("dossier_scan")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_matter_id"))

    op.drop_table("dossier")
