"""Limits and ways in the act that books: refused with the reason, held between writers, lent within a basket."""

import threading
from dataclasses import replace
from datetime import date, time

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.booking.actions import (
    DraftWish,
    ServiceDetails,
    cancel_session,
    move_session,
    put_in_place,
    put_in_without_place,
    reserve,
    set_area_limit,
    set_person_service,
    set_ways,
    take_out,
)
from app.booking.actions import sessions as act
from app.booking.models import BookedSession, PersonLoad, Room
from app.booking.queries import bounds_of, find_free_times, find_load_findings, travel_between
from app.booking.queries.off_duty import find_strained, list_sessions_ahead
from app.booking.rules.need import Owner, RoomWants, SessionNeed, SessionPlan
from app.booking.rules.words import DraftAct, RoomKind, SessionStatus
from app.errors import Clash, RuleViolation
from app.people.models import Account
from app.web import database, faults
from app.web.transaction import transaction
from tests.booking.conftest import NOW, Centre, make_room
from tests.factories import make_organisation

MONDAY = date(2025, 6, 9)
WRITERS = 6


@pytest.fixture
def street(centre: Centre, db: SQLAlchemy) -> Room:
    """A room of a street station, half an hour from the centre."""
    station = make_organisation("江湾街道综治中心", parent=centre.office, centre_name="江湾站")
    room = make_room(station, "街道调解室", db.session, kind=RoomKind.MEDIATION_ROOM)
    db.session.commit()
    with transaction():
        set_ways({(centre.office.id, station.id): 30}, by=centre.clerk, now=NOW)
    return room


def limit(centre: Centre, max_day: int | None, max_week: int | None = None) -> None:
    with transaction():
        set_area_limit(centre.office.id, max_day, max_week, by=centre.clerk, now=NOW)


def book(centre: Centre, hour: int, number: int = 1, **values) -> BookedSession:
    need = centre.need(owner=Owner("mediation_meeting", number), party_keys=())
    with transaction():
        return reserve(need, centre.plan(hour, **values), by=centre.clerk, now=NOW)


def loads(db: SQLAlchemy, account_id: int) -> dict[str, int]:
    rows = db.session.execute(sa.select(PersonLoad.period, PersonLoad.sessions).filter_by(account_id=account_id))
    return {period.value: sessions for period, sessions in rows}


def test_h19_reserve_when_a_day_or_week_is_full_says_so_and_cancelling_makes_room(db, centre) -> None:
    first = book(centre, 9)
    limit(centre, 1, 2)
    with pytest.raises(Clash, match="石明轩（调解员） 这一天已有 1 场，最多 1 场"):
        book(centre, 14)
    book(centre, 9, 2, day=MONDAY.replace(day=10))
    with pytest.raises(Clash, match="这一周已有 2 场，最多 2 场") as refusal:
        book(centre, 9, 3, day=MONDAY.replace(day=12))
    assert refusal.value.rule == "H19"
    assert loads(db, centre.shi.id) == {"day": 1, "week": 2}
    with transaction():
        cancel_session(db.session.get_one(BookedSession, first.id), "改天", by=centre.clerk, now=NOW)
    book(centre, 9, 3, day=MONDAY.replace(day=12))
    assert find_load_findings() == []


def test_h19_move_session_when_the_day_is_full_may_still_move_within_it(db, centre) -> None:
    limit(centre, 1)
    session = book(centre, 9)
    with transaction():
        move_session(session, centre.need(party_keys=()), centre.plan(14), by=centre.clerk, now=NOW)
    assert loads(db, centre.shi.id)["day"] == 1


def test_h18_h14_reserve_when_elsewhere_or_too_far_refuses_and_offers_what_can_be_reached(db, centre, street) -> None:
    book(centre, 9)
    assert travel_between(centre.office.id, street.organisation_id) == 30
    with pytest.raises(Clash, match=r"09:00—10:00 在.*，路上要 30 分钟，来不及"):
        book(centre, 10, 2, room_id=street.id)
    need = centre.need(party_keys=(), room_wants=RoomWants(RoomKind.MEDIATION_ROOM, 4, area_id=centre.office.id))
    near = replace(centre.plan(10), room_id=street.id)
    places = find_free_times(need, near=near, now=NOW)
    assert next((place.plan.room_id, place.plan.at) for place in places) == (street.id, time(10, 30))
    here = ServiceDetails(centre.office.id, (centre.office.id,), None, 5)
    with transaction():
        set_person_service(centre.shi, here, by=centre.clerk, now=NOW)
    with pytest.raises(Clash, match="石明轩（调解员） 不到江湾站办事"):
        book(centre, 14, 2, room_id=street.id)
    bounds = bounds_of([centre.shi.id])[centre.shi.id]
    assert (bounds.max_week, bounds.home) == (5, centre.office.id)
    assert loads(db, centre.shi.id) == {"day": 1, "week": 1}


def test_h19_drafts_when_a_basket_moves_a_session_lend_its_place_to_that_basket_alone(db, centre) -> None:
    limit(centre, 1)
    session = book(centre, 9)
    need = centre.need(owner=Owner("mediation_meeting", 2), party_keys=())
    with transaction():
        wish = DraftWish(session.owner, 1, session, reason="改天")
        lifted = put_in_without_place(wish, DraftAct.CANCEL, by=centre.clerk, now=NOW)
    with transaction():
        put_in_place(DraftWish(need.owner, 1), need, centre.plan(14), by=centre.clerk, now=NOW)
    assert loads(db, centre.shi.id)["day"] == 1
    with pytest.raises(Clash, match="这一天已有 1 场"), transaction():
        reserve(need, centre.plan(16), by=replace(centre.clerk, account_id=centre.fang.id), now=NOW)
    with pytest.raises(RuleViolation, match="请先拿那一场"), transaction():
        take_out(lifted, by=centre.clerk, now=NOW)
    assert find_load_findings() == []


def test_h19_take_out_when_the_limit_was_lowered_meanwhile_lets_what_is_booked_stand(db, centre) -> None:
    session = book(centre, 9)
    book(centre, 14, number=2)
    limit(centre, 1)
    with transaction():
        wish = DraftWish(session.owner, 1, session, reason="改天")
        lifted = put_in_without_place(wish, DraftAct.CANCEL, by=centre.clerk, now=NOW)
    with transaction():
        take_out(lifted, by=centre.clerk, now=NOW)
    assert loads(db, centre.shi.id)["day"] == 2
    assert find_load_findings() == []


def test_find_load_findings_when_a_count_was_changed_names_it(db, centre) -> None:
    limit(centre, 3)
    book(centre, 9)
    db.session.execute(sa.update(PersonLoad).where(PersonLoad.account_id == centre.shi.id).values(sessions=9))
    assert len(find_load_findings()) == 2


@pytest.mark.parametrize("is_taking_turns", [True, False])
def test_h19_reserve_when_several_clerks_book_one_person_at_once_never_passes_the_limit(
    app: Flask, db: SQLAlchemy, centre: Centre, monkeypatch: pytest.MonkeyPatch, is_taking_turns: bool
) -> None:
    """Without turns and without the check only the locked counts decide; SQLite's turn cannot be taken away."""
    limit(centre, 2)
    if not is_taking_turns:
        monkeypatch.setattr(act, "explain", lambda *args: [])
        monkeypatch.setattr(database, "TURN", ("SELECT {lock}",))
    faults.arm("booking.after_check:sleep:60@*")
    answers = run_writers(app, centre)
    faults.arm("")
    db.session.rollback()
    assert sorted(answers) == ["booked"] * 2 + ["refused"] * (WRITERS - 2)
    assert loads(db, centre.shi.id) == {"day": 2, "week": 2}
    assert find_load_findings() == []


def run_writers(app: Flask, centre: Centre) -> list[str]:
    answers: list[str] = []
    start = threading.Barrier(WRITERS)
    wishes = [
        (centre.need(owner=Owner("mediation_meeting", number), party_keys=()), centre.plan(9 + number))
        for number in range(WRITERS)
    ]

    def write(need: SessionNeed, plan: SessionPlan) -> None:
        with app.app_context():
            start.wait(timeout=20)
            try:
                with transaction():
                    reserve(need, plan, by=centre.clerk, now=NOW, is_confirmed=True)
            except Clash:
                answers.append("refused")
            else:
                answers.append("booked")

    threads = [threading.Thread(target=write, args=wish) for wish in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    return answers


def test_h14_h18_h19_changed_limit_flags_what_no_longer_fits_and_unflags_what_does(
    centre: Centre, street: Room, db: SQLAlchemy
) -> None:
    at_office = book(centre, 9)
    at_station = book(centre, 11, number=2, room_id=street.id)
    shi, station = centre.shi, street.organisation_id
    ways = {(centre.office.id, station): 120}
    both = {at_office.id, at_station.id}
    flagged_by = [
        (lambda: set_ways(ways, by=centre.clerk, now=NOW), both),
        (lambda: set_ways(dict.fromkeys(ways, 0), by=centre.clerk, now=NOW), set()),
        (lambda: set_area_limit(centre.office.id, 1, None, by=centre.clerk, now=NOW), both),
        (lambda: set_area_limit(centre.office.id, None, None, by=centre.clerk, now=NOW), set()),
        (lambda: serve(shi, centre.office.id, centre), {at_station.id}),
        (lambda: serve(shi, station, centre), {at_office.id}),
    ]
    before: set[int] = set()
    for change, expected in flagged_by:
        with transaction():
            assert change() == len(expected - before)
        before = flagged_ids(db)
        assert before == expected


def test_h19_move_session_when_the_day_stays_too_full_may_leave_it_and_the_rest_is_flagged_as_long(
    centre: Centre, db: SQLAlchemy
) -> None:
    first, second, third = (book(centre, hour, number) for number, hour in enumerate((9, 11, 14), start=1))
    limit(centre, 1)
    steps = [
        (lambda: move(first, centre, 9, day=MONDAY.replace(day=10)), {second.id, third.id}),
        (lambda: cancel_session(second, "改天", by=centre.clerk, now=NOW), set()),
    ]
    for step, expected in steps:
        with transaction():
            step()
        assert flagged_ids(db) == expected
    assert find_load_findings() == []
    with pytest.raises(Clash, match="这一天已有 1 场，最多 1 场"), transaction():
        move(third, centre, 14, day=MONDAY.replace(day=10))


def flagged_ids(db: SQLAlchemy) -> set[int]:
    flagged = BookedSession.off_duty_since.is_not(None), BookedSession.status == SessionStatus.BOOKED
    return set(db.session.scalars(sa.select(BookedSession.id).where(*flagged)))


def move(session: BookedSession, centre: Centre, hour: int, **values) -> None:
    move_session(session, centre.need(party_keys=()), centre.plan(hour, **values), by=centre.clerk, now=NOW)


def serve(account: Account, centre_id: int, centre: Centre) -> int:
    only = ServiceDetails(home_id=None, centre_ids=(centre_id,), max_day=None, max_week=None)
    return set_person_service(account, only, by=centre.clerk, now=NOW)


def test_h19_flagging_when_a_basket_drafts_on_the_day_counts_what_stands_alone(centre: Centre, db: SQLAlchemy) -> None:
    standing = book(centre, 9)
    with transaction():
        need = centre.need(owner=Owner("mediation_meeting", 2), party_keys=())
        put_in_place(DraftWish(need.owner, 1), need, centre.plan(14), by=centre.clerk, now=NOW)
    limit(centre, 1)
    assert standing.off_duty_since is None


def test_find_strained_when_more_people_sit_asks_no_more_questions(centre: Centre, db: SQLAlchemy) -> None:
    book(centre, 9)
    book(centre, 14, number=2, people=(("mediator", centre.shi.id), ("recorder", centre.fang.id)))
    limit(centre, 1)
    both = list_sessions_ahead(NOW)
    asked: list[int] = []
    for sessions in (both[:1], both):
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert find_strained(sessions) == {session.id for session in sessions}
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)
        asked.append(count)
    assert asked[0] == asked[1] <= 3
