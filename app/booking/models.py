"""Rooms and when they are shut, who is on duty or on leave, what is booked, and the cells it occupies."""

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.rules.need import Owner
from app.booking.rules.words import Equipment, HalfDay, RoomKind, SessionStatus
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.people.models import Account, Organisation
from app.privacy.sealed import Sealed, sealed_column


class Room(PublicId, Model):
    """One room of a centre with its daily hours."""

    __tablename__ = "room"

    id: Mapped[int] = primary_key()
    organisation_id: Mapped[int] = foreign_key("organisation.id", index=False)
    name: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[RoomKind] = mapped_column(words(RoomKind, "kind"))
    capacity: Mapped[int] = mapped_column(default=8)
    equipment_words: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    opens_at: Mapped[time] = mapped_column(sa.Time, default=time(8, 30))
    closes_at: Mapped[time] = mapped_column(sa.Time, default=time(18, 0))
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship()
    closures: Mapped[list["RoomClosure"]] = relationship(order_by="RoomClosure.starts_at", back_populates="room")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("organisation_id", "name"),
        sa.CheckConstraint("capacity > 0", name="capacity"),
        sa.CheckConstraint("opens_at < closes_at", name="hours"),
    )

    @property
    def equipment(self) -> frozenset[Equipment]:
        """What stands in the room."""
        return frozenset(Equipment(word) for word in self.equipment_words)


class RoomClosure(PublicId, Model):
    """A time in which a room cannot be used."""

    __tablename__ = "room_closure"

    id: Mapped[int] = primary_key()
    room_id: Mapped[int] = foreign_key("room.id", index=False)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(sa.String(120), default="")

    room: Mapped[Room] = relationship(back_populates="closures")

    __table_args__ = (
        sa.Index("ix_room_closure_room_ends", "room_id", "ends_at"),
        sa.CheckConstraint("starts_at < ends_at", name="interval"),
    )


class DutySlot(PublicId, Model):
    """A person is at the centre for half a day (R-DUTY-02)."""

    __tablename__ = "duty_slot"

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    day: Mapped[date] = mapped_column(sa.Date)
    half: Mapped[HalfDay] = mapped_column(words(HalfDay, "half"))

    account: Mapped[Account] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("account_id", "day", "half"),
        sa.Index("ix_duty_slot_day_half", "day", "half"),
    )


class Leave(PublicId, Model):
    """Whole days on which a person is away, whatever the duty slots say."""

    __tablename__ = "leave"

    id: Mapped[int] = primary_key()
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    starts_on: Mapped[date] = mapped_column(sa.Date)
    ends_on: Mapped[date] = mapped_column(sa.Date)

    account: Mapped[Account] = relationship()

    __table_args__ = (
        sa.Index("ix_leave_account_ends", "account_id", "ends_on"),
        sa.CheckConstraint("starts_on <= ends_on", name="interval"),
    )


class BookedSession(PublicId, Model):
    """One meeting in one room; `purpose` holds no personal data, the owner is opaque."""

    __tablename__ = "booked_session"

    id: Mapped[int] = primary_key()
    owner_kind: Mapped[str] = mapped_column(sa.String(40))
    owner_id: Mapped[int] = mapped_column(BigInt)
    matter_id: Mapped[int] = mapped_column(BigInt, index=True)
    organisation_id: Mapped[int] = foreign_key("organisation.id", index=False)
    room_id: Mapped[int] = foreign_key("room.id", index=False)
    purpose: Mapped[str] = mapped_column(sa.String(120))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[SessionStatus] = mapped_column(words(SessionStatus, "status"), default=SessionStatus.BOOKED)
    is_open: Mapped[bool] = mapped_column(default=True)
    party_keys: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    booked_by: Mapped[int] = foreign_key("account.id", index=False)
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    room: Mapped[Room] = relationship()
    seats: Mapped[list["SessionSeat"]] = relationship(
        order_by="SessionSeat.id", cascade="all, delete-orphan", back_populates="session"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.Index("ix_booked_session_owner", "owner_kind", "owner_id"),
        sa.Index("ix_booked_session_starts", "starts_at", "id"),
        sa.Index("ix_booked_session_room_starts", "room_id", "starts_at"),
        sa.CheckConstraint("starts_at < ends_at", name="interval"),
    )

    @property
    def owner(self) -> Owner:
        """Whose session it is."""
        return Owner(self.owner_kind, self.owner_id)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class SessionSeat(Model):
    """Who sits where in a session."""

    __tablename__ = "session_seat"

    id: Mapped[int] = primary_key()
    session_id: Mapped[int] = foreign_key("booked_session.id", index=False)
    account_id: Mapped[int] = foreign_key("account.id")
    seat: Mapped[str] = mapped_column(sa.String(40))

    session: Mapped[BookedSession] = relationship(back_populates="seats")
    account: Mapped[Account] = relationship()

    __table_args__ = (sa.UniqueConstraint("session_id", "account_id"),)


class Occupancy(Model):
    """One quarter hour of one room, person or party. The primary key decides between two clerks (INV-29)."""

    __tablename__ = "occupancy"

    resource_key: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    cell: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    session_id: Mapped[int] = foreign_key("booked_session.id")

    __table_args__ = ({"sqlite_with_rowid": False},)
