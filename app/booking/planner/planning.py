"""A plan from beginning to end: name the impossible, place greedily, improve, even out; mend a disturbed one."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.booking.planner.board import Board
from app.booking.planner.ceiling import find_surplus
from app.booking.planner.construction import place_greedily
from app.booking.planner.evening import even_out
from app.booking.planner.impossible import look_alone
from app.booking.planner.instance import Instance, Place, Stop
from app.booking.planner.naming import name_impossible
from app.booking.planner.problem import Problem
from app.booking.planner.repair import is_same, repair
from app.booking.planner.ruin import Search
from app.booking.rules.explaining import Blocker


@dataclass(frozen=True)
class Plan:
    """A plan as a proposal: places, sessions proven to have none with the reason, cost S0–S8, steps taken.

    No plan whatever places more than `most` sessions.
    """

    places: tuple[Place, ...]
    impossible: Mapping[int, str]
    cost: float
    steps: int
    most: int


@dataclass(frozen=True)
class ChangedPlan:
    """A mended plan: what was hit and why, what was touched, what has no place any more."""

    places: tuple[Place, ...]
    impossible: Mapping[int, str]
    hit: Mapping[int, list[Blocker]]
    touched: frozenset[int]
    lost: frozenset[int]


def plan(instance: Instance, seed: int, should_stop: Stop, most_steps: int | None = None) -> Plan:
    """Plan the waiting sessions. The outcome depends on instance, seed and steps; `should_stop` only ends it early."""
    board = Board(Problem(instance))
    alone = look_alone(board, should_stop=should_stop)
    impossible = name_impossible(board, alone)
    surplus = find_surplus(board, alone)
    place_greedily(board, alone, should_stop)
    search = Search(board, alone, seed, least_waiting=sum(board.problem.wanted[at].unplaced for at in surplus))
    search.run(should_stop, most_steps)
    even_out(board, should_stop)
    return Plan(tuple(board.placed()), impossible, board.cost, search.steps, len(alone.possible) - len(surplus))


def plan_again(
    instance: Instance, baseline: Mapping[int, Place], seed: int, should_stop: Stop, most_steps: int | None = None
) -> ChangedPlan:
    """Mend a plan after a disturbance. Only sessions of the baseline are placed; the others go on waiting."""
    mended = repair(instance, baseline, seed, should_stop, most_steps)
    places = {place.session: place for place in mended.board.placed()}
    stayed = {at for at, place in places.items() if is_same(place, baseline[at])}
    lost = frozenset(at for at in baseline if at not in places and at not in instance.withdrawn)
    return ChangedPlan(
        places=tuple(places.values()),
        impossible=_prove(instance, lost),
        hit=mended.hit,
        touched=frozenset(places) - stayed,
        lost=lost,
    )


def _prove(instance: Instance, lost: frozenset[int]) -> dict[int, str]:
    """Those of the lost sessions that have no place at all now, with the reason."""
    if not lost:
        return {}
    board = Board(Problem(instance))
    chains = set(lost)
    for at in lost:
        before = instance.sessions[at].after
        while before is not None:
            chains.add(before)
            before = instance.sessions[before].after
    named = name_impossible(board, look_alone(board, chains), lost)
    return dict(sorted(named.items()))
