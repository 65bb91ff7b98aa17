"""The rows of now as the planner sees them: rooms, people, standing bookings, parties, office hours."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time

import sqlalchemy as sa

from app.booking.models import Occupancy, Room
from app.booking.queries import area_of, list_rooms, plan_of
from app.booking.queries.drafts import list_sessions_between
from app.booking.queries.limits import bounds_of, read_limits
from app.booking.queries.snapshot import (
    LUNCH_FROM,
    LUNCH_UNTIL,
    OFFICE_OPENS_AT,
    load_states,
    usual_hours,
    wall_clock,
)
from app.booking.rules.grid import CELLS_PER_HOUR, Horizon, cell_at
from app.booking.rules.masks import PersonState
from app.desk.planning.adapting import UNLIMITED, Limits, Wish, World, first_day_of_week
from app.extensions import db
from app.people.models import Account, Organisation
from app.settings.queries import profile_on

KEYS_A_QUERY = 500


def horizon_of(first: date, last: date) -> Horizon:
    """Whole weeks around these days, because weekly limits count whole weeks."""
    monday = first_day_of_week(first)
    return Horizon(monday, ((last - monday).days // 7 + 1) * 7)


def load_world(
    wishes: Sequence[Wish], horizon: Horizon, *, begins: date, now: datetime, moving: Collection[int] = ()
) -> World:
    """Everything these wishes touch; the sessions `moving` do not stand. Nothing is placed before `begins`."""
    rooms_of_area = {area: list_rooms(area) for area in {wish.need.room_wants.area_id for wish in wishes}}
    rooms = {room.id: room for found in rooms_of_area.values() for room in found}
    accounts = _accounts(wishes)
    booked = list_sessions_between(list(rooms), accounts, horizon.first, horizon.last)
    standing = [session for session in booked if session.id not in moving]
    rooms |= {session.room_id: session.room for session in standing}
    room_states, person_states = load_states(list(rooms.values()), accounts, horizon)
    today, bounds = wall_clock(now).date(), bounds_of(accounts)
    areas = _areas(rooms.values())
    return World(
        horizon=horizon,
        today=today,
        rooms=room_states,
        centre_of={room_id: room.organisation_id for room_id, room in rooms.items()},
        rooms_of_area={area: tuple(room.id for room in found) for area, found in rooms_of_area.items()},
        people=_with_former(person_states, accounts),
        homes=_homes(accounts, set(areas)) | {who: own.home for who, own in bounds.items() if own.home is not None},
        party_busy=_party_busy({key for wish in wishes for key in wish.need.party_keys}, horizon, moving),
        fixed=tuple(plan_of(session) for session in standing),
        usual=usual_hours(horizon),
        ahead=_ahead(horizon, begins, now),
        blocks=_blocks(horizon.first),
        area_of_centre=areas,
        travel=read_limits().travel,
        limits={
            who: Limits(own.max_day or UNLIMITED, own.max_week or UNLIMITED, own.serves) for who, own in bounds.items()
        },
    )


def _accounts(wishes: Iterable[Wish]) -> set[int]:
    seated = {who for wish in wishes if wish.plan for _, who in wish.plan.people}
    return seated | {who for wish in wishes for seat in wish.need.seats for who in seat.candidates}


def _with_former(people: dict[int, PersonState], accounts: set[int]) -> dict[int, PersonState]:
    """Whoever no longer works here still sits in what is booked, and is never on duty."""
    return {account_id: people.get(account_id) or PersonState(account_id, "", 0) for account_id in accounts}


def _homes(accounts: set[int], centres: set[int]) -> dict[int, int | None]:
    """The centre nearest above the organisation of each person; None where there is none."""
    statement = sa.select(Account.id, Organisation).join(Account.organisation).where(Account.id.in_(accounts))
    homes: dict[int, int | None] = {}
    for account_id, organisation in db.session.execute(statement):
        above = (organisation.id, *reversed(organisation.path_ids))
        homes[account_id] = next((each for each in above if each in centres), None)
    return homes


def _party_busy(keys: set[str], horizon: Horizon, moving: Collection[int]) -> dict[str, int]:
    busy: dict[str, int] = defaultdict(int)
    ordered = sorted(keys)
    for start in range(0, len(ordered), KEYS_A_QUERY):
        statement = sa.select(Occupancy.resource_key, Occupancy.cell).where(
            Occupancy.resource_key.in_(ordered[start : start + KEYS_A_QUERY]),
            Occupancy.cell.between(horizon.first_cell, horizon.end_cell - 1),
        )
        if moving:
            statement = statement.where(Occupancy.session_id.not_in(moving))
        for key, cell in db.session.execute(statement):
            busy[key] |= 1 << (cell - horizon.first_cell)
    return busy


def _ahead(horizon: Horizon, begins: date, now: datetime) -> int:
    moment = wall_clock(now)
    first = max(cell_at(moment.date(), moment.time()) + 1, cell_at(begins, time.min))
    return horizon.mask(range(first, horizon.end_cell))


def _blocks(day: date) -> tuple[tuple[int, int], ...]:
    closes = profile_on(day).business_closes_at
    return (_quarters(OFFICE_OPENS_AT), _quarters(LUNCH_FROM)), (_quarters(LUNCH_UNTIL), _quarters(closes))


def _quarters(at: time) -> int:
    return (at.hour * 60 + at.minute) * CELLS_PER_HOUR // 60


def _areas(rooms: Iterable[Room]) -> dict[int, int]:
    return {room.organisation_id: area_of(room.organisation) for room in rooms}
