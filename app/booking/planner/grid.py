"""How the planner counts time: working days in a row, a fixed number of slots each, one bit a slot.

Days off have no bits at all, so that "the next day" is the next working day; a session lies inside one block
(half-day), which `begins` guards (H1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class WorkGrid:
    """The horizon: names of its working days, slots a day, the blocks of office hours, the week of each day."""

    slots_per_day: int
    blocks: tuple[tuple[int, int], ...]
    days: tuple[str, ...]
    weeks: tuple[int, ...]
    _begins: dict[int, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _spans: dict[tuple[int, int], int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def everything(self) -> int:
        """Every bit of the horizon."""
        return (1 << len(self.days) * self.slots_per_day) - 1

    def mask(self, day: int, start: int, end: int) -> int:
        """The bits of one day from `start` to before `end`, cut off at the day's ends."""
        first, last = max(start, 0), min(end, self.slots_per_day)
        if first >= last or not 0 <= day < len(self.days):
            return 0
        return ((1 << (last - first)) - 1) << (day * self.slots_per_day + first)

    def mask_of_days(self, first: int, last: int) -> int:
        """The bits of whole days, both included, as far as the horizon covers them."""
        first, last = max(first, 0), min(last, len(self.days) - 1)
        if first > last:
            return 0
        if (first, last) not in self._spans:
            length = (last - first + 1) * self.slots_per_day
            self._spans[first, last] = ((1 << length) - 1) << (first * self.slots_per_day)
        return self._spans[first, last]

    def begins(self, length: int) -> int:
        """The bits at which a session of this length may begin without leaving its block (H1)."""
        if length not in self._begins:
            self._begins[length] = self._each_day(
                (start, end - length + 1) for start, end in self.blocks if end - start >= length > 0
            )
        return self._begins[length]

    @cached_property
    def halves(self) -> tuple[int, int]:
        """The bits of the first block of each day, and all the others."""
        noon = self.blocks[0][1]
        return self._each_day(iter([(0, noon)])), self._each_day(iter([(noon, self.slots_per_day)]))

    @cached_property
    def days_of_week(self) -> dict[int, int]:
        """The bits of each week."""
        masks: dict[int, int] = {}
        for day, week in enumerate(self.weeks):
            masks[week] = masks.get(week, 0) | self.mask_of_days(day, day)
        return masks

    def bits(self, mask: int) -> Iterator[int]:
        """The slots whose bits are set, in order."""
        while mask:
            lowest = mask & -mask
            yield lowest.bit_length() - 1
            mask ^= lowest

    def _each_day(self, spans: Iterator[tuple[int, int]]) -> int:
        pattern = sum(((1 << (end - start)) - 1) << start for start, end in spans)
        return sum(pattern << (day * self.slots_per_day) for day in range(len(self.days)))
