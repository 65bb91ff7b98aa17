"""Where can a session be held, and where is it cheapest? Masks first, people only at the starts that remain."""

import math
from collections.abc import Iterator, Sequence
from random import Random

from app.booking.planner.board import LENGTHS, Board
from app.booking.planner.instance import MEDIATOR, Place
from app.booking.planner.problem import Ask, Level, Option, Wanted, Wish
from app.booking.planner.seating import fill_seats
from app.booking.rules.grid import bits_in_at_least, starts_of_runs

TRIES_A_LEVEL = 3


def shared_starts(board: Board, wanted: Wanted) -> int:
    """The starts that law, parties and follow-ups allow, before rooms and people (H1–H3, H7, H16, H20)."""
    free = wanted.window
    for party in wanted.parties:
        free &= ~board.party_busy[party]
    if wanted.after is not None or wanted.followers:
        free &= days_in_order(board, wanted)
    return starts_of_runs(free, wanted.length) & wanted.begins


def days_in_order(board: Board, wanted: Wanted) -> int:
    """The days after the predecessor and before the follow-ups (H20); none if the predecessor has no place."""
    first, last = 0, len(board.problem.grid.days) - 1
    if wanted.after is not None:
        before = board.places[wanted.after]
        if before is None:
            return 0
        first = max(board.day_of(before) + wanted.gap, 0)
    for follower in wanted.followers:
        then = board.places[follower]
        if then is not None:
            last = min(last, board.day_of(then) - board.problem.wanted[follower].gap)
    return board.problem.grid.mask_of_days(first, last)


def option_starts(board: Board, wanted: Wanted, option: Option, among: int) -> int:
    """Those of the starts at which a room is free and each quota can be met; necessary, not yet sufficient."""
    rooms = 0
    for _, tier in option.tiers:
        rooms |= tier_starts(board, tier, wanted.length)
    among &= rooms
    for ask in option.quotas:
        if not among:
            break
        among = quota_starts(board, ask, option.centre * LENGTHS + wanted.length, among)
    return among


def tier_starts(board: Board, rooms: Sequence[int], length: int) -> int:
    """The starts at which one of these rooms is free long enough."""
    starts = 0
    for room in rooms:
        starts |= board.room_starts(room, length)
    return starts


def quota_starts(board: Board, ask: Ask, key: int, among: int) -> int:
    """Those of the starts at which at least as many candidates are free as asked for."""
    runs = board.runs
    if ask.size == 1:
        found = 0
        for who in ask.candidates:
            found |= runs[who][key] if key in runs[who] else board.starts_of(who, key)
            if found & among == among:
                return among
        return found & among
    return bits_in_at_least(ask.size, (board.starts_of(who, key) for who in ask.candidates), among)


def best_place(board: Board, wanted: Wanted, chance: Random | None = None, limit: float = math.inf) -> Place | None:
    """The cheapest place found that costs less than `limit`, overload counted; without `chance` the earliest of equals.

    The levels are looked through in order of cost until none can be cheaper than what was found; at each only a few
    starts are tried with their people, so that the answer is cheap but not always the very cheapest.
    """
    shared = shared_starts(board, wanted)
    if not shared:
        return None
    wishes = wishes_of(board, wanted)
    starts: dict[int, int] = {}
    best: Place | None = None
    for level in wanted.levels:
        if level.cost >= limit:
            break
        if level.option not in starts:
            starts[level.option] = option_starts(board, wanted, wanted.options[level.option], shared)
        among = starts[level.option] & level.starts
        if among:
            found = _best_at_level(board, wanted, level, among, wishes, chance, limit)
            if found is not None:
                best, limit = found
    return best


def wishes_of(board: Board, wanted: Wanted) -> tuple[Wish, ...]:
    """The session's wishes, and that a mediator of the session before sits again (S2, S3)."""
    if wanted.after is None:
        return wanted.wishes
    before = board.places[wanted.after]
    mediators = () if before is None else tuple(who for role, who in before.seats if role == MEDIATOR)
    return (*wanted.wishes, Wish(board.problem.instance.weights.continuity, MEDIATOR, mediators))


def _best_at_level(
    board: Board,
    wanted: Wanted,
    level: Level,
    among: int,
    wishes: Sequence[Wish],
    chance: Random | None,
    limit: float,
) -> tuple[Place, float] | None:
    """The cheapest place found among the starts of one level, and its price with overload."""
    option = wanted.options[level.option]
    found: tuple[Place, float] | None = None
    for least, starts, price, rooms in _ranks(board, wanted, option, among, wishes):
        if level.cost + least >= limit:
            break
        for slot in _some(starts, chance):
            seated = fill_seats(board, wanted, option, slot, wishes)
            if seated is None:
                continue
            seats, people_cost, overload = seated
            cost = level.cost + price + people_cost
            if cost + overload < limit:
                limit = cost + overload
                room = _room(board, rooms, wanted.length, slot)
                found = Place(wanted.at, slot, option.centre, room, seats, cost), limit
            if limit <= level.cost + least:
                break
    return found


def _ranks(
    board: Board, wanted: Wanted, option: Option, among: int, wishes: Sequence[Wish]
) -> Iterator[tuple[float, int, float, tuple[int, ...]]]:
    """Starts in order of what they cost at least: wishes met or not, room of the right kind or not."""
    granted = _granted(board, wanted, option, among, wishes)
    ranks = []
    for price, rooms in option.tiers:
        fitting = among & tier_starts(board, rooms, wanted.length)
        for missed, starts in granted:
            if fitting & starts:
                ranks.append((price + missed, fitting & starts, price, rooms))
    return iter(sorted(ranks)) if len(ranks) > 1 else iter(ranks)


def _granted(
    board: Board, wanted: Wanted, option: Option, among: int, wishes: Sequence[Wish]
) -> list[tuple[float, int]]:
    """What is missed at least at which starts: nothing, the cheapest wish, all of them."""
    if not wishes:
        return [(0.0, among)]
    key = option.centre * LENGTHS + wanted.length
    every, some = among, 0
    for wish in wishes:
        met = 0
        for who in wish.people:
            if any(who in ask.candidates for ask in option.seats):
                met |= board.starts_of(who, key)
        every &= met
        some |= met
    granted = [(0.0, every), (sum(wish.price for wish in wishes), among & ~every)]
    if len(wishes) > 1:
        granted.insert(1, (min(wish.price for wish in wishes), among & some & ~every))
        granted[2] = (granted[2][0], among & ~some)
    return granted


def _some(starts: int, chance: Random | None) -> Iterator[int]:
    """A few of the starts: the earliest, or from random points on."""
    for _ in range(TRIES_A_LEVEL):
        if not starts:
            return
        cut = starts
        if chance is not None:
            cut = starts >> (skip := int(chance.random() * starts.bit_length())) << skip
        lowest = cut & -cut
        yield lowest.bit_length() - 1
        starts ^= lowest


def _room(board: Board, rooms: Sequence[int], length: int, slot: int) -> int:
    """The room in which the session leaves the smallest gap."""
    bit = 1 << slot
    free = [room for room in rooms if board.room_starts(room, length) & bit]
    if len(free) == 1:
        return free[0]
    return min(free, key=lambda room: (_gap(board.room_free(room), slot, length), room))


def _gap(free: int, slot: int, length: int) -> int:
    """How many free slots lie beside the session."""
    after = ~(free >> (slot + length))
    before = ~free & ((1 << slot) - 1)
    return (after & -after).bit_length() + slot - before.bit_length()
