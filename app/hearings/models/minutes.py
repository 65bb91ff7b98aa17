"""The minutes of a sitting: stages, who was there, turns, exhibits, open lines, read-back, later notes."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.documents.models import IssuedPaper
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.hearings.models.hearing import Hearing, HearingParty
from app.hearings.models.panel import PanelSeat
from app.hearings.rules.words import AttendeeRole, LiveStage, TurnKind
from app.matters.models import Proxy
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


class HearingMinutes(PublicId, Model):
    """The minutes of one hearing (R-DOC-H08); closed they never change, a resumed sitting goes on in them."""

    __tablename__ = "hearing_minutes"

    id: Mapped[int] = primary_key()
    hearing_id: Mapped[int] = mapped_column(sa.ForeignKey("hearing.id"), unique=True)
    stage: Mapped[LiveStage] = mapped_column(words(LiveStage, "stage"), default=LiveStage.ROLL_CALL)
    stage_mark: Mapped[int] = mapped_column(default=1)
    """Counts the changes of stage; a page that names an older one is stale."""
    is_in_recess: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by: Mapped[int] = foreign_key("account.id", index=False)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    final_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)

    hearing: Mapped[Hearing] = relationship(back_populates="minutes")
    paper: Mapped[IssuedPaper | None] = relationship()
    stages: Mapped[list["StagePassed"]] = relationship(order_by="StagePassed.id", back_populates="minutes")
    attendances: Mapped[list["Attendance"]] = relationship(order_by="Attendance.id", back_populates="minutes")
    turns: Mapped[list["MinutesTurn"]] = relationship(
        order_by="MinutesTurn.started_at, MinutesTurn.id", back_populates="minutes"
    )
    exhibits: Mapped[list["Exhibit"]] = relationship(order_by="Exhibit.number", back_populates="minutes")
    notes: Mapped[list["MinutesNote"]] = relationship(order_by="MinutesNote.id")
    earlier_days: Mapped[list["EarlierDay"]] = relationship(order_by="EarlierDay.id", back_populates="minutes")

    @property
    def matter_id(self) -> int:
        """The matter, for the log."""
        return self.hearing.matter_id

    @property
    def is_closed(self) -> bool:
        """Nothing but a signed note may follow (INV-18)."""
        return self.closed_at is not None


class StagePassed(PublicId, Model):
    """One stage that was entered, or skipped with its reason."""

    __tablename__ = "hearing_stage"

    id: Mapped[int] = primary_key()
    minutes_id: Mapped[int] = foreign_key("hearing_minutes.id")
    stage: Mapped[LiveStage] = mapped_column(words(LiveStage, "stage"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    skipped_reason_sealed: Mapped[bytes | None] = sealed_column()
    skipped_reason = Sealed("skipped_reason_sealed")
    entered_by: Mapped[int] = foreign_key("account.id", index=False)

    minutes: Mapped[HearingMinutes] = relationship(back_populates="stages")


class Attendance(PublicId, Model):
    """Somebody expected or present at the sitting, and how he proved who he is (R-DOC-H07)."""

    __tablename__ = "hearing_attendance"

    id: Mapped[int] = primary_key()
    minutes_id: Mapped[int] = foreign_key("hearing_minutes.id")
    role: Mapped[AttendeeRole] = mapped_column(words(AttendeeRole, "role"))
    seat_id: Mapped[int | None] = foreign_key("panel_seat.id", nullable=True, index=False)
    hearing_party_id: Mapped[int | None] = foreign_key("hearing_party.id", nullable=True, index=False)
    proxy_id: Mapped[int | None] = foreign_key("proxy.id", nullable=True, index=False)
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    post: Mapped[str] = mapped_column(sa.String(120), default="")
    identity_document: Mapped[str] = mapped_column(sa.String(40), default="")
    is_head: Mapped[bool] = mapped_column(default=False)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when he waits to be given the floor; None once he has spoken."""
    absence_sealed: Mapped[bytes | None] = sealed_column()
    absence = Sealed("absence_sealed")
    checked_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)

    minutes: Mapped[HearingMinutes] = relationship(back_populates="attendances")
    seat: Mapped[PanelSeat | None] = relationship()
    hearing_party: Mapped[HearingParty | None] = relationship()
    proxy: Mapped[Proxy | None] = relationship()

    @property
    def key(self) -> str:
        """Under which he speaks and signs."""
        return f"attendance-{self.public_id}"

    @property
    def is_present(self) -> bool:
        """True from arrival until he leaves."""
        return self.arrived_at is not None and self.left_at is None


class EarlierDay(PublicId, Model):
    """Somebody who heard an earlier day of the sitting to its end, as he was entered then (R-HEAR-26)."""

    __tablename__ = "hearing_earlier_day"

    id: Mapped[int] = primary_key()
    minutes_id: Mapped[int] = foreign_key("hearing_minutes.id")
    attendance_id: Mapped[int] = foreign_key("hearing_attendance.id", index=False)
    day: Mapped[date] = mapped_column(sa.Date)
    name_sealed: Mapped[bytes | None] = sealed_column()
    name = Sealed("name_sealed")
    post: Mapped[str] = mapped_column(sa.String(120), default="")
    identity_document: Mapped[str] = mapped_column(sa.String(40), default="")

    minutes: Mapped[HearingMinutes] = relationship(back_populates="earlier_days")
    attendance: Mapped[Attendance] = relationship()

    __table_args__ = (sa.UniqueConstraint("attendance_id", "day"),)

    @property
    def key(self) -> str:
        """Under which he signs for the days on which he was there."""
        return f"earlier-{self.public_id}"


class MinutesTurn(PublicId, Model):
    """One turn, written once: a correction is another row that names the one it corrects, with its number."""

    __tablename__ = "minutes_turn"

    id: Mapped[int] = primary_key()
    minutes_id: Mapped[int] = foreign_key("hearing_minutes.id", index=False)
    client_id: Mapped[str] = mapped_column(sa.String(64))
    turn_kind: Mapped[TurnKind] = mapped_column(words(TurnKind, "turn_kind"), default=TurnKind.STATEMENT)
    stage: Mapped[LiveStage] = mapped_column(words(LiveStage, "stage"))
    speaker: Mapped[str] = mapped_column(sa.String(40), default="")
    speaker_name_sealed: Mapped[bytes | None] = sealed_column()
    speaker_name = Sealed("speaker_name_sealed")
    role_label: Mapped[str] = mapped_column(sa.String(40), default="")
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    exhibit_id: Mapped[int | None] = foreign_key("hearing_exhibit.id", nullable=True, index=False)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int] = foreign_key("account.id", index=False)
    corrects_id: Mapped[int | None] = foreign_key("minutes_turn.id", nullable=True, index=False)
    correction_number: Mapped[int | None] = mapped_column()
    asked_by: Mapped[str] = mapped_column(sa.String(40), default="")

    minutes: Mapped[HearingMinutes] = relationship(back_populates="turns")
    author: Mapped[Account] = relationship()
    exhibit: Mapped["Exhibit | None"] = relationship()
    corrects: Mapped["MinutesTurn | None"] = relationship(remote_side=[id])

    __table_args__ = (
        sa.UniqueConstraint("minutes_id", "client_id"),
        sa.UniqueConstraint("minutes_id", "correction_number"),
        sa.Index("ix_minutes_turn_minutes_started", "minutes_id", "started_at", "id"),
    )


class Exhibit(PublicId, Model):
    """One piece of evidence, numbered in the order in which it was shown."""

    __tablename__ = "hearing_exhibit"

    id: Mapped[int] = primary_key()
    minutes_id: Mapped[int] = foreign_key("hearing_minutes.id", index=False)
    number: Mapped[int] = mapped_column()
    title_sealed: Mapped[bytes | None] = sealed_column()
    title = Sealed("title_sealed")
    presented_by: Mapped[str] = mapped_column(sa.String(40), default="")
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime)
    client_id: Mapped[str] = mapped_column(sa.String(64))

    minutes: Mapped[HearingMinutes] = relationship(back_populates="exhibits")

    __table_args__ = (sa.UniqueConstraint("minutes_id", "number"), sa.UniqueConstraint("minutes_id", "client_id"))


class OpenLine(PublicId, Model):
    """What a clerk is typing and has not recorded yet; one row a clerk and device, gone with the recorded turn."""

    __tablename__ = "minutes_open_line"

    id: Mapped[int] = primary_key()
    minutes_id: Mapped[int] = foreign_key("hearing_minutes.id", index=False)
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    device: Mapped[str] = mapped_column(sa.String(64))
    client_id: Mapped[str] = mapped_column(sa.String(64), default="")
    speaker: Mapped[str] = mapped_column(sa.String(40), default="")
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()

    __table_args__ = (sa.UniqueConstraint("minutes_id", "account_id", "device"),)


class ReadBack(Model):
    """One person said 无误 to one page of the minutes as read back."""

    __tablename__ = "minutes_read_back"

    id: Mapped[int] = primary_key()
    minutes_id: Mapped[int] = foreign_key("hearing_minutes.id", index=False)
    attendance_id: Mapped[int] = foreign_key("hearing_attendance.id", index=False)
    page: Mapped[int] = mapped_column()
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[int] = foreign_key("account.id", index=False)

    __table_args__ = (sa.UniqueConstraint("minutes_id", "attendance_id", "page"),)


class MinutesNote(PublicId, Model):
    """What was appended to closed minutes: whose words, and the paper that he signed (R-HEAR-26)."""

    __tablename__ = "minutes_note"

    id: Mapped[int] = primary_key()
    minutes_id: Mapped[int] = foreign_key("hearing_minutes.id")
    attendance_id: Mapped[int | None] = foreign_key("hearing_attendance.id", nullable=True, index=False)
    text_sealed: Mapped[bytes | None] = sealed_column()
    text = Sealed("text_sealed")
    author_id: Mapped[int] = foreign_key("account.id", index=False)
    written_on: Mapped[date] = mapped_column(sa.Date)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paper_id: Mapped[int | None] = foreign_key("issued_paper.id", nullable=True, index=False)

    attendance: Mapped[Attendance | None] = relationship()
    author: Mapped[Account] = relationship()
    paper: Mapped[IssuedPaper | None] = relationship()
