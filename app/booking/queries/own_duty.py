"""One person's own duty: slots ahead, what was asked of whom, and what his calendar feed says."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.booking.models import BookedSession, DutyFeed, DutyRequest, DutySlot, Leave
from app.booking.queries.boards import list_sessions_of_person
from app.booking.queries.rooms import in_area
from app.booking.queries.snapshot import LUNCH_FROM, LUNCH_UNTIL, OFFICE_OPENS_AT
from app.booking.rules.duty_requests import HalfSlot, RequestStatus, Standing
from app.booking.rules.ical import FeedEvent
from app.booking.rules.words import HalfDay
from app.errors import NotFound
from app.extensions import db
from app.law import clock
from app.people.models import Account
from app.settings.queries import profile_on

FEED_BEFORE, FEED_AHEAD = timedelta(days=30), timedelta(days=180)
DUTY_TITLE, SESSION_TITLE = "值班", "有一场会议"


def list_slots_of_person(account_id: int, first: date, last: date) -> Sequence[DutySlot]:
    """A person's published half-days on these days, in order of time."""
    statement = (
        sa.select(DutySlot)
        .where(DutySlot.account_id == account_id, DutySlot.day.between(first, last))
        .order_by(DutySlot.day, DutySlot.half.desc())
        .options(joinedload(DutySlot.post))
    )
    return db.session.scalars(statement).all()


def find_slot(account_id: int, when: HalfSlot) -> DutySlot | None:
    """A person's published duty on one half-day."""
    return db.session.scalar(sa.select(DutySlot).filter_by(account_id=account_id, day=when.day, half=when.half))


def list_leaves_of_person(account_id: int, first: date, last: date) -> Sequence[Leave]:
    """A person's leave that touches these days."""
    statement = sa.select(Leave).where(Leave.account_id == account_id, Leave.starts_on <= last, Leave.ends_on >= first)
    return db.session.scalars(statement.order_by(Leave.starts_on)).all()


def standing_of(asker: Account, colleague: Account, *whens: HalfSlot) -> Standing:
    """How the two stand on these half-days, for the rules of swap and cover."""
    return Standing(
        asker_serves=_serves(asker, whens),
        colleague_serves=_serves(colleague, whens),
        asker_away=_away(asker, whens),
        colleague_away=_away(colleague, whens),
        may_asker_serve=all(_may_serve(asker, colleague, when) for when in whens),
        may_colleague_serve=all(_may_serve(colleague, asker, when) for when in whens),
    )


def get_request(public_id: str) -> DutyRequest:
    """The request with this public id; NotFound otherwise."""
    request = db.session.scalar(sa.select(DutyRequest).filter_by(public_id=public_id).options(*WITH_PEOPLE))
    if request is None:
        raise NotFound("没有这一条申请。")
    return request


def list_requests_of(account_id: int, since: datetime) -> Sequence[DutyRequest]:
    """What a person asked or was asked: open ones, and those asked since then; the newest first."""
    statement = sa.select(DutyRequest).where(
        sa.or_(DutyRequest.asker_id == account_id, DutyRequest.colleague_id == account_id),
        sa.or_(DutyRequest.is_open, DutyRequest.asked_at >= since),
    )
    return db.session.scalars(statement.order_by(DutyRequest.id.desc()).options(*WITH_PEOPLE)).all()


def list_requests_of_area(area_id: int, since: datetime) -> Sequence[DutyRequest]:
    """What an area's people ask: open ones, and those asked since then; open ones first, then the newest."""
    statement = (
        sa.select(DutyRequest)
        .join(DutyRequest.asker)
        .join(Account.organisation)
        .where(in_area(area_id), sa.or_(DutyRequest.is_open, DutyRequest.asked_at >= since))
        .order_by(DutyRequest.is_open.desc(), DutyRequest.id.desc())
        .options(*WITH_PEOPLE)
    )
    return db.session.scalars(statement).all()


def count_requests_waiting(account_id: int, approving_area: int | None) -> int:
    """How many requests wait for this person: as the colleague asked, or as one who approves for an area."""
    asked = sa.and_(DutyRequest.status == RequestStatus.ASKED, DutyRequest.colleague_id == account_id)
    statement = sa.select(sa.func.count()).select_from(DutyRequest)
    statement = statement.join(DutyRequest.asker).join(Account.organisation).where(DutyRequest.is_open)
    if approving_area is None:
        return db.session.scalar(statement.where(asked)) or 0
    agreed = sa.and_(DutyRequest.status == RequestStatus.AGREED, in_area(approving_area))
    return db.session.scalar(statement.where(sa.or_(asked, agreed))) or 0


def find_own_feed(account_id: int) -> DutyFeed | None:
    """The address that a person's calendar may read now."""
    return db.session.scalar(sa.select(DutyFeed).filter_by(account_id=account_id, revoked_at=None))


def find_feed(token: str) -> DutyFeed | None:
    """The feed of this secret; None when it is unknown, revoked, or its person left."""
    feed = db.session.scalar(
        sa.select(DutyFeed).filter_by(token_digest=digest_of_feed(token), revoked_at=None).options(joinedload("*"))
    )
    return feed if feed is not None and feed.account.is_active else None


def digest_of_feed(token: str) -> str:
    """What the row keeps of the secret: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def list_feed_events(account_id: int, today: date) -> list[FeedEvent]:
    """Duty and sessions of a person from a month ago to half a year ahead, without names and subjects."""
    first, last = today - FEED_BEFORE, today + FEED_AHEAD
    away = {day for leave in list_leaves_of_person(account_id, first, last) for day in _days(leave)}
    closes = profile_on(today).business_closes_at
    duty = [_of_slot(slot, closes) for slot in list_slots_of_person(account_id, first, last) if slot.day not in away]
    sessions = [_of_session(session) for session in list_sessions_of_person(account_id, first, last)]
    return sorted((*duty, *sessions), key=lambda event: (event.starts_at, event.uid))


WITH_PEOPLE = (joinedload(DutyRequest.asker), joinedload(DutyRequest.colleague))


def _serves(account: Account, whens: tuple[HalfSlot, ...]) -> frozenset[HalfSlot]:
    return frozenset(when for when in whens if find_slot(account.id, when) is not None)


def _away(account: Account, whens: tuple[HalfSlot, ...]) -> frozenset[HalfSlot]:
    return frozenset(when for when in whens if list_leaves_of_person(account.id, when.day, when.day))


def _may_serve(taker: Account, giver: Account, when: HalfSlot) -> bool:
    slot = find_slot(giver.id, when)
    return slot is None or slot.post is None or slot.post.role in taker.roles


def _days(leave: Leave) -> list[date]:
    return [leave.starts_on + timedelta(days=step) for step in range((leave.ends_on - leave.starts_on).days + 1)]


def _of_slot(slot: DutySlot, closes: time) -> FeedEvent:
    is_morning = slot.half is HalfDay.MORNING
    starts, ends = (OFFICE_OPENS_AT, LUNCH_FROM) if is_morning else (LUNCH_UNTIL, closes)
    place = slot.post.place if slot.post else ""
    return FeedEvent(
        uid=f"duty-{slot.public_id}@fangtiaotong",
        starts_at=clock.from_local(slot.day, starts),
        ends_at=clock.from_local(slot.day, ends),
        title=" · ".join(part for part in (DUTY_TITLE, place) if part),
        place=place,
    )


def _of_session(session: BookedSession) -> FeedEvent:
    return FeedEvent(
        uid=f"session-{session.public_id}@fangtiaotong",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=SESSION_TITLE,
        place=session.room.name,
    )
