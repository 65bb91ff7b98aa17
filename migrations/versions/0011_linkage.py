"""Linkages and feedback; portal."""

import sqlalchemy as sa
from alembic import op

revision = "0011_linkage"
down_revision = "0010_agreements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "linkage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("handed_over", "entrusted", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "referred",
                "accepted",
                "declined",
                "fed_back",
                "petition_closed",
                "returned_to_petition",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column(
            "status_before",
            sa.Enum(
                "registered",
                "transferred",
                "assigned",
                "guided_away",
                "reported",
                "returned_by_objection",
                "accepted",
                "handling",
                "opinion_issued",
                "in_linkage",
                "not_accepted",
                "withdrawn",
                "closed",
                "finalised",
                "entered_in_error",
                name="status_before",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("referral_number", sa.String(length=80), nullable=False),
        sa.Column("referred_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("refusal_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "agreed",
                "partly_agreed",
                "failed",
                "refused",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("fed_back_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_linkage_answered_by_account")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation_case.id"], name=op.f("fk_linkage_case_id_mediation_case")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["organisation.id"], name=op.f("fk_linkage_committee_id_organisation")
        ),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_linkage_matter_id_matter")),
        sa.ForeignKeyConstraint(["referred_by"], ["account.id"], name=op.f("fk_linkage_referred_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage")),
        sa.UniqueConstraint("public_id", name=op.f("uq_linkage_public_id")),
    )
    op.create_index(op.f("ix_linkage_case_id"), "linkage", ["case_id"], unique=False)
    op.create_index(op.f("ix_linkage_committee_id"), "linkage", ["committee_id"], unique=False)
    op.create_index(op.f("ix_linkage_matter_id"), "linkage", ["matter_id"], unique=False)
    op.create_table(
        "linkage_party",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("linkage_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "pending",
                "signed",
                "failed",
                "refused",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["linkage_id"], ["linkage.id"], name=op.f("fk_linkage_party_linkage_id_linkage")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_linkage_party_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linkage_party")),
        sa.UniqueConstraint("linkage_id", "party_id", name=op.f("uq_linkage_party_linkage_id_party_id")),
    )
    op.create_index(op.f("ix_linkage_party_party_id"), "linkage_party", ["party_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_linkage_party_party_id"), table_name="linkage_party")
    op.drop_table("linkage_party")
    op.drop_index(op.f("ix_linkage_matter_id"), table_name="linkage")
    op.drop_index(op.f("ix_linkage_committee_id"), table_name="linkage")
    op.drop_index(op.f("ix_linkage_case_id"), table_name="linkage")
    op.drop_table("linkage")
