"""The adapted planner and the booking core give the same answers over the same rows, whatever was edited before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from random import Random

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.booking.actions import cancel_session, reserve
from app.booking.actions import limits as actions
from app.booking.actions.limits import ServiceDetails
from app.booking.models import BookedSession, DutySlot, Leave, RoomClosure
from app.booking.planner.board import Board
from app.booking.planner.impossible import look_alone
from app.booking.planner.problem import Problem
from app.booking.planner.questions import first_places
from app.booking.queries import explain_place
from app.booking.queries.snapshot import load_snapshot
from app.booking.queries.verifying import find_load_findings, find_occupancy_findings
from app.booking.rules.grid import Horizon
from app.booking.rules.masks import Snapshot
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan, party_key
from app.booking.rules.search import list_free_places
from app.booking.rules.words import Equipment, HalfDay, RoomKind, SessionStatus
from app.desk.planning.adapting import Adapted, Wish, adapt
from app.desk.planning.world import horizon_of, load_world
from app.errors import DomainError
from app.law import clock
from app.people.models import Organisation
from app.web.transaction import transaction
from tests.booking.conftest import Centre, make_centre, make_room  # noqa: F401
from tests.factories import make_organisation

NOW = datetime(2025, 6, 4, 3, 0, tzinfo=UTC)
FIRST, LAST, DAYS = date(2025, 6, 5), date(2025, 6, 18), 14
ROUNDS, EDITS = 10, 50


class Editing:
    """Random edits of one centre, and random needs."""

    def __init__(self, centre: Centre, seed: int) -> None:
        self.centre, self.chance = centre, Random(seed)
        self.people = [centre.shi.id, centre.fang.id, centre.he.id]
        self.serial = 0

    def day(self) -> date:
        """A day from the day before the plan to its end."""
        return FIRST + timedelta(days=self.chance.randrange(-1, 14))

    def need(self) -> SessionNeed:
        """Something to be placed."""
        chance = self.chance
        self.serial += 1
        mediators = tuple(chance.sample(self.people, chance.randint(1, 3)))
        seats = [SeatNeed("mediator", "调解员", mediators, chance.randint(1, len(mediators)))]
        if chance.random() < 0.5:
            seats.append(SeatNeed("recorder", "记录员", tuple(chance.sample(self.people, 2))))
        earliest = FIRST + timedelta(days=chance.randrange(-3, 8))
        return self.centre.need(
            owner=Owner("mediation_meeting", self.serial),
            minutes=chance.choice((30, 60, 90, 120, 180)),
            room_wants=RoomWants(
                chance.choice((RoomKind.MEDIATION_ROOM, RoomKind.MEDIATION_ROOM, RoomKind.HEARING_ROOM)),
                chance.choice((2, 4, 5, 9)),
                chance.choice((frozenset(), frozenset(), frozenset({Equipment.TABLET}))),
                self.centre.office.id,
            ),
            seats=tuple(seats),
            earliest=earliest,
            latest=chance.choice((None, earliest + timedelta(days=chance.randrange(0, 9)))),
            excluded=frozenset(chance.sample(self.people, chance.choice((0, 0, 0, 1)))),
            party_keys=tuple(party_key(letter * 64) for letter in chance.sample("abc", chance.randint(0, 2))),
        )

    def edit(self, session: SQLAlchemy) -> None:
        """Shift, leave, closure, a session called off, or a booking."""
        chance, day = self.chance, self.day()
        act = chance.randrange(8)
        if act == 0:
            account = chance.choice(self.people)
            half = chance.choice(list(HalfDay))
            known = session.session.query(DutySlot).filter_by(account_id=account, day=day, half=half).first()
            if known is None:
                session.session.add(DutySlot(account_id=account, day=day, half=half))
            else:
                session.session.delete(known)
        elif act == 1 and chance.random() < 0.1:
            session.session.add(Leave(account_id=chance.choice(self.people), starts_on=day, ends_on=day))
        elif act == 2 and chance.random() < 0.3:
            starts = clock.from_local(day, time(chance.randrange(8, 16), chance.choice((0, 20, 45))))
            room = chance.choice(self.centre.rooms)
            session.session.add(RoomClosure(room_id=room.id, starts_at=starts, ends_at=starts + timedelta(hours=2)))
        elif act == 3 and chance.random() < 0.5:
            self.call_off(session)
        elif act < 6:
            self.book(self.whenever(), day)
        else:
            self.book_free(self.whenever(), day)

    def call_off(self, session: SQLAlchemy) -> None:
        """One of the sessions that stand."""
        rows = session.session.query(BookedSession).filter_by(status=SessionStatus.BOOKED)
        standing = rows.order_by(BookedSession.id).all()
        if standing:
            cancel_session(self.chance.choice(standing), "不用开了", by=self.centre.clerk, now=NOW)

    def book(self, need: SessionNeed, day: date) -> None:
        """At any quarter hour, also an unusual one, if it can be had."""
        at = time(self.chance.randrange(8, 17), self.chance.choice((0, 15, 30, 45)))
        people = [(seat.capacity, who) for seat in need.seats for who in seat.candidates[: seat.count]]
        room = self.chance.choice(self.centre.rooms)
        self.reserve(need, SessionPlan(room.id, day, at, need.minutes, tuple(people)))

    def book_free(self, need: SessionNeed, day: date) -> None:
        """At one of the free places of one room on that day, in whatever centre it is."""
        snapshot = load_snapshot(need, Horizon(day, 1), now=NOW)
        rooms = dict(self.chance.sample(list(snapshot.rooms.items()), min(1, len(snapshot.rooms))))
        places = list_free_places(need, replace(snapshot, rooms=rooms), day, ())
        if places:
            self.reserve(need, self.chance.choice(places).plan)

    def send_away(self, session: SQLAlchemy) -> None:
        """One person of two goes to another centre, at the first place there that can be had."""
        branches = [room for room in self.centre.rooms if room.organisation_id != self.centre.office.id]
        who = self.chance.choice((self.centre.shi.id, self.centre.fang.id))
        alone = replace(
            self.whenever(),
            minutes=30,
            room_wants=RoomWants(RoomKind.MEDIATION_ROOM, 2, area_id=self.centre.office.id),
            seats=(SeatNeed("mediator", "调解员", (who,), 1),),
            excluded=frozenset(),
            party_keys=(),
        )
        before = session.session.query(BookedSession).count()
        for day in (FIRST + timedelta(days=number) for number in range(DAYS)):
            for room, at in product(branches, (time(9), time(10), time(14), time(15))):
                self.reserve(alone, SessionPlan(room.id, day, at, 30, (("mediator", who),)))
                if session.session.query(BookedSession).count() > before:
                    return

    def whenever(self) -> SessionNeed:
        """Something that is lawful on any day."""
        return replace(self.need(), earliest=FIRST - timedelta(days=9), latest=None)

    def reserve(self, need: SessionNeed, plan: SessionPlan) -> None:
        """Book it if nothing speaks against it."""
        try:
            reserve(need, plan, by=self.centre.clerk, now=NOW, is_confirmed=True)
        except DomainError:
            return


def set_limits(centre: Centre, near: Organisation, far: Organisation) -> None:
    """Two sessions a day and five a week, three a week for one; ways of three lengths; one stays at the main centre."""
    by = centre.clerk
    actions.set_area_limit(centre.office.id, 2, 5, by=by, now=NOW)
    ways = {(centre.office.id, near.id): 20, (near.id, far.id): 60, (centre.office.id, far.id): 95}
    actions.set_ways(ways, by=by, now=NOW)
    stays = ServiceDetails(centre.office.id, (centre.office.id,), None, 3)
    actions.set_person_service(centre.he, stays, by=by, now=NOW)


def check_people(adapted: Adapted, board: Board, snapshot: Snapshot) -> None:
    """In each centre that a person serves he is free at the same office hours for the planner as for booking."""
    begins = snapshot.horizon.first_cell - adapted.world.horizon.first_cell
    for person in snapshot.people.values():
        for at, centre in enumerate(adapted.instance.centres):
            if person.serves(int(centre.id)):
                planned = board.person_free(adapted.account_ids.index(person.id), at) >> begins & snapshot.everything
                booked = snapshot.free_at(person, int(centre.id)) & snapshot.usual & snapshot.ahead
                assert planned == booked, (person.name, centre.id)


@pytest.mark.parametrize("seed", [1, 4])
def test_adapted_planner_and_booking_agree_after_random_edits(
    make_centre: Callable[[], Centre],  # noqa: F811
    db: SQLAlchemy,
    seed: int,
) -> None:
    centre = make_centre()
    make_room(centre.office, "听证室", db.session, kind=RoomKind.HEARING_ROOM, equipment_words=["tablet"])
    near, far = (make_organisation(name, parent=centre.office) for name in ("滨澜区第二分中心", "滨澜区第三分中心"))
    rooms = (*centre.rooms, *(make_room(branch, "分中心调解室", db.session) for branch in (near, far)))
    db.session.commit()
    with transaction():
        set_limits(centre, near, far)
    centre = replace(centre, rooms=rooms)
    editing = Editing(centre, seed)
    possible = away = 0
    for _ in range(ROUNDS):
        with transaction():
            for _ in range(EDITS):
                editing.edit(db)
            editing.send_away(db)
        wishes = [Wish(editing.need(), ()) for _ in range(6)]
        world = load_world(wishes, horizon_of(FIRST, LAST), begins=FIRST, now=NOW)
        adapted = adapt(world, wishes)
        board = Board(Problem(adapted.instance))
        impossible = set(look_alone(board).impossible)
        for at, wish in enumerate(wishes):
            places = [adapted.plan_of(place) for place in first_places(board, at, limit=10_000)]
            asked = Horizon(FIRST, DAYS)
            snapshot = load_snapshot(wish.need, asked, now=NOW)
            check_people(adapted, board, snapshot)
            told = {
                (place.plan.day, place.plan.at)
                for day in asked.each_day()
                for place in list_free_places(wish.need, snapshot, day, ())
            }
            assert {(plan.day, plan.at) for plan in places} == told, wish.need
            assert (at in impossible) == (not told)
            possible += bool(told)
            away += any(stint.centre_id != centre.office.id for who in snapshot.people.values() for stint in who.stints)
            for plan in places[:1] + places[-1:]:
                assert explain_place(wish.need, plan, now=NOW) == []
    assert find_occupancy_findings() == find_load_findings() == []
    assert 10 < possible < 55
    assert away > 10
