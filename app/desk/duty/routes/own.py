"""One's own duty, and asking for a swap, a cover or leave."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Permission
from app.booking import actions
from app.booking.models import BookedSession, DutySlot
from app.booking.queries.boards import list_sessions_of_person
from app.booking.queries.off_duty import list_sessions_needing
from app.booking.queries.own_duty import (
    find_own_feed,
    list_leaves_of_person,
    list_requests_of,
    list_slots_of_person,
)
from app.booking.queries.rooms import get_slot
from app.booking.queries.rosters import list_changes_of_person
from app.booking.routes.rooms import own_area
from app.booking.rules.duty_requests import HalfSlot
from app.booking.rules.rosters import Shift
from app.desk.duty.actions import cover_and_tell, tell_colleague
from app.desk.duty.exchange import ways_out
from app.desk.duty.forms import REASON_LIMIT, read_leave_wish
from app.desk.duty.routes import bp
from app.desk.duty.routes.publishing import say_told
from app.errors import FieldErrors, NotFound
from app.law import clock
from app.people.queries import get_account_by_id
from app.settings.queries import calendar
from app.web.forms import FormReader
from app.web.transaction import writes

AHEAD = timedelta(days=42)
BACK = timedelta(days=30)


@bp.get("/duty/mine")
@permission_required(Permission.CALENDAR_SEE)
def show_mine() -> ResponseReturnValue:
    """My half-days of the next six weeks, my leave, what publications changed, what I asked and was asked."""
    me, today, now = current_actor().account_id, clock.today(), clock.now()
    until = today + AHEAD
    slots = list_slots_of_person(me, today, until)
    days = sorted({slot.day for slot in slots})
    leaves = list_leaves_of_person(me, today, until + AHEAD)
    marks = calendar()
    return render_template(
        "duty/mine.html",
        days=[
            {
                "day": day,
                "mark": marks.day_kind(day),
                "slots": [slot for slot in slots if slot.day == day],
                "is_away": any(leave.starts_on <= day <= leave.ends_on for leave in leaves),
            }
            for day in days
        ],
        halves=len(slots),
        leaves=leaves,
        session_count=len(list_sessions_of_person(me, today, until)),
        requests=list_requests_of(me, now - BACK),
        changes=list_changes_of_person(me, now - BACK),
        feed=find_own_feed(me),
        me=me,
        today=today,
        until=until,
    )


@bp.post("/duty/mine/leave")
@writes(reshow=show_mine)
@permission_required(Permission.CALENDAR_SEE)
def ask_leave() -> ResponseReturnValue:
    """Ask for leave."""
    first, last, reason = read_leave_wish(FormReader(request.form, today=clock.today()))
    actor = current_actor()
    actions.ask_for_leave(get_account_by_id(actor.account_id), first, last, reason, by=actor, now=clock.now())
    flash("请假已报给排期员，批了以后那几天不再给您排会。", "ok")
    return redirect(url_for("duty.show_mine"))


@bp.get("/duty/slots/<public_id>/exchange")
@permission_required(Permission.CALENDAR_SEE)
def show_exchange(public_id: str) -> ResponseReturnValue:
    """One half-day: who could take it over, with whom it could be exchanged."""
    slot = _slot(public_id)
    return render_template(
        "duty/exchange.html",
        slot=slot,
        when=str(HalfSlot(slot.day, slot.half)),
        ways=ways_out(slot, clock.today()),
        sessions=[_place_of(session) for session in list_sessions_needing([_shift_of(slot)], clock.now())],
        is_own=_is_own(slot),
        half_slot=HalfSlot,
    )


@bp.post("/duty/slots/<public_id>/exchange")
@writes(reshow=show_exchange)
@permission_required(Permission.CALENDAR_SEE)
def ask_exchange(public_id: str) -> ResponseReturnValue:
    """Ask a colleague to take my half-day over, or to exchange it for one of his."""
    slot = _slot(public_id)
    if not _is_own(slot):
        raise NotFound("这一班不是您的。")
    form = FormReader(request.form, today=clock.today())
    ways = ways_out(slot, clock.today())
    colleagues = {f"cover:{account.public_id}": account for account in ways.colleagues}
    swaps = {f"swap:{row.public_id}": row for row in ways.swaps}
    way = form.option("way", "和谁换", {key: key for key in (*colleagues, *swaps)})
    reason = form.line("reason", "原因", limit=REASON_LIMIT, required=False)
    form.finish()
    given, by, now = HalfSlot(slot.day, slot.half), current_actor(), clock.now()
    if way in colleagues:
        asked = actions.ask_for_cover(slot.account, colleagues[way], given, reason, by=by, now=now)
    else:
        other = swaps[way or ""]
        taken = HalfSlot(other.day, other.half)
        asked = actions.ask_for_swap(slot.account, other.account, given, taken, reason, by=by, now=now)
    told = tell_colleague(asked, by=by, now=now)
    in_person = "对方没有手机，请当面说一声。" if told.in_person else ""
    flash(f"已问同事。同事答应、排期员批准以后才算数。{in_person}", "ok")
    return redirect(url_for("duty.show_mine"))


@bp.post("/duty/slots/<public_id>/cover")
@writes(reshow=show_exchange)
@permission_required(Permission.CALENDAR_MANAGE)
def cover(public_id: str) -> ResponseReturnValue:
    """Let somebody step in at once."""
    slot = _slot(public_id)
    form = FormReader(request.form, today=clock.today())
    colleagues = {account.public_id: account for account in ways_out(slot, clock.today()).colleagues}
    colleague = form.option("colleague", "谁来顶班", colleagues)
    form.finish()
    if colleague is None:
        raise FieldErrors({"colleague": "请选择谁来顶班。"})
    is_confirmed = form.has("is_confirmed")
    told = cover_and_tell(slot, colleague, by=current_actor(), now=clock.now(), is_confirmed=is_confirmed)
    flash(f"{HalfSlot(slot.day, slot.half)}改由{colleague.name}值班。{say_told(told)}", "ok")
    return redirect(url_for("duty.show_month", month=f"{slot.day:%Y-%m}"))


def _slot(public_id: str) -> DutySlot:
    """A half-day ahead that is one's own, or of the area for who plans; NotFound otherwise."""
    slot = get_slot(public_id, own_area())
    if not (_is_own(slot) or may(Permission.CALENDAR_MANAGE)) or slot.day < clock.today():
        raise NotFound("没有这一班，或者它已经过去。")
    return slot


def _shift_of(slot: DutySlot) -> Shift:
    return Shift(slot.account_id, slot.day, slot.half)


def _place_of(session: BookedSession) -> str:
    return f"{clock.to_local(session.starts_at):%H:%M} {session.room.name}"


def _is_own(slot: DutySlot) -> bool:
    return slot.account_id == current_actor().account_id
