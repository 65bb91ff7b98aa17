"""A backlog is planned by the worker, shown as a proposal, and booked one by one by the owners' own acts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

from flask_sqlalchemy import SQLAlchemy

from app import extensions
from app.booking.actions import reserve
from app.booking.models import BookedSession, PlanRun, Room
from app.booking.rules.need import Owner, RoomWants, SessionNeed, SessionPlan
from app.booking.rules.planning import PlaceStatus, PlanStatus
from app.desk.planning.actions import choose_places
from app.desk.planning.queries import get_run
from app.law import clock
from app.mediation.actions import MeetingWish, book_meeting
from app.mediation.models import MediationCase
from app.web.transaction import transaction
from tests.desk.planning.conftest import Planner
from tests.mediation.conftest import District


def places_of(run: PlanRun) -> list[tuple]:
    return [(row.owner_id, row.status, row.plan) for row in run.places]


def test_backlog_is_planned_the_same_every_time_and_booked_one_by_one(
    db: SQLAlchemy,
    planner: Planner,
    make_backlog: Callable[[int], list[MediationCase]],
    district: District,
) -> None:
    cases = make_backlog(8)
    first, second = planner.ask(), planner.ask()
    run = get_run(first)
    assert run.status is PlanStatus.PROPOSED
    assert places_of(run) == places_of(get_run(second))
    assert all(row.status is PlaceStatus.PROPOSED for row in run.places)
    assert {row.owner_id for row in run.places} == {case.id for case in cases}
    assert db.session.query(BookedSession).count() == 0

    taken = run.places[2]
    book_by_hand(next(case for case in cases if case.id == taken.owner_id), district)
    with transaction():
        chosen = {row.public_id for row in get_run(first).places[:6]}
        assert choose_places(get_run(first), chosen, by=planner.actor, now=clock.now()) == 6
    planner.work(first)
    db.session.expire_all()
    run = get_run(first)
    by_status = [row.status for row in run.places]
    assert by_status[:6].count(PlaceStatus.ACCEPTED) == 5
    assert run.places[2].status is PlaceStatus.REFUSED
    assert "已经排了一场" in run.places[2].refusal
    assert by_status[6:] == [PlaceStatus.PROPOSED] * 2
    booked = db.session.query(BookedSession).all()
    assert len(booked) == 6


def test_place_that_was_taken_meanwhile_is_refused_with_its_cause_and_the_others_are_booked(
    db: SQLAlchemy,
    planner: Planner,
    make_backlog: Callable[[int], list[MediationCase]],
    district: District,
) -> None:
    make_backlog(4)
    run = get_run(planner.ask())
    lost = run.places[1]
    take_room(lost.plan, planner)
    with transaction():
        chosen = {row.public_id for row in get_run(run.public_id).places}
        choose_places(get_run(run.public_id), chosen, by=planner.actor, now=clock.now())
    planner.work(run.public_id)
    db.session.expire_all()
    lost, others = run.places[1], [row for row in run.places if row.id != lost.id]
    assert lost.status is PlaceStatus.REFUSED
    assert "已有安排" in lost.refusal
    assert [row.status for row in others] == [PlaceStatus.ACCEPTED] * 3


def take_room(plan: SessionPlan, planner: Planner) -> None:
    """Somebody takes the room at the time of a plan for something of his own."""
    need = SessionNeed(
        owner=Owner("draft_move", 999),
        matter_id=999,
        organisation_id=planner.actor.organisation_id,
        purpose="接访",
        minutes=plan.minutes,
        room_wants=RoomWants(db_room(plan.room_id).kind),
        seats=(),
        earliest=plan.day,
    )
    with transaction():
        reserve(need, replace(plan, people=()), by=planner.actor, now=clock.now(), is_confirmed=True)


def db_room(room_id: int) -> Room:
    return extensions.db.session.get_one(Room, room_id)


def book_by_hand(case: MediationCase, district: District) -> None:
    """Somebody books a meeting of the case on a Sunday meanwhile."""
    people = tuple(("mediator", account.id) for account in case.active_mediators)
    plan = SessionPlan(district.room.id, date(2025, 6, 29), time(9), 60, people)
    with transaction():
        book_meeting(case, MeetingWish(plan, is_confirmed=True), by=district.clerk, now=clock.now())
