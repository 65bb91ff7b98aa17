"""`flask planner solve` and `replan`: plan a backlog in a file; no database and no settings needed."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.booking.planner.files import check_writable, read_instance, read_solution, write_solution
from app.booking.planner.planning import plan, plan_again
from app.booking.planner.reading import UnreadableFile

RESERVE = 0.02  # share of the seconds kept for writing the answer and ending
RESERVE_OF_READING = 0.4  # writing and ending take about so much of the time that reading took
DEFAULT_SECONDS = 60.0

instance_file = click.argument("instance", type=click.Path(path_type=Path))
solution_file = click.argument("solution", type=click.Path(path_type=Path))
cpu_seconds = click.option(
    "--cpu-seconds",
    type=click.FloatRange(min=0, min_open=True),
    help="CPU seconds of the whole command, reading and writing included. Default 60, or no limit with --iterations.",
)
seed_option = click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another search.")
iterations_option = click.option(
    "--iterations", type=click.IntRange(min=0), help="Steps of the search; same input, seed and steps: same plan."
)


@click.group()
def planner() -> None:
    """Plan the sessions in a file."""


@planner.command()
@instance_file
@solution_file
@cpu_seconds
@seed_option
@iterations_option
def solve(instance: Path, solution: Path, cpu_seconds: float | None, seed: int, iterations: int | None) -> None:
    """Plan the waiting sessions of INSTANCE and write them to SOLUTION."""
    with _one_line():
        check_writable(solution)
        asked = read_instance(instance)
        made = plan(asked, seed, _stop_sign(cpu_seconds, iterations), iterations)
        write_solution(solution, asked, made.places, made.impossible)
    waiting = len(asked.sessions) - len(made.places) - len(made.impossible)
    click.echo(
        f"排定 {len(made.places)} 场（至多能排 {made.most} 场），排不了 {len(made.impossible)} 场（已写明原因），"
        f"待排 {waiting} 场；代价 {made.cost:.0f}，搜索 {made.steps} 步。"
    )


@planner.command()
@instance_file
@click.argument("baseline", type=click.Path(path_type=Path))
@solution_file
@cpu_seconds
@seed_option
@iterations_option
def replan(
    instance: Path, baseline: Path, solution: Path, cpu_seconds: float | None, seed: int, iterations: int | None
) -> None:
    """Mend BASELINE for the disturbed INSTANCE, move as little as possible, and write the plan to SOLUTION."""
    with _one_line():
        check_writable(solution)
        asked = read_instance(instance)
        before = read_solution(baseline, asked)
        made = plan_again(asked, before, seed, _stop_sign(cpu_seconds, iterations), iterations)
        write_solution(solution, asked, made.places, made.impossible)
    click.echo(f"受影响 {len(made.hit)} 场，改动 {len(made.touched)} 场，仍没有位置 {len(made.lost)} 场。")


@contextmanager
def _one_line() -> Iterator[None]:
    """A refusal of the input is one line on standard error and exit code 2."""
    gc.disable()  # a plan makes no cycles, and the collector would walk through the whole instance again and again
    try:
        yield
    except UnreadableFile as error:
        click.echo(" ".join(error.message.split()), err=True)
        sys.exit(2)
    finally:
        gc.enable()


def _stop_sign(seconds: float | None, iterations: int | None) -> Callable[[], bool]:
    """True once the process and its children have used their CPU seconds, but for what writing will take."""
    if seconds is None and iterations is not None:
        return lambda: False
    seconds = seconds or DEFAULT_SECONDS
    end = seconds - max(seconds * RESERVE, _spent() * RESERVE_OF_READING)
    return lambda: _spent() >= end


def _spent() -> float:
    return sum(os.times()[:4])
