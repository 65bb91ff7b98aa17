"""Which day did someone type, and how is a day written in Chinese?

Machines send `YYYY-MM-DD` and nothing else; staff may also type 6.11, 0611 or 6月11日.  Dates only: instants
are the clock's business.
"""

import re
from datetime import date

from app.errors import RuleViolation

WEEKDAYS = "一二三四五六日"
FIRST_YEAR = 1900
LAST_YEAR = 2199
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TYPED_FULL_DATE = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")
TYPED_DAY_OF_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{1,2})月([0-9]{1,2})日|([0-9]{2})([0-9]{2})")


def parse_iso_date(text: str) -> date:
    """The date written `YYYY-MM-DD`, between 1900 and 2199; anything else is refused."""
    match = ISO_DATE.fullmatch(text)
    if match is None:
        raise RuleViolation(f"日期“{text[:20]}”看不懂。请写成 2025-06-11 这样。")
    year, month, day = (int(part) for part in match.groups())
    return _existing_date(year, month, day, text)


def parse_date(text: str, *, today: date) -> date:
    """The date someone typed: a full one, or 6.11, 0611, 6月11日 in the year that is nearest to today."""
    typed = text.strip()
    match = TYPED_FULL_DATE.fullmatch(typed)
    if match is not None:
        year, month, day = (int(part) for part in match.groups() if part)
        return _existing_date(year, month, day, typed)
    match = TYPED_DAY_OF_YEAR.fullmatch(typed)
    if match is not None:
        month, day = (int(part) for part in match.groups() if part)
        return _nearest_date(month, day, today, typed)
    raise RuleViolation(f"日期“{typed[:20]}”看不懂。请写成 6.11、6月11日 或 2025-06-11 这样。")


def format_date(day: date) -> str:
    """2025年6月1日, as on papers (R-FMT-15)."""
    return f"{day.year}年{day.month}月{day.day}日"


def format_date_with_weekday(day: date) -> str:
    """2025年6月1日（周日）."""
    return f"{format_date(day)}（{format_weekday(day)}）"


def format_month_day(day: date) -> str:
    """6月1日."""
    return f"{day.month}月{day.day}日"


def format_month_day_with_weekday(day: date) -> str:
    """6月1日（周日）."""
    return f"{format_month_day(day)}（{format_weekday(day)}）"


def format_weekday(day: date) -> str:
    """周日."""
    return f"周{WEEKDAYS[day.weekday()]}"


def _existing_date(year: int, month: int, day: int, text: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleViolation(f"年份 {year} 不对。请核对“{text}”。")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise RuleViolation(f"没有“{text}”这一天。请核对月份和日期。") from error


def _nearest_date(month: int, day: int, today: date, text: str) -> date:
    candidates = [found for year in range(today.year - 1, today.year + 2) if (found := _find_date(year, month, day))]
    if not candidates:
        raise RuleViolation(f"没有“{text}”这一天。请核对月份和日期，或连年份一起写。")
    return min(candidates, key=lambda found: abs((found - today).days))


def _find_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
