"""The tables an administrator edits: days off and days worked, covered years, local parameters."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, UtcDateTime, primary_key


class CalendarDay(Model):
    """One statutory day off or one weekend day worked (R-TIME-06)."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(sa.Date, primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(60), default="")

    __table_args__ = (sa.CheckConstraint("kind in ('rest_day', 'swapped_working_day')", name="kind"),)


class CoveredYear(Model):
    """A year whose State Council notice is loaded; dates of other years are provisional (R-TIME-14)."""

    __tablename__ = "covered_year"

    year: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(sa.String(120), default="")


class JurisdictionProfile(Model):
    """Local values of rules from a day on; only the values that differ from the default are kept."""

    __tablename__ = "jurisdiction_profile"

    id: Mapped[int] = primary_key()
    effective_on: Mapped[date] = mapped_column(sa.Date, unique=True)
    values: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    basis: Mapped[str] = mapped_column(sa.String(400), default="")


class SettingStamp(Model):
    """Which state of the calendar or the profiles is the present one, so that processes know when to read again."""

    __tablename__ = "setting_stamp"

    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    token: Mapped[str] = mapped_column(sa.String(32))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
