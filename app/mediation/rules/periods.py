"""How long may a mediation go on, and what must be said on the way? (R-MED-14…16, R-MED-15 for labour)"""

from collections.abc import Iterable
from datetime import date

from app.errors import RuleViolation
from app.law.dates import format_date, format_month_day

ARTICLE_LABOUR = "《劳动争议调解仲裁法》第十四条第三款"
ARTICLE_PERIOD = "《人民调解工作若干规定》第三十三条"


def check_extension_consents(missing: Iterable[str]) -> None:
    """Refuse an extension that not every party agreed to (R-MED-14)."""
    names = list(missing)
    if names:
        listed = "、".join(names[:3]) + (f" 等 {len(names)} 人" if len(names) > 3 else "")
        raise RuleViolation(
            f"还不能延期：{listed} 没有同意。延期要全体当事人同意。依据{ARTICLE_PERIOD}",
            article=ARTICLE_PERIOD,
            rule="R-MED-14",
        )


def is_labour_notice_due(fifteenth_day: date | None, told_on: date | None, today: date) -> bool:
    """True from the fifteenth day on until the parties were told of arbitration."""
    return fifteenth_day is not None and told_on is None and today >= fifteenth_day


def check_labour_notice(fifteenth_day: date | None, told_on: date | None, today: date) -> None:
    """Refuse to go on from the fifteenth day until the parties were told (R-MED-15)."""
    if fifteenth_day is not None and is_labour_notice_due(fifteenth_day, told_on, today):
        raise RuleViolation(
            f"劳动争议到 {format_month_day(fifteenth_day)} 已满 15 天。请先告知当事人可以申请劳动仲裁并记下，再往下办。"
            f"依据{ARTICLE_LABOUR}",
            article=ARTICLE_LABOUR,
            rule="R-MED-15",
        )


def check_may_continue(continues: bool | None) -> None:
    """Refuse to go on when the parties, told of arbitration, did not want to (R-MED-15)."""
    if continues is False:
        raise RuleViolation(
            f"当事人不愿再调。请终止调解，并告知可以申请劳动仲裁。依据{ARTICLE_LABOUR}",
            article=ARTICLE_LABOUR,
            rule="R-MED-15",
        )


def check_period_is_over(last_day: date, today: date) -> None:
    """Refuse the ground "period over" while it still runs (R-MED-17)."""
    if today <= last_day:
        raise RuleViolation(
            f"调解期限到 {format_date(last_day)} 才届满。请选别的原因，或等届满以后再终止。依据{ARTICLE_PERIOD}",
            article=ARTICLE_PERIOD,
            rule="R-MED-17",
        )


def check_act_day(day: date, *, not_before: date, today: date, what: str) -> None:
    """Refuse a day in the future or before what it follows."""
    if not not_before <= day <= today:
        raise RuleViolation(
            f"{what}要在 {format_month_day(not_before)} 到今天之间。请核对。", article=ARTICLE_PERIOD, rule="R-CLOCK-01"
        )


def routes_open_to(*, is_labour: bool, from_petition: bool) -> tuple[str, ...]:
    """The ways a party may go when mediation ends without agreement, for the clerk to tell (R-MED-17)."""
    routes = ["向人民法院起诉"]
    if is_labour:
        routes = ["向劳动人事争议仲裁委员会申请仲裁", "对仲裁裁决不服的，依法向人民法院起诉"]
    if from_petition:
        routes.append("信访事项转回信访部门继续办理")
    return tuple(routes)
