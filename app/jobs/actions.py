"""Starting, stopping and keeping track of jobs; the scheduler's pulse; clearing away what nobody needs any more."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.jobs.models import Job, TimedRun
from app.jobs.rules import LEASE, MOST_ATTEMPTS, MOST_FAILURES_KEPT, JobStatus, JobView, Progress, wait_after
from app.web.limits import forget_ended_windows
from app.web.locking import get_or_insert
from app.web.transaction import IdempotencyKey

PULSE_STEP = timedelta(seconds=30)
KEYS_KEPT = timedelta(days=2)


def note_run(name: str, *, now: datetime) -> None:
    """Note that a timed act worked."""
    row = get_or_insert(TimedRun, {"name": name}, ran_at=now)
    row.ran_at, row.failure = now, ""


def note_failed_run(name: str, failure: str, *, now: datetime) -> None:
    """Note that a timed act failed; `failure` is the kind of error, without values."""
    row = get_or_insert(TimedRun, {"name": name}, ran_at=now)
    row.failed_at, row.failure = now, failure[:120]


def clear_away(now: datetime) -> int:
    """Remove counters whose window is past and keys of forms sent more than two days ago."""
    forget_ended_windows(now)
    old = sa.delete(IdempotencyKey).where(IdempotencyKey.used_at < now - KEYS_KEPT)
    return int(getattr(db.session.execute(old), "rowcount", 0))


def start_job(kind: str, payload: dict[str, Any], *, total: int, by: Actor, now: datetime) -> Job:
    """Queue a piece of long work; the payload holds ids and settings, never personal data."""
    job = Job(kind=kind, payload=payload, total_count=total, requested_by=by.account_id, created_at=now)
    db.session.add(job)
    db.session.flush()
    record(by, "job.start", job, after=job.status.value, job=kind, total=total)
    return job


def stop_job(job: Job, *, by: Actor, now: datetime) -> None:
    """Ask a job to stop; what is done stays done. Refuses a job that has ended."""
    if not job.is_open:
        raise RuleViolation("这项工作已经结束，不用停。")
    job.is_stop_asked = True
    if job.status is JobStatus.QUEUED:
        _end(job, JobStatus.STOPPED, now)
    record(by, "job.stop", job, after=job.status.value)


def continue_job(job: Job, *, by: Actor, now: datetime) -> None:
    """Go on with a job that was stopped or failed; it does only what is left. Refuses one that runs or is done."""
    if job.is_open or job.status is JobStatus.DONE:
        raise RuleViolation("这项工作没有停下，不用再开始。")
    before = job.status
    job.status, job.is_open, job.is_stop_asked = JobStatus.QUEUED, True, False
    job.attempts, job.failures, job.leased_until, job.ended_at = 0, [], None, None
    record(by, "job.continue", job, before=before.value, after=job.status.value)


def release_jobs() -> int:
    """Free the jobs that a worker held which is no more; only for the one worker at its start."""
    held = sa.update(Job).where(Job.is_open, Job.leased_until.is_not(None)).values(leased_until=None)
    return int(getattr(db.session.execute(held), "rowcount", 0))


def claim_job(job_id: int, holder: str, *, now: datetime) -> JobView | None:
    """Take an open job that nobody holds; None where somebody else was first or it failed too often."""
    job = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or not job.is_open or (job.leased_until is not None and job.leased_until > now):
        return None
    if job.is_stop_asked or job.attempts >= MOST_ATTEMPTS:
        _end(job, JobStatus.STOPPED if job.is_stop_asked else JobStatus.PARTLY_FAILED, now)
        return None
    job.status, job.leased_by, job.leased_until = JobStatus.RUNNING, holder, now + LEASE
    job.attempts += 1
    return JobView(job.id, job.public_id, job.kind, dict(job.payload), job.requested_by)


def note_progress(job_id: int, holder: str, progress: Progress, *, now: datetime) -> bool:
    """Keep how far a job is and hold it longer; False where it shall stop or is no longer ours."""
    job = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or job.leased_by != holder or not job.is_open:
        return False
    if job.is_stop_asked:
        _end(job, JobStatus.STOPPED, now)
        return False
    if progress.done > job.done_count:
        job.attempts = 1
    job.done_count, job.total_count, job.leased_until = progress.done, progress.total, now + LEASE
    if progress.failure and len(job.failures) < MOST_FAILURES_KEPT:
        job.failures = [*job.failures, progress.failure[:200]]
    return True


def end_job(job_id: int, holder: str, *, now: datetime) -> None:
    """The work is through: done, or partly failed where a piece failed."""
    job = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is not None and job.leased_by == holder and job.is_open:
        _end(job, JobStatus.PARTLY_FAILED if job.failures else JobStatus.DONE, now)


def note_broken(job_id: int, holder: str, failure: str, *, now: datetime) -> None:
    """The work broke off: try again later, or give up after some attempts; `failure` is the kind of error."""
    job = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or job.leased_by != holder or not job.is_open:
        return
    job.leased_until = now + wait_after(job.attempts)
    if job.attempts >= MOST_ATTEMPTS:
        job.failures = [*job.failures, failure[:200]]
        _end(job, JobStatus.PARTLY_FAILED, now)


def _end(job: Job, status: JobStatus, now: datetime) -> None:
    before = job.status
    job.status, job.is_open, job.leased_until, job.ended_at = status, False, None, now
    record(None, "job.end", job, before=before.value, after=status.value, done=job.done_count)
