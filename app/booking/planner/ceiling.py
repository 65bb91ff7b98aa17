"""How many sessions can be placed at most, whatever the plan? Proven, so that a plan can be measured against it.

Two sessions that each take more than half of every half-day never share one in the same room. So the long ones need
a room's half-day each: a matching tells which of them find one, the heaviest first (a transversal matroid, so that
no other choice keeps more weight). The short ones count as placeable.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from app.booking.planner.board import Board
from app.booking.planner.impossible import Alone

Half = tuple[int, int]  # a room and the number of a half-day


def find_surplus(board: Board, alone: Alone) -> list[int]:
    """The possible sessions, least heavy first to go, that find no half-day beside the others; the board holds no plan.

    No plan places more than the possible ones less these, nor leaves less weight unplaced.
    """
    wanted = board.problem.wanted
    shortest_long = max(end - start for start, end in board.problem.grid.blocks) // 2 + 1
    long = [at for at in alone.possible if wanted[at].length >= shortest_long]
    halves = {at: _halves_of(board, alone, at) for at in long}
    return _unmatched(sorted(long, key=lambda at: -wanted[at].unplaced), halves)


def _halves_of(board: Board, alone: Alone, at: int) -> list[Half]:
    """Each room with each half-day in which the session could be held in it if nothing else were planned."""
    wanted, blocks = board.problem.wanted[at], _block_masks(board)
    found: list[Half] = []
    for option, starts in zip(wanted.options, alone.starts[at], strict=True):
        for room in (room for _, rooms in option.tiers for room in rooms):
            free = starts & board.room_starts(room, wanted.length)
            found.extend((room, number) for number, block in enumerate(blocks) if free & block)
    return found


def _block_masks(board: Board) -> list[int]:
    grid = board.problem.grid
    return [grid.mask(day, start, end) for day in range(len(grid.days)) for start, end in grid.blocks]


def _unmatched(sessions: Iterable[int], halves: Mapping[int, Sequence[Half]]) -> list[int]:
    """Those that stay without a half-day when each in turn takes one, others giving way where they can."""
    holder: dict[Half, int] = {}
    left: list[int] = []
    for at in sessions:
        reached = _search(at, halves, holder)
        if reached is None:
            left.append(at)
            continue
        half: Half | None
        half, came_from = reached
        while half is not None:
            session, before = came_from[half]
            holder[half] = session
            half = before
    return left


def _search(
    at: int, halves: Mapping[int, Sequence[Half]], holder: Mapping[Half, int]
) -> tuple[Half, dict[Half, tuple[int, Half | None]]] | None:
    """The first free half-day on a chain of sessions giving way, and how it was reached."""
    came_from: dict[Half, tuple[int, Half | None]] = {}
    waiting: deque[tuple[int, Half | None]] = deque([(at, None)])
    while waiting:
        session, gives_up = waiting.popleft()
        for half in halves[session]:
            if half in came_from:
                continue
            came_from[half] = session, gives_up
            if half not in holder:
                return half, came_from
            waiting.append((holder[half], half))
    return None
