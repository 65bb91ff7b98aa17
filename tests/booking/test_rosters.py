"""Drafting, publishing and exchanging duty, on both engines: what counts for booking, who changed, what is flagged."""

from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.booking import actions
from app.booking.models import BookedSession, DutyPost, DutyRequest, DutyRoster, DutySlot, Leave, RosterChange
from app.booking.queries import explain_place
from app.booking.queries.own_duty import find_feed, find_own_feed, find_slot, list_feed_events
from app.booking.queries.rosters import get_month_plan
from app.booking.rules.duty_requests import HalfSlot, RequestStatus
from app.booking.rules.words import BlockerKind, HalfDay
from app.errors import NotPermitted, RuleViolation
from app.people.models import Account
from app.settings.queries import calendar
from app.web.transaction import transaction
from tests.booking.conftest import DAY, NOW, Centre
from tests.factories import actor_of, make_account

AM, PM = HalfDay.MORNING, HalfDay.AFTERNOON
BOTH = (AM, PM)
JULY = date(2025, 7, 1)
TODAY = date(2025, 6, 9)
JULY_3, JULY_4, JULY_7 = date(2025, 7, 3), date(2025, 7, 4), date(2025, 7, 7)
THIRD_AM, FOURTH_PM = HalfSlot(JULY_3, AM), HalfSlot(JULY_4, PM)


@pytest.fixture
def window(centre: Centre, db: SQLAlchemy) -> DutyPost:
    """A window that wants one mediator each half-day."""
    with transaction():
        details = actions.PostDetails("调解值班", "第一调解室窗口", Role.MEDIATOR, 1, 1)
        return actions.create_post(details, centre.office.id, by=centre.clerk)


@pytest.fixture
def july(centre: Centre, window: DutyPost) -> DutyRoster:
    """July, drafted: 石明轩 at the window on the 3rd, all day."""
    with transaction():
        roster = actions.open_roster(centre.office.id, JULY)
        actions.plan_on(roster, centre.shi, window, [JULY_3], BOTH, by=centre.clerk, today=TODAY)
    return roster


@pytest.fixture
def published(centre: Centre, july: DutyRoster) -> DutyRoster:
    """July, published."""
    with transaction():
        actions.publish_roster(july, by=centre.clerk, now=NOW)
    return july


@pytest.fixture
def booked(centre: Centre, db: SQLAlchemy) -> BookedSession:
    """A session with 石明轩 and 何静 on 11 June at nine."""
    with transaction():
        return actions.reserve(centre.need(), centre.plan(), by=centre.clerk, now=NOW)


def duty_of(db: SQLAlchemy, account: Account, since: date = JULY) -> list[tuple[date, HalfDay]]:
    db.session.rollback()
    rows = db.session.scalars(sa.select(DutySlot).where(DutySlot.account_id == account.id, DutySlot.day >= since))
    return sorted(((row.day, row.half) for row in rows), key=lambda item: (item[0], item[1] is PM))


def is_flagged(db: SQLAlchemy, session: BookedSession) -> bool:
    db.session.rollback()
    db.session.refresh(session)
    return session.off_duty_since is not None


def test_r_duty_02_draft_when_not_published_does_not_count_for_booking(centre: Centre, july: DutyRoster, db) -> None:
    plan = centre.plan(day=JULY_3, people=(("mediator", centre.shi.id),))
    assert [blocker.kind for blocker in explain_place(centre.need(), plan, now=NOW)] == [BlockerKind.PERSON_OFF_DUTY]
    with transaction():
        actions.publish_roster(july, by=centre.clerk, now=NOW)
    assert explain_place(centre.need(), plan, now=NOW) == []


def test_draft_when_planned_twice_and_taken_off_leaves_nothing(centre: Centre, july: DutyRoster, window, db) -> None:
    with transaction():
        actions.plan_on(july, centre.shi, None, [JULY_3], [AM], by=centre.clerk, today=TODAY)
        actions.plan_off(july, centre.shi, [JULY_3], BOTH, by=centre.clerk, today=TODAY)
    assert db.session.scalars(sa.select(RosterChange)).all() == []
    with pytest.raises(RuleViolation, match="没有要发布的改动"), transaction():
        actions.publish_roster(july, by=centre.clerk, now=NOW)


@pytest.mark.parametrize(
    ("day", "message"),
    [(date(2025, 8, 1), "不都在这个月里"), (date(2025, 6, 30), "不都在这个月里")],
)
def test_draft_when_the_day_is_of_another_month_is_refused(centre: Centre, july: DutyRoster, day, message) -> None:
    with pytest.raises(RuleViolation, match=message), transaction():
        actions.plan_on(july, centre.shi, None, [day], BOTH, by=centre.clerk, today=TODAY)


def test_draft_when_over_on_leave_or_of_another_role_is_refused(centre: Centre, july: DutyRoster, window, db) -> None:
    with pytest.raises(RuleViolation, match="已经过去"), transaction():
        actions.plan_on(july, centre.shi, None, [JULY_3], BOTH, by=centre.clerk, today=JULY_4)
    with transaction():
        actions.enter_leave(centre.fang, JULY_3, JULY_4, by=centre.clerk)
        lawyer = make_account(Role.LAWYER, organisation=centre.office, name="罗文斌")
    with pytest.raises(RuleViolation, match="方素珍7月3日请假"), transaction():
        actions.plan_on(july, centre.fang, window, [JULY_3], BOTH, by=centre.clerk, today=TODAY)
    with pytest.raises(RuleViolation, match="罗文斌不是"), transaction():
        actions.plan_on(july, lawyer, window, [JULY_3], BOTH, by=centre.clerk, today=TODAY)


def test_gaps_when_a_draft_fills_some_name_the_rest(centre: Centre, july: DutyRoster, window: DutyPost, db) -> None:
    gaps = get_month_plan(centre.office.id, JULY).gaps(calendar(), TODAY)
    days = {gap.day for gap in gaps}
    assert JULY_3 not in days
    assert JULY_4 in days
    assert date(2025, 7, 5) not in days
    assert {gap.post_id for gap in gaps} == {window.id}
    assert len(gaps) == 2 * 22


def test_publication_when_made_changes_only_what_the_draft_says(centre: Centre, july: DutyRoster, window, db) -> None:
    with transaction():
        first = actions.publish_roster(july, by=centre.clerk, now=NOW)
    assert (first.version.number, set(first.changes)) == (1, {centre.shi.id})
    assert duty_of(db, centre.shi) == [(JULY_3, AM), (JULY_3, PM)]
    with transaction():
        actions.plan_off(july, centre.shi, [JULY_3], [PM], by=centre.clerk, today=TODAY)
        actions.plan_on(july, centre.fang, window, [JULY_3], [PM], by=centre.clerk, today=TODAY)
        second = actions.publish_roster(july, by=centre.clerk, now=NOW)
    assert {person: len(changes) for person, changes in second.changes.items()} == {centre.shi.id: 1, centre.fang.id: 1}
    assert (second.version.number, len(second.version.changes)) == (2, 2)
    assert duty_of(db, centre.shi) == [(JULY_3, AM)]
    assert duty_of(db, centre.fang) == [(JULY_3, PM)]


def test_publication_when_duty_was_exchanged_meanwhile_does_not_undo_it(centre, published, window, db) -> None:
    with transaction():
        actions.plan_on(published, centre.shi, window, [JULY_4], BOTH, by=centre.clerk, today=TODAY)
        slot = find_slot(centre.shi.id, THIRD_AM)
        actions.cover_duty(slot, centre.fang, by=centre.clerk, now=NOW)
        actions.publish_roster(published, by=centre.clerk, now=NOW)
    assert duty_of(db, centre.fang) == [(JULY_3, AM)]
    assert duty_of(db, centre.shi) == [(JULY_3, PM), (JULY_4, AM), (JULY_4, PM)]


def test_publication_when_days_passed_meanwhile_leaves_them(centre: Centre, july: DutyRoster, window, db) -> None:
    late = datetime.fromisoformat("2025-07-04T09:00+08:00")
    with transaction():
        actions.plan_on(july, centre.shi, window, [JULY_7], [AM], by=centre.clerk, today=TODAY)
        publication = actions.publish_roster(july, by=centre.clerk, now=late)
    assert len(publication.version.changes) == 1
    assert duty_of(db, centre.shi) == [(JULY_7, AM)]
    assert db.session.scalars(sa.select(RosterChange).filter_by(version_id=None)).all() == []


def test_draft_when_discarded_leaves_what_is_published(centre: Centre, published: DutyRoster, db) -> None:
    with transaction():
        actions.plan_off(published, centre.shi, [JULY_3], BOTH, by=centre.clerk, today=TODAY)
        assert actions.discard_draft(published, by=centre.clerk) == 2
    assert len(duty_of(db, centre.shi)) == 2
    assert get_month_plan(centre.office.id, JULY).changes == []


def test_r_duty_02_publication_when_it_takes_duty_from_a_session_is_refused_or_flags(
    centre: Centre, booked: BookedSession, db
) -> None:
    with transaction():
        june = actions.open_roster(centre.office.id, date(2025, 6, 1))
        actions.plan_off(june, centre.shi, [DAY], [AM], by=centre.clerk, today=TODAY)
    with pytest.raises(RuleViolation, match="6月11日 09:00 第一调解室") as refused, transaction():
        actions.publish_roster(june, by=centre.clerk, now=NOW)
    assert refused.value.rule == "R-DUTY-02"
    assert not is_flagged(db, booked)
    with transaction():
        actions.publish_roster(june, by=centre.clerk, now=NOW, is_confirmed=True)
    assert is_flagged(db, booked)
    with transaction():
        actions.add_duty_slots(centre.shi, [DAY], [AM], by=centre.clerk)
        assert actions.flag_sessions_off_duty(NOW) == 0
    assert not is_flagged(db, booked)


def test_r_duty_02_publication_when_the_other_half_goes_asks_nothing(centre: Centre, booked: BookedSession, db) -> None:
    with transaction():
        june = actions.open_roster(centre.office.id, date(2025, 6, 1))
        actions.plan_off(june, centre.shi, [DAY], [PM], by=centre.clerk, today=TODAY)
        actions.publish_roster(june, by=centre.clerk, now=NOW)
    assert not is_flagged(db, booked)


def test_r_duty_02_nightly_check_when_duty_vanished_flags_once_and_a_move_clears(
    centre: Centre, booked: BookedSession, db
) -> None:
    with transaction():
        db.session.execute(sa.delete(DutySlot).filter_by(account_id=centre.he.id, day=DAY, half=AM))
        assert actions.flag_sessions_off_duty(NOW) == 1
        assert actions.flag_sessions_off_duty(NOW) == 0
    assert is_flagged(db, booked)
    with transaction():
        afternoon = centre.plan(at=time(15))
        actions.move_session(booked, centre.need(), afternoon, by=centre.clerk, now=NOW)
    assert not is_flagged(db, booked)


def test_template_when_saved_and_applied_fills_gaps_and_leaves_the_rest(centre: Centre, published, window, db) -> None:
    with transaction():
        actions.enter_leave(centre.shi, date(2025, 7, 10), date(2025, 7, 10), by=centre.clerk)
        template = actions.save_week_as_template(centre.office.id, "平常周", date(2025, 6, 30), by=centre.clerk)
        applied = actions.apply_template(
            published, template, make_up_as=0, calendar=calendar(), by=centre.clerk, today=TODAY
        )
        actions.publish_roster(published, by=centre.clerk, now=NOW)
    assert (applied.put, applied.left_out) == (2 * 3, 0)
    days = sorted({day.day for day, _ in duty_of(db, centre.shi)})
    assert days == [3, 17, 24, 31]
    assert all(post == window.id for post in db.session.scalars(sa.select(DutySlot.post_id).filter_by(day=JULY_3)))


def test_template_when_a_person_left_or_lost_the_role_leaves_him_out(centre: Centre, published, window, db) -> None:
    with transaction():
        template = actions.save_week_as_template(centre.office.id, "平常周", date(2025, 6, 30), by=centre.clerk)
        centre.shi.is_active = False
        applied = actions.apply_template(
            published, template, make_up_as=0, calendar=calendar(), by=centre.clerk, today=TODAY
        )
    assert (applied.put, applied.left_out) == (0, 2 * 4)


def test_template_when_saved_again_replaces_and_of_an_empty_week_is_refused(centre, published, db) -> None:
    monday = date(2025, 6, 30)
    with transaction():
        first = actions.save_week_as_template(centre.office.id, "平常周", monday, by=centre.clerk)
        again = actions.save_week_as_template(centre.office.id, "平常周", monday, by=centre.clerk)
        assert (first.id, len(again.lines)) == (again.id, 2)
    with pytest.raises(RuleViolation, match="存不成模板"), transaction():
        actions.save_week_as_template(centre.office.id, "空周", date(2025, 7, 14), by=centre.clerk)
    with transaction():
        actions.remove_template(again, by=centre.clerk)
    assert get_month_plan(centre.office.id, JULY).published != ()


def test_post_when_named_like_another_is_refused(centre: Centre, window: DutyPost, db) -> None:
    details = actions.PostDetails("调解值班", "", Role.LAWYER, 1, 0)
    with pytest.raises(RuleViolation, match="已经有"), transaction():
        actions.create_post(details, centre.office.id, by=centre.clerk)
    with transaction():
        actions.change_post(window, actions.PostDetails("调解值班", "", Role.MEDIATOR, 2, 0), by=centre.clerk)
    assert (window.wanted_morning, window.place) == (2, "调解值班")


@pytest.fixture
def exchange(centre: Centre, published: DutyRoster, window: DutyPost) -> DutyRequest:
    """石明轩 asks 方素珍 to exchange the morning of the 3rd for the afternoon of the 4th."""
    with transaction():
        actions.plan_on(published, centre.fang, window, [JULY_4], [PM], by=centre.clerk, today=TODAY)
        actions.publish_roster(published, by=centre.clerk, now=NOW)
        return actions.ask_for_swap(
            centre.shi, centre.fang, THIRD_AM, FOURTH_PM, "接孩子", by=actor_of(centre.shi), now=NOW
        )


def test_swap_when_agreed_and_approved_changes_both(centre: Centre, exchange: DutyRequest, db) -> None:
    with transaction():
        actions.agree_to_request(exchange, by=actor_of(centre.fang), now=NOW)
    assert duty_of(db, centre.shi) == [(JULY_3, AM), (JULY_3, PM)]
    with transaction():
        actions.approve_request(exchange, by=centre.clerk, now=NOW)
    assert duty_of(db, centre.shi) == [(JULY_3, PM), (JULY_4, PM)]
    assert duty_of(db, centre.fang) == [(JULY_3, AM)]
    assert (exchange.status, exchange.is_open, exchange.reason) == (RequestStatus.APPROVED, False, "接孩子")


def test_swap_when_others_answer_is_refused(centre: Centre, exchange: DutyRequest, db) -> None:
    shi, fang = actor_of(centre.shi), actor_of(centre.fang)
    for act, actor in (
        (actions.agree_to_request, shi),
        (actions.refuse_request, shi),
        (actions.withdraw_request, fang),
    ):
        with pytest.raises(NotPermitted), transaction():
            act(exchange, by=actor, now=NOW)
    with pytest.raises(RuleViolation, match="等同事答复"), transaction():
        actions.approve_request(exchange, by=centre.clerk, now=NOW)
    with transaction():
        actions.agree_to_request(exchange, by=fang, now=NOW)
    for actor in (shi, fang):
        with pytest.raises(NotPermitted, match="另一位排期员"), transaction():
            actions.approve_request(exchange, by=actor, now=NOW)


@pytest.mark.parametrize(("end", "status"), [("refuse", "refused"), ("withdraw", "withdrawn"), ("decline", "declined")])
def test_swap_when_it_ends_otherwise_leaves_the_roster(centre: Centre, exchange: DutyRequest, db, end, status) -> None:
    before = duty_of(db, centre.shi)
    with transaction():
        if end == "refuse":
            actions.refuse_request(exchange, by=actor_of(centre.fang), now=NOW)
        elif end == "withdraw":
            actions.withdraw_request(exchange, by=actor_of(centre.shi), now=NOW)
        else:
            actions.agree_to_request(exchange, by=actor_of(centre.fang), now=NOW)
            actions.decline_request(exchange, by=centre.clerk, now=NOW)
    assert (exchange.status.value, exchange.is_open) == (status, False)
    assert duty_of(db, centre.shi) == before


def test_swap_when_the_roster_changed_meanwhile_is_refused(
    centre: Centre, exchange: DutyRequest, published, db
) -> None:
    with transaction():
        actions.agree_to_request(exchange, by=actor_of(centre.fang), now=NOW)
        actions.plan_off(published, centre.fang, [JULY_4], [PM], by=centre.clerk, today=TODAY)
        actions.publish_roster(published, by=centre.clerk, now=NOW)
    with pytest.raises(RuleViolation, match="方素珍7月4日（周五）下午没有班"), transaction():
        actions.approve_request(exchange, by=centre.clerk, now=NOW)


def test_swap_when_asked_twice_or_of_oneself_is_refused(centre: Centre, exchange: DutyRequest, db) -> None:
    shi = actor_of(centre.shi)
    with pytest.raises(RuleViolation, match="已经提过"), transaction():
        actions.ask_for_cover(centre.shi, centre.fang, THIRD_AM, "", by=shi, now=NOW)
    with pytest.raises(NotPermitted), transaction():
        actions.ask_for_cover(centre.shi, centre.shi, HalfSlot(JULY_3, PM), "", by=shi, now=NOW)


def test_r_duty_02_cover_when_a_session_stands_on_the_duty_is_refused_or_flags(
    centre: Centre, booked: BookedSession, db
) -> None:
    with transaction():
        stranger = make_account(Role.MEDIATOR, organisation=centre.office, name="丁国安")
    slot = find_slot(centre.shi.id, HalfSlot(DAY, AM))
    with pytest.raises(RuleViolation, match="不符值班"), transaction():
        actions.cover_duty(slot, stranger, by=centre.clerk, now=NOW)
    with transaction():
        actions.cover_duty(slot, stranger, by=centre.clerk, now=NOW, is_confirmed=True)
    assert is_flagged(db, booked)
    assert (DAY, AM) in duty_of(db, stranger, DAY)


def test_cover_when_the_colleague_lacks_the_role_is_refused(centre: Centre, published: DutyRoster, db) -> None:
    with transaction():
        lawyer = make_account(Role.LAWYER, organisation=centre.office, name="罗文斌")
    slot = find_slot(centre.shi.id, THIRD_AM)
    with pytest.raises(RuleViolation, match="罗文斌不能值这个岗位"), transaction():
        actions.cover_duty(slot, lawyer, by=centre.clerk, now=NOW)


def test_leave_when_asked_and_approved_is_entered_and_flags(centre: Centre, booked: BookedSession, db) -> None:
    shi = actor_of(centre.shi)
    with pytest.raises(RuleViolation, match="请假从今天起"), transaction():
        actions.ask_for_leave(centre.shi, date(2025, 6, 8), DAY, "", by=shi, now=NOW)
    with transaction():
        asked = actions.ask_for_leave(centre.shi, DAY, DAY, "", by=shi, now=NOW)
    assert asked.status is RequestStatus.AGREED
    with pytest.raises(RuleViolation, match="已排了会"), transaction():
        actions.approve_request(asked, by=centre.clerk, now=NOW)
    with transaction():
        actions.approve_request(asked, by=centre.clerk, now=NOW, is_confirmed=True)
    assert is_flagged(db, booked)
    assert db.session.scalars(sa.select(Leave.starts_on)).all() == [DAY]


def test_feed_when_issued_again_or_revoked_kills_the_old_address(centre: Centre, db) -> None:
    shi = actor_of(centre.shi)
    with transaction():
        first = actions.issue_feed(by=shi, now=NOW)
        second = actions.issue_feed(by=shi, now=NOW)
    assert find_feed(first) is None
    assert find_feed(second).account_id == centre.shi.id
    assert second not in find_own_feed(centre.shi.id).token_digest
    with transaction():
        assert actions.revoke_feed(by=shi, now=NOW)
        assert not actions.revoke_feed(by=shi, now=NOW)
    assert find_feed(second) is None


def test_feed_when_the_person_left_is_dead(centre: Centre, db) -> None:
    with transaction():
        token = actions.issue_feed(by=actor_of(centre.shi), now=NOW)
        centre.shi.is_active = False
    assert find_feed(token) is None


def test_feed_when_read_names_window_and_room_but_neither_people_nor_subjects(centre, published, booked, db) -> None:
    with transaction():
        actions.enter_leave(centre.shi, date(2025, 6, 13), date(2025, 6, 13), by=centre.clerk)
    events = list_feed_events(centre.shi.id, TODAY)
    titles = {event.title for event in events}
    assert titles == {"值班", "值班 · 第一调解室窗口", "有一场会议"}
    assert {event.place for event in events} == {"", "第一调解室窗口", "第一调解室"}
    assert not any(event.starts_at.date() == date(2025, 6, 13) for event in events)
    july = [event for event in events if event.starts_at.month == 7]
    assert [f"{event.starts_at:%d %H:%M}" for event in july] == ["03 01:00", "03 06:00"]
