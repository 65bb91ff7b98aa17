"""What is to be planned: centres, rooms, people, parties, standing bookings and waiting sessions, by position.

Whoever fills these (a file, a database) turns names into positions and hours into masks; from here on a person is a
number. The hard constraints are H1–H20, the costs S0–S8 and P of docs/scheduling.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.booking.planner.grid import WorkGrid
from app.booking.rules.words import RoomKind

ROOM_KINDS: Mapping[str, tuple[str, ...]] = {
    "mediation": ("mediation", "hearing"),
    "hearing": ("hearing", "reconsideration"),
    "reconsideration": ("reconsideration",),
    **{kind.value: (kind.value,) for kind in RoomKind},  # an office's own rooms serve their own kind alone
}
PANEL = "panel"
POOL_PREFIX = "panel:"
MEDIATOR = "mediator"
SMALLEST_PANEL = 3
Stop = Callable[[], bool]  # asked between steps whether to end now


def never() -> bool:
    """No hurry."""
    return False


@dataclass(frozen=True, slots=True)
class Centre:
    """One centre and the district it belongs to."""

    id: str
    district: int


@dataclass(frozen=True, slots=True)
class Room:
    """One room; `open` are the slots in which it is not closed."""

    id: str
    centre: int
    kind: str
    capacity: int
    equipment: frozenset[str]
    open: int


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `duty` are the slots on duty, `fair_slots` the fair share of a mediator."""

    id: str
    roles: frozenset[str]
    skills: frozenset[str]
    home: int
    serves: frozenset[int]
    unit: str
    duty: int
    max_day: int
    max_week: int
    fair_slots: int | None


@dataclass(frozen=True, slots=True)
class Party:
    """One party; `free` are the slots in which it can come."""

    id: str
    free: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A booking that stands and is not the planner's to move."""

    id: str
    room: int
    centre: int
    day: int
    start: int
    length: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """So many people of a role, with a skill where the dispute asks for one."""

    role: str
    skill: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The size of a hearing's panel and how many at least from which pool."""

    size: int
    minima: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Session:
    """One waiting session; `after` is the session it follows, `gap` days later at the earliest."""

    id: str
    kind: str
    centres: tuple[int, ...]
    length: int
    attendance: int
    equipment: frozenset[str]
    first_day: int
    last_day: int
    target_day: int
    weight: int
    parties: tuple[int, ...]
    needs: tuple[Need, ...]
    panel: Panel | None = None
    chosen: int | None = None
    preferred: int | None = None
    continuity: int | None = None
    half: int | None = None
    recused: frozenset[int] = frozenset()
    recused_units: frozenset[str] = frozenset()
    after: int | None = None
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each shortcoming costs; data with a version, never constants of the algorithm."""

    unplaced: float
    late_day: float
    preferred: float
    continuity: float
    overload_slot: float
    half: float
    room_kind: float
    away_person: float
    other_centre: float
    moved_day: float = 100
    moved_start: float = 40
    moved_centre: float = 60
    moved_room: float = 5
    moved_person: float = 20
    dropped: float = 1000


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything the planner is told. `withdrawn` are sessions that need no place any more.

    `ways` are the slots between two centres, the smaller position first, there as back; for a pair that has none of its
    own `travel_near` holds within a district and `travel_far` between districts.
    """

    name: str
    grid: WorkGrid
    travel_near: int
    travel_far: int
    weights: Weights
    centres: tuple[Centre, ...]
    rooms: tuple[Room, ...]
    people: tuple[Person, ...]
    parties: tuple[Party, ...]
    standing: tuple[Standing, ...]
    sessions: tuple[Session, ...]
    withdrawn: frozenset[int] = field(default=frozenset())
    ways: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def way(self, here: int, there: int) -> int:
        """How many slots it takes from one centre to another (H18)."""
        if here == there:
            return 0
        own = self.ways.get((here, there) if here < there else (there, here))
        if own is not None:
            return own
        is_near = self.centres[here].district == self.centres[there].district
        return self.travel_near if is_near else self.travel_far


@dataclass(frozen=True, slots=True)
class Place:
    """One session's day, start, centre, room and people by seat; `slot` counts from the start of the horizon.

    `cost` is S1–S3 and S5–S8 of this place (in re-planning P as well); overload (S4) is counted for all together.
    """

    session: int
    slot: int
    centre: int
    room: int
    seats: tuple[tuple[str, int], ...]
    cost: float = 0
