"""Dates as typed and as written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleViolation
from app.law.dates import (
    format_date,
    format_date_with_weekday,
    format_month_day,
    format_month_day_with_weekday,
    format_weekday,
    parse_date,
    parse_iso_date,
)

TODAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "2025-02-29",
        "2025-00-10",
        "0000-00-00",
        "2026-W10-1",
        "20260310",
        "2026/3/10",
        "２０２６-03-10",
        "二〇二六年",
        "2026-3-10",
        " 2026-03-10",
        "2026-03-10T00:00",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "-2026-03-10",
        "1749513600",
        "2026-03-10\n",
        "",
    ],
)
def test_b081_b082_b092_machine_date_is_refused(text: str) -> None:
    with pytest.raises(RuleViolation):
        parse_iso_date(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_machine_date_is_read_back(day: date) -> None:
    assert parse_iso_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6.11", date(2025, 6, 11)),
        ("0611", date(2025, 6, 11)),
        ("6月11日", date(2025, 6, 11)),
        ("6-11", date(2025, 6, 11)),
        ("6/11", date(2025, 6, 11)),
        (" 6.11 ", date(2025, 6, 11)),
        ("2024.6.11", date(2024, 6, 11)),
        ("2024/6/11", date(2024, 6, 11)),
        ("2024-06-11", date(2024, 6, 11)),
        ("2024年6月11日", date(2024, 6, 11)),
        ("2.29", date(2024, 2, 29)),
    ],
)
def test_b082_typed_date_is_understood(text: str, day: date) -> None:
    assert parse_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("1.5", date(2025, 12, 20), date(2026, 1, 5)),
        ("12.28", date(2026, 1, 5), date(2025, 12, 28)),
        ("6.1", date(2025, 6, 1), date(2025, 6, 1)),
    ],
)
def test_typed_day_falls_in_the_nearest_year(text: str, today: date, day: date) -> None:
    assert parse_date(text, today=today) == day


@pytest.mark.parametrize(
    "text",
    ["2.30", "0230", "13.1", "0.5", "6.", "611", "6月", "明天", "", "2025.2.29", "1800-01-01", "６.１１", "20250611"],
)
def test_b081_typed_date_is_refused(text: str) -> None:
    with pytest.raises(RuleViolation):
        parse_date(text, today=TODAY)


def test_typed_leap_day_without_a_leap_year_near_is_refused() -> None:
    with pytest.raises(RuleViolation, match="连年份一起写"):
        parse_date("2.29", today=date(2022, 6, 1))


def test_dates_in_chinese() -> None:
    assert format_date(TODAY) == "2025年6月1日"
    assert format_date_with_weekday(TODAY) == "2025年6月1日（周日）"
    assert format_month_day(TODAY) == "6月1日"
    assert format_month_day_with_weekday(date(2024, 6, 14)) == "6月14日（周五）"
    assert [format_weekday(date(2025, 6, day)) for day in range(2, 9)] == [f"周{d}" for d in "一二三四五六日"]
