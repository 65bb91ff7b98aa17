"""Until when may an application be taken back before the hearing, and may it be made again? (R-RECON-11)

A petition hearing may be given up until it is over and asked for again with new evidence (R-HEAR-06); the local rules
on reconsideration hearings set a last day and leave a second request out.
"""

from datetime import date, timedelta

from app.errors import RuleViolation
from app.hearings.rules.procedures import Procedure
from app.law.calendar import Calendar
from app.law.dates import format_date, format_month_day
from app.law.periods import earliest_after_notice

ARTICLE = "本区复议听证规则"
ONE_DAY = timedelta(days=1)


def last_day_to_withdraw(procedure: Procedure, held_on: date, calendar: Calendar) -> date | None:
    """The last day that leaves the whole notice before the hearing; None where the procedure sets none."""
    notice, day = procedure.withdrawal_notice, held_on
    if notice is None:
        return None
    while earliest_after_notice(day, notice, procedure.notice_counting, calendar) > held_on:
        day -= ONE_DAY
    return day


def check_withdrawal(last_day: date | None, *, today: date) -> None:
    """Refuse to take the application back after its last day; whoever stays away then waives (R-RECON-05/11)."""
    if last_day is not None and today > last_day:
        raise RuleViolation(
            f"听证申请最迟 {format_month_day(last_day)}可以撤回，现在已经过了。"
            f"申请人没有正当理由不来的，开听证那天按放弃听证办；有正当理由的，请办延期。依据{ARTICLE}",
            article=ARTICLE,
            rule="R-RECON-11",
        )


def check_may_ask_again(withdrawn_on: date | None) -> None:
    """Refuse a second request in a reconsideration case in which one was taken back (R-RECON-11)."""
    if withdrawn_on is not None:
        raise RuleViolation(
            f"申请人 {format_date(withdrawn_on)}撤回过这件复议的听证申请，不能再申请。"
            f"复议机构认为有必要的，可以自己决定听证。依据{ARTICLE}",
            article=ARTICLE,
            rule="R-RECON-11",
        )
