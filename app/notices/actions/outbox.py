"""Putting a message into the outbox with the act it belongs to; withdrawing, repeating and telling in person."""

import json
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.law import phone
from app.notices.models import OutboxMessage
from app.notices.queries import find_message
from app.notices.rules import (
    MESSAGE_TRANSITIONS,
    OPEN_STATUSES,
    STATUS_LABELS,
    Channel,
    MessageKind,
    MessageStatus,
    compose_message,
    earliest_sending,
)
from app.privacy.sealed import key_ring


def queue_message(
    kind: MessageKind,
    *,
    to: str,
    variables: Mapping[str, str],
    business_key: str,
    by: Actor | None,
    now: datetime,
    not_before: datetime | None = None,
    matter_id: int | None = None,
    party_id: int | None = None,
    channel: Channel = Channel.SMS,
    link: str = "",
) -> OutboxMessage:
    """Queue one message with the act; the same business key gives the message that is there already.

    Without a mobile number nothing is sent: the row waits until the staff have told the person (message 14).
    """
    known = find_message(business_key)
    if known is not None:
        return known
    can_receive = bool(to) and (channel is not Channel.SMS or phone.is_mobile(to))
    status = MessageStatus.QUEUED if can_receive else MessageStatus.TO_TELL
    message = OutboxMessage(
        business_key=business_key,
        message_id=key_ring().digest("outbox", business_key),
        kind=kind,
        channel=channel if can_receive else Channel.LETTER,
        matter_id=matter_id,
        party_id=party_id,
        status=status,
        is_open=True,
        not_before=earliest_sending(max(now, not_before or now)),
        queued_by=by.account_id if by else None,
        queued_at=now,
    )
    message.recipient = to
    message.text = compose_message(kind, variables, link=link)
    message.variables_json = json.dumps(dict(variables), ensure_ascii=False)
    db.session.add(message)
    db.session.flush()
    record(by, "message.queue", message, after=status.value, message=kind.value, channel=message.channel.value)
    return message


def cancel_messages(business_prefix: str, *, by: Actor | None, now: datetime) -> int:
    """Withdraw the messages whose business key starts so; gives how many will surely not leave.

    One that is being handed over at this moment may still arrive, but is not tried again.
    """
    open_rows = sa.and_(
        OutboxMessage.business_key.startswith(business_prefix, autoescape=True),
        OutboxMessage.status.in_((MessageStatus.QUEUED, MessageStatus.DEAD, MessageStatus.TO_TELL)),
    )
    is_on_its_way = sa.and_(OutboxMessage.leased_until.is_not(None), OutboxMessage.leased_until > now)
    change = {"status": MessageStatus.CANCELLED, "is_open": False, "ended_at": now, "text_sealed": None}
    cancelled = _update(sa.and_(open_rows, ~sa.func.coalesce(is_on_its_way, sa.false())), change)
    on_the_way = _update(open_rows, {"is_withdrawn": True})
    if cancelled or on_the_way:
        record(by, "message.cancel", kind="outbox_message", cancelled=cancelled, on_the_way=on_the_way)
    return cancelled


def retry_message(message: OutboxMessage, *, by: Actor, now: datetime) -> None:
    """Try a message again that was given up, with the same message id."""
    _move(message, MessageStatus.QUEUED)
    message.attempts, message.last_error, message.ended_at = 0, "", None
    message.leased_until, message.not_before = None, earliest_sending(now)
    record(by, "message.retry", message, before=MessageStatus.DEAD.value, after=message.status.value)


def mark_told(message: OutboxMessage, *, by: Actor, now: datetime) -> None:
    """Note that the person was told in person or by telephone instead."""
    before = message.status
    _move(message, MessageStatus.TOLD)
    message.ended_at, message.text = now, None
    record(by, "message.told", message, before=before.value, after=message.status.value)


def _move(message: OutboxMessage, target: MessageStatus) -> None:
    if target not in MESSAGE_TRANSITIONS[message.status]:
        raise RuleViolation(f"这条消息现在是“{STATUS_LABELS[message.status]}”，不用再办。请刷新看一看。")
    message.status = target
    message.is_open = target in OPEN_STATUSES


def _update(condition: sa.ColumnElement[bool], values: Mapping[str, object]) -> int:
    statement = sa.update(OutboxMessage).where(condition).values(**values)
    result = db.session.execute(statement, execution_options={"synchronize_session": "fetch"})
    return int(getattr(result, "rowcount", 0))
