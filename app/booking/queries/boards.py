"""Who is where: the day by room, a person's list, who is on duty.

Booking knows no matter; a face hides what the viewer may not read (已有安排).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, load_only, selectinload

from app.access.permissions import Role
from app.booking.models import BookedSession, DutySlot, Leave, Room, SessionSeat
from app.booking.queries.rooms import area_of, in_area, list_rooms
from app.booking.rules.words import HalfDay, SessionStatus
from app.extensions import db
from app.law import clock
from app.people.models import Account, Organisation

NAME_ONLY = (load_only(Account.name), lazyload(Account.organisation), lazyload(Account.role_rows))
"""A board shows who sits where, and nothing else about the person."""


@dataclass(frozen=True)
class BoardRoom:
    """One row of the board."""

    room: Room
    sessions: tuple[BookedSession, ...]


@dataclass(frozen=True)
class OnDuty:
    """A person on duty on a day, with the halves and whether leave cancels them."""

    account: Account
    halves: frozenset[HalfDay]


def _day(day: date) -> tuple[datetime, datetime]:
    return clock.from_local(day, time.min), clock.from_local(day + timedelta(days=1), time.min)


def list_day_board(organisation_id: int, day: date) -> list[BoardRoom]:
    """The rooms of the organisation's area with the sessions booked for that day, in order of time."""
    organisation = db.session.get_one(Organisation, organisation_id)
    rooms = list_rooms(area_of(organisation))
    starts, ends = _day(day)
    statement = (
        sa.select(BookedSession)
        .where(
            BookedSession.room_id.in_([room.id for room in rooms]),
            BookedSession.starts_at >= starts,
            BookedSession.starts_at < ends,
            BookedSession.status == SessionStatus.BOOKED,
        )
        .order_by(BookedSession.starts_at, BookedSession.id)
        .options(selectinload(BookedSession.seats).joinedload(SessionSeat.account).options(*NAME_ONLY))
    )
    by_room: dict[int, list[BookedSession]] = {room.id: [] for room in rooms}
    for session in db.session.scalars(statement):
        by_room[session.room_id].append(session)
    return [BoardRoom(room, tuple(by_room[room.id])) for room in rooms]


def list_sessions_of_person(account_id: int, first: date, last: date) -> Sequence[BookedSession]:
    """Where a person must be from the first to the last day, in order of time."""
    statement = (
        sa.select(BookedSession)
        .join(BookedSession.seats)
        .where(
            SessionSeat.account_id == account_id,
            BookedSession.status == SessionStatus.BOOKED,
            BookedSession.starts_at >= _day(first)[0],
            BookedSession.starts_at < _day(last)[1],
        )
        .order_by(BookedSession.starts_at, BookedSession.id)
        .options(selectinload(BookedSession.room), selectinload(BookedSession.seats))
    )
    return db.session.scalars(statement).all()


def list_on_duty(day: date, *, area_id: int | None = None, role: Role | None = None) -> list[OnDuty]:
    """Who is at the centre that day and not on leave, by name."""
    away = sa.exists().where(Leave.account_id == DutySlot.account_id, Leave.starts_on <= day, Leave.ends_on >= day)
    statement = (
        sa.select(DutySlot)
        .join(DutySlot.account)
        .join(Account.organisation)
        .where(DutySlot.day == day, Account.is_active, ~away)
        .order_by(Account.name_pinyin, Account.id)
        .options(selectinload(DutySlot.account).selectinload(Account.role_rows))
    )
    if area_id is not None:
        statement = statement.where(in_area(area_id))
    halves: dict[int, set[HalfDay]] = {}
    people: dict[int, Account] = {}
    for slot in db.session.scalars(statement):
        if role is None or role in slot.account.roles:
            people[slot.account_id] = slot.account
            halves.setdefault(slot.account_id, set()).add(slot.half)
    return [OnDuty(account, frozenset(halves[account_id])) for account_id, account in people.items()]
