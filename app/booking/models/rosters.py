"""The month's roster: what a draft or a published version changes, weekly templates, what people ask of one another."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.booking.models.duty import DutyPost
from app.booking.rules.duty_requests import HalfSlot, RequestKind, RequestStatus
from app.booking.rules.rosters import Shift, WeekShift
from app.booking.rules.words import HalfDay
from app.extensions import Model, PublicId, UtcDateTime, foreign_key, primary_key, words
from app.people.models import Account, Organisation
from app.privacy.sealed import Sealed, sealed_column


class DutyRoster(PublicId, Model):
    """One month of one area; what is published stands in `duty_slot`, the draft is what would change there."""

    __tablename__ = "duty_roster"

    id: Mapped[int] = primary_key()
    area_id: Mapped[int] = foreign_key("organisation.id", index=False)
    month: Mapped[date] = mapped_column(sa.Date)
    published_number: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    area: Mapped[Organisation] = relationship()
    versions: Mapped[list["RosterVersion"]] = relationship(order_by="RosterVersion.number", back_populates="roster")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("area_id", "month"),)


class RosterVersion(Model):
    """One publication of a month."""

    __tablename__ = "roster_version"

    id: Mapped[int] = primary_key()
    roster_id: Mapped[int] = foreign_key("duty_roster.id", index=False)
    number: Mapped[int] = mapped_column()
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[int] = foreign_key("account.id", index=False)

    roster: Mapped[DutyRoster] = relationship(back_populates="versions")
    publisher: Mapped[Account] = relationship()
    changes: Mapped[list["RosterChange"]] = relationship(order_by="RosterChange.day", back_populates="version")

    __table_args__ = (sa.UniqueConstraint("roster_id", "number"),)


class RosterChange(Model):
    """Half a day that a person is put on or taken off; without a version it is still a draft."""

    __tablename__ = "roster_change"

    id: Mapped[int] = primary_key()
    roster_id: Mapped[int] = foreign_key("duty_roster.id", index=False)
    version_id: Mapped[int | None] = foreign_key("roster_version.id", nullable=True)
    account_id: Mapped[int] = foreign_key("account.id")
    day: Mapped[date] = mapped_column(sa.Date)
    half: Mapped[HalfDay] = mapped_column(words(HalfDay, "half"))
    is_on: Mapped[bool] = mapped_column()
    post_id: Mapped[int | None] = foreign_key("duty_post.id", nullable=True, index=False)

    version: Mapped[RosterVersion | None] = relationship(back_populates="changes")
    account: Mapped[Account] = relationship()
    post: Mapped[DutyPost | None] = relationship()

    __table_args__ = (
        sa.Index(
            "ix_roster_change_draft",
            "roster_id",
            "account_id",
            "day",
            "half",
            unique=True,
            sqlite_where=sa.text("version_id is null"),
            postgresql_where=sa.text("version_id is null"),
        ),
    )

    @property
    def shift(self) -> Shift:
        """The half-day as the rules count it."""
        return Shift(self.account_id, self.day, self.half, self.post_id)


class WeekTemplate(PublicId, Model):
    """An ordinary week of an area, kept to be applied to months."""

    __tablename__ = "week_template"

    id: Mapped[int] = primary_key()
    area_id: Mapped[int] = foreign_key("organisation.id", index=False)
    name: Mapped[str] = mapped_column(sa.String(40))

    lines: Mapped[list["WeekTemplateLine"]] = relationship(
        order_by="WeekTemplateLine.weekday", cascade="all, delete-orphan", lazy="selectin"
    )

    __table_args__ = (sa.UniqueConstraint("area_id", "name"),)

    @property
    def week(self) -> tuple[WeekShift, ...]:
        """Its half-days as the rules count them."""
        return tuple(WeekShift(line.weekday, line.half, line.account_id, line.post_id) for line in self.lines)


class WeekTemplateLine(Model):
    """Half a weekday of one person in a template; Monday is 0."""

    __tablename__ = "week_template_line"

    id: Mapped[int] = primary_key()
    template_id: Mapped[int] = foreign_key("week_template.id", index=False)
    weekday: Mapped[int] = mapped_column()
    half: Mapped[HalfDay] = mapped_column(words(HalfDay, "half"))
    account_id: Mapped[int] = foreign_key("account.id", index=False)
    post_id: Mapped[int | None] = foreign_key("duty_post.id", nullable=True, index=False)

    __table_args__ = (
        sa.UniqueConstraint("template_id", "weekday", "half", "account_id"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )


class DutyRequest(PublicId, Model):
    """What somebody asks about his own duty: swap with a colleague, be covered by him, or leave."""

    __tablename__ = "duty_request"

    id: Mapped[int] = primary_key()
    kind: Mapped[RequestKind] = mapped_column(words(RequestKind, "kind"))
    status: Mapped[RequestStatus] = mapped_column(words(RequestStatus, "status"))
    is_open: Mapped[bool] = mapped_column(default=True)
    asker_id: Mapped[int] = foreign_key("account.id")
    colleague_id: Mapped[int | None] = foreign_key("account.id", nullable=True)
    day: Mapped[date] = mapped_column(sa.Date)
    half: Mapped[HalfDay | None] = mapped_column(words(HalfDay, "half"), nullable=True)
    other_day: Mapped[date | None] = mapped_column(sa.Date)
    other_half: Mapped[HalfDay | None] = mapped_column(words(HalfDay, "other_half"), nullable=True)
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = Sealed("reason_sealed")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = foreign_key("account.id", nullable=True, index=False)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    asker: Mapped[Account] = relationship(foreign_keys=asker_id)
    colleague: Mapped[Account | None] = relationship(foreign_keys=colleague_id)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.Index(
            "ix_duty_request_open",
            "id",
            sqlite_where=sa.text("is_open"),
            postgresql_where=sa.text("is_open"),
        ),
    )

    @property
    def given(self) -> HalfSlot | None:
        """The half-day that the asker gives away; none for leave."""
        return HalfSlot(self.day, self.half) if self.half is not None else None

    @property
    def taken(self) -> HalfSlot | None:
        """The half-day that he takes for it; only a swap has one."""
        if self.other_day is None or self.other_half is None:
            return None
        return HalfSlot(self.other_day, self.other_half)
