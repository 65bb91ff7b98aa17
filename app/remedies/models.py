"""A request for review or recheck, help given afterwards, a reconsideration case with its suspensions."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.documents.models import IssuedPaper
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models import Matter, Party
from app.matters.rules import MatterStatus
from app.people.models import Account, Organisation
from app.privacy.sealed import Sealed, sealed_column
from app.remedies.rules import (
    CaseStatus,
    DecisionKind,
    DeclineGround,
    GraveGround,
    HelpKind,
    Outcome,
    Procedure,
    RemedyStage,
    RemedyStatus,
    SuspensionGround,
)


class Remedy(PublicId, Model):
    """复查 or 复核: one request with its opinion; a recheck may rest on a hearing (R-PET-20…24)."""

    __tablename__ = "remedy"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    stage: Mapped[RemedyStage] = mapped_column(words(RemedyStage, "stage"))
    organ_id: Mapped[int] = foreign_key("organisation.id")
    status: Mapped[RemedyStatus] = mapped_column(words(RemedyStatus, "status"), default=RemedyStatus.REQUESTED)
    is_open: Mapped[bool] = mapped_column(default=True)
    requested_on: Mapped[date] = mapped_column(sa.Date)
    received_on: Mapped[date] = mapped_column(sa.Date)
    claim_sealed: Mapped[bytes | None] = sealed_column()
    claim = Sealed("claim_sealed")
    registered_by: Mapped[int] = foreign_key("account.id", index=False)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    hearing_number: Mapped[str] = mapped_column(sa.String(80), default="")
    hearing_on: Mapped[date | None] = mapped_column(sa.Date)
    decided_on: Mapped[date | None] = mapped_column(sa.Date)
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome, "outcome"), nullable=True)
    amount_fen: Mapped[int | None] = mapped_column(BigInt)
    opinion_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    opinion = Sealed("opinion_sealed")
    basis: Mapped[str] = mapped_column(sa.String(400), default="")
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True)
    opinion_received_on: Mapped[date | None] = mapped_column(sa.Date)
    withdrawn_on: Mapped[date | None] = mapped_column(sa.Date)
    withdrawal_reason_sealed: Mapped[bytes | None] = sealed_column()
    withdrawal_reason = Sealed("withdrawal_reason_sealed")
    is_published: Mapped[bool] = mapped_column(default=False)
    published_on: Mapped[date | None] = mapped_column(sa.Date)
    published_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    published_text_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    published_text = Sealed("published_text_sealed")
    version: Mapped[int] = mapped_column(default=1)

    matter: Mapped[Matter] = relationship()
    organ: Mapped[Organisation] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("amount_fen is null or amount_fen >= 0", name="amount"),
        sa.Index("ix_remedy_published", "is_published", "published_on", "id"),
    )

    @property
    def kind(self) -> str:
        """The owner's kind of its clock, blocker and paper."""
        return "remedy"

    @property
    def number(self) -> str:
        """The number of its opinion, empty before it is issued."""
        return self.paper.number if self.paper else ""

    def access_view(self) -> AccessView:
        """A remedy shows itself as its matter does."""
        return self.matter.access_view()


class HelpRecord(PublicId, Model):
    """Counselling, explanation or relief given to a petitioner, also after everything is decided (R-PET-24)."""

    __tablename__ = "help_record"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    help_kind: Mapped[HelpKind] = mapped_column(words(HelpKind, "help_kind"))
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    helped_on: Mapped[date] = mapped_column(sa.Date)
    helped_by: Mapped[int] = foreign_key("account.id", index=False)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    matter: Mapped[Matter] = relationship()
    helper: Mapped[Account] = relationship()


class ReconsiderationCase(PublicId, Model):
    """行政复议: one application against an administrative act, from receipt to its end (R-RECON-01…15)."""

    __tablename__ = "reconsideration_case"

    id: Mapped[int] = primary_key()
    matter_id: Mapped[int] = foreign_key("matter.id")
    organ_id: Mapped[int] = foreign_key("organisation.id", index=False)
    number: Mapped[str] = mapped_column(sa.String(60))
    status: Mapped[CaseStatus] = mapped_column(words(CaseStatus, "status"), default=CaseStatus.RECEIVED)
    is_open: Mapped[bool] = mapped_column(default=True)
    status_before: Mapped[MatterStatus] = mapped_column(words(MatterStatus, "status_before"))
    respondent_id: Mapped[int] = foreign_key("party.id", index=False)
    act_sealed: Mapped[bytes | None] = sealed_column()
    act = Sealed("act_sealed")
    received_on: Mapped[date] = mapped_column(sa.Date)
    received_by: Mapped[int] = foreign_key("account.id", index=False)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    correction_asked_on: Mapped[date | None] = mapped_column(sa.Date)
    correction_text_sealed: Mapped[bytes | None] = sealed_column()
    correction_text = Sealed("correction_text_sealed")
    correction_received_on: Mapped[date | None] = mapped_column(sa.Date)
    corrected_on: Mapped[date | None] = mapped_column(sa.Date)
    accepted_on: Mapped[date | None] = mapped_column(sa.Date)
    procedure: Mapped[Procedure | None] = mapped_column(words(Procedure, "procedure"), nullable=True)
    grave_ground: Mapped[GraveGround | None] = mapped_column(words(GraveGround, "grave_ground"), nullable=True)
    decline_ground: Mapped[DeclineGround | None] = mapped_column(words(DeclineGround, "decline_ground"), nullable=True)
    copy_sent_on: Mapped[date | None] = mapped_column(sa.Date)
    copy_received_on: Mapped[date | None] = mapped_column(sa.Date)
    answered_on: Mapped[date | None] = mapped_column(sa.Date)
    evidence_note_sealed: Mapped[bytes | None] = sealed_column()
    evidence_note = Sealed("evidence_note_sealed")
    hearing_number: Mapped[str] = mapped_column(sa.String(80), default="")
    hearing_held_on: Mapped[date | None] = mapped_column(sa.Date)
    hearing_note_sealed: Mapped[bytes | None] = sealed_column()
    hearing_note = Sealed("hearing_note_sealed")
    decision_kind: Mapped[DecisionKind | None] = mapped_column(words(DecisionKind, "decision_kind"), nullable=True)
    operative_sealed: Mapped[bytes | None] = sealed_column()
    operative = Sealed("operative_sealed")
    decision_sealed: Mapped[bytes | None] = sealed_column(lazy=True)
    decision = Sealed("decision_sealed")
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True)
    statement_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True)
    effective_on: Mapped[date | None] = mapped_column(sa.Date)
    end_reason_sealed: Mapped[bytes | None] = sealed_column()
    end_reason = Sealed("end_reason_sealed")
    is_settled: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None] = mapped_column(sa.Date)
    version: Mapped[int] = mapped_column(default=1)

    matter: Mapped[Matter] = relationship()
    organ: Mapped[Organisation] = relationship()
    respondent: Mapped[Party] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship(foreign_keys=[paper_id])
    statement: Mapped[IssuedPaper | None] = relationship(foreign_keys=[statement_id])
    suspensions: Mapped[list["ReconsiderationSuspension"]] = relationship(
        order_by="ReconsiderationSuspension.id", back_populates="case"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("organ_id", "number"),
        sa.Index("ix_reconsideration_case_received", "received_at", "id"),
        sa.Index("ix_reconsideration_case_status_received", "status", "received_at", "id"),
    )

    @property
    def kind(self) -> str:
        """The owner's kind of its clocks, blocker and papers."""
        return "reconsideration_case"

    @property
    def is_hearing_mandatory(self) -> bool:
        """A grave, difficult or complex case under the ordinary procedure is heard (R-RECON-01)."""
        return self.grave_ground is not None

    def access_view(self) -> AccessView:
        """A case shows itself as its matter does."""
        return self.matter.access_view()


class ReconsiderationSuspension(PublicId, Model):
    """Days on which the time for the decision stood still, with the ground (R-RECON-14)."""

    __tablename__ = "reconsideration_suspension"

    id: Mapped[int] = primary_key()
    case_id: Mapped[int] = foreign_key("reconsideration_case.id")
    ground: Mapped[SuspensionGround] = mapped_column(words(SuspensionGround, "ground"))
    from_on: Mapped[date] = mapped_column(sa.Date)
    until_on: Mapped[date | None] = mapped_column(sa.Date)
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed("note_sealed")
    suspended_by: Mapped[int] = foreign_key("account.id", index=False)

    case: Mapped[ReconsiderationCase] = relationship(back_populates="suspensions")
