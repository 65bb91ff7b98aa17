"""Each hard constraint has its explanation, and a place that holds has none."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.booking.planner.explaining import explain_place, list_violations
from app.booking.planner.questions import what_would_help, why_not
from tests.booking.planner.samples import (
    SLOTS,
    Raw,
    board_of,
    broken,
    hearing,
    person,
    place_at,
    raw_instance,
    room,
    session,
    solution_of,
)

PANEL = [("host", "h1"), ("recorder", "r1"), ("panel", "n1"), ("panel", "l1"), ("panel", "e1")]
Change = Callable[[Raw], None]


def named(raw: Raw, kind: str, what: str) -> Raw:
    """The row with this id."""
    return next(row for row in raw[kind] if row["id"] == what)


def fix(raw: Raw, room_id: str, day: int, start: int, *people: str, centre: str = "A") -> None:
    """Let a booking stand."""
    row = {"id": f"f{len(raw['fixed'])}", "room": room_id, "centre": centre, "day": day, "start": start}
    raw["fixed"] = [*raw["fixed"], {**row, "duration": 2, "people": list(people)}]


MEDIATION: list[tuple[str, Change]] = [
    ("H1", lambda raw: named(raw, "sessions", "s1").update(duration=3)),
    ("H2", lambda raw: named(raw, "sessions", "s1").update(earliest_day=2)),
    ("H3", lambda raw: named(raw, "sessions", "s1").update(deadline_day=0)),
    ("H4", lambda raw: named(raw, "sessions", "s1").update(centres=["B"])),
    ("H5", lambda raw: named(raw, "sessions", "s1").update(attendance=11)),
    ("H5", lambda raw: named(raw, "sessions", "s1").update(equip=["recording"])),
    ("H5", lambda raw: named(raw, "sessions", "s1").update(kind="reconsideration")),
    ("H6", lambda raw: named(raw, "rooms", "A1").update(closed=[[1, 2, 3]])),
    ("H7", lambda raw: named(raw, "parties", "Z").update(busy=[[1, 3, 8]])),
    ("H9", lambda raw: named(raw, "sessions", "s1")["needs"][0].update(n=2)),
    ("H9", lambda raw: named(raw, "sessions", "s1")["needs"][0].update(skill="traffic")),
    ("H9", lambda raw: named(raw, "sessions", "s1").update(needs=[{"role": "host", "skill": None, "n": 1}])),
    ("H11", lambda raw: named(raw, "sessions", "s1").update(chosen="m2")),
    ("H12", lambda raw: named(raw, "sessions", "s1").update(recuse=["m1"])),
    ("H12", lambda raw: named(raw, "sessions", "s1").update(recuse_units=["unit-m1"])),
    ("H13", lambda raw: named(raw, "people", "m1").update(on_duty=[[1, 0, 3]])),
    ("H14", lambda raw: named(raw, "people", "m1").update(serves=["B"])),
    ("H15", lambda raw: fix(raw, "A1", 1, 3)),
    ("H17", lambda raw: fix(raw, "A2", 1, 1, "m1")),
    ("H18", lambda raw: fix(raw, "B1", 1, 4, "m1", centre="B")),
    ("H19", lambda raw: named(raw, "people", "m1").update(max_day=1) or fix(raw, "A2", 1, 6, "m1")),
    ("H19", lambda raw: named(raw, "people", "m1").update(max_week=1) or fix(raw, "A2", 0, 6, "m1")),
]


@pytest.mark.parametrize(("rule", "change"), MEDIATION)
def test_explain_place_when_a_constraint_is_broken_names_it_alone(rule: str, change: Change) -> None:
    raw = raw_instance(session("s1"))
    board = board_of(raw)
    place = place_at(board, "s1", 1, 2, "A1", [("mediator", "m1")])
    assert explain_place(board, place) == []
    change(raw)
    board = board_of(raw)
    causes = explain_place(board, place)
    assert {cause.rule for cause in causes} == {rule}
    assert all(cause.what and cause.text for cause in causes)
    board.put(place)
    assert set(broken(raw, solution_of(board))) == {rule}
    assert {cause.rule for _, cause in list_violations(board)} == {rule}


@pytest.mark.parametrize(
    ("rule", "seats"),
    [
        ("H8", [("mediator", "m1"), ("mediator", "m1")]),
        ("H9", [("mediator", "m1")]),
        ("H9", [("mediator", "m1"), ("mediator", "m2"), ("lawyer", "l1")]),
        ("H9", [("mediator", "m1"), ("mediator", "m2"), ("panel", "n1")]),
    ],
)
def test_explain_place_when_seats_are_not_as_asked_names_it(rule: str, seats: list[tuple[str, str]]) -> None:
    board = board_of(raw_instance(session("s1", needs=[{"role": "mediator", "skill": "land", "n": 2}])))
    causes = explain_place(board, place_at(board, "s1", 1, 2, "A1", seats))
    assert {cause.rule for cause in causes} == {rule}


@pytest.mark.parametrize(
    "panel",
    [
        [("panel", "n1"), ("panel", "l1")],
        [("panel", "n1"), ("panel", "n2"), ("panel", "e1")],
        [("panel", "n1"), ("panel", "l1"), ("panel", "m2")],
    ],
)
def test_h10_explain_place_when_the_panel_is_not_as_ruled(panel: list[tuple[str, str]]) -> None:
    board = board_of(raw_instance(hearing("s1")))
    assert explain_place(board, place_at(board, "s1", 1, 4, "A2", PANEL)) == []
    causes = explain_place(board, place_at(board, "s1", 1, 4, "A2", [*PANEL[:2], *panel]))
    assert {cause.rule for cause in causes} == {"H10"}


@pytest.mark.parametrize("size", [1, 2, 4])
def test_h10_a_panel_that_is_even_or_too_small_is_never_lawful(size: int) -> None:
    raw = raw_instance(hearing("s1") | {"panel": {"size": size, "min": {}}})
    board = board_of(raw)
    seats = [*PANEL[:2], *[("panel", who) for who in ("n1", "n2", "l1", "e1")[:size]]]
    assert {cause.rule for cause in explain_place(board, place_at(board, "s1", 1, 4, "A2", seats))} == {"H10"}


def test_h16_explain_place_when_a_party_is_elsewhere_names_the_session() -> None:
    board = board_of(raw_instance(session("s1"), session("s2")))
    board.put(place_at(board, "s2", 1, 1, "A2", [("mediator", "m2")]))
    (cause,) = explain_place(board, place_at(board, "s1", 1, 2, "A1", [("mediator", "m1")]))
    assert (cause.rule, cause.what) == ("H16", "Z")
    assert "s2" in cause.text


@pytest.mark.parametrize(("day", "rules"), [(0, {"H20"}), (1, {"H20"}), (2, set())])
def test_h20_explain_place_when_a_follow_up_comes_too_soon(day: int, rules: set[str]) -> None:
    board = board_of(raw_instance(session("s1"), session("s2", after="s1", after_gap=1)))
    follow_up = place_at(board, "s2", day, 2, "A1", [("mediator", "m1")])
    assert "H20" in {cause.rule for cause in explain_place(board, follow_up)}
    first = place_at(board, "s1", 1, 0, "A2", [("mediator", "m2")])
    board.put(first)
    assert {cause.rule for cause in explain_place(board, follow_up)} == rules
    board.put(follow_up)
    board.lift(first.session)
    assert {cause.rule for cause in explain_place(board, first)} == rules


def test_explain_place_when_much_is_wrong_lists_everything() -> None:
    raw = raw_instance(session("s1", earliest_day=2, attendance=50))
    named(raw, "parties", "Z").update(busy=[[1, 0, 8]])
    board = board_of(raw)
    causes = explain_place(board, place_at(board, "s1", 1, 3, "A1", [("mediator", "m1")]))
    assert {cause.rule for cause in causes} == {"H1", "H2", "H5", "H7"}


def test_explain_place_when_the_room_is_no_more_says_so() -> None:
    board = board_of(raw_instance(session("s1")))
    gone = replace(place_at(board, "s1", 1, 2, "A1", [("mediator", "m1")]), room=-1)
    assert {cause.rule for cause in explain_place(board, gone)} == {"H5"}


def test_why_not_when_nobody_is_free_names_each_candidate_and_his_reason() -> None:
    raw = raw_instance(session("s1", recuse=["m3"]))
    raw["people"].append(person("m3", "mediator"))
    named(raw, "people", "m1").update(on_duty=[])
    fix(raw, "A2", 1, 2, "m2")
    causes = why_not(board_of(raw), 0, SLOTS + 2)
    assert {(cause.rule, cause.what) for cause in causes} == {
        ("H9", "mediator"), ("H13", "m1"), ("H17", "m2"), ("H12", "m3"),
    }  # fmt: skip


def test_why_not_when_every_room_is_taken_names_each() -> None:
    raw = raw_instance(session("s1"))
    fix(raw, "A1", 1, 2)
    named(raw, "rooms", "A2").update(closed=[[1, 0, 4]])
    causes = why_not(board_of(raw), 0, SLOTS + 2)
    assert {(cause.rule, cause.what) for cause in causes} == {("H15", "A1"), ("H6", "A2")}


def test_why_not_when_one_person_would_need_two_seats_says_so() -> None:
    raw = raw_instance(hearing("s1"))
    named(raw, "sessions", "s1")["needs"].append({"role": "lawyer", "skill": None, "n": 1})
    assert {cause.rule for cause in why_not(board_of(raw), 0, SLOTS)} == {"H8"}


def test_why_not_when_another_centre_is_free_has_no_cause() -> None:
    raw = raw_instance(session("s1", centres=["A", "B"]))
    fix(raw, "A1", 1, 2)
    fix(raw, "A2", 1, 2)
    assert why_not(board_of(raw), 0, SLOTS + 2) == []


def always(day_count: int = 4) -> list[list[int]]:
    """All day, every day."""
    return [[day, 0, SLOTS] for day in range(day_count)]


NOTHING_POSSIBLE: list[tuple[set[str], Change]] = [
    ({"H2", "H3"}, lambda raw: named(raw, "sessions", "s1").update(earliest_day=3, deadline_day=2)),
    ({"H4", "H5"}, lambda raw: raw.update(rooms=[room("A1", "A", capacity=2), room("B1", "B")])),
    ({"H4", "H6"}, lambda raw: raw.update(rooms=[room("A1", "A", closed=always()), room("B1", "B")])),
    ({"H7"}, lambda raw: named(raw, "parties", "Z").update(busy=always())),
    ({"H9"}, lambda raw: named(raw, "sessions", "s1")["needs"][0].update(skill="traffic")),
    (
        {"H11", "H13"},
        lambda raw: named(raw, "sessions", "s1").update(chosen="m1") or named(raw, "people", "m1").update(on_duty=[]),
    ),
    ({"H9", "H12"}, lambda raw: named(raw, "sessions", "s1").update(recuse=["m1", "m2"])),
    ({"H4", "H9", "H14"}, lambda raw: [row.update(serves=["B"]) for row in raw["people"][:2]]),
    ({"H9", "H19"}, lambda raw: [row.update(max_week=0) for row in raw["people"][:2]]),
]


@pytest.mark.parametrize(("rules", "change"), NOTHING_POSSIBLE)
def test_what_would_help_when_nothing_is_possible_names_each_that_would(rules: set[str], change: Change) -> None:
    raw = raw_instance(session("s1"))
    change(raw)
    board = board_of(raw)
    assert {relief.rule for relief in what_would_help(board, board.problem.wanted[0])} == rules


def test_what_would_help_when_a_session_holds_the_only_room_names_the_room_and_the_people() -> None:
    raw = raw_instance(session("s1", earliest_day=1, deadline_day=1), session("s2", parties=["Y"]))
    raw["rooms"] = [room("A1", "A", closed=[[1, 0, 2], [1, 4, 8]])]
    board = board_of(raw)
    board.put(place_at(board, "s2", 1, 2, "A1", [("mediator", "m2")]))
    reliefs = what_would_help(board, board.problem.wanted[0])
    assert {relief.rule for relief in reliefs} == {"H2", "H3", "H6", "H15"}
    assert next(relief.slot for relief in reliefs if relief.rule == "H15") == SLOTS + 2
