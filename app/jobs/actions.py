"""Keeping the scheduler's pulse, and clearing away what nobody needs any more."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.extensions import db
from app.jobs.models import TimedRun
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
