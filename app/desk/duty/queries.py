"""Whom the publication of a month could not reach by a message."""

import sqlalchemy as sa

from app.booking.models import DutyRoster
from app.errors import NotFound
from app.extensions import db
from app.notices.models import OutboxMessage
from app.notices.rules import MessageStatus
from app.people.models import Account


def list_to_tell(roster: DutyRoster) -> list[tuple[OutboxMessage, Account]]:
    """Who must be told in person that his duty of the month changed, the oldest message first."""
    waiting = sa.select(OutboxMessage).where(
        OutboxMessage.is_open,
        OutboxMessage.status == MessageStatus.TO_TELL,
        OutboxMessage.business_key.startswith(f"duty:{roster.public_id}:", autoescape=True),
    )
    messages = list(db.session.scalars(waiting.order_by(OutboxMessage.id)))
    whose = {message.id: message.business_key.rpartition(":")[2] for message in messages}
    accounts = db.session.scalars(sa.select(Account).where(Account.public_id.in_(whose.values()))).unique()
    by_id = {account.public_id: account for account in accounts}
    return [(message, by_id[whose[message.id]]) for message in messages]


def get_to_tell(roster: DutyRoster, message_id: str) -> OutboxMessage:
    """One of these messages by its public id; NotFound otherwise."""
    found = next((message for message, _ in list_to_tell(roster) if message.public_id == message_id), None)
    if found is None:
        raise NotFound("没有这条消息，或者已经告知过。")
    return found
