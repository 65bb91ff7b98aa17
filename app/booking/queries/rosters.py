"""A month's roster as it is published and as the draft would make it, posts, weekly templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.booking.models import DutyPost, DutyRoster, DutySlot, Leave, RosterChange, RosterVersion, WeekTemplate
from app.booking.queries.rooms import in_area, list_people
from app.booking.rules.rosters import Absence, Change, Shift, Staffing, count_staff, days_of, overlay, real_changes
from app.booking.rules.words import HalfDay
from app.errors import NotFound
from app.extensions import db
from app.law.calendar import Calendar
from app.people.models import Account


@dataclass(frozen=True)
class MonthPlan:
    """One month of an area: what is published, what the draft changes, who is away."""

    area_id: int
    month: date
    roster: DutyRoster | None
    posts: tuple[DutyPost, ...]
    published: tuple[Shift, ...]
    draft: tuple[Change, ...]
    absences: tuple[Absence, ...]

    @cached_property
    def days(self) -> list[date]:
        """Every day of the month."""
        return days_of(self.month)

    @cached_property
    def changes(self) -> list[Change]:
        """The changes of the draft that still change something."""
        return real_changes(self.published, self.draft)

    @cached_property
    def shifts(self) -> list[Shift]:
        """The roster as it would be after publishing."""
        return overlay(self.published, self.draft)

    def staffing(self, calendar: Calendar) -> Mapping[tuple[int, date, HalfDay], Staffing]:
        """Have and wanted of every post, day and half, the draft included."""
        wanted = {post.id: post.wanted for post in self.posts}
        return count_staff(wanted, self.shifts, self.absences, self.days, calendar)

    def gaps(self, calendar: Calendar, since: date) -> list[Staffing]:
        """Where somebody is missing from `since` on, by day."""
        found = (row for row in self.staffing(calendar).values() if row.missing and row.day >= since)
        return sorted(found, key=lambda row: (row.day, row.half is HalfDay.AFTERNOON, row.post_id))


def get_month_plan(area_id: int, month: date) -> MonthPlan:
    """The plan of a month, whether or not anything was planned yet."""
    roster = find_roster(area_id, month)
    first, last = days_of(month)[0], days_of(month)[-1]
    draft = list_draft(roster) if roster else ()
    return MonthPlan(
        area_id=area_id,
        month=month,
        roster=roster,
        posts=tuple(list_posts(area_id)),
        published=tuple(list_shifts(area_id, first, last)),
        draft=tuple(Change(row.shift, row.is_on) for row in draft),
        absences=tuple(list_absences(area_id, first, last)),
    )


def find_roster(area_id: int, month: date) -> DutyRoster | None:
    """The roster of a month; None before the first draft."""
    return db.session.scalar(sa.select(DutyRoster).filter_by(area_id=area_id, month=month))


def list_draft(roster: DutyRoster) -> Sequence[RosterChange]:
    """The changes that are not published yet, by day."""
    statement = sa.select(RosterChange).filter_by(roster_id=roster.id, version_id=None)
    return db.session.scalars(statement.order_by(RosterChange.day, RosterChange.id)).all()


def list_shifts(area_id: int, first: date, last: date) -> list[Shift]:
    """The published shifts of an area's people on these days."""
    statement = (
        sa.select(DutySlot.account_id, DutySlot.day, DutySlot.half, DutySlot.post_id)
        .join(DutySlot.account)
        .join(Account.organisation)
        .where(DutySlot.day.between(first, last), in_area(area_id))
        .order_by(DutySlot.day, DutySlot.id)
    )
    return [Shift(*row) for row in db.session.execute(statement)]


def list_absences(area_id: int, first: date, last: date) -> list[Absence]:
    """The leave of an area's people that touches these days."""
    statement = (
        sa.select(Leave.account_id, Leave.starts_on, Leave.ends_on)
        .join(Leave.account)
        .join(Account.organisation)
        .where(Leave.starts_on <= last, Leave.ends_on >= first, in_area(area_id))
    )
    return [Absence(*row) for row in db.session.execute(statement)]


def list_roster_people(plan: MonthPlan) -> list[Account]:
    """Who can be put on duty in the area, and whoever has a shift of the month although he no longer can."""
    people = list(list_people(plan.area_id))
    strangers = {shift.account_id for shift in plan.shifts} - {account.id for account in people}
    if strangers:
        people += db.session.scalars(sa.select(Account).where(Account.id.in_(strangers))).unique()
    return people


def list_posts(area_id: int, *, active_only: bool = True) -> Sequence[DutyPost]:
    """The posts of an area in the order of the planner."""
    statement = sa.select(DutyPost).filter_by(area_id=area_id).order_by(DutyPost.position, DutyPost.id)
    return db.session.scalars(statement.where(DutyPost.is_active) if active_only else statement).all()


def get_post(public_id: str, area_id: int) -> DutyPost:
    """The post of the area with this public id; NotFound otherwise."""
    post = db.session.scalar(sa.select(DutyPost).filter_by(public_id=public_id, area_id=area_id))
    if post is None:
        raise NotFound("没有这个岗位。")
    return post


def list_templates(area_id: int) -> Sequence[WeekTemplate]:
    """The weekly templates of an area by name."""
    return db.session.scalars(sa.select(WeekTemplate).filter_by(area_id=area_id).order_by(WeekTemplate.name)).all()


def get_template(public_id: str, area_id: int) -> WeekTemplate:
    """The weekly template of the area with this public id; NotFound otherwise."""
    template = db.session.scalar(sa.select(WeekTemplate).filter_by(public_id=public_id, area_id=area_id))
    if template is None:
        raise NotFound("没有这个周模板。")
    return template


def list_versions(roster: DutyRoster) -> Sequence[RosterVersion]:
    """The publications of a month, the newest first, with what each changed."""
    statement = (
        sa.select(RosterVersion)
        .filter_by(roster_id=roster.id)
        .order_by(RosterVersion.number.desc())
        .options(joinedload(RosterVersion.publisher), selectinload(RosterVersion.changes))
    )
    return db.session.scalars(statement).unique().all()


def list_changes_of_person(account_id: int, since: datetime) -> Sequence[RosterChange]:
    """What publications since then changed in a person's own duty, the newest publication first."""
    statement = (
        sa.select(RosterChange)
        .join(RosterChange.version)
        .where(RosterChange.account_id == account_id, RosterVersion.published_at >= since)
        .order_by(RosterVersion.published_at.desc(), RosterChange.day, RosterChange.id)
        .options(joinedload(RosterChange.version).joinedload(RosterVersion.roster), joinedload(RosterChange.post))
    )
    return db.session.scalars(statement).all()
