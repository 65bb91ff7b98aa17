"""Plans again after a disturbance and moves as little as possible: P counts in full, S only between equals."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from app.booking.planner.board import Board
from app.booking.planner.explaining import explain_place
from app.booking.planner.impossible import chain_depths, look_alone
from app.booking.planner.instance import Instance, Place, Stop, Weights
from app.booking.planner.places import best_place
from app.booking.planner.problem import ANY_ROLE, Level, Option, Problem, Wanted, Wish
from app.booking.planner.ruin import Search
from app.booking.planner.way import make_way
from app.booking.rules.explaining import Blocker

SHARE_OF_S = 0.02  # so small that no S cost is worth touching a session that was not hit
ANOTHER_TOUCHED = 40  # so much must be won before a session that was not hit is moved: its people must be told anew
ROUNDS = 60  # attempts a moved session
ORDER = "H20"


@dataclass(frozen=True)
class Repair:
    """The plan after the disturbance on its board, and which sessions were hit by what."""

    board: Board
    hit: Mapping[int, list[Blocker]]


def repair(
    instance: Instance, baseline: Mapping[int, Place], seed: int, should_stop: Stop, most_steps: int | None = None
) -> Repair:
    """Keep what still holds, place the hit again where it moves least, then try to do with less by moving others."""
    problem = Problem(replace(instance, weights=_shrunk(instance.weights)))
    kept = {at: place for at, place in baseline.items() if at not in instance.withdrawn}
    for at, place in kept.items():
        problem.wanted[at] = _attached(problem, problem.wanted[at], place)
    board = Board(problem)
    free_starts = [tuple(wanted.window & wanted.begins for _ in wanted.options) for wanted in problem.wanted]
    hit = _keep_what_holds(board, kept)
    depths = chain_depths(problem)
    for at in sorted(hit, key=lambda at: (depths[at], -problem.wanted[at].unplaced, instance.sessions[at].last_day)):
        found = best_place(board, problem.wanted[at])
        if found is not None:
            board.put(found)
    _Improving(board, baseline, sorted(hit), free_starts, seed).run(should_stop, most_steps)
    _drop_orphans(board)
    _find_room_for_the_lost(board, kept, seed, should_stop, most_steps)
    return Repair(board, hit)


def _shrunk(weights: Weights) -> Weights:
    """The S costs small against the P costs; a session without a place costs both."""
    return replace(
        weights,
        unplaced=weights.unplaced + weights.dropped,
        late_day=weights.late_day * SHARE_OF_S,
        preferred=weights.preferred * SHARE_OF_S,
        continuity=weights.continuity * SHARE_OF_S,
        overload_slot=weights.overload_slot * SHARE_OF_S,
        half=weights.half * SHARE_OF_S,
        room_kind=weights.room_kind * SHARE_OF_S,
        away_person=weights.away_person * SHARE_OF_S,
        other_centre=weights.other_centre * SHARE_OF_S,
    )


def _attached(problem: Problem, wanted: Wanted, place: Place) -> Wanted:
    """The session with the price of leaving its place: day, start, centre, room, each person (P)."""
    weights = problem.instance.weights
    levels = sorted(_levels_around(problem, wanted, place), key=lambda level: (level.cost, level.option))
    options = tuple(_around_room(option, place, weights.moved_room) for option in wanted.options)
    people = tuple(Wish(weights.moved_person, ANY_ROLE, (who,)) for _, who in place.seats)
    return wanted._replace(options=options, levels=tuple(levels), wishes=(*wanted.wishes, *people))


def _levels_around(problem: Problem, wanted: Wanted, place: Place) -> Iterator[Level]:
    weights, grid = problem.instance.weights, problem.grid
    day = place.slot // grid.slots_per_day
    same_start, same_day = 1 << place.slot, grid.mask_of_days(day, day)
    for level in wanted.levels:
        is_elsewhere = wanted.options[level.option].centre != place.centre
        cost = level.cost + (weights.moved_centre if is_elsewhere else 0)
        yield level._replace(cost=cost, starts=level.starts & same_start)
        yield level._replace(cost=cost + weights.moved_start, starts=level.starts & same_day & ~same_start)
        yield level._replace(cost=cost + weights.moved_day, starts=level.starts & ~same_day)


def _around_room(option: Option, place: Place, price: float) -> Option:
    """At the centre of the place every room but its own costs extra."""
    if option.centre != place.centre:
        return option
    tiers: list[tuple[float, tuple[int, ...]]] = []
    for cost, rooms in option.tiers:
        if place.room in rooms:
            tiers.append((cost, (place.room,)))
        if others := tuple(room for room in rooms if room != place.room):
            tiers.append((cost + price, others))
    return option._replace(tiers=tuple(sorted(tiers)))


def _keep_what_holds(board: Board, baseline: Mapping[int, Place]) -> dict[int, list[Blocker]]:
    """Put every place on the board that still holds; returns the others with their causes.

    A follow-up stays although its predecessor is hit: the predecessor then looks for a place before it.
    """
    hit: dict[int, list[Blocker]] = {}
    depths = chain_depths(board.problem)
    for at in sorted(baseline, key=lambda at: (depths[at], at)):
        causes = explain_place(board, baseline[at])
        if board.problem.wanted[at].after in hit:
            causes = [cause for cause in causes if cause.rule != ORDER]
        if causes:
            hit[at] = causes
        else:
            board.put(replace(baseline[at], cost=0))
    return hit


def _drop_orphans(board: Board) -> None:
    """Take out the follow-ups whose predecessor found no place (H20)."""
    depths = chain_depths(board.problem)
    for place in sorted(board.placed(), key=lambda place: depths[place.session]):
        after = board.problem.wanted[place.session].after
        if after is not None and board.places[after] is None:
            board.lift(place.session)


def _find_room_for_the_lost(
    board: Board, baseline: Mapping[int, Place], seed: int, should_stop: Stop, most_steps: int | None
) -> None:
    """Whoever has no place yet gets one if moving others, however many, costs less than leaving him out."""
    lost = [at for at in baseline if board.places[at] is None]
    if lost:
        alone = look_alone(Board(board.problem), baseline)
        steps = ROUNDS * len(lost) if most_steps is None else most_steps
        Search(board, alone, seed, heat=0).run(should_stop, steps)


def is_same(place: Place | None, before: Place) -> bool:
    """Whether a session stays where it was, with the same people."""
    if place is None:
        return False
    return (place.slot, place.room) == (before.slot, before.room) and {*place.seats} == {*before.seats}


class _Improving:
    """Lets each moved session look for a cheaper place by moving others, and keeps only what costs less."""

    def __init__(
        self,
        board: Board,
        baseline: Mapping[int, Place],
        moved: list[int],
        starts: list[tuple[int, ...]],
        seed: int,
    ) -> None:
        self.board, self.baseline, self.moved, self.starts = board, baseline, moved, starts
        self.chance = Random(seed)

    def run(self, should_stop: Stop, most_steps: int | None) -> None:
        """Some attempts for every moved session that still costs more than another room or person would."""
        steps = 0
        for _ in range(ROUNDS):
            for at in self.moved:
                if should_stop() or steps == most_steps:
                    return
                place = self.board.places[at]
                if place is None or place.cost >= self.board.problem.instance.weights.moved_start:
                    steps += 1
                    self._try(at, math.inf if place is None else place.cost)

    def _try(self, at: int, cost: float) -> None:
        board = self.board
        wanted = board.problem.wanted[at]
        starts = [0] * len(wanted.options)
        for level in wanted.levels:
            if level.cost < cost:
                starts[level.option] |= level.starts & self.starts[at][level.option]
        before = board.cost
        board.mark()
        if board.places[at] is not None:
            board.lift(at)
        out = make_way(board, wanted, tuple(starts), self.chance) or []
        touched = self._count_moved(out)
        for other in out:
            board.lift(other)
        for one in (at, *self._shuffled(out)):
            place = best_place(board, board.problem.wanted[one], self.chance)
            if place is not None:
                board.put(place)
        if board.cost + ANOTHER_TOUCHED * (self._count_moved(out) - touched) >= before:
            board.undo()

    def _count_moved(self, sessions: Iterable[int]) -> int:
        """How many of these are elsewhere than before the disturbance, or nowhere."""
        return sum(not is_same(self.board.places[at], self.baseline[at]) for at in sessions)

    def _shuffled(self, sessions: list[int]) -> list[int]:
        self.chance.shuffle(sessions)
        return sessions
