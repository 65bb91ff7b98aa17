"""Drafts: they hold their place at once and tell nobody; chains lend time; all is published in one transaction."""

from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.booking.actions import expire_drafts, take_out
from app.booking.models import BookedSession, DraftMove, Occupancy
from app.booking.queries import find_occupancy_findings, plan_of
from app.booking.queries.drafts import list_basket, list_fallen_out
from app.booking.rules.need import SessionPlan
from app.booking.rules.words import DraftStatus, SessionStatus
from app.desk.calendar import actions
from app.desk.calendar.placers import Details, get_placing
from app.errors import Clash, DomainError, NotFound, RuleViolation
from app.mediation.rules import MeetingStatus
from app.notices.models import OutboxMessage
from app.web.transaction import transaction
from tests.factories import actor_of, make_account
from tests.mediation.conftest import at

NOW = at(date(2025, 6, 10), 2)
LATER = NOW + timedelta(seconds=11)
JUNE_11, JUNE_12 = date(2025, 6, 11), date(2025, 6, 12)
DETAILS = Details(date(2025, 6, 12))


@pytest.fixture
def clerk(district):
    return actor_of(district.coordinator)


def plan_of_case(district, mediator, day=JUNE_11, hour=9, room=None) -> SessionPlan:
    return SessionPlan((room or district.room).id, day, time(hour), 90, (("mediator", mediator.id),))


def put(key: str, plan: SessionPlan, clerk, *, now=NOW, details=DETAILS) -> DraftMove:
    with transaction():
        return actions.draft_place(get_placing(key, clerk, now), plan, details, by=clerk, now=now)


def lift(session, clerk) -> DraftMove:
    with transaction():
        return actions.draft_lifting(session, by=clerk, now=NOW)


def publish(clerk) -> None:
    with transaction():
        actions.announce_publishing(by=clerk, now=NOW)
    with transaction():
        actions.publish_basket(by=clerk, now=LATER)


def count(db, model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_draft_when_put_in_holds_the_place_and_tells_nobody(db, district, case, clerk) -> None:
    draft = put(f"case-{case.public_id}", plan_of_case(district, district.shi), clerk)
    assert draft.session.status is SessionStatus.DRAFT
    assert draft.expires_on == JUNE_11
    assert count(db, OutboxMessage) == 0
    assert case.meetings == []
    assert count(db, Occupancy) == 6 * 4  # room, mediator and two parties for six quarter hours
    assert find_occupancy_findings() == []


def test_inv_29_draft_when_another_wants_its_place_refuses_him(db, district, case, second_case, clerk, book) -> None:
    put(f"case-{case.public_id}", plan_of_case(district, district.shi), clerk)
    with pytest.raises(Clash):
        book(case)


def test_basket_when_published_books_through_the_owners_act_and_tells_the_parties(db, district, case, clerk) -> None:
    put(f"case-{case.public_id}", plan_of_case(district, district.shi), clerk)
    publish(clerk)
    (meeting,) = case.meetings
    assert meeting.status is MeetingStatus.PLANNED
    assert plan_of(meeting.session).day == JUNE_11
    assert count(db, OutboxMessage) == 2
    assert list_basket(clerk.account_id) == []
    assert count(db, BookedSession) == 1
    assert find_occupancy_findings() == []


def test_basket_when_published_before_ten_seconds_are_over_waits(db, district, case, clerk) -> None:
    put(f"case-{case.public_id}", plan_of_case(district, district.shi), clerk)
    with transaction():
        actions.announce_publishing(by=clerk, now=NOW)
    with pytest.raises(RuleViolation, match="几秒"), transaction():
        actions.publish_basket(by=clerk, now=NOW + timedelta(seconds=5))
    with transaction():
        assert actions.hold_publishing(by=clerk, now=NOW) == 1
    assert actions.publish_due_baskets(LATER) == 0
    assert count(db, OutboxMessage) == 0


def test_due_basket_when_the_worker_comes_by_is_published(db, district, case, clerk) -> None:
    put(f"case-{case.public_id}", plan_of_case(district, district.shi), clerk)
    with transaction():
        actions.announce_publishing(by=clerk, now=NOW)
    assert actions.publish_due_baskets(NOW) == 0
    assert actions.publish_due_baskets(LATER) == 1
    assert len(case.meetings) == 1


def test_due_basket_when_its_act_is_refused_stays_whole_and_says_why(
    db, district, case, second_case, clerk, meeting
) -> None:
    put(f"case-{second_case.public_id}", plan_of_case(district, district.fang, JUNE_12), clerk)
    draft = put(f"meeting-{meeting.public_id}", plan_of_case(district, district.shi, hour=14), clerk)
    with transaction():
        actions.announce_publishing(by=clerk, now=NOW)
    begun = at(JUNE_11, 2)
    assert actions.publish_due_baskets(begun) == 0
    db.session.refresh(draft)
    assert "已经开始" in draft.failure
    assert draft.publish_at is None
    assert second_case.meetings == []
    assert find_occupancy_findings() == []


def test_chain_when_published_swaps_two_meetings_in_one_step(db, district, case, second_case, clerk, book) -> None:
    first = book(case)
    with transaction():
        second = actions.draft_place(
            get_placing(f"case-{second_case.public_id}", clerk, NOW),
            plan_of_case(district, district.fang, hour=14),
            DETAILS,
            by=clerk,
            now=NOW,
        )
    publish(clerk)
    del second
    other = second_case.meetings[0]
    lift(first.session, clerk)
    put(f"meeting-{other.public_id}", plan_of_case(district, district.fang, hour=9), clerk)
    put(f"meeting-{first.public_id}", plan_of_case(district, district.shi, hour=14), clerk)
    assert find_occupancy_findings() == []
    publish(clerk)
    assert plan_of(first.session).at == time(14)
    assert plan_of(other.session).at == time(9)
    assert find_occupancy_findings() == []


def test_basket_when_something_has_no_new_place_is_not_published(db, clerk, meeting) -> None:
    lift(meeting.session, clerk)
    with pytest.raises(RuleViolation, match="没有新时间"), transaction():
        actions.announce_publishing(by=clerk, now=NOW)


def test_inv_29_lifted_time_is_free_for_this_basket_alone(db, district, case, second_case, clerk, meeting) -> None:
    lift(meeting.session, clerk)
    other = actor_of(make_account(Role.COORDINATOR, organisation=district.office, name="林岚"))
    db.session.commit()
    with pytest.raises(Clash):
        put(f"case-{second_case.public_id}", plan_of_case(district, district.fang), other)
    put(f"case-{second_case.public_id}", plan_of_case(district, district.fang), clerk)
    assert find_occupancy_findings() == []


def test_draft_when_taken_out_gives_the_time_back(db, district, case, second_case, clerk, meeting) -> None:
    lifted = lift(meeting.session, clerk)
    draft = put(f"case-{second_case.public_id}", plan_of_case(district, district.fang), clerk)
    with pytest.raises(RuleViolation, match="占着"), transaction():
        take_out(lifted, by=clerk, now=NOW)
    with transaction():
        take_out(draft, by=clerk, now=NOW)
    assert find_occupancy_findings() == []
    with transaction():
        take_out(lifted, by=clerk, now=NOW)
    assert list_basket(clerk.account_id) == []
    assert find_occupancy_findings() == []
    assert count(db, Occupancy) == 6 * 5


def test_drafts_after_the_next_working_day_fall_out_with_what_stands_on_them(
    db, district, case, second_case, clerk, meeting
) -> None:
    lift(meeting.session, clerk)
    put(f"case-{second_case.public_id}", plan_of_case(district, district.fang), clerk)
    with transaction():
        assert expire_drafts(at(JUNE_11, 9)) == 0
    with transaction():
        assert expire_drafts(at(JUNE_12, 1)) == 2
    assert [draft.status for draft in list_fallen_out(clerk.account_id)] == [DraftStatus.FALLEN_OUT] * 2
    assert find_occupancy_findings() == []
    assert count(db, OutboxMessage) == 2  # what the booking itself told, nothing more


def test_draft_on_a_friday_lasts_until_monday(db, district, case, clerk) -> None:
    friday = at(date(2025, 6, 13), 2)
    draft = put(f"case-{case.public_id}", plan_of_case(district, district.shi, date(2025, 6, 17)), clerk, now=friday)
    assert draft.expires_on == date(2025, 6, 16)


def test_draft_when_it_lies_in_anothers_basket_is_refused(db, district, case, clerk) -> None:
    put(f"case-{case.public_id}", plan_of_case(district, district.shi), clerk)
    other = actor_of(make_account(Role.COORDINATOR, organisation=district.office, name="林岚"))
    db.session.commit()
    with pytest.raises(Clash, match="周敏的草稿篮"):
        put(f"case-{case.public_id}", plan_of_case(district, district.shi, JUNE_12), other)


def test_calling_off_when_published_cancels_and_tells_who_knows(db, district, case, clerk, meeting) -> None:
    with transaction():
        actions.draft_calling_off(meeting.session, Details(JUNE_12, reason="冯志远出差"), by=clerk, now=NOW)
    assert meeting.status is MeetingStatus.PLANNED
    publish(clerk)
    assert meeting.status is MeetingStatus.CANCELLED
    assert find_occupancy_findings() == []


def test_calling_off_without_a_reason_is_refused(db, clerk, meeting) -> None:
    with pytest.raises(RuleViolation, match="原因"), transaction():
        actions.draft_calling_off(meeting.session, DETAILS, by=clerk, now=NOW)


@pytest.mark.parametrize("role", [Role.LAWYER, Role.RECORDER, Role.STREET_CLERK, Role.ADMINISTRATOR])
def test_placing_when_the_role_books_no_meetings_is_refused(db, district, case, role) -> None:
    stranger = actor_of(make_account(role, organisation=district.office))
    with pytest.raises(DomainError):
        get_placing(f"case-{case.public_id}", stranger, NOW)


@pytest.mark.parametrize("key", ["", "case-", "room-1", "meeting-x", "hearing-x"])
def test_placing_when_there_is_no_such_thing_is_not_found(db, clerk, key) -> None:
    with pytest.raises(NotFound):
        get_placing(key, clerk, NOW)
