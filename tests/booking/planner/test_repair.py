"""After a disturbance only what is hit moves, and no further than it must."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.booking.planner.board import Board
from app.booking.planner.instance import Instance, Place
from app.booking.planner.planning import ChangedPlan, plan, plan_again
from app.booking.planner.problem import Problem
from app.booking.planner.reading import parse_instance
from tests.booking.planner.samples import (
    SLOTS,
    Raw,
    board_of,
    broken,
    place_at,
    random_instance,
    raw_instance,
    session,
    solution_of,
)


def mend(raw: Raw, *places: Place) -> ChangedPlan:
    """The plan of these places mended for an instance."""
    return plan_again(parse_instance(raw), {place.session: place for place in places}, 1, lambda: False)


def test_replan_when_nothing_is_hit_touches_nothing() -> None:
    raw = raw_instance(session("s1", preferred="m2", half=0))
    late = place_at(board_of(raw), "s1", 3, 6, "A2", [("mediator", "m1")])
    made = mend(raw, late)
    assert (made.hit, made.touched, made.lost) == ({}, frozenset(), frozenset())
    assert [(place.slot, place.room, place.seats) for place in made.places] == [(late.slot, late.room, late.seats)]


def test_replan_when_a_room_is_closed_changes_the_room_alone() -> None:
    raw = raw_instance(session("s1"))
    place = place_at(board_of(raw), "s1", 1, 2, "A1", [("mediator", "m1")])
    raw["rooms"][0]["closed"] = [[1, 0, 8]]
    made = mend(raw, place)
    assert [cause.rule for cause in made.hit[0]] == ["H6"]
    (after,) = made.places
    assert (after.slot, after.room, after.seats) == (place.slot, 1, place.seats)


def test_replan_when_a_mediator_is_ill_replaces_him_alone() -> None:
    raw = raw_instance(
        session("s1", needs=[{"role": "mediator", "skill": "land", "n": 1}, {"role": "lawyer", "skill": None, "n": 1}])
    )
    place = place_at(board_of(raw), "s1", 1, 2, "A1", [("mediator", "m1"), ("lawyer", "l1")])
    raw["people"][0]["on_duty"] = []
    (after,) = mend(raw, place).places
    assert (after.slot, after.room) == (place.slot, place.room)
    assert dict(after.seats) == {"mediator": 1, "lawyer": 2}


def test_replan_when_moving_another_costs_less_moves_it() -> None:
    raw = raw_instance(session("s1"), session("s2", parties=["Y"]))
    board = board_of(raw)
    hit = place_at(board, "s1", 1, 2, "A1", [("mediator", "m1")])
    beside = place_at(board, "s2", 1, 2, "A2", [("mediator", "m2")])
    raw["sessions"][0]["attendance"] = 20
    raw["sessions"][0]["deadline_day"] = raw["sessions"][0]["earliest_day"] = 1
    raw["parties"][0]["busy"] = [[1, 0, 2], [1, 4, 8]]
    made = mend(raw, hit, beside)
    places = {place.session: place for place in made.places}
    assert (places[0].slot, places[0].room) == (hit.slot, beside.room)
    assert (places[1].slot, places[1].room) == (beside.slot, hit.room)
    assert (set(made.hit), made.touched) == ({0}, {0, 1})


def test_h20_replan_when_the_first_session_is_hit_leaves_its_follow_up_where_it_is() -> None:
    raw = raw_instance(session("s1"), session("s2", after="s1", after_gap=1))
    board = board_of(raw)
    first = place_at(board, "s1", 1, 2, "A1", [("mediator", "m1")])
    then = place_at(board, "s2", 2, 2, "A1", [("mediator", "m1")])
    raw["parties"][0]["busy"] = [[1, 0, 8]]
    made = mend(raw, first, then)
    assert made.touched == {0}
    assert next(place.slot for place in made.places if place.session == 0) // SLOTS == 0


def test_h20_replan_when_the_first_session_finds_no_place_drops_its_follow_up() -> None:
    raw = raw_instance(session("s1"), session("s2", after="s1", after_gap=1, parties=["Y"]))
    board = board_of(raw)
    first = place_at(board, "s1", 1, 2, "A1", [("mediator", "m1")])
    then = place_at(board, "s2", 2, 2, "A1", [("mediator", "m1")])
    raw["parties"][0]["busy"] = [[day, 0, 8] for day in range(4)]
    made = mend(raw, first, then)
    assert (made.places, made.lost) == ((), {0, 1})
    assert [made.impossible[at].split()[0] for at in (0, 1)] == ["H7", "H20"]


def test_replan_when_a_session_is_withdrawn_leaves_it_out_without_a_word() -> None:
    raw = raw_instance(session("s1"), dropped=["s1"])
    made = mend(raw, place_at(board_of(raw), "s1", 1, 2, "A1", [("mediator", "m1")]))
    assert (made.places, dict(made.hit), made.lost) == ((), {}, frozenset())


def test_replan_when_a_session_was_not_planned_lets_it_wait() -> None:
    raw = raw_instance(session("s1"), session("s2"))
    made = mend(raw, place_at(board_of(raw), "s1", 1, 2, "A1", [("mediator", "m1")]))
    assert [place.session for place in made.places] == [0]


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=10**6))
def test_replan_on_any_instance_breaks_no_hard_constraint(seed: int) -> None:
    raw = random_instance(seed)
    before = plan(parse_instance(raw), seed, lambda: False, 20)
    raw["rooms"][seed % 5]["closed"] = [[day, 0, 8] for day in (1, 2)]
    raw["people"][seed % 5]["on_duty"] = []
    instance = parse_instance(raw)
    made = plan_again(instance, {place.session: place for place in before.places}, 1, lambda: False, 30)
    assert broken(raw, solution_of(board_with(instance, made))) == []
    assert set(made.touched) | set(made.lost) >= set(made.hit)


def board_with(instance: Instance, made: ChangedPlan) -> Board:
    """A board with the mended plan."""
    board = Board(Problem(instance))
    for place in made.places:
        board.put(place)
    return board


@pytest.mark.parametrize("steps", [0, 25])
def test_replan_when_steps_are_the_same_is_the_same(steps: int) -> None:
    raw = random_instance(11)
    instance = parse_instance(raw)
    before = {place.session: place for place in plan(instance, 1, lambda: False, 20).places}
    ill = replace(instance, people=tuple(replace(who, duty=who.duty & ~0xFFFF) for who in instance.people))
    first, second = (plan_again(ill, before, 5, lambda: False, steps) for _ in range(2))
    assert first == second
