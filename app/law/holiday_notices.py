"""Which days off and swapped working days does the State Council's yearly notice set?

Read from the `holidays` package, to fill the table that an administrator then edits.  For a year whose notice
is not packaged the package still computes the statutory days, without the swaps; such a year yields no rows.
"""

from collections.abc import Iterable
from datetime import date

from holidays import country_holidays
from holidays.holiday_base import HolidayBase

from app.law.calendar import Calendar, CalendarDay, DayKind

FIRST_YEAR = 2008
"""Since the reform of 2007 every yearly notice has swapped weekends."""
TURN_OF_YEAR = ((1, 15), (12, 15))
"""A swap outside these days may come from a neighbour year's notice (for New Year)."""
SWAP_LABEL = "休息日"


def seeded_days(years: Iterable[int]) -> tuple[CalendarDay, ...]:
    """Days off and swapped working days of those years whose notice is packaged, in order of date."""
    rows = [row for year in seeded_years(years) for row in _days_of(year)]
    return tuple(sorted(rows, key=lambda row: row.day))


def seeded_years(years: Iterable[int]) -> frozenset[int]:
    """Those of the years whose notice is packaged: a swap in mid-year can only come from it."""
    return frozenset(year for year in years if year >= FIRST_YEAR and _has_notice(year))


def seeded_calendar(years: Iterable[int]) -> Calendar:
    """The calendar as packaged, without an administrator's changes."""
    wanted = frozenset(years)
    return Calendar.from_days(seeded_days(wanted), seeded_years(wanted))


def _holidays_around(year: int) -> HolidayBase:
    return country_holidays("CN", years=range(year - 1, year + 2), language="zh_CN")


def _swapped_days(holidays: HolidayBase, year: int) -> list[date]:
    return [day for day in holidays.weekend_workdays if day.year == year]


def _has_notice(year: int) -> bool:
    first, last = date(year, *TURN_OF_YEAR[0]), date(year, *TURN_OF_YEAR[1])
    return any(first <= day <= last for day in _swapped_days(_holidays_around(year), year))


def _days_of(year: int) -> list[CalendarDay]:
    holidays = _holidays_around(year)
    rest = {day: name for day, name in holidays.items() if day.year == year}
    swapped = _swapped_days(holidays, year)
    rows = [CalendarDay(day, DayKind.REST, _holiday_name(day, rest)) for day in rest if day not in swapped]
    return rows + [CalendarDay(day, DayKind.WORK, "调休上班") for day in swapped]


def _holiday_name(day: date, rest: dict[date, str]) -> str:
    name = rest[day]
    return "调休" if name.startswith(SWAP_LABEL) else name.split("; ")[0]
