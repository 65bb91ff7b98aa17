"""Set up rooms and when they are shut."""

from dataclasses import dataclass
from datetime import datetime, time

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.models import BookedSession, Room, RoomClosure
from app.booking.rules.words import Equipment, RoomKind, SessionStatus
from app.errors import RuleViolation
from app.extensions import db
from app.people.models import Organisation


@dataclass(frozen=True)
class RoomDetails:
    """What a room is: name, kind, seats, equipment, daily hours."""

    name: str
    kind: RoomKind
    capacity: int
    equipment: frozenset[Equipment]
    opens_at: time = time(8, 30)
    closes_at: time = time(18, 0)
    is_active: bool = True


def create_room(details: RoomDetails, organisation: Organisation, *, by: Actor) -> Room:
    """Add a room to a centre; refuses a second room of the same name and hours that end before they begin."""
    _check(details, organisation.id, None)
    last = db.session.scalar(sa.select(sa.func.max(Room.position))) or 0
    room = Room(organisation_id=organisation.id, position=last + 1, **_columns(details))
    db.session.add(room)
    record(by, "room.create", room)
    return room


def change_room(room: Room, details: RoomDetails, *, by: Actor) -> None:
    """Change a room; sessions that are booked stay booked."""
    _check(details, room.organisation_id, room.id)
    columns = _columns(details)
    changed = sorted(name for name, value in columns.items() if getattr(room, name) != value)
    for name in changed:
        setattr(room, name, columns[name])
    record(by, "room.change", room, fields=changed)


def add_closure(room: Room, starts_at: datetime, ends_at: datetime, reason: str, *, by: Actor) -> RoomClosure:
    """Shut a room for a time; refuses while sessions are booked in it."""
    if starts_at >= ends_at:
        raise RuleViolation("停用的结束时间要晚于开始时间。请重新填。", rule="B083")
    booked = sa.select(sa.func.count(BookedSession.id)).where(
        BookedSession.room_id == room.id,
        BookedSession.status == SessionStatus.BOOKED,
        BookedSession.starts_at < ends_at,
        BookedSession.ends_at > starts_at,
    )
    if count := db.session.scalar(booked):
        raise RuleViolation(f"这段时间里已排了 {count} 场。请先改期或取消，再停用。", rule="R-DUTY-02")
    closure = RoomClosure(room=room, starts_at=starts_at, ends_at=ends_at, reason=reason)
    db.session.add(closure)
    record(by, "room.close", room, start=starts_at.isoformat(), end=ends_at.isoformat())
    return closure


def remove_closure(closure: RoomClosure, *, by: Actor) -> None:
    """Open a room again."""
    record(by, "room.open", closure.room, start=closure.starts_at.isoformat(), end=closure.ends_at.isoformat())
    db.session.delete(closure)


def _check(details: RoomDetails, organisation_id: int, own_id: int | None) -> None:
    if details.opens_at >= details.closes_at:
        raise RuleViolation("关门时间要晚于开门时间。请重新填。", rule="B083")
    same = sa.select(Room.id).where(
        Room.organisation_id == organisation_id, Room.name == details.name, Room.id != (own_id or 0)
    )
    if db.session.scalar(same) is not None:
        raise RuleViolation(f"已经有一间叫“{details.name}”。请换一个名字。", rule="R-DUTY-02")


def _columns(details: RoomDetails) -> dict[str, object]:
    return {
        "name": details.name,
        "kind": details.kind,
        "capacity": details.capacity,
        "equipment_words": sorted(details.equipment),
        "opens_at": details.opens_at,
        "closes_at": details.closes_at,
        "is_active": details.is_active,
    }
