"""An instance made ready for searching: who may sit where, which rooms fit, what each half-day costs.

What never changes during a search is worked out once here; what changes is the board's.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from app.booking.planner.instance import (
    MEDIATOR,
    PANEL,
    POOL_PREFIX,
    ROOM_KINDS,
    SMALLEST_PANEL,
    Instance,
    Panel,
    Person,
    Session,
)

ANY_ROLE = ""


class Ask(NamedTuple):
    """So many people out of these, nearest home first; `is_weighed` if one of them has a fair share to keep.

    `number` tells the asks of one session apart, the same at every centre.
    """

    role: str
    size: int
    candidates: tuple[int, ...]
    is_weighed: bool = False
    number: int = 0


class Option(NamedTuple):
    """A session at one centre: fitting rooms by their extra price, the seats to fill, and what must be free at least.

    `seats` are filled in this order; `quotas` are necessary conditions, scarcest first, tested on masks.
    """

    centre: int
    tiers: tuple[tuple[float, tuple[int, ...]], ...]
    seats: tuple[Ask, ...]
    quotas: tuple[Ask, ...]


class Wish(NamedTuple):
    """What it costs if none of these people takes a seat of this role."""

    price: float
    role: str
    people: tuple[int, ...]


class Level(NamedTuple):
    """Starts of one option that cost the same before room and people are known."""

    cost: float
    option: int
    starts: int


class Wanted(NamedTuple):
    """One waiting session, ready for searching; `window` are its lawful slots in which every party can come."""

    at: int
    length: int
    begins: int
    window: int
    parties: tuple[int, ...]
    options: tuple[Option, ...]
    levels: tuple[Level, ...]
    wishes: tuple[Wish, ...]
    unplaced: float
    after: int | None
    gap: int
    followers: tuple[int, ...]


class Problem:
    """The instance with everything that stays as it is during a search.

    `ways` are the lengths of way that there are, none first; `way_between[here][there]` tells which of them it is.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.grid = instance.grid
        self.ways, self.way_between = _tell_ways(instance)
        self._blocked: dict[tuple[int, int, int], tuple[int, ...]] = {}
        self._rooms_at: dict[int, list[int]] = {}
        for at, room in enumerate(instance.rooms):
            self._rooms_at.setdefault(room.centre, []).append(at)
        self._pools = self._gather()
        followers: dict[int, list[int]] = {}
        for at, session in enumerate(instance.sessions):
            if session.after is not None:
                followers.setdefault(session.after, []).append(at)
        self.wanted = [
            self._prepare(at, session, tuple(followers.get(at, ()))) for at, session in enumerate(instance.sessions)
        ]
        self.sessions_at: dict[int, list[int]] = {}
        for at, session in enumerate(instance.sessions):
            for centre in session.centres:
                self.sessions_at.setdefault(centre, []).append(at)

    def is_well_formed(self, session: Session) -> bool:
        """False for a panel that is even or too small, or a chosen mediator where none is asked for (H10, H11)."""
        if session.panel and not self.is_lawful_panel(session.panel):
            return False
        return session.chosen is None or any(need.role == MEDIATOR and need.count for need in session.needs)

    @staticmethod
    def is_lawful_panel(panel: Panel) -> bool:
        """Odd and at least three (H10)."""
        return panel.size >= SMALLEST_PANEL and panel.size % 2 == 1

    def candidates(self, role: str, skill: str | None, centre: int) -> tuple[int, ...]:
        """Everybody with role and skill who serves the centre, those at home there first."""
        return self._pools.get((role, skill, centre), ())

    def rooms_at(self, centre: int) -> list[int]:
        """Every room of the centre."""
        return self._rooms_at.get(centre, [])

    def blocked(self, day: int, start: int, length: int) -> tuple[int, ...]:
        """The slots that a session takes from its people, for each of the `ways` before and after it (H17, H18)."""
        found = self._blocked.get((day, start, length))
        if found is None:
            spans = ((start - way, start + length + way) for way in self.ways)
            found = self._blocked[day, start, length] = tuple(self.grid.mask(day, *span) for span in spans)
        return found

    def district_of(self, centre: int) -> list[int]:
        """Every centre of its district."""
        district = self.instance.centres[centre].district
        return [at for at, other in enumerate(self.instance.centres) if other.district == district]

    def is_recused(self, session: Session, person: int) -> bool:
        """Whether the person must stay away from this session (H12)."""
        return person in session.recused or self.instance.people[person].unit in session.recused_units

    def _gather(self) -> dict[tuple[str, str | None, int], tuple[int, ...]]:
        found: dict[tuple[str, str | None, int], list[int]] = {}
        for at, person in enumerate(self.instance.people):
            for role in _roles_in_pools(person):
                for skill in (None, *sorted(person.skills)):
                    for centre in sorted(person.serves):
                        found.setdefault((role, skill, centre), []).append(at)
        people = self.instance.people
        return {
            key: tuple(sorted(members, key=lambda person: people[person].home != key[2]))
            for key, members in found.items()
        }

    def _prepare(self, at: int, session: Session, followers: tuple[int, ...]) -> Wanted:
        grid = self.grid
        window = grid.mask_of_days(session.first_day, session.last_day)
        for party in session.parties:
            window &= self.instance.parties[party].free
        if not self.is_well_formed(session) or at in self.instance.withdrawn:
            window = 0
        options = tuple(self.option(session, centre) for centre in session.centres)
        return Wanted(
            at=at,
            length=session.length,
            begins=grid.begins(session.length),
            window=window,
            parties=session.parties,
            options=options,
            levels=self._levels(session),
            wishes=self._wishes(session),
            unplaced=self.instance.weights.unplaced * session.weight,
            after=session.after,
            gap=session.gap,
            followers=followers,
        )

    def option(self, session: Session, centre: int) -> Option:
        """The session at this centre: rooms that fit, seats and quotas (H4, H5, H9–H12, H14)."""
        fitting: dict[float, list[int]] = {}
        for at in self.rooms_at(centre):
            room = self.instance.rooms[at]
            if (
                room.kind in ROOM_KINDS[session.kind]
                and room.capacity >= session.attendance
                and session.equipment <= room.equipment
            ):
                price = 0.0 if room.kind == session.kind else self.instance.weights.room_kind
                fitting.setdefault(price, []).append(at)
        seats = tuple(self._seats(session, centre))
        asked = [ask for ask in seats if ask.role != PANEL]
        if session.panel:
            asked.extend(self._panel_quotas(session, session.panel, centre))
        quotas = [ask._replace(number=number) for number, ask in enumerate(asked)]
        quotas.sort(key=lambda ask: len(ask.candidates) / max(ask.size, 1))
        return Option(
            centre, tuple((price, tuple(rooms)) for price, rooms in sorted(fitting.items())), seats, tuple(quotas)
        )

    def _seats(self, session: Session, centre: int) -> Iterator[Ask]:
        for need in session.needs:
            candidates = self._not_recused(session, self.candidates(need.role, need.skill, centre))
            count = need.count
            if need.role == MEDIATOR and session.chosen is not None and count:
                yield self._ask(MEDIATOR, 1, tuple(who for who in candidates if who == session.chosen))
                candidates, count = tuple(who for who in candidates if who != session.chosen), count - 1
            if count:
                yield self._ask(need.role, count, candidates)
        if session.panel:
            for pool, least in session.panel.minima:
                yield self._ask(PANEL, least, self._pool(session, POOL_PREFIX + pool, centre))
            others = session.panel.size - sum(least for _, least in session.panel.minima)
            yield self._ask(PANEL, max(others, 0), self._pool(session, PANEL, centre))

    def _panel_quotas(self, session: Session, panel: Panel, centre: int) -> Iterator[Ask]:
        for pool, least in panel.minima:
            yield self._ask(PANEL, least, self._pool(session, POOL_PREFIX + pool, centre))
        yield self._ask(PANEL, panel.size, self._pool(session, PANEL, centre))

    def _pool(self, session: Session, pool: str, centre: int) -> tuple[int, ...]:
        return self._not_recused(session, self.candidates(pool, None, centre))

    def _ask(self, role: str, size: int, candidates: tuple[int, ...]) -> Ask:
        people = self.instance.people
        return Ask(role, size, candidates, any(people[who].fair_slots is not None for who in candidates))

    def _not_recused(self, session: Session, candidates: tuple[int, ...]) -> tuple[int, ...]:
        if not session.recused and not session.recused_units:
            return candidates
        allowed = tuple(who for who in candidates if not self.is_recused(session, who))
        return candidates if len(allowed) == len(candidates) else allowed

    def _levels(self, session: Session) -> tuple[Level, ...]:
        weights = self.instance.weights
        levels = []
        for option in range(len(session.centres)):
            elsewhere = weights.other_centre if option else 0
            for late, starts in self._by_lateness(session):
                for half, cost in enumerate(self._half_costs(session)):
                    mask = starts & self.grid.halves[half]
                    levels.append(Level(elsewhere + cost + weights.late_day * session.weight * late, option, mask))
        return tuple(sorted(levels, key=lambda level: (level.cost, level.option)))

    def _half_costs(self, session: Session) -> tuple[float, float]:
        price = self.instance.weights.half
        return (price if session.half == 1 else 0, price if session.half == 0 else 0)

    def _by_lateness(self, session: Session) -> Iterator[tuple[int, int]]:
        on_time = self.grid.mask_of_days(session.first_day, min(session.target_day, session.last_day))
        if on_time:
            yield 0, on_time
        last_day = min(session.last_day, len(self.grid.days) - 1)
        for day in range(max(session.first_day, session.target_day + 1, 0), last_day + 1):
            yield day - session.target_day, self.grid.mask_of_days(day, day)

    def _wishes(self, session: Session) -> tuple[Wish, ...]:
        weights = self.instance.weights
        wished = ((weights.preferred, session.preferred), (weights.continuity, session.continuity))
        return tuple(Wish(price, MEDIATOR, (who,)) for price, who in wished if who is not None)


def _tell_ways(instance: Instance) -> tuple[tuple[int, ...], list[bytes]]:
    """The lengths of way that there are, and which of them lies between two centres; none is longer than a day."""
    centres, a_day = range(len(instance.centres)), instance.grid.slots_per_day
    slots = [[0] * len(centres) for _ in centres]
    for here, there in combinations(centres, 2):
        slots[here][there] = slots[there][here] = min(instance.way(here, there), a_day)
    ways = sorted({0}.union(*slots))
    number = {way: at for at, way in enumerate(ways)}
    return tuple(ways), [bytes(map(number.__getitem__, row)) for row in slots]


def _roles_in_pools(person: Person) -> Iterable[str]:
    """The person's roles, and PANEL once if any of them is a pool of panelists."""
    roles = sorted(person.roles)
    return [*roles, PANEL] if any(role.startswith(POOL_PREFIX) for role in roles) else roles
