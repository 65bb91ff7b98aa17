"""The watch: who hears that money came, who is reminded before a payment is due, who hears that one is late.

Each piece commits by itself; business keys make the whole safe to run again after a crash.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from app.agreements.actions.telling import remind_payer, tell_payee_of_delay, tell_payee_of_payment
from app.agreements.models import Obligation, Payment
from app.agreements.queries.schedule import list_due_between, list_untold_payments
from app.agreements.rules.performing import ONE_DAY, REMIND_DAYS_BEFORE
from app.extensions import db
from app.law import clock
from app.notices.rules import MessageKind
from app.web.transaction import transaction

PIECE = 50
TELL_OF_DELAY_WITHIN = timedelta(days=30)
"""A worker that stood still longer tells nobody of old delays; the staff see them in the schedule."""


def watch_performance(now: datetime) -> int:
    """Remind payers of what is due within a week, tell both sides what is late; gives how many messages are new."""
    today = clock.local_date(now)
    soon = list_due_between(today, today + timedelta(days=REMIND_DAYS_BEFORE))
    late = list_due_between(today - TELL_OF_DELAY_WITHIN, today - ONE_DAY)
    told = _each(soon, lambda row: int(remind_payer(row, MessageKind.PAYMENT_DUE, now=now)))
    return told + _each(late, lambda row: _tell_of_delay(row, now))


def tell_payees(now: datetime) -> int:
    """Tell the payees of money that was recorded; gives how many heard."""
    waiting = list_untold_payments()
    for start in range(0, len(waiting), PIECE):
        with transaction():
            for key in waiting[start : start + PIECE]:
                tell_payee_of_payment(db.session.get_one(Payment, key), now=now)
    return len(waiting)


def _tell_of_delay(row: Obligation, now: datetime) -> int:
    return int(tell_payee_of_delay(row, now=now)) + int(remind_payer(row, MessageKind.PAYMENT_OVERDUE, now=now))


def _each(ids: Sequence[int], tell: Callable[[Obligation], int]) -> int:
    """Tell of each payment, some in one transaction, so that nobody waits long for the database."""
    told = 0
    for start in range(0, len(ids), PIECE):
        with transaction():
            told += sum(tell(db.session.get_one(Obligation, key)) for key in ids[start : start + PIECE])
    return told
