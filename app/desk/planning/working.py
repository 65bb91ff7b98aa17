"""`python -m app.desk.planning.working`: makes one plan in a process of its own, with a ceiling of CPU seconds.

The task comes pickled on standard input from the process that started this one, and from nobody else; lines of JSON
go back: the share done now and then, at last the answer. It loads neither the web nor the database.
"""

import gc
import json
import os
import pickle
import resource
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.booking.planner.board import Board
from app.booking.planner.instance import Instance, Place, Stop
from app.booking.planner.planning import plan, plan_again
from app.booking.planner.problem import Problem
from app.booking.planner.telling import board_of, list_passed_over, list_reliefs, score_of

TOLD_EVERY = 0.5  # seconds between two lines about the share done
GRACE = 5  # CPU seconds for telling, after which the system ends the process
NICENESS = 10


@dataclass(frozen=True)
class Task:
    """What is to be planned; with a baseline it is mended. The same task gives the same answer within its seconds."""

    instance: Instance
    seed: int
    steps: int
    cpu_seconds: float
    baseline: Mapping[int, Place] | None = None


def work(task: Task, should_stop: Stop) -> dict[str, Any]:
    """The answer to a task, as JSON holds it: places, causes and scores by position."""
    if task.baseline is None:
        return _plan(task, should_stop)
    return _mend(task, task.baseline, should_stop)


def _plan(task: Task, should_stop: Stop) -> dict[str, Any]:
    made = plan(task.instance, task.seed, should_stop, task.steps)
    placed = {place.session for place in made.places}
    waiting = [at for at in range(len(task.instance.sessions)) if at not in placed and at not in made.impossible]
    return {
        **_told(task.instance, made.places, made.impossible, waiting),
        "steps": made.steps,
        "most": made.most,
    }


def _mend(task: Task, baseline: Mapping[int, Place], should_stop: Stop) -> dict[str, Any]:
    made = plan_again(task.instance, baseline, task.seed, should_stop, task.steps)
    waiting = [at for at in sorted(made.lost) if at not in made.impossible]
    return {
        **_told(task.instance, made.places, made.impossible, waiting, baseline.values()),
        "hit": sorted(made.hit),
        "touched": sorted(made.touched),
        "steps": task.steps,
        "most": len(baseline),
    }


def _told(
    instance: Instance,
    places: tuple[Place, ...],
    impossible: Mapping[int, str],
    waiting: list[int],
    former: Iterable[Place] = (),
) -> dict[str, Any]:
    board = board_of(instance, places)
    alone = Board(Problem(instance))
    return {
        "places": [(place.session, place.slot, place.centre, place.room, place.seats) for place in places],
        "impossible": {at: reason.partition(" ")[0].split("/") for at, reason in impossible.items()},
        "waiting": waiting,
        "reliefs": {**list_reliefs(alone, impossible), **list_reliefs(board, waiting)},
        "passed": {place.session: list_passed_over(board, place) for place in places},
        **score_of(instance, places, former),
    }


def _stop_sign(task: Task) -> Stop:
    """Ends the search when its CPU seconds are spent, and tells now and then how far it is."""
    expected = task.steps + 2 * len(task.instance.sessions)
    asked, told = 0, time.monotonic()

    def should_stop() -> bool:
        nonlocal asked, told
        asked += 1
        if time.monotonic() - told >= TOLD_EVERY:
            told = time.monotonic()
            share = max(asked / expected, time.process_time() / task.cpu_seconds)
            _say({"share": min(share, 1)})
        return time.process_time() >= task.cpu_seconds

    return should_stop


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _main() -> None:
    os.nice(NICENESS)
    gc.disable()
    task: Task = pickle.load(sys.stdin.buffer)
    most = int(task.cpu_seconds) + GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    _say({"answer": work(task, _stop_sign(task))})


if __name__ == "__main__":
    _main()
