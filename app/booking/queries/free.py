"""Which times are free, and why one is not: the rules' answers over the rows of now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

import sqlalchemy as sa

from app.booking.models import BookedSession, Occupancy
from app.booking.queries.snapshot import Ignored, first_day_of_search, load_snapshot, load_snapshot_of_plan, wall_clock
from app.booking.rules.explaining import Blocker, explain
from app.booking.rules.grid import Horizon
from app.booking.rules.masks import Snapshot
from app.booking.rules.need import SessionNeed, SessionPlan, resource_keys
from app.booking.rules.search import People, Place, count_free_rooms, find_places, list_free_places
from app.extensions import db
from app.settings.queries import calendar

SEARCH_DAYS = 28
LONGEST_SEARCH_DAYS = 84


@dataclass(frozen=True)
class DayOffer:
    """One day of the strip: its mark (工作日, 休, 班), how many rooms can be had, why none."""

    day: date
    mark: str
    rooms: int
    note: str


def explain_place(need: SessionNeed, plan: SessionPlan, *, now: datetime, ignoring: Ignored = None) -> list[Blocker]:
    """Every cause why the plan cannot be carried out now; empty means it can."""
    return explain(need, plan, load_snapshot_of_plan(need, plan, now=now, ignoring=ignoring))


@dataclass(frozen=True)
class Around:
    """What stands in the way of a place, and the nearest places that satisfy everything."""

    blockers: tuple[Blocker, ...]
    places: tuple[Place, ...]


def look_around(
    need: SessionNeed, plan: SessionPlan, *, now: datetime, limit: int = 3, ignoring: Ignored = None
) -> Around:
    """Why the plan cannot be carried out now, and where else it would go within twelve weeks, best first."""
    snapshots = _snapshots_around(need, plan, now, ignoring)
    first = next(snapshots)
    blockers = _explain_within(need, plan, first, now, ignoring)
    return Around(tuple(blockers), tuple(_find_nearest(need, plan, chain([first], snapshots), limit)))


def find_free_times(
    need: SessionNeed, *, near: SessionPlan, now: datetime, limit: int = 3, ignoring: Ignored = None
) -> list[Place]:
    """The nearest places that satisfy everything, best first; fewer when twelve weeks hold no more."""
    return _find_nearest(need, near, _snapshots_around(need, near, now, ignoring), limit)


def _find_nearest(need: SessionNeed, near: SessionPlan, snapshots: Iterable[Snapshot], limit: int) -> list[Place]:
    """From the first snapshot that holds enough, else what the last one holds."""
    found: list[Place] = []
    for snapshot in snapshots:
        found = find_places(need, snapshot, near, limit=limit)
        if len(found) == limit:
            break
    return found


def _snapshots_around(need: SessionNeed, plan: SessionPlan, now: datetime, ignoring: Ignored) -> Iterator[Snapshot]:
    first = first_day_of_search(need, plan.day, wall_clock(now).date())
    for days in (SEARCH_DAYS, LONGEST_SEARCH_DAYS):
        yield load_snapshot(need, Horizon(first, days), now=now, plan=plan, ignoring=ignoring)


def _explain_within(
    need: SessionNeed, plan: SessionPlan, snapshot: Snapshot, now: datetime, ignoring: Ignored
) -> list[Blocker]:
    """From what is loaded, unless the search begins after the plan's day."""
    if snapshot.horizon.first <= plan.day <= snapshot.horizon.last:
        return explain(need, plan, snapshot)
    return explain_place(need, plan, now=now, ignoring=ignoring)


def list_free_times(
    need: SessionNeed, day: date, *, wanted: People, now: datetime, ignoring: Ignored = None
) -> list[Place]:
    """Every place of one day that satisfies everything, by room and start."""
    return list_free_places(need, load_snapshot(need, Horizon(day, 1), now=now, ignoring=ignoring), day, wanted)


def describe_days(
    need: SessionNeed, first: date, *, days: int = 14, now: datetime, ignoring: Ignored = None
) -> list[DayOffer]:
    """For each day from `first` on: in how many rooms the session can be held, or why in none."""
    snapshot = load_snapshot(need, Horizon(first, days), now=now, ignoring=ignoring)
    today = wall_clock(now).date()
    marks = calendar()
    offers = []
    for day in (first + timedelta(days=count) for count in range(days)):
        mark = marks.day_kind(day)
        rooms = count_free_rooms(need, snapshot, day)
        offers.append(DayOffer(day, mark.mark, rooms, _note(need, day, today, rooms, mark.mark, mark.name)))
    return offers


def _note(need: SessionNeed, day: date, today: date, rooms: int, mark: str, name: str) -> str:
    if rooms:
        return f"可排 {rooms} 处"
    if day < today:
        return "已过"
    if mark == "休":
        return "休" if name == "周末" else f"休 {name}"
    if day < need.earliest:
        return "未到最早日"
    if need.latest is not None and day > need.latest:
        return "已过期限"
    return "排不下"


def plan_of(session: BookedSession) -> SessionPlan:
    """The place a session has now."""
    start = wall_clock(session.starts_at)
    people = tuple((seat.seat, seat.account_id) for seat in session.seats)
    return SessionPlan(session.room_id, start.date(), start.time(), session.minutes, people)


def was_just_taken(need: SessionNeed, plan: SessionPlan, *, by_others_than: int, since: datetime) -> bool:
    """Whether somebody else took the place, or a part of it, after `since`: the race was lost."""
    cells = plan.cells
    newest = (
        sa.select(Occupancy.cell)
        .join(BookedSession, BookedSession.id == Occupancy.session_id)
        .where(
            Occupancy.resource_key.in_(resource_keys(need, plan)),
            Occupancy.cell >= cells.start,
            Occupancy.cell < cells.stop,
            BookedSession.booked_at >= since,
            BookedSession.booked_by != by_others_than,
        )
        .limit(1)
    )
    return db.session.scalar(newest) is not None
