"""Sending what waits in the outbox: claim with a lease, hand over with the same id, mark; never inside a transaction.

A crash anywhere leaves the row claimed until its lease ends; the next sender hands it over again under the same
message id, which the gateway knows.
"""

import logging
from datetime import datetime

import sqlalchemy as sa

from app.audit.actions import record
from app.extensions import db
from app.law import clock
from app.notices.gateways import Envelope, GatewayRefused, gateway_for
from app.notices.models import OutboxMessage
from app.notices.queries import list_due_ids
from app.notices.rules import LEASE, MAX_ATTEMPTS, MessageStatus, back_off
from app.web.faults import fault_point
from app.web.trace import begin_trace
from app.web.transaction import run_write

log = logging.getLogger(__name__)


def send_outbox(now: datetime) -> int:
    """Send what is due; gives how many messages the gateway took. Safe to run in several processes at once."""
    sent = 0
    for message_id in list_due_ids(now):
        worker = begin_trace()
        envelope = run_write(lambda key=message_id, name=worker: _claim(key, name))  # type: ignore[misc]
        if envelope is not None:
            sent += _send(envelope, worker)
    return sent


def _claim(key: int, worker: str) -> Envelope | None:
    now = clock.now()
    is_free = sa.or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until <= now)
    claim = (
        sa.update(OutboxMessage)
        .where(
            OutboxMessage.id == key,
            OutboxMessage.status == MessageStatus.QUEUED,
            OutboxMessage.not_before <= now,
            OutboxMessage.is_withdrawn.is_(False),
            is_free,
        )
        .values(leased_until=now + LEASE, leased_by=worker, attempts=OutboxMessage.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    if not getattr(db.session.execute(claim), "rowcount", 0):
        return None
    message = db.session.get_one(OutboxMessage, key, populate_existing=True)
    return Envelope.of(message)


def _send(envelope: Envelope, worker: str) -> int:
    fault_point("outbox.after_claim")
    try:
        fault_point("outbox.before_send")
        gateway_for(envelope.channel).deliver(envelope)
    except (GatewayRefused, OSError) as error:
        log.warning("message %s not taken: %s", envelope.message_id[:12], type(error).__name__)
        reason = str(error)
        run_write(lambda: _mark_failed(envelope.key, worker, reason))
        return 0
    fault_point("outbox.after_send")
    return run_write(lambda: _mark_sent(envelope.key, worker))


def _mark_sent(key: int, worker: str) -> int:
    fault_point("outbox.before_mark")
    message = _still_ours(key, worker)
    if message is None:
        return 0
    message.status, message.is_open, message.ended_at = MessageStatus.SENT, False, clock.now()
    message.leased_until, message.last_error = None, ""
    # The text may carry the secret of a link; once it has left nobody needs it here.
    message.text = None
    record(None, "message.sent", message, before=MessageStatus.QUEUED.value, after=message.status.value)
    return 1


def _mark_failed(key: int, worker: str, reason: str) -> None:
    message = _still_ours(key, worker)
    if message is None:
        return
    now = clock.now()
    message.leased_until, message.last_error = None, reason[:120]
    message.not_before = now + back_off(message.attempts)
    if message.is_withdrawn:
        message.status, message.is_open, message.ended_at = MessageStatus.CANCELLED, False, now
    elif message.attempts >= MAX_ATTEMPTS:
        message.status, message.ended_at = MessageStatus.DEAD, now
    if message.status is not MessageStatus.QUEUED:
        record(None, "message.failed", message, before=MessageStatus.QUEUED.value, after=message.status.value)


def _still_ours(key: int, worker: str) -> OutboxMessage | None:
    message = db.session.get_one(OutboxMessage, key, populate_existing=True, with_for_update=True)
    return message if message.leased_by == worker and message.status is MessageStatus.QUEUED else None
