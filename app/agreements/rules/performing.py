"""How does a payment stand today: not due, paid, paid late, in part, late or in default?  (R-MED-22, R-MED-23)

Late begins on the day after the due date. Default (违约) begins when the time for the visit after the due date has
run out as well and something is still owed, or at once after the due date when the payer said that he does not pay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.agreements.rules.states import Performance
from app.errors import RuleViolation
from app.law.calendar import Calendar
from app.law.dates import format_date
from app.law.money import format_yuan
from app.law.periods import last_day_of_period
from app.law.profile import Profile

ONE_DAY = timedelta(days=1)
REMIND_DAYS_BEFORE = 7
"""So many days before the due date the payer is reminded [P]."""
LOOK_BACK = timedelta(days=60)
"""Longer than any time for the visit after a due date."""


class Standing(StrEnum):
    """Where one payment stands on a day."""

    NOT_YET = "not_yet"
    PARTLY = "partly"
    LATE = "late"
    DEFAULT = "default"
    PAID = "paid"
    PAID_LATE = "paid_late"


class PaymentListStatus(StrEnum):
    """Where an uploaded list of payments stands."""

    PREVIEWED = "previewed"
    BOOKED = "booked"
    DISCARDED = "discarded"


STANDING_LABELS: Mapping[StrEnum, str] = {
    Standing.NOT_YET: "未到期",
    Standing.PARTLY: "付了一部分",
    Standing.LATE: "逾期",
    Standing.DEFAULT: "违约",
    Standing.PAID: "已付清",
    Standing.PAID_LATE: "迟付，已付清",
}
LIST_LABELS: Mapping[StrEnum, str] = {
    PaymentListStatus.PREVIEWED: "等确认",
    PaymentListStatus.BOOKED: "已入账",
    PaymentListStatus.DISCARDED: "没有用",
}


@dataclass(frozen=True)
class Debt:
    """One payment as the rules see it; money in fen, `paid_on` is the day of the last payment."""

    amount_fen: int
    paid_fen: int
    due_on: date | None
    paid_on: date | None
    performance: Performance

    @property
    def rest_fen(self) -> int:
        """What is still owed."""
        return self.amount_fen - self.paid_fen


def standing_of(debt: Debt, today: date, calendar: Calendar, profile: Profile) -> Standing:
    """Where a payment stands on that day; both dates follow from the due date alone."""
    due_on = debt.due_on
    if debt.rest_fen <= 0:
        is_late = due_on is not None and debt.paid_on is not None and debt.paid_on > due_on
        return Standing.PAID_LATE if is_late else Standing.PAID
    if due_on is None or today <= due_on:
        return Standing.PARTLY if debt.paid_fen else Standing.NOT_YET
    is_refused = debt.performance is Performance.NOT_PERFORMED
    return Standing.DEFAULT if is_refused or today >= default_from(due_on, calendar, profile) else Standing.LATE


def default_from(due_on: date, calendar: Calendar, profile: Profile) -> date:
    """The first day of default: after the time for the visit that follows the due date (instalment_follow_up)."""
    return last_day_of_period(due_on, profile.instalment_follow_up, calendar).legal_due + ONE_DAY


def last_due_in_default(today: date, calendar: Calendar, profile: Profile) -> date:
    """The latest due date whose unpaid payments are in default on that day."""
    due_on = today - ONE_DAY
    while default_from(due_on, calendar, profile) > today and due_on > today - LOOK_BACK:
        due_on -= ONE_DAY
    return due_on


def performance_of(amount_fen: int, paid_fen: int) -> Performance:
    """How far a payment is performed by the money alone."""
    if paid_fen >= amount_fen:
        return Performance.PERFORMED
    return Performance.PARTLY if paid_fen else Performance.DUE


def check_payment(debt: Debt, amount_fen: int, paid_on: date, *, effective_on: date, today: date) -> None:
    """Refuse a payment of nothing, of more than is owed, before the effect, or of a day to come (R-MED-22)."""
    if amount_fen <= 0:
        raise RuleViolation("付款金额要大于零。请核对。", rule="R-MED-22")
    if amount_fen > debt.rest_fen:
        over = format_yuan(amount_fen - debt.rest_fen)
        raise RuleViolation(
            f"多了 {over} 元：这一笔还欠 {format_yuan(debt.rest_fen)} 元。请核对是不是付错了人或者另有约定。",
            rule="R-MED-22",
        )
    if not effective_on <= paid_on <= today:
        raise RuleViolation(
            f"付款日期要在协议生效（{format_date(effective_on)}）以后、今天以前。请核对。", rule="R-MED-22"
        )
