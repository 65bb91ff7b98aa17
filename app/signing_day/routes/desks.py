"""The acts at a desk: sitting down, calling, going on step by step, ending, sending back, recording a refusal."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.errors import NotFound
from app.law import clock
from app.signing_day.actions.calling import (
    call_next,
    call_ticket,
    finish_ticket,
    refuse_at_desk,
    send_back,
    set_phase,
)
from app.signing_day.actions.desks import take_desk
from app.signing_day.models import SigningDesk, SigningTicket
from app.signing_day.queries.tickets import get_desk, get_ticket, is_signed, unsigned_keys
from app.signing_day.routes import bp
from app.signing_day.routes.board import show_board
from app.signing_day.routes.tablet_desk import show_desk
from app.signing_day.rules import LABELS, Phase
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


def show_board_again(public_id: str) -> ResponseReturnValue:
    """The board after a refusal at a desk."""
    again: ResponseReturnValue = show_board(public_id=get_desk(public_id).day.public_id)
    return again


def show_where_called(public_id: str) -> ResponseReturnValue:
    """The page on which a number was called, after a refusal."""
    again: ResponseReturnValue = show_desk(public_id=public_id) if _is_on_desk() else show_board_again(public_id)
    return again


@bp.post("/signing-days/desks/<public_id>/call")
@writes(reshow=show_where_called)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_desk)
def call(desk: SigningDesk) -> ResponseReturnValue:
    """Call a number to the desk, or the next one, from the board or the desk's page; the second is told who has it."""
    wanted = request.form.get("ticket", "")
    now, by = clock.now(), current_actor()
    if wanted:
        ticket = get_ticket(wanted)
        if ticket.day_id != desk.day_id:
            raise NotFound("今天没有这个号。")
        ticket = call_ticket(desk, ticket, by=by, now=now)
    else:
        ticket = call_next(desk, by=by, now=now)
    flash(f"请 {ticket.number} 号到{desk.name}。", "ok")
    if _is_on_desk():
        return redirect(url_for("signing_day.show_desk", public_id=desk.public_id))
    return redirect(url_for("signing_day.show_board", public_id=desk.day.public_id))


@bp.post("/signing-days/desks/<public_id>/take")
@writes(reshow=show_board_again)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_desk)
def sit_down(desk: SigningDesk) -> ResponseReturnValue:
    """Whoever asks sits at this desk from now on."""
    check_seen_version(desk, FormReader(request.form, today=clock.today()).version())
    take_desk(desk, by=current_actor())
    flash(f"{desk.name}改由您坐。", "ok")
    return redirect(url_for("signing_day.show_board", public_id=desk.day.public_id))


@bp.get("/signing-tickets/<public_id>")
@permission_required(Permission.SIGNING_DAY_READ, of=get_ticket)
def show_ticket(ticket: SigningTicket) -> ResponseReturnValue:
    """One claimant: his number in large, where he stands, and what can be done next."""
    order = list(Phase)
    following = order[order.index(ticket.phase) + 1 :][:1] if ticket.phase else []
    return render_template(
        "signing_day/ticket.html",
        ticket=ticket,
        day=ticket.day,
        signed=is_signed(ticket),
        following=following[0] if following else None,
        key=next(iter(unsigned_keys(ticket)), ""),
    )


@bp.post("/signing-tickets/<public_id>/phase")
@writes(reshow=show_ticket)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_ticket)
def go_on(ticket: SigningTicket) -> ResponseReturnValue:
    """The next step at the desk."""
    form = FormReader(request.form, today=clock.today())
    phase = form.choice("phase", "哪一步", Phase)
    form.finish()
    check_seen_version(ticket, form.version())
    set_phase(ticket, phase, by=current_actor(), now=clock.now())
    flash(f"到“{LABELS[phase]}”了。", "ok")
    return _to_ticket(ticket)


@bp.post("/signing-tickets/<public_id>/finish")
@writes(reshow=show_ticket)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_ticket)
def finish(ticket: SigningTicket) -> ResponseReturnValue:
    """Signed, receipt given: the desk is free."""
    check_seen_version(ticket, FormReader(request.form, today=clock.today()).version())
    finish_ticket(ticket, by=current_actor(), now=clock.now())
    flash(f"{ticket.number} 号办完了。", "ok")
    return redirect(url_for("signing_day.show_board", public_id=ticket.day.public_id))


@bp.post("/signing-tickets/<public_id>/back")
@writes(reshow=show_ticket)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_ticket)
def put_back(ticket: SigningTicket) -> ResponseReturnValue:
    """He waits again, with the same number."""
    check_seen_version(ticket, FormReader(request.form, today=clock.today()).version())
    send_back(ticket, by=current_actor(), now=clock.now())
    flash(f"{ticket.number} 号回到等候，号不变。", "ok")
    return redirect(url_for("signing_day.show_board", public_id=ticket.day.public_id))


@bp.post("/signing-tickets/<public_id>/refuse")
@writes(reshow=show_ticket)
@permission_required(Permission.AGREEMENT_SIGN, of=get_ticket)
def refuse(ticket: SigningTicket) -> ResponseReturnValue:
    """He does not sign; his words go on record on the agreement."""
    form = FormReader(request.form, today=clock.today())
    reason = form.text("reason", "不签的理由", limit=1_000)
    form.finish()
    check_seen_version(ticket, form.version())
    refuse_at_desk(ticket, reason, by=current_actor(), now=clock.now())
    flash(f"{ticket.number} 号不签，已经记下。他改主意可以再签到。", "ok")
    return redirect(url_for("signing_day.show_board", public_id=ticket.day.public_id))


def _is_on_desk() -> bool:
    return request.form.get("page") == "desk"


def _to_ticket(ticket: SigningTicket) -> ResponseReturnValue:
    return redirect(url_for("signing_day.show_ticket", public_id=ticket.public_id))
