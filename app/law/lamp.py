"""How much time is left, in the words of the deadline lamp?

Up to thirty days are told in working days, more in days; what was met late stays late.  Amber follows the
internal target (R-TIME-12), the words follow the legal date.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from app.law.calendar import Calendar
from app.law.periods import working_days_between

NEAR_WORKING_DAYS = 3
SHORT_PERIOD = 10
SHARE_OF_SHORT_PERIOD = 5
WORDS_IN_WORKING_DAYS_UP_TO = 30


class LampKind(StrEnum):
    OK = "ok"
    NEAR = "near"
    LATE = "late"
    PAUSED = "paused"
    PROVISIONAL = "provisional"


@dataclass(frozen=True)
class Lamp:
    """What the lamp shows; the kind decides its shape and colour."""

    kind: LampKind
    text: str


def days_left(
    legal_due: date,
    today: date,
    calendar: Calendar,
    *,
    internal_target: date | None = None,
    period_length: int | None = None,
    closes_at: time = time(17, 30),
    is_provisional: bool = False,
) -> Lamp:
    """The lamp of a running clock.

    `period_length` is the clock's whole length in its own unit: one under ten turns amber in its last fifth,
    a longer or unknown one three working days before the target.
    """
    if today > legal_due:
        return Lamp(LampKind.LATE, f"已超 {_working_days_or_days(legal_due, today, calendar)}")
    near = _is_near(internal_target or legal_due, today, calendar, period_length)
    text = _time_left(legal_due, today, calendar, closes_at)
    if is_provisional:
        return Lamp(LampKind.NEAR if near else LampKind.PROVISIONAL, f"{text}（暂定）")
    return Lamp(LampKind.NEAR if near else LampKind.OK, text)


def paused_lamp(basis: str) -> Lamp:
    """The lamp of a paused clock, with what the pause rests on."""
    return Lamp(LampKind.PAUSED, f"已暂停 · 依据{basis}")


def met_lamp(legal_due: date, met_on: date) -> Lamp:
    """The lamp of a clock that was met; how late stays on record."""
    if met_on > legal_due:
        return Lamp(LampKind.LATE, f"迟 {(met_on - legal_due).days} 日办结")
    return Lamp(LampKind.OK, "按期办结")


def _is_near(target: date, today: date, calendar: Calendar, period_length: int | None) -> bool:
    left = working_days_between(today, target, calendar)
    if period_length is not None and period_length < SHORT_PERIOD:
        return left * SHARE_OF_SHORT_PERIOD <= period_length
    return left <= NEAR_WORKING_DAYS


def _time_left(legal_due: date, today: date, calendar: Calendar, closes_at: time) -> str:
    if today == legal_due:
        return f"今天 {closes_at:%H:%M} 前"
    left = (legal_due - today).days
    if left > WORDS_IN_WORKING_DAYS_UP_TO:
        return f"还剩 {left} 天"
    return f"还剩 {_working_days_or_days(today, legal_due, calendar)}"


def _working_days_or_days(after: date, until: date, calendar: Calendar) -> str:
    count = working_days_between(after, until, calendar)
    return f"{count} 个工作日" if count else f"{(until - after).days} 天"
