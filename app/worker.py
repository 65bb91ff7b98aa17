"""The timed acts as one table: name, how often, what. The scheduler only ticks; the acts find their own work.

One worker an installation: a lock of the operating system (and of PostgreSQL, where several machines share it)
is held as long as the process lives, so that a crash frees it at once.
"""

import fcntl
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from app.agreements.actions import tell_payees, watch_performance
from app.audit.anchor import write_anchor
from app.booking.actions import expire_drafts, flag_sessions_off_duty
from app.cli.supervising import end_asked_for
from app.collective.actions import batch
from app.collective.actions.confirming import apply_for_confirmations
from app.collective.queries.batch import papers_being_sealed, papers_in_the_making
from app.desk.calendar.actions import publish_due_baskets
from app.desk.planning import actions as planning
from app.documents.actions import render_missing
from app.dossier.actions import bind_dossier
from app.extensions import db
from app.jobs.actions import PULSE_STEP, clear_away, note_failed_run, note_run
from app.jobs.models import TimedRun
from app.jobs.rules import JobKinds
from app.jobs.running import jobs_running
from app.law import clock
from app.matters.actions import lapse_rights, recompute_provisional_clocks
from app.notices.actions import send_outbox
from app.signing.actions import finish_signed_revisions
from app.signing_day.actions.scan_filing import file_scans
from app.signing_day.actions.scans import read_stack
from app.web.trace import begin_trace
from app.web.transaction import transaction

log = logging.getLogger(__name__)
ADVISORY_KEY = 0x66746A  # any number that no other program of this database uses
LOCK_FILE = "worker.lock"


class AnotherWorkerRuns(Exception):
    """This installation has a worker already."""


@dataclass(frozen=True)
class TimedAct:
    """One line of the table; an act that commits by itself, piece by piece, says so."""

    name: str
    every: timedelta
    act: Callable[[datetime], int]
    commits_itself: bool = False


def render_abandoned(now: datetime) -> int:
    """Render what is without bytes and no job is about to make."""
    return render_missing(now, in_the_making=papers_in_the_making())


def finish_abandoned(now: datetime) -> int:
    """Make the signed revisions that are missing and that no job of sealing is about to make."""
    return finish_signed_revisions(now, in_the_making=papers_being_sealed())


TIMED_ACTS = (
    TimedAct("send_outbox", timedelta(seconds=5), send_outbox, commits_itself=True),
    TimedAct("publish_due_baskets", timedelta(seconds=5), publish_due_baskets, commits_itself=True),
    TimedAct("render_missing", timedelta(seconds=10), render_abandoned, commits_itself=True),
    TimedAct("finish_signed_revisions", timedelta(seconds=10), finish_abandoned, commits_itself=True),
    TimedAct("write_anchor", timedelta(minutes=5), write_anchor),
    TimedAct("recompute_provisional_clocks", timedelta(hours=1), lambda _now: recompute_provisional_clocks()),
    TimedAct("lapse_rights", timedelta(hours=1), lambda now: lapse_rights(clock.local_date(now))),
    TimedAct("flag_sessions_off_duty", timedelta(hours=24), flag_sessions_off_duty),
    TimedAct("tell_payees", timedelta(minutes=1), tell_payees, commits_itself=True),
    TimedAct("watch_performance", timedelta(hours=24), watch_performance, commits_itself=True),
    TimedAct("expire_drafts", timedelta(hours=1), expire_drafts),
    TimedAct("clear_away", timedelta(hours=1), clear_away),
)

JOB_KINDS: JobKinds = {
    "make_plan": planning.make_plan,
    "accept_plan": planning.accept_places,
    "print_agreements": batch.print_agreements,
    "seal_agreements": batch.seal_agreements,
    "apply_for_confirmations": apply_for_confirmations,
    "bind_dossier": bind_dossier,
    "read_scan_stack": read_stack,
    "file_scanned_papers": file_scans,
}
"""Who does which kind of long work."""


def run_worker(app: Flask) -> None:
    """Run every timed act at its interval until SIGTERM or SIGINT; refuses beside another (AnotherWorkerRuns)."""
    with hold_worker_lock(app), end_asked_for() as asked, jobs_running(app, JOB_KINDS, asked):
        scheduler = BackgroundScheduler(timezone="UTC", executors={"default": ThreadPoolExecutor(2)})
        for timed in TIMED_ACTS:
            scheduler.add_job(
                run_timed,
                "interval",
                args=(app, timed),
                seconds=timed.every.total_seconds(),
                id=timed.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        for timed in TIMED_ACTS:
            run_timed(app, timed)
        scheduler.start()
        log.info("worker runs %d timed acts", len(TIMED_ACTS))
        asked.wait()
        scheduler.shutdown(wait=True)
        run_timed(app, next(timed for timed in TIMED_ACTS if timed.name == "write_anchor"))


def run_timed(app: Flask, timed: TimedAct) -> None:
    """Run one act and keep the pulse; a failure is noted and the next tick tries again."""
    with app.app_context():
        begin_trace(f"JOB-{os.urandom(3).hex().upper()}")
        now = clock.now()
        try:
            if timed.commits_itself:
                timed.act(now)
            else:
                with transaction():
                    timed.act(now)
            _keep_pulse(timed.name, now)
        except Exception as error:
            db.session.rollback()
            log.exception("timed act %s failed", timed.name)
            _note_failure(timed.name, type(error).__name__, now)


@contextmanager
def hold_worker_lock(app: Flask) -> Iterator[None]:
    """Be the only worker while inside."""
    with ExitStack() as held, app.app_context():
        path = app.config["SETTINGS"].data_dir / LOCK_FILE
        file = held.enter_context(path.open("w"))
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AnotherWorkerRuns(f"another worker runs on {path.parent}") from error
        if db.engine.dialect.name == "postgresql":
            connection = held.enter_context(db.engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
            if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(ADVISORY_KEY))):
                raise AnotherWorkerRuns("another worker runs on this database")
            # Closing gives the connection back to the pool, which would go on holding the lock.
            held.callback(connection.scalar, sa.select(sa.func.pg_advisory_unlock(ADVISORY_KEY)))
        yield


def _keep_pulse(name: str, now: datetime) -> None:
    row = db.session.get(TimedRun, name, populate_existing=True)
    if row is not None and row.failure == "" and now - row.ran_at < PULSE_STEP:
        return
    with transaction():
        note_run(name, now=now)


def _note_failure(name: str, failure: str, now: datetime) -> None:
    try:
        with transaction():
            note_failed_run(name, failure, now=now)
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
