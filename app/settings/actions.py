"""Acts on what an office sets. A change holds for what begins afterwards; running clocks keep their dates."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import FieldErrors, RuleViolation
from app.extensions import db
from app.law.calendar import SATURDAY, DayKind
from app.law.dates import format_date
from app.law.holiday_notices import seeded_days, seeded_years
from app.law.profile import Profile, profile_from_values, profile_values
from app.privacy.chance import random_text
from app.settings.models import CalendarDay, CoveredYear, JurisdictionProfile, SettingStamp
from app.settings.queries import (
    CALENDAR,
    PROFILES,
    REST_DAY,
    STAMPS,
    SWAPPED,
    calendar_changed_at,
    packaged_calendar,
)
from app.web.locking import get_or_insert

STORED_KINDS = {DayKind.REST: REST_DAY, DayKind.WORK: SWAPPED}
PACKAGED = "国务院办公厅通知（随软件）"


def load_calendar(years: Iterable[int], *, by: Actor | None, now: datetime) -> frozenset[int]:
    """Take over the packaged notices of those years as rows to edit; gives the years whose notice is packaged.

    A year that was loaded before is replaced; the first time every packaged year comes along.
    """
    known = seeded_years({*years, *_years_to_take_over()})
    for year in known:
        _remove_year(year)
        db.session.add(CoveredYear(year=year, source=PACKAGED))
    db.session.flush()
    db.session.add_all(
        CalendarDay(day=row.day, kind=STORED_KINDS[row.kind], name=row.name) for row in seeded_days(known)
    )
    stamp(CALENDAR, now)
    record(by, "calendar.load", kind="calendar", years=sorted(known))
    return known


def cover_year(year: int, source: str, *, by: Actor, now: datetime) -> None:
    """Say that a year's notice was entered by hand: its dates are no longer provisional (R-TIME-14)."""
    if _years_to_take_over():
        load_calendar((), by=by, now=now)
    row = db.session.get(CoveredYear, year)
    if row is None:
        row = CoveredYear(year=year)
        db.session.add(row)
    row.source = source
    stamp(CALENDAR, now)
    record(by, "calendar.cover_year", kind="calendar", year=year)


def set_day(day: date, kind: DayKind | None, name: str, *, by: Actor, now: datetime) -> None:
    """Make a day a rest day or a worked weekend day, or plain again with None (R-TIME-06).

    Refuses a worked day that is no weekend, and a year that is not loaded.
    """
    if db.session.get(CoveredYear, day.year) is None:
        raise RuleViolation(f"{day.year} 年的放假安排还没有装入。请先装入这一年。", rule="R-TIME-14")
    if kind is DayKind.WORK and day.weekday() < SATURDAY:
        raise FieldErrors({"kind": "调休上班只能是周六或周日。这一天本来就是工作日。"})
    row = db.session.get(CalendarDay, day)
    if kind is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(CalendarDay(day=day, kind=STORED_KINDS[kind], name=name))
    else:
        row.kind, row.name = STORED_KINDS[kind], name
    stamp(CALENDAR, now)
    record(by, "calendar.set_day", kind="calendar", day=day.isoformat(), after=STORED_KINDS[kind] if kind else "")


def save_profile(
    effective_on: date, values: dict[str, object], basis: str, *, by: Actor | None, today: date, now: datetime
) -> JurisdictionProfile:
    """Set the local parameters from a day on; only what differs from the default is kept.

    Refuses a first day that has come (clocks were computed by what was in force), and values the rules refuse (INV-14).
    """
    profile = profile_from_values(values)
    _check_begins_later(effective_on, today)
    row = db.session.scalar(sa.select(JurisdictionProfile).filter_by(effective_on=effective_on))
    if row is None:
        row = JurisdictionProfile(effective_on=effective_on)
        db.session.add(row)
    row.values, row.basis = _different(profile), basis
    db.session.flush()
    stamp(PROFILES, now)
    record(by, "profile.save", row, effective_on=effective_on.isoformat(), fields=sorted(row.values))
    return row


def withdraw_profile(row: JurisdictionProfile, *, by: Actor, today: date, now: datetime) -> None:
    """Take back a profile that is not in force yet."""
    _check_begins_later(row.effective_on, today)
    record(by, "profile.withdraw", row, effective_on=row.effective_on.isoformat())
    db.session.delete(row)
    stamp(PROFILES, now)


def _check_begins_later(effective_on: date, today: date) -> None:
    if effective_on <= today:
        raise FieldErrors(
            {"effective_on": f"{format_date(effective_on)}已经到了，按当时的参数算过期限，不能再改。请从明天或以后起。"}
        )


def _different(profile: Profile) -> dict[str, object]:
    usual = profile_values(Profile())
    return {name: value for name, value in profile_values(profile).items() if value != usual[name]}


def _years_to_take_over() -> frozenset[int]:
    """The packaged years count until the first row is stored; from then on the rows alone do."""
    return packaged_calendar().covered_years if calendar_changed_at() is None else frozenset()


def _remove_year(year: int) -> None:
    span = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    db.session.execute(sa.delete(CalendarDay).where(span))
    db.session.execute(sa.delete(CoveredYear).where(CoveredYear.year == year))


def stamp(name: str, now: datetime) -> None:
    """Note that what is set under this name was changed, so that every process reads it again."""
    row = get_or_insert(SettingStamp, {"name": name}, token="", changed_at=now)
    row.token, row.changed_at = random_text(16), now
    db.session.flush()
    db.session.info.pop(STAMPS, None)
