"""Each pair of centres has its own way: what fits with it is planned, what does not is not."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.booking.planner.explaining import explain_place, list_violations
from app.booking.planner.instance import never
from app.booking.planner.planning import plan
from app.booking.planner.problem import Problem
from app.booking.planner.questions import first_places
from app.booking.planner.reading import UnreadableFile, parse_instance
from tests.booking.planner.samples import (
    NOON,
    Raw,
    board_of,
    broken,
    person,
    place_at,
    random_instance,
    raw_instance,
    session,
    solution_of,
)

NEAR, FAR = 1, 2


def with_ways(raw: Raw, *ways: tuple[str, str, int]) -> Raw:
    """The instance with ways of their own between these centres; the others keep one slot near by and two far off."""
    return raw | {"travel": {"same_district": NEAR, "other_district": FAR, "ways": [list(way) for way in ways]}}


def one_morning(*ways: tuple[str, str, int]) -> Raw:
    """A session of one slot in each of three centres on the first morning of four slots, and one mediator for all."""
    sessions = [session(name, centres=[name.upper()], duration=1, deadline_day=0, parties=[]) for name in "abc"]
    raw = with_ways(raw_instance(*sessions), *ways)
    return raw | {"people": [person("m1", "mediator", serves=["A", "B", "C"], on_duty=[[0, 0, NOON]], max_day=9)]}


@pytest.mark.parametrize(
    ("ways", "placed"),
    [
        ([], 2),
        ([("A", "B", 0), ("B", "C", 1), ("A", "C", 2)], 3),
        ([("A", "B", 2), ("B", "C", 2), ("A", "C", 2)], 2),
        ([("A", "B", 0), ("B", "C", 1), ("A", "C", 3)], 2),
        ([("C", "B", 0), ("C", "A", 1)], 3),
        ([("A", "B", 0), ("B", "C", 0), ("A", "C", 0)], 3),
        ([("A", "B", 9), ("B", "C", 9), ("A", "C", 9)], 1),
    ],
    ids=["defaults", "a-b-c", "longest-for-all", "a-to-c-too-long", "one-default", "next-door", "beyond-a-day"],
)
def test_h18_a_chain_of_three_centres_is_planned_exactly_when_each_of_its_ways_fits(
    ways: list[tuple[str, str, int]], placed: int
) -> None:
    raw = one_morning(*ways)
    made = plan(parse_instance(raw), 1, never, 60)
    board = board_of(raw)
    for place in made.places:
        board.put(place)
    assert len(made.places) == placed
    assert broken(raw, solution_of(board)) == []
    assert list_violations(board) == []


@pytest.mark.parametrize(("start", "rules"), [(1, {"H18"}), (2, {"H18"}), (3, set())])
def test_h18_explain_place_names_the_way_that_is_too_long_for_this_pair_alone(start: int, rules: set[str]) -> None:
    board = board_of(one_morning(("A", "B", 0), ("B", "C", 1), ("A", "C", 2)))
    seats = [("mediator", "m1")]
    board.put(place_at(board, "a", 0, 0, "A1", seats))
    assert explain_place(board, place_at(board, "b", 0, 1, "B1", seats)) == []
    to_c = place_at(board, "c", 0, start, "C1", seats)
    assert {cause.rule for cause in explain_place(board, to_c)} == rules
    assert [place.slot for place in first_places(board, to_c.session)] == [3]


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=0, max_value=10**6))
def test_blocked_slots_are_those_from_which_and_to_which_the_way_cannot_be_gone(seed: int) -> None:
    chance = Random(seed)
    problem = Problem(parse_instance(random_instance(seed)))
    day, start, length = chance.randrange(4), chance.randrange(8), chance.randint(1, 3)
    for here, there in combinations(range(3), 2):
        way = problem.instance.way(here, there)
        blocked = problem.blocked(day, start, length)[problem.way_between[here][there]]
        asked = {slot for slot in range(8) if start - way <= slot < start + length + way}
        assert blocked == sum(1 << day * 8 + slot for slot in asked)
        assert problem.way_between[there][here] == problem.way_between[here][there]


def test_parse_instance_without_ways_of_their_own_knows_near_and_far() -> None:
    problem = Problem(parse_instance(raw_instance()))
    assert problem.ways == (0, NEAR, FAR)
    assert [list(row) for row in problem.way_between] == [[0, 1, 2], [1, 0, 2], [2, 2, 0]]


@pytest.mark.parametrize(
    "ways",
    [
        None,
        5,
        [["A", "B"]],
        [["A", "A", 1]],
        [["A", "B", 1], ["B", "A", 1]],
        [["A", "nowhere", 1]],
        [["A", "B", -1]],
        [["A", "B", 97]],
        [["A", ["B"], 1]],
    ],
)
def test_read_instance_when_a_way_is_wrong_names_the_part(ways: object) -> None:
    raw = raw_instance()
    raw["travel"]["ways"] = ways
    with pytest.raises(UnreadableFile, match="travel"):
        parse_instance(raw)
