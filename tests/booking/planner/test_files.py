"""Files are read as they are meant, written as they are read, and refused with one line where they are broken."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.booking.planner.files import check_writable, read_instance, read_solution, write_solution
from app.booking.planner.planning import plan
from app.booking.planner.reading import UnreadableFile, parse_instance
from tests.booking.planner.samples import Raw, hearing, person, random_instance, raw_instance, session


def written(folder: Path, raw: Raw) -> Path:
    """The instance as a file."""
    file = folder / "instance.json"
    file.write_text(json.dumps(raw))
    return file


def test_a_solution_when_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    instance = read_instance(
        written(tmp_path, raw_instance(session("s1"), hearing("s2"), session("s3", attendance=99)))
    )
    made = plan(instance, 1, lambda: False, 5)
    write_solution(tmp_path / "solution.json", instance, made.places, made.impossible)
    raw = json.loads((tmp_path / "solution.json").read_text())
    assert (raw["format"], raw["instance"]) == ("sched-solution/1", "small")
    assert raw["unplaceable"].keys() == {"s3"}
    places = read_solution(tmp_path / "solution.json", instance)
    assert {(place.slot, place.room, place.seats) for place in places.values()} == {
        (place.slot, place.room, place.seats) for place in made.places
    }
    assert {len(row["people"]) for row in raw["assignments"]} == {1, 3}


def test_read_solution_when_rooms_and_people_are_gone_keeps_the_session(tmp_path: Path) -> None:
    file = tmp_path / "solution.json"
    row = {"session": "s1", "day": 1, "start": 2, "room": "gone", "people": {"mediator": ["m1", "gone"]}}
    file.write_text(json.dumps({"format": "sched-solution/1", "assignments": [row, {**row, "session": "unknown"}]}))
    places = read_solution(file, parse_instance(raw_instance(session("s1"))))
    assert [(place.room, place.seats) for place in places.values()] == [(-1, (("mediator", 0),))]


def test_read_instance_when_a_booking_is_cancelled_leaves_it_out() -> None:
    fixed = [{"id": "f1", "room": "A1", "centre": "A", "day": 0, "start": 0, "duration": 2, "people": ["m1"]}]
    assert len(parse_instance(raw_instance(fixed=fixed)).standing) == 1
    assert parse_instance(raw_instance(fixed=[{**fixed[0], "cancelled": True}])).standing == ()


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"format": "other"}', "[" * 100_000, "\ud800".encode("utf-8", "replace").decode()]
)
def test_read_instance_when_it_is_none_says_so_in_one_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "instance.json"
    file.write_text(text)
    with pytest.raises(UnreadableFile, match="请检查"):
        read_instance(file)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"rooms": None}, "rooms is not a list"),
        ({"sessions": [session("s1") | {"duration": 0}]}, r"sessions\[0\]: duration"),
        ({"sessions": [session("s1"), session("s1")]}, r"sessions\[1\]: id s1 stands twice"),
        ({"sessions": [session("s1", after="s2"), session("s2", after="s1")]}, r"sessions\[0\]: it follows itself"),
        ({"sessions": [session("s1", chosen="nobody")]}, "'nobody' is missing or unknown"),
        ({"sessions": [session("s1", kind="party")]}, "kind party is unknown"),
        ({"people": [person("m1", "mediator", home="nowhere")]}, r"people\[0\]: 'nowhere' is missing or unknown"),
        ({"people": [{"id": 5}]}, r"people\[0\]"),
        ({"blocks": [[4, 8], [0, 4]]}, "blocks"),
        ({"days": []}, "days"),
        ({"slots_per_day": 10**9}, "slots_per_day"),
        ({"weights": {}}, "weights"),
        ({"weights": raw_instance()["weights"] | {"S0_unplaced": float("nan")}}, "a weight is negative"),
        ({"dropped": ["nobody"]}, "dropped"),
        ({"fixed": [{"id": "f1"}]}, r"fixed\[0\]: 'room'"),
    ],
)
def test_read_instance_when_a_part_is_wrong_names_the_part(tmp_path: Path, change: Raw, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        read_instance(written(tmp_path, raw_instance(**change)))


def test_check_writable_when_there_is_no_folder_refuses(tmp_path: Path) -> None:
    check_writable(tmp_path / "new.json")
    for path in (tmp_path / "no folder" / "new.json", tmp_path):
        with pytest.raises(UnreadableFile, match="写不进去"):
            check_writable(path)


JUNK = (None, -1, 10**12, 1.5, float("nan"), "x", [], {}, [[0]], True)


def _spoil(value: Any, chance: Random) -> Any:
    """One part somewhere inside is missing or something else."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(list(value))
        rest = {key: part for key, part in value.items() if key != name}
        return rest if chance.random() < 0.2 else {**rest, name: _spoil(value[name], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [*value[:at], _spoil(value[at], chance), *value[at + 1 :]]
    return chance.choice(JUNK)


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0, max_value=10**6))
def test_any_spoilt_file_is_planned_or_refused_but_never_crashes(seed: int) -> None:
    raw = _spoil(random_instance(seed % 20), Random(seed))
    try:
        instance = parse_instance(raw) if isinstance(raw, dict) else None
    except UnreadableFile:
        return
    if instance is not None:
        plan(instance, 1, lambda: False, 2)


@pytest.mark.parametrize(("day", "start"), [(-1, 0), (4, 0), (10**15, 0)])
def test_read_solution_when_a_place_lies_outside_the_days_refuses(tmp_path: Path, day: int, start: int) -> None:
    file = tmp_path / "solution.json"
    row = {"session": "s1", "day": day, "start": start, "room": "A1", "people": {}}
    file.write_text(json.dumps({"format": "sched-solution/1", "assignments": [row]}))
    with pytest.raises(UnreadableFile, match="outside the days"):
        read_solution(file, parse_instance(raw_instance(session("s1"))))
