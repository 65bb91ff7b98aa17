"""Reads and writes the planner's files: an instance (`sched-instance/1`) and a solution (`sched-solution/1`)."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.booking.planner.instance import PANEL, Instance, Place
from app.booking.planner.reading import Row, UnreadableFile, parse_instance, read_parts

INSTANCE_FORMAT = "sched-instance/1"
SOLUTION_FORMAT = "sched-solution/1"


def read_instance(path: Path) -> Instance:
    """The instance in a file; refuses what is not one (UnreadableFile)."""
    raw = _load(path, INSTANCE_FORMAT)
    try:
        return parse_instance(raw)
    except UnreadableFile as error:
        raise UnreadableFile(_told(path, error.message)) from error


def read_solution(path: Path, instance: Instance) -> dict[int, Place]:
    """The places of a solution's file. A room or person that is no more is left out, so that the place shows as hit."""
    raw = _load(path, SOLUTION_FORMAT)
    at_session = {session.id: at for at, session in enumerate(instance.sessions)}
    at_room = {room.id: at for at, room in enumerate(instance.rooms)}
    at_person = {person.id: at for at, person in enumerate(instance.people)}

    def place(row: Row) -> Place:
        room = at_room.get(row["room"], -1)
        seats = [(role, at_person[who]) for role, names in row["people"].items() for who in names if who in at_person]
        slot = int(row["day"]) * instance.grid.slots_per_day + int(row["start"])
        if not 0 <= slot < len(instance.grid.days) * instance.grid.slots_per_day:
            raise ValueError("day and start lie outside the days of the instance")
        return Place(at_session.get(row["session"], -1), slot, instance.rooms[room].centre, room, tuple(seats))

    try:
        places = read_parts(raw, "assignments", place)
    except UnreadableFile as error:
        raise UnreadableFile(_told(path, error.message)) from error
    return {place.session: place for place in places if place.session >= 0}


def write_solution(path: Path, instance: Instance, places: Iterable[Place], impossible: Mapping[int, str]) -> None:
    """Write a plan with the sessions that are proven to have no place; refuses a path that cannot be written."""
    answer = {
        "format": SOLUTION_FORMAT,
        "instance": instance.name,
        "assignments": [assignment_of(instance, place) for place in sorted(places, key=lambda place: place.session)],
        "unplaceable": {instance.sessions[at].id: reason for at, reason in sorted(impossible.items())},
    }
    try:
        path.write_text(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    except OSError as error:
        raise UnreadableFile(f"{path}：写不进去（cannot be written: {error.strerror}）。请换一个位置。") from error


def check_writable(path: Path) -> None:
    """Refuse a path that cannot be written before anybody waits for what should stand there."""
    folder = path.parent
    is_taken = path.exists() and not (path.is_file() and os.access(path, os.W_OK))
    if is_taken or not os.access(folder, os.W_OK | os.X_OK):
        raise UnreadableFile(f"{path}：写不进去（cannot be written）。请换一个位置。")


def assignment_of(instance: Instance, place: Place) -> dict[str, object]:
    """One place as the file says it, by ids."""
    session = instance.sessions[place.session]
    day, start = divmod(place.slot, instance.grid.slots_per_day)
    people: dict[str, list[str]] = {need.role: [] for need in session.needs}
    if session.panel:
        people[PANEL] = []
    for role, person in place.seats:
        people.setdefault(role, []).append(instance.people[person].id)
    return {"session": session.id, "day": day, "start": start, "room": instance.rooms[place.room].id, "people": people}


def _load(path: Path, expected: str) -> Row:
    try:
        raw = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableFile(f"{path}：打不开（cannot be opened: {error.strerror}）。请检查路径。") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{path}：不是完整的 JSON（not valid JSON: {error}）。请检查文件。") from error
    if not isinstance(raw, dict) or raw.get("format") != expected:
        raise UnreadableFile(_told(path, f"format is not {expected}"))
    return raw


def _told(path: Path, what: str) -> str:
    return f"{path}：格式不对（{what}）。请检查文件。"
