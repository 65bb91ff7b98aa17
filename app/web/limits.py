"""How often something may be tried: counters in the database, shared by all processes, alive after a restart."""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.errors import TooManyAttempts
from app.extensions import Model, UtcDateTime, db


class AttemptCounter(Model):
    """Failures of one key in one window."""

    __tablename__ = "attempt_counter"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    window_ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def check_attempts(scope: str, key: str, *, limit: int, now: datetime) -> None:
    """Refuse when `limit` failures were noted in the running window (TooManyAttempts)."""
    row = db.session.get(AttemptCounter, _digest(scope, key))
    if row is not None and row.window_ends_at > now and row.failures >= limit:
        seconds = int((row.window_ends_at - now).total_seconds()) + 1
        minutes = -(-seconds // 60)
        raise TooManyAttempts(f"试得太多了，请 {minutes} 分钟后再试。", retry_after_seconds=seconds, rule="B029")


def note_failure(scope: str, key: str, *, window: timedelta, now: datetime) -> int:
    """Count one failure and give the number in the running window; a past window starts anew."""
    row = db.session.get(AttemptCounter, _digest(scope, key), with_for_update=True)
    if row is None:
        row = AttemptCounter(key=_digest(scope, key), failures=0, window_ends_at=now + window)
        db.session.add(row)
    elif row.window_ends_at <= now:
        row.failures, row.window_ends_at = 0, now + window
    row.failures += 1
    db.session.flush()
    return row.failures


def forget_failures(scope: str, key: str) -> None:
    """Start the count anew after a success."""
    db.session.execute(sa.delete(AttemptCounter).where(AttemptCounter.key == _digest(scope, key)))


def _digest(scope: str, key: str) -> str:
    return hashlib.sha256(f"{scope}|{key}".encode()).hexdigest()
