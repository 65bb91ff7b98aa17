"""One plan in a process of its own: the planner may use a core for seconds without holding up whoever waits for it."""

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any, BinaryIO

from app.desk.planning.working import Task

MODULE = "app.desk.planning.working"
ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 2.0  # seconds between two signs of life
LONGEST = 180.0  # seconds on the clock after which a machine too busy to plan is not waited for


class PlannerFailed(Exception):
    """The planner's process ended without an answer."""


def plan_in_child(task: Task) -> Iterator[float | dict[str, Any]]:
    """The share done as often as it is told, at least every two seconds; at last the answer.

    Closing this ends the process. Raises PlannerFailed when it ends without an answer.
    """
    command = [sys.executable, "-m", MODULE]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    lines: Queue[bytes] = Queue()
    reader = Thread(target=_read, args=(process.stdout, lines), daemon=True)
    reader.start()
    try:
        with process.stdin:
            pickle.dump(task, process.stdin)
        yield from _signs(lines)
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


def _signs(lines: "Queue[bytes]") -> Iterator[float | dict[str, Any]]:
    share, waited = 0.0, 0.0
    while waited < LONGEST:
        try:
            line = lines.get(timeout=PATIENCE)
        except Empty:
            waited += PATIENCE
            yield share
            continue
        if not line:
            raise PlannerFailed("no answer")
        told = json.loads(line)
        if "answer" in told:
            yield told["answer"]
            return
        share = told["share"]
        waited += PATIENCE / 4
        yield share
    raise PlannerFailed("too slow")


def _read(stream: BinaryIO, lines: "Queue[bytes]") -> None:
    for line in stream:
        lines.put(line)
    lines.put(b"")
