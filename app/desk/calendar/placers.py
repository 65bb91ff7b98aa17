"""What can be put on the calendar, and whose act does it: one row a kind, one code path for all of them.

The calendar knows rooms, people and time; what a meeting or a hearing needs, and what booking, moving or calling it
off means, its own package decides.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.guards import check_allowed
from app.access.permissions import Actor, Permission, is_allowed
from app.booking.models import BookedSession, DraftMove
from app.booking.rules.need import Owner, SessionNeed, SessionPlan
from app.booking.rules.search import People
from app.desk.calendar import hearings_placing, mediation_placing
from app.errors import NotFound
from app.extensions import db


@dataclass(frozen=True)
class Details:
    """What the owner's act asks for beside the place; served_on is the day by which the last notice is served."""

    served_on: date
    ground: str = ""
    reason: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True)
class Told:
    """Somebody who is told when the draft is published, and how."""

    name: str
    channel: str


@dataclass(frozen=True)
class Item:
    """One thing to be placed or moved, as the calendar shows it to who may act on it.

    `session` is where it stands now, None while it has no place; `hindrance` says why it cannot be placed yet.
    """

    key: str
    owner: Owner
    matter_id: int
    title: str
    note: str
    minutes: int
    people: People
    session: BookedSession | None
    due_on: date | None
    hindrance: str = ""
    recorders: tuple[int, ...] = ()
    asks_service: bool = False


@dataclass(frozen=True)
class Placer:
    """How one kind is placed. `subject` below is its own object: a case, a meeting, a hearing."""

    word: str
    owner_kind: str
    permission: Permission
    table: Any
    get: Callable[[str], Any]
    get_by_id: Callable[[int], Any]
    list_waiting: Callable[[Actor, datetime], Sequence[Any]]
    describe: Callable[[Any, datetime], dict[str, Any]]
    need: Callable[[Any, SessionPlan, Details, datetime], SessionNeed]
    place: Callable[[Any, SessionPlan, Details, Actor, datetime], None]
    call_off: Callable[[Any, Details, Actor, datetime], None]
    told: Callable[[Any], list[tuple[str, bool]]]
    grounds: Callable[[Any, bool], list[tuple[str, str]]]


PLACERS = (
    Placer("case", "mediation_case", Permission.MEETING_BOOK, **mediation_placing.OF_CASES),
    Placer("meeting", "mediation_meeting", Permission.MEETING_BOOK, **mediation_placing.OF_MEETINGS),
    Placer("hearing", "hearing", Permission.HEARING_MANAGE, **hearings_placing.OF_HEARINGS),
)
BY_WORD = {placer.word: placer for placer in PLACERS}
BY_OWNER = {placer.owner_kind: placer for placer in PLACERS}
USUAL_DAYS_TO_SERVE = timedelta(days=2)


@dataclass(frozen=True)
class Placing:
    """One thing that the actor may put on the calendar, with the row of the table that does it."""

    placer: Placer
    subject: Any
    item: Item

    def need(self, plan: SessionPlan, details: Details, now: datetime) -> SessionNeed:
        """What it needs for a plan of these people and this length."""
        return self.placer.need(self.subject, plan, details, now)

    def told(self) -> list[Told]:
        """Who is told when it is published; a phone that takes messages, or a person who goes there."""
        return [Told(name, "短信" if by_phone else "当面或电话") for name, by_phone in self.placer.told(self.subject)]

    def grounds(self, *, is_calling_off: bool = False) -> list[tuple[str, str]]:
        """The grounds out of which one must be named; empty where none is asked for."""
        return self.placer.grounds(self.subject, is_calling_off)


def get_placing(key: str, by: Actor, now: datetime) -> Placing:
    """The thing under this key, for somebody who may place it; NotFound or NotPermitted otherwise."""
    word, _, public_id = key.partition("-")
    if word not in BY_WORD:
        raise NotFound("没有要排的这一场，或者它不归您办。")
    return _placing(BY_WORD[word], BY_WORD[word].get(public_id), by, now)


def placing_of(owner: Owner, by: Actor, now: datetime) -> Placing:
    """The thing of this owner for somebody who may place it; NotFound or NotPermitted otherwise."""
    if owner.kind not in BY_OWNER:
        raise NotFound("这一场不在日历上改期。")
    return _placing(BY_OWNER[owner.kind], BY_OWNER[owner.kind].get_by_id(owner.id), by, now)


def placing_of_draft(draft: DraftMove, by: Actor, now: datetime) -> Placing:
    """What a draft is about."""
    return placing_of(draft.owner, by, now)


def list_placings(by: Actor, now: datetime) -> list[Placing]:
    """Everything that waits for a time and that the actor may place, most urgent first."""
    found = [
        Placing(placer, subject, _item(placer, subject, now))
        for placer in PLACERS
        for subject in placer.list_waiting(by, now)
    ]
    return sorted(found, key=lambda row: (row.item.due_on or date.max, row.item.key))


def keys_of(owners: Collection[Owner], by: Actor) -> dict[Owner, str]:
    """Under which key each of these is placed, of the kinds that the actor may place at all."""
    keys: dict[Owner, str] = {}
    for placer in PLACERS:
        ids = [owner.id for owner in owners if owner.kind == placer.owner_kind]
        if ids and is_allowed(by, placer.permission):
            table = placer.table
            rows = db.session.execute(sa.select(table.id, table.public_id).where(table.id.in_(ids)))
            keys |= {Owner(placer.owner_kind, key): f"{placer.word}-{public_id}" for key, public_id in rows}
    return keys


def _placing(placer: Placer, subject: Any, by: Actor, now: datetime) -> Placing:
    check_allowed(by, placer.permission, subject)
    return Placing(placer, subject, _item(placer, subject, now))


def _item(placer: Placer, subject: Any, now: datetime) -> Item:
    key = f"{placer.word}-{subject.public_id}"
    return Item(key=key, owner=Owner(placer.owner_kind, subject.id), **placer.describe(subject, now))
