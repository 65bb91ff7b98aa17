"""The duty roster of a week by half-day, and leave."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking import actions, queries
from app.booking.forms import read_duty, read_leave
from app.booking.models import DutySlot, Leave
from app.booking.routes import bp
from app.booking.routes.rooms import own_area
from app.law import clock
from app.people.models import Account
from app.settings.queries import calendar
from app.web.addresses import asked_day, unread_date
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
    away = queries.list_leaves(area, monday, days[-1])
    return render_template(
        "booking/duty.html",
        monday=monday,
        unread_date=unread_date(),
        before=monday - timedelta(days=DAYS),
        after=monday + timedelta(days=DAYS),
        days=[{"day": day, "mark": marks.day_kind(day)} for day in days],
        rows=_rows(slots, away, days),
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
    day = asked_day()
    return day - timedelta(days=day.weekday())


def _rows(slots: Sequence[DutySlot], away: Sequence[Leave], days: list[date]) -> list[dict[str, Any]]:
    """One row a person: the slots of each day, and whether leave cancels them."""
    people = {slot.account_id: slot.account for slot in slots}
    return [
        {
            "account": account,
            "cells": [
                {
                    "day": day,
                    "slots": [slot for slot in slots if slot.account_id == account_id and slot.day == day],
                    "is_away": any(
                        row.account_id == account_id and row.starts_on <= day <= row.ends_on for row in away
                    ),
                }
                for day in days
            ],
        }
        for account_id, account in people.items()
    ]
