"""The first plan: everybody in turn, those with the fewest starts first; and the plainest plan there is, to compare."""

from collections.abc import Iterable, Sequence

from app.booking.planner.board import LENGTHS, Board
from app.booking.planner.impossible import Alone, chain_depths
from app.booking.planner.instance import Place, Stop
from app.booking.planner.places import best_place, option_starts, shared_starts
from app.booking.planner.problem import Option, Wanted


def place_greedily(board: Board, alone: Alone, should_stop: Stop) -> None:
    """Put every possible session where it is cheapest, the scarce first and the heavy first among them."""
    depths = chain_depths(board.problem)
    wanted = board.problem.wanted

    def urgency(at: int) -> tuple[int, float]:
        return depths[at], alone.room_to_move(at) / wanted[at].unplaced if wanted[at].unplaced else 0

    for at in sorted(alone.possible, key=urgency):
        if should_stop():
            return
        place = best_place(board, wanted[at])
        if place is not None:
            board.put(place)


def place_first_fit(board: Board, sessions: Iterable[int]) -> None:
    """The baseline: in the order given, the earliest start, the first centre, room and people that are free."""
    for at in sessions:
        place = _first_place(board, board.problem.wanted[at])
        if place is not None:
            board.put(place)


def _first_place(board: Board, wanted: Wanted) -> Place | None:
    shared = shared_starts(board, wanted)
    starts = [option_starts(board, wanted, option, shared) if shared else 0 for option in wanted.options]
    together = 0
    for mask in starts:
        together |= mask
    for slot in board.problem.grid.bits(together):
        for option, mask in zip(wanted.options, starts, strict=True):
            if mask >> slot & 1:
                seats = _first_people(board, wanted, option, slot)
                if seats is not None:
                    return Place(wanted.at, slot, option.centre, _first_room(board, wanted, option, slot), seats)
    return None


def _first_people(board: Board, wanted: Wanted, option: Option, slot: int) -> tuple[tuple[str, int], ...] | None:
    key = option.centre * LENGTHS + wanted.length
    seats: list[tuple[str, int]] = []
    taken: set[int] = set()
    for ask in option.seats:
        free = [who for who in sorted(ask.candidates) if who not in taken and board.starts_of(who, key) >> slot & 1]
        if len(free) < ask.size:
            return None
        taken.update(free[: ask.size])
        seats.extend((ask.role, who) for who in free[: ask.size])
    return tuple(seats)


def _first_room(board: Board, wanted: Wanted, option: Option, slot: int) -> int:
    rooms: Sequence[int] = sorted(room for _, tier in option.tiers for room in tier)
    return next(room for room in rooms if board.room_starts(room, wanted.length) >> slot & 1)
