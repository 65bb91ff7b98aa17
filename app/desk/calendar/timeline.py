"""The timeline as data: rows of rooms, people or centres; what stands on them; what is closed; what is lit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Actor
from app.booking.models import BookedSession, Room
from app.booking.queries import area_of, list_on_duty, list_rooms
from app.booking.queries.drafts import list_basket, list_sessions_between
from app.booking.queries.snapshot import load_states, usual_hours, wall_clock
from app.booking.rules.grid import Horizon, wall_time_of
from app.booking.rules.search import Place
from app.booking.rules.words import SessionStatus
from app.desk.calendar.lighting import Question, account_ids
from app.desk.calendar.placers import keys_of
from app.desk.calendar.queries import OFF_DUTY, readable_subjects, state_of, title_of
from app.extensions import db
from app.people.models import Account, Organisation
from app.settings.queries import calendar

OPENS, CLOSES = time(8), time(18)
MOST_PEOPLE = 40


class Group(StrEnum):
    """What the rows are."""

    ROOMS = "rooms"
    PEOPLE = "people"
    CENTRES = "centres"


@dataclass(frozen=True)
class Span:
    """The days that are shown and what their rows are."""

    first: date
    days: int
    group: Group

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.days - 1)


def timeline_of(
    actor: Actor, span: Span, now: datetime, *, question: Question | None = None, lit: Sequence[Place] = ()
) -> dict[str, Any]:
    """Everything the timeline draws for this actor; matters that may not be read are 已有安排."""
    rooms = list_rooms(area_of(db.session.get_one(Organisation, actor.organisation_id)))
    people = _people(rooms, span, question, lit)
    rows = _Rows(span.group, rooms, people, is_placing=question is not None)
    own = question.placing.item.session if question else None
    return {
        "resources": list(rows.resources()),
        "events": list(_events(actor, span, rows, own, now)),
        "closed": list(_closed(rows, span)),
        "lit": [_lit(place, rooms) for place in lit],
        "days": [_day(day) for day in Horizon(span.first, span.days).each_day()],
        "now": wall_clock(now).isoformat(timespec="minutes"),
    }


def events_of(actor: Actor, span: Span, now: datetime) -> list[dict[str, Any]]:
    """What stands in the rooms on these days, in order of time."""
    rooms = list_rooms(area_of(db.session.get_one(Organisation, actor.organisation_id)))
    return list(_events(actor, span, _Rows(Group.ROOMS, rooms, [], is_placing=False), None, now))


@dataclass(frozen=True)
class _Rows:
    """Which rows there are and on which of them a session lies."""

    group: Group
    rooms: Sequence[Room]
    people: Sequence[Account]
    is_placing: bool

    @property
    def shows_people(self) -> bool:
        return self.group is Group.PEOPLE or self.is_placing

    @property
    def shows_rooms(self) -> bool:
        return self.group is Group.ROOMS or self.is_placing

    def resources(self) -> Iterator[dict[str, str]]:
        if self.shows_rooms:
            for room in self.rooms:
                yield {"id": room.public_id, "title": room.name, "note": f"{room.capacity} 座", "kind": "room"}
        elif self.group is Group.CENTRES:
            for centre in {room.organisation_id: room.organisation for room in self.rooms}.values():
                name = centre.centre_name or centre.short_name or centre.name
                count = sum(1 for room in self.rooms if room.organisation_id == centre.id)
                yield {"id": centre.public_id, "title": name, "note": f"{count} 间", "kind": "centre"}
        if self.shows_people:
            for person in self.people:
                yield {"id": person.public_id, "title": person.name, "note": person.post, "kind": "person"}

    def of(self, session: BookedSession) -> list[str]:
        ids = []
        if self.shows_rooms:
            ids += [room.public_id for room in self.rooms if room.id == session.room_id]
        elif self.group is Group.CENTRES:
            ids += [room.organisation.public_id for room in self.rooms if room.id == session.room_id]
        if self.shows_people:
            seated = {seat.account_id for seat in session.seats}
            ids += [person.public_id for person in self.people if person.id in seated]
        return ids


def _people(rooms: Sequence[Room], span: Span, question: Question | None, lit: Iterable[Place]) -> list[Account]:
    """Those whom the picked session needs, or those on duty on these days."""
    if question is not None:
        wanted = dict.fromkeys(
            [*account_ids(question.people), *(who for p in lit for who in account_ids(p.plan.people))]
        )
        found = {row.id: row for row in db.session.scalars(sa.select(Account).where(Account.id.in_(wanted))).unique()}
        return [found[account_id] for account_id in wanted if account_id in found][:MOST_PEOPLE]
    if span.group is not Group.PEOPLE or not rooms:
        return []
    area = area_of(rooms[0].organisation)
    on_duty: dict[int, Account] = {}
    for day in Horizon(span.first, span.days).each_day():
        on_duty |= {row.account.id: row.account for row in list_on_duty(day, area_id=area)}
    return list(on_duty.values())[:MOST_PEOPLE]


def _events(
    actor: Actor, span: Span, rows: _Rows, without: BookedSession | None, now: datetime
) -> Iterator[dict[str, Any]]:
    """What is booked or drafted, without what lies lifted in the actor's basket and what is being placed."""
    sessions = list_sessions_between(
        [room.id for room in rows.rooms], [person.id for person in rows.people], span.first, span.last
    )
    drafts = {draft.session_id: draft.owner for draft in list_basket(actor.account_id)}
    lifted = {draft.replaces_id for draft in list_basket(actor.account_id)}
    readable = readable_subjects({session.matter_id for session in sessions}, actor)
    ahead = [session for session in sessions if session.starts_at > now and session.matter_id in readable]
    owners = {session.id: drafts.get(session.id, session.owner) for session in ahead}
    keys = keys_of(owners.values(), actor)
    for session in sessions:
        if session.id not in lifted and session is not without:
            key = keys.get(owners[session.id], "") if session.id in owners else ""
            yield _event(session, rows, readable, session.id in drafts, now) | {"key": key}


def _event(
    session: BookedSession, rows: _Rows, readable: Mapping[int, str], is_own_draft: bool, now: datetime
) -> dict[str, Any]:
    is_readable = session.matter_id in readable
    is_draft = session.status is SessionStatus.DRAFT
    names = "、".join(seat.account.name for seat in session.seats)
    state = "draft" if is_draft else "lacks" if session.off_duty_since else state_of(session, now)
    return {
        "id": session.public_id,
        "resourceIds": rows.of(session),
        "start": wall_clock(session.starts_at).isoformat(timespec="minutes"),
        "end": wall_clock(session.ends_at).isoformat(timespec="minutes"),
        "title": title_of(session, readable),
        "who": names if is_readable else "",
        "state": state,
        "flag": OFF_DUTY if session.off_duty_since else "",
        "opens": is_readable and (not is_draft or is_own_draft),
        "isDraft": is_draft,
    }


def _closed(rows: _Rows, span: Span) -> Iterator[dict[str, str]]:
    """Days off, the noon break, closed hours of rooms; hours off duty or on leave of people."""
    horizon = Horizon(span.first, span.days)
    shown, unusual = _shown(horizon), ~usual_hours(horizon)
    rooms, people = load_states(rows.rooms, [person.id for person in rows.people], horizon)
    if rows.shows_rooms:
        for room in rows.rooms:
            state = rooms[room.id]
            yield from _spans(room.public_id, shown & (~state.open | state.closed | unusual), horizon)
    if rows.shows_people:
        for person in rows.people:
            if (duty := people.get(person.id)) is not None:
                yield from _spans(person.public_id, shown & (~duty.duty | duty.leave | unusual), horizon)


def _shown(horizon: Horizon) -> int:
    mask = 0
    for day in horizon.each_day():
        mask |= horizon.mask_of_hours(day, OPENS, CLOSES)
    return mask


def _spans(resource: str, mask: int, horizon: Horizon) -> Iterator[dict[str, str]]:
    """Runs of set bits as spans of time; a run never leaves its day, because only the shown hours are set."""
    start = last = -2
    for cell in [*horizon.cells_of(mask), -1]:
        if cell != last + 1:
            if last >= 0:
                yield {"resource": resource, "start": _at(start), "end": _at(last + 1)}
            start = cell
        last = cell


def _at(cell: int) -> str:
    return wall_time_of(cell).isoformat(timespec="minutes")


def _lit(place: Place, rooms: Sequence[Room]) -> dict[str, Any]:
    room = next(room for room in rooms if room.id == place.plan.room_id)
    return {
        "resource": room.public_id,
        "room": room.name,
        "start": place.plan.start.isoformat(timespec="minutes"),
        "end": place.plan.end.isoformat(timespec="minutes"),
        "people": [f"{old}换成{new}" for old, new in place.replaced],
    }


def _day(day: date) -> dict[str, str]:
    mark = calendar().day_kind(day)
    return {"day": day.isoformat(), "mark": mark.mark, "name": mark.name}
