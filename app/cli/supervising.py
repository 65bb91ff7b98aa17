"""How several processes are kept running together and ended together."""

import logging
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic

log = logging.getLogger(__name__)
SECONDS_TO_END = 9.0
TICK = 0.2
STARTS_ALLOWED, STARTS_WITHIN = 5, 60.0
EXIT_NOT_NEEDED = 3
WAIT_WHEN_NOT_NEEDED = 30.0


@dataclass
class Child:
    """One process: what it is called, how it is started, when it may be started again."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    starts: list[float] = field(default_factory=list)
    not_before: float = 0.0

    def start(self, folder: Path) -> None:
        """Start the process in our own process group."""
        self.starts = [at for at in self.starts if monotonic() - at < STARTS_WITHIN] + [monotonic()]
        self.process = subprocess.Popen(self.command, cwd=folder)
        log.info("%s started as process %d", self.name, self.process.pid)


class TooManyCrashes(Exception):
    """A process ends again and again."""


def keep_running(children: Sequence[Child], folder: Path) -> None:
    """Start the children, start again what ends, until SIGTERM or SIGINT; refuses to go on after TooManyCrashes."""
    with end_asked_for() as asked:
        try:
            while not asked.is_set():
                for child in children:
                    _look_after(child, folder)
                asked.wait(TICK)
        finally:
            end_all(children)


def end_all(children: Sequence[Child]) -> None:
    """Ask every child to end and wait; who has not ended after nine seconds is killed."""
    running = [child.process for child in children if child.process and child.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = monotonic() + SECONDS_TO_END
    for process in running:
        try:
            process.wait(timeout=max(0.0, deadline - monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _look_after(child: Child, folder: Path) -> None:
    if child.process is None:
        if monotonic() >= child.not_before:
            child.start(folder)
        return
    code = child.process.poll()
    if code is None:
        return
    child.process = None
    if code == EXIT_NOT_NEEDED:
        log.info("%s runs elsewhere; asking again in %d seconds", child.name, WAIT_WHEN_NOT_NEEDED)
        child.not_before = monotonic() + WAIT_WHEN_NOT_NEEDED
        child.starts.clear()
        return
    if len(child.starts) >= STARTS_ALLOWED:
        raise TooManyCrashes(f"{child.name} ended {STARTS_ALLOWED} times within a minute, the last time with {code}.")
    log.error("%s ended with %d and is started again", child.name, code)
    child.not_before = monotonic() + len(child.starts)


@contextmanager
def end_asked_for() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set."""
    asked = Event()
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
