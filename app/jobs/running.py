"""Doing the jobs: some threads of the worker take one job each, go on after a crash, and end when asked to."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from threading import Event, Thread

from flask import Flask

from app.extensions import db
from app.jobs.actions import claim_job, end_job, note_broken, note_progress, release_jobs
from app.jobs.queries import list_claimable_jobs
from app.jobs.rules import JobKinds, JobView
from app.law import clock
from app.web.trace import begin_trace
from app.web.transaction import run_write

THREADS = 2
REST_SECONDS = 1.0
log = logging.getLogger(__name__)


@contextmanager
def jobs_running(app: Flask, kinds: JobKinds, ended: Event) -> Iterator[None]:
    """Do jobs beside whatever runs inside; leaving waits until each has yielded and let go of its job."""
    with app.app_context():
        run_write(release_jobs)
    threads = [Thread(target=_work, args=(app, kinds, ended), name=f"jobs-{index}") for index in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def run_job(job_id: int, kinds: JobKinds, *, is_ending: Callable[[], bool] = lambda: False) -> bool:
    """Do one job to its end in this thread; False where somebody else holds it or it has ended."""
    holder = os.urandom(12).hex()
    view = run_write(lambda: claim_job(job_id, holder, now=clock.now()))
    if view is None:
        return False
    begin_trace(f"JOB-{view.public_id[:6].upper()}")
    try:
        if _is_through(view, holder, kinds, is_ending):
            run_write(partial(end_job, job_id, holder, now=clock.now()))
    except Exception as error:
        db.session.rollback()
        log.exception("job %s of kind %s broke off", view.public_id, view.kind)
        run_write(partial(note_broken, job_id, holder, type(error).__name__, now=clock.now()))
    return True


def _is_through(view: JobView, holder: str, kinds: JobKinds, is_ending: Callable[[], bool]) -> bool:
    with closing(kinds[view.kind](view)) as steps:
        for progress in steps:
            may_go_on = run_write(partial(note_progress, view.id, holder, progress, now=clock.now()))
            if not may_go_on or is_ending():
                return False
    return True


def _work(app: Flask, kinds: JobKinds, ended: Event) -> None:
    while not ended.wait(REST_SECONDS):
        with app.app_context():
            try:
                _do_what_waits(kinds, ended)
            except Exception:
                db.session.rollback()
                log.exception("looking for jobs failed; tried again in %s s", REST_SECONDS)


def _do_what_waits(kinds: JobKinds, ended: Event) -> None:
    waiting = list_claimable_jobs(clock.now())
    db.session.rollback()
    for job_id in waiting:
        if ended.is_set():
            return
        run_job(job_id, kinds, is_ending=ended.is_set)
