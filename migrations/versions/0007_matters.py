"""Visits, matters, parties, consents, clocks, involvement."""

import sqlalchemy as sa
from alembic import op

revision = "0007_matters"
down_revision = "0006_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "visit_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "visit",
                "letter",
                "online",
                "phone_call",
                "fax",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=False),
        sa.Column("is_collective", sa.Boolean(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("registrar_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_visit_record_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["registrar_id"], ["account.id"], name=op.f("fk_visit_record_registrar_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_record")),
        sa.UniqueConstraint("public_id", name=op.f("uq_visit_record_public_id")),
    )
    op.create_index(op.f("ix_visit_record_organisation_id"), "visit_record", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_visit_record_registrar_id"), "visit_record", ["registrar_id"], unique=False)
    op.create_table(
        "matter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("visit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "suggestion",
                "accusation",
                "claim_for_decision",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_accusation", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
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
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "mediation",
                "hearing",
                "handling",
                "reconsideration",
                "litigation_organ",
                "discipline_organ",
                "arbitration",
                "competent_unit",
                "guide_away",
                name="route",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("dispute_type", sa.String(length=3), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("repeats_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("has_new_facts", sa.Boolean(), nullable=False),
        sa.Column(
            "open_procedure",
            sa.Enum(
                "court",
                "judgment",
                "police",
                "reconsideration",
                "arbitration",
                name="open_procedure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("subject_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("petitioner_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("party_count", sa.Integer(), nullable=False),
        sa.Column("complained_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("handling_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "settled_by_mediation",
                "supported",
                "explained",
                "not_supported",
                "answered",
                "passed_on",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["complained_unit_id"], ["organisation.id"], name=op.f("fk_matter_complained_unit_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["handling_unit_id"], ["organisation.id"], name=op.f("fk_matter_handling_unit_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_matter_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["repeats_id"], ["matter.id"], name=op.f("fk_matter_repeats_id_matter")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit_record.id"], name=op.f("fk_matter_visit_id_visit_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_matter_organisation_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_matter_public_id")),
    )
    op.create_index(op.f("ix_matter_complained_unit_id"), "matter", ["complained_unit_id"], unique=False)
    op.create_index(
        "ix_matter_due_open",
        "matter",
        ["next_due_on", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(op.f("ix_matter_handling_unit_id"), "matter", ["handling_unit_id"], unique=False)
    op.create_index(op.f("ix_matter_number"), "matter", ["number"], unique=False)
    op.create_index(
        "ix_matter_org_due_open",
        "matter",
        ["organisation_id", "next_due_on", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index("ix_matter_org_registered", "matter", ["organisation_id", "registered_at", "id"], unique=False)
    op.create_index(
        "ix_matter_org_status_registered", "matter", ["organisation_id", "status", "registered_at", "id"], unique=False
    )
    op.create_index("ix_matter_registered", "matter", ["registered_at", "id"], unique=False)
    op.create_index(
        "ix_matter_registered_open",
        "matter",
        ["registered_at", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(op.f("ix_matter_repeats_id"), "matter", ["repeats_id"], unique=False)
    op.create_index(
        "ix_matter_status_open",
        "matter",
        ["status", "registered_at", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(op.f("ix_matter_visit_id"), "matter", ["visit_id"], unique=False)
    op.create_table(
        "blocker",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("owner_kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_blocker_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocker")),
    )
    op.create_index(op.f("ix_blocker_matter_id"), "blocker", ["matter_id"], unique=False)
    op.create_index("ix_blocker_owner", "blocker", ["owner_kind", "owner_id"], unique=False)
    op.create_table(
        "clock",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clock", sa.String(length=60), nullable=False),
        sa.Column("trigger_on", sa.Date(), nullable=False),
        sa.Column("extend_days", sa.Integer(), nullable=False),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("nominal_on", sa.Date(), nullable=False),
        sa.Column("legal_due_on", sa.Date(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "paused",
                "met",
                "missed",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("late_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("profile_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_clock_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clock_public_id")),
    )
    op.create_index(
        "ix_clock_due_open",
        "clock",
        ["legal_due_on", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index(op.f("ix_clock_matter_id"), "clock", ["matter_id"], unique=False)
    op.create_index("ix_clock_owner", "clock", ["owner_kind", "owner_id", "clock"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old_value_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("corrected_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("corrected_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["corrected_by"], ["account.id"], name=op.f("fk_correction_corrected_by_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_correction_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_correction_public_id")),
    )
    op.create_index(op.f("ix_correction_matter_id"), "correction", ["matter_id"], unique=False)
    op.create_table(
        "handling_opinion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "settled_by_mediation",
                "supported",
                "explained",
                "not_supported",
                "answered",
                "passed_on",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opinion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_handling_opinion_issued_by_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_handling_opinion_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling_opinion")),
        sa.UniqueConstraint("public_id", name=op.f("uq_handling_opinion_public_id")),
    )
    op.create_index(op.f("ix_handling_opinion_matter_id"), "handling_opinion", ["matter_id"], unique=False)
    op.create_table(
        "matter_text",
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("private_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_matter_text_matter_id_matter")),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_matter_text")),
        sa.UniqueConstraint("public_id", name=op.f("uq_matter_text_public_id")),
    )
    op.create_table(
        "matter_unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "handling_unit",
                "mediation_committee",
                "court",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("is_report_due", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_matter_unit_matter_id_matter")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_matter_unit_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_unit")),
        sa.UniqueConstraint(
            "matter_id", "organisation_id", "capacity", name=op.f("uq_matter_unit_matter_id_organisation_id_capacity")
        ),
    )
    op.create_index(op.f("ix_matter_unit_organisation_id"), "matter_unit", ["organisation_id"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "petitioner",
                "respondent",
                "third_party",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum("person", "organisation", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_digest", sa.String(length=64), nullable=True),
        sa.Column("id_document", sa.String(length=40), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_digest", sa.String(length=64), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_digest", sa.String(length=64), nullable=True),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sex", sa.String(length=4), nullable=False),
        sa.Column("ethnic_group", sa.String(length=20), nullable=False),
        sa.Column("occupation", sa.String(length=60), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("legal_representative_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("legal_representative_post", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("special_needs", sa.String(length=200), nullable=False),
        sa.Column("is_representative", sa.Boolean(), nullable=False),
        sa.Column("guardian_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("accepts_messages", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["guardian_id"], ["party.id"], name=op.f("fk_party_guardian_id_party")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_party_matter_id_matter")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_party_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("public_id", name=op.f("uq_party_public_id")),
    )
    op.create_index(op.f("ix_party_guardian_id"), "party", ["guardian_id"], unique=False)
    op.create_index("ix_party_id_number_digest_matter", "party", ["id_number_digest", "matter_id"], unique=False)
    op.create_index("ix_party_matter_position", "party", ["matter_id", "position"], unique=False)
    op.create_index("ix_party_name_digest_matter", "party", ["name_digest", "matter_id"], unique=False)
    op.create_index(op.f("ix_party_organisation_id"), "party", ["organisation_id"], unique=False)
    op.create_index("ix_party_phone_digest_matter", "party", ["phone_digest", "matter_id"], unique=False)
    op.create_table(
        "reveal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "办案核对",
                "制作文书",
                "联系当事人",
                "其他",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("revealed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revealed_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_reveal_matter_id_matter")),
        sa.ForeignKeyConstraint(["revealed_by"], ["account.id"], name=op.f("fk_reveal_revealed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reveal_public_id")),
    )
    op.create_index(op.f("ix_reveal_matter_id"), "reveal", ["matter_id"], unique=False)
    op.create_table(
        "screening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column(
            "proposed_route",
            sa.Enum(
                "mediation",
                "hearing",
                "handling",
                "reconsideration",
                "litigation_organ",
                "discipline_organ",
                "arbitration",
                "competent_unit",
                "guide_away",
                name="proposed_route",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "chosen_route",
            sa.Enum(
                "mediation",
                "hearing",
                "handling",
                "reconsideration",
                "litigation_organ",
                "discipline_organ",
                "arbitration",
                "competent_unit",
                "guide_away",
                name="chosen_route",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("overrule_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("screened_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_screening_matter_id_matter")),
        sa.ForeignKeyConstraint(["screened_by"], ["account.id"], name=op.f("fk_screening_screened_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
        sa.UniqueConstraint("public_id", name=op.f("uq_screening_public_id")),
    )
    op.create_index(op.f("ix_screening_matter_id"), "screening", ["matter_id"], unique=False)
    op.create_index(op.f("ix_screening_screened_by"), "screening", ["screened_by"], unique=False)
    op.create_table(
        "transfer_objection",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("override_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("raised_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_transfer_objection_decided_by_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_transfer_objection_matter_id_matter")),
        sa.ForeignKeyConstraint(["raised_by"], ["account.id"], name=op.f("fk_transfer_objection_raised_by_account")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisation.id"], name=op.f("fk_transfer_objection_unit_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_objection")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transfer_objection_public_id")),
    )
    op.create_index(op.f("ix_transfer_objection_matter_id"), "transfer_objection", ["matter_id"], unique=False)
    op.create_index(
        "ix_transfer_objection_open",
        "transfer_objection",
        ["id"],
        unique=False,
        sqlite_where=sa.text("is_upheld IS NULL"),
        postgresql_where=sa.text("is_upheld IS NULL"),
    )
    op.create_table(
        "clock_extension",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("clock_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_clock_extension_approved_by_account")),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_clock_extension_clock_id_clock")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_extension")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clock_extension_public_id")),
    )
    op.create_index(op.f("ix_clock_extension_clock_id"), "clock_extension", ["clock_id"], unique=False)
    op.create_table(
        "clock_pause",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("clock_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_clock_pause_clock_id_clock")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_pause")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clock_pause_public_id")),
    )
    op.create_index(op.f("ix_clock_pause_clock_id"), "clock_pause", ["clock_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "consented",
                "refused",
                "withdrawn",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("manner", sa.String(length=40), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_consent_matter_id_matter")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_consent_party_id_party")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_consent_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consent_public_id")),
    )
    op.create_index(op.f("ix_consent_matter_id"), "consent", ["matter_id"], unique=False)
    op.create_index(op.f("ix_consent_party_id"), "consent", ["party_id"], unique=False)
    op.create_table(
        "involvement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "registrar",
                "coordinator",
                "router",
                "handler",
                "leader_responsible",
                "mediator",
                "recorder",
                "advising_lawyer",
                "opinion_lawyer",
                "duty_judge",
                "counselor",
                "hearing_chair",
                "hearing_panelist",
                "barred",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("is_barred", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_involvement_account_id_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_involvement_matter_id_matter")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_involvement_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement")),
    )
    op.create_index("ix_involvement_account_matter", "involvement", ["account_id", "matter_id"], unique=False)
    op.create_index("ix_involvement_matter_account", "involvement", ["matter_id", "account_id"], unique=False)
    op.create_index(op.f("ix_involvement_party_id"), "involvement", ["party_id"], unique=False)
    op.create_table(
        "proxy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_digest", sa.String(length=64), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("relation", sa.String(length=60), nullable=False),
        sa.Column("is_special_authority", sa.Boolean(), nullable=False),
        sa.Column("powers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_proxy_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proxy")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proxy_public_id")),
    )
    op.create_index(op.f("ix_proxy_id_number_digest"), "proxy", ["id_number_digest"], unique=False)
    op.create_index(op.f("ix_proxy_party_id"), "proxy", ["party_id"], unique=False)
    op.create_table(
        "recusal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "party_or_relative",
                "interest",
                "took_part",
                "other_relation",
                "party_objects",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "declared",
                "requested",
                "granted",
                "refused",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recusal_account_id_account")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_recusal_decided_by_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_recusal_matter_id_matter")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_recusal_party_id_party")),
        sa.ForeignKeyConstraint(["requested_by"], ["account.id"], name=op.f("fk_recusal_requested_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_recusal_public_id")),
    )
    op.create_index(op.f("ix_recusal_account_id"), "recusal", ["account_id"], unique=False)
    op.create_index(op.f("ix_recusal_matter_id"), "recusal", ["matter_id"], unique=False)
    op.create_index(op.f("ix_recusal_party_id"), "recusal", ["party_id"], unique=False)
    op.create_index("ix_recusal_status", "recusal", ["status", "id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_recusal_status", table_name="recusal")
    op.drop_index(op.f("ix_recusal_party_id"), table_name="recusal")
    op.drop_index(op.f("ix_recusal_matter_id"), table_name="recusal")
    op.drop_index(op.f("ix_recusal_account_id"), table_name="recusal")
    op.drop_table("recusal")
    op.drop_index(op.f("ix_proxy_party_id"), table_name="proxy")
    op.drop_index(op.f("ix_proxy_id_number_digest"), table_name="proxy")
    op.drop_table("proxy")
    op.drop_index(op.f("ix_involvement_party_id"), table_name="involvement")
    op.drop_index("ix_involvement_matter_account", table_name="involvement")
    op.drop_index("ix_involvement_account_matter", table_name="involvement")
    op.drop_table("involvement")
    op.drop_index(op.f("ix_consent_party_id"), table_name="consent")
    op.drop_index(op.f("ix_consent_matter_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(op.f("ix_clock_pause_clock_id"), table_name="clock_pause")
    op.drop_table("clock_pause")
    op.drop_index(op.f("ix_clock_extension_clock_id"), table_name="clock_extension")
    op.drop_table("clock_extension")
    op.drop_index(
        "ix_transfer_objection_open",
        table_name="transfer_objection",
        sqlite_where=sa.text("is_upheld IS NULL"),
        postgresql_where=sa.text("is_upheld IS NULL"),
    )
    op.drop_index(op.f("ix_transfer_objection_matter_id"), table_name="transfer_objection")
    op.drop_table("transfer_objection")
    op.drop_index(op.f("ix_screening_screened_by"), table_name="screening")
    op.drop_index(op.f("ix_screening_matter_id"), table_name="screening")
    op.drop_table("screening")
    op.drop_index(op.f("ix_reveal_matter_id"), table_name="reveal")
    op.drop_table("reveal")
    op.drop_index("ix_party_phone_digest_matter", table_name="party")
    op.drop_index(op.f("ix_party_organisation_id"), table_name="party")
    op.drop_index("ix_party_name_digest_matter", table_name="party")
    op.drop_index("ix_party_matter_position", table_name="party")
    op.drop_index("ix_party_id_number_digest_matter", table_name="party")
    op.drop_index(op.f("ix_party_guardian_id"), table_name="party")
    op.drop_table("party")
    op.drop_index(op.f("ix_matter_unit_organisation_id"), table_name="matter_unit")
    op.drop_table("matter_unit")
    op.drop_table("matter_text")
    op.drop_index(op.f("ix_handling_opinion_matter_id"), table_name="handling_opinion")
    op.drop_table("handling_opinion")
    op.drop_index(op.f("ix_correction_matter_id"), table_name="correction")
    op.drop_table("correction")
    op.drop_index("ix_clock_owner", table_name="clock")
    op.drop_index(op.f("ix_clock_matter_id"), table_name="clock")
    op.drop_index(
        "ix_clock_due_open", table_name="clock", sqlite_where=sa.text("is_open"), postgresql_where=sa.text("is_open")
    )
    op.drop_table("clock")
    op.drop_index("ix_blocker_owner", table_name="blocker")
    op.drop_index(op.f("ix_blocker_matter_id"), table_name="blocker")
    op.drop_table("blocker")
    op.drop_index(op.f("ix_matter_visit_id"), table_name="matter")
    op.drop_index(
        "ix_matter_status_open",
        table_name="matter",
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.drop_index(op.f("ix_matter_repeats_id"), table_name="matter")
    op.drop_index(
        "ix_matter_registered_open",
        table_name="matter",
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.drop_index("ix_matter_registered", table_name="matter")
    op.drop_index("ix_matter_org_status_registered", table_name="matter")
    op.drop_index("ix_matter_org_registered", table_name="matter")
    op.drop_index(
        "ix_matter_org_due_open",
        table_name="matter",
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.drop_index(op.f("ix_matter_number"), table_name="matter")
    op.drop_index(op.f("ix_matter_handling_unit_id"), table_name="matter")
    op.drop_index(
        "ix_matter_due_open", table_name="matter", sqlite_where=sa.text("is_open"), postgresql_where=sa.text("is_open")
    )
    op.drop_index(op.f("ix_matter_complained_unit_id"), table_name="matter")
    op.drop_table("matter")
    op.drop_index(op.f("ix_visit_record_registrar_id"), table_name="visit_record")
    op.drop_index(op.f("ix_visit_record_organisation_id"), table_name="visit_record")
    op.drop_table("visit_record")
