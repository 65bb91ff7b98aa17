"""Which places satisfy everything? Nearest first: same day, then same room, then the fewest people replaced."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.booking.rules.grid import CELL_MINUTES, starts_of_runs, wall_time_of
from app.booking.rules.masks import PersonState, RoomState, Snapshot
from app.booking.rules.matching import match_seats
from app.booking.rules.need import SessionNeed, SessionPlan

People = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Place:
    """One place that satisfies everything, and whom of the people asked for it replaces by whom."""

    plan: SessionPlan
    room_name: str
    replaced: tuple[tuple[str, str], ...] = ()


def find_places(need: SessionNeed, snapshot: Snapshot, near: SessionPlan, *, limit: int = 3) -> list[Place]:
    """The nearest places within the usual hours that `check_…` and the masks accept, best first."""
    chosen: list[Place] = []
    passed: list[Place] = []
    for places in _places_by_day(need, snapshot, near):
        for place in sorted(places, key=lambda place: _distance(place, near)):
            (passed if _overlaps_one_of(place, chosen) else chosen).append(place)
            if len(chosen) == limit:
                return chosen
    return (chosen + passed)[:limit]


def list_free_places(need: SessionNeed, snapshot: Snapshot, day: date, wanted: People) -> list[Place]:
    """Every place of one day, by room and start, with the people wanted where they are free."""
    cells = snapshot.horizon.mask_of_days(day, day)
    return list(_places_in(need, snapshot, cells, wanted))


def count_free_rooms(need: SessionNeed, snapshot: Snapshot, day: date) -> int:
    """In how many fitting rooms the session could be held that day."""
    cells = snapshot.horizon.mask_of_days(day, day)
    length = _length(need.minutes)
    return sum(
        1 for room, shared in _fitting_rooms(need, snapshot) if starts_of_runs(shared & cells & room.free, length)
    )


def seat_people(need: SessionNeed, snapshot: Snapshot, cells: int, wanted: People, centre_id: int = 0) -> People | None:
    """A seat in the centre for everybody needed, nobody twice, those wanted first; None when it cannot be done."""
    slots = [seat for seat in need.seats for _ in range(seat.count)]
    choices = [
        [
            person.id
            for person in _by_preference(snapshot.candidates(need, seat), seat.capacity, wanted)
            if snapshot.free_at(person, centre_id) & cells == cells
        ]
        for seat in slots
    ]
    seated = match_seats(choices)
    if seated is None:
        return None
    return tuple((seat.capacity, account_id) for seat, account_id in zip(slots, seated, strict=True))


def _by_preference(people: Iterable[PersonState], seat: str, wanted: People) -> list[PersonState]:
    return sorted(people, key=lambda person: (seat, person.id) not in wanted)


def _places_by_day(need: SessionNeed, snapshot: Snapshot, near: SessionPlan) -> Iterator[list[Place]]:
    for day in sorted(snapshot.horizon.each_day(), key=lambda day: (abs((day - near.day).days), day < near.day)):
        cells = snapshot.horizon.mask_of_days(day, day)
        yield list(_places_in(need, snapshot, cells, near.people))


def _places_in(need: SessionNeed, snapshot: Snapshot, cells: int, wanted: People) -> Iterator[Place]:
    length = _length(need.minutes)
    for room, shared in _fitting_rooms(need, snapshot):
        for cell in snapshot.horizon.cells_of(starts_of_runs(shared & cells & room.free, length)):
            place = _place_at(need, snapshot, room, cell, wanted)
            if place is not None:
                yield place


def _place_at(need: SessionNeed, snapshot: Snapshot, room: RoomState, cell: int, wanted: People) -> Place | None:
    cells = snapshot.horizon.mask(range(cell, cell + _length(need.minutes)))
    people = seat_people(need, snapshot, cells, wanted, room.centre_id)
    if people is None:
        return None
    start = wall_time_of(cell)
    plan = SessionPlan(room.id, start.date(), start.time(), need.minutes, people)
    return Place(plan, room.name, _replaced(snapshot, wanted, people))


def _replaced(snapshot: Snapshot, wanted: People, people: People) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for seat in dict.fromkeys(seat for seat, _ in people):
        missing = [who for who in wanted if who[0] == seat and who not in people]
        new = [who for who in people if who[0] == seat and who not in wanted]
        names = [(snapshot.people[old].name if old in snapshot.people else "") for _, old in missing]
        pairs.extend(zip(names, (snapshot.people[account_id].name for _, account_id in new), strict=False))
    return tuple(pairs)


def _fitting_rooms(need: SessionNeed, snapshot: Snapshot) -> Iterator[tuple[RoomState, int]]:
    """The rooms that fit, each with the bits in which everybody needed can be in its centre."""
    everybody = snapshot.lawful(need) & snapshot.usual & snapshot.ahead & snapshot.parties_free()
    shared: dict[int, int] = {}
    for room in snapshot.rooms.values():
        if not room.fits(need.room_wants):
            continue
        if room.centre_id not in shared:
            shared[room.centre_id] = everybody
            for seat in need.seats:
                shared[room.centre_id] &= snapshot.enough_free(need, seat, room.centre_id)
        yield room, shared[room.centre_id]


def _distance(place: Place, near: SessionPlan) -> tuple[bool, int, float, str]:
    apart = abs((place.plan.start - near.start).total_seconds())
    return (place.plan.room_id != near.room_id, len(place.replaced), apart, place.room_name)


def _overlaps_one_of(place: Place, chosen: list[Place]) -> bool:
    return any(place.plan.start < other.plan.end and other.plan.start < place.plan.end for other in chosen)


def _length(minutes: int) -> int:
    return -(-minutes // CELL_MINUTES)
