"""A hearing with the application it goes back to and the parties that take part."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.booking.models import BookedSession
from app.documents.models import IssuedPaper
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.hearings.rules.words import (
    HeadAttendance,
    HearingMode,
    HearingSide,
    HearingStatus,
    Initiative,
    ProcedureKind,
    SeatRole,
    ServedStage,
)
from app.matters.models import Matter, Party
from app.people.models import Organisation
from app.privacy.sealed import Sealed, sealed_column

if TYPE_CHECKING:
    from app.hearings.models.convening import ChangeOfHearing, HearingAnnouncement, HearingService
    from app.hearings.models.deciding import Deliberation, HearingOpinion
    from app.hearings.models.minutes import HearingMinutes
    from app.hearings.models.panel import PanelSeat


class Hearing(PublicId, Model):
    """One hearing of one matter; `profile_id` freezes the local rules once it is noticed."""

    __tablename__ = "hearing"

    id: Mapped[int] = primary_key()
    number: Mapped[str] = mapped_column(sa.String(60))
    matter_id: Mapped[int] = foreign_key("matter.id")
    organ_id: Mapped[int] = foreign_key("organisation.id", index=False)
    procedure: Mapped[ProcedureKind] = mapped_column(words(ProcedureKind, "procedure"))
    served_stage: Mapped[ServedStage] = mapped_column(words(ServedStage, "served_stage"))
    initiative: Mapped[Initiative] = mapped_column(words(Initiative, "initiative"))
    status: Mapped[HearingStatus] = mapped_column(words(HearingStatus, "status"))
    is_open: Mapped[bool] = mapped_column(default=True)
    mode: Mapped[HearingMode] = mapped_column(words(HearingMode, "mode"), default=HearingMode.PUBLIC)
    closed_reason: Mapped[str] = mapped_column(sa.String(200), default="")
    subject_sealed: Mapped[bytes | None] = sealed_column()
    subject = Sealed("subject_sealed")
    points_sealed: Mapped[bytes | None] = sealed_column()
    points = Sealed("points_sealed")
    profile_id: Mapped[int | None] = foreign_key("jurisdiction_profile.id", nullable=True, index=False)
    is_profile_frozen: Mapped[bool] = mapped_column(default=False)
    proposed_on: Mapped[date | None] = mapped_column(sa.Date)
    decided_on: Mapped[date | None] = mapped_column(sa.Date)
    decided_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    decision_reason_sealed: Mapped[bytes | None] = sealed_column()
    decision_reason = Sealed("decision_reason_sealed")
    session_id: Mapped[int | None] = foreign_key("booked_session.id", nullable=True)
    planned_minutes: Mapped[int] = mapped_column(default=150)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    registered_by: Mapped[int] = foreign_key("account.id", index=False)
    ended_on: Mapped[date | None] = mapped_column(sa.Date)
    version: Mapped[int] = mapped_column(default=1)

    matter: Mapped[Matter] = relationship()
    organ: Mapped[Organisation] = relationship()
    session: Mapped[BookedSession | None] = relationship()
    application: Mapped["HearingApplication | None"] = relationship(
        back_populates="hearing", uselist=False, foreign_keys="HearingApplication.hearing_id"
    )
    parties: Mapped[list["HearingParty"]] = relationship(order_by="HearingParty.id", back_populates="hearing")
    all_seats: Mapped[list["PanelSeat"]] = relationship(order_by="PanelSeat.id", back_populates="hearing")
    services: Mapped[list["HearingService"]] = relationship(order_by="HearingService.id", back_populates="hearing")
    changes: Mapped[list["ChangeOfHearing"]] = relationship(order_by="ChangeOfHearing.id", back_populates="hearing")
    announcement: Mapped["HearingAnnouncement | None"] = relationship(back_populates="hearing", uselist=False)
    minutes: Mapped["HearingMinutes | None"] = relationship(back_populates="hearing", uselist=False)
    deliberations: Mapped[list["Deliberation"]] = relationship(order_by="Deliberation.round", back_populates="hearing")
    opinion: Mapped["HearingOpinion | None"] = relationship(back_populates="hearing", uselist=False)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("organ_id", "number"),
        sa.Index("ix_hearing_registered", "registered_at", "id"),
        sa.Index("ix_hearing_status_registered", "status", "registered_at", "id"),
    )

    @property
    def kind(self) -> str:
        """The owner's kind of its clocks, blockers and papers."""
        return "hearing"

    @property
    def seats(self) -> list["PanelSeat"]:
        """Who sits now; a recusal ends it at once, also before it is decided (INV-12)."""
        barred = {row.account_id for row in self.matter.involvements if row.is_barred}
        return [seat for seat in self.all_seats if seat.ended_on is None and seat.account_id not in barred]

    @property
    def deliberation(self) -> "Deliberation | None":
        """The newest round of the deliberation."""
        return self.deliberations[-1] if self.deliberations else None

    def seats_of(self, role: SeatRole) -> list["PanelSeat"]:
        """Those who sit now in one role, in the order of their appointment."""
        return [seat for seat in self.seats if seat.role is role]

    def parties_of(self, side: HearingSide) -> list["HearingParty"]:
        """The parties of one side."""
        return [row for row in self.parties if row.side is side]

    def access_view(self) -> AccessView:
        """The hearing shows itself as its matter does."""
        return self.matter.access_view()


class HearingApplication(PublicId, Model):
    """What was asked for and why; asked again, what is new since the last hearing (R-HEAR-03/04, R-DOC-H01)."""

    __tablename__ = "hearing_application"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), unique=True)
    party_id: Mapped[int] = foreign_key("party.id", index=False)
    received_on: Mapped[date] = mapped_column(sa.Date)
    is_written: Mapped[bool] = mapped_column(default=True)
    reasons_sealed: Mapped[bytes | None] = sealed_column()
    reasons = Sealed("reasons_sealed")
    evidence_sealed: Mapped[bytes | None] = sealed_column()
    evidence = Sealed("evidence_sealed")
    witnesses_sealed: Mapped[bytes | None] = sealed_column()
    witnesses = Sealed("witnesses_sealed")
    new_evidence_sealed: Mapped[bytes | None] = sealed_column()
    new_evidence = Sealed("new_evidence_sealed")
    former_hearing_id: Mapped[int | None] = foreign_key("hearing.id", nullable=True, index=False)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)

    hearing: Mapped[Hearing] = relationship(back_populates="application", foreign_keys=[hearing_id])
    party: Mapped[Party] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship()


class HearingParty(PublicId, Model):
    """One party of the hearing: what it answered when asked, its waiver of the notice period, its head's attendance."""

    __tablename__ = "hearing_party"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = foreign_key("hearing.id", index=False)
    party_id: Mapped[int] = foreign_key("party.id")
    side: Mapped[HearingSide] = mapped_column(words(HearingSide, "side"))
    has_consented: Mapped[bool | None] = mapped_column()
    answered_on: Mapped[date | None] = mapped_column(sa.Date)
    waiver_signed_on: Mapped[date | None] = mapped_column(sa.Date)
    waiver_held_on: Mapped[date | None] = mapped_column(sa.Date)
    """For a hearing on this day alone the party agreed to a shorter notice (INV-14)."""
    waiver_paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)
    head_attendance: Mapped[HeadAttendance | None] = mapped_column(
        words(HeadAttendance, "head_attendance"), nullable=True
    )
    head_reason_sealed: Mapped[bytes | None] = sealed_column()
    head_reason = Sealed("head_reason_sealed")
    delegate_sealed: Mapped[bytes | None] = sealed_column()
    delegate = Sealed("delegate_sealed")

    hearing: Mapped[Hearing] = relationship(back_populates="parties")
    party: Mapped[Party] = relationship()

    __table_args__ = (sa.UniqueConstraint("hearing_id", "party_id"),)
