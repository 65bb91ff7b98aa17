"""Which states a message knows, when it may leave and when it is tried again."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Shanghai")
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)
MAX_ATTEMPTS = 5
LEASE = timedelta(minutes=2)
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


class Channel(StrEnum):
    """How a message leaves; a letter is for somebody who has no phone."""

    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"


class MessageStatus(StrEnum):
    """Waiting, gone, given up after five tries, withdrawn; or to be told in person, and told."""

    QUEUED = "queued"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"
    TO_TELL = "to_tell"
    TOLD = "told"


MESSAGE_TRANSITIONS: Mapping[MessageStatus, frozenset[MessageStatus]] = {
    MessageStatus.QUEUED: frozenset({MessageStatus.SENT, MessageStatus.DEAD, MessageStatus.CANCELLED}),
    MessageStatus.DEAD: frozenset({MessageStatus.QUEUED, MessageStatus.TOLD, MessageStatus.CANCELLED}),
    MessageStatus.TO_TELL: frozenset({MessageStatus.TOLD, MessageStatus.CANCELLED}),
    MessageStatus.SENT: frozenset(),
    MessageStatus.CANCELLED: frozenset(),
    MessageStatus.TOLD: frozenset(),
}
OPEN_STATUSES = frozenset(status for status, onward in MESSAGE_TRANSITIONS.items() if onward)

STATUS_LABELS: Mapping[StrEnum, str] = {
    MessageStatus.QUEUED: "等待发送",
    MessageStatus.SENT: "已发出",
    MessageStatus.DEAD: "没有发出去",
    MessageStatus.CANCELLED: "已撤回",
    MessageStatus.TO_TELL: "要当面或电话告知",
    MessageStatus.TOLD: "已当面或电话告知",
    Channel.SMS: "短信",
    Channel.EMAIL: "电子邮件",
    Channel.LETTER: "当面",
}


def earliest_sending(wanted: datetime) -> datetime:
    """The first moment at or after `wanted` at which people may be disturbed: not from 21:00 to 8:00 local time."""
    local = wanted.astimezone(LOCAL_ZONE)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return wanted
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=LOCAL_ZONE).astimezone(wanted.tzinfo)


def back_off(attempts: int) -> timedelta:
    """How long to wait after the n-th failed try."""
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
