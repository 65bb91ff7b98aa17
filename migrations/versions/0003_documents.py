"""Number counters, issued papers and their revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0003_documents"
down_revision = "0002_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "issued_paper",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("type_name", sa.String(length=60), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owner_kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("check_code", sa.String(length=12), nullable=False),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("is_rendered", sa.Boolean(), nullable=False),
        sa.Column("void_at", sa.DateTime(), nullable=True),
        sa.Column("replaced_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_issued_paper_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["issued_paper.id"], name=op.f("fk_issued_paper_replaced_by_id_issued_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_paper")),
        sa.UniqueConstraint("check_code", name=op.f("uq_issued_paper_check_code")),
        sa.UniqueConstraint("organisation_id", "series", "year", "n", name="uq_issued_paper_number"),
        sa.UniqueConstraint("public_id", name=op.f("uq_issued_paper_public_id")),
    )
    op.create_index(op.f("ix_issued_paper_matter_id"), "issued_paper", ["matter_id"], unique=False)
    op.create_index("ix_issued_paper_owner", "issued_paper", ["owner_kind", "owner_id", "id"], unique=False)
    op.create_index(op.f("ix_issued_paper_replaced_by_id"), "issued_paper", ["replaced_by_id"], unique=False)
    op.create_index(
        "ix_issued_paper_waiting",
        "issued_paper",
        ["id"],
        unique=False,
        sqlite_where=sa.text("not is_rendered"),
        postgresql_where=sa.text("not is_rendered"),
    )
    op.create_table(
        "number_counter",
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("series", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_number_counter_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "series", "year", name=op.f("pk_number_counter")),
    )
    op.create_table(
        "paper_revision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("issued", "signed", "void", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_paper_revision_paper_id_issued_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_revision")),
        sa.UniqueConstraint("file_name", name=op.f("uq_paper_revision_file_name")),
        sa.UniqueConstraint("paper_id", "revision", name=op.f("uq_paper_revision_paper_id_revision")),
    )
    op.create_index(op.f("ix_paper_revision_sha256"), "paper_revision", ["sha256"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_paper_revision_sha256"), table_name="paper_revision")
    op.drop_table("paper_revision")
    op.drop_table("number_counter")
    op.drop_index(
        "ix_issued_paper_waiting",
        table_name="issued_paper",
        sqlite_where=sa.text("not is_rendered"),
        postgresql_where=sa.text("not is_rendered"),
    )
    op.drop_index(op.f("ix_issued_paper_replaced_by_id"), table_name="issued_paper")
    op.drop_index("ix_issued_paper_owner", table_name="issued_paper")
    op.drop_index(op.f("ix_issued_paper_matter_id"), table_name="issued_paper")
    op.drop_table("issued_paper")
