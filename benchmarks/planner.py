"""How good is a plan against first fit on the same instance, and how little does a disturbance move?

Prints one JSON line. The instances come from a generator outside the project (`python GENERATOR SIZE SEED OUT.json`,
which also writes OUT.key.json with the planted impossible sessions). Plans are made by the command itself, in a process
of its own, so that its CPU seconds and its memory are the whole of them; first fit is planned here in the same run.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.booking.planner.board import Board
from app.booking.planner.ceiling import find_surplus
from app.booking.planner.construction import place_first_fit
from app.booking.planner.cost import list_loads, price_of_plan, unevenness
from app.booking.planner.explaining import list_violations
from app.booking.planner.files import read_instance, read_solution
from app.booking.planner.impossible import look_alone
from app.booking.planner.instance import MEDIATOR, Instance, Place
from app.booking.planner.planning import ChangedPlan, plan_again
from app.booking.planner.problem import Problem

ROOT = Path(__file__).resolve().parent.parent
SECONDS = {"S": 5, "M": 15, "L": 240}
FRESH_SEEDS = (11, 12, 13)
ROOM_DAYS, MEDIATOR_DAYS = range(5, 8), range(3, 8)


@dataclass(frozen=True)
class Judged:
    """One plan: hard constraints broken, sessions placed, cost, unevenness of the mediators' loads."""

    violations: int
    placed: int
    cost: float
    unevenness: float


def main() -> None:
    """Measure the sizes and seeds asked for and print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("generator", type=Path)
    parser.add_argument("--sizes", default="S,M")
    parser.add_argument("--seeds", default=",".join(map(str, FRESH_SEEDS)))
    asked = parser.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    answer: dict[str, object] = {"baseline": "first fit", "seeds": seeds}
    with tempfile.TemporaryDirectory(prefix="fangtiao-planner-") as folder:
        for size in asked.sizes.split(","):
            runs = [measure(asked.generator, size, seed, Path(folder)) for seed in seeds]
            answer[size] = {name: summed(name, [run[name] for run in runs]) for name in runs[0]}
    print(json.dumps(answer, ensure_ascii=False))


def summed(name: str, values: list[float]) -> float:
    """Medians of ratios, sums of faults, the most of memory and seconds."""
    if name.startswith(("violations", "planted", "wrongly")):
        return sum(values)
    if name.endswith(("rss_mb", "cpu_s")):
        return max(values)
    return round(statistics.median(values), 3)


def measure(generator: Path, size: str, seed: int, folder: Path) -> dict[str, float]:
    """One instance: first fit here, the plan by the command, then two disturbances of it."""
    file, solution = folder / f"{size}-{seed}.json", folder / f"{size}-{seed}.solution.json"
    subprocess.run([sys.executable, generator, size, str(seed), file], check=True, stdout=subprocess.DEVNULL)
    cpu, rss = run_command("solve", file, solution, "--cpu-seconds", str(SECONDS[size]), "--seed", str(seed))
    instance = read_instance(file)
    planned = read_solution(solution, instance)
    named = set(json.loads(solution.read_text())["unplaceable"])
    planted = set(json.loads(file.with_suffix(".key.json").read_text()))
    empty = Board(Problem(instance))
    alone = look_alone(empty)
    possible, surplus = alone.possible, find_surplus(empty, alone)
    unavoidable = instance.weights.unplaced * sum(
        session.weight for at, session in enumerate(instance.sessions) if at not in set(possible)
    )
    proven = unavoidable + sum(empty.problem.wanted[at].unplaced for at in surplus)
    naive, naive_places = first_fit(instance)
    ours = judge(instance, list(planned.values()))
    return {
        "violations": ours.violations + naive.violations,
        "reducible_ratio": round((ours.cost - unavoidable) / (naive.cost - unavoidable), 4),
        "reducible_ratio_above_proven": round((ours.cost - proven) / (naive.cost - proven), 4),
        "placed": ours.placed,
        "placed_of_possible": round(ours.placed / len(possible), 4),
        "placed_of_ceiling": round(ours.placed / (len(possible) - len(surplus)), 4),
        "gini_ratio": round(ours.unevenness / naive.unevenness, 3),
        "planted_not_named": len(planted - named),
        "wrongly_named": len(named & {instance.sessions[place.session].id for place in naive_places}),
        "cpu_s": cpu,
        "rss_mb": rss,
        **disturb(instance, planned),
    }


def run_command(*arguments: object) -> tuple[float, float]:
    """`flask planner …` as an office would run it: CPU seconds of everything, and peak memory in MB."""
    command = [sys.executable, "-m", "flask", "planner", *map(str, arguments)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"flask planner ended with {child.returncode}")
    return round(usage.ru_utime + usage.ru_stime, 2), round(usage.ru_maxrss / 1024)


def first_fit(instance: Instance) -> tuple[Judged, list[Place]]:
    """The baseline, in the order of the file."""
    board = Board(Problem(instance))
    place_first_fit(board, range(len(instance.sessions)))
    places = list(board.placed())
    return judge(instance, places), places


def judge(instance: Instance, places: list[Place]) -> Judged:
    """Count hard constraints and costs of a plan from its places alone."""
    board = Board(Problem(instance))
    for place in places:
        board.put(place)
    loads = [load for _, load in list_loads(instance, places)]
    violations = len(list_violations(board))
    return Judged(violations, len(places), sum(price_of_plan(instance, places).values()), unevenness(loads))


def disturb(instance: Instance, planned: dict[int, Place]) -> dict[str, float]:
    """The busiest room closed for three days, the busiest mediator away for five: sessions touched ÷ hit, CPU."""
    slots = instance.grid.slots_per_day
    rooms = Counter(place.room for place in planned.values() if place.slot // slots in ROOM_DAYS)
    people = Counter(
        who
        for place in planned.values()
        if place.slot // slots in MEDIATOR_DAYS
        for role, who in place.seats
        if role == MEDIATOR
    )
    closed = without_room(instance, rooms.most_common(1)[0][0])
    away = without_person(instance, people.most_common(1)[0][0])
    return {**mended("room", closed, planned), **mended("mediator", away, planned)}


def without_room(instance: Instance, at: int) -> Instance:
    """The instance with a room closed."""
    days = instance.grid.mask_of_days(ROOM_DAYS[0], ROOM_DAYS[-1])
    rooms = list(instance.rooms)
    rooms[at] = replace(rooms[at], open=rooms[at].open & ~days)
    return replace(instance, rooms=tuple(rooms))


def without_person(instance: Instance, at: int) -> Instance:
    """The instance with a person off duty."""
    days = instance.grid.mask_of_days(MEDIATOR_DAYS[0], MEDIATOR_DAYS[-1])
    people = list(instance.people)
    people[at] = replace(people[at], duty=people[at].duty & ~days)
    return replace(instance, people=tuple(people))


def mended(what: str, disturbed: Instance, planned: dict[int, Place]) -> dict[str, float]:
    """Mend the plan and count."""
    made, seconds = timed(lambda: plan_again(disturbed, planned, 1, lambda: False))
    return {
        f"violations_{what}": judge(disturbed, list(made.places)).violations,
        f"{what}_hit": len(made.hit),
        f"{what}_touched_to_hit": round((len(made.touched) + len(made.lost)) / max(len(made.hit), 1), 3),
        f"{what}_cpu_s": round(seconds, 2),
    }


def timed(act: Callable[[], ChangedPlan]) -> tuple[ChangedPlan, float]:
    """What it returns and how many CPU seconds it took."""
    began = time.process_time()
    answer = act()
    return answer, time.process_time() - began


if __name__ == "__main__":
    main()
