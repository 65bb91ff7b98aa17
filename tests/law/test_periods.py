"""Counting days, working days, months and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law.calendar import Calendar
from app.law.holiday_notices import seeded_calendar
from app.law.periods import (
    CountingMode,
    Period,
    Unit,
    add_months,
    add_working_days,
    days,
    earliest_after_notice,
    last_day_of_period,
    months,
    working_days,
    working_days_between,
    years,
)

PACKAGED = seeded_calendar(range(2023, 2029))
TRIGGERS = st.dates(date(2023, 2, 1), date(2028, 6, 30))


@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-03-31", 1, "2025-04-30"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-12-31", 12, "2026-12-31"),
    ],
)
def test_r_time_08_b097_months_end_on_the_corresponding_day(day: str, count: int, result: str) -> None:
    assert str(add_months(date.fromisoformat(day), count)) == result


def test_r_time_08_years(calendar: Calendar) -> None:
    assert last_day_of_period(date(2024, 2, 29), years(2), calendar).nominal == date(2026, 2, 28)


def test_r_time_14_due_date_in_an_uncovered_year_is_provisional(calendar: Calendar) -> None:
    inside = last_day_of_period(date(2026, 12, 1), days(15), calendar)
    outside = last_day_of_period(date(2026, 12, 20), days(30), calendar)
    counted_across = last_day_of_period(date(2026, 12, 29), working_days(5), calendar)

    assert not inside.is_provisional
    assert outside.is_provisional
    assert counted_across.is_provisional


@pytest.mark.parametrize("length", [0, -1, 3661])
def test_period_when_it_lasts_no_day_or_too_long_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        Period(length, Unit.DAY)


@pytest.mark.parametrize(
    ("period", "text"),
    [(days(15), "15 日"), (working_days(5), "5 个工作日"), (months(1), "1 个月"), (years(2), "2 年")],
)
def test_period_text(period: Period, text: str) -> None:
    assert period.text == text


@pytest.mark.parametrize(
    ("mode", "earliest"), [(CountingMode.CLEAR_DAYS, "2025-06-09"), (CountingMode.INCLUSIVE, "2025-06-08")]
)
def test_r_time_11_notice_in_natural_days(calendar: Calendar, mode: CountingMode, earliest: str) -> None:
    assert str(earliest_after_notice(date(2025, 6, 1), days(7), mode, calendar)) == earliest


def test_r_time_11_notice_in_months_is_refused(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="days or working days"):
        earliest_after_notice(date(2025, 6, 1), months(1), CountingMode.CLEAR_DAYS, calendar)


@given(TRIGGERS, st.integers(1, 120), st.integers(0, 30))
def test_natural_days_end_on_a_working_day_and_never_early(trigger: date, length: int, extra: int) -> None:
    end = last_day_of_period(trigger, days(length), PACKAGED, extra=extra)

    assert end.nominal == trigger + timedelta(days=length + extra)
    assert end.internal_target <= end.nominal <= end.legal_due
    assert PACKAGED.is_working_day(end.legal_due)
    assert PACKAGED.is_working_day(end.internal_target)


@given(TRIGGERS, st.integers(1, 40))
def test_working_days_counted_back_are_the_same_number(trigger: date, length: int) -> None:
    due = add_working_days(trigger, length, PACKAGED)

    assert working_days_between(trigger, due, PACKAGED) == length
    assert PACKAGED.is_working_day(due)


@given(TRIGGERS, st.integers(1, 20))
def test_r_time_11_clear_days_leave_the_whole_notice_between(served_on: date, length: int) -> None:
    notice = working_days(length)

    clear = earliest_after_notice(served_on, notice, CountingMode.CLEAR_DAYS, PACKAGED)
    inclusive = earliest_after_notice(served_on, notice, CountingMode.INCLUSIVE, PACKAGED)

    assert working_days_between(served_on, clear - timedelta(days=1), PACKAGED) == length
    assert served_on < inclusive < clear


@given(TRIGGERS, st.integers(1, 60), st.integers(1, 30))
def test_r_time_09_extension_is_appended_to_the_nominal_day(trigger: date, length: int, extra: int) -> None:
    extended = last_day_of_period(trigger, days(length), PACKAGED, extra=extra)

    assert extended == last_day_of_period(trigger, days(length + extra), PACKAGED)
