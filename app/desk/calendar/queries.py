"""What a board shows to whom: subject and link where the matter may be read, otherwise 已有安排."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from app.access.permissions import Actor
from app.booking.models import BookedSession, Room
from app.booking.queries import list_day_board, list_sessions_of_person
from app.booking.queries.snapshot import wall_clock
from app.booking.rules.words import EQUIPMENT_LABELS, Equipment
from app.extensions import db
from app.matters.models import Matter
from app.matters.queries import visible_to
from app.mediation.queries import meetings_of_sessions
from app.people.models import Account

HIDDEN = "已有安排"
OFF_DUTY = "不符值班"
BOARD_OPENS_AT = 8
QUARTERS = 40


@dataclass(frozen=True)
class ShownSession:
    """One session as one person may see it; times count quarter hours from eight."""

    session: BookedSession
    start_q: int
    length_q: int
    title: str
    sub: str
    state: str
    case_public_id: str
    meeting_position: int
    flag: str
    is_readable: bool = False


@dataclass(frozen=True)
class ShownRoom:
    """One row of the board."""

    room_id: int
    name: str
    note: str
    sessions: tuple[ShownSession, ...]


def board_of(actor: Actor, day: date, now: datetime) -> list[ShownRoom]:
    """The rooms of the actor's area on one day."""
    rows = list_day_board(actor.organisation_id, day)
    shown = {s.session.id: s for s in _show([s for row in rows for s in row.sessions], actor, now)}
    return [
        ShownRoom(row.room.id, row.room.name, _note(row.room), tuple(shown[session.id] for session in row.sessions))
        for row in rows
    ]


def agenda_of(account_id: int, actor: Actor, first: date, last: date, now: datetime) -> list[ShownSession]:
    """Where a person must be, as the actor may see it."""
    return _show(list_sessions_of_person(account_id, first, last), actor, now)


def now_quarter(now: datetime) -> int:
    """The quarter hour of the red line, counted from eight."""
    wall = wall_clock(now)
    return (wall.hour - BOARD_OPENS_AT) * 4 + wall.minute // 15


def _show(sessions: Iterable[BookedSession], actor: Actor, now: datetime) -> list[ShownSession]:
    sessions = list(sessions)
    readable = readable_subjects({session.matter_id for session in sessions}, actor)
    meetings = meetings_of_sessions([session.id for session in sessions])
    shown = []
    for session in sessions:
        is_readable = session.matter_id in readable
        meeting = meetings.get(session.id) if is_readable else None
        start = wall_clock(session.starts_at)
        shown.append(
            ShownSession(
                session=session,
                start_q=(start.hour - BOARD_OPENS_AT) * 4 + start.minute // 15,
                length_q=session.minutes // 15,
                title=title_of(session, readable),
                sub="、".join(seat.account.name for seat in session.seats) if is_readable else "",
                state=state_of(session, now),
                case_public_id=meeting.case.public_id if meeting else "",
                meeting_position=meeting.position if meeting else 0,
                flag=OFF_DUTY if session.off_duty_since else "",
                is_readable=is_readable,
            )
        )
    return shown


def readable_subjects(matter_ids: Collection[int], actor: Actor) -> dict[int, str]:
    """What each of those matters is about that the actor may read."""
    if not matter_ids:
        return {}
    statement = sa.select(Matter).where(Matter.id.in_(matter_ids), visible_to(actor))
    rows = db.session.scalars(statement.options(load_only(Matter.public_id, Matter.subject_sealed))).unique()
    return {row.id: row.subject for row in rows}


def title_of(session: BookedSession, subjects: Mapping[int, str]) -> str:
    """What it is about, as in the list of those that wait, and what is held; 已有安排 for who may not read it."""
    if session.matter_id not in subjects:
        return HIDDEN
    return f"{subjects[session.matter_id]}（{session.purpose}）"


def addresses_of(account_ids: Collection[int]) -> dict[str, str]:
    """The public ids of these people by their names."""
    rows = db.session.execute(sa.select(Account.name, Account.public_id).where(Account.id.in_(account_ids)))
    return {name: public_id for name, public_id in rows}


def state_of(session: BookedSession, now: datetime) -> str:
    """Over, running or still to come."""
    if session.ends_at <= now:
        return "over"
    return "running" if session.starts_at <= now else "fixed"


def _note(room: Room) -> str:
    shown = sorted(EQUIPMENT_LABELS[item] for item in room.equipment if item is not Equipment.STEP_FREE)
    return " · ".join([f"{room.capacity} 座", *shown])
