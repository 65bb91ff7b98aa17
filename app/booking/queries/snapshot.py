"""How rows become masks: the state of every room, person and party that a need touches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from app.booking.models import DutySlot, Leave, Occupancy, Room, RoomClosure
from app.booking.queries.limits import NOTHING_SET, bounds_of, list_stints, names_of_centres, read_limits
from app.booking.queries.rooms import rooms_of
from app.booking.rules.grid import Horizon, cell_at, cells_between
from app.booking.rules.limits import UNBOUNDED, Bounds, Stint
from app.booking.rules.masks import PersonState, RoomState, Snapshot
from app.booking.rules.need import SessionNeed, SessionPlan, person_key, resource_keys, room_key
from app.booking.rules.words import HalfDay
from app.extensions import db
from app.law import clock
from app.people.models import Account
from app.settings.queries import calendar, profile_on

OFFICE_OPENS_AT = time(9, 0)
LUNCH_FROM = time(12, 0)
LUNCH_UNTIL = time(14, 0)
Ignored = int | Collection[int] | None
"""The session or sessions whose quarter hours count as free."""
Busy = Mapping[str, int]
"""The mask of what is taken, by resource key."""
Found = Mapping[int, tuple[Room, int]]
"""Rooms by id, each with the mask of its closures."""


def wall_clock(moment: datetime) -> datetime:
    """The moment on the wall clock in Shanghai, without its zone, as the rules count."""
    return clock.to_local(moment).replace(tzinfo=None)


def load_snapshot(
    need: SessionNeed, horizon: Horizon, *, now: datetime, plan: SessionPlan | None = None, ignoring: Ignored = None
) -> Snapshot:
    """The masks of a need over a horizon in five queries; the sessions `ignoring` count as free (a move, a chain).

    Where limits are set, two queries more.
    """
    found = _find_rooms(rooms_of(need.room_wants.area_id).where(_may_serve(need, plan)), horizon)
    accounts = _accounts(need, plan)
    keys = [*map(room_key, found), *map(person_key, accounts), *need.party_keys]
    return _snapshot(need, found, accounts, horizon, now, load_busy(keys, horizon, ignoring), ignoring)


def load_snapshot_of_plan(
    need: SessionNeed, plan: SessionPlan, *, now: datetime, ignoring: Ignored = None, busy: Busy | None = None
) -> Snapshot:
    """The same for the day of one plan with nothing but what the plan names: enough to say why it cannot be had.

    `busy` may be handed in by who has read it already (`load_busy_of_plan`).
    """
    horizon = Horizon(plan.day, 1)
    busy = load_busy_of_plan(need, plan, ignoring=ignoring) if busy is None else busy
    found = _find_rooms(rooms_of(need.room_wants.area_id).where(Room.id == plan.room_id), horizon)
    return _snapshot(need, found, {who for _, who in plan.people}, horizon, now, busy, ignoring)


def load_busy_of_plan(need: SessionNeed, plan: SessionPlan, *, ignoring: Ignored = None) -> Busy:
    """When the day is taken for everything the plan occupies, by resource key; bit 0 is the day's first quarter."""
    return load_busy(resource_keys(need, plan), Horizon(plan.day, 1), ignoring)


def is_taken(plan: SessionPlan, busy: Busy) -> bool:
    """Whether somebody has a quarter hour of the plan already."""
    cells = Horizon(plan.day, 1).mask(plan.cells)
    return any(mask & cells for mask in busy.values())


def _snapshot(
    need: SessionNeed,
    found: Found,
    accounts: set[int],
    horizon: Horizon,
    now: datetime,
    busy: Busy,
    ignoring: Ignored,
) -> Snapshot:
    limits = read_limits()
    people = _person_states(accounts, horizon, busy, _ignored(ignoring))
    return Snapshot(
        horizon=horizon,
        rooms=_room_states(found, horizon, busy),
        people=people,
        party_busy=tuple(busy.get(key, 0) for key in need.party_keys),
        usual=usual_hours(horizon),
        ahead=horizon.mask(range(cell_at(wall_clock(now).date(), wall_clock(now).time()) + 1, horizon.end_cell)),
        travel=limits.travel,
        centre_names=_centre_names(found, people) if limits.is_set else {},
    )


def _centre_names(found: Found, people: Mapping[int, PersonState]) -> Mapping[int, str]:
    elsewhere = {stint.centre_id for person in people.values() for stint in person.stints}
    return names_of_centres(elsewhere | {room.organisation_id for room, _ in found.values()})


def load_states(
    rooms: Iterable[Room], accounts: Collection[int], horizon: Horizon
) -> tuple[dict[int, RoomState], dict[int, PersonState]]:
    """The masks of these rooms and people over a horizon, whatever is to be booked."""
    room_ids = [room.id for room in rooms]
    found = _find_rooms(rooms_of(None, active_only=False).where(Room.id.in_(room_ids)), horizon)
    busy = load_busy([*map(room_key, room_ids), *map(person_key, accounts)], horizon)
    return _room_states(found, horizon, busy), _person_states(set(accounts), horizon, busy)


def _may_serve(need: SessionNeed, plan: SessionPlan | None) -> sa.ColumnElement[bool]:
    is_wanted = Room.kind == need.room_wants.kind
    return sa.or_(is_wanted, Room.id == plan.room_id) if plan else is_wanted


def _accounts(need: SessionNeed, plan: SessionPlan | None) -> set[int]:
    accounts = {account_id for seat in need.seats for account_id in seat.candidates}
    return accounts | {account_id for _, account_id in plan.people} if plan else accounts


def _ignored(ignoring: Ignored) -> Collection[int]:
    return (ignoring,) if isinstance(ignoring, int) else ignoring or ()


def load_busy(keys: Collection[str], horizon: Horizon, ignoring: Ignored = None) -> Busy:
    """When these resources are taken, by their key; a key that is free throughout is missing."""
    ignored = _ignored(ignoring)
    busy: dict[str, int] = defaultdict(int)
    for chunk in _chunks(sorted(set(keys)), 500):
        statement = sa.select(Occupancy.resource_key, Occupancy.cell).where(
            Occupancy.resource_key.in_(chunk),
            Occupancy.cell >= horizon.first_cell,
            Occupancy.cell < horizon.end_cell,
        )
        if ignored:
            statement = statement.where(Occupancy.session_id.not_in(ignored))
        for key, cell in db.session.execute(statement):
            busy[key] |= 1 << (cell - horizon.first_cell)
    return dict(busy)


def _find_rooms(statement: sa.Select[Room], horizon: Horizon) -> Found:
    """The rooms of a statement in its order, each with the mask of its closures."""
    closed = sa.and_(
        RoomClosure.room_id == Room.id,
        RoomClosure.ends_at > clock.from_local(horizon.first, time.min),
        RoomClosure.starts_at < clock.from_local(horizon.last + timedelta(days=1), time.min),
    )
    rows = statement.add_columns(RoomClosure.starts_at, RoomClosure.ends_at).outerjoin(RoomClosure, closed)
    found: dict[int, tuple[Room, int]] = {}
    for room, starts, ends in db.session.execute(rows):
        mask = horizon.mask(cells_between(wall_clock(starts), wall_clock(ends))) if starts else 0
        found[room.id] = (room, found.get(room.id, (room, 0))[1] | mask)
    return found


def _room_states(found: Found, horizon: Horizon, busy: Busy) -> dict[int, RoomState]:
    hours = {(room.opens_at, room.closes_at) for room, _ in found.values()}
    opened = {(opens, closes): horizon.mask_of_hours_daily(opens, closes) for opens, closes in hours}
    return {
        room.id: RoomState(
            id=room.id,
            name=room.name,
            kind=room.kind,
            capacity=room.capacity,
            equipment=room.equipment,
            open=opened[room.opens_at, room.closes_at],
            closed=closed,
            busy=busy.get(room_key(room.id), 0),
            centre_id=room.organisation_id,
        )
        for room, closed in found.values()
    }


def _person_states(
    accounts: set[int], horizon: Horizon, busy: Busy, ignored: Collection[int] = ()
) -> dict[int, PersonState]:
    duty, leave = _duty_and_leave(accounts, horizon)
    names = sa.select(Account.id, Account.name).where(Account.id.in_(accounts), Account.is_active)
    bounds, stints = _taken_on(accounts, horizon, ignored)
    return {
        account_id: PersonState(
            id=account_id,
            name=name,
            duty=duty[account_id],
            leave=leave[account_id],
            busy=busy.get(person_key(account_id), 0),
            bounds=bounds.get(account_id, UNBOUNDED),
            stints=tuple(stints.get(account_id, ())),
        )
        for account_id, name in db.session.execute(names)
    }


def _duty_and_leave(accounts: set[int], horizon: Horizon) -> tuple[dict[int, int], dict[int, int]]:
    """When each of these people is on duty and when on leave, in one question: a leave is a row without a half."""
    duty: dict[int, int] = defaultdict(int)
    leave: dict[int, int] = defaultdict(int)
    slots = sa.select(DutySlot.account_id, DutySlot.day, DutySlot.day.label("last"), DutySlot.half).where(
        DutySlot.account_id.in_(accounts), DutySlot.day.between(horizon.first, horizon.last)
    )
    leaves = sa.select(Leave.account_id, Leave.starts_on, Leave.ends_on, sa.null()).where(
        Leave.account_id.in_(accounts), Leave.ends_on >= horizon.first, Leave.starts_on <= horizon.last
    )
    either: sa.CompoundSelect[int, date, date, HalfDay | None] = sa.union_all(slots, leaves)
    for account_id, first, last, half in db.session.execute(either):
        if half is None:
            leave[account_id] |= horizon.mask_of_days(first, last)
        else:
            duty[account_id] |= horizon.mask_of_half(first, half)
    return duty, leave


def _taken_on(
    accounts: Collection[int], horizon: Horizon, ignored: Collection[int]
) -> tuple[Mapping[int, Bounds], Mapping[int, Sequence[Stint]]]:
    """What is set for these people, and what they have where it is needed to judge that."""
    if read_limits() is NOTHING_SET:
        return {}, {}
    return bounds_of(accounts), list_stints(accounts, horizon.first, horizon.last, ignoring=ignored)


def usual_hours(horizon: Horizon) -> int:
    """The office hours of the working days, without the noon break."""
    days, closes = calendar(), profile_on(horizon.first).business_closes_at
    mask = 0
    for day in horizon.each_day():
        if days.is_working_day(day):
            mask |= horizon.mask_of_hours(day, OFFICE_OPENS_AT, LUNCH_FROM)
            mask |= horizon.mask_of_hours(day, LUNCH_UNTIL, closes)
    return mask


def _chunks(keys: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def first_day_of_search(need: SessionNeed, near: date, today: date) -> date:
    """A week before the day asked for, but neither past nor before the lawful days."""
    return max(today, need.earliest, near - timedelta(days=7))
