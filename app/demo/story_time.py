"""How a story is told at its own dates: while it runs, the product's clock stands where the story says."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from app.law import clock
from app.law.calendar import Calendar
from app.law.periods import add_working_days
from app.web.installation import settings


class StoryTime:
    """The time of one story: it moves forward only, by working days, and never past the moment of telling."""

    def __init__(self, file: Path, calendar: Calendar, told_at: datetime) -> None:
        self._file = file
        self._calendar = calendar
        self._told_at = told_at

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """Set the clock to this local time and give the moment."""
        moment = min(clock.from_local(day, time(hour, minute)), self._told_at)
        self._file.write_text(moment.isoformat())
        return moment

    def later(self, working_days: int = 1, hour: int = 10, minute: int = 0) -> datetime:
        """Move on by working days, as far as the moment of telling."""
        return self.at(add_working_days(clock.today(), working_days, self._calendar), hour, minute)

    @property
    def now(self) -> datetime:
        """Where the story stands."""
        return clock.now()


@contextmanager
def story_time(calendar: Calendar, told_at: datetime) -> Iterator[StoryTime]:
    """Let the product's clock follow a story; afterwards it runs as it was configured."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "now"
        file.write_text(told_at.isoformat())
        clock.configure(file)
        try:
            yield StoryTime(file, calendar, told_at)
        finally:
            clock.configure(settings().fake_now_file)
