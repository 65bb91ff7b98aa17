"""Booking, moving and calling off, on both engines: whole or not at all, and nothing given away."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.audit.models import AuditEvent
from app.booking.actions import (
    add_closure,
    cancel_session,
    enter_leave,
    mark_entered_in_error,
    move_session,
    remove_duty_slot,
    reserve,
)
from app.booking.models import BookedSession, DutySlot, Occupancy
from app.booking.queries import (
    describe_days,
    explain_place,
    find_free_times,
    find_occupancy_findings,
    list_day_board,
    list_on_duty,
    list_sessions_of_person,
)
from app.booking.rules.need import Owner, RoomWants, SeatNeed
from app.booking.rules.words import HalfDay, RoomKind, SessionStatus
from app.errors import Clash, RuleViolation
from app.web.transaction import transaction
from tests.booking.conftest import DAY, NOW, ZHANG, Centre


def book(centre: Centre, *args, **values) -> BookedSession:
    with transaction():
        return reserve(centre.need(), centre.plan(*args, **values), by=centre.clerk, now=NOW)


def cells(db: SQLAlchemy) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Occupancy))


def test_reserve_when_free_takes_every_cell_of_room_people_and_party(db: SQLAlchemy, centre: Centre) -> None:
    session = book(centre)
    assert session.status is SessionStatus.BOOKED
    assert cells(db) == 4 * (1 + 2 + 1)
    assert session.starts_at == datetime(2025, 6, 11, 1, 0, tzinfo=UTC)
    assert find_occupancy_findings() == []
    assert db.session.scalar(sa.select(AuditEvent.act).order_by(AuditEvent.seq.desc()).limit(1)) == "booking.reserve"


def test_b088_reserve_when_back_to_back_accepts_both(db: SQLAlchemy, centre: Centre) -> None:
    book(centre, 9)
    book(centre, 10)
    book(centre, 11)
    assert cells(db) == 48


@pytest.mark.parametrize(("hour", "minute"), [(8, 15), (8, 45), (9, 0), (9, 15), (9, 59), (8, 1)])
def test_b087_reserve_when_overlapping_by_a_minute_or_more_clashes(
    db: SQLAlchemy, centre: Centre, hour: int, minute: int
) -> None:
    book(centre, 9)
    with pytest.raises(Clash) as refusal:
        book(centre, hour, minute)
    assert refusal.value.rule == "INV-29"
    assert "第一调解室 09:00—10:00 已有安排" in refusal.value.message
    assert cells(db) == 16


def test_reserve_when_only_the_party_is_elsewhere_clashes_without_naming_the_other_matter(
    db: SQLAlchemy, centre: Centre
) -> None:
    book(centre, 9)
    other = centre.need(
        owner=Owner("mediation_meeting", 2),
        matter_id=2,
        purpose="停车费调解",
        seats=(SeatNeed("mediator", "调解员", (centre.fang.id,)),),
    )
    plan = centre.plan(9, room=1, people=(("mediator", centre.fang.id),))
    with pytest.raises(Clash) as refusal, transaction():
        reserve(other, plan, by=centre.clerk, now=NOW)
    assert "有一方当事人 09:00—10:00 另有安排" in refusal.value.message
    assert "邻里" not in refusal.value.message
    assert ZHANG not in refusal.value.message


def test_reserve_when_it_clashes_offers_three_times_that_really_work(db: SQLAlchemy, centre: Centre) -> None:
    book(centre, 9)
    with pytest.raises(Clash) as refusal:
        book(centre, 9)
    places = refusal.value.alternatives
    assert len(places) == 3
    assert (places[0].plan.day, places[0].plan.room_id) == (DAY, centre.rooms[0].id)
    for place in places:
        with transaction():
            reserve(centre.need(), place.plan, by=centre.clerk, now=NOW)
    assert find_occupancy_findings() == []


def test_inv_27_reserve_when_person_is_off_duty_or_on_leave_clashes(db: SQLAlchemy, centre: Centre) -> None:
    with transaction():
        enter_leave(centre.shi, DAY, DAY, by=centre.clerk)
    with pytest.raises(Clash) as refusal:
        book(centre, 9)
    assert refusal.value.rule == "INV-27"
    assert "石明轩（调解员） 09:00—10:00 请假" in refusal.value.message
    with pytest.raises(Clash) as refusal:
        book(centre, day=date(2025, 6, 16))
    assert "不值班" in refusal.value.message


def test_reserve_when_the_room_is_shut_clashes(db: SQLAlchemy, centre: Centre) -> None:
    with transaction():
        add_closure(
            centre.rooms[0],
            datetime(2025, 6, 11, 0, 0, tzinfo=UTC),
            datetime(2025, 6, 11, 4, 0, tzinfo=UTC),
            "检修",
            by=centre.clerk,
        )
    with pytest.raises(Clash) as refusal:
        book(centre, 9)
    assert "第一调解室 09:00—10:00 停用" in refusal.value.message


def test_inv_12_reserve_when_person_is_recused_refuses(db: SQLAlchemy, centre: Centre) -> None:
    need = centre.need(excluded=frozenset({centre.shi.id}))
    with pytest.raises(RuleViolation) as refusal, transaction():
        reserve(need, centre.plan(), by=centre.clerk, now=NOW)
    assert refusal.value.rule == "INV-12"


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("B085", {"day": date(2025, 6, 6)}),
        ("B085", {"day": date(2028, 6, 6)}),
        ("B083", {"minutes": 0}),
        ("B084", {"minutes": 1500}),
        ("B087", {"at": time(10, 5)}),
        ("B086", {"at": time(12, 0)}),
    ],
)
def test_reserve_when_the_time_is_no_time_refuses_and_writes_nothing(db, centre: Centre, rule, values) -> None:
    with pytest.raises(RuleViolation) as refusal:
        book(centre, **values)
    assert refusal.value.rule == rule
    assert cells(db) == 0


def test_b086_reserve_when_lunch_is_confirmed_accepts(db: SQLAlchemy, centre: Centre) -> None:
    with transaction():
        reserve(centre.need(), centre.plan(12), by=centre.clerk, now=NOW, is_confirmed=True)
    assert cells(db) == 16


def test_reserve_when_latest_day_is_over_tells_the_law_first(db: SQLAlchemy, centre: Centre) -> None:
    with pytest.raises(Clash) as refusal, transaction():
        reserve(centre.need(latest=date(2025, 6, 10)), centre.plan(), by=centre.clerk, now=NOW)
    assert "最迟 6月10日" in refusal.value.message
    assert all(place.plan.day <= date(2025, 6, 10) for place in refusal.value.alternatives)


def test_reserve_when_nothing_fits_says_so(db: SQLAlchemy, centre: Centre) -> None:
    need = centre.need(room_wants=RoomWants(RoomKind.MEDIATION_ROOM, 99))
    with pytest.raises(Clash, match="换人或换一间房") as refusal, transaction():
        reserve(need, centre.plan(), by=centre.clerk, now=NOW)
    assert refusal.value.alternatives == ()


def test_move_session_when_free_gives_up_the_old_place(db: SQLAlchemy, centre: Centre) -> None:
    session = book(centre, 9)
    with transaction():
        # A quarter of an hour later: it may overlap with itself.
        move_session(session, centre.need(), centre.plan(9, 15), by=centre.clerk, now=NOW)
    assert cells(db) == 16
    assert find_occupancy_findings() == []
    with transaction():
        reserve(centre.need(), centre.plan(8, 15), by=centre.clerk, now=NOW, is_confirmed=True)


def test_move_session_when_taken_keeps_the_old_place(db: SQLAlchemy, centre: Centre) -> None:
    first = book(centre, 9)
    book(centre, 14)
    with pytest.raises(Clash), transaction():
        move_session(first, centre.need(), centre.plan(14), by=centre.clerk, now=NOW)
    db.session.refresh(first)
    assert first.starts_at == datetime(2025, 6, 11, 1, 0, tzinfo=UTC)
    assert find_occupancy_findings() == []


@pytest.mark.parametrize(
    ("act", "status"),
    [(cancel_session, SessionStatus.CANCELLED), (mark_entered_in_error, SessionStatus.ENTERED_IN_ERROR)],
)
def test_calling_off_when_booked_frees_the_place_and_keeps_the_reason(db, centre: Centre, act, status) -> None:
    session = book(centre, 9)
    with pytest.raises(RuleViolation, match="原因"), transaction():
        act(session, " ", by=centre.clerk, now=NOW)
    with transaction():
        act(db.session.get_one(BookedSession, session.id), "一方生病", by=centre.clerk, now=NOW)
    assert cells(db) == 0
    assert (session.status, session.is_open, session.reason) == (status, False, "一方生病")
    book(centre, 9)
    with pytest.raises(RuleViolation), transaction():
        act(db.session.get_one(BookedSession, session.id), "再来一次", by=centre.clerk, now=NOW)


def test_cancel_session_when_it_has_begun_refuses(db: SQLAlchemy, centre: Centre) -> None:
    session = book(centre, 9)
    with pytest.raises(RuleViolation, match="已经开始"), transaction():
        cancel_session(session, "迟到", by=centre.clerk, now=datetime(2025, 6, 11, 1, 0, tzinfo=UTC))


def test_r_duty_02_changes_of_duty_when_sessions_stand_are_refused(db: SQLAlchemy, centre: Centre) -> None:
    book(centre, 9)
    slots = db.session.scalars(sa.select(DutySlot).filter_by(account_id=centre.shi.id, day=DAY)).all()
    morning, afternoon = sorted(slots, key=lambda slot: slot.half is HalfDay.AFTERNOON)
    with pytest.raises(RuleViolation), transaction():
        remove_duty_slot(morning, by=centre.clerk)
    with transaction():
        remove_duty_slot(db.session.get_one(DutySlot, afternoon.id), by=centre.clerk)
    with pytest.raises(RuleViolation), transaction():
        enter_leave(centre.shi, DAY, DAY, by=centre.clerk)
    with pytest.raises(RuleViolation), transaction():
        add_closure(
            centre.rooms[0],
            datetime(2025, 6, 11, 1, 30, tzinfo=UTC),
            datetime(2025, 6, 11, 4, 0, tzinfo=UTC),
            "检修",
            by=centre.clerk,
        )


def test_boards_when_sessions_are_booked_show_them_by_room_and_person(db: SQLAlchemy, centre: Centre) -> None:
    session = book(centre, 9)
    cancelled = book(centre, 14)
    with transaction():
        cancel_session(cancelled, "改天", by=centre.clerk, now=NOW)
    board = list_day_board(centre.office.id, DAY)
    assert [(row.room.name, [s.id for s in row.sessions]) for row in board] == [
        ("第一调解室", [session.id]),
        ("第二调解室", []),
    ]
    assert [s.id for s in list_sessions_of_person(centre.shi.id, DAY, DAY)] == [session.id]
    assert list_sessions_of_person(centre.fang.id, DAY, DAY) == []


def test_list_on_duty_when_somebody_is_on_leave_leaves_him_out(db: SQLAlchemy, centre: Centre) -> None:
    with transaction():
        enter_leave(centre.shi, DAY, DAY, by=centre.clerk)
    on_duty = list_on_duty(DAY)
    assert {row.account.name for row in on_duty} == {"方素珍", "何静"}
    assert all(row.halves == frozenset(HalfDay) for row in on_duty)


def test_describe_days_when_asked_marks_days_off_and_counts_rooms(db: SQLAlchemy, centre: Centre) -> None:
    offers = {offer.day.day: offer for offer in describe_days(centre.need(), date(2025, 6, 9), days=7, now=NOW)}
    assert (offers[11].rooms, offers[11].note) == (2, "可排 2 处")
    assert (offers[14].rooms, offers[14].note, offers[14].mark) == (0, "休", "休")


def test_core_and_database_when_asked_the_same_agree(db: SQLAlchemy, centre: Centre) -> None:
    need = centre.need()
    for hour, room in ((9, 0), (14, 1), (16, 0)):
        book(centre, hour, room=room)
    free, taken = 0, 0
    for quarter in range(9 * 4, 17 * 4):
        plan = centre.plan(room=1, at=time(quarter // 4, quarter % 4 * 15))
        blockers = explain_place(need, plan, now=NOW)
        if blockers:
            taken += 1
            with pytest.raises(Clash), transaction():
                reserve(need, plan, by=centre.clerk, now=NOW, is_confirmed=True)
            continue
        free += 1
        with transaction():
            session = reserve(need, plan, by=centre.clerk, now=NOW, is_confirmed=True)
        with transaction():
            cancel_session(db.session.get_one(BookedSession, session.id), "试", by=centre.clerk, now=NOW)
    assert free
    assert taken


def test_find_free_times_when_another_session_is_ignored_offers_its_place(db: SQLAlchemy, centre: Centre) -> None:
    session = book(centre, 9)
    near = replace(centre.plan(9))
    assert find_free_times(centre.need(), near=near, now=NOW, limit=1, ignoring=session.id)[0].plan.start == near.start
    assert find_free_times(centre.need(), near=near, now=NOW, limit=1)[0].plan.start != near.start
