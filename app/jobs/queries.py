"""Reading the scheduler's pulse."""

from datetime import datetime

import sqlalchemy as sa

from app.extensions import db
from app.jobs.models import TimedRun


def last_run_at() -> datetime | None:
    """When any timed act last worked; None while no worker ever ran."""
    return db.session.scalar(sa.select(sa.func.max(TimedRun.ran_at)))


def list_timed_runs() -> list[TimedRun]:
    """Every timed act with its last run, by name."""
    return list(db.session.scalars(sa.select(TimedRun).order_by(TimedRun.name)))
