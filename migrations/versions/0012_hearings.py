"""Hearings: applications, panels, service, announcements, minutes, deliberation, opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0012_hearings"
down_revision = "0011_linkage"
branch_labels = None
depends_on = None

KINDS = "meeting_booked meeting_moved meeting_cancelled agreement_to_sign agreement_effective paper_ready access_link"
NEW_KINDS = "hearing_noticed hearing_moved hearing_off observed_hearing_off"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "hearing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organ_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "procedure",
            sa.Enum(
                "petition_hearing",
                "reconsideration_hearing",
                name="procedure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "served_stage",
            sa.Enum(
                "handling",
                "review",
                "recheck",
                "reconsideration",
                name="served_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "initiative",
            sa.Enum(
                "application",
                "organ",
                "mandatory",
                name="initiative",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "applied",
                "approved",
                "noticed",
                "in_progress",
                "suspended",
                "postponed",
                "deliberating",
                "held",
                "opinion_issued",
                "closed",
                "refused",
                "declined",
                "withdrawn",
                "waived_by_absence",
                "terminated",
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
            "mode",
            sa.Enum(
                "public_hearing", "closed_hearing", name="mode", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("closed_reason", sa.String(length=200), nullable=False),
        sa.Column("subject_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("points_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("profile_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_profile_frozen", sa.Boolean(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("planned_minutes", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("registered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_hearing_decided_by_account")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_hearing_matter_id_matter")),
        sa.ForeignKeyConstraint(["organ_id"], ["organisation.id"], name=op.f("fk_hearing_organ_id_organisation")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["jurisdiction_profile.id"], name=op.f("fk_hearing_profile_id_jurisdiction_profile")
        ),
        sa.ForeignKeyConstraint(["registered_by"], ["account.id"], name=op.f("fk_hearing_registered_by_account")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["booked_session.id"], name=op.f("fk_hearing_session_id_booked_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("organ_id", "number", name=op.f("uq_hearing_organ_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_public_id")),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index("ix_hearing_registered", ["registered_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearing_session_id"), ["session_id"], unique=False)
        batch_op.create_index("ix_hearing_status_registered", ["status", "registered_at", "id"], unique=False)

    op.create_table(
        "deliberation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("proposal_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "threshold",
            sa.Enum("majority", "two_thirds", name="threshold", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("disclosed_at", sa.DateTime(), nullable=True),
        sa.Column("is_adopted", sa.Boolean(), nullable=True),
        sa.Column("agreeing", sa.Integer(), nullable=True),
        sa.Column("disagreeing", sa.Integer(), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_deliberation_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_deliberation_opened_by_account")),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_paper.id"], name=op.f("fk_deliberation_paper_id_issued_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberation")),
        sa.UniqueConstraint("hearing_id", "round", name=op.f("uq_deliberation_hearing_id_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_deliberation_public_id")),
    )
    op.create_table(
        "hearing_announcement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("masked_subject", sa.String(length=200), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("registration_ends_at", sa.DateTime(), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_announcement_hearing_id_hearing")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_hearing_announcement_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["account.id"], name=op.f("fk_hearing_announcement_published_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_announcement")),
        sa.UniqueConstraint("hearing_id", name=op.f("uq_hearing_announcement_hearing_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_announcement_public_id")),
    )
    with op.batch_alter_table("hearing_announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_announcement_published_at"), ["published_at"], unique=False)

    op.create_table(
        "hearing_application",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("is_written", sa.Boolean(), nullable=False),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("evidence_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("witnesses_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("new_evidence_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("former_hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["former_hearing_id"], ["hearing.id"], name=op.f("fk_hearing_application_former_hearing_id_hearing")
        ),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_application_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_hearing_application_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_hearing_application_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_application")),
        sa.UniqueConstraint("hearing_id", name=op.f("uq_hearing_application_hearing_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_application_public_id")),
    )
    op.create_table(
        "hearing_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "change_kind",
            sa.Enum(
                "moved",
                "postponed",
                "suspended",
                "resumed",
                "terminated",
                "waived_by_absence",
                "withdrawn",
                "entered_in_error",
                name="change_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "party_prevented",
                "recusal_raised",
                "facts_to_check",
                "unit_absent",
                "new_witness",
                "appraisal",
                "force_majeure",
                "unknown_successor",
                "cause_ended",
                "application_withdrawn",
                "petitioner_waives",
                "no_successor",
                "settled",
                "disorder",
                "petitioner_absent",
                "petitioner_left",
                "room_or_people",
                "other",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("former_starts_at", sa.DateTime(), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_hearing_change_decided_by_account")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_change_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_hearing_change_paper_id_issued_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_change")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_change_public_id")),
    )
    with op.batch_alter_table("hearing_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_change_hearing_id"), ["hearing_id"], unique=False)

    op.create_table(
        "hearing_minutes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "roll_call",
                "opening",
                "statement",
                "response",
                "evidence_examination",
                "debate",
                "final_statement",
                "panel_comments",
                "deliberation",
                "announcement",
                "read_back",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stage_mark", sa.Integer(), nullable=False),
        sa.Column("is_in_recess", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("final_at", sa.DateTime(), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_hearing_minutes_closed_by_account")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_minutes_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_hearing_minutes_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(["started_by"], ["account.id"], name=op.f("fk_hearing_minutes_started_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_minutes")),
        sa.UniqueConstraint("hearing_id", name=op.f("uq_hearing_minutes_hearing_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_minutes_public_id")),
    )
    op.create_table(
        "hearing_opinion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("claim_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("unit_view_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("accepted_facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rejected_facts_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("law_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("conclusion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("minority_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("suggestion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("masked_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_opinion_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_hearing_opinion_issued_by_account")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_hearing_opinion_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_hearing_opinion_published_by_account")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_hearing_opinion_written_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_opinion")),
        sa.UniqueConstraint("hearing_id", name=op.f("uq_hearing_opinion_hearing_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_opinion_public_id")),
    )
    with op.batch_alter_table("hearing_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_opinion_published_at"), ["published_at"], unique=False)

    op.create_table(
        "hearing_party",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "applicant",
                "respondent",
                "third_party",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("has_consented", sa.Boolean(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("waiver_signed_on", sa.Date(), nullable=True),
        sa.Column("waiver_held_on", sa.Date(), nullable=True),
        sa.Column("waiver_paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "head_attendance",
            sa.Enum(
                "attends",
                "delegates",
                "not_explained",
                name="head_attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("head_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("delegate_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_party_hearing_id_hearing")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_hearing_party_party_id_party")),
        sa.ForeignKeyConstraint(
            ["waiver_paper_id"], ["issued_paper.id"], name=op.f("fk_hearing_party_waiver_paper_id_issued_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_party")),
        sa.UniqueConstraint("hearing_id", "party_id", name=op.f("uq_hearing_party_hearing_id_party_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_party_public_id")),
    )
    with op.batch_alter_table("hearing_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_party_party_id"), ["party_id"], unique=False)

    op.create_table(
        "panel_draw",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("pool", sa.JSON(), nullable=False),
        sa.Column("minima", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("alternates", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("drawn_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["drawn_by"], ["account.id"], name=op.f("fk_panel_draw_drawn_by_account")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_panel_draw_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_draw")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_draw_public_id")),
    )
    with op.batch_alter_table("panel_draw", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_draw_hearing_id"), ["hearing_id"], unique=False)

    op.create_table(
        "hearing_exhibit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("minutes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("presented_by", sa.String(length=40), nullable=False),
        sa.Column("shown_at", sa.DateTime(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["hearing_minutes.id"], name=op.f("fk_hearing_exhibit_minutes_id_hearing_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_exhibit")),
        sa.UniqueConstraint("minutes_id", "client_id", name=op.f("uq_hearing_exhibit_minutes_id_client_id")),
        sa.UniqueConstraint("minutes_id", "number", name=op.f("uq_hearing_exhibit_minutes_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_exhibit_public_id")),
    )
    op.create_table(
        "hearing_stage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("minutes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "roll_call",
                "opening",
                "statement",
                "response",
                "evidence_examination",
                "debate",
                "final_statement",
                "panel_comments",
                "deliberation",
                "announcement",
                "read_back",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("skipped_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_hearing_stage_entered_by_account")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["hearing_minutes.id"], name=op.f("fk_hearing_stage_minutes_id_hearing_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_stage")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_stage_public_id")),
    )
    with op.batch_alter_table("hearing_stage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_stage_minutes_id"), ["minutes_id"], unique=False)

    op.create_table(
        "minutes_open_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("minutes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("speaker", sa.String(length=40), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_minutes_open_line_account_id_account")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["hearing_minutes.id"], name=op.f("fk_minutes_open_line_minutes_id_hearing_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_open_line")),
        sa.UniqueConstraint(
            "minutes_id", "account_id", "device", name=op.f("uq_minutes_open_line_minutes_id_account_id_device")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_minutes_open_line_public_id")),
    )
    op.create_table(
        "observer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("announcement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_number", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_digest", sa.String(length=64), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_journalist", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.DateTime(), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["hearing_announcement.id"],
            name=op.f("fk_observer_announcement_id_hearing_announcement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observer")),
        sa.UniqueConstraint(
            "announcement_id", "id_number_digest", name=op.f("uq_observer_announcement_id_id_number_digest")
        ),
        sa.UniqueConstraint("announcement_id", "seat_number", name=op.f("uq_observer_announcement_id_seat_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_observer_public_id")),
    )
    op.create_table(
        "panel_seat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "hearing_chair",
                "hearing_panelist",
                "recorder",
                "alternate",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "pool_category",
            sa.Enum(
                "congress_deputy",
                "consultative_member",
                "lawyer",
                "expert",
                "community_delegate",
                "employee_delegate",
                "well_known_citizen",
                name="pool_category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=False),
        sa.Column("appointed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "ended_why",
            sa.Enum("recused", "replaced", name="ended_why", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_panel_seat_account_id_account")),
        sa.ForeignKeyConstraint(["appointed_by"], ["account.id"], name=op.f("fk_panel_seat_appointed_by_account")),
        sa.ForeignKeyConstraint(["draw_id"], ["panel_draw.id"], name=op.f("fk_panel_seat_draw_id_panel_draw")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_panel_seat_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_seat")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_seat_public_id")),
    )
    with op.batch_alter_table("panel_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_seat_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_panel_seat_hearing_account", ["hearing_id", "account_id"], unique=False)

    op.create_table(
        "hearing_attendance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("minutes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "hearing_chair",
                "hearing_panelist",
                "recorder",
                "applicant",
                "respondent",
                "third_party",
                "proxy",
                "witness",
                "appraiser",
                "interpreter",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hearing_party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("proxy_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("identity_document", sa.String(length=40), nullable=False),
        sa.Column("is_head", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("absence_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("checked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["checked_by"], ["account.id"], name=op.f("fk_hearing_attendance_checked_by_account")),
        sa.ForeignKeyConstraint(
            ["hearing_party_id"],
            ["hearing_party.id"],
            name=op.f("fk_hearing_attendance_hearing_party_id_hearing_party"),
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["hearing_minutes.id"], name=op.f("fk_hearing_attendance_minutes_id_hearing_minutes")
        ),
        sa.ForeignKeyConstraint(["proxy_id"], ["proxy.id"], name=op.f("fk_hearing_attendance_proxy_id_proxy")),
        sa.ForeignKeyConstraint(["seat_id"], ["panel_seat.id"], name=op.f("fk_hearing_attendance_seat_id_panel_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_attendance")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_attendance_public_id")),
    )
    with op.batch_alter_table("hearing_attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_attendance_minutes_id"), ["minutes_id"], unique=False)

    op.create_table(
        "hearing_service",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=True),
        sa.Column("hearing_party_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("receipt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column(
            "mode",
            sa.Enum(
                "in_person",
                "substitute",
                "service_by_leaving",
                "by_post",
                "electronic",
                "service_by_public_notice",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("receiver_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("witness_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_service_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["hearing_party_id"], ["hearing_party.id"], name=op.f("fk_hearing_service_hearing_party_id_hearing_party")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["issued_paper.id"], name=op.f("fk_hearing_service_paper_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["issued_paper.id"], name=op.f("fk_hearing_service_receipt_id_issued_paper")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_hearing_service_recorded_by_account")),
        sa.ForeignKeyConstraint(["seat_id"], ["panel_seat.id"], name=op.f("fk_hearing_service_seat_id_panel_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_service")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hearing_service_public_id")),
    )
    with op.batch_alter_table("hearing_service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_service_hearing_id"), ["hearing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearing_service_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "minutes_turn",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("minutes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column(
            "turn_kind",
            sa.Enum(
                "statement",
                "evidence",
                "objection",
                "ruling",
                "room",
                "recess",
                "resumption",
                name="turn_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "roll_call",
                "opening",
                "statement",
                "response",
                "evidence_examination",
                "debate",
                "final_statement",
                "panel_comments",
                "deliberation",
                "announcement",
                "read_back",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("speaker", sa.String(length=40), nullable=False),
        sa.Column("speaker_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("role_label", sa.String(length=40), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("exhibit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("correction_number", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_minutes_turn_author_id_account")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["minutes_turn.id"], name=op.f("fk_minutes_turn_corrects_id_minutes_turn")
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"], ["hearing_exhibit.id"], name=op.f("fk_minutes_turn_exhibit_id_hearing_exhibit")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["hearing_minutes.id"], name=op.f("fk_minutes_turn_minutes_id_hearing_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_turn")),
        sa.UniqueConstraint("minutes_id", "client_id", name=op.f("uq_minutes_turn_minutes_id_client_id")),
        sa.UniqueConstraint(
            "minutes_id", "correction_number", name=op.f("uq_minutes_turn_minutes_id_correction_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_minutes_turn_public_id")),
    )
    with op.batch_alter_table("minutes_turn", schema=None) as batch_op:
        batch_op.create_index("ix_minutes_turn_minutes_started", ["minutes_id", "started_at", "id"], unique=False)

    op.create_table(
        "panel_vote",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("deliberation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vote_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("cast_at", sa.DateTime(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name=op.f("fk_panel_vote_deliberation_id_deliberation")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["panel_seat.id"], name=op.f("fk_panel_vote_seat_id_panel_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_vote")),
        sa.UniqueConstraint("deliberation_id", "seat_id", name=op.f("uq_panel_vote_deliberation_id_seat_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_panel_vote_public_id")),
    )
    op.create_table(
        "minutes_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("minutes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attendance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"], ["hearing_attendance.id"], name=op.f("fk_minutes_note_attendance_id_hearing_attendance")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_minutes_note_author_id_account")),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["hearing_minutes.id"], name=op.f("fk_minutes_note_minutes_id_hearing_minutes")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_paper.id"], name=op.f("fk_minutes_note_paper_id_issued_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_note")),
        sa.UniqueConstraint("public_id", name=op.f("uq_minutes_note_public_id")),
    )
    with op.batch_alter_table("minutes_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_note_minutes_id"), ["minutes_id"], unique=False)

    op.create_table(
        "minutes_read_back",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("minutes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attendance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_id"],
            ["hearing_attendance.id"],
            name=op.f("fk_minutes_read_back_attendance_id_hearing_attendance"),
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["hearing_minutes.id"], name=op.f("fk_minutes_read_back_minutes_id_hearing_minutes")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_minutes_read_back_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_read_back")),
        sa.UniqueConstraint(
            "minutes_id", "attendance_id", "page", name=op.f("uq_minutes_read_back_minutes_id_attendance_id_page")
        ),
    )

    _allow_kinds(f"{KINDS} {NEW_KINDS}")


def downgrade() -> None:
    """Take them away."""
    _allow_kinds(KINDS)
    op.drop_table("minutes_read_back")
    with op.batch_alter_table("minutes_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_note_minutes_id"))

    op.drop_table("minutes_note")
    op.drop_table("panel_vote")
    with op.batch_alter_table("minutes_turn", schema=None) as batch_op:
        batch_op.drop_index("ix_minutes_turn_minutes_started")

    op.drop_table("minutes_turn")
    with op.batch_alter_table("hearing_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_service_paper_id"))
        batch_op.drop_index(batch_op.f("ix_hearing_service_hearing_id"))

    op.drop_table("hearing_service")
    with op.batch_alter_table("hearing_attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_attendance_minutes_id"))

    op.drop_table("hearing_attendance")
    with op.batch_alter_table("panel_seat", schema=None) as batch_op:
        batch_op.drop_index("ix_panel_seat_hearing_account")
        batch_op.drop_index(batch_op.f("ix_panel_seat_account_id"))

    op.drop_table("panel_seat")
    op.drop_table("observer")
    op.drop_table("minutes_open_line")
    with op.batch_alter_table("hearing_stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_stage_minutes_id"))

    op.drop_table("hearing_stage")
    op.drop_table("hearing_exhibit")
    with op.batch_alter_table("panel_draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_panel_draw_hearing_id"))

    op.drop_table("panel_draw")
    with op.batch_alter_table("hearing_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_party_party_id"))

    op.drop_table("hearing_party")
    with op.batch_alter_table("hearing_opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_opinion_published_at"))

    op.drop_table("hearing_opinion")
    op.drop_table("hearing_minutes")
    with op.batch_alter_table("hearing_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_change_hearing_id"))

    op.drop_table("hearing_change")
    op.drop_table("hearing_application")
    with op.batch_alter_table("hearing_announcement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_announcement_published_at"))

    op.drop_table("hearing_announcement")
    op.drop_table("deliberation")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index("ix_hearing_status_registered")
        batch_op.drop_index(batch_op.f("ix_hearing_session_id"))
        batch_op.drop_index("ix_hearing_registered")
        batch_op.drop_index(batch_op.f("ix_hearing_matter_id"))

    op.drop_table("hearing")


def _allow_kinds(allowed: str) -> None:
    name = op.f("ck_outbox_message_kind")
    values = ", ".join(f"'{word}'" for word in allowed.split())
    with op.batch_alter_table("outbox_message") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"kind IN ({values})")
