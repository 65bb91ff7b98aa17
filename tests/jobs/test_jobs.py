"""Jobs: done piece by piece, stopped, gone on with, tried again after a crash, and never by two at once."""

from collections.abc import Generator
from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.errors import RuleViolation
from app.jobs import actions
from app.jobs.models import Job
from app.jobs.queries import get_job, list_claimable_jobs
from app.jobs.rules import LEASE, JobStatus, JobView, Progress
from app.jobs.running import jobs_running, run_job
from app.law import clock
from tests.factories import NOON, actor_of, make_account, make_organisation


class Work:
    """Five pieces; `breaks_at` counts calls and breaks off at that piece once."""

    def __init__(self, breaks_at: int = 0, failure: str = "", always: bool = False) -> None:
        self.done: list[int] = []
        self.breaks_at, self.failure, self.always = breaks_at, failure, always

    def __call__(self, job: JobView) -> Generator[Progress, None, None]:
        for piece in range(len(self.done) + 1, job.payload["pieces"] + 1):
            if piece == self.breaks_at:
                self.breaks_at = self.breaks_at if self.always else 0
                raise ValueError("王小明")
            self.done.append(piece)
            yield Progress(piece, job.payload["pieces"], self.failure if piece == 2 else "")


@pytest.fixture
def by(db: SQLAlchemy):
    account = make_account(Role.COORDINATOR, organisation=make_organisation("滨澜区矛调中心"))
    db.session.commit()
    return actor_of(account)


def queue(db: SQLAlchemy, by) -> Job:
    job = actions.start_job("trial", {"pieces": 5}, total=5, by=by, now=NOON)
    db.session.commit()
    return job


def fresh(db: SQLAlchemy, job: Job) -> Job:
    db.session.rollback()
    db.session.expire_all()
    return get_job(job.public_id)


def test_job_when_run_does_every_piece_and_tells_how_far(app: Flask, db: SQLAlchemy, by) -> None:
    job, work = queue(db, by), Work()
    assert run_job(job.id, {"trial": work})
    job = fresh(db, job)
    assert (work.done, job.status, job.done_count, job.is_open) == ([1, 2, 3, 4, 5], JobStatus.DONE, 5, False)
    assert not run_job(job.id, {"trial": work}), "an ended job is not done again"
    with pytest.raises(RuleViolation):
        actions.continue_job(job, by=by, now=NOON)


def test_job_when_a_piece_fails_says_which(app: Flask, db: SQLAlchemy, by) -> None:
    job = queue(db, by)
    run_job(job.id, {"trial": Work(failure="第 2 份")})
    job = fresh(db, job)
    assert (job.status, job.failures, job.done_count) == (JobStatus.PARTLY_FAILED, ["第 2 份"], 5)


def test_job_when_it_breaks_off_rests_and_goes_on_where_it_was(app: Flask, db: SQLAlchemy, by) -> None:
    job, work = queue(db, by), Work(breaks_at=4)
    run_job(job.id, {"trial": work})
    job = fresh(db, job)
    assert (job.status, job.failures) == (JobStatus.RUNNING, [])
    assert list_claimable_jobs(clock.now()) == []
    assert list_claimable_jobs(clock.now() + LEASE) == [job.id]
    job.leased_until = None
    db.session.commit()
    run_job(job.id, {"trial": work})
    assert (work.done, fresh(db, job).status) == ([1, 2, 3, 4, 5], JobStatus.DONE)


def test_job_when_it_breaks_off_again_and_again_is_given_up_and_can_be_continued(app: Flask, db, by) -> None:
    job, work = queue(db, by), Work(breaks_at=3, always=True)
    for _ in range(6):
        run_job(job.id, {"trial": work})
        fresh(db, job).leased_until = None
        db.session.commit()
    job = fresh(db, job)
    assert (job.status, job.failures, work.done) == (JobStatus.PARTLY_FAILED, ["ValueError"], [1, 2])
    actions.continue_job(job, by=by, now=NOON)
    db.session.commit()
    work.breaks_at = 0
    run_job(job.id, {"trial": work})
    assert (work.done, fresh(db, job).status) == ([1, 2, 3, 4, 5], JobStatus.DONE)


def test_job_when_stopped_keeps_what_is_done(app: Flask, db: SQLAlchemy, by) -> None:
    job, done = queue(db, by), []

    def work(_view: JobView) -> Generator[Progress, None, None]:
        for piece in (1, 2, 3):
            done.append(piece)
            if piece == 2:
                actions.stop_job(fresh(db, job), by=by, now=NOON)
                db.session.commit()
            yield Progress(piece, 3)

    run_job(job.id, {"trial": work})
    assert (done, fresh(db, job).status) == ([1, 2], JobStatus.STOPPED)
    with pytest.raises(RuleViolation):
        actions.stop_job(fresh(db, job), by=by, now=NOON)


def test_job_when_stopped_before_it_began_never_runs(app: Flask, db: SQLAlchemy, by) -> None:
    job = queue(db, by)
    actions.stop_job(job, by=by, now=NOON)
    db.session.commit()
    assert not run_job(job.id, {"trial": Work()})
    assert fresh(db, job).status is JobStatus.STOPPED


def test_job_when_held_by_another_is_left_alone_and_its_late_word_does_not_count(app: Flask, db, by) -> None:
    job = queue(db, by)
    assert actions.claim_job(job.id, "one", now=NOON) is not None
    assert actions.claim_job(job.id, "two", now=NOON) is None
    later = NOON + LEASE + timedelta(seconds=1)
    assert actions.claim_job(job.id, "two", now=later) is not None
    assert not actions.note_progress(job.id, "one", Progress(4, 5), now=later)
    actions.end_job(job.id, "one", now=later)
    assert (job.status, job.done_count, job.leased_by) == (JobStatus.RUNNING, 0, "two")


def test_jobs_when_the_worker_starts_again_are_taken_up_at_once(app: Flask, db: SQLAlchemy, by) -> None:
    job, work, ended = queue(db, by), Work(), Event()
    actions.claim_job(job.id, "a worker that was killed", now=clock.now() + timedelta(days=1))
    db.session.commit()
    with jobs_running(app, {"trial": work}, ended):
        for _ in range(600):
            if not fresh(db, job).is_open:
                break
            ended.wait(0.1)
        db.session.rollback()
    assert (work.done, fresh(db, job).status) == ([1, 2, 3, 4, 5], JobStatus.DONE)
    acts = db.session.scalars(sa.text("SELECT act FROM audit_event ORDER BY seq")).all()
    assert [act for act in acts if act.startswith("job.")] == ["job.start", "job.end"]
