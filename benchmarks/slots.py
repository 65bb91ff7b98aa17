"""How fast are the first ten places of a session, and the reasons why a place cannot be had, on a full calendar?

Prints one JSON line. The instance comes from a generator outside the project (`python GENERATOR SIZE SEED OUT.json`),
the calendar is full of first fit's plan. The baseline in the same run asks every slot in turn, as a page would that
tests one slot after another. All figures are CPU milliseconds of the core alone.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.booking.planner.board import Board
from app.booking.planner.construction import place_first_fit
from app.booking.planner.files import read_instance
from app.booking.planner.problem import Problem
from app.booking.planner.questions import FIRST_PLACES, first_places, why_not

QUERIES, BASELINE_QUERIES = 300, 20


def main() -> None:
    """Measure the sizes asked for and print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("generator", type=Path)
    parser.add_argument("--sizes", default="M")
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    answer: dict[str, object] = {"baseline": "every slot in turn", "seed": asked.seed}
    with tempfile.TemporaryDirectory(prefix="fangtiao-slots-") as folder:
        for size in asked.sizes.split(","):
            file = Path(folder) / f"{size}.json"
            command = [sys.executable, asked.generator, size, str(asked.seed), file]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            answer[size] = measure(file, asked.seed)
    print(json.dumps(answer))


def measure(file: Path, seed: int) -> dict[str, float]:
    """Ask about sessions that are planned, each taken off the calendar while it is asked about."""
    board = Board(Problem(read_instance(file)))
    place_first_fit(board, range(len(board.problem.wanted)))
    chance = random.Random(seed)
    sessions = chance.choices([place.session for place in board.placed()], k=QUERIES)
    slots = [random_start(board, at, chance) for at in sessions]
    first = [off_calendar(board, at, lambda at=at: first_places(board, at)) for at in sessions]
    reasons = [
        off_calendar(board, at, lambda at=at, slot=slot: why_not(board, at, slot))
        for at, slot in zip(sessions, slots, strict=True)
    ]
    naive = [off_calendar(board, at, lambda at=at: in_turn(board, at)) for at in sessions[:BASELINE_QUERIES]]
    return {
        "first_ten_p50_ms": at_share(first, 0.5),
        "first_ten_p95_ms": at_share(first, 0.95),
        "why_not_p50_ms": at_share(reasons, 0.5),
        "why_not_p95_ms": at_share(reasons, 0.95),
        "baseline_p50_ms": at_share(naive, 0.5),
        "first_ten_ratio_p50": round(at_share(first, 0.5) / at_share(naive, 0.5), 5),
    }


def random_start(board: Board, at: int, chance: random.Random) -> int:
    """A start on the grid of any day."""
    return chance.choice(list(board.problem.grid.bits(board.problem.wanted[at].begins)))


def off_calendar(board: Board, at: int, ask: Callable[[], object]) -> float:
    """The CPU milliseconds of a question about a session that is taken off the calendar meanwhile."""
    place = board.lift(at)
    began = time.process_time_ns()
    ask()
    took = time.process_time_ns() - began
    board.put(place)
    return took / 1e6


def in_turn(board: Board, at: int) -> int:
    """The baseline: slot after slot of the horizon, each with the whole list of reasons, until ten have none."""
    found = 0
    for slot in board.problem.grid.bits(board.problem.wanted[at].begins):
        found += not why_not(board, at, slot)
        if found == FIRST_PLACES:
            break
    return found


def at_share(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return round(sorted(values)[int(len(values) * share)], 3)


if __name__ == "__main__":
    main()
