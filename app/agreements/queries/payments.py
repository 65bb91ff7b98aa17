"""What one signer of an agreement gets or owes, each payment with its standing in plain words."""

from dataclasses import dataclass
from datetime import date

from app.agreements.models import Agreement, Obligation
from app.agreements.queries.schedule import debt_of
from app.agreements.rules import ObligationKind
from app.agreements.rules.paying import payment_words, which_payment
from app.agreements.rules.performing import standing_of
from app.law.dates import format_date
from app.settings.queries import calendar, profile_on


@dataclass(frozen=True)
class Payment:
    """One payment as the party waits for it or owes it: which, how much, by when, how it stands."""

    name: str
    amount_fen: int
    due: str
    is_to_me: bool
    state: str
    kind: str


def payments_of(agreement: Agreement, key: str, *, today: date) -> list[Payment]:
    """What the party that signs under `key` gets or owes, in the order of the agreement."""
    mine = [
        row
        for row in agreement.obligations
        if row.kind is ObligationKind.PAYMENT and key in (row.payee_key, row.payer_key)
    ]
    return [_payment(row, number, row.payee_key == key, today) for number, row in enumerate(mine, start=1)]


def _payment(row: Obligation, number: int, is_to_me: bool, today: date) -> Payment:
    standing = standing_of(debt_of(row), today, calendar(), profile_on(today))
    words, kind = payment_words(standing, row.performed_fen, is_to_me=is_to_me)
    return Payment(which_payment(number), row.amount_fen or 0, _due_words(row), is_to_me, words, kind)


def _due_words(row: Obligation) -> str:
    if row.due_on is not None:
        return f"{format_date(row.due_on)}前"
    return f"生效后 {row.due_after_days} 天内" if row.due_after_days else "签订时"
