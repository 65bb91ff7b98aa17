"""A month's roster: a draft of changes, weekly templates that fill it, and its publication (R-DUTY-01, R-DUTY-02)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions.off_duty import check_duty_may_end, flag_sessions_off_duty
from app.booking.models import (
    DutyPost,
    DutyRoster,
    DutySlot,
    RosterChange,
    RosterVersion,
    WeekTemplate,
    WeekTemplateLine,
)
from app.booking.queries.rosters import find_roster, get_month_plan, list_draft
from app.booking.rules.rosters import (
    Change,
    Shift,
    check_days_ahead,
    check_may_serve,
    check_not_away,
    days_of,
    real_changes,
    spread_week,
)
from app.booking.rules.words import HalfDay
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.law.calendar import Calendar
from app.people.models import Account
from app.people.rules import ROLE_LABELS

WEEK = 7


@dataclass(frozen=True)
class Publication:
    """What one publication changed, by person."""

    version: RosterVersion
    changes: dict[int, list[Change]]


@dataclass(frozen=True)
class Applied:
    """How many half-days a template put into the draft, and how many it left because somebody no longer fits."""

    put: int
    left_out: int


def open_roster(area_id: int, month: date) -> DutyRoster:
    """The roster of a month; made when nobody has planned it yet."""
    roster = find_roster(area_id, month)
    if roster is not None:
        return roster
    try:
        with db.session.begin_nested():
            roster = DutyRoster(area_id=area_id, month=month, published_number=0)
            db.session.add(roster)
        return roster
    except IntegrityError:
        return db.session.scalars(sa.select(DutyRoster).filter_by(area_id=area_id, month=month)).one()


def plan_on(
    roster: DutyRoster,
    account: Account,
    post: DutyPost | None,
    days: Sequence[date],
    halves: Sequence[HalfDay],
    *,
    by: Actor,
    today: date,
) -> int:
    """Put a person on in the draft; refuses past days, days of leave and a post of another role (R-DUTY-01)."""
    _check_days(roster, days, today)
    if post is not None:
        wanted = ROLE_LABELS[post.role]
        check_may_serve(account.roles, post.role, name=account.name, post=post.name, role_label=wanted)
    plan = get_month_plan(roster.area_id, roster.month)
    check_not_away(plan.absences, account.id, days, name=account.name)
    post_id = post.id if post else None
    changes = [Change(Shift(account.id, day, half, post_id), is_on=True) for day in days for half in halves]
    return _write_draft(roster, plan.published, changes, by)


def plan_off(
    roster: DutyRoster, account: Account, days: Sequence[date], halves: Sequence[HalfDay], *, by: Actor, today: date
) -> int:
    """Take a person off in the draft; refuses past days. What is published stays until the draft is published."""
    _check_days(roster, days, today)
    plan = get_month_plan(roster.area_id, roster.month)
    changes = [Change(Shift(account.id, day, half), is_on=False) for day in days for half in halves]
    return _write_draft(roster, plan.published, changes, by)


def apply_template(
    roster: DutyRoster, template: WeekTemplate, *, make_up_as: int, calendar: Calendar, by: Actor, today: date
) -> Applied:
    """Fill the days ahead of the month from a week; whoever is on already, or on leave, stays as he is.

    Weekend days that are worked take the lines of weekday `make_up_as`.
    """
    plan = get_month_plan(roster.area_id, roster.month)
    days = [day for day in plan.days if day >= today]
    shifts = spread_week(template.week, days, plan.absences, calendar, make_up_as=make_up_as)
    taken = {shift.place for shift in plan.shifts}
    fitting = _serving(plan.posts, {shift.account_id for shift in shifts})
    wanted = [shift for shift in shifts if shift.place not in taken]
    put = [shift for shift in wanted if (shift.account_id, shift.post_id) in fitting]
    _write_draft(roster, plan.published, [Change(shift, is_on=True) for shift in put], by)
    return Applied(len(put), len(wanted) - len(put))


def discard_draft(roster: DutyRoster, *, by: Actor) -> int:
    """Throw the draft away; what is published stays."""
    rows = list_draft(roster)
    for row in rows:
        db.session.delete(row)
    _mark_changed(roster)
    record(by, "roster.discard", roster, count=len(rows))
    return len(rows)


def publish_roster(roster: DutyRoster, *, by: Actor, now: datetime, is_confirmed: bool = False) -> Publication:
    """Make the draft what counts for booking (R-DUTY-02).

    Refuses an empty draft, and one that ends duty on which booked sessions stand, unless it is confirmed: then they
    are flagged.
    """
    plan = get_month_plan(roster.area_id, roster.month)
    today = clock.local_date(now)
    changes = [change for change in plan.changes if change.shift.day >= today]
    if not changes:
        raise RuleViolation("这个月没有要发布的改动。请先排班，再发布。", rule="R-DUTY-02")
    ended = [change.shift for change in changes if not change.is_on]
    check_duty_may_end(ended, now=now, is_confirmed=is_confirmed)
    version = _write_version(roster, changes, by, now)
    _write_slots(changes)
    people = {change.shift.account_id for change in changes}
    flagged = flag_sessions_off_duty(now, by=by, accounts=people)
    record(by, "roster.publish", roster, number=version.number, changes=len(changes), flagged=flagged)
    by_person = {person: [change for change in changes if change.shift.account_id == person] for person in people}
    return Publication(version, by_person)


def save_week_as_template(area_id: int, name: str, monday: date, *, by: Actor) -> WeekTemplate:
    """Keep the week from `monday` on, drafts included, as a template; one of the same name is replaced."""
    week = [monday + timedelta(days=step) for step in range(WEEK)]
    months = sorted({day.replace(day=1) for day in week})
    shifts = [shift for month in months for shift in get_month_plan(area_id, month).shifts if shift.day in week]
    if not shifts:
        raise RuleViolation("这一周还没有人值班，存不成模板。请选排好了的一周。", rule="R-DUTY-02")
    template = db.session.scalar(sa.select(WeekTemplate).filter_by(area_id=area_id, name=name))
    if template is None:
        template = WeekTemplate(area_id=area_id, name=name, lines=[])
        db.session.add(template)
    template.lines.clear()
    db.session.flush()
    template.lines.extend(
        WeekTemplateLine(weekday=s.day.weekday(), half=s.half, account_id=s.account_id, post_id=s.post_id)
        for s in shifts
    )
    db.session.flush()
    record(by, "roster.template", template, lines=len(shifts))
    return template


def remove_template(template: WeekTemplate, *, by: Actor) -> None:
    """Throw a weekly template away; months that were filled from it stay."""
    record(by, "roster.template_remove", template)
    db.session.delete(template)


def _check_days(roster: DutyRoster, days: Sequence[date], today: date) -> None:
    if not set(days) <= set(days_of(roster.month)):
        raise RuleViolation("这些日子不都在这个月里。请一个月一个月地排。", rule="R-DUTY-02")
    check_days_ahead(days, today)


def _serving(posts: Iterable[DutyPost], people: set[int]) -> set[tuple[int, int | None]]:
    """Who may serve which post today: those in office with its role; without a post everybody in office."""
    accounts = db.session.scalars(sa.select(Account).where(Account.id.in_(people), Account.is_active)).unique().all()
    may: set[tuple[int, int | None]] = {(account.id, None) for account in accounts}
    return may | {(account.id, post.id) for account in accounts for post in posts if post.role in account.roles}


def _write_draft(roster: DutyRoster, published: Sequence[Shift], changes: Sequence[Change], by: Actor) -> int:
    known = {row.shift.place: row for row in list_draft(roster)}
    real = {change.shift.place for change in real_changes(published, changes)}
    for change in changes:
        row = known.get(change.shift.place)
        if change.shift.place not in real:
            if row is not None:
                db.session.delete(row)
        elif row is not None:
            row.is_on, row.post_id = change.is_on, change.shift.post_id
        else:
            db.session.add(_row_of(roster, change))
    _mark_changed(roster)
    record(by, "roster.draft", roster, changes=len(changes))
    return len(changes)


def _row_of(roster: DutyRoster, change: Change) -> RosterChange:
    shift = change.shift
    return RosterChange(
        roster_id=roster.id,
        account_id=shift.account_id,
        day=shift.day,
        half=shift.half,
        is_on=change.is_on,
        post_id=shift.post_id,
    )


def _mark_changed(roster: DutyRoster) -> None:
    """Count the version on, so that nobody publishes a draft that he has not seen."""
    flag_modified(roster, "month")


def _write_version(roster: DutyRoster, changes: Sequence[Change], by: Actor, now: datetime) -> RosterVersion:
    roster.published_number += 1
    version = RosterVersion(
        roster_id=roster.id, number=roster.published_number, published_at=now, published_by=by.account_id
    )
    db.session.add(version)
    db.session.flush()
    published = {change.shift.place for change in changes}
    for row in list_draft(roster):
        if row.shift.place in published:
            row.version_id = version.id
        else:
            db.session.delete(row)
    db.session.flush()
    return version


def _write_slots(changes: Sequence[Change]) -> None:
    standing = _slots_at(changes)
    for change in changes:
        shift, slot = change.shift, standing.get(change.shift.place)
        if not change.is_on:
            db.session.delete(slot)
        elif slot is not None:
            slot.post_id = shift.post_id
        else:
            db.session.add(DutySlot(account_id=shift.account_id, day=shift.day, half=shift.half, post_id=shift.post_id))
    db.session.flush()


def _slots_at(changes: Sequence[Change]) -> dict[tuple[int, date, HalfDay], DutySlot]:
    days = [change.shift.day for change in changes]
    statement = sa.select(DutySlot).where(
        DutySlot.account_id.in_({change.shift.account_id for change in changes}),
        DutySlot.day.between(min(days), max(days)),
    )
    return {(slot.account_id, slot.day, slot.half): slot for slot in db.session.scalars(statement)}
