"""How rows become masks: the state of every room, person and party that a need touches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from app.booking.models import DutySlot, Leave, Occupancy, Room, RoomClosure
from app.booking.queries.limits import NOTHING_SET, bounds_of, list_stints, names_of_centres, read_limits
from app.booking.queries.rooms import list_rooms
from app.booking.rules.grid import Horizon, cell_at, cells_between
from app.booking.rules.limits import UNBOUNDED, Bounds, Stint
from app.booking.rules.masks import PersonState, RoomState, Snapshot
from app.booking.rules.need import SessionNeed, SessionPlan, person_key, room_key
from app.extensions import db
from app.law import clock
from app.people.models import Account
from app.settings.queries import calendar, profile_on

OFFICE_OPENS_AT = time(9, 0)
LUNCH_FROM = time(12, 0)
LUNCH_UNTIL = time(14, 0)
Ignored = int | Collection[int] | None
"""The session or sessions whose quarter hours count as free."""


def wall_clock(moment: datetime) -> datetime:
    """The moment on the wall clock in Shanghai, without its zone, as the rules count."""
    return clock.to_local(moment).replace(tzinfo=None)


def load_snapshot(
    need: SessionNeed, horizon: Horizon, *, now: datetime, plan: SessionPlan | None = None, ignoring: Ignored = None
) -> Snapshot:
    """The masks of a need over a horizon in seven queries; the sessions `ignoring` count as free (a move, a chain).

    Where limits are set, two queries more.
    """
    return _snapshot(need, _rooms(need, plan), _accounts(need, plan), horizon, now, ignoring)


def load_snapshot_of_plan(need: SessionNeed, plan: SessionPlan, *, now: datetime, ignoring: Ignored = None) -> Snapshot:
    """The same for the day of one plan with nothing but what the plan names: enough to say why it cannot be had."""
    accounts = {account_id for _, account_id in plan.people}
    rooms = list_rooms(need.room_wants.area_id, only=plan.room_id)
    return _snapshot(need, rooms, accounts, Horizon(plan.day, 1), now, ignoring)


def _snapshot(
    need: SessionNeed, rooms: Sequence[Room], accounts: set[int], horizon: Horizon, now: datetime, ignoring: Ignored
) -> Snapshot:
    limits = read_limits()
    keys = [*map(room_key, (room.id for room in rooms)), *map(person_key, accounts), *need.party_keys]
    busy = _busy(keys, horizon, ignoring)
    people = _person_states(accounts, horizon, busy, _ignored(ignoring))
    return Snapshot(
        horizon=horizon,
        rooms=_room_states(rooms, horizon, busy),
        people=people,
        party_busy=tuple(busy[key] for key in need.party_keys),
        usual=usual_hours(horizon),
        ahead=horizon.mask(range(cell_at(wall_clock(now).date(), wall_clock(now).time()) + 1, horizon.end_cell)),
        travel=limits.travel,
        centre_names=_centre_names(rooms, people) if limits.is_set else {},
    )


def _centre_names(rooms: Iterable[Room], people: Mapping[int, PersonState]) -> Mapping[int, str]:
    elsewhere = {stint.centre_id for person in people.values() for stint in person.stints}
    return names_of_centres(elsewhere | {room.organisation_id for room in rooms})


def load_states(
    rooms: Iterable[Room], accounts: Collection[int], horizon: Horizon
) -> tuple[dict[int, RoomState], dict[int, PersonState]]:
    """The masks of these rooms and people over a horizon, whatever is to be booked."""
    rooms = list(rooms)
    keys = [*(room_key(room.id) for room in rooms), *(person_key(account_id) for account_id in accounts)]
    busy = _busy(keys, horizon, None)
    return _room_states(rooms, horizon, busy), _person_states(set(accounts), horizon, busy)


def _rooms(need: SessionNeed, plan: SessionPlan | None) -> list[Room]:
    rooms = list_rooms(need.room_wants.area_id)
    return [room for room in rooms if room.kind is need.room_wants.kind or (plan and room.id == plan.room_id)]


def _accounts(need: SessionNeed, plan: SessionPlan | None) -> set[int]:
    accounts = {account_id for seat in need.seats for account_id in seat.candidates}
    return accounts | {account_id for _, account_id in plan.people} if plan else accounts


def _ignored(ignoring: Ignored) -> Collection[int]:
    return (ignoring,) if isinstance(ignoring, int) else ignoring or ()


def _busy(keys: Sequence[str], horizon: Horizon, ignoring: Ignored) -> dict[str, int]:
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
    return busy


def _room_states(rooms: Iterable[Room], horizon: Horizon, busy: dict[str, int]) -> dict[int, RoomState]:
    rooms = list(rooms)
    closed: dict[int, int] = defaultdict(int)
    closures = sa.select(RoomClosure).where(
        RoomClosure.room_id.in_([room.id for room in rooms]),
        RoomClosure.ends_at > clock.from_local(horizon.first, time.min),
        RoomClosure.starts_at < clock.from_local(horizon.last + timedelta(days=1), time.min),
    )
    for closure in db.session.scalars(closures):
        closed[closure.room_id] |= horizon.mask(
            cells_between(wall_clock(closure.starts_at), wall_clock(closure.ends_at))
        )
    return {
        room.id: RoomState(
            id=room.id,
            name=room.name,
            kind=room.kind,
            capacity=room.capacity,
            equipment=room.equipment,
            open=_open(room, horizon),
            closed=closed[room.id],
            busy=busy[room_key(room.id)],
            centre_id=room.organisation_id,
        )
        for room in rooms
    }


def _open(room: Room, horizon: Horizon) -> int:
    mask = 0
    for day in horizon.each_day():
        mask |= horizon.mask_of_hours(day, room.opens_at, room.closes_at)
    return mask


def _person_states(
    accounts: set[int], horizon: Horizon, busy: dict[str, int], ignored: Collection[int] = ()
) -> dict[int, PersonState]:
    duty: dict[int, int] = defaultdict(int)
    leave: dict[int, int] = defaultdict(int)
    slots = sa.select(DutySlot.account_id, DutySlot.day, DutySlot.half).where(
        DutySlot.account_id.in_(accounts), DutySlot.day.between(horizon.first, horizon.last)
    )
    for account_id, day, half in db.session.execute(slots):
        duty[account_id] |= horizon.mask_of_half(day, half)
    leaves = sa.select(Leave.account_id, Leave.starts_on, Leave.ends_on).where(
        Leave.account_id.in_(accounts), Leave.ends_on >= horizon.first, Leave.starts_on <= horizon.last
    )
    for account_id, first, last in db.session.execute(leaves):
        leave[account_id] |= horizon.mask_of_days(first, last)
    names = sa.select(Account.id, Account.name).where(Account.id.in_(accounts), Account.is_active)
    bounds, stints = _taken_on(accounts, horizon, ignored)
    return {
        account_id: PersonState(
            id=account_id,
            name=name,
            duty=duty[account_id],
            leave=leave[account_id],
            busy=busy[person_key(account_id)],
            bounds=bounds.get(account_id, UNBOUNDED),
            stints=tuple(stints.get(account_id, ())),
        )
        for account_id, name in db.session.execute(names)
    }


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
