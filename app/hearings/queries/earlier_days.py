"""Who was there on an earlier day of the sitting only, and signs for that day (R-HEAR-26)?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.hearings.models import Attendance, EarlierDay, Hearing, HearingMinutes
from app.law.dates import format_date

Person = tuple[int | None, int | None, str]


@dataclass(frozen=True)
class EarlierSigner:
    """One person who stayed away at the end: as he came on his first day, with all his days."""

    row: EarlierDay
    days: tuple[date, ...]

    @property
    def attendance(self) -> Attendance:
        """The line of the sheet on which he stood."""
        return self.row.attendance

    @property
    def words(self) -> str:
        """On which days he was there, as the paper says it."""
        return f"{'、'.join(format_date(day) for day in self.days)}到场"


def list_earlier_signers(minutes: HearingMinutes, present: Iterable[Attendance]) -> list[EarlierSigner]:
    """Everybody who heard an earlier day to its end and is not among those present at the last, each once."""
    here = {_person(row, row.name) for row in present}
    found: dict[Person, list[EarlierDay]] = {}
    for row in minutes.earlier_days:
        person = _person(row.attendance, row.name)
        if person not in here:
            found.setdefault(person, []).append(row)
    return [EarlierSigner(rows[0], tuple(row.day for row in rows)) for rows in found.values()]


def is_earlier_place(hearing: Hearing, key: str) -> bool:
    """True for the place of somebody who was there on an earlier day only."""
    return hearing.minutes is not None and any(row.key == key for row in hearing.minutes.earlier_days)


def _person(row: Attendance, name: str) -> Person:
    """A body sends now this one, now that one: the line of the sheet is the same, the person is not."""
    return row.hearing_party_id, row.seat.account_id if row.seat is not None else None, name
