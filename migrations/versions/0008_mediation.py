"""Mediation cases, meetings, records."""

import sqlalchemy as sa
from alembic import op

revision = "0008_mediation"
down_revision = "0007_matters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "mediation_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "on_application",
                "own_motion",
                "referred_in",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dispute_type", sa.String(length=3), nullable=False),
        sa.Column("is_labour", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "mediating",
                "suspended",
                "agreed",
                "ended",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("accepted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fifteenth_day", sa.Date(), nullable=True),
        sa.Column("labour_told_on", sa.Date(), nullable=True),
        sa.Column("labour_continues", sa.Boolean(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "end_reason",
            sa.Enum(
                "party_quits",
                "no_agreement_possible",
                "period_over",
                "impossible",
                "other_law",
                name="end_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("end_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["accepted_by"], ["account.id"], name=op.f("fk_mediation_case_accepted_by_account")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["organisation.id"], name=op.f("fk_mediation_case_committee_id_organisation")
        ),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_mediation_case_matter_id_matter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_case")),
        sa.UniqueConstraint("committee_id", "number", name=op.f("uq_mediation_case_committee_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mediation_case_public_id")),
    )
    op.create_index(op.f("ix_mediation_case_matter_id"), "mediation_case", ["matter_id"], unique=False)
    op.create_index("ix_mediation_case_registered", "mediation_case", ["registered_at", "id"], unique=False)
    op.create_index(
        "ix_mediation_case_status_registered", "mediation_case", ["status", "registered_at", "id"], unique=False
    )
    op.create_table(
        "case_mediator",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "chosen_by",
            sa.Enum("committee", "parties", name="chosen_by", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_case_mediator_account_id_account")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["mediation_case.id"], name=op.f("fk_case_mediator_case_id_mediation_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_mediator")),
    )
    op.create_index(op.f("ix_case_mediator_account_id"), "case_mediator", ["account_id"], unique=False)
    op.create_index(op.f("ix_case_mediator_case_id"), "case_mediator", ["case_id"], unique=False)
    op.create_table(
        "case_party",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["mediation_case.id"], name=op.f("fk_case_party_case_id_mediation_case")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_case_party_party_id_party")),
        sa.PrimaryKeyConstraint("case_id", "party_id", name=op.f("pk_case_party")),
    )
    op.create_table(
        "mediation_meeting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "running",
                "held",
                "cancelled",
                "entered_in_error",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["mediation_case.id"], name=op.f("fk_mediation_meeting_case_id_mediation_case")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["booked_session.id"], name=op.f("fk_mediation_meeting_session_id_booked_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_meeting")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_mediation_meeting_case_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mediation_meeting_public_id")),
    )
    op.create_index(op.f("ix_mediation_meeting_session_id"), "mediation_meeting", ["session_id"], unique=False)
    op.create_table(
        "mediation_suspension",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "appraisal",
                "unknown_heirs",
                "force_majeure",
                "joint_request",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["mediation_case.id"], name=op.f("fk_mediation_suspension_case_id_mediation_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_suspension")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mediation_suspension_public_id")),
    )
    op.create_index(op.f("ix_mediation_suspension_case_id"), "mediation_suspension", ["case_id"], unique=False)
    op.create_table(
        "mediation_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rights_told_at", sa.DateTime(), nullable=True),
        sa.Column("rights_told_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "agreed", "not_agreed", "continue", name="result", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("result_text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "read_mode",
            sa.Enum("by_parties", "to_parties", name="read_mode", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_mediation_record_closed_by_account")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["mediation_meeting.id"], name=op.f("fk_mediation_record_meeting_id_mediation_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_mediation_record_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(
            ["rights_told_by"], ["account.id"], name=op.f("fk_mediation_record_rights_told_by_account")
        ),
        sa.ForeignKeyConstraint(["started_by"], ["account.id"], name=op.f("fk_mediation_record_started_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_record")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_mediation_record_meeting_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mediation_record_public_id")),
    )
    op.create_table(
        "meeting_attendee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "attendee_kind",
            sa.Enum(
                "party",
                "proxy",
                "mediator",
                "recorder",
                "invited",
                name="attendee_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("detail", sa.String(length=120), nullable=False),
        sa.Column("identity_document", sa.String(length=40), nullable=False),
        sa.Column("checked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_meeting_attendee_account_id_account")),
        sa.ForeignKeyConstraint(["checked_by"], ["account.id"], name=op.f("fk_meeting_attendee_checked_by_account")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["mediation_meeting.id"], name=op.f("fk_meeting_attendee_meeting_id_mediation_meeting")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_meeting_attendee_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendee")),
        sa.UniqueConstraint("public_id", name=op.f("uq_meeting_attendee_public_id")),
    )
    op.create_index(op.f("ix_meeting_attendee_meeting_id"), "meeting_attendee", ["meeting_id"], unique=False)
    op.create_table(
        "record_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_record_note_author_id_account")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["mediation_record.id"], name=op.f("fk_record_note_record_id_mediation_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_record_note_public_id")),
    )
    op.create_index(op.f("ix_record_note_record_id"), "record_note", ["record_id"], unique=False)
    op.create_table(
        "record_refusal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attendee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("witness_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendee_id"], ["meeting_attendee.id"], name=op.f("fk_record_refusal_attendee_id_meeting_attendee")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["mediation_record.id"], name=op.f("fk_record_refusal_record_id_mediation_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_refusal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_record_refusal_public_id")),
    )
    op.create_index(op.f("ix_record_refusal_record_id"), "record_refusal", ["record_id"], unique=False)
    op.create_table(
        "record_turn",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("speaker", sa.String(length=40), nullable=False),
        sa.Column("speaker_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_record_turn_author_id_account")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["record_turn.id"], name=op.f("fk_record_turn_corrects_id_record_turn")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["mediation_record.id"], name=op.f("fk_record_turn_record_id_mediation_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_turn")),
        sa.UniqueConstraint("public_id", name=op.f("uq_record_turn_public_id")),
        sa.UniqueConstraint("record_id", "client_id", name=op.f("uq_record_turn_record_id_client_id")),
    )
    op.create_index("ix_record_turn_record_started", "record_turn", ["record_id", "started_at", "id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    op.drop_index("ix_record_turn_record_started", table_name="record_turn")
    op.drop_table("record_turn")
    op.drop_index(op.f("ix_record_refusal_record_id"), table_name="record_refusal")
    op.drop_table("record_refusal")
    op.drop_index(op.f("ix_record_note_record_id"), table_name="record_note")
    op.drop_table("record_note")
    op.drop_index(op.f("ix_meeting_attendee_meeting_id"), table_name="meeting_attendee")
    op.drop_table("meeting_attendee")
    op.drop_table("mediation_record")
    op.drop_index(op.f("ix_mediation_suspension_case_id"), table_name="mediation_suspension")
    op.drop_table("mediation_suspension")
    op.drop_index(op.f("ix_mediation_meeting_session_id"), table_name="mediation_meeting")
    op.drop_table("mediation_meeting")
    op.drop_table("case_party")
    op.drop_index(op.f("ix_case_mediator_case_id"), table_name="case_mediator")
    op.drop_index(op.f("ix_case_mediator_account_id"), table_name="case_mediator")
    op.drop_table("case_mediator")
    op.drop_index("ix_mediation_case_status_registered", table_name="mediation_case")
    op.drop_index("ix_mediation_case_registered", table_name="mediation_case")
    op.drop_index(op.f("ix_mediation_case_matter_id"), table_name="mediation_case")
    op.drop_table("mediation_case")
