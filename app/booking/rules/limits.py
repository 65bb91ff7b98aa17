"""How much may one person take on, and can he get there? Centres served, ways between them, sessions a day and week.

What a basket moves away lends its place in the count to the drafts of the same basket, and to nobody else: whether the
basket is published or taken back, the limits hold.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from app.booking.rules.grid import CELL_MINUTES, CELLS_PER_DAY, Horizon, wall_time_of


class Period(StrEnum):
    """For which time sessions are counted; a week runs from Monday to Sunday, days off included."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True)
class Bounds:
    """What is set for one person; None is no limit, and for `serves` every centre of the area."""

    max_day: int | None = None
    max_week: int | None = None
    home: int | None = None
    serves: frozenset[int] | None = None

    def most(self, period: Period) -> int | None:
        """The most sessions in such a period."""
        return self.max_day if period is Period.DAY else self.max_week


UNBOUNDED = Bounds()


@dataclass(frozen=True)
class Stint:
    """A session that a person has: where and when; `basket` is whose draft it is, or whose draft moves it away."""

    session_id: int
    centre_id: int
    cells: range
    basket: int | None = None
    is_draft: bool = False

    @property
    def day(self) -> date:
        """The day on which it is."""
        return wall_time_of(self.cells.start).date()

    @property
    def hours(self) -> str:
        """From when to when, as 14:00—16:00."""
        return f"{wall_time_of(self.cells.start):%H:%M}—{wall_time_of(self.cells.stop):%H:%M}"

    def excludes(self, other: "Stint") -> bool:
        """Whether only one of the two will stand: the one moved away, or the draft of the same basket."""
        return self.basket is not None and self.basket == other.basket and self.is_draft is not other.is_draft


@dataclass(frozen=True)
class Travel:
    """Minutes between two centres, the same there and back; what is not set takes none."""

    minutes: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def between(self, one: int, other: int) -> int:
        """The minutes from one centre to the other."""
        return 0 if one == other else self.minutes.get((min(one, other), max(one, other)), 0)

    def cells(self, one: int, other: int) -> int:
        """The same in quarter hours, rounded up."""
        return -(-self.between(one, other) // CELL_MINUTES)


@dataclass(frozen=True)
class Strain:
    """One limit that is passed, or two sessions with too little time between them."""

    starts_on: date
    text: str


def first_day(period: Period, day: date) -> date:
    """The day itself, or the Monday of its week."""
    return day if period is Period.DAY else day - timedelta(days=day.weekday())


def count_sessions(stints: Iterable[Stint], period: Period, day: date) -> int:
    """How many sessions count in the day or week of `day`; of what a basket moves and drafts, the larger number."""
    starts_on = first_day(period, day)
    counted = Counter((one.basket, one.is_draft) for one in stints if first_day(period, one.day) == starts_on)
    baskets = {basket for basket, _ in counted if basket is not None}
    return counted[None, False] + sum(max(counted[one, True], counted[one, False]) for one in baskets)


def full_periods(bounds: Bounds, stints: Sequence[Stint], day: date) -> Iterator[tuple[Period, int, int]]:
    """The periods around a day that take no further session, with how many they have and may have (H19)."""
    for period in Period:
        most = bounds.most(period)
        if most is not None and (count := count_sessions(stints, period, day)) >= most:
            yield period, count, most


def mask_of_full_days(horizon: Horizon, bounds: Bounds, stints: Sequence[Stint]) -> int:
    """The bits of days on which the person takes no further session (H19)."""
    if bounds.max_day is None and bounds.max_week is None:
        return 0
    mask = 0
    for day in horizon.each_day():
        if any(full_periods(bounds, stints, day)):
            mask |= horizon.mask_of_days(day, day)
    return mask


def mask_of_ways(horizon: Horizon, travel: Travel, stints: Iterable[Stint], centre_id: int) -> int:
    """The bits in which the person cannot be at the centre: sessions elsewhere with the way there and back (H18)."""
    mask = 0
    for stint in stints:
        if way := travel.cells(stint.centre_id, centre_id):
            mask |= horizon.mask(_with_way(stint, way))
    return mask


def find_ways(travel: Travel, stints: Iterable[Stint], centre_id: int, cells: range) -> Iterator[tuple[Stint, int]]:
    """The sessions elsewhere that leave no time for the way to `cells` at the centre, with its minutes (H18)."""
    for stint in stints:
        way = travel.cells(stint.centre_id, centre_id)
        if way and _overlap(_with_way(stint, way), cells):
            yield stint, travel.between(stint.centre_id, centre_id)


def find_strains(
    bounds: Bounds, travel: Travel, stints: Sequence[Stint], day: date, *, of: int | None = None
) -> Iterator[Strain]:
    """What is broken on a day and in its week: more sessions than allowed, or no time for the way between two.

    With `of`, the id of a session of that day, only the ways to and from it.
    """
    for period in Period:
        most, count = bounds.most(period), count_sessions(stints, period, day)
        if most is not None and count > most:
            yield Strain(first_day(period, day), too_many(period, count, most))
    for one, other in combinations([stint for stint in stints if stint.day == day], 2):
        if of not in (None, one.session_id, other.session_id):
            continue
        minutes = travel.between(one.centre_id, other.centre_id)
        if minutes and not one.excludes(other) and any(find_ways(travel, [one], other.centre_id, other.cells)):
            yield Strain(day, f"{one.hours} 和 {other.hours} 不在一处，路上要 {minutes} 分钟")


def fits(bounds: Bounds, travel: Travel, stints: Sequence[Stint], stint: Stint) -> bool:
    """Whether one of the sessions that a person has in a week is at a centre he serves, within his limits and reach."""
    if bounds.serves is not None and stint.centre_id not in bounds.serves:
        return False
    for period in Period:
        most = bounds.most(period)
        if most is not None and count_sessions(stints, period, stint.day) > most:
            return False
    return not any(find_ways(travel, stints, stint.centre_id, stint.cells))


def too_many(period: Period, count: int, most: int) -> str:
    """In words that a period is full."""
    return f"{PERIOD_LABELS[period]}已有 {count} 场，最多 {most} 场"


PERIOD_LABELS: Mapping[Period, str] = {Period.DAY: "这一天", Period.WEEK: "这一周"}


def _with_way(stint: Stint, way: int) -> range:
    """The cells of the session and of the way before and after it, within its day."""
    midnight = stint.cells.start - stint.cells.start % CELLS_PER_DAY
    return range(max(stint.cells.start - way, midnight), min(stint.cells.stop + way, midnight + CELLS_PER_DAY))


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
