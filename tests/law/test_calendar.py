"""Rest days, swapped working days, and which years are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.law.calendar import Calendar, CalendarDay, DayKind, DayMark
from app.law.holiday_notices import seeded_calendar, seeded_days, seeded_years

WORKED = ["2024-09-14", "2024-09-29", "2024-10-12", "2025-09-28", "2026-02-14", "2026-02-28", "2025-06-03"]
RESTED = ["2024-10-01", "2025-10-07", "2025-06-02", "2025-05-31", "2026-02-23", "2025-06-07", "2025-06-08"]
ALL_DAYS = st.dates(date(2023, 2, 1), date(2028, 11, 30))
PACKAGED = seeded_calendar(range(2023, 2029))


@pytest.mark.parametrize("day", WORKED)
def test_r_time_06_working_day(calendar: Calendar, day: str) -> None:
    assert calendar.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", RESTED)
def test_r_time_06_rest_day(calendar: Calendar, day: str) -> None:
    assert not calendar.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "mark"),
    [
        ("2025-06-02", DayMark("休", "端午节（补假）", False)),
        ("2025-06-07", DayMark("休", "周末", False)),
        ("2025-10-07", DayMark("休", "调休", False)),
        ("2025-09-28", DayMark("班", "调休上班", False)),
        ("2025-06-03", DayMark("工作日", "", False)),
        ("2027-06-03", DayMark("工作日", "", True)),
        ("2027-06-05", DayMark("休", "周末", True)),
    ],
)
def test_day_kind_says_mark_and_reason(calendar: Calendar, day: str, mark: DayMark) -> None:
    assert calendar.day_kind(date.fromisoformat(day)) == mark


def test_seeded_years_are_those_with_a_notice() -> None:
    years = range(2000, 2032)

    covered = seeded_years(years)

    assert covered >= set(range(2008, 2027))
    assert covered.isdisjoint(range(2000, 2008))
    assert sorted(covered) == list(range(2008, max(covered) + 1))


def test_r_time_14_year_without_notice_has_no_rows_and_counts_weekends_only() -> None:
    far = seeded_calendar([2031])

    assert seeded_days([2031]) == ()
    assert not far.is_covered(date(2031, 10, 1))
    assert far.is_working_day(date(2031, 10, 1))
    assert not far.is_working_day(date(2031, 10, 4))


def test_r_time_14_stored_days_of_an_uncovered_year_are_left_out() -> None:
    days = [CalendarDay(date(2027, 10, 1), DayKind.REST, "国庆节")]

    assert Calendar.from_days(days, []).is_working_day(date(2027, 10, 1))
    assert not Calendar.from_days(days, [2027]).is_working_day(date(2027, 10, 1))


def test_seeded_days_2025_are_the_notice() -> None:
    rows = seeded_days([2025])

    assert [row.day for row in rows] == sorted(row.day for row in rows)
    assert {str(row.day) for row in rows if row.kind is DayKind.WORK} == {
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
    }
    assert all(row.name for row in rows)
    assert {row.day.year for row in rows} == {2025}


def test_seeded_days_when_two_feasts_fall_together_name_one() -> None:
    names = {row.day: row.name for row in seeded_days([2020])}

    assert ";" not in names[date(2020, 10, 1)]


def test_covers_needs_every_year_between(calendar: Calendar) -> None:
    assert calendar.covers(date(2024, 12, 31), date(2026, 1, 1))
    assert not calendar.covers(date(2026, 12, 31), date(2027, 1, 1))


@given(ALL_DAYS)
def test_rolling_reaches_the_nearest_working_day(day: date) -> None:
    later, earlier = (
        PACKAGED.next_working_day_on_or_after(day),
        PACKAGED.previous_working_day_on_or_before(day),
    )

    assert earlier <= day <= later
    assert PACKAGED.is_working_day(later)
    assert PACKAGED.is_working_day(earlier)
    assert (later == day) == PACKAGED.is_working_day(day) == (earlier == day)
