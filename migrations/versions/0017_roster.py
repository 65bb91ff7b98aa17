"""The roster of a settlement with many claimants, and the tables uploaded to it."""

import sqlalchemy as sa
from alembic import op

revision = "0017_roster"
down_revision = "0016_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "roster",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("respondent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_roster_created_by_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_roster_matter_id_matter")),
        sa.ForeignKeyConstraint(["respondent_id"], ["party.id"], name=op.f("fk_roster_respondent_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("public_id", name=op.f("uq_roster_public_id")),
    )
    with op.batch_alter_table("roster", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roster_respondent_id"), ["respondent_id"], unique=False)

    op.create_table(
        "claimant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("roster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("street", sa.String(length=40), nullable=False),
        sa.Column("total_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_deceased", sa.Boolean(), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("has_death_proof", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "listed",
                "pending",
                "signed",
                "returned",
                "removed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("total_fen > 0", name=op.f("ck_claimant_total")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_claimant_party_id_party")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_claimant_roster_id_roster")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claimant_public_id")),
        sa.UniqueConstraint("roster_id", "party_id", name=op.f("uq_claimant_roster_id_party_id")),
        sa.UniqueConstraint("roster_id", "position", name=op.f("uq_claimant_roster_id_position")),
    )
    with op.batch_alter_table("claimant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claimant_party_id"), ["party_id"], unique=False)
        batch_op.create_index("ix_claimant_roster_status", ["roster_id", "status"], unique=False)
        batch_op.create_index("ix_claimant_roster_street", ["roster_id", "street"], unique=False)

    op.create_table(
        "roster_import",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("roster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "previewed",
                "confirmed",
                "discarded",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("changed_count", sa.Integer(), nullable=False),
        sa.Column("same_count", sa.Integer(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_roster_import_roster_id_roster")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_roster_import_uploaded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_roster_import_public_id")),
    )
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_import_roster_id"), ["roster_id"], unique=False)

    op.create_table(
        "claim_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("claimant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "resettlement",
                "wages",
                "severance",
                "social_insurance",
                "medical",
                "pension",
                "housing",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("yearly_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_claim_item_amount")),
        sa.ForeignKeyConstraint(["claimant_id"], ["claimant.id"], name=op.f("fk_claim_item_claimant_id_claimant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_item")),
    )
    with op.batch_alter_table("claim_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_item_claimant_id"), ["claimant_id"], unique=False)

    op.create_table(
        "heir",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("claimant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_digest", sa.String(length=64), nullable=True),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_digest", sa.String(length=64), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "kinship",
            sa.Enum(
                "spouse",
                "child",
                "parent",
                "sibling",
                "grandchild",
                "grandparent",
                "other",
                name="kinship",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("has_kinship_proof", sa.Boolean(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "signs", "authorises", "disputes", name="part", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["claimant_id"], ["claimant.id"], name=op.f("fk_heir_claimant_id_claimant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heir")),
        sa.UniqueConstraint("public_id", name=op.f("uq_heir_public_id")),
    )
    with op.batch_alter_table("heir", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_heir_claimant_id"), ["claimant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_heir_id_number_digest"), ["id_number_digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_heir_name_digest"), ["name_digest"], unique=False)


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("heir", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_heir_name_digest"))
        batch_op.drop_index(batch_op.f("ix_heir_id_number_digest"))
        batch_op.drop_index(batch_op.f("ix_heir_claimant_id"))

    op.drop_table("heir")
    with op.batch_alter_table("claim_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_item_claimant_id"))

    op.drop_table("claim_item")
    with op.batch_alter_table("roster_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_import_roster_id"))

    op.drop_table("roster_import")
    with op.batch_alter_table("claimant", schema=None) as batch_op:
        batch_op.drop_index("ix_claimant_roster_street")
        batch_op.drop_index("ix_claimant_roster_status")
        batch_op.drop_index(batch_op.f("ix_claimant_party_id"))

    op.drop_table("claimant")
    with op.batch_alter_table("roster", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_respondent_id"))
        batch_op.drop_index(batch_op.f("ix_roster_matter_id"))

    op.drop_table("roster")
