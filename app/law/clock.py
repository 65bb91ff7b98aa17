"""What time is it?  The only module that asks.

Everything above it is handed `now` (aware, UTC) or `today` (the date in Shanghai).
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Shanghai")
OFFSET_FROM_REAL_TIME = re.compile(r"[+-]\d{1,10}")

_fake_now_file: Path | None = None


class UnreadableClock(RuntimeError):
    """The file that stands in for the clock cannot be read as a time."""


def configure(fake_now_file: Path | None) -> None:
    """Take the time from a file at every call (tests, demonstrations), or from the machine if None.

    The file holds a time with offset, a local date or date and time, or seconds from now such as +3600.
    """
    global _fake_now_file
    _fake_now_file = fake_now_file


def now() -> datetime:
    """The present moment, aware, in UTC; UnreadableClock when a stand-in file makes no sense."""
    real = datetime.now(UTC)
    if _fake_now_file is None:
        return real
    try:
        text = _fake_now_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableClock(f"cannot read the time from {_fake_now_file}: {error}") from error
    return _moment_from(text, real)


def today() -> date:
    """The present date in Shanghai."""
    return local_date(now())


def to_local(moment: datetime) -> datetime:
    """The moment on the wall clock in Shanghai; refuses a naive time."""
    _check_aware(moment)
    return moment.astimezone(LOCAL_ZONE)


def local_date(moment: datetime) -> date:
    """The date in Shanghai at that moment; refuses a naive time."""
    return to_local(moment).date()


def from_local(day: date, at: time) -> datetime:
    """The UTC moment of a wall-clock time in Shanghai."""
    return datetime.combine(day, at, tzinfo=LOCAL_ZONE).astimezone(UTC)


def _moment_from(text: str, real: datetime) -> datetime:
    try:
        if OFFSET_FROM_REAL_TIME.fullmatch(text):
            return real + timedelta(seconds=int(text))
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=LOCAL_ZONE)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnreadableClock(f"the file {_fake_now_file} holds no time: {text[:80]!r}") from error


def _check_aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
