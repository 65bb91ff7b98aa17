"""What is to be planned: the waiting sessions of somebody, or everything he may move that stands booked."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.access.permissions import Actor
from app.booking.models import BookedSession, PlanRun
from app.booking.queries import area_of, plan_of
from app.booking.queries.drafts import list_sessions_between, owners_in_drafts
from app.booking.queries.rooms import list_people, list_rooms
from app.booking.rules.need import Owner, SessionPlan
from app.booking.rules.search import People
from app.booking.rules.words import SessionStatus
from app.desk.calendar.forms import RECORDER
from app.desk.calendar.placers import USUAL_DAYS_TO_SERVE, Details, Placing, list_placings, placing_of
from app.desk.planning.adapting import Adapted, Wish, World, adapt
from app.desk.planning.disturbing import Disturbance, disturb, list_blockers, stands_regularly
from app.desk.planning.world import horizon_of, load_world
from app.errors import DomainError
from app.law import clock
from app.people.queries import get_account_by_id


@dataclass(frozen=True)
class Subject:
    """Whose session it is and where it stands; `blockers` say why it cannot stay there."""

    owner: Owner
    matter_id: int
    minutes: int
    wish: Wish
    session_id: int | None = None
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gathered:
    """The instance with the subjects behind its sessions; `refused` cannot even be asked for, with the reason.

    `beyond` are sessions that are hit and not the planner's to move, `apart` those that did not fit before it happened:
    they stay where they are.
    """

    adapted: Adapted
    subjects: tuple[Subject, ...]
    refused: tuple[tuple[Placing, str], ...] = ()
    beyond: int = 0
    apart: tuple[Subject, ...] = ()


@dataclass(frozen=True)
class PlanWish:
    """Which waiting sessions are to be planned, on which days, and whether each gets a recorder."""

    keys: tuple[str, ...]
    first: date
    last: date
    has_recorder: bool = False

    def as_json(self) -> dict[str, Any]:
        """The wish as the run keeps it."""
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return {"keys": list(self.keys), "has_recorder": self.has_recorder, **days}


@dataclass
class _Asking:
    """Collects what can be asked for and what cannot."""

    subjects: list[Subject] = field(default_factory=list)
    refused: list[tuple[Placing, str]] = field(default_factory=list)


def list_waiting(by: Actor, now: datetime) -> list[Placing]:
    """Everything the actor may place that waits and lies in no basket, most urgent first."""
    drafted = owners_in_drafts()
    return [placing for placing in list_placings(by, now) if placing.item.owner not in drafted]


def gather_backlog(run: PlanRun, by: Actor, now: datetime) -> Gathered:
    """The waiting sessions that were ticked, as far as they still wait."""
    asked = run.asked
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    keys = set(asked["keys"])
    asking = _Asking()
    for placing in (row for row in list_waiting(by, now) if row.item.key in keys):
        _ask(asking, placing, first, with_recorder=asked["has_recorder"], now=now)
    wishes = [subject.wish for subject in asking.subjects]
    world = load_world(wishes, horizon_of(first, last), begins=first, now=now)
    return Gathered(adapt(_until(world, last), wishes), tuple(asking.subjects), tuple(asking.refused))


def gather_standing(run: PlanRun, by: Actor, now: datetime) -> Gathered:
    """Everything that stands booked and that the actor may move; what he may not move stays where it is.

    So does what the event does not hit, although it does not fit for another reason: that is told apart.
    """
    disturbance = Disturbance.of_json(run.asked["disturbance"])
    first = clock.local_date(now)
    last = date.fromisoformat(run.asked["last"])
    sessions = list_standing(by, first, last, now)
    drafted = owners_in_drafts()
    movable = (session for session in sessions if session.owner not in drafted)
    subjects = [subject for session in movable if (subject := _standing(session, by, now)) is not None]
    moving = frozenset(subject.session_id for subject in subjects if subject.session_id is not None)
    wishes = [subject.wish for subject in subjects]
    loaded = load_world(wishes, horizon_of(first, last), begins=first, now=now, moving=moving)
    world = disturb(_until(loaded, last), disturbance)
    judged = [replace(each, blockers=tuple(list_blockers(world, each.wish))) for each in subjects]
    apart = tuple(each for each in judged if each.blockers and not disturbance.concerns(each.wish.plan))
    kept = {each.session_id for each in apart}
    free = [
        each for each in judged if each.session_id not in kept and (each.blockers or stands_regularly(world, each.wish))
    ]
    world = _with_pinned(world, [each.wish for each in judged if each not in free])
    beyond = sum(1 for plan in loaded.fixed if disturbance.hits(plan))
    return Gathered(adapt(world, [each.wish for each in free]), tuple(free), beyond=beyond, apart=apart)


def _with_pinned(world: World, wishes: Sequence[Wish]) -> World:
    """What stays where it is takes its room, its people and its parties."""
    plans = [wish.plan for wish in wishes if wish.plan is not None]
    party_busy = dict(world.party_busy)
    for wish in wishes:
        for key in wish.need.party_keys:
            party_busy[key] = party_busy.get(key, 0) | (world.horizon.mask(wish.plan.cells) if wish.plan else 0)
    return replace(world, fixed=(*world.fixed, *plans), party_busy=party_busy)


def list_standing(by: Actor, first: date, last: date, now: datetime) -> list[BookedSession]:
    """The booked sessions ahead in the actor's area."""
    area = area_of(get_account_by_id(by.account_id).organisation)
    rooms, people = list_rooms(area, active_only=False), list_people(area)
    found = list_sessions_between([room.id for room in rooms], [person.id for person in people], first, last)
    return [session for session in found if session.status is SessionStatus.BOOKED and session.starts_at > now]


def _ask(asking: _Asking, placing: Placing, day: date, *, with_recorder: bool, now: datetime) -> None:
    item = placing.item
    people = _with_recorder(item.people, item.recorders) if with_recorder else item.people
    try:
        wish = _wish(placing, SessionPlan(0, day, time(9), item.minutes, people), now)
    except DomainError as refusal:
        asking.refused.append((placing, refusal.message))
        return
    if item.hindrance:
        asking.refused.append((placing, item.hindrance))
    else:
        wish = replace(wish, wanted=item.people)  # any recorder will do
        asking.subjects.append(Subject(item.owner, item.matter_id, item.minutes, wish))


def _with_recorder(people: People, recorders: Sequence[int]) -> People:
    if not recorders or any(seat == RECORDER for seat, _ in people):
        return people
    return (*people, (RECORDER, recorders[0]))


def _wish(placing: Placing, plan: SessionPlan, now: datetime) -> Wish:
    need = placing.need(plan, Details(clock.local_date(now) + USUAL_DAYS_TO_SERVE), now)
    return Wish(need, plan.people, placing.item.due_on)


def _standing(session: BookedSession, by: Actor, now: datetime) -> Subject | None:
    """The session for who may move it; None for all that stays where it is."""
    try:
        placing = placing_of(session.owner, by, now)
        if placing.item.hindrance:
            return None
        wish = _wish_elsewhere(placing, plan_of(session), now)
    except DomainError:
        return None
    item = placing.item
    return Subject(item.owner, item.matter_id, item.minutes, wish, session.id)


def _wish_elsewhere(placing: Placing, plan: SessionPlan, now: datetime) -> Wish:
    """What it needs at any other time: the same time may be lawful by a notice that no other time has."""
    other = replace(plan, at=(plan.start + timedelta(minutes=15)).time())
    return replace(_wish(placing, other, now), plan=plan)


def _until(world: World, last: date) -> World:
    """Nothing is placed after the last day, although the weeks are whole."""
    return replace(world, ahead=world.ahead & world.horizon.mask_of_days(world.horizon.first, last))
