"""After something has happened the smallest change is proposed, and carried out by the owners' own acts."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.booking.actions.limits import ServiceDetails, set_person_service
from app.booking.models import BookedSession, Leave, RoomClosure
from app.booking.queries import plan_of
from app.booking.rules.need import SessionPlan
from app.booking.rules.planning import PlaceStatus, PlanStatus
from app.desk.planning.actions import ask_for_replan, choose_places
from app.desk.planning.disturbing import Disturbance
from app.desk.planning.queries import get_run
from app.law import clock
from app.matters.actions import request_recusal
from app.matters.models import Matter
from app.matters.rules import RecusalGround
from app.mediation.actions import MeetingWish, book_meeting
from app.mediation.models import MediationCase
from app.web.transaction import transaction
from tests.desk.planning.conftest import Planner
from tests.mediation.conftest import District

DAY = date(2025, 6, 12)


@pytest.fixture
def booked(
    db: SQLAlchemy, planner: Planner, make_backlog: Callable[[int], list[MediationCase]], district: District
) -> list[BookedSession]:
    """Four meetings on 12 June: at nine and at half past ten, 石明轩 in the first room, 方素珍 in the second."""
    cases = make_backlog(4)
    for at, case in enumerate(cases):
        room = [district.room, district.second_room][at % 2]
        people = tuple(("mediator", account.id) for account in case.active_mediators)
        plan = SessionPlan(room.id, DAY, [time(9), time(10, 30)][at // 2], 90, people)
        with transaction():
            book_meeting(case, MeetingWish(plan), by=district.clerk, now=clock.now())
    return list(db.session.query(BookedSession).order_by(BookedSession.id))


def replan(planner: Planner, disturbance: Disturbance, rooms=(), person=None) -> str:
    """Ask, and let the worker look for the smallest change."""
    with transaction():
        run = ask_for_replan(disturbance, list(rooms), person, by=planner.actor, now=clock.now())
        public_id = run.public_id
    planner.work(public_id)
    return public_id


def test_session_is_not_counted_against_its_own_limit(
    planner: Planner, booked: list[BookedSession], district: District
) -> None:
    just_full = ServiceDetails(home_id=None, centre_ids=(), max_day=2, max_week=2)
    with transaction():
        set_person_service(district.shi, just_full, by=planner.actor, now=clock.now())
    day = Disturbance(
        rooms=(district.room.id,), starts=datetime.combine(DAY, time(8)), ends=datetime.combine(DAY, time(12))
    )
    run = get_run(replan(planner, day, [district.room]))
    causes = [cause for row in run.places for cause in row.facts["blockers"]]
    assert causes
    assert all("停用" in cause for cause in causes)


def accept_all(db: SQLAlchemy, planner: Planner, public_id: str) -> None:
    """Have the whole proposal carried out."""
    with transaction():
        run = get_run(public_id)
        choose_places(run, {row.public_id for row in run.places}, by=planner.actor, now=clock.now())
    planner.work(public_id)
    db.session.expire_all()


def test_room_closed_moves_its_sessions_alone_and_then_closes_it(
    db: SQLAlchemy, planner: Planner, booked: list[BookedSession], district: District
) -> None:
    day = Disturbance(
        rooms=(district.room.id,),
        starts=datetime.combine(DAY, time(8)),
        ends=datetime.combine(DAY, time(12)),
        note="空调坏了",
    )
    before = {session.id: plan_of(session) for session in booked}
    public_id = replan(planner, day, [district.room])
    run = get_run(public_id)
    hit = [session.id for session in booked if session.room_id == district.room.id]
    assert sorted(row.replaces_id for row in run.places) == hit
    assert all("停用" in row.facts["blockers"][0] for row in run.places)
    assert db.session.query(RoomClosure).count() == 0
    accept_all(db, planner, public_id)
    assert get_run(public_id).status is PlanStatus.ENDED
    assert [row.status for row in get_run(public_id).places] == [PlaceStatus.ACCEPTED] * 2
    after = {session.id: plan_of(session) for session in db.session.query(BookedSession)}
    assert [key for key in before if before[key] != after[key]] == hit
    assert db.session.query(RoomClosure).one().room_id == district.room.id


def test_mediator_ill_is_entered_and_only_what_he_sits_in_moves(
    db: SQLAlchemy, planner: Planner, booked: list[BookedSession], district: District
) -> None:
    public_id = replan(planner, Disturbance(account_id=district.shi.id, first=DAY, last=DAY), person=district.shi)
    assert db.session.query(Leave).one().account_id == district.shi.id
    rows = get_run(public_id).places
    assert len(rows) == 2
    assert all(row.plan is not None and row.plan.day != DAY for row in rows)
    flagged = [session.id for session in db.session.query(BookedSession) if session.off_duty_since]
    assert sorted(flagged) == sorted(row.replaces_id for row in rows)
    accept_all(db, planner, public_id)
    assert [session.off_duty_since for session in db.session.query(BookedSession)] == [None] * 4


def test_inv_12_recusal_flags_the_session_at_once_and_it_has_no_other_place(
    db: SQLAlchemy, planner: Planner, booked: list[BookedSession], district: District
) -> None:
    session_id = booked[0].id
    with transaction():
        matter = db.session.query(MediationCase).order_by(MediationCase.id).first().matter
        ground = RecusalGround.PARTY_OBJECTS
        request_recusal(matter, district.shi, ground=ground, facts="是邻居", by=planner.actor, now=clock.now())
    db.session.expire_all()
    assert [row.id for row in db.session.query(BookedSession) if row.off_duty_since] == [session_id]
    row = get_run(replan(planner, Disturbance())).places[0]
    assert row.replaces_id == session_id
    assert row.status is PlaceStatus.IMPOSSIBLE
    assert "石明轩 应当回避" in row.facts["blockers"]


def test_what_did_not_fit_before_stands_apart_and_is_no_part_of_the_change(
    db: SQLAlchemy, planner: Planner, booked: list[BookedSession], district: District
) -> None:
    misfit, places = booked[0].id, {session.id: plan_of(session) for session in booked}
    with transaction():
        matter = db.session.get_one(Matter, booked[0].matter_id)
        ground = RecusalGround.PARTY_OBJECTS
        request_recusal(matter, district.shi, ground=ground, facts="是邻居", by=planner.actor, now=clock.now())
    closed = Disturbance(
        rooms=(district.second_room.id,), starts=datetime.combine(DAY, time(8)), ends=datetime.combine(DAY, time(12))
    )
    public_id = replan(planner, closed, [district.second_room])
    run = get_run(public_id)
    hit = [session.id for session in booked if session.room_id == district.second_room.id]
    assert sorted(row.replaces_id for row in run.places) == hit
    assert run.score["apart"] == [[misfit, ["石明轩 应当回避"]]]
    accept_all(db, planner, public_id)
    after = {session.id: plan_of(session) for session in db.session.query(BookedSession)}
    assert [key for key in places if places[key] != after[key]] == hit
    assert [row.replaces_id for row in get_run(replan(planner, Disturbance())).places] == [misfit]
