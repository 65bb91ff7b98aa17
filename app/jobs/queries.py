"""Reading jobs and the scheduler's pulse."""

from datetime import datetime

import sqlalchemy as sa

from app.errors import NotFound
from app.extensions import db
from app.jobs.models import Job, TimedRun


def last_run_at() -> datetime | None:
    """When any timed act last worked; None while no worker ever ran."""
    return db.session.scalar(sa.select(sa.func.max(TimedRun.ran_at)))


def list_timed_runs() -> list[TimedRun]:
    """Every timed act with its last run, by name."""
    return list(db.session.scalars(sa.select(TimedRun).order_by(TimedRun.name)))


def get_job(public_id: str) -> Job:
    """The job under this address; NotFound otherwise. Who may see it, the owner of its subject decides."""
    job = db.session.scalar(sa.select(Job).filter_by(public_id=public_id))
    if job is None:
        raise NotFound("没有这项工作。")
    return job


def list_claimable_jobs(now: datetime) -> list[int]:
    """The ids of open jobs that nobody holds, oldest first."""
    is_free = sa.or_(Job.leased_until.is_(None), Job.leased_until <= now)
    return list(db.session.scalars(sa.select(Job.id).where(Job.is_open, is_free).order_by(Job.created_at, Job.id)))
