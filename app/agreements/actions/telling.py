"""Telling payer and payee of what is due, paid or late, by message or by the staff (R-MED-22)."""

from datetime import datetime

from app.agreements.models import Agreement, Obligation, Payment
from app.law.dates import format_month_day
from app.matters.models import Party, PartyKind
from app.notices.actions import queue_message
from app.notices.models import OutboxMessage
from app.notices.rules import MessageKind, greeting_of


def tell_payee_of_payment(entry: Payment, *, now: datetime) -> None:
    """Tell the payee that money came; once a payment."""
    obligation = entry.obligation
    payee = party_of(obligation.agreement, obligation.payee_key)
    if payee is not None:
        key = f"payment_received:{entry.public_id}"
        _tell(MessageKind.PAYMENT_RECEIVED, payee, obligation.agreement, format_month_day(entry.paid_on), key, now)
    entry.is_told = True


def remind_payer(obligation: Obligation, kind: MessageKind, *, now: datetime) -> bool:
    """Tell the payer what is due or overdue, once a day of payment however many payees; True when it is new."""
    agreement, due_on = obligation.agreement, obligation.due_on
    payer = party_of(agreement, obligation.payer_key)
    if payer is None or due_on is None:
        return False
    key = f"{kind.value}:{agreement.case.public_id}:{payer.public_id}:{due_on.isoformat()}"
    return _tell(kind, payer, agreement, format_month_day(due_on), key, now).queued_at == now


def tell_payee_of_delay(obligation: Obligation, *, now: datetime) -> bool:
    """Tell the payee that a payment is late, once a payment; True when it is new."""
    agreement, due_on = obligation.agreement, obligation.due_on
    payee = party_of(agreement, obligation.payee_key)
    if payee is None or due_on is None:
        return False
    key = f"payment_late:{obligation.public_id}:{due_on.isoformat()}"
    return _tell(MessageKind.PAYMENT_LATE, payee, agreement, format_month_day(due_on), key, now).queued_at == now


def party_of(agreement: Agreement, key: str) -> Party | None:
    """The party that the agreement calls by this key."""
    return next((row.party for row in agreement.parties if row.key == key), None)


def _tell(kind: MessageKind, party: Party, agreement: Agreement, when: str, key: str, now: datetime) -> OutboxMessage:
    committee, office = agreement.case.committee, agreement.matter.organisation
    return queue_message(
        kind,
        to=party.phone if party.accepts_messages else "",
        variables={
            "centre": office.centre_name or committee.short_name or office.short_name or committee.name,
            "phone": committee.contact_phone or office.contact_phone,
            "name": greeting_of(party.name, is_person=party.kind is PartyKind.PERSON),
            "when": when,
        },
        business_key=key,
        matter_id=agreement.matter_id,
        party_id=party.id,
        by=None,
        now=now,
    )
