"""Lawyers' opinions and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0009_counsel"
down_revision = "0008_mediation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "legal_opinion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lawyer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("requested_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("supplements_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "requested",
                "drafting",
                "submitted",
                "answered",
                "declined",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("ended_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issues_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("analysis_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("routes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("opinion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("open_points_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["lawyer_id"], ["account.id"], name=op.f("fk_legal_opinion_lawyer_id_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_legal_opinion_matter_id_matter")),
        sa.ForeignKeyConstraint(["requested_by"], ["account.id"], name=op.f("fk_legal_opinion_requested_by_account")),
        sa.ForeignKeyConstraint(
            ["supplements_id"], ["legal_opinion.id"], name=op.f("fk_legal_opinion_supplements_id_legal_opinion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_opinion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_legal_opinion_public_id")),
    )
    op.create_index("ix_legal_opinion_lawyer_open", "legal_opinion", ["lawyer_id", "is_open", "due_on"], unique=False)
    op.create_index(op.f("ix_legal_opinion_matter_id"), "legal_opinion", ["matter_id"], unique=False)
    op.create_index(op.f("ix_legal_opinion_supplements_id"), "legal_opinion", ["supplements_id"], unique=False)
    op.create_table(
        "opinion_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("opinion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "adoption",
            sa.Enum(
                "adopted",
                "partly",
                "not_adopted",
                name="adoption",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name=op.f("fk_opinion_answer_answered_by_account")),
        sa.ForeignKeyConstraint(
            ["opinion_id"], ["legal_opinion.id"], name=op.f("fk_opinion_answer_opinion_id_legal_opinion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_answer")),
        sa.UniqueConstraint("opinion_id", name=op.f("uq_opinion_answer_opinion_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_opinion_answer_public_id")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("opinion_answer")
    op.drop_index(op.f("ix_legal_opinion_supplements_id"), table_name="legal_opinion")
    op.drop_index(op.f("ix_legal_opinion_matter_id"), table_name="legal_opinion")
    op.drop_index("ix_legal_opinion_lawyer_open", table_name="legal_opinion")
    op.drop_table("legal_opinion")
