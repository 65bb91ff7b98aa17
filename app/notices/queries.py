"""Reading messages, links, visits and wishes: what is due, what waits for the staff, whose link this is."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from app.errors import NotFound
from app.extensions import db
from app.notices.models import AccessLink, OutboxMessage, PortalSession, Wish
from app.notices.rules import LinkState, MessageStatus, is_session_alive

MOST_AT_ONCE = 100
WAITING_FOR_STAFF = (MessageStatus.DEAD, MessageStatus.TO_TELL)


def find_message(business_key: str) -> OutboxMessage | None:
    """The message of this business key."""
    return db.session.scalar(sa.select(OutboxMessage).filter_by(business_key=business_key))


def get_message(public_id: str) -> OutboxMessage:
    """The message with this public id; NotFound otherwise."""
    message = db.session.scalar(sa.select(OutboxMessage).filter_by(public_id=public_id))
    if message is None:
        raise NotFound("没有这条消息。")
    return message


def list_due_ids(now: datetime) -> list[int]:
    """Keys of the messages that may leave now, the oldest first, at most 100."""
    statement = (
        sa.select(OutboxMessage.id)
        .where(
            OutboxMessage.status == MessageStatus.QUEUED,
            OutboxMessage.not_before <= now,
            sa.or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until <= now),
        )
        .order_by(OutboxMessage.not_before, OutboxMessage.id)
        .limit(MOST_AT_ONCE)
    )
    return list(db.session.scalars(statement))


def list_messages_of_matter(matter_id: int) -> list[OutboxMessage]:
    """All messages of one matter, the newest first."""
    statement = sa.select(OutboxMessage).filter_by(matter_id=matter_id).order_by(OutboxMessage.id.desc())
    return list(db.session.scalars(statement))


def list_waiting_messages(matter_ids: "sa.Select[int]") -> list[OutboxMessage]:
    """Messages of these matters that were given up or must be told in person, the oldest first."""
    statement = (
        sa.select(OutboxMessage)
        .where(OutboxMessage.is_open, OutboxMessage.status.in_(WAITING_FOR_STAFF))
        .where(OutboxMessage.matter_id.in_(matter_ids))
        .order_by(OutboxMessage.id)
        .limit(MOST_AT_ONCE)
    )
    return list(db.session.scalars(statement))


def list_dead_links(matter_ids: "sa.Select[int]") -> list[AccessLink]:
    """Links of these matters that died by wrong codes and were not replaced since, the oldest first."""
    newer = sa.orm.aliased(AccessLink)
    replaced = sa.exists().where(newer.party_id == AccessLink.party_id, newer.id > AccessLink.id)
    statement = (
        sa.select(AccessLink)
        .where(AccessLink.state == LinkState.DEAD, AccessLink.matter_id.in_(matter_ids), ~replaced)
        .order_by(AccessLink.id)
        .limit(MOST_AT_ONCE)
    )
    return list(db.session.scalars(statement))


def list_open_wishes(matter_ids: "sa.Select[int]") -> list[Wish]:
    """What petitioners of these matters left and nobody has seen to, the oldest first."""
    statement = (
        sa.select(Wish)
        .where(Wish.settled_at.is_(None), Wish.matter_id.in_(matter_ids))
        .order_by(Wish.id)
        .limit(MOST_AT_ONCE)
    )
    return list(db.session.scalars(statement))


def list_wishes_of(party_id: int) -> list[Wish]:
    """What one party left, the newest first."""
    return list(db.session.scalars(sa.select(Wish).filter_by(party_id=party_id).order_by(Wish.id.desc())))


def get_wish(public_id: str) -> Wish:
    """The wish with this public id; NotFound otherwise."""
    wish = db.session.scalar(sa.select(Wish).filter_by(public_id=public_id))
    if wish is None:
        raise NotFound("没有这一条。")
    return wish


def list_links_of_matter(matter_id: int) -> list[AccessLink]:
    """Every link of one matter, the newest first."""
    return list(db.session.scalars(sa.select(AccessLink).filter_by(matter_id=matter_id).order_by(AccessLink.id.desc())))


def list_open_links_of(party_id: int) -> list[AccessLink]:
    """The links of one party that were not taken back and did not die."""
    statement = sa.select(AccessLink).filter_by(party_id=party_id, state=LinkState.ACTIVE).order_by(AccessLink.id)
    return list(db.session.scalars(statement))


def get_link(public_id: str) -> AccessLink:
    """The link with this public id; NotFound otherwise."""
    link = db.session.scalar(sa.select(AccessLink).filter_by(public_id=public_id))
    if link is None:
        raise NotFound("没有这个链接。")
    return link


def find_usable_link(token: str, now: datetime) -> AccessLink | None:
    """The link of this secret if it can still be opened; unknown, dead, taken back and run out are all None."""
    link = db.session.scalar(sa.select(AccessLink).filter_by(token_digest=digest_of_secret(token)))
    return link if link is not None and link.is_usable(now) else None


def find_visit(token: str, now: datetime) -> PortalSession | None:
    """The running visit of this cookie token; None when it ended, ran out, or its link may not be used any more."""
    visit = db.session.scalar(sa.select(PortalSession).filter_by(token_digest=digest_of_secret(token)))
    if visit is None or visit.ended_at is not None or not visit.link.is_usable(now):
        return None
    alive = is_session_alive(created_at=visit.created_at, last_seen_at=visit.last_seen_at, now=now)
    return visit if alive else None


def outbox_age_seconds(now: datetime) -> int:
    """How long the oldest message that may leave has waited, in seconds; 0 when nothing waits."""
    oldest = db.session.scalar(
        sa.select(sa.func.min(OutboxMessage.not_before)).where(OutboxMessage.status == MessageStatus.QUEUED)
    )
    return max(0, int((now - oldest).total_seconds())) if oldest else 0


def digest_of_secret(secret: str) -> str:
    """What a row keeps of a link's or cookie's secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def count_told_in_person(messages: Iterable[OutboxMessage]) -> int:
    """How many of these messages go to somebody who has no mobile number."""
    return sum(message.status is MessageStatus.TO_TELL for message in messages)
