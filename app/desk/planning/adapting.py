"""From needs and masks to the planner's instance, and from its places back to plans. Pure.

The planner's slots are the quarter hours of booking, 96 a day with days off among them, so that one mask means the
same on both sides; office hours stand in the masks of rooms and people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from math import ceil

from app.booking.planner.grid import WorkGrid
from app.booking.planner.instance import (
    MEDIATOR,
    Centre,
    Instance,
    Need,
    Party,
    Person,
    Place,
    Room,
    Session,
    Standing,
)
from app.booking.rules.grid import CELLS_PER_DAY, Horizon, cells_between, wall_time_of
from app.booking.rules.limits import Travel
from app.booking.rules.masks import PersonState, RoomState
from app.booking.rules.need import SessionNeed, SessionPlan
from app.booking.rules.planning import FAIR_SHARE, WEIGHTS
from app.booking.rules.search import People

TARGET_DAYS = 7
"""A session should be held within a week of the first day on which it can be (S1)."""
URGENT = ((14, 3), (30, 2))
"""Days left to the deadline, and how heavy the session then weighs; 1 beyond."""
UNLIMITED = 10_000


@dataclass(frozen=True)
class Wish:
    """One session to be placed: what it needs, who is wished, when it is due; `plan` is where it stands now."""

    need: SessionNeed
    wanted: People
    due_on: date | None = None
    plan: SessionPlan | None = None


@dataclass(frozen=True)
class Limits:
    """How many sessions a person may have a day and a week, and where he serves (None: everywhere)."""

    max_day: int = UNLIMITED
    max_week: int = UNLIMITED
    centres: frozenset[int] | None = None


@dataclass(frozen=True)
class World:
    """Rooms, people and standing bookings over a horizon, by id.

    `centre_of` tells the centre of a room, `rooms_of_area` the rooms of an area, `homes` the centre of a person;
    `fixed` are the plans that are not the planner's to move; `blocks` the office hours as quarter hours of a day;
    `travel` the ways between centres as booking knows them.
    """

    horizon: Horizon
    today: date
    rooms: Mapping[int, RoomState]
    centre_of: Mapping[int, int]
    rooms_of_area: Mapping[int | None, tuple[int, ...]]
    people: Mapping[int, PersonState]
    homes: Mapping[int, int | None]
    party_busy: Mapping[str, int]
    fixed: tuple[SessionPlan, ...]
    usual: int
    ahead: int
    blocks: tuple[tuple[int, int], ...]
    limits: Mapping[int, Limits] = field(default_factory=dict)
    travel: Travel = field(default_factory=Travel)
    area_of_centre: Mapping[int, int] = field(default_factory=dict)

    @property
    def bookable(self) -> int:
        """The office hours that are still to come."""
        return self.usual & self.ahead


@dataclass(frozen=True)
class Adapted:
    """An instance with the ids behind its positions."""

    world: World
    wishes: tuple[Wish, ...]
    instance: Instance
    room_ids: tuple[int, ...]
    account_ids: tuple[int, ...]

    @cached_property
    def baseline(self) -> dict[int, Place]:
        """Where the sessions stand now."""
        at_room = {room_id: at for at, room_id in enumerate(self.room_ids)}
        at_person = {account_id: at for at, account_id in enumerate(self.account_ids)}
        found = {}
        for at, wish in enumerate(self.wishes):
            if wish.plan is not None:
                room = at_room.get(wish.plan.room_id, -1)
                seats = tuple((seat, at_person[who]) for seat, who in wish.plan.people)
                slot = wish.plan.cells.start - self.world.horizon.first_cell
                found[at] = Place(at, slot, self.instance.rooms[room].centre, room, seats)
        return found

    def plan_of(self, place: Place) -> SessionPlan:
        """The place as booking says it, people in the order of the seats asked for."""
        need = self.wishes[place.session].need
        start = wall_time_of(self.world.horizon.first_cell + place.slot)
        people = tuple(
            (seat.capacity, self.account_ids[who])
            for seat in need.seats
            for role, who in place.seats
            if role == seat.capacity
        )
        return SessionPlan(self.room_ids[place.room], start.date(), start.time(), need.minutes, people)


def adapt(world: World, wishes: Sequence[Wish]) -> Adapted:
    """The instance of these wishes in this world."""
    return _Adapting(world, tuple(wishes)).adapted()


class _Adapting:
    """Turns ids into positions, one kind after the other."""

    def __init__(self, world: World, wishes: tuple[Wish, ...]) -> None:
        self.world, self.wishes = world, wishes
        self.room_ids = tuple(world.rooms)
        self.centre_ids = tuple(dict.fromkeys(world.centre_of[room_id] for room_id in self.room_ids))
        self.account_ids = tuple(sorted(world.people))
        self.party_keys = tuple(sorted({key for wish in wishes for key in wish.need.party_keys}))
        self.at_centre = _positions(self.centre_ids)
        self.at_person = _positions(self.account_ids)
        self.at_party = _positions(self.party_keys)
        self.at_room = _positions(self.room_ids)
        self.windows: list[Party] = []
        self.groups: dict[tuple[str, tuple[int, ...]], str] = {}
        for wish in wishes:
            for seat in wish.need.seats:
                self.groups.setdefault((seat.capacity, seat.candidates), f"{seat.capacity}:{len(self.groups)}")

    def adapted(self) -> Adapted:
        """All of it."""
        world = self.world
        sessions = tuple(self._session(wish) for wish in self.wishes)
        parties = tuple(Party(key, self._everything() & ~world.party_busy.get(key, 0)) for key in self.party_keys)
        instance = Instance(
            name=f"{world.horizon.first.isoformat()}+{world.horizon.days}",
            grid=self._grid(),
            travel_near=0,
            travel_far=0,
            weights=WEIGHTS,
            centres=tuple(Centre(str(each), world.area_of_centre.get(each, 0)) for each in self.centre_ids),
            rooms=tuple(self._room(world.rooms[room_id]) for room_id in self.room_ids),
            people=self._people(),
            parties=(*parties, *self.windows),
            standing=tuple(self._standing()),
            sessions=sessions,
            ways=self._ways(),
        )
        return Adapted(world, self.wishes, instance, self.room_ids, self.account_ids)

    def _grid(self) -> WorkGrid:
        days = tuple(self.world.horizon.each_day())
        weeks = tuple((day - self.world.horizon.first).days // 7 for day in days)
        return WorkGrid(CELLS_PER_DAY, self.world.blocks, tuple(day.isoformat() for day in days), weeks)

    def _ways(self) -> dict[tuple[int, int], int]:
        """The quarter hours between each two centres where anything is set (H18)."""
        pairs = combinations(range(len(self.centre_ids)), 2)
        slots = {
            (one, other): self.world.travel.cells(self.centre_ids[one], self.centre_ids[other]) for one, other in pairs
        }
        return {pair: way for pair, way in slots.items() if way}

    def _everything(self) -> int:
        return self.world.horizon.mask_of_days(self.world.horizon.first, self.world.horizon.last)

    def _room(self, room: RoomState) -> Room:
        usable = {room_id for rooms in self.world.rooms_of_area.values() for room_id in rooms}
        is_open = room.open & ~room.closed & self.world.bookable if room.id in usable else 0
        equipment = frozenset(item.value for item in room.equipment)
        centre = self.at_centre[self.world.centre_of[room.id]]
        return Room(str(room.id), centre, room.kind.value, room.capacity, equipment, is_open)

    def _people(self) -> tuple[Person, ...]:
        groups: dict[int, list[tuple[str, str]]] = {}
        for (capacity, candidates), name in self.groups.items():
            for account_id in candidates:
                groups.setdefault(account_id, []).append((capacity, name))
        fair = self._fair_shares()
        return tuple(
            self._person(self.world.people[account_id], groups.get(account_id, []), fair.get(account_id))
            for account_id in self.account_ids
        )

    def _person(self, person: PersonState, groups: list[tuple[str, str]], fair: int | None) -> Person:
        limits = self.world.limits.get(person.id, Limits())
        serves = self.centre_ids if limits.centres is None else limits.centres
        home = self.world.homes.get(person.id)
        return Person(
            id=str(person.id),
            roles=frozenset(capacity for capacity, _ in groups),
            skills=frozenset(name for _, name in groups),
            home=self.at_centre.get(home, 0) if home is not None else 0,
            serves=frozenset(self.at_centre[each] for each in serves if each in self.at_centre),
            unit="",
            duty=person.duty & ~person.leave & self.world.bookable,
            max_day=limits.max_day,
            max_week=limits.max_week,
            fair_slots=fair,
        )

    def _fair_shares(self) -> dict[int, int]:
        """For each kind of seat the mean load of those who can take it, and something more."""
        standing: dict[int, int] = {}
        for plan in self.world.fixed:
            for _, account_id in plan.people:
                standing[account_id] = standing.get(account_id, 0) + len(plan.cells)
        members: dict[str, set[int]] = {}
        asked: dict[str, int] = {}
        for wish in self.wishes:
            for seat in wish.need.seats:
                members.setdefault(seat.capacity, set()).update(set(seat.candidates) & self.world.people.keys())
                asked[seat.capacity] = asked.get(seat.capacity, 0) + seat.count * length_of(wish.need)
        shares: dict[int, int] = {}
        for capacity, people in members.items():
            present = [who for who in people if self.world.people[who].duty]
            total = asked[capacity] + sum(standing.get(who, 0) for who in people)
            for who in people:
                shares[who] = max(shares.get(who, 0), ceil(FAIR_SHARE * total / max(len(present), 1)))
        return shares

    def _standing(self) -> Iterable[Standing]:
        first, days = self.world.horizon.first, self.world.horizon.days
        for number, plan in enumerate(self.world.fixed):
            day = (plan.day - first).days
            if 0 <= day < days and plan.room_id in self.at_room:
                room = self.at_room[plan.room_id]
                start = plan.cells.start % CELLS_PER_DAY
                people = tuple(self.at_person[who] for _, who in plan.people if who in self.at_person)
                centre = self.at_centre[self.world.centre_of[plan.room_id]]
                yield Standing(str(number), room, centre, day, start, len(plan.cells), people)

    def _session(self, wish: Wish) -> Session:
        need, first = wish.need, self.world.horizon.first
        earliest, latest, window = self._window(wish)
        first_day, last_day = (earliest - first).days, (latest - first).days
        begin = max(first_day, (self.world.today - first).days + 1)
        mediators = [account_id for seat, account_id in wish.wanted if seat == MEDIATOR]
        return Session(
            id=f"{need.owner.kind}:{need.owner.id}",
            kind=need.room_wants.kind.value,
            centres=self._centres(need),
            length=length_of(need),
            attendance=need.room_wants.capacity,
            equipment=frozenset(item.value for item in need.room_wants.equipment),
            first_day=first_day,
            last_day=last_day,
            target_day=min(begin + TARGET_DAYS, last_day),
            weight=_weight(wish, self.world.today),
            parties=(*(self.at_party[key] for key in dict.fromkeys(need.party_keys)), *window),
            needs=tuple(
                Need(seat.capacity, self.groups[seat.capacity, seat.candidates], seat.count) for seat in need.seats
            ),
            preferred=self.at_person.get(mediators[0]) if mediators else None,
            recused=frozenset(self.at_person[who] for who in need.excluded if who in self.at_person),
        )

    def _window(self, wish: Wish) -> tuple[date, date, tuple[int, ...]]:
        """The lawful days. What stands booked may stay there; elsewhere it goes only on a lawful day after today."""
        need, horizon = wish.need, self.world.horizon
        earliest, latest = need.earliest, need.latest or horizon.last
        if wish.plan is None:
            return earliest, latest, ()
        tomorrow = self.world.today + timedelta(days=1)
        since = max(earliest, tomorrow)
        lawful = horizon.mask_of_days(since, latest) if since <= latest else 0
        self.windows.append(Party(f"window:{len(self.windows)}", lawful | horizon.mask(wish.plan.cells)))
        number = len(self.party_keys) + len(self.windows) - 1
        return min(earliest, wish.plan.day), max(latest, wish.plan.day), (number,)

    def _centres(self, need: SessionNeed) -> tuple[int, ...]:
        rooms = self.world.rooms_of_area.get(need.room_wants.area_id, ())
        centres = dict.fromkeys(self.world.centre_of[room_id] for room_id in rooms)
        ordered = sorted(centres, key=lambda centre: centre != need.organisation_id)
        return tuple(self.at_centre[centre] for centre in ordered)


def first_day_of_week(day: date) -> date:
    """The Monday of the week: what is booked since then counts towards weekly limits."""
    return day - timedelta(days=day.weekday())


def _positions(ids: Iterable[object]) -> dict[object, int]:
    return {each: at for at, each in enumerate(ids)}


def length_of(need: SessionNeed) -> int:
    """How many quarter hours it takes."""
    start = wall_time_of(0)
    return len(cells_between(start, start + timedelta(minutes=need.minutes)))


def _weight(wish: Wish, today: date) -> int:
    due_on = wish.due_on or wish.need.latest
    left = UNLIMITED if due_on is None else (due_on - today).days
    return next((weight for days, weight in URGENT if left <= days), 1)
