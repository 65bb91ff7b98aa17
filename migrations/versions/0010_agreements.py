"""Agreements, obligations, follow-ups, confirmations."""

import sqlalchemy as sa
from alembic import op

revision = "0010_agreements"
down_revision = "0009_counsel"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "agreement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "form",
            sa.Enum("written", "oral", name="form", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "checked",
                "issued",
                "signing",
                "signed",
                "effective",
                "replaced",
                "void",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column(
            "supplement",
            sa.Enum(
                "none",
                "adds",
                "replaces",
                "writes_down",
                name="supplement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("earlier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("payment_term_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("manner_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("remarks_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("total_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("is_performed_at_once", sa.Boolean(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("reached_at", sa.String(length=120), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("window_ends_on", sa.Date(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("drafted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("total_fen is null or total_fen >= 0", name=op.f("ck_agreement_total")),
        sa.ForeignKeyConstraint(["case_id"], ["mediation_case.id"], name=op.f("fk_agreement_case_id_mediation_case")),
        sa.ForeignKeyConstraint(["drafted_by"], ["account.id"], name=op.f("fk_agreement_drafted_by_account")),
        sa.ForeignKeyConstraint(["earlier_id"], ["agreement.id"], name=op.f("fk_agreement_earlier_id_agreement")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_agreement_matter_id_matter")),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_paper.id"], name=op.f("fk_agreement_paper_id_issued_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_public_id")),
    )
    op.create_index(op.f("ix_agreement_case_id"), "agreement", ["case_id"], unique=False)
    op.create_index(op.f("ix_agreement_earlier_id"), "agreement", ["earlier_id"], unique=False)
    op.create_index(op.f("ix_agreement_effective_on"), "agreement", ["effective_on"], unique=False)
    op.create_index(op.f("ix_agreement_matter_id"), "agreement", ["matter_id"], unique=False)
    op.create_index(op.f("ix_agreement_number"), "agreement", ["number"], unique=False)
    op.create_index(op.f("ix_agreement_paper_id"), "agreement", ["paper_id"], unique=False)
    op.create_index("ix_agreement_saved", "agreement", ["saved_at", "id"], unique=False)
    op.create_index("ix_agreement_status_saved", "agreement", ["status", "saved_at", "id"], unique=False)
    op.create_table(
        "agreement_obligation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("payment", "act", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("payer_key", sa.String(length=40), nullable=False),
        sa.Column("payee_key", sa.String(length=40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_after_days", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("account_holder_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_bank", sa.String(length=120), nullable=False),
        sa.Column("account_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "performance",
            sa.Enum(
                "due",
                "performed",
                "partly",
                "not_performed",
                name="performance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("performed_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("performed_on", sa.Date(), nullable=True),
        sa.Column("proof_scan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("amount_fen is null or amount_fen > 0", name=op.f("ck_agreement_obligation_amount")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_obligation_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["proof_scan_id"], ["scan.id"], name=op.f("fk_agreement_obligation_proof_scan_id_scan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_obligation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_obligation_public_id")),
    )
    op.create_index(
        op.f("ix_agreement_obligation_agreement_id"), "agreement_obligation", ["agreement_id"], unique=False
    )
    op.create_index(
        op.f("ix_agreement_obligation_proof_scan_id"), "agreement_obligation", ["proof_scan_id"], unique=False
    )
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proxy_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_agreement_party_party_id_party")),
        sa.ForeignKeyConstraint(["proxy_id"], ["proxy.id"], name=op.f("fk_agreement_party_proxy_id_proxy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint("agreement_id", "party_id", name=op.f("uq_agreement_party_agreement_id_party_id")),
    )
    op.create_index(op.f("ix_agreement_party_party_id"), "agreement_party", ["party_id"], unique=False)
    op.create_index(op.f("ix_agreement_party_proxy_id"), "agreement_party", ["proxy_id"], unique=False)
    op.create_table(
        "agreement_term",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_term_agreement_id_agreement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_term")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_term_public_id")),
    )
    op.create_index(op.f("ix_agreement_term_agreement_id"), "agreement_term", ["agreement_id"], unique=False)
    op.create_table(
        "judicial_confirmation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("court_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("court_name", sa.String(length=120), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "committee_place",
                "party_domicile",
                "subject_place",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "confirmed",
                "not_accepted",
                "rejected",
                "withdrawn",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("ruling_number", sa.String(length=80), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("applied_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_judicial_confirmation_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["applied_by"], ["account.id"], name=op.f("fk_judicial_confirmation_applied_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["court_id"], ["organisation.id"], name=op.f("fk_judicial_confirmation_court_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_judicial_confirmation_paper_id_issued_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judicial_confirmation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_judicial_confirmation_public_id")),
    )
    op.create_index(
        op.f("ix_judicial_confirmation_agreement_id"), "judicial_confirmation", ["agreement_id"], unique=False
    )
    op.create_index(op.f("ix_judicial_confirmation_court_id"), "judicial_confirmation", ["court_id"], unique=False)
    op.create_index(op.f("ix_judicial_confirmation_paper_id"), "judicial_confirmation", ["paper_id"], unique=False)
    op.create_table(
        "kept_finding",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("kept_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_kept_finding_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(["kept_by"], ["account.id"], name=op.f("fk_kept_finding_kept_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_finding")),
        sa.UniqueConstraint("agreement_id", "key_digest", name=op.f("uq_kept_finding_agreement_id_key_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kept_finding_public_id")),
    )
    op.create_table(
        "follow_up_visit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("agreement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("obligation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "after_effect",
                "after_due_date",
                "on_request",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("manner", sa.String(length=40), nullable=False),
        sa.Column(
            "performance",
            sa.Enum(
                "due",
                "performed",
                "partly",
                "not_performed",
                name="visit_performance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("findings_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("measures_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("satisfaction", sa.String(length=20), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_follow_up_visit_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["agreement_obligation.id"],
            name=op.f("fk_follow_up_visit_obligation_id_agreement_obligation"),
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_follow_up_visit_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_follow_up_visit_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_visit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_follow_up_visit_public_id")),
    )
    op.create_index(op.f("ix_follow_up_visit_agreement_id"), "follow_up_visit", ["agreement_id"], unique=False)
    op.create_index(
        "ix_follow_up_visit_due_open",
        "follow_up_visit",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(op.f("ix_follow_up_visit_obligation_id"), "follow_up_visit", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_follow_up_visit_paper_id"), "follow_up_visit", ["paper_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index(op.f("ix_follow_up_visit_paper_id"), table_name="follow_up_visit")
    op.drop_index(op.f("ix_follow_up_visit_obligation_id"), table_name="follow_up_visit")
    op.drop_index(
        "ix_follow_up_visit_due_open",
        table_name="follow_up_visit",
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.drop_index(op.f("ix_follow_up_visit_agreement_id"), table_name="follow_up_visit")
    op.drop_table("follow_up_visit")
    op.drop_table("kept_finding")
    op.drop_index(op.f("ix_judicial_confirmation_paper_id"), table_name="judicial_confirmation")
    op.drop_index(op.f("ix_judicial_confirmation_court_id"), table_name="judicial_confirmation")
    op.drop_index(op.f("ix_judicial_confirmation_agreement_id"), table_name="judicial_confirmation")
    op.drop_table("judicial_confirmation")
    op.drop_index(op.f("ix_agreement_term_agreement_id"), table_name="agreement_term")
    op.drop_table("agreement_term")
    op.drop_index(op.f("ix_agreement_party_proxy_id"), table_name="agreement_party")
    op.drop_index(op.f("ix_agreement_party_party_id"), table_name="agreement_party")
    op.drop_table("agreement_party")
    op.drop_index(op.f("ix_agreement_obligation_proof_scan_id"), table_name="agreement_obligation")
    op.drop_index(op.f("ix_agreement_obligation_agreement_id"), table_name="agreement_obligation")
    op.drop_table("agreement_obligation")
    op.drop_index("ix_agreement_status_saved", table_name="agreement")
    op.drop_index("ix_agreement_saved", table_name="agreement")
    op.drop_index(op.f("ix_agreement_paper_id"), table_name="agreement")
    op.drop_index(op.f("ix_agreement_number"), table_name="agreement")
    op.drop_index(op.f("ix_agreement_matter_id"), table_name="agreement")
    op.drop_index(op.f("ix_agreement_effective_on"), table_name="agreement")
    op.drop_index(op.f("ix_agreement_earlier_id"), table_name="agreement")
    op.drop_index(op.f("ix_agreement_case_id"), table_name="agreement")
    op.drop_table("agreement")
