"""How was this date computed?  The steps of the page 怎么算的, as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.law.calendar import Calendar
from app.law.clock_rules import ClockRule, Direction
from app.law.clocks import get_clock
from app.law.computing import ClockDates
from app.law.dates import format_date_with_weekday, format_month_day
from app.law.periods import UNIT_WORDS, CountingMode, Period, Unit, last_day_of_period
from app.law.profile import Profile


@dataclass(frozen=True)
class Step:
    """One line of the explanation: what it is about, what it says, the day it reaches if any."""

    title: str
    text: str
    day: date | None = None


def explain_clock(dates: ClockDates, calendar: Calendar, *, profile: Profile) -> tuple[Step, ...]:
    """From the trigger to the legal date, in the order a clerk would count on a wall calendar."""
    rule = get_clock(dates.clock)
    if rule.direction is Direction.EARLIEST:
        steps = [*_notice_steps(rule, dates, calendar, profile)]
    else:
        steps = [*_due_steps(rule, dates, calendar)]
    if dates.is_provisional:
        steps.append(Step("暂定", "有一年的放假通知还没有录入，只按周末计算；录入后自动重算。"))
    return tuple(steps)


def _due_steps(rule: ClockRule, dates: ClockDates, calendar: Calendar) -> Iterator[Step]:
    yield Step("起算", f"{rule.trigger}：{format_date_with_weekday(dates.trigger)}，当天不算。", dates.trigger)
    yield Step("期限", _length_text(dates.period, dates.article))
    unit = UNIT_WORDS[Unit.WORKING_DAY if dates.period.unit is Unit.WORKING_DAY else Unit.DAY]
    if dates.extend_days or dates.paused_days:
        plain = last_day_of_period(dates.trigger, dates.period, calendar).nominal
        yield Step("不延期、不暂停", f"数到 {format_date_with_weekday(plain)}。", plain)
    if dates.extend_days:
        yield Step("延期", f"接在最后一天后面再加 {dates.extend_days} {unit}。")
    if dates.paused_days:
        yield Step("暂停", f"{_pause_text(rule)}{dates.paused_days} {unit}不算在内，顺延。")
    yield from _counted_days(dates, calendar)
    yield Step("最后一天", f"数到 {format_date_with_weekday(dates.nominal)}。", dates.nominal)
    yield from _rolling(dates, calendar)
    yield Step("法定到期日", format_date_with_weekday(dates.legal_due), dates.legal_due)
    yield Step("内部目标日", format_date_with_weekday(dates.internal_target), dates.internal_target)


def _notice_steps(rule: ClockRule, dates: ClockDates, calendar: Calendar, profile: Profile) -> Iterator[Step]:
    yield Step("起算", f"{rule.trigger}：{format_date_with_weekday(dates.trigger)}，当天不算。", dates.trigger)
    yield Step("提前通知", _length_text(dates.period, dates.article))
    yield from _counted_days(dates, calendar)
    clear = "送达日和听证日之间要隔满整个期限"
    inclusive = "期限的最后一天就可以听证"
    is_clear = profile.notice_counting is CountingMode.CLEAR_DAYS
    yield Step("算法", f"{clear if is_clear else inclusive}。")
    yield Step("最早可以听证", format_date_with_weekday(dates.legal_due), dates.legal_due)


def _length_text(period: Period, article: str) -> str:
    counting = "只数工作日" if period.unit is Unit.WORKING_DAY else "休息日也数在内"
    return f"{period.text}，{counting}。依据{article}"


def _pause_text(rule: ClockRule) -> str:
    return f"{rule.pause.ground}（依据{rule.pause.article}）" if rule.pause else "本地规定的暂停"


def _counted_days(dates: ClockDates, calendar: Calendar) -> Iterator[Step]:
    if dates.period.unit is not Unit.WORKING_DAY:
        return
    rest = _named_days(calendar.rest_days, dates)
    swapped = _named_days(calendar.swapped_working_days, dates)
    if rest:
        yield Step("放假不算", "、".join(rest))
    if swapped:
        yield Step("调休上班照算", "、".join(swapped))


def _rolling(dates: ClockDates, calendar: Calendar) -> Iterator[Step]:
    if dates.legal_due == dates.nominal:
        mark = calendar.day_kind(dates.nominal)
        if mark.mark == "班":
            yield Step("不顺延", "这一天是调休上班的工作日。")
        return
    resting = [dates.nominal + timedelta(days=step) for step in range((dates.legal_due - dates.nominal).days)]
    names = "、".join(f"{format_month_day(day)} {calendar.day_kind(day).name}" for day in resting)
    yield Step("顺延", f"遇休息日顺延到下一个工作日：{names}。依据《民法典》第二百零三条", dates.legal_due)


def _named_days(days: Mapping[date, str], dates: ClockDates) -> list[str]:
    return [
        f"{format_month_day(day)} {name}"
        for day, name in sorted(days.items())
        if dates.trigger < day <= dates.legal_due
    ]
