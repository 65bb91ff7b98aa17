"""A mediation case with its mediators and parties, its meetings, and the record of each."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access.permissions import AccessView
from app.booking.models import BookedSession
from app.documents.models import IssuedPaper
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.matters.models import Matter, Party
from app.mediation.rules import (
    AttendeeKind,
    CaseSource,
    CaseStatus,
    ChosenBy,
    EndReason,
    MeetingStatus,
    ReadMode,
    RecordResult,
    SuspensionBasis,
)
from app.people.models import Account, Organisation
from app.privacy.sealed import Sealed, sealed_column


class MediationCase(PublicId, Model):
    """One registration at the committee: counted once, however many agreements follow (R-LINK-11)."""

    __tablename__ = "mediation_case"

    id: Mapped[int] = primary_key()
    number: Mapped[str] = mapped_column(sa.String(60))
    matter_id: Mapped[int] = foreign_key("matter.id")
    committee_id: Mapped[int] = foreign_key("organisation.id", index=False)
    source: Mapped[CaseSource] = mapped_column(words(CaseSource, "source"))
    dispute_type: Mapped[str] = mapped_column(sa.String(3), default="")
    is_labour: Mapped[bool] = mapped_column(default=False)
    status: Mapped[CaseStatus] = mapped_column(words(CaseStatus, "status"), default=CaseStatus.MEDIATING)
    is_open: Mapped[bool] = mapped_column(default=True)
    accepted_on: Mapped[date] = mapped_column(sa.Date)
    accepted_by: Mapped[int] = foreign_key("account.id", index=False)
    fifteenth_day: Mapped[date | None] = mapped_column(sa.Date)
    labour_told_on: Mapped[date | None] = mapped_column(sa.Date)
    labour_continues: Mapped[bool | None] = mapped_column()
    agreed_on: Mapped[date | None] = mapped_column(sa.Date)
    ended_on: Mapped[date | None] = mapped_column(sa.Date)
    end_reason: Mapped[EndReason | None] = mapped_column(words(EndReason, "end_reason"), nullable=True)
    end_note_sealed: Mapped[bytes | None] = sealed_column()
    end_note = Sealed("end_note_sealed")
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    matter: Mapped[Matter] = relationship()
    committee: Mapped[Organisation] = relationship()
    mediators: Mapped[list["CaseMediator"]] = relationship(order_by="CaseMediator.id", back_populates="case")
    case_parties: Mapped[list["CaseParty"]] = relationship(order_by="CaseParty.party_id", back_populates="case")
    suspensions: Mapped[list["Suspension"]] = relationship(order_by="Suspension.id", back_populates="case")
    meetings: Mapped[list["MediationMeeting"]] = relationship(
        order_by="MediationMeeting.position", back_populates="case"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("committee_id", "number"),
        sa.Index("ix_mediation_case_registered", "registered_at", "id"),
        sa.Index("ix_mediation_case_status_registered", "status", "registered_at", "id"),
    )

    @property
    def kind(self) -> str:
        """The owner's kind of its clocks, blockers and papers."""
        return "mediation_case"

    @property
    def active_mediators(self) -> list[Account]:
        """Who mediates now; a recusal ends it at once (INV-12)."""
        barred = {row.account_id for row in self.matter.involvements if row.is_barred}
        return [row.account for row in self.mediators if row.ended_on is None and row.account_id not in barred]

    @property
    def parties(self) -> list[Party]:
        """The parties that take part: of a collective visit only those who consented."""
        return [row.party for row in self.case_parties]

    def access_view(self) -> AccessView:
        """The case shows itself as its matter does."""
        return self.matter.access_view()


class CaseMediator(Model):
    """One mediator of a case, and since when he no longer is."""

    __tablename__ = "case_mediator"

    id: Mapped[int] = primary_key()
    case_id: Mapped[int] = foreign_key("mediation_case.id")
    account_id: Mapped[int] = foreign_key("account.id")
    chosen_by: Mapped[ChosenBy] = mapped_column(words(ChosenBy, "chosen_by"))
    since: Mapped[date] = mapped_column(sa.Date)
    ended_on: Mapped[date | None] = mapped_column(sa.Date)

    case: Mapped[MediationCase] = relationship(back_populates="mediators")
    account: Mapped[Account] = relationship()


class CaseParty(Model):
    """One party that takes part in the mediation."""

    __tablename__ = "case_party"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("mediation_case.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), primary_key=True)

    case: Mapped[MediationCase] = relationship(back_populates="case_parties")
    party: Mapped[Party] = relationship()


class Suspension(PublicId, Model):
    """A time in which the mediation rests, with its basis (R-MED-16)."""

    __tablename__ = "mediation_suspension"

    id: Mapped[int] = primary_key()
    case_id: Mapped[int] = foreign_key("mediation_case.id")
    basis: Mapped[SuspensionBasis] = mapped_column(words(SuspensionBasis, "basis"))
    from_on: Mapped[date] = mapped_column(sa.Date)
    until_on: Mapped[date | None] = mapped_column(sa.Date)
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = Sealed("note_sealed")

    case: Mapped[MediationCase] = relationship(back_populates="suspensions")


class MediationMeeting(PublicId, Model):
    """One sitting; the booked session holds room, time and people."""

    __tablename__ = "mediation_meeting"

    id: Mapped[int] = primary_key()
    case_id: Mapped[int] = foreign_key("mediation_case.id", index=False)
    position: Mapped[int] = mapped_column()
    session_id: Mapped[int | None] = foreign_key("booked_session.id", nullable=True)
    status: Mapped[MeetingStatus] = mapped_column(words(MeetingStatus, "status"), default=MeetingStatus.PLANNED)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[MediationCase] = relationship(back_populates="meetings")
    session: Mapped[BookedSession] = relationship()
    record: Mapped["MediationRecord | None"] = relationship(back_populates="meeting", uselist=False)
    attendees: Mapped[list["Attendee"]] = relationship(order_by="Attendee.id", back_populates="meeting")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("case_id", "position"),)

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.case.matter_id

    def access_view(self) -> AccessView:
        """The meeting shows itself as its case does."""
        return self.case.access_view()


class Attendee(PublicId, Model):
    """Somebody who came to a sitting, and how he proved who he is."""

    __tablename__ = "meeting_attendee"

    id: Mapped[int] = primary_key()
    meeting_id: Mapped[int] = foreign_key("mediation_meeting.id")
    attendee_kind: Mapped[AttendeeKind] = mapped_column(words(AttendeeKind, "attendee_kind"))
    party_id: Mapped[int | None] = foreign_key("party.id", nullable=True, index=False)
    account_id: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    detail: Mapped[str] = mapped_column(sa.String(120), default="")
    identity_document: Mapped[str] = mapped_column(sa.String(40), default="")
    checked_by: Mapped[int] = foreign_key("account.id", index=False)
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime)

    meeting: Mapped[MediationMeeting] = relationship(back_populates="attendees")
    party: Mapped[Party | None] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])

    @property
    def key(self) -> str:
        """Under which he speaks and signs."""
        return f"attendee-{self.public_id}"


class MediationRecord(PublicId, Model):
    """The record of one sitting (R-DOC-M06); closed it never changes."""

    __tablename__ = "mediation_record"

    id: Mapped[int] = primary_key()
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("mediation_meeting.id"), unique=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by: Mapped[int] = foreign_key("account.id", index=False)
    rights_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rights_told_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    result: Mapped[RecordResult | None] = mapped_column(words(RecordResult, "result"), nullable=True)
    result_text_sealed: Mapped[bytes | None] = sealed_column()
    result_text = Sealed("result_text_sealed")
    read_mode: Mapped[ReadMode | None] = mapped_column(words(ReadMode, "read_mode"), nullable=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)

    meeting: Mapped[MediationMeeting] = relationship(back_populates="record")
    paper: Mapped[IssuedPaper | None] = relationship()
    turns: Mapped[list["RecordTurn"]] = relationship(
        order_by="RecordTurn.started_at, RecordTurn.id", back_populates="record"
    )
    refusals: Mapped[list["RecordRefusal"]] = relationship(order_by="RecordRefusal.id")
    notes: Mapped[list["RecordNote"]] = relationship(order_by="RecordNote.id")

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.meeting.case.matter_id

    @property
    def is_closed(self) -> bool:
        """Nothing but notes may follow."""
        return self.closed_at is not None


class RecordTurn(PublicId, Model):
    """One turn, written once: a correction is another row that names the one it corrects."""

    __tablename__ = "record_turn"

    id: Mapped[int] = primary_key()
    record_id: Mapped[int] = foreign_key("mediation_record.id", index=False)
    client_id: Mapped[str] = mapped_column(sa.String(64))
    speaker: Mapped[str] = mapped_column(sa.String(40))
    speaker_name_sealed: Mapped[bytes | None] = sealed_column()
    speaker_name = Sealed("speaker_name_sealed")
    side: Mapped[str] = mapped_column(sa.String(40), default="")
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int] = foreign_key("account.id", index=False)
    corrects_id: Mapped[int | None] = foreign_key("record_turn.id", nullable=True, index=False)

    record: Mapped[MediationRecord] = relationship(back_populates="turns")
    author: Mapped[Account] = relationship()
    corrects: Mapped["RecordTurn | None"] = relationship(remote_side=[id])

    __table_args__ = (
        sa.UniqueConstraint("record_id", "client_id"),
        sa.Index("ix_record_turn_record_started", "record_id", "started_at", "id"),
    )


class RecordRefusal(PublicId, Model):
    """Somebody present did not sign: who, why in his own words, who saw it."""

    __tablename__ = "record_refusal"

    id: Mapped[int] = primary_key()
    record_id: Mapped[int] = foreign_key("mediation_record.id")
    attendee_id: Mapped[int] = foreign_key("meeting_attendee.id", index=False)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    witness_sealed: Mapped[bytes | None] = sealed_column()
    witness = Sealed("witness_sealed")

    attendee: Mapped[Attendee] = relationship()


class RecordNote(PublicId, Model):
    """What was added after the record was closed."""

    __tablename__ = "record_note"

    id: Mapped[int] = primary_key()
    record_id: Mapped[int] = foreign_key("mediation_record.id")
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    author_id: Mapped[int] = foreign_key("account.id", index=False)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    author: Mapped[Account] = relationship()
