"""What is booked, who sits in it, and the cells it occupies."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.models.rooms import Room
from app.booking.rules.need import Owner
from app.booking.rules.words import SessionStatus
from app.extensions import BigInt, Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.people.models import Account
from app.privacy.sealed import Sealed, sealed_column


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
    off_duty_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
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
