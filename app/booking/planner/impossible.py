"""Which sessions can never be placed, whatever else is planned? Proven against the standing bookings alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.booking.planner.board import Board
from app.booking.planner.instance import Stop, never
from app.booking.planner.places import option_starts, shared_starts
from app.booking.planner.problem import Problem, Wanted
from app.booking.planner.seating import fill_seats, has_people_in_two_pools


@dataclass(frozen=True)
class Alone:
    """What each session could have if no other one were planned: the starts of each option.

    `possible` are the sessions that may be placed, predecessors before their follow-ups; `earliest` their first days.
    `impossible` are those that are proven to have no place; a session in neither was not looked at.
    """

    starts: tuple[tuple[int, ...], ...]
    possible: tuple[int, ...]
    impossible: tuple[int, ...]
    earliest: Mapping[int, int]

    def room_to_move(self, at: int) -> int:
        """How many starts there are in all."""
        return sum(mask.bit_count() for mask in self.starts[at])


def chain_depths(problem: Problem) -> list[int]:
    """How many sessions each one follows, so that predecessors come first (H20)."""
    depths = [0] * len(problem.wanted)
    for wanted in problem.wanted:
        before = wanted.after
        while before is not None:
            depths[wanted.at] += 1
            before = problem.wanted[before].after
    return depths


def look_alone(board: Board, only: Collection[int] | None = None, should_stop: Stop = never) -> Alone:
    """Every session by itself on a board without a plan, a follow-up from its predecessor's first day on (H20).

    With `only` these alone, which must hold the predecessors of all of them.
    """
    problem = board.problem
    depths = chain_depths(problem)
    asked = range(len(problem.wanted)) if only is None else sorted(only)
    starts: list[tuple[int, ...]] = [()] * len(problem.wanted)
    earliest: dict[int, int] = {}
    impossible: list[int] = []
    for at in sorted(asked, key=depths.__getitem__):
        if should_stop():
            break
        wanted = problem.wanted[at]
        if wanted.after is not None and wanted.after not in earliest:
            impossible.append(at)
            continue
        day = 0 if wanted.after is None else max(earliest[wanted.after] + wanted.gap, 0)
        starts[at] = starts_alone(board, by_itself(board, wanted, day))
        first = _first_start(board, wanted, starts[at])
        if first is None:
            impossible.append(at)
        else:
            earliest[at] = first // problem.grid.slots_per_day
    return Alone(tuple(starts), tuple(earliest), tuple(impossible), earliest)


def by_itself(board: Board, wanted: Wanted, first_day: int) -> Wanted:
    """The session without those it follows or that follow it, not before a day."""
    days = board.problem.grid.mask_of_days(first_day, len(board.problem.grid.days) - 1)
    return wanted._replace(window=wanted.window & days, after=None, followers=())


def starts_alone(board: Board, wanted: Wanted) -> tuple[int, ...]:
    """The starts of each option that the masks leave."""
    shared = shared_starts(board, wanted)
    return tuple(option_starts(board, wanted, option, shared) if shared else 0 for option in wanted.options)


def _first_start(board: Board, wanted: Wanted, starts: tuple[int, ...]) -> int | None:
    """The first start at which the seats can be filled too; where the matching proves nothing, the masks decide."""
    firsts = []
    for option, mask in zip(wanted.options, starts, strict=True):
        is_unsure = bool(mask) and has_people_in_two_pools(board, option)
        for slot in board.problem.grid.bits(mask):
            if is_unsure or fill_seats(board, wanted, option, slot, ()) is not None:
                firsts.append(slot)
                break
    return min(firsts, default=None)
