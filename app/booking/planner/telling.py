"""What is told about a plan beside its places: who was passed over and why, what would help the others, the loads."""

from collections.abc import Iterable
from typing import Any

from app.booking.planner.board import Board
from app.booking.planner.cost import list_loads, price_of_plan, unevenness
from app.booking.planner.explaining import explain_absence, slots_of
from app.booking.planner.instance import Instance, Place
from app.booking.planner.problem import Problem
from app.booking.planner.questions import what_would_help

MOST_PASSED_OVER = 8
OVERLOAD = "S4"


def board_of(instance: Instance, places: Iterable[Place]) -> Board:
    """The calendar with this plan on it."""
    board = Board(Problem(instance))
    for place in places:
        board.put(place)
    return board


def list_passed_over(board: Board, place: Place) -> list[tuple[int, tuple[str, ...]]]:
    """Who could have taken a seat and did not: the constraints that kept him, overload alone, or none."""
    board.lift(place.session)
    wanted = board.problem.wanted[place.session]
    option = next(option for option in wanted.options if option.centre == place.centre)
    slots = slots_of(board, place.slot, wanted.length)
    seated = {who for _, who in place.seats}
    others = dict.fromkeys(who for ask in option.seats for who in ask.candidates if who not in seated)
    found = []
    for who in list(others)[:MOST_PASSED_OVER]:
        rules = tuple(dict.fromkeys(cause.rule for cause in explain_absence(board, who, place.centre, slots)))
        if not rules and board.overload(who, wanted.length) > 0:
            rules = (OVERLOAD,)
        found.append((who, rules))
    board.put(place)
    return found


def list_reliefs(board: Board, sessions: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """For each session without a place the constraints that alone stand in its way, each with the first slot then."""
    return {
        at: [(relief.rule, relief.slot) for relief in what_would_help(board, board.problem.wanted[at])]
        for at in sessions
    }


def score_of(instance: Instance, places: tuple[Place, ...], former: Iterable[Place] = ()) -> dict[str, Any]:
    """The cost by part, and the load of everybody with a fair share with and without the former places, with Gini."""
    before, after = list_loads(instance, former), list_loads(instance, places)
    return {
        "parts": {part: round(price, 2) for part, price in price_of_plan(instance, places).items()},
        "loads": [(who, load, dict(after)[who], instance.people[who].fair_slots) for who, load in before],
        "gini": (
            round(unevenness(load for _, load in before), 3),
            round(unevenness(load for _, load in after), 3),
        ),
    }
