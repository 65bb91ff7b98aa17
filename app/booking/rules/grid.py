"""How time is cut into quarter hours ("cells"), counted on the wall clock since 1 January 2020.

A session covers every cell it touches. What is booked begins and ends on the quarter hour, so 09:00–10:00 and
10:00–11:00 share no cell, while 09:59 touches the last cell of the first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from app.booking.rules.words import HalfDay

CELL_MINUTES = 15
CELLS_PER_HOUR = 60 // CELL_MINUTES
CELLS_PER_DAY = 24 * CELLS_PER_HOUR
EPOCH = date(2020, 1, 1)
HALVES_MEET_AT = time(13, 0)


def cell_at(day: date, at: time) -> int:
    """The cell in which a wall-clock time lies."""
    return (day - EPOCH).days * CELLS_PER_DAY + (at.hour * 60 + at.minute) // CELL_MINUTES


def cells_between(start: datetime, end: datetime) -> range:
    """Every cell that the half-open interval touches."""
    first = cell_at(start.date(), start.time())
    last = cell_at(end.date(), end.time())
    if (end.minute % CELL_MINUTES) or end.second:
        last += 1
    return range(first, last)


def wall_time_of(cell: int) -> datetime:
    """The wall-clock time at which a cell begins."""
    days, quarter = divmod(cell, CELLS_PER_DAY)
    return datetime.combine(EPOCH + timedelta(days=days), time.min) + timedelta(minutes=quarter * CELL_MINUTES)


def is_on_grid(at: time, minutes: int) -> bool:
    """Whether a session begins and ends on the quarter hour."""
    return at.minute % CELL_MINUTES == 0 and at.second == 0 and minutes % CELL_MINUTES == 0


@dataclass(frozen=True)
class Horizon:
    """The days that one set of masks covers; bit 0 is the first cell of the first day."""

    first: date
    days: int

    @cached_property
    def first_cell(self) -> int:
        """The cell of bit 0."""
        return cell_at(self.first, time.min)

    @cached_property
    def end_cell(self) -> int:
        """The first cell after the last day."""
        return self.first_cell + self.days * CELLS_PER_DAY

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.days - 1)

    def each_day(self) -> Iterator[date]:
        """The days in order."""
        return (self.first + timedelta(days=count) for count in range(self.days))

    def mask(self, cells: range) -> int:
        """The bits of these cells, as far as the horizon covers them."""
        first = self.first_cell
        start = max(cells.start, first) - first
        length = min(cells.stop, self.end_cell) - first - start
        return ((1 << length) - 1) << start if length > 0 else 0

    def mask_of_hours(self, day: date, opens: time, closes: time) -> int:
        """The bits of one day between two wall-clock times."""
        return self.mask(range(cell_at(day, opens), cell_at(day, closes)))

    def mask_of_hours_daily(self, opens: time, closes: time) -> int:
        """The bits of every day between two wall-clock times."""
        first_day = self.mask_of_hours(self.first, opens, closes)
        return sum(first_day << count * CELLS_PER_DAY for count in range(self.days))

    def mask_of_days(self, first: date, last: date) -> int:
        """The bits of whole days, both included."""
        return self.mask(range(cell_at(first, time.min), cell_at(last, time.min) + CELLS_PER_DAY))

    def mask_of_half(self, day: date, half: HalfDay) -> int:
        """The bits of half a day on duty; the halves meet at 13:00."""
        morning = self.mask(range(cell_at(day, time.min), cell_at(day, HALVES_MEET_AT)))
        return morning if half is HalfDay.MORNING else self.mask_of_days(day, day) & ~morning

    def cells_of(self, mask: int) -> Iterator[int]:
        """The cells whose bits are set, in order."""
        while mask:
            lowest = mask & -mask
            yield self.first_cell + lowest.bit_length() - 1
            mask ^= lowest


def starts_of_runs(mask: int, length: int) -> int:
    """The bits at which `length` set bits in a row begin."""
    done = 1
    while done < length and mask:
        step = min(done, length - done)
        mask &= mask >> step
        done += step
    return mask


def bits_in_at_least(count: int, masks: Iterable[int], among: int) -> int:
    """The bits of `among` that are set in at least `count` of the masks; stops as soon as more masks add nothing."""
    reached = [among] + [0] * count
    if count:
        for mask in masks:
            for step in range(count, 0, -1):
                reached[step] |= reached[step - 1] & mask
            if reached[count] == among:
                break
    return reached[count]
