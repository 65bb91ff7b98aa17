"""From which day on may a hearing be held, once its notice reached the last party (INV-14, R-TIME-11)?

Petition hearing: the local period, which written waivers of every party may drop whole. Reconsideration: the
statute's five working days, which no waiver may undercut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.errors import RuleViolation
from app.hearings.rules.procedures import Procedure
from app.law.calendar import Calendar
from app.law.dates import format_month_day
from app.law.periods import CountingMode, Period, earliest_after_notice, working_days_between
from app.law.profile import RECONSIDERATION_NOTICE_ARTICLE

LOCAL_RULE = "本区听证规则"
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True)
class EarliestDay:
    """The first lawful day and why: `day` binds now, `ordinary` without waivers, `with_waivers` if all sides sign."""

    served_on: date
    day: date
    ordinary: date
    with_waivers: date
    is_waived: bool
    reason: str
    article: str

    @property
    def message(self) -> str:
        """Message 2 of the desk: the first day, why, and what may shorten it."""
        return f"最早 {format_month_day(self.day)} 才能开：{self.reason}"

    @property
    def may_waive(self) -> bool:
        """True while waivers of all sides would win days."""
        return not self.is_waived and self.with_waivers < self.ordinary


def earliest_day(
    procedure: Procedure, last_served_on: date, calendar: Calendar, waivers: Sequence[date | None] = ()
) -> EarliestDay:
    """The first day on which the hearing may be held; `waivers` hold for every party the day it signed, or None."""
    ordinary = _after(procedure.notice, last_served_on, procedure, calendar)
    shortest = _shortest(procedure, last_served_on, calendar)
    is_waived = bool(waivers) and all(signed_on is not None for signed_on in waivers) and shortest < ordinary
    article = LOCAL_RULE if procedure.waiver_floor is None else RECONSIDERATION_NOTICE_ARTICLE
    return EarliestDay(
        served_on=last_served_on,
        day=shortest if is_waived else ordinary,
        ordinary=ordinary,
        with_waivers=shortest,
        is_waived=is_waived,
        reason=_reason(procedure, last_served_on, is_waived, article),
        article=article,
    )


def check_notice_period(
    procedure: Procedure,
    held_on: date,
    last_served_on: date,
    calendar: Calendar,
    waivers: Sequence[date | None] = (),
) -> None:
    """Refuse a hearing before the last party was served, or too soon afterwards (INV-14)."""
    earliest = earliest_day(procedure, last_served_on, calendar, waivers)
    if held_on <= last_served_on:
        raise RuleViolation(
            f"通知 {format_month_day(last_served_on)} 才送达最后一方，听证不能在送达之前开。请改期。{earliest.message}",
            article=earliest.article,
            rule="INV-14",
        )
    if held_on < earliest.day:
        raise RuleViolation(earliest.message, article=earliest.article, rule="INV-14")


def check_waiver_helps(procedure: Procedure, held_on: date, last_served_on: date, calendar: Calendar) -> EarliestDay:
    """Refuse a waiver that shortens nothing or more than the law lets (INV-14); gives the days it moves."""
    earliest = earliest_day(procedure, last_served_on, calendar)
    if held_on >= earliest.ordinary:
        raise RuleViolation("听证日期已经满足通知期限，不用各方书面同意。", article=earliest.article, rule="INV-14")
    if held_on < earliest.with_waivers:
        floor = procedure.waiver_floor.text if procedure.waiver_floor else "一天"
        raise RuleViolation(
            f"各方同意也不能这么早：通知送达后至少隔 {floor}，最早 {format_month_day(earliest.with_waivers)}。请改期。",
            article=earliest.article,
            rule="INV-14",
        )
    return earliest


def notice_days(held_on: date, served_on: date, counting: CountingMode, calendar: Calendar) -> int:
    """The working days from service to hearing, counted as the jurisdiction counts them (R-TIME-11)."""
    until = held_on - NEXT_DAY if counting is CountingMode.CLEAR_DAYS else held_on
    return working_days_between(served_on, until, calendar)


def _after(period: Period, served_on: date, procedure: Procedure, calendar: Calendar) -> date:
    return earliest_after_notice(served_on, period, procedure.notice_counting, calendar)


def _shortest(procedure: Procedure, served_on: date, calendar: Calendar) -> date:
    if procedure.waiver_floor is None:
        return served_on + NEXT_DAY
    return _after(procedure.waiver_floor, served_on, procedure, calendar)


def _reason(procedure: Procedure, served_on: date, is_waived: bool, article: str) -> str:
    served = f"（{format_month_day(served_on)} 送达）"
    if is_waived:
        floor = f"，但通知仍要提前 {procedure.waiver_floor.text}" if procedure.waiver_floor else "，但要在送达之后"
        return f"各方已书面同意缩短通知期限{floor}{served}。依据：{article}"
    ways = "各方书面同意可以提前"
    if procedure.waiver_floor is not None:
        at_floor = procedure.notice == procedure.waiver_floor
        shortest = procedure.waiver_floor.text
        ways = "各方同意也不能再短" if at_floor else f"各方书面同意可以提前，但不能少于 {shortest}"
    return f"通知要提前 {procedure.notice.text}送到最后一方{served}。{ways}。依据：{article}"
