"""Can a lawyer check the table of clocks from the command line?  The answers behind `flask law due`."""

from collections.abc import Mapping
from datetime import date

from app.errors import DomainError, RuleViolation
from app.law.calendar import Calendar
from app.law.clock_rules import Direction
from app.law.clocks import get_clock
from app.law.computing import compute_clock
from app.law.dates import parse_iso_date
from app.law.profile import Profile


def due_answer(clock: str, trigger: date, extend_days: int, calendar: Calendar, profile: Profile) -> dict[str, object]:
    """`nominal`, `legal_due`, `internal_target`, `article`; for a notice clock the two earliest days instead.

    Refuses an unknown clock and an extension that the clock does not allow.
    """
    rule = get_clock(clock)
    dates = compute_clock(clock, trigger, calendar, profile=profile, extend_days=extend_days)
    answer: dict[str, object] = {}
    if rule.direction is Direction.EARLIEST:
        answer["earliest"] = _iso(dates.earliest)
        answer["earliest_inclusive"] = _iso(dates.earliest_inclusive)
    else:
        answer["nominal"] = dates.nominal.isoformat()
        answer["legal_due"] = dates.legal_due.isoformat()
        answer["internal_target"] = dates.internal_target.isoformat()
    answer["article"] = dates.article
    answer["provisional"] = dates.is_provisional
    return answer


def fill_vectors(vectors: object, calendar: Calendar, profile: Profile) -> list[dict[str, object]]:
    """The list with the answers filled in; refuses, by its number, an item that is no vector."""
    if not isinstance(vectors, list):
        raise RuleViolation('文件里要是一个列表：[{"clock": …, "trigger": …}]。')
    return [_filled(number, vector, calendar, profile) for number, vector in enumerate(vectors, start=1)]


def _filled(number: int, vector: object, calendar: Calendar, profile: Profile) -> dict[str, object]:
    if not isinstance(vector, Mapping):
        raise RuleViolation(f'第 {number} 项不是 {{"clock": …, "trigger": …}}。')
    clock, trigger, extend = vector.get("clock"), vector.get("trigger"), vector.get("extend", 0)
    if not isinstance(clock, str) or not isinstance(trigger, str) or type(extend) is not int:
        raise RuleViolation(f"第 {number} 项要有 clock、trigger（文字）和整数 extend。")
    try:
        return {**vector, **due_answer(clock, parse_iso_date(trigger), extend, calendar, profile)}
    except DomainError as error:
        raise RuleViolation(f"第 {number} 项：{error.message}", article=error.article, rule=error.rule) from error


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
