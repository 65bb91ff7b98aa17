"""Rooms with their daily hours, and when they are shut."""

from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.rules.words import Equipment, RoomKind
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.people.models import Organisation


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
