"""Why does a session fit nowhere at all, and what would make it possible? One condition at a time is dropped.

The same masks as everywhere (`booking.rules`): what is said here and what can be booked cannot differ.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.booking.rules.grid import CELL_MINUTES, bits_in_at_least, starts_of_runs
from app.booking.rules.limits import UNBOUNDED
from app.booking.rules.masks import PersonState, RoomState, Snapshot
from app.booking.rules.need import RoomWants, SeatNeed, SessionNeed
from app.booking.rules.search import People, Place, list_free_places
from app.booking.rules.words import EQUIPMENT_LABELS, ROOM_KIND_LABELS
from app.law.dates import format_date, format_month_day

FIRST_PLACES = 10
SHORTER = 60


@dataclass(frozen=True)
class Relief:
    """A condition without which the session could be held, and the first place then."""

    text: str
    place: Place


@dataclass(frozen=True)
class Impasse:
    """Why nothing is left: `stoppers` each leave nothing by themselves; `reliefs` would each help alone."""

    stoppers: tuple[str, ...]
    reliefs: tuple[Relief, ...]


@dataclass(frozen=True)
class _Drop:
    text: str
    need: SessionNeed
    snapshot: Snapshot


def first_free_places(
    need: SessionNeed, snapshot: Snapshot, wanted: People, limit: int = FIRST_PLACES
) -> Iterator[Place]:
    """The earliest places that satisfy everything, one a start: the people wanted first, then the rooms' order."""
    found = 0
    for day in snapshot.horizon.each_day():
        by_start: dict[object, Place] = {}
        for place in list_free_places(need, snapshot, day, wanted):
            best = by_start.get(place.plan.start)
            if best is None or len(place.replaced) < len(best.replaced):
                by_start[place.plan.start] = place
        for place in sorted(by_start.values(), key=lambda place: place.plan.start):
            yield place
            found += 1
            if found == limit:
                return


def explain_impasse(need: SessionNeed, snapshot: Snapshot, wanted: People) -> Impasse:
    """Which conditions leave no start by themselves, and which would each help if it alone were dropped."""
    reliefs = []
    for drop in _drops(need, snapshot):
        place = next(first_free_places(drop.need, drop.snapshot, wanted, 1), None)
        if place is not None:
            reliefs.append(Relief(drop.text, place))
    return Impasse(tuple(_stoppers(need, snapshot)), tuple(reliefs))


def _stoppers(need: SessionNeed, snapshot: Snapshot) -> Iterator[str]:
    if need.latest is not None and need.latest < need.earliest:
        yield f"期限 {_latest(need)} 已经过了"
        return
    length = -(-need.minutes // CELL_MINUTES)
    lawful = snapshot.lawful(need) & snapshot.usual & snapshot.ahead
    if not starts_of_runs(lawful, length):
        yield f"能开的日子里没有够 {need.minutes} 分钟的上班时间：{_days(need)}"
        return
    fitting = [room for room in snapshot.rooms.values() if room.fits(need.room_wants)]
    if not fitting:
        yield f"没有合适的房间：要{_room_words(need.room_wants)}"
    elif not any(starts_of_runs(lawful & room.free, length) for room in fitting):
        yield f"{'、'.join(room.name for room in fitting)}在能开的日子里都没有空"
    for seat in need.seats:
        free = (person.free for person in snapshot.candidates(need, seat))
        if not starts_of_runs(bits_in_at_least(seat.count, free, lawful), length):
            yield f"{_who(need, seat, snapshot)}在能开的日子里没有够长的空，或者不值班"
    if not starts_of_runs(lawful & snapshot.parties_free(), length):
        yield "当事人在能开的日子里另有安排"


def _drops(need: SessionNeed, snapshot: Snapshot) -> Iterator[_Drop]:
    """Every condition that staff can do something about, each dropped alone; recusal is never among them."""
    yield from _lawful_drops(need, snapshot)
    yield from _room_drops(need, snapshot)
    for seat in need.seats:
        yield from _seat_drops(need, seat, snapshot)
    if any(snapshot.party_busy):
        yield _Drop("当事人把另一处的安排改开", need, replace(snapshot, party_busy=()))
    if need.minutes > SHORTER:
        yield _Drop(f"缩短到 {SHORTER} 分钟", replace(need, minutes=SHORTER), snapshot)


def _lawful_drops(need: SessionNeed, snapshot: Snapshot) -> Iterator[_Drop]:
    if need.earliest > snapshot.horizon.first:
        text = f"提前到 {format_month_day(need.earliest)} 以前（要各方书面同意不等提前通知的期限）"
        yield _Drop(text, replace(need, earliest=snapshot.horizon.first), snapshot)
    if need.latest is not None:
        reason = f"（{need.latest_reason}）" if need.latest_reason else ""
        yield _Drop(f"办延期，排到 {_latest(need)} 以后{reason}", replace(need, latest=None), snapshot)


def _room_drops(need: SessionNeed, snapshot: Snapshot) -> Iterator[_Drop]:
    wants = need.room_wants
    if wants.capacity > 1 or wants.equipment:
        smaller = replace(wants, capacity=1, equipment=frozenset())
        text = f"用坐不下 {wants.capacity} 人或者设备不全的{ROOM_KIND_LABELS[wants.kind]}（少来几人，或搬设备）"
        yield _Drop(text, replace(need, room_wants=smaller), snapshot)
    yield _Drop("房间不停用", need, _rooms(snapshot, lambda room: replace(room, closed=0)))
    yield _Drop("腾出一间房：先挪开里面的一场", need, _rooms(snapshot, lambda room: replace(room, busy=0)))


def _seat_drops(need: SessionNeed, seat: SeatNeed, snapshot: Snapshot) -> Iterator[_Drop]:
    who, ids = _who(need, seat, snapshot), set(seat.candidates)
    everything = snapshot.everything
    on_duty = _people(snapshot, ids, lambda person: replace(person, duty=everything, leave=0))
    yield _Drop(f"{who}不请假、加一班；或者换人", need, on_duty)
    not_busy = _people(snapshot, ids, lambda person: replace(person, busy=0, stints=()))
    yield _Drop(f"{who}的别的场次先挪开；或者换人", need, not_busy)
    if any(
        snapshot.people[key].bounds is not UNBOUNDED or snapshot.people[key].stints
        for key in ids & set(snapshot.people)
    ):
        unbound = _people(snapshot, ids, lambda person: replace(person, bounds=UNBOUNDED, stints=()))
        yield _Drop(f"放宽{who}每天每周的场数、站点和路上时间；或者换人", need, unbound)


def _rooms(snapshot: Snapshot, change: Callable[[RoomState], RoomState]) -> Snapshot:
    return replace(snapshot, rooms={key: change(room) for key, room in snapshot.rooms.items()})


def _people(snapshot: Snapshot, ids: set[int], change: Callable[[PersonState], PersonState]) -> Snapshot:
    people: Mapping[int, PersonState] = {
        key: change(person) if key in ids else person for key, person in snapshot.people.items()
    }
    return replace(snapshot, people=people)


def _who(need: SessionNeed, seat: SeatNeed, snapshot: Snapshot) -> str:
    names = [person.name for person in snapshot.candidates(need, seat)]
    return f"{seat.label}{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}"


def _room_words(wants: RoomWants) -> str:
    equipment = "".join(f"、有{EQUIPMENT_LABELS[item]}" for item in sorted(wants.equipment))
    return f"坐得下 {wants.capacity} 人{equipment}的{ROOM_KIND_LABELS[wants.kind]}"


def _latest(need: SessionNeed) -> str:
    """The last lawful day, with its year where that is another than the one of the first."""
    assert need.latest is not None
    return (format_month_day if need.latest.year == need.earliest.year else format_date)(need.latest)


def _days(need: SessionNeed) -> str:
    last = f"，最迟 {_latest(need)}" if need.latest else ""
    return f"最早 {format_month_day(need.earliest)}{last}"
