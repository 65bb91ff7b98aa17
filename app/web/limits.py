"""How often something may be tried: counters in the database, shared by all processes, alive after a restart."""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.errors import TooManyAttempts
from app.extensions import Model, UtcDateTime, db
from app.web.locking import get_or_insert


class AttemptCounter(Model):
    """Failures of one key in one window."""

    __tablename__ = "attempt_counter"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    window_ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def check_attempts(scope: str, key: str, *, limit: int, now: datetime) -> None:
    """Refuse when `limit` failures were noted in the running window (TooManyAttempts)."""
    row = _exhausted_row(scope, key, limit, now)
    if row is not None:
        seconds = int((row.window_ends_at - now).total_seconds()) + 1
        minutes = -(-seconds // 60)
        raise TooManyAttempts(f"试得太多了，请 {minutes} 分钟后再试。", retry_after_seconds=seconds, rule="B029")


def is_exhausted(scope: str, key: str, *, limit: int, now: datetime) -> bool:
    """True when `limit` failures were noted in the running window."""
    return _exhausted_row(scope, key, limit, now) is not None


def note_failure(scope: str, key: str, *, window: timedelta, now: datetime) -> int:
    """Count one failure and give the number in the running window; a past window starts anew."""
    row = get_or_insert(AttemptCounter, {"key": _digest(scope, key)}, failures=0, window_ends_at=now + window)
    if row.window_ends_at <= now:
        row.failures, row.window_ends_at = 0, now + window
    row.failures += 1
    db.session.flush()
    return row.failures


def forget_failures(scope: str, key: str) -> None:
    """Start the count anew after a success."""
    db.session.execute(sa.delete(AttemptCounter).where(AttemptCounter.key == _digest(scope, key)))


def forget_ended_windows(now: datetime) -> None:
    """Remove the counters whose window is past."""
    db.session.execute(sa.delete(AttemptCounter).where(AttemptCounter.window_ends_at <= now))


def _exhausted_row(scope: str, key: str, limit: int, now: datetime) -> AttemptCounter | None:
    row = db.session.get(AttemptCounter, _digest(scope, key), populate_existing=True)
    is_counted = row is not None and row.window_ends_at > now and row.failures >= limit
    return row if is_counted else None


def _digest(scope: str, key: str) -> str:
    return hashlib.sha256(f"{scope}|{key}".encode()).hexdigest()
