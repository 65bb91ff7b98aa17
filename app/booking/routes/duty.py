"""The duty roster of a week by half-day, and leave."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking import actions, queries
from app.booking.forms import read_duty, read_leave
from app.booking.models import DutySlot
from app.booking.routes import bp
from app.booking.routes.rooms import own_area
from app.booking.rules.words import HalfDay
from app.errors import DomainError
from app.law import clock
from app.law.dates import parse_date
from app.people.models import Account
from app.settings.queries import calendar
from app.web.forms import FormReader
from app.web.transaction import writes

DAYS = 7
LEAVE_AHEAD = timedelta(days=92)


@bp.get("/duty")
@permission_required(Permission.CALENDAR_SEE)
def show_duty() -> ResponseReturnValue:
    """A week from Monday on: who is here in the morning and in the afternoon, who is on leave."""
    area = own_area()
    monday = _monday()
    slots = queries.list_slots(area, monday, monday + timedelta(days=DAYS - 1))
    marks = calendar()
    days = [monday + timedelta(days=count) for count in range(DAYS)]
    return render_template(
        "booking/duty.html",
        monday=monday,
        before=monday - timedelta(days=DAYS),
        after=monday + timedelta(days=DAYS),
        week=[{"day": day, "mark": marks.day_kind(day), "halves": _halves(slots, day)} for day in days],
        leaves=queries.list_leaves(area, monday, max(monday, clock.today()) + LEAVE_AHEAD),
        people=queries.list_people(area),
        today=clock.today(),
    )


@bp.post("/duty")
@writes(reshow=show_duty)
@permission_required(Permission.CALENDAR_MANAGE)
def add_duty() -> ResponseReturnValue:
    """Put somebody on duty."""
    typed = read_duty(FormReader(request.form, today=clock.today()), _people(), calendar())
    slots = actions.add_duty_slots(typed.account, typed.days, typed.halves, by=current_actor())
    flash(f"{typed.account.name}已排 {len(slots)} 班。" if slots else f"{typed.account.name}这几班早已排好。", "ok")
    return redirect(url_for("booking.show_duty", date=typed.days[0].isoformat()))


@bp.post("/duty/<public_id>/remove")
@writes(reshow=lambda public_id: show_duty())
@permission_required(Permission.CALENDAR_MANAGE)
def remove_duty(public_id: str) -> ResponseReturnValue:
    """Take somebody off duty."""
    slot = queries.get_slot(public_id, own_area())
    day, name = slot.day, slot.account.name
    actions.remove_duty_slot(slot, by=current_actor())
    flash(f"{name}这一班已撤。", "ok")
    return redirect(url_for("booking.show_duty", date=day.isoformat()))


@bp.post("/duty/leave")
@writes(reshow=show_duty)
@permission_required(Permission.CALENDAR_MANAGE)
def add_leave() -> ResponseReturnValue:
    """Enter leave."""
    account, first, last = read_leave(FormReader(request.form, today=clock.today()), _people())
    actions.enter_leave(account, first, last, by=current_actor())
    flash(f"{account.name}的请假已登记，那几天不再给他排会。", "ok")
    return redirect(url_for("booking.show_duty", date=first.isoformat()))


@bp.post("/duty/leave/<public_id>/remove")
@writes(reshow=lambda public_id: show_duty())
@permission_required(Permission.CALENDAR_MANAGE)
def remove_leave(public_id: str) -> ResponseReturnValue:
    """Strike out leave."""
    leave = queries.get_leave(public_id, own_area())
    actions.remove_leave(leave, by=current_actor())
    flash("这条请假已划去。", "ok")
    return redirect(url_for("booking.show_duty"))


def _people() -> dict[str, Account]:
    return {account.public_id: account for account in queries.list_people(own_area())}


def _monday() -> date:
    day = clock.today()
    try:
        day = parse_date(request.args.get("date", "") or day.isoformat(), today=day)
    except DomainError:
        day = clock.today()
    return day - timedelta(days=day.weekday())


def _halves(slots: Sequence[DutySlot], day: date) -> list[tuple[HalfDay, list[DutySlot]]]:
    return [(half, [slot for slot in slots if slot.day == day and slot.half is half]) for half in HalfDay]
