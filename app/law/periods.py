"""When does a period end?

Civil Code arts. 200–204: the day of the trigger is not counted, a last day that is a rest day rolls on,
months end on the corresponding day.  Which rest days there are is the calendar's business.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.law.calendar import Calendar

MONTHS_IN_YEAR = 12
LONGEST = 3660
"""No period, extension or pause is longer, in whatever unit."""


class Unit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


UNIT_WORDS = {Unit.DAY: "日", Unit.WORKING_DAY: "个工作日", Unit.MONTH: "个月", Unit.YEAR: "年"}


class CountingMode(StrEnum):
    """How "N days before the hearing" is read (R-TIME-11)."""

    CLEAR_DAYS = "clear_days"
    INCLUSIVE = "inclusive"


@dataclass(frozen=True)
class Period:
    """A length of time in the unit the law names; "一个月" is not 30 days."""

    length: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.length <= LONGEST:
            raise ValueError(f"a period lasts at least 1 and at most {LONGEST} of its units")

    @property
    def text(self) -> str:
        return f"{self.length} {UNIT_WORDS[self.unit]}"


@dataclass(frozen=True)
class PeriodEnd:
    """`nominal` is the counted last day, `legal_due` the rolled one, `internal_target` our own aim."""

    nominal: date
    legal_due: date
    internal_target: date
    is_provisional: bool


def days(length: int) -> Period:
    """A period in natural days."""
    return Period(length, Unit.DAY)


def working_days(length: int) -> Period:
    """A period in working days."""
    return Period(length, Unit.WORKING_DAY)


def months(length: int) -> Period:
    """A period in calendar months."""
    return Period(length, Unit.MONTH)


def years(length: int) -> Period:
    """A period in calendar years."""
    return Period(length, Unit.YEAR)


def add_months(day: date, count: int) -> date:
    """The corresponding day `count` months later, else the last day of that month (R-TIME-08)."""
    year, month_index = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + count, MONTHS_IN_YEAR)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after the day, which itself is not counted (R-TIME-01)."""
    while count > 0:
        day += timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def working_days_between(after: date, until: date, calendar: Calendar) -> int:
    """How many working days lie after the first date, up to and including the second."""
    span = (until - after).days
    return sum(calendar.is_working_day(after + timedelta(days=step)) for step in range(1, span + 1))


def last_day_of_period(trigger: date, period: Period, calendar: Calendar, *, extra: int = 0) -> PeriodEnd:
    """When a period that starts with the trigger ends (R-TIME-01, 05, 08, 09, 12, 14).

    `extra` are days of extension and pause: working days for a period in working days, else natural days,
    appended to the nominal day before rolling once.
    """
    if period.unit is Unit.WORKING_DAY:
        due = add_working_days(trigger, period.length + extra, calendar)
        return PeriodEnd(due, due, due, not calendar.covers(trigger + timedelta(days=1), due))
    nominal = _nominal_day(trigger, period) + timedelta(days=extra)
    due = calendar.next_working_day_on_or_after(nominal)
    target = calendar.previous_working_day_on_or_before(nominal)
    return PeriodEnd(nominal, due, target, not calendar.covers(nominal, due))


def earliest_after_notice(served_on: date, notice: Period, mode: CountingMode, calendar: Calendar) -> date:
    """The first day a hearing may be held when the last party was served on that date (R-TIME-11).

    Clear days: the whole notice lies between service and hearing; inclusive: the hearing may fall on
    the last day of the notice.
    """
    length = notice.length + (mode is CountingMode.CLEAR_DAYS)
    if notice.unit is Unit.WORKING_DAY:
        return add_working_days(served_on, length, calendar)
    if notice.unit is Unit.DAY:
        return served_on + timedelta(days=length)
    raise ValueError("notice periods are counted in days or working days")


def _nominal_day(trigger: date, period: Period) -> date:
    if period.unit is Unit.DAY:
        return trigger + timedelta(days=period.length)
    if period.unit is Unit.MONTH:
        return add_months(trigger, period.length)
    return add_months(trigger, period.length * MONTHS_IN_YEAR)
