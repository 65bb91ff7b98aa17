"""Answering requests: the colleague agrees or not, the asker withdraws, the coordinator approves or not."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking import actions
from app.booking.models import DutyRequest
from app.booking.queries.off_duty import list_sessions_at_stake
from app.booking.queries.own_duty import get_request, list_requests_of_area
from app.booking.queries.rooms import area_of
from app.booking.routes.rooms import own_area
from app.desk.duty.actions import approve_and_tell, decline_and_tell
from app.desk.duty.routes import bp
from app.desk.duty.routes.own import show_mine
from app.desk.duty.routes.publishing import say_told
from app.errors import NotFound
from app.law import clock
from app.web.transaction import writes

BACK = timedelta(days=30)


@bp.get("/duty/requests")
@permission_required(Permission.CALENDAR_MANAGE)
def show_requests() -> ResponseReturnValue:
    """What waits for approval in the area, and what was decided in the last month."""
    now = clock.now()
    rows = list_requests_of_area(own_area(), now - BACK)
    return render_template(
        "duty/requests.html",
        waiting=[row for row in rows if row.is_open],
        decided=[row for row in rows if not row.is_open],
        at_stake={row.id: list_sessions_at_stake(row, now) for row in rows if row.is_open},
        me=current_actor().account_id,
    )


@bp.post("/duty/requests/<public_id>/agree")
@writes(reshow=lambda public_id: show_mine())
@permission_required(Permission.CALENDAR_SEE)
def agree(public_id: str) -> ResponseReturnValue:
    """The colleague agrees."""
    actions.agree_to_request(_own_request(public_id), by=current_actor(), now=clock.now())
    flash("已答应，等排期员批准。", "ok")
    return redirect(url_for("duty.show_mine"))


@bp.post("/duty/requests/<public_id>/refuse")
@writes(reshow=lambda public_id: show_mine())
@permission_required(Permission.CALENDAR_SEE)
def refuse(public_id: str) -> ResponseReturnValue:
    """The colleague cannot."""
    actions.refuse_request(_own_request(public_id), by=current_actor(), now=clock.now())
    flash("已回话：这次不行。班不变。", "ok")
    return redirect(url_for("duty.show_mine"))


@bp.post("/duty/requests/<public_id>/withdraw")
@writes(reshow=lambda public_id: show_mine())
@permission_required(Permission.CALENDAR_SEE)
def withdraw(public_id: str) -> ResponseReturnValue:
    """The asker takes it back."""
    actions.withdraw_request(_own_request(public_id), by=current_actor(), now=clock.now())
    flash("已撤回，班不变。", "ok")
    return redirect(url_for("duty.show_mine"))


@bp.post("/duty/requests/<public_id>/approve")
@writes(reshow=lambda public_id: show_requests())
@permission_required(Permission.CALENDAR_MANAGE)
def approve(public_id: str) -> ResponseReturnValue:
    """Approve; the roster changes at once."""
    is_confirmed = request.form.get("is_confirmed") == "1"
    asked = _request_of_area(public_id)
    told = approve_and_tell(asked, by=current_actor(), now=clock.now(), is_confirmed=is_confirmed)
    flash(f"已批准，班表已改。{say_told(told)}", "ok")
    return redirect(url_for("duty.show_requests"))


@bp.post("/duty/requests/<public_id>/decline")
@writes(reshow=lambda public_id: show_requests())
@permission_required(Permission.CALENDAR_MANAGE)
def decline(public_id: str) -> ResponseReturnValue:
    """Do not approve; the roster stays."""
    decline_and_tell(_request_of_area(public_id), by=current_actor(), now=clock.now())
    flash("没有批准，班不变。", "ok")
    return redirect(url_for("duty.show_requests"))


def _own_request(public_id: str) -> DutyRequest:
    found = get_request(public_id)
    if current_actor().account_id not in (found.asker_id, found.colleague_id):
        raise NotFound("没有这一条申请。")
    return found


def _request_of_area(public_id: str) -> DutyRequest:
    found = get_request(public_id)
    if area_of(found.asker.organisation) != own_area():
        raise NotFound("没有这一条申请。")
    return found
