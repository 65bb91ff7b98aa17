"""Small instances: one written out, one by chance; and a judge that shares nothing with the planner."""

from collections import defaultdict
from itertools import combinations
from random import Random
from typing import Any

from app.booking.planner.board import Board
from app.booking.planner.files import assignment_of
from app.booking.planner.instance import Place
from app.booking.planner.problem import Problem
from app.booking.planner.reading import parse_instance

Raw = dict[str, Any]
SLOTS, NOON = 8, 4
WEIGHTS = {
    "S0_unplaced": 1000, "S1_late_day": 10, "S2_preferred": 30, "S3_continuity": 40, "S4_overload_slot": 2,
    "S5_half": 5, "S6_room_kind": 8, "S7_away_person": 3, "S8_other_centre": 15, "P_unplace": 1000, "P_day": 100,
    "P_start": 40, "P_centre": 60, "P_room": 5, "P_person": 20,
}  # fmt: skip
KINDS = {
    "mediation": {"mediation", "hearing"},
    "hearing": {"hearing", "reconsideration"},
    "reconsideration": {"reconsideration"},
}


def whole(days: int) -> list[list[int]]:
    """On duty all day, every day."""
    return [[day, start, end] for day in range(days) for start, end in ((0, NOON), (NOON, SLOTS))]


def person(name: str, *roles: str, days: int = 4, **values: Any) -> Raw:
    """Somebody on duty all the time at centre A."""
    fair = 8 if "mediator" in roles else None
    return {
        "id": name, "roles": list(roles), "skills": ["land"] if "mediator" in roles else [], "home": "A",
        "serves": ["A"], "unit": f"unit-{name}", "on_duty": whole(days), "max_day": 2, "max_week": 5,
        "fair_slots": fair, **values,
    }  # fmt: skip


def session(name: str, **values: Any) -> Raw:
    """A mediation of two slots at centre A with one mediator, any day."""
    return {
        "id": name, "kind": "mediation", "centres": ["A"], "duration": 2, "attendance": 4, "equip": [],
        "dispute": "land", "earliest_day": 0, "deadline_day": 3, "target_day": 1, "weight": 1, "parties": ["Z"],
        "needs": [{"role": "mediator", "skill": "land", "n": 1}], "panel": None, "chosen": None, "preferred": None,
        "continuity": None, "half": None, "recuse": [], "recuse_units": [], "after": None, "after_gap": 0, **values,
    }  # fmt: skip


def hearing(name: str, **values: Any) -> Raw:
    """A hearing with host, recorder and a panel of three, one of them from each of two pools at least."""
    needs = [{"role": role, "skill": None, "n": 1} for role in ("host", "recorder")]
    panel = {"size": 3, "min": {"npc": 1, "lawyer": 1}}
    return session(name, kind="hearing", needs=needs, panel=panel, **values)


def room(name: str, centre: str, kind: str = "mediation", **values: Any) -> Raw:
    """A room for ten that is always open."""
    return {"id": name, "centre": centre, "kind": kind, "capacity": 10, "equip": [], "closed": [], **values}


def raw_instance(*sessions: Raw, **values: Any) -> Raw:
    """Three centres in two districts, a few rooms and people, four days in one week."""
    return {
        "format": "sched-instance/1", "name": "small", "slots_per_day": SLOTS, "blocks": [[0, NOON], [NOON, SLOTS]],
        "days": ["d0", "d1", "d2", "d3"], "week_of_day": [0, 0, 0, 1],
        "travel": {"same_district": 1, "other_district": 2}, "weights": WEIGHTS,
        "centres": [
            {"id": "A", "tier": "district", "parent": None, "district": 0},
            {"id": "B", "tier": "street", "parent": "A", "district": 0},
            {"id": "C", "tier": "district", "parent": None, "district": 1},
        ],
        "rooms": [room("A1", "A"), room("A2", "A", "hearing", capacity=30), room("B1", "B"), room("C1", "C")],
        "people": [
            person("m1", "mediator"), person("m2", "mediator", serves=["A", "B", "C"]),
            person("l1", "lawyer", "panel:lawyer"), person("h1", "host"), person("r1", "recorder"),
            person("n1", "panel:npc"), person("n2", "panel:npc"), person("e1", "panel:expert"),
        ],
        "parties": [{"id": "Z", "busy": []}, {"id": "Y", "busy": []}],
        "fixed": [], "sessions": list(sessions), **values,
    }  # fmt: skip


def board_of(raw: Raw) -> Board:
    """The board of an instance without a plan."""
    return Board(Problem(parse_instance(raw)))


def place_at(board: Board, session_id: str, day: int, start: int, room_id: str, seats: list[tuple[str, str]]) -> Place:
    """A place named by ids; the centre is the room's."""
    instance = board.problem.instance
    at = next(at for at, session in enumerate(instance.sessions) if session.id == session_id)
    room_at = next(at for at, room in enumerate(instance.rooms) if room.id == room_id)
    people = {person.id: at for at, person in enumerate(instance.people)}
    named = tuple((role, people[who]) for role, who in seats)
    return Place(at, day * SLOTS + start, instance.rooms[room_at].centre, room_at, named)


def random_instance(seed: int) -> Raw:
    """Anything that the format allows, small, crowded and full of follow-ups and people with two roles."""
    chance = Random(seed)
    days, centres = 4, ["A", "B", "C"]
    people = []
    for number in range(chance.randint(6, 12)):
        roles = chance.choice(
            (
                ["mediator"],
                ["mediator", "host"],
                ["lawyer", "panel:lawyer"],
                ["host", "recorder"],
                ["panel:npc"],
                ["panel:expert", "panel:npc"],
            )
        )
        home = chance.choice(centres)
        duty = [span for span in whole(days) if chance.random() < 0.8]
        serves = list(dict.fromkeys([home, *chance.sample(centres, 2)]))
        limits = {"max_day": chance.randint(1, 2), "max_week": chance.randint(1, 4), "unit": f"u{chance.randrange(4)}"}
        people.append(person(f"p{number}", *roles, home=home, serves=serves, on_duty=duty, **limits))
    parties = [
        {"id": f"z{number}", "busy": [[chance.randrange(days), 0, chance.choice((NOON, SLOTS))]]} for number in range(5)
    ]
    sessions = [_random_session(chance, number, people, centres) for number in range(chance.randint(4, 12))]
    rooms = [
        room(
            f"R{number}",
            chance.choice(centres),
            chance.choice(("mediation", "hearing", "reconsideration")),
            closed=[[chance.randrange(days), 0, NOON]],
        )
        for number in range(5)
    ]
    fixed = [
        {"id": f"f{number}", "room": found["id"], "centre": found["centre"], "day": number, "start": 0, "duration": 2,
         "people": [people[number]["id"]], "cancelled": number == 3}
        for number, found in enumerate(rooms[:4])
    ]  # fmt: skip
    raw = raw_instance(*sessions, rooms=rooms, people=people, parties=parties, fixed=fixed)
    ways = [[*pair, chance.randrange(5)] for pair in combinations(centres, 2) if chance.random() < 0.6]
    return raw | {"travel": raw["travel"] | {"ways": ways}}


def _random_session(chance: Random, number: int, people: list[Raw], centres: list[str]) -> Raw:
    first = chance.randrange(3)
    mediators = [who["id"] for who in people if "mediator" in who["roles"]]
    wished = {
        name: chance.choice(mediators)
        for name in ("chosen", "preferred", "continuity")
        if mediators and chance.random() < 0.2
    }
    values: Raw = {
        "centres": chance.sample(centres, chance.randint(1, 3)), "duration": chance.randint(1, 3),
        "earliest_day": first, "deadline_day": chance.randint(first, 3), "target_day": first,
        "weight": chance.randint(1, 3), "parties": [f"z{at}" for at in chance.sample(range(5), chance.randint(1, 2))],
        "half": chance.choice((None, 0, 1)), "recuse": [chance.choice(people)["id"]],
        "recuse_units": ["u0"][: chance.randrange(2)],
    }  # fmt: skip
    if number and chance.random() < 0.3:
        values |= {"after": f"s{chance.randrange(number)}", "after_gap": chance.randrange(2)}
    if chance.random() < 0.3:
        needs = [{"role": "lawyer", "skill": None, "n": 1}][: chance.randrange(2)]
        return hearing(f"s{number}", **values) | {
            "needs": needs,
            "panel": {"size": 3, "min": {chance.choice(("npc", "expert")): 1}},
        }
    count = {"needs": [{"role": "mediator", "skill": "land", "n": chance.randint(1, 2)}]}
    return session(f"s{number}", **values, **wished, **count)


def solution_of(board: Board) -> list[Raw]:
    """The plan on the board as the file's assignments."""
    return [assignment_of(board.problem.instance, place) for place in board.placed()]


def broken(raw: Raw, assignments: list[Raw]) -> list[str]:
    """The hard constraints that a plan breaks, tested slot by slot on the raw file."""
    judge = _Judge(raw, assignments)
    for planned in assignments:
        judge.alone(planned)
    judge.together()
    return judge.found


class _Judge:
    def __init__(self, raw: Raw, assignments: list[Raw]) -> None:
        self.raw, self.found = raw, []
        self.rooms = {room["id"]: room for room in raw["rooms"]}
        self.people = {person["id"]: person for person in raw["people"]}
        self.parties = {party["id"]: party for party in raw["parties"]}
        self.sessions = {session["id"]: session for session in raw["sessions"]}
        self.days = {planned["session"]: planned["day"] for planned in assignments}
        self.visits: dict[tuple[str, int], list[tuple[int, int, str]]] = defaultdict(list)
        self.taken: dict[tuple[str, int, int], int] = defaultdict(int)
        for booked in raw["fixed"]:
            if not booked.get("cancelled"):
                end = booked["start"] + booked["duration"]
                self._take(booked["room"], booked["people"], booked["day"], booked["start"], end, booked["centre"])

    def _take(self, room_id: str, people: list[str], day: int, start: int, end: int, centre: str) -> None:
        for slot in range(start, end):
            self.taken["room " + room_id, day, slot] += 1
        for who in people:
            self.visits[who, day].append((start, end, centre))

    def _need(self, holds: bool, rule: str) -> None:
        if not holds:
            self.found.append(rule)

    def alone(self, planned: Raw) -> None:
        """What one session breaks by itself, H1 to H14 and H20."""
        asked, place = self.sessions[planned["session"]], self.rooms[planned["room"]]
        day, start = planned["day"], planned["start"]
        end = start + asked["duration"]
        people = [who for group in planned["people"].values() for who in group]
        slots = range(start, end)
        self._need(end <= NOON or start >= NOON, "H1")
        self._need(asked["earliest_day"] <= day, "H2")
        self._need(day <= asked["deadline_day"], "H3")
        self._need(place["centre"] in asked["centres"], "H4")
        fits = place["kind"] in KINDS[asked["kind"]] and place["capacity"] >= asked["attendance"]
        self._need(fits and set(asked["equip"]) <= set(place["equip"]), "H5")
        self._need(not self._meets(place["closed"], day, slots), "H6")
        self._need(not any(self._meets(self.parties[party]["busy"], day, slots) for party in asked["parties"]), "H7")
        self._need(len(people) == len(set(people)), "H8")
        self._seats(asked, planned["people"])
        for who in people:
            found = self.people[who]
            self._need(who not in asked["recuse"] and found["unit"] not in asked["recuse_units"], "H12")
            self._need(all(self._meets(found["on_duty"], day, range(slot, slot + 1)) for slot in slots), "H13")
            self._need(place["centre"] in found["serves"], "H14")
        if asked["after"]:
            before = self.days.get(asked["after"])
            self._need(before is not None and day >= before + asked["after_gap"], "H20")
        self._take(planned["room"], people, day, start, end, place["centre"])
        for party in asked["parties"]:
            for slot in slots:
                self.taken["party " + party, day, slot] += 1

    def _seats(self, asked: Raw, seated: Raw) -> None:
        for need in asked["needs"]:
            group = seated.get(need["role"], [])
            self._need(len(group) == need["n"], "H9")
            for who in group:
                found = self.people[who]
                self._need(
                    need["role"] in found["roles"] and (not need["skill"] or need["skill"] in found["skills"]), "H9"
                )
        panel = [self.people[who]["roles"] for who in seated.get("panel", [])]
        if asked["panel"]:
            self._need(len(panel) == asked["panel"]["size"] and len(panel) % 2 == 1 and len(panel) >= 3, "H10")
            for pool, least in asked["panel"]["min"].items():
                self._need(sum(f"panel:{pool}" in roles for roles in panel) >= least, "H10")
        else:
            self._need(not panel, "H9")
        self._need(not asked["chosen"] or asked["chosen"] in seated.get("mediator", []), "H11")

    @staticmethod
    def _meets(spans: list[list[int]], day: int, slots: range) -> bool:
        return any(span[0] == day and span[1] <= slot < span[2] for span in spans for slot in slots)

    def together(self) -> None:
        """What sessions break between them, H15 to H19."""
        for (what, _, _), times in self.taken.items():
            self._need(times == 1, "H15" if what.startswith("room") else "H16")
        weeks: dict[tuple[str, int], int] = defaultdict(int)
        for (who, day), visits in self.visits.items():
            for one, other in combinations(sorted(visits), 2):
                is_apart = one[1] <= other[0]
                self._need(is_apart, "H17")
                self._need(not is_apart or one[1] + self._travel(one[2], other[2]) <= other[0], "H18")
            self._need(len(visits) <= self.people[who]["max_day"], "H19")
            weeks[who, self.raw["week_of_day"][day]] += len(visits)
        for (who, _), times in weeks.items():
            self._need(times <= self.people[who]["max_week"], "H19")

    def _travel(self, here: str, there: str) -> int:
        district = {centre["id"]: centre["district"] for centre in self.raw["centres"]}
        if here == there:
            return 0
        for one, other, slots in self.raw["travel"].get("ways", []):
            if {one, other} == {here, there}:
                return slots
        return self.raw["travel"]["same_district" if district[here] == district[there] else "other_district"]
