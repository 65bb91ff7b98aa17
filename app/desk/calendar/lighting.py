"""Where a picked session fits: every start that satisfies everything, and why another place does not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.access.permissions import Actor
from app.booking.models import BookedSession, DraftMove
from app.booking.queries import explain_place, find_free_times
from app.booking.queries.drafts import lent_by, list_basket, sessions_in_the_way
from app.booking.queries.free import DayOffer, describe_days
from app.booking.queries.snapshot import load_snapshot
from app.booking.rules.explaining import Blocker, list_oddities
from app.booking.rules.grid import Horizon
from app.booking.rules.masks import Snapshot
from app.booking.rules.need import SessionNeed, SessionPlan
from app.booking.rules.search import People, Place, list_free_places, seat_people
from app.desk.calendar.placers import Details, Placing, placing_of
from app.desk.calendar.reliefs import FIRST_PLACES, Impasse, explain_impasse, first_free_places
from app.errors import DomainError
from app.law import clock
from app.settings.queries import calendar

STRIP_DAYS = 14
HORIZONS = (7, 28, 84)
MOST_WAYS = 3


@dataclass(frozen=True)
class Question:
    """What is being placed, of which length and with whom, in whose basket."""

    placing: Placing
    minutes: int
    people: People
    details: Details

    def plan(self, room_id: int, day: date, at: time) -> SessionPlan:
        """The plan for one place."""
        return SessionPlan(room_id, day, at, self.minutes, self.people)

    def need(self, day: date, now: datetime) -> SessionNeed:
        """What it needs on a day: the lawful days may hang on consents for that day."""
        return self.placing.need(self.plan(0, day, time(9)), self.details, now)


@dataclass(frozen=True)
class Answer:
    """Whether a place can be had; without blockers the people of its plan sit there.

    `liftable` sessions and `own_drafts` of the basket could make room; `oddities` must be confirmed (B086).
    """

    plan: SessionPlan
    blockers: tuple[Blocker, ...]
    ways: tuple[Place, ...]
    replaced: tuple[tuple[str, str], ...] = ()
    liftable: tuple[Placing, ...] = ()
    oddities: tuple[str, ...] = ()
    own_drafts: tuple[DraftMove, ...] = ()


def ignored_by(by: Actor, question: Question) -> frozenset[int]:
    """The sessions whose time counts as free for one's own basket: what moves, and what this basket lends."""
    drafts = list_basket(by.account_id)
    item = question.placing.item
    own = {draft.session_id for draft in drafts if draft.owner == item.owner and draft.session_id}
    standing = {item.session.id} if item.session else set()
    return frozenset(lent_by(drafts) | own | standing)


def list_lit(question: Question, first: date, days: int, *, by: Actor, now: datetime) -> list[Place]:
    """Every start on these days that satisfies everything, by room."""
    if question.placing.item.hindrance:
        return []
    ignoring, places = ignored_by(by, question), []
    for day in (first + timedelta(days=count) for count in range(days)):
        need = question.need(day, now)
        snapshot = load_snapshot(need, Horizon(day, 1), now=now, ignoring=ignoring)
        places += list_free_places(need, snapshot, day, question.people)
    return places


def offer_days(question: Question, first: date, *, by: Actor, now: datetime, days: int = STRIP_DAYS) -> list[DayOffer]:
    """The strip of fourteen days, or of a month: where it can be placed, or why not."""
    if question.placing.item.hindrance:
        return []
    need = question.need(first, now)
    return describe_days(need, first, days=days, now=now, ignoring=ignored_by(by, question))


def first_places(question: Question, *, by: Actor, now: datetime, limit: int = FIRST_PLACES) -> list[Place]:
    """The earliest places from tomorrow on that satisfy everything, one a start; fewer when twelve weeks hold no more.

    A week is looked through first, because that is mostly enough.
    """
    if question.placing.item.hindrance:
        return []
    tomorrow = clock.local_date(now) + timedelta(days=1)
    need = question.need(tomorrow, now)
    ignoring, found = ignored_by(by, question), list[Place]()
    for days in HORIZONS:
        horizon = Horizon(max(tomorrow, need.earliest), days)
        snapshot = load_snapshot(need, horizon, now=now, ignoring=ignoring)
        found = list(first_free_places(need, snapshot, question.people, limit))
        if len(found) == limit:
            break
    return found


def explain_nothing(question: Question, *, by: Actor, now: datetime) -> Impasse:
    """Why it fits nowhere within twelve weeks, and which condition would each have to go."""
    tomorrow = clock.local_date(now) + timedelta(days=1)
    need = question.need(tomorrow, now)
    horizon = Horizon(tomorrow, HORIZONS[-1])
    snapshot = load_snapshot(need, horizon, now=now, ignoring=ignored_by(by, question))
    return explain_impasse(need, snapshot, question.people)


def answer(question: Question, plan: SessionPlan, *, by: Actor, now: datetime) -> Answer:
    """Why this place cannot be had, every cause, law first, with the nearest places; or whom it seats."""
    need = question.need(plan.day, now)
    ignoring = ignored_by(by, question)
    snapshot = load_snapshot(need, Horizon(plan.day, 1), now=now, plan=plan, ignoring=ignoring)
    room = snapshot.rooms.get(plan.room_id)
    cells = snapshot.horizon.mask(plan.cells)
    people = seat_people(need, snapshot, cells, plan.people, room.centre_id if room else 0) or plan.people
    seated = SessionPlan(plan.room_id, plan.day, plan.at, plan.minutes, people)
    blockers = explain_place(need, seated, now=now, ignoring=ignoring)
    if not blockers:
        oddities = tuple(list_oddities(seated, snapshot, calendar()))
        return Answer(seated, (), (), replaced=_replaced(snapshot, plan.people, people), oddities=oddities)
    ways = find_free_times(need, near=plan, now=now, ignoring=ignoring)
    ways = ways or first_places(question, by=by, now=now, limit=MOST_WAYS)
    in_the_way = sessions_in_the_way(need, plan, ignoring=ignoring)
    drafts = {draft.session_id: draft for draft in list_basket(by.account_id)}
    own = tuple(drafts[session.id] for session in in_the_way if session.id in drafts)
    return Answer(plan, tuple(blockers), tuple(ways), liftable=_liftable(in_the_way, by, now), own_drafts=own)


def first_day_lit(question: Question, *, by: Actor, now: datetime) -> date:
    """The first day from tomorrow on, or from the first lawful day on, on which it fits; tomorrow when none does."""
    tomorrow = clock.local_date(now) + timedelta(days=1)
    if question.placing.item.hindrance:
        return tomorrow
    found = first_places(question, by=by, now=now, limit=1)
    return found[0].plan.day if found else max(tomorrow, question.need(tomorrow, now).earliest)


def _liftable(sessions: Sequence[BookedSession], by: Actor, now: datetime) -> tuple[Placing, ...]:
    """Those of the sessions in the way that the actor may move; of others nothing is said."""
    found = []
    for session in sessions:
        try:
            placing = placing_of(session.owner, by, now)
        except DomainError:
            continue
        if not placing.item.hindrance and session.starts_at > now:
            found.append(placing)
    return tuple(found)


def _replaced(snapshot: Snapshot, wanted: People, people: People) -> tuple[tuple[str, str], ...]:
    names = {account_id: person.name for account_id, person in snapshot.people.items()}
    gone = [names.get(account_id, "") for seat, account_id in wanted if (seat, account_id) not in people]
    come = [names.get(account_id, "") for seat, account_id in people if (seat, account_id) not in wanted]
    return tuple(zip(gone, come, strict=False))


def account_ids(people: People) -> Collection[int]:
    """Who sits, without the seats."""
    return [account_id for _, account_id in people]
