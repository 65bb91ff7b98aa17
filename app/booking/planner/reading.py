"""Turns a JSON object into an instance: names become positions, hours become masks; says where it cannot."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from app.booking.planner.grid import WorkGrid
from app.booking.planner.instance import (
    ROOM_KINDS,
    Centre,
    Instance,
    Need,
    Panel,
    Party,
    Person,
    Room,
    Session,
    Standing,
    Weights,
)
from app.errors import DomainError

MOST_SLOTS_A_DAY = 96
MOST_DAYS = 400
MOST_SEATS = 99
WEIGHT_NAMES = {
    "unplaced": "S0_unplaced",
    "late_day": "S1_late_day",
    "preferred": "S2_preferred",
    "continuity": "S3_continuity",
    "overload_slot": "S4_overload_slot",
    "half": "S5_half",
    "room_kind": "S6_room_kind",
    "away_person": "S7_away_person",
    "other_centre": "S8_other_centre",
}
MOVE_WEIGHT_NAMES = {
    "moved_day": "P_day",
    "moved_start": "P_start",
    "moved_centre": "P_centre",
    "moved_room": "P_room",
    "moved_person": "P_person",
    "dropped": "P_unplace",
}
Row = Mapping[str, Any]
Part = TypeVar("Part")


class UnreadableFile(DomainError):
    """A file is missing, broken or not in the planner's format."""


def parse_instance(raw: Row) -> Instance:
    """The instance in a JSON object; names become positions, hours become masks."""
    grid = read_part("slots_per_day, blocks, days, week_of_day", lambda: _grid(raw))
    centres = read_parts(raw, "centres", lambda row: Centre(_name(row["id"]), int(row["district"])))
    at_centre = _positions("centres", centres)
    rooms = read_parts(raw, "rooms", lambda row: _room(row, grid, at_centre))
    people = read_parts(raw, "people", lambda row: _person(row, grid, at_centre))
    parties = read_parts(
        raw, "parties", lambda row: Party(_name(row["id"]), grid.everything & ~_hours(grid, row["busy"]))
    )
    at_room, at_person = _positions("rooms", rooms), _positions("people", people)
    standing = [row for row in _rows(raw, "fixed") if not (isinstance(row, dict) and row.get("cancelled"))]
    names = read_parts(raw, "sessions", lambda row: _name(row["id"]))
    at_session = {name: at for at, name in enumerate(names)}
    finder = _Finder(grid, at_centre, at_person, _positions("parties", parties), at_session)
    sessions = read_parts(raw, "sessions", finder.session)
    _positions("sessions", sessions)
    _check_no_circles(sessions)
    near, far, ways = read_part("travel", lambda: _travel(raw["travel"], at_centre))
    return Instance(
        name=str(raw.get("name", "")),
        grid=grid,
        travel_near=near,
        travel_far=far,
        weights=read_part("weights", lambda: _weights(raw["weights"])),
        centres=centres,
        rooms=rooms,
        people=people,
        parties=parties,
        standing=read_parts({"fixed": standing}, "fixed", lambda row: _standing(row, at_room, at_centre, at_person)),
        sessions=sessions,
        withdrawn=read_part("dropped", lambda: frozenset(at_session[name] for name in raw.get("dropped", []))),
        ways=ways,
    )


def read_part(name: str, parse: Callable[[], Part]) -> Part:
    """What `parse` reads; says which part it was where that fails (UnreadableFile)."""
    try:
        return parse()
    except KeyError as error:
        raise UnreadableFile(f"{name}: {error} is missing or unknown") from error
    except (TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
        raise UnreadableFile(f"{name}: {error}") from error


def _rows(raw: Row, name: str) -> list[Any]:
    rows = raw.get(name)
    if not isinstance(rows, list):
        raise UnreadableFile(f"{name} is not a list")
    return rows


def read_parts(raw: Row, name: str, parse: Callable[[Row], Part]) -> tuple[Part, ...]:
    """What `parse` reads from every row of a list (UnreadableFile)."""
    return tuple(read_part(f"{name}[{at}]", partial(parse, row)) for at, row in enumerate(_rows(raw, name)))


def _positions(name: str, parts: Iterable[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, part in enumerate(parts):
        if found.setdefault(part.id, at) != at:
            raise UnreadableFile(f"{name}[{at}]: id {part.id} stands twice")
    return found


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("an id is not a text")
    return value


def _names(values: Iterable[object]) -> frozenset[str]:
    if isinstance(values, str):
        raise TypeError("a list of names is a text")
    return frozenset(_name(value) for value in values)


def _between(value: object, least: int, most: int, what: str) -> int:
    number = int(value)  # type: ignore[call-overload]
    if not least <= number <= most:
        raise ValueError(f"{what} is not between {least} and {most}")
    return int(number)


def _grid(raw: Row) -> WorkGrid:
    slots = _between(raw["slots_per_day"], 1, MOST_SLOTS_A_DAY, "slots_per_day")
    blocks = tuple((int(start), int(end)) for start, end in raw["blocks"])
    days = tuple(str(day) for day in raw["days"])
    weeks = tuple(int(week) for week in raw["week_of_day"])
    edges = [edge for block in blocks for edge in block]
    if not blocks or edges != sorted(edges) or edges[0] < 0 or edges[-1] > slots:
        raise ValueError("blocks do not lie one after another within the day")
    if not days or len(days) > MOST_DAYS or len(weeks) != len(days):
        raise ValueError(f"days: 1 to {MOST_DAYS}, each with its week")
    return WorkGrid(slots, blocks, days, weeks)


def _hours(grid: WorkGrid, spans: Iterable[Iterable[int]]) -> int:
    mask = 0
    for day, start, end in spans:
        mask |= grid.mask(day, start, end)
    return mask


def _travel(row: Row, at_centre: Mapping[str, int]) -> tuple[int, int, dict[tuple[int, int], int]]:
    """Slots within a district, between districts, and for each pair of centres that has a way of its own."""
    ways: dict[tuple[int, int], int] = {}
    for one, other, slots in row.get("ways", ()):
        here, there = sorted((at_centre[one], at_centre[other]))
        if here == there or (here, there) in ways:
            raise ValueError(f"the way between {one} and {other} stands twice or leads nowhere")
        ways[here, there] = _between(slots, 0, MOST_SLOTS_A_DAY, "a way")
    return max(int(row["same_district"]), 0), max(int(row["other_district"]), 0), ways


def _room(row: Row, grid: WorkGrid, at_centre: Mapping[str, int]) -> Room:
    is_open = grid.everything & ~_hours(grid, row["closed"])
    equipment = _names(row["equip"])
    return Room(
        _name(row["id"]), at_centre[row["centre"]], _name(row["kind"]), int(row["capacity"]), equipment, is_open
    )


def _person(row: Row, grid: WorkGrid, at_centre: Mapping[str, int]) -> Person:
    fair = row.get("fair_slots")
    return Person(
        id=_name(row["id"]),
        roles=_names(row["roles"]),
        skills=_names(row["skills"]),
        home=at_centre[row["home"]],
        serves=frozenset(at_centre[centre] for centre in row["serves"]),
        unit=str(row["unit"]),
        duty=_hours(grid, row["on_duty"]),
        max_day=int(row["max_day"]),
        max_week=int(row["max_week"]),
        fair_slots=None if fair is None else int(fair),
    )


def _standing(
    row: Row, at_room: Mapping[str, int], at_centre: Mapping[str, int], at_person: Mapping[str, int]
) -> Standing:
    return Standing(
        id=_name(row["id"]),
        room=at_room[row["room"]],
        centre=at_centre[row["centre"]],
        day=int(row["day"]),
        start=int(row["start"]),
        length=int(row["duration"]),
        people=tuple(at_person[who] for who in row["people"]),
    )


class _Finder:
    """Turns the names in a waiting session into positions."""

    def __init__(
        self,
        grid: WorkGrid,
        centres: Mapping[str, int],
        people: Mapping[str, int],
        parties: Mapping[str, int],
        sessions: Mapping[str, int],
    ) -> None:
        self.grid, self.centres, self.people, self.parties, self.sessions = grid, centres, people, parties, sessions

    def session(self, row: Row) -> Session:
        """One waiting session."""
        if row["kind"] not in ROOM_KINDS:
            raise ValueError(f"kind {row['kind']} is unknown")
        half = row.get("half")
        return Session(
            id=_name(row["id"]),
            kind=row["kind"],
            centres=tuple(dict.fromkeys(self.centres[centre] for centre in row["centres"])),
            length=_between(row["duration"], 1, self.grid.slots_per_day, "duration"),
            attendance=int(row["attendance"]),
            equipment=_names(row["equip"]),
            first_day=int(row["earliest_day"]),
            last_day=int(row["deadline_day"]),
            target_day=int(row["target_day"]),
            weight=_between(row["weight"], 0, 1000, "weight"),
            parties=tuple(dict.fromkeys(self.parties[party] for party in row["parties"])),
            needs=tuple(self._need(need) for need in row["needs"]),
            panel=self._panel(row.get("panel")),
            chosen=self._person(row.get("chosen")),
            preferred=self._person(row.get("preferred")),
            continuity=self._person(row.get("continuity")),
            half=None if half is None else _between(half, 0, 1, "half"),
            recused=frozenset(self.people[who] for who in row["recuse"] if who in self.people),
            recused_units=_names(row["recuse_units"]),
            after=None if row.get("after") is None else self.sessions[row["after"]],
            gap=int(row.get("after_gap") or 0),
        )

    def _person(self, name: str | None) -> int | None:
        return None if name is None else self.people[name]

    @staticmethod
    def _need(row: Row) -> Need:
        skill = row.get("skill")
        return Need(_name(row["role"]), skill and _name(skill), _between(row["n"], 0, MOST_SEATS, "n"))

    @staticmethod
    def _panel(row: Row | None) -> Panel | None:
        if not row:
            return None
        minima = tuple((pool, _between(least, 0, MOST_SEATS, "min")) for pool, least in row["min"].items())
        return Panel(_between(row["size"], 0, MOST_SEATS, "size"), minima)


def _weights(row: Row) -> Weights:
    required = {ours: float(row[theirs]) for ours, theirs in WEIGHT_NAMES.items()}
    given = {ours: float(row[theirs]) for ours, theirs in MOVE_WEIGHT_NAMES.items() if theirs in row}
    if any(not 0 <= value < 1e9 for value in (*required.values(), *given.values())):
        raise ValueError("a weight is negative or not a number")
    return Weights(**required, **given)


def _check_no_circles(sessions: tuple[Session, ...]) -> None:
    for at, session in enumerate(sessions):
        before, steps = session.after, 0
        while before is not None and before != at and steps <= len(sessions):
            before, steps = sessions[before].after, steps + 1
        if before is not None:
            raise UnreadableFile(f"sessions[{at}]: it follows itself")
