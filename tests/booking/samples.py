"""A small centre for the pure rules: two rooms, three people, one day 11 June 2025."""

from datetime import date, datetime, time

from app.booking.rules.grid import Horizon
from app.booking.rules.masks import PersonState, RoomState, Snapshot
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan
from app.booking.rules.words import Equipment, RoomKind

DAY = date(2025, 6, 11)
HORIZON = Horizon(DAY, 3)
NOON_BEFORE = datetime.combine(date(2025, 6, 10), time(12))
FANG, SHI, HE = 1, 2, 3
FIRST_ROOM, SECOND_ROOM, HEARING_ROOM = 11, 12, 13


def hours(opens: int, closes: int, day: date = DAY) -> int:
    return HORIZON.mask_of_hours(day, time(opens), time(closes))


def daily(opens: int, closes: int) -> int:
    return sum(hours(opens, closes, day) for day in HORIZON.each_day())


def make_room(room_id: int = FIRST_ROOM, **values) -> RoomState:
    defaults = {
        "name": "第一调解室",
        "kind": RoomKind.MEDIATION_ROOM,
        "capacity": 12,
        "equipment": frozenset({Equipment.TABLET}),
        "open": daily(8, 18),
    }
    return RoomState(id=room_id, **{**defaults, **values})


def make_person(account_id: int = SHI, name: str = "石明轩", **values) -> PersonState:
    return PersonState(account_id, name, **{"duty": daily(8, 18), **values})


def make_snapshot(*rooms: RoomState, people=(), party_busy=(), ahead: int | None = None) -> Snapshot:
    everything = HORIZON.mask_of_days(HORIZON.first, HORIZON.last)
    rooms = rooms or (make_room(),)
    people = people or (make_person(),)
    return Snapshot(
        horizon=HORIZON,
        rooms={room.id: room for room in rooms},
        people={person.id: person for person in people},
        party_busy=tuple(party_busy),
        usual=daily(9, 12) | daily(14, 17),
        ahead=everything if ahead is None else ahead,
    )


def make_need(**values) -> SessionNeed:
    defaults = {
        "owner": Owner("mediation_meeting", 1),
        "matter_id": 1,
        "organisation_id": 1,
        "purpose": "邻里纠纷调解 第 1 次",
        "minutes": 60,
        "room_wants": RoomWants(RoomKind.MEDIATION_ROOM, 4),
        "seats": (SeatNeed("mediator", "调解员", (SHI,)),),
        "earliest": date(2025, 6, 1),
    }
    return SessionNeed(**{**defaults, **values})


def make_plan(hour: int = 9, minute: int = 0, *, room_id: int = FIRST_ROOM, day: date = DAY, **values) -> SessionPlan:
    defaults = {"minutes": 60, "people": (("mediator", SHI),)}
    return SessionPlan(room_id, day, time(hour, minute), **{**defaults, **values})
