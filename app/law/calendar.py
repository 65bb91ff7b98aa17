"""Is this a working day?

Public holidays and weekends are rest days, except weekend days swapped to working days (R-TIME-06).  The
State Council's notice comes late in the year before; without it a year is not covered and only weekends
are known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

SATURDAY = 5


class DayKind(StrEnum):
    """What a table of days says about one of them."""

    REST = "rest"
    WORK = "work"


@dataclass(frozen=True)
class CalendarDay:
    """A day that differs from its weekday: a holiday, or a weekend day that is worked."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True)
class DayMark:
    """What to print beside a date: 工作日, 休 or 班, and why."""

    mark: str
    name: str
    is_provisional: bool


@dataclass(frozen=True)
class Calendar:
    """Rest days and swapped working days by date, with the years whose notice is known."""

    rest_days: Mapping[date, str] = field(default_factory=dict)
    swapped_working_days: Mapping[date, str] = field(default_factory=dict)
    covered_years: frozenset[int] = frozenset()

    @classmethod
    def from_days(cls, days: Iterable[CalendarDay], covered_years: Iterable[int]) -> "Calendar":
        """A calendar of stored days; days of years that are not covered are left out (R-TIME-14)."""
        years = frozenset(covered_years)
        known = [row for row in days if row.day.year in years]
        return cls(
            rest_days={row.day: row.name for row in known if row.kind is DayKind.REST},
            swapped_working_days={row.day: row.name for row in known if row.kind is DayKind.WORK},
            covered_years=years,
        )

    def is_covered(self, day: date) -> bool:
        """Whether the notice for the day's year is known; otherwise results are provisional."""
        return day.year in self.covered_years

    def covers(self, first: date, last: date) -> bool:
        """Whether every year from the first to the last day is covered."""
        return all(year in self.covered_years for year in range(first.year, last.year + 1))

    def is_working_day(self, day: date) -> bool:
        """Whether work is done on that day (R-TIME-06)."""
        if day in self.swapped_working_days:
            return True
        return day.weekday() < SATURDAY and day not in self.rest_days

    def next_working_day_on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it (R-TIME-05)."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def previous_working_day_on_or_before(self, day: date) -> date:
        """The day itself, or the last working day before it (R-TIME-12)."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def day_kind(self, day: date) -> DayMark:
        """班 with its swap, 休 with its holiday or 周末, else 工作日."""
        provisional = not self.is_covered(day)
        if day in self.swapped_working_days:
            return DayMark("班", self.swapped_working_days[day], provisional)
        if day in self.rest_days:
            return DayMark("休", self.rest_days[day], provisional)
        if day.weekday() >= SATURDAY:
            return DayMark("休", "周末", provisional)
        return DayMark("工作日", "", provisional)
