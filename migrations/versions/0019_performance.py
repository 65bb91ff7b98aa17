"""What was paid on an agreement, the lists it came with, and the time to enforce a confirmed one."""

import sqlalchemy as sa
from alembic import op

revision = "0019_performance"
down_revision = "0018_planning"
branch_labels = None
depends_on = None

BEFORE = (
    "meeting_booked meeting_moved meeting_cancelled agreement_to_sign agreement_effective paper_ready access_link "
    "hearing_noticed hearing_moved hearing_off observed_hearing_off duty_changed"
)
PAYMENTS = "payment_due payment_overdue payment_received payment_late"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "payment_list",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "previewed", "booked", "discarded", name="status", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("booked_count", sa.Integer(), nullable=False),
        sa.Column("booked_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["mediation_case.id"], name=op.f("fk_payment_list_case_id_mediation_case")
        ),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_payment_list_uploaded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_list")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_list_public_id")),
    )
    with op.batch_alter_table("payment_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_list_case_id"), ["case_id"], unique=False)

    op.create_table(
        "agreement_payment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("obligation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("key_digest", sa.String(length=64), nullable=True),
        sa.Column("proof_scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("amount_fen <> 0", name=op.f("ck_agreement_payment_amount")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["payment_list.id"], name=op.f("fk_agreement_payment_list_id_payment_list")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["agreement_obligation.id"],
            name=op.f("fk_agreement_payment_obligation_id_agreement_obligation"),
        ),
        sa.ForeignKeyConstraint(["proof_scan_id"], ["scan.id"], name=op.f("fk_agreement_payment_proof_scan_id_scan")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_agreement_payment_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_payment")),
        sa.UniqueConstraint("key_digest", name=op.f("uq_agreement_payment_key_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_payment_public_id")),
    )
    with op.batch_alter_table("agreement_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_payment_list_id"), ["list_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_payment_obligation_id"), ["obligation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_payment_proof_scan_id"), ["proof_scan_id"], unique=False)
        batch_op.create_index(
            "ix_agreement_payment_untold",
            ["id"],
            unique=False,
            sqlite_where=sa.text("not is_told"),
            postgresql_where=sa.text("not is_told"),
        )

    with op.batch_alter_table("agreement_obligation", schema=None) as batch_op:
        batch_op.create_index("ix_agreement_obligation_due", ["due_on", "id"], unique=False)

    with op.batch_alter_table("judicial_confirmation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("enforcement_ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("enforcement_asked_on", sa.Date(), nullable=True))

    _allow_kinds(f"{BEFORE} {PAYMENTS}")


def downgrade() -> None:
    """Take them away."""
    _allow_kinds(BEFORE)
    with op.batch_alter_table("judicial_confirmation", schema=None) as batch_op:
        batch_op.drop_column("enforcement_asked_on")
        batch_op.drop_column("enforcement_ends_on")

    with op.batch_alter_table("agreement_obligation", schema=None) as batch_op:
        batch_op.drop_index("ix_agreement_obligation_due")

    with op.batch_alter_table("agreement_payment", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_agreement_payment_untold", sqlite_where=sa.text("not is_told"), postgresql_where=sa.text("not is_told")
        )
        batch_op.drop_index(batch_op.f("ix_agreement_payment_proof_scan_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_payment_obligation_id"))
        batch_op.drop_index(batch_op.f("ix_agreement_payment_list_id"))

    op.drop_table("agreement_payment")
    with op.batch_alter_table("payment_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_list_case_id"))

    op.drop_table("payment_list")


def _allow_kinds(allowed: str) -> None:
    name = op.f("ck_outbox_message_kind")
    values = ", ".join(f"'{word}'" for word in allowed.split())
    with op.batch_alter_table("outbox_message") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"kind IN ({values})")
