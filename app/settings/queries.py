"""What the office set, as the frozen Calendar and Profile that the rules are handed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

import sqlalchemy as sa

from app.errors import NotFound
from app.extensions import db
from app.law import calendar as law_calendar
from app.law.calendar import Calendar, DayKind
from app.law.holiday_notices import seeded_calendar
from app.law.profile import Profile, profile_from_values
from app.settings.models import CalendarDay, CoveredYear, JurisdictionProfile, SettingStamp

CALENDAR, PROFILES = "calendar", "profiles"
STAMPS = "setting_stamps"
REST_DAY, SWAPPED = "rest_day", "swapped_working_day"
PACKAGED_YEARS = range(2020, 2031)
KINDS = {REST_DAY: DayKind.REST, SWAPPED: DayKind.WORK}

Cached = TypeVar("Cached")
_cache: dict[str, tuple[str, object]] = {}


@dataclass(frozen=True)
class DatedProfile:
    """A profile with its first day; `row_id` is None for the default before any was set."""

    effective_on: date
    profile: Profile
    row_id: int | None = None
    basis: str = ""


DEFAULT = DatedProfile(date.min, Profile())


def calendar() -> Calendar:
    """Days off and days worked; as packaged until an administrator loads or changes a year."""
    return read_stamped(CALENDAR, _read_calendar, packaged_calendar())


def profile_on(day: date) -> Profile:
    """The jurisdiction's parameters in force on the day."""
    return dated_profile_on(day).profile


def dated_profile_on(day: date) -> DatedProfile:
    """The same with its first day, its row and its basis."""
    in_force = [row for row in list_dated_profiles() if row.effective_on <= day]
    return in_force[-1] if in_force else DEFAULT


def list_dated_profiles() -> tuple[DatedProfile, ...]:
    """Every profile that was set, the oldest first."""
    return read_stamped(PROFILES, _read_profiles, ())


def find_profile_by_id(row_id: int | None) -> Profile:
    """The profile of a row; the default for none or a row that is gone."""
    return next((row.profile for row in list_dated_profiles() if row.row_id == row_id), DEFAULT.profile)


def get_profile_row(row_id: int) -> JurisdictionProfile:
    """The row of a profile; NotFound otherwise."""
    row = db.session.get(JurisdictionProfile, row_id)
    if row is None:
        raise NotFound("没有这一份参数。")
    return row


def list_days(year: int) -> list[CalendarDay]:
    """Days off and days worked of a year that was loaded."""
    statement = sa.select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(statement.order_by(CalendarDay.day)))


def list_covered_years() -> list[CoveredYear]:
    """The years that were loaded, the latest first."""
    return list(db.session.scalars(sa.select(CoveredYear).order_by(CoveredYear.year.desc())))


def calendar_changed_at() -> datetime | None:
    """When the calendar was changed last; None while it is as packaged."""
    stamp = db.session.get(SettingStamp, CALENDAR)
    return stamp.changed_at if stamp else None


@lru_cache(maxsize=1)
def packaged_calendar() -> Calendar:
    """The notices that come with the product."""
    return seeded_calendar(PACKAGED_YEARS)


def read_stamped(name: str, read: Callable[[], Cached], unset: Cached) -> Cached:
    """What `read` gives for the present stamp of this name, read once a process and stamp; `unset` without a stamp."""
    stamp = _stamps().get(name)
    if stamp is None:
        return unset
    token, value = _cache.get(name, ("", None))
    if token != stamp.token:
        value = read()
        _cache[name] = (stamp.token, value)
    return value  # type: ignore[return-value]  # stored by the same name


def _stamps() -> dict[str, SettingStamp]:
    """The stamps by name, asked for once a session: a list needs the calendar in every row."""
    stamps: dict[str, SettingStamp] | None = db.session.info.get(STAMPS)
    if stamps is None:
        stamps = db.session.info[STAMPS] = {row.name: row for row in db.session.scalars(sa.select(SettingStamp))}
    return stamps


def _read_calendar() -> Calendar:
    rows = db.session.scalars(sa.select(CalendarDay))
    days = [law_calendar.CalendarDay(row.day, KINDS[row.kind], row.name) for row in rows]
    return Calendar.from_days(days, db.session.scalars(sa.select(CoveredYear.year)))


def _read_profiles() -> tuple[DatedProfile, ...]:
    rows = db.session.scalars(sa.select(JurisdictionProfile).order_by(JurisdictionProfile.effective_on))
    return tuple(DatedProfile(row.effective_on, profile_from_values(row.values), row.id, row.basis) for row in rows)
