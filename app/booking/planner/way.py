"""Which planned sessions stand in the way of one that waits, at the place where they are fewest?"""

from random import Random

from app.booking.planner.board import LENGTHS, Board, Booking, Bookings
from app.booking.planner.places import days_in_order
from app.booking.planner.problem import Ask, Option, Wanted

SAMPLES = 6
MOST_LOOKED_AT = 16


def make_way(board: Board, wanted: Wanted, alone: tuple[int, ...], chance: Random) -> list[int] | None:
    """Those to take out so that the session has a place; the cheapest of a few places; None if none can be made."""
    days = days_in_order(board, wanted)
    starts = [mask & days for mask in alone]
    if not any(starts):
        return None
    best: list[int] | None = None
    least = 0.0
    for _ in range(SAMPLES):
        option = chance.randrange(len(starts))
        if not starts[option]:
            continue
        cut = starts[option] >> (skip := int(chance.random() * starts[option].bit_length())) << skip
        slot = (cut & -cut).bit_length() - 1
        found = in_the_way(board, wanted, wanted.options[option], slot, chance)
        if found is None:
            continue
        price = sum(board.problem.wanted[at].unplaced for at in found)
        if best is None or price < least:
            best, least = found, price
    return best


def in_the_way(board: Board, wanted: Wanted, option: Option, slot: int, chance: Random) -> list[int] | None:
    """The planned sessions that must go so that the session can begin there; None where something else stands."""
    slots = ((1 << wanted.length) - 1) << slot
    found: dict[int, None] = {}
    for party in wanted.parties:
        found.update((booking.owner, None) for booking in board.parties[party] if booking.slots & slots)
    in_room = _least_in_rooms(board, option, wanted.length, slot, slots)
    if in_room is None:
        return None
    found.update(dict.fromkeys(in_room))
    for ask in option.quotas:
        held = _least_of_people(board, ask, option.centre, wanted.length, slot, chance)
        if held is None:
            return None
        found.update(dict.fromkeys(held))
    return list(found)


def _least_in_rooms(board: Board, option: Option, length: int, slot: int, slots: int) -> list[int] | None:
    best: list[int] | None = None
    for _, rooms in option.tiers:
        for room in rooms:
            if board.room_starts(room, length) >> slot & 1:
                return []
            owners = [booking.owner for booking in board.rooms[room] if booking.slots & slots]
            is_open = board.problem.instance.rooms[room].open & slots == slots
            if is_open and min(owners) >= 0 and (best is None or len(owners) < len(best)):
                best = owners
    return best


def _least_of_people(board: Board, ask: Ask, centre: int, length: int, slot: int, chance: Random) -> list[int] | None:
    """Whose sessions to take so that enough candidates are free."""
    key, bit = centre * LENGTHS + length, 1 << slot
    runs = board.runs
    held = []
    free = 0
    for who in ask.candidates:
        if (runs[who][key] if key in runs[who] else board.starts_of(who, key)) & bit:
            free += 1
            if free >= ask.size:
                return []
        else:
            held.append(who)
    lacking = ask.size - free
    slots, people = ((1 << length) - 1) << slot, board.problem.instance.people
    duty = [who for who in held if people[who].duty & slots == slots]
    chance.shuffle(duty)
    releases = [owners for who in duty[:MOST_LOOKED_AT] if (owners := _release(board, who, centre, slot, slots))]
    if len(releases) < lacking:
        return None
    releases.sort(key=len)
    return [owner for owners in releases[:lacking] for owner in owners]


def _release(board: Board, person: int, centre: int, slot: int, slots: int) -> list[int] | None:
    """The person's sessions that must go: those in the time or on the way, and what exceeds day and week."""
    ways = board.problem.way_between[centre]
    who = board.problem.instance.people[person]
    bookings = board.people[person]
    gone = [booking for booking in bookings if booking.blocked[ways[booking.centre]] & slots]
    day = slot // board.problem.grid.slots_per_day
    week = board.problem.grid.weeks[day]
    left = [booking for booking in bookings if booking not in gone]
    gone += _excess([booking for booking in left if booking.day == day], who.max_day)
    left = [booking for booking in left if booking not in gone]
    gone += _excess([booking for booking in left if booking.week == week], who.max_week)
    owners = [booking.owner for booking in gone]
    return owners if owners and min(owners) >= 0 else None


def _excess(bookings: list[Booking], most: int) -> Bookings:
    """Those of the bookings that must go so that one more fits; planned ones before standing ones."""
    too_many = len(bookings) + 1 - most
    return tuple(sorted(bookings, key=lambda booking: -booking.owner)[:too_many]) if too_many > 0 else ()
