"""The planner gets every way between two centres that the office set, and blocks with them what booking blocks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import combinations
from random import Random

from flask_sqlalchemy import SQLAlchemy
from hypothesis import given, settings
from hypothesis import strategies as st

from app.booking.actions import reserve
from app.booking.actions.limits import set_ways
from app.booking.planner.board import Board
from app.booking.planner.explaining import explain_absence, slots_of
from app.booking.planner.problem import Problem
from app.booking.planner.questions import first_places
from app.booking.queries import explain_place
from app.booking.rules.grid import Horizon
from app.booking.rules.limits import Stint, Travel, find_ways, mask_of_ways
from app.booking.rules.masks import PersonState, RoomState
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionPlan
from app.booking.rules.words import RoomKind
from app.desk.planning.adapting import Adapted, Wish, World, adapt
from app.desk.planning.world import horizon_of, load_world
from app.web.transaction import transaction
from tests.booking.conftest import Centre, make_centre, make_room  # noqa: F401
from tests.factories import make_organisation

NOW = datetime(2025, 6, 9, 1, 0, tzinfo=UTC)
DAY = date(2025, 6, 11)
WEEK = Horizon(date(2025, 6, 9), 7)
CENTRE_OF = {1: 30, 2: 10, 3: 20}
PERSON = 7


def world_with(travel: Travel, plans: tuple[SessionPlan, ...]) -> World:
    """A room in each of three centres and one person who is on duty day and night."""
    everything = WEEK.mask_of_days(WEEK.first, WEEK.last)
    kind = RoomKind.MEDIATION_ROOM
    return World(
        horizon=WEEK,
        today=WEEK.first,
        rooms={room: RoomState(room, f"第{room}室", kind, 6, frozenset(), everything) for room in CENTRE_OF},
        centre_of=CENTRE_OF,
        rooms_of_area={1: tuple(CENTRE_OF)},
        people={PERSON: PersonState(PERSON, "石明轩", everything)},
        homes={},
        party_busy={},
        fixed=plans,
        usual=everything,
        ahead=everything,
        blocks=((0, 48), (48, 96)),
        travel=travel,
    )


def random_plan(chance: Random) -> SessionPlan:
    """The person somewhere on the first three days, also close to midnight."""
    at = time(chance.choice((0, 8, 11, 14, 22)), chance.choice((0, 15, 45)))
    people = (("mediator", PERSON),)
    return SessionPlan(chance.choice((1, 2, 3)), date(2025, 6, chance.randint(9, 11)), at, 45, people)


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=10**6))
def test_h18_planner_and_booking_block_the_same_for_any_ways(seed: int) -> None:
    chance = Random(seed)
    minutes = {
        pair: chance.choice((1, 15, 20, 50, 480)) for pair in combinations((10, 20, 30), 2) if chance.random() < 0.8
    }
    travel = Travel(minutes)
    plans = tuple(random_plan(chance) for _ in range(3))
    stints = [Stint(at, CENTRE_OF[plan.room_id], plan.cells) for at, plan in enumerate(plans)]
    board = Board(Problem(adapt(world_with(travel, plans), ()).instance))
    everything = WEEK.mask_of_days(WEEK.first, WEEK.last)
    for at, centre_id in enumerate(CENTRE_OF.values()):
        taken = mask_of_ways(WEEK, travel, stints, centre_id)
        for stint in stints:
            taken |= WEEK.mask(stint.cells)
        assert board.person_free(0, at) == everything & ~taken
        wanted = random_plan(chance).cells
        slots = slots_of(board, wanted.start - WEEK.first_cell, len(wanted))
        on_the_way = {stint.session_id for stint, _ in find_ways(travel, stints, centre_id, wanted)}
        overlapping = {stint.session_id for stint in stints if WEEK.mask(stint.cells) & slots}
        told = [cause.rule for cause in explain_absence(board, 0, at, slots)]
        assert told.count("H18") == len(on_the_way - overlapping)
        assert told.count("H17") == len(overlapping)


def ways_by_centre(adapted: Adapted) -> dict[frozenset[str], int]:
    """The instance's ways by the ids of the centres."""
    names = [centre.id for centre in adapted.instance.centres]
    return {frozenset({names[one], names[other]}): slots for (one, other), slots in adapted.instance.ways.items()}


def earliest_after(adapted: Adapted, board: Board, account_id: int, cell: int) -> dict[str, int]:
    """The first cell from this one on in which the person is free, by the id of the centre."""
    horizon, person = adapted.world.horizon, adapted.account_ids.index(account_id)
    ahead = horizon.mask(range(cell, horizon.end_cell))
    free = {centre.id: board.person_free(person, at) & ahead for at, centre in enumerate(adapted.instance.centres)}
    return {name: horizon.first_cell + (mask & -mask).bit_length() - 1 for name, mask in free.items()}


def test_h18_planner_offers_what_the_true_way_allows_and_booking_takes_it(
    make_centre: Callable[[], Centre],  # noqa: F811
    db: SQLAlchemy,
) -> None:
    centre = make_centre()
    street, village = (make_organisation(name, parent=centre.office) for name in ("临江街道中心", "北塘村调解室"))
    street_room, _ = (make_room(body, "调解室", db.session) for body in (street, village))
    db.session.commit()
    need = centre.need(
        room_wants=RoomWants(RoomKind.MEDIATION_ROOM, 4, area_id=centre.office.id),
        seats=(SeatNeed("mediator", "调解员", (centre.shi.id,)),),
        earliest=DAY,
        latest=DAY,
        party_keys=(),
    )
    first = SessionPlan(street_room.id, DAY, time(9), 60, (("mediator", centre.shi.id),))
    with transaction():
        pairs = ((centre.office, street, 20), (street, village, 100), (centre.office, village, 0))
        set_ways({(one.id, other.id): minutes for one, other, minutes in pairs}, by=centre.clerk, now=NOW)
        reserve(need, first, by=centre.clerk, now=NOW)

    wish = Wish(replace(need, owner=Owner("mediation_meeting", 2)), ())
    adapted = adapt(load_world([wish], horizon_of(DAY, DAY), begins=DAY, now=NOW), [wish])
    assert ways_by_centre(adapted) == {
        frozenset({str(centre.office.id), str(street.id)}): 2,
        frozenset({str(street.id), str(village.id)}): 7,
    }
    board = Board(Problem(adapted.instance))
    assert earliest_after(adapted, board, centre.shi.id, first.cells.stop) == {
        str(centre.office.id): first.cells.stop + 2,
        str(street.id): first.cells.stop,
        str(village.id): first.cells.stop + 7,
    }
    plans = [adapted.plan_of(place) for place in first_places(board, 0, limit=99)]
    assert plans
    for plan in plans:
        assert explain_place(wish.need, plan, now=NOW) == []
    soonest = SessionPlan(centre.rooms[0].id, DAY, time(10, 30), 60, (("mediator", centre.shi.id),))
    with transaction():
        reserve(wish.need, soonest, by=centre.clerk, now=NOW)
