"""A plan holds, is the same for the same seed, costs what it says, and names what is impossible."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.booking.planner.board import Board
from app.booking.planner.ceiling import find_surplus
from app.booking.planner.construction import place_first_fit, place_greedily
from app.booking.planner.cost import list_loads, price_of_plan, unevenness
from app.booking.planner.explaining import explain_place, list_violations
from app.booking.planner.impossible import look_alone
from app.booking.planner.instance import never
from app.booking.planner.places import best_place, option_starts, shared_starts
from app.booking.planner.planning import plan
from app.booking.planner.problem import Problem
from app.booking.planner.questions import first_places, why_not
from app.booking.planner.reading import parse_instance
from app.booking.planner.relaxing import starts_without
from app.booking.planner.ruin import Search
from tests.booking.planner.samples import (
    SLOTS,
    Raw,
    board_of,
    broken,
    hearing,
    random_instance,
    raw_instance,
    session,
    solution_of,
    whole,
)

SEEDS = st.integers(min_value=0, max_value=10**6)
FEW = settings(max_examples=25, deadline=None)


def board_with(raw: Raw, steps: int = 20) -> Board:
    """A board with a plan after some steps."""
    board = board_of(raw)
    alone = look_alone(board)
    place_greedily(board, alone, never)
    Search(board, alone, 1).run(never, steps)
    return board


@FEW
@given(SEEDS)
def test_plan_on_any_instance_breaks_no_hard_constraint_and_costs_what_it_says(seed: int) -> None:
    raw = random_instance(seed)
    instance = parse_instance(raw)
    made = plan(instance, seed, never, 40)
    board = Board(Problem(instance))
    for place in made.places:
        board.put(place)
    assert broken(raw, solution_of(board)) == []
    assert list_violations(board) == []
    assert made.cost == pytest.approx(sum(price_of_plan(instance, made.places).values()))
    assert not {place.session for place in made.places} & set(made.impossible)


@FEW
@given(SEEDS)
def test_thousands_of_random_edits_never_break_a_hard_constraint(seed: int) -> None:
    raw, chance = random_instance(seed), Random(seed)
    board = board_of(raw)
    for _ in range(60):
        at = chance.randrange(len(board.places))
        board.mark()
        before = (board.cost, list(board.places), board.rooms.copy(), board.people.copy(), board.load.copy())
        if board.places[at] is None:
            place = best_place(board, board.problem.wanted[at], chance)
            if place is not None:
                board.put(place)
        elif not any(board.places[follower] for follower in board.problem.wanted[at].followers):
            board.lift(at)
        if chance.random() < 0.3:
            board.undo()
            assert (board.cost, board.places, board.rooms, board.people, board.load) == before
        assert broken(raw, solution_of(board)) == []
    assert board.cost == pytest.approx(sum(price_of_plan(board.problem.instance, list(board.placed())).values()))


@FEW
@given(SEEDS)
def test_fast_masks_and_plain_masks_agree_on_any_board(seed: int) -> None:
    board = board_with(random_instance(seed))
    for place in list(board.placed()):
        wanted = board.problem.wanted[place.session]
        board.lift(place.session)
        shared = shared_starts(board, wanted)
        fast = 0
        for option in wanted.options:
            fast |= option_starts(board, wanted, option, shared)
        assert fast == starts_without(board, wanted)
        board.put(place)


@FEW
@given(SEEDS)
def test_a_start_is_offered_exactly_when_nothing_speaks_against_it(seed: int) -> None:
    board = board_with(random_instance(seed), 5)
    for at, place in enumerate(list(board.places)):
        if place is not None:
            board.lift(at)
        offered = {found.slot: found for found in first_places(board, at, limit=10**6)}
        assert list(offered) == sorted(offered)
        for slot in range(4 * SLOTS):
            assert (slot in offered) == (why_not(board, at, slot) == [])
        assert all(explain_place(board, found) == [] for found in offered.values())
        if place is not None:
            board.put(place)


@FEW
@given(SEEDS)
def test_impossible_sessions_have_no_place_whatever_is_planned(seed: int) -> None:
    raw = random_instance(seed)
    instance = parse_instance(raw)
    impossible = plan(instance, 1, never, 0).impossible
    naive = Board(Problem(instance))
    place_first_fit(naive, range(len(instance.sessions)))
    assert not {place.session for place in naive.placed()} & set(impossible)
    assert all(reason.startswith("H") for reason in impossible.values())


def test_plan_when_seed_and_steps_are_the_same_is_the_same() -> None:
    instance = parse_instance(random_instance(7))
    assert plan(instance, 3, never, 60) == plan(instance, 3, never, 60)


@pytest.mark.parametrize(("looks", "named"), [(0, []), (1, []), (2, [1])])
def test_plan_when_it_must_stop_early_names_only_what_it_looked_at(looks: int, named: list[int]) -> None:
    instance = parse_instance(raw_instance(session("s1"), session("s2", attendance=99), session("s3")))
    asked = iter(range(100))
    made = plan(instance, 1, lambda: next(asked) >= looks)
    assert (made.places, list(made.impossible)) == ((), named)


def test_first_fit_takes_what_comes_first() -> None:
    board = board_of(raw_instance(session("s1", preferred="m2"), session("s2", parties=["Y"])))
    place_first_fit(board, [0, 1])
    assert [(place.slot, place.room) for place in board.placed()] == [(0, 0), (0, 1)]
    assert [place.seats for place in board.placed()] == [(("mediator", 0),), (("mediator", 1),)]


def test_plan_makes_way_for_a_session_that_fits_in_one_place_only() -> None:
    wide = [session(f"s{number}", target_day=0, parties=[]) for number in range(7)]
    narrow = session("n1", earliest_day=0, deadline_day=0, weight=3, duration=4, target_day=0, chosen="m1", half=0)
    raw = raw_instance(*wide, narrow)
    raw["people"] = raw["people"][:1]
    raw["people"][0]["max_day"] = 8
    raw["people"][0]["max_week"] = 20
    made = plan(parse_instance(raw), 1, never, 100)
    assert len(made.places) == 8


def test_plan_seats_whom_the_parties_prefer_and_keeps_the_mediator_of_the_session_before() -> None:
    follow_up = session("s2", after="s1", after_gap=1, target_day=2)
    instance = parse_instance(raw_instance(session("s1", preferred="m2"), follow_up, session("s3", continuity="m1")))
    made = plan(instance, 1, never, 50)
    mediators = [dict(place.seats)["mediator"] for place in sorted(made.places, key=lambda place: place.session)]
    assert [instance.people[who].id for who in mediators] == ["m2", "m2", "m1"]
    assert price_of_plan(instance, made.places) == dict.fromkeys(
        ("S0", "S1", "S2", "S3", "S4", "S5", "S6", "S8"), 0
    ) | {"S7": 0}


def test_plan_spreads_sessions_over_those_who_carry_less() -> None:
    sessions = [session(f"s{number}", parties=[], deadline_day=3, target_day=3) for number in range(4)]
    instance = parse_instance(raw_instance(*sessions))
    made = plan(instance, 1, never, 30)
    assert {load for _, load in list_loads(instance, made.places)} == {4}
    assert unevenness([4, 4]) == 0
    assert unevenness([0, 8]) == 0.5


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({"earliest_day": 3, "deadline_day": 2}, "H2/H3"),
        ({"attendance": 99}, "H5"),
        ({"equip": ["loop"]}, "H5"),
        ({"parties": ["Y"]}, "H7"),
        ({"needs": [{"role": "judge", "skill": None, "n": 1}]}, "H9"),
        ({"recuse": ["m1", "m2"]}, "H9/H12"),
        ({"chosen": "m1", "earliest_day": 2}, "H11/H13"),
        ({"chosen": "m1", "needs": []}, "H11"),
        ({"centres": []}, "H4"),
        ({"after": "s0"}, "H20"),
    ],
)
def test_impossible_sessions_are_named_with_their_constraint(values: Raw, rules: str) -> None:
    raw = raw_instance(session("s0", attendance=99), session("s1", **values))
    raw["parties"][1]["busy"] = whole(4)
    raw["people"][0]["on_duty"] = whole(2)
    reason = plan(parse_instance(raw), 1, never, 0).impossible[1]
    assert reason.split()[0] == rules


@pytest.mark.parametrize(
    ("panel", "rules"), [({"size": 4, "min": {}}, "H10"), ({"size": 3, "min": {"cppcc": 1}}, "H10")]
)
def test_h10_a_panel_that_cannot_be_is_named(panel: Raw, rules: str) -> None:
    raw = raw_instance(hearing("s1") | {"panel": panel})
    assert plan(parse_instance(raw), 1, never, 0).impossible[0].split()[0] == rules


def test_impossible_when_each_condition_alone_has_time_names_what_would_help() -> None:
    raw = raw_instance(session("s1", deadline_day=0, needs=[{"role": "lawyer", "skill": None, "n": 1}]))
    raw["parties"][0]["busy"] = [[0, 0, 4]]
    raw["people"][2]["on_duty"] = [[0, 0, 4], [1, 0, 4]]
    reason = plan(parse_instance(raw), 1, never, 0).impossible[0]
    assert {"H3", "H7", "H13"} & set(reason.split()[0].split("/"))


def test_withdrawn_sessions_are_neither_placed_nor_named() -> None:
    made = plan(parse_instance(raw_instance(session("s1"), session("s2"), dropped=["s1"])), 1, never, 10)
    assert [place.session for place in made.places] == [1]
    assert made.impossible == {}


@FEW
@given(SEEDS)
def test_no_plan_places_more_than_the_ceiling_says(seed: int) -> None:
    instance = parse_instance(random_instance(seed))
    made = plan(instance, seed, never, 30)
    naive = Board(Problem(instance))
    place_first_fit(naive, range(len(instance.sessions)))
    assert max(len(made.places), len(list(naive.placed()))) <= made.most <= len(instance.sessions)


def test_ceiling_when_long_sessions_outnumber_the_half_days_counts_them_out_and_keeps_the_heavy() -> None:
    values: Raw = {"duration": 3, "deadline_day": 0, "parties": []}
    sessions = [session(f"s{number}", weight=1 + number, **values) for number in range(5)]
    short = session("short", duration=1, deadline_day=0)
    raw = raw_instance(*sessions, short)
    for row in raw["people"]:
        row["max_day"] = 9
    board = board_of(raw)
    surplus = find_surplus(board, look_alone(board))
    assert surplus == [0]
    made = plan(parse_instance(raw), 1, never, 100)
    assert (made.most, len(made.places)) == (5, 5)
