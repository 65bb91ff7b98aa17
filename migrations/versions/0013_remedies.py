"""Reviews, rechecks, help and reconsideration; clocks with another length; matters on these roads."""

import sqlalchemy as sa
from alembic import op

revision = "0013_remedies"
down_revision = "0012_hearings"
branch_labels = None
depends_on = None

# Which words a column takes besides those of before: table, column, words of before, words that came.
STATUSES = (
    "registered transferred assigned guided_away reported returned_by_objection accepted handling opinion_issued "
    "in_linkage not_accepted withdrawn closed finalised entered_in_error"
)
ROADS = "review_requested review_decided recheck_requested recheck_decided in_reconsideration"
WIDER = (
    ("matter", "status", STATUSES, ROADS),
    ("matter", "result", "settled_by_mediation supported explained not_supported answered passed_on", "reconsidered"),
    ("matter_unit", "capacity", "handling_unit mediation_committee court", "reconsideration_body"),
    ("linkage", "status_before", STATUSES, ROADS),
)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "help_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "help_kind",
            sa.Enum(
                "counselling",
                "explanation",
                "relief",
                name="help_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("helped_on", sa.Date(), nullable=False),
        sa.Column("helped_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["helped_by"], ["account.id"], name=op.f("fk_help_record_helped_by_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_help_record_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_record")),
        sa.UniqueConstraint("public_id", name=op.f("uq_help_record_public_id")),
    )
    with op.batch_alter_table("help_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_record_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "remedy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("review", "recheck", name="stage", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("organ_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "requested", "decided", "withdrawn", name="status", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("claim_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("registered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("hearing_number", sa.String(length=80), nullable=False),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "supported",
                "explained",
                "not_supported",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opinion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opinion_received_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("published_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("amount_fen is null or amount_fen >= 0", name=op.f("ck_remedy_amount")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_remedy_matter_id_matter")),
        sa.ForeignKeyConstraint(["organ_id"], ["organisation.id"], name=op.f("fk_remedy_organ_id_organisation")),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_paper.id"], name=op.f("fk_remedy_paper_id_issued_paper")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_remedy_published_by_account")),
        sa.ForeignKeyConstraint(["registered_by"], ["account.id"], name=op.f("fk_remedy_registered_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedy")),
        sa.UniqueConstraint("public_id", name=op.f("uq_remedy_public_id")),
    )
    with op.batch_alter_table("remedy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remedy_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_remedy_organ_id"), ["organ_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_remedy_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index("ix_remedy_published", ["is_published", "published_on", "id"], unique=False)

    op.create_table(
        "reconsideration_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organ_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "correction_asked",
                "under_review",
                "suspended",
                "declined",
                "given_up",
                "withdrawn",
                "decided",
                "mediated",
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
                "review_requested",
                "review_decided",
                "recheck_requested",
                "recheck_decided",
                "in_linkage",
                "in_reconsideration",
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
        sa.Column("respondent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("act_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("correction_asked_on", sa.Date(), nullable=True),
        sa.Column("correction_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("correction_received_on", sa.Date(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column(
            "procedure",
            sa.Enum("ordinary", "summary", name="procedure", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column(
            "grave_ground",
            sa.Enum(
                "public_interest",
                "group_or_attention",
                "new_type",
                "disputed_facts",
                "complex_relations",
                "other",
                name="grave_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "decline_ground",
            sa.Enum(
                "no_respondent",
                "not_concerned",
                "no_claim",
                "out_of_time",
                "out_of_scope",
                "other_organ",
                "already_taken",
                name="decline_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("copy_sent_on", sa.Date(), nullable=True),
        sa.Column("copy_received_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("evidence_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hearing_number", sa.String(length=80), nullable=False),
        sa.Column("hearing_held_on", sa.Date(), nullable=True),
        sa.Column("hearing_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "decision_kind",
            sa.Enum(
                "upheld",
                "changed",
                "revoked",
                "ordered",
                "illegal",
                "void",
                "dismissed",
                name="decision_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("operative_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("statement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("end_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_reconsideration_case_matter_id_matter")),
        sa.ForeignKeyConstraint(
            ["organ_id"], ["organisation.id"], name=op.f("fk_reconsideration_case_organ_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_reconsideration_case_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["account.id"], name=op.f("fk_reconsideration_case_received_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["party.id"], name=op.f("fk_reconsideration_case_respondent_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["issued_paper.id"], name=op.f("fk_reconsideration_case_statement_id_issued_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconsideration_case")),
        sa.UniqueConstraint("organ_id", "number", name=op.f("uq_reconsideration_case_organ_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reconsideration_case_public_id")),
    )
    with op.batch_alter_table("reconsideration_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconsideration_case_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reconsideration_case_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index("ix_reconsideration_case_received", ["received_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reconsideration_case_statement_id"), ["statement_id"], unique=False)
        batch_op.create_index("ix_reconsideration_case_status_received", ["status", "received_at", "id"], unique=False)

    op.create_table(
        "reconsideration_suspension",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "applicant_died",
                "applicant_incapable",
                "applicant_missing",
                "body_ended",
                "force_majeure",
                "mediation",
                "law_question",
                "other_case",
                "rule_review",
                "other",
                "appraisal",
                "inspection",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suspended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["reconsideration_case.id"],
            name=op.f("fk_reconsideration_suspension_case_id_reconsideration_case"),
        ),
        sa.ForeignKeyConstraint(
            ["suspended_by"], ["account.id"], name=op.f("fk_reconsideration_suspension_suspended_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconsideration_suspension")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reconsideration_suspension_public_id")),
    )
    with op.batch_alter_table("reconsideration_suspension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconsideration_suspension_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "variant",
                sa.Enum(
                    "standard",
                    "summary",
                    "announced",
                    name="variant",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="standard",
            )
        )
    for table, column, before, added in WIDER:
        _allow(table, column, f"{before} {added}")


def downgrade() -> None:
    """Take them away; refused by the database while a row stands on one of these roads."""
    for table, column, before, _ in WIDER:
        _allow(table, column, before)
    with op.batch_alter_table("clock", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_clock_variant"), type_="check")
        batch_op.drop_column("variant")

    with op.batch_alter_table("reconsideration_suspension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reconsideration_suspension_case_id"))

    op.drop_table("reconsideration_suspension")
    with op.batch_alter_table("reconsideration_case", schema=None) as batch_op:
        batch_op.drop_index("ix_reconsideration_case_status_received")
        batch_op.drop_index(batch_op.f("ix_reconsideration_case_statement_id"))
        batch_op.drop_index("ix_reconsideration_case_received")
        batch_op.drop_index(batch_op.f("ix_reconsideration_case_paper_id"))
        batch_op.drop_index(batch_op.f("ix_reconsideration_case_matter_id"))

    op.drop_table("reconsideration_case")
    with op.batch_alter_table("remedy", schema=None) as batch_op:
        batch_op.drop_index("ix_remedy_published")
        batch_op.drop_index(batch_op.f("ix_remedy_paper_id"))
        batch_op.drop_index(batch_op.f("ix_remedy_organ_id"))
        batch_op.drop_index(batch_op.f("ix_remedy_matter_id"))

    op.drop_table("remedy")
    with op.batch_alter_table("help_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_record_matter_id"))

    op.drop_table("help_record")


def _allow(table: str, column: str, allowed: str) -> None:
    name = op.f(f"ck_{table}_{column}")
    values = ", ".join(f"'{word}'" for word in allowed.split())
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"{column} IN ({values})")
