"""When does this clock end, and may it be extended or paused?

An extension is appended to the nominal last day and rolled once (R-TIME-09).  A pause needs a ground in the
table or a basis in the profile (R-CLOCK-03, INV-07).
"""

from dataclasses import dataclass
from datetime import date

from app.errors import RuleViolation
from app.law.calendar import Calendar
from app.law.clock_rules import ClockRule, Direction, Extension, Variant
from app.law.clocks import get_clock
from app.law.dates import format_date
from app.law.periods import (
    LONGEST,
    CountingMode,
    Period,
    Unit,
    earliest_after_notice,
    last_day_of_period,
    working_days_between,
)
from app.law.profile import Profile

PETITION_PAUSE_RULE = "INV-07"
EXTENSION_RULES = {"petition_handling": "INV-06"}


@dataclass(frozen=True)
class ClockDates:
    """The dates of one running clock.

    `legal_due` binds, `internal_target` is what alerts use; for a notice clock all three are the
    earliest day by the profile's counting, and both readings stand in `earliest` (clear days) and
    `earliest_inclusive`.
    """

    clock: str
    trigger: date
    period: Period
    article: str
    nominal: date
    legal_due: date
    internal_target: date
    is_provisional: bool
    extend_days: int = 0
    paused_days: int = 0
    earliest: date | None = None
    earliest_inclusive: date | None = None


def compute_clock(
    clock: str,
    trigger: date,
    calendar: Calendar,
    *,
    profile: Profile,
    extend_days: int = 0,
    times_extended: int = 1,
    paused_days: int = 0,
    summary: bool = False,
    announced: bool = False,
) -> ClockDates:
    """The dates of a clock from its trigger (rules of 7A, R-TIME-01…14).

    `extend_days` (all extensions together) and `paused_days` are working days for a clock in working days,
    else natural days.  Refuses an extension or pause that the clock does not allow.
    """
    rule = get_clock(clock)
    variant = _variant(rule, summary=summary, announced=announced)
    period = variant.length(profile) if variant else rule.length(profile)
    article = variant.article if variant else rule.article
    _check_extra_days(rule, variant, profile, extend_days, times_extended)
    if paused_days:
        _check_may_pause(rule, profile)
        _check_paused_days(rule, paused_days)
    if rule.direction is Direction.EARLIEST:
        return _notice_dates(rule, period, trigger, calendar, profile)
    end = last_day_of_period(trigger, period, calendar, extra=extend_days + paused_days)
    _check_latest_day(rule.extension, trigger, end.nominal, calendar)
    return ClockDates(
        clock=clock,
        trigger=trigger,
        period=period,
        article=article,
        nominal=end.nominal,
        legal_due=end.legal_due,
        internal_target=end.internal_target,
        is_provisional=end.is_provisional,
        extend_days=extend_days,
        paused_days=paused_days,
    )


def check_extension(
    clock: str,
    *,
    profile: Profile,
    nominal: date,
    approved_on: date,
    extend_days: int,
    reason: str,
    times_before: int = 0,
    summary: bool = False,
) -> None:
    """Refuse an extension that is too long, too late (R-CLOCK-02), a second one (INV-06) or without reason.

    `nominal` is the nominal last day before this extension.
    """
    rule = get_clock(clock)
    if extend_days < 1:
        raise _refused_extension(rule, "延期至少一天。请填写天数。")
    extension = _extension_of(rule, _variant(rule, summary=summary, announced=False))
    if times_before and not extension.is_renewable:
        raise _refused_extension(rule, f"已经延期过一次，不能再延。依据{rule.article}")
    _check_length(rule, extension, profile, extend_days, times=1)
    if approved_on > nominal:
        raise _refused_extension(
            rule,
            f"不能延期了：延期要在 {format_date(nominal)}前批准。请按期限已过办理，或先报负责人。",
            rule_id="R-CLOCK-02",
        )
    if not reason.strip():
        raise _refused_extension(rule, f"请写明延期理由，理由要告知当事人。依据{rule.article}")


def check_pause(clock: str, *, basis: str, profile: Profile) -> None:
    """Refuse a pause that neither the table nor the profile allows, or without a cited basis (R-CLOCK-03)."""
    rule = get_clock(clock)
    _check_may_pause(rule, profile)
    if not basis.strip():
        raise RuleViolation("请写明暂停的依据（哪部规定第几条）。", article=rule.article, rule="R-CLOCK-03")


def paused_days_between(clock: str, since: date, until: date, calendar: Calendar, *, profile: Profile) -> int:
    """Days of a pause in the clock's own unit: end minus start (R-PET-23), or the working days among them."""
    if until < since:
        raise RuleViolation("暂停的结束日不能早于开始日。", rule="R-CLOCK-01")
    if get_clock(clock).length(profile).unit is Unit.WORKING_DAY:
        return working_days_between(since, until, calendar)
    return (until - since).days


def _variant(rule: ClockRule, *, summary: bool, announced: bool) -> Variant | None:
    if summary and rule.summary:
        return rule.summary
    return rule.announced if announced else None


def _notice_dates(rule: ClockRule, notice: Period, served_on: date, calendar: Calendar, profile: Profile) -> ClockDates:
    clear = earliest_after_notice(served_on, notice, CountingMode.CLEAR_DAYS, calendar)
    inclusive = earliest_after_notice(served_on, notice, CountingMode.INCLUSIVE, calendar)
    chosen = clear if profile.notice_counting is CountingMode.CLEAR_DAYS else inclusive
    return ClockDates(
        clock=rule.code,
        trigger=served_on,
        period=notice,
        article=rule.article,
        nominal=chosen,
        legal_due=chosen,
        internal_target=chosen,
        is_provisional=not calendar.covers(served_on, chosen),
        earliest=clear,
        earliest_inclusive=inclusive,
    )


def _check_extra_days(rule: ClockRule, variant: Variant | None, profile: Profile, extend_days: int, times: int) -> None:
    if not 0 <= extend_days <= LONGEST:
        raise _refused_extension(rule, f"延期天数要在 0 到 {LONGEST} 之间。")
    if extend_days:
        _check_length(rule, _extension_of(rule, variant), profile, extend_days, times=times)


def _extension_of(rule: ClockRule, variant: Variant | None) -> Extension:
    if rule.extension is None:
        raise _refused_extension(rule, f"“{rule.due}”的期限不能延长。依据{rule.article}")
    if variant is not None:
        raise _refused_extension(rule, f"{variant.ground}的“{rule.due}”期限不能延长。依据{variant.article}")
    return rule.extension


def _check_length(rule: ClockRule, extension: Extension, profile: Profile, extend_days: int, *, times: int) -> None:
    longest = extension.longest_days(profile)
    if longest is None:
        return
    allowed = longest * times if extension.is_renewable else longest
    if extend_days > allowed:
        raise _refused_extension(rule, f"最多延期 {allowed} 日，现在是 {extend_days} 日。依据{rule.article}")


def _check_latest_day(extension: Extension | None, trigger: date, nominal: date, calendar: Calendar) -> None:
    if extension is None or extension.latest is None:
        return
    latest = last_day_of_period(trigger, extension.latest, calendar).nominal
    if nominal > latest:
        raise RuleViolation(
            f"最迟不能超过 {format_date(latest)}（{extension.latest.text}）。请改短延期。", rule="R-RECON-13"
        )


def _check_may_pause(rule: ClockRule, profile: Profile) -> None:
    if rule.pause is None and not profile.pause_bases.get(rule.code, "").strip():
        raise RuleViolation(
            f"“{rule.due}”的期限不能暂停，照常计算。依据{rule.article}",
            article=rule.article,
            rule=PETITION_PAUSE_RULE,
        )


def _check_paused_days(rule: ClockRule, paused_days: int) -> None:
    if not 0 <= paused_days <= LONGEST:
        raise RuleViolation(f"暂停天数要在 0 到 {LONGEST} 之间。", article=rule.article, rule="R-CLOCK-03")


def _refused_extension(rule: ClockRule, message: str, *, rule_id: str = "") -> RuleViolation:
    return RuleViolation(message, article=rule.article, rule=rule_id or EXTENSION_RULES.get(rule.code, "R-CLOCK-02"))
