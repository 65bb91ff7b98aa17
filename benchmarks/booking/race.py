"""Many writers at once for some seconds: threads in several processes, as in an installation under load."""

import multiprocessing
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy.exc import DBAPIError

from app.extensions import db
from app.web.database import error_name
from benchmarks.booking.acts import Attempt, Writer
from benchmarks.booking.world import World

PROCESSES = 8


@dataclass
class Runs:
    """What the writers of several rounds brought back, and the overlaps that were found after them."""

    attempts: list[Attempt] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    overlaps: int = 0

    def count(self, *, is_booked: bool) -> int:
        """How many were booked, or refused."""
        return sum(attempt.is_booked is is_booked for attempt in self.attempts)

    def percentile(self, share: float, *, is_booked: bool = True) -> int:
        """Within how many milliseconds this share of the bookings was done, or of the refusals was told."""
        took = sorted(attempt.seconds for attempt in self.attempts if attempt.is_booked is is_booked)
        return round(took[int(len(took) * share)] * 1000) if took else 0


def run_writers(runs: Runs, app: Flask, world: World, act: Writer, seconds: int, writers: int) -> None:
    """One round more: all writers at once for some seconds."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    gate = context.Barrier(PROCESSES)
    processes = [
        context.Process(target=run_process, args=(app, world, act, seconds, writers, number, gate, answers))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for _ in processes:
        attempts, errors = answers.get()
        runs.attempts += attempts
        runs.errors += errors
    for process in processes:
        process.join()


def run_process(
    app: Flask, world: World, act: Writer, seconds: int, writers: int, number: int, gate: Any, answers: Any
) -> None:
    """Some of the writers, as threads of one process."""
    attempts: list[Attempt] = []
    errors: list[str] = []
    gate.wait(timeout=60)
    end = time.monotonic() + seconds
    each = writers // PROCESSES
    threads = [
        threading.Thread(target=run_thread, args=(app, world, act, end, number * each + thread, attempts, errors))
        for thread in range(each)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put((attempts, errors))


def run_thread(
    app: Flask, world: World, act: Writer, end: float, seed: int, attempts: list[Attempt], errors: list[str]
) -> None:
    """One writer until the time is over."""
    chance = random.Random(seed)
    with app.app_context():
        while time.monotonic() < end:
            try:
                attempts.append(act(world, chance))
            except DBAPIError as error:
                db.session.rollback()
                errors.append(error_name(error))
            except Exception as error:
                db.session.rollback()
                errors.append(type(error).__name__)
        db.session.remove()
