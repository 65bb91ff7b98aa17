"""The model settlement of many claimants, its agreements and sealed batches."""

import sqlalchemy as sa
from alembic import op

revision = "0020_settlement"
down_revision = "0019_performance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "model_settlement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("roster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("draft", "frozen", "replaced", name="status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("payment_term_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("clauses_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("manner_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kept_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("saved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("frozen_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("frozen_at", sa.DateTime(), nullable=True),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["mediation_case.id"], name=op.f("fk_model_settlement_case_id_mediation_case")
        ),
        sa.ForeignKeyConstraint(["frozen_by"], ["account.id"], name=op.f("fk_model_settlement_frozen_by_account")),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_model_settlement_job_id_job")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_model_settlement_roster_id_roster")),
        sa.ForeignKeyConstraint(["saved_by"], ["account.id"], name=op.f("fk_model_settlement_saved_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_settlement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_model_settlement_public_id")),
        sa.UniqueConstraint("roster_id", "number", name=op.f("uq_model_settlement_roster_id_number")),
    )
    with op.batch_alter_table("model_settlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_model_settlement_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_model_settlement_job_id"), ["job_id"], unique=False)

    op.create_table(
        "seal_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("roster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_seal_batch_job_id_job")),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_seal_batch_roster_id_roster")),
        sa.ForeignKeyConstraint(["sealed_by"], ["account.id"], name=op.f("fk_seal_batch_sealed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_seal_batch_public_id")),
        sa.UniqueConstraint("roster_id", "number", name=op.f("uq_seal_batch_roster_id_number")),
    )
    with op.batch_alter_table("seal_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seal_batch_job_id"), ["job_id"], unique=False)

    op.create_table(
        "settlement_agreement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("settlement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claimant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_settlement_agreement_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["seal_batch.id"], name=op.f("fk_settlement_agreement_batch_id_seal_batch")
        ),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["claimant.id"], name=op.f("fk_settlement_agreement_claimant_id_claimant")
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["model_settlement.id"],
            name=op.f("fk_settlement_agreement_settlement_id_model_settlement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_agreement")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_settlement_agreement_agreement_id")),
        sa.UniqueConstraint(
            "settlement_id", "claimant_id", name=op.f("uq_settlement_agreement_settlement_id_claimant_id")
        ),
    )
    with op.batch_alter_table("settlement_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settlement_agreement_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_settlement_agreement_claimant_id"), ["claimant_id"], unique=False)

    op.create_table(
        "settlement_share",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("settlement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_after_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("part > 0 and part <= 10000", name=op.f("ck_settlement_share_part")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["model_settlement.id"], name=op.f("fk_settlement_share_settlement_id_model_settlement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_share")),
    )
    with op.batch_alter_table("settlement_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settlement_share_settlement_id"), ["settlement_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("settlement_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_share_settlement_id"))

    op.drop_table("settlement_share")
    with op.batch_alter_table("settlement_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_agreement_claimant_id"))
        batch_op.drop_index(batch_op.f("ix_settlement_agreement_batch_id"))

    op.drop_table("settlement_agreement")
    with op.batch_alter_table("seal_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seal_batch_job_id"))

    op.drop_table("seal_batch")
    with op.batch_alter_table("model_settlement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_model_settlement_job_id"))
        batch_op.drop_index(batch_op.f("ix_model_settlement_case_id"))

    op.drop_table("model_settlement")
