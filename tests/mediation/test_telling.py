"""The parties hear of their meeting: when booked, moved or off; nobody hears of what was withdrawn in time."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.matters.models import Party
from app.mediation.actions import MeetingWish, cancel_meeting, move_meeting
from app.mediation.models import MediationCase, MediationMeeting
from app.notices.models import OutboxMessage
from app.notices.rules import MessageKind, MessageStatus
from app.web.transaction import transaction
from tests.mediation.conftest import at, plan_for

TENTH = at(date(2025, 6, 10))


@pytest.fixture
def reachable(db: SQLAlchemy, case: MediationCase) -> MediationCase:
    """尤晓琴 wants messages, 冯志远 does not."""
    with transaction():
        for party in db.session.scalars(sa.select(Party)):
            party.accepts_messages = party.name == "尤晓琴"
    return db.session.get_one(MediationCase, case.id)


def messages(db: SQLAlchemy) -> list[OutboxMessage]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))


def states(db: SQLAlchemy) -> list[tuple[MessageKind, MessageStatus]]:
    return [(message.kind, message.status) for message in messages(db)]


def sent(db: SQLAlchemy) -> None:
    with transaction():
        for message in db.session.scalars(sa.select(OutboxMessage)):
            message.status = MessageStatus.SENT if message.recipient else MessageStatus.TOLD


def test_everybody_who_comes_is_told_or_named_to_the_staff(
    db: SQLAlchemy, reachable: MediationCase, book: Callable[..., MediationMeeting]
) -> None:
    book(reachable)
    by_name = {db.session.get_one(Party, message.party_id).name: message for message in messages(db)}
    assert by_name["尤晓琴"].status is MessageStatus.QUEUED
    assert by_name["尤晓琴"].recipient == "13800000002"
    assert "尤师傅：请6月11日上午9点到第一调解室参加调解，带身份证。不便来请打0990-5550123。" in by_name["尤晓琴"].text
    assert by_name["冯志远"].status is MessageStatus.TO_TELL
    assert "漏水" not in "".join(message.text for message in by_name.values())


def test_moving_before_anything_left_tells_the_new_time_alone(
    db: SQLAlchemy, reachable: MediationCase, book: Callable[..., MediationMeeting], district: Any
) -> None:
    meeting = book(reachable)
    with transaction():
        again = db.session.get_one(MediationMeeting, meeting.id)
        move_meeting(again, MeetingWish(plan_for(district, date(2025, 6, 12))), by=district.clerk, now=TENTH)
    booked = MessageKind.MEETING_BOOKED
    assert sorted(states(db)) == sorted(
        [(booked, MessageStatus.CANCELLED)] * 2 + [(booked, MessageStatus.QUEUED), (booked, MessageStatus.TO_TELL)]
    )
    assert "6月12日上午9点" in next(one.text for one in messages(db) if one.status is MessageStatus.QUEUED)


def test_moving_after_it_left_says_that_it_moved(
    db: SQLAlchemy, reachable: MediationCase, book: Callable[..., MediationMeeting], district: Any
) -> None:
    meeting = book(reachable)
    sent(db)
    with transaction():
        again = db.session.get_one(MediationMeeting, meeting.id)
        move_meeting(
            again, MeetingWish(plan_for(district, date(2025, 6, 12))), by=district.clerk, now=at(date(2025, 6, 10), 2)
        )
    later = messages(db)[2:]
    assert {message.kind for message in later} == {MessageKind.MEETING_MOVED}
    assert any("调解改到6月12日上午9点，请到第一调解室" in message.text for message in later)


@pytest.mark.parametrize("has_left", [False, True])
def test_calling_off_tells_those_who_know(
    db: SQLAlchemy, reachable: MediationCase, book: Callable[..., MediationMeeting], district: Any, has_left: bool
) -> None:
    meeting = book(reachable)
    if has_left:
        sent(db)
    with transaction():
        again = db.session.get_one(MediationMeeting, meeting.id)
        cancel_meeting(again, "一方请假", by=district.clerk, now=at(date(2025, 6, 10), 2))
    off = [message for message in messages(db) if message.kind is MessageKind.MEETING_CANCELLED]
    assert len(off) == (2 if has_left else 0)
    if not has_left:
        assert {status for _, status in states(db)} == {MessageStatus.CANCELLED}
