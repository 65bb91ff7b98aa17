"""The hall's screen, the printed list of the day, the list of the second round and moving people to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.privacy.masking import mask_name
from app.signing_day.actions.second_round import move_to_second_round
from app.signing_day.forms.day import read_second_round
from app.signing_day.models import SigningDay, SigningTicket
from app.signing_day.queries.board import desks_of, rows_of
from app.signing_day.queries.tickets import get_day, list_day_tickets
from app.signing_day.routes import bp
from app.signing_day.rules import LABELS, SecondRoundReason, TicketState
from app.web.forms import FormReader
from app.web.transaction import writes

MOVABLE = (TicketState.INVITED, TicketState.NO_SHOW, TicketState.WAITING, TicketState.REFUSED)
NEXT_SHOWN = 6


@bp.get("/signing-days/<public_id>/hall")
@permission_required(Permission.SIGNING_DAY_READ, of=get_day)
def show_hall(day: SigningDay) -> ResponseReturnValue:
    """Which number goes to which desk, for everybody in the hall: numbers and surnames alone."""
    seated = {row.desk_id: row for row in rows_of(day, (TicketState.AT_DESK,))}
    called = [(desk, seated[desk.id]) for desk in desks_of(day) if desk.id in seated]
    called.sort(key=lambda each: each[1].called_at or each[1].changed_at, reverse=True)
    return render_template(
        "signing_day/hall.html",
        day=day,
        called=[(desk.name, ticket.number, _surname(ticket)) for desk, ticket in called],
        following=[row.number for row in rows_of(day, (TicketState.WAITING,), limit=NEXT_SHOWN)],
        now=clock.now(),
    )


@bp.get("/signing-days/<public_id>/list")
@permission_required(Permission.SIGNING_DAY_READ, of=get_day)
def show_day_list(day: SigningDay) -> ResponseReturnValue:
    """Everybody of the day in the order of the numbers, to be printed."""
    tickets = list_day_tickets(day, tuple(TicketState))
    return render_template("signing_day/day_list.html", day=day, tickets=tickets, now=clock.now())


@bp.get("/signing-days/<public_id>/second-round")
@permission_required(Permission.SIGNING_DAY_READ, of=get_day)
def show_second_round(day: SigningDay) -> ResponseReturnValue:
    """Who was moved to a later day and why; and who could be."""
    chosen = request.form.getlist("tickets") or _preset(day)
    return render_template(
        "signing_day/second_round.html",
        day=day,
        moved=list_day_tickets(day, (TicketState.SECOND_ROUND,)),
        movable=list_day_tickets(day, MOVABLE),
        chosen=chosen,
        reasons=[(reason.value, LABELS[reason]) for reason in SecondRoundReason],
    )


@bp.post("/signing-days/<public_id>/second-round")
@writes(reshow=show_second_round)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_day)
def move(day: SigningDay) -> ResponseReturnValue:
    """Move those ticked to a later day."""
    form = FormReader(request.form, today=clock.today())
    offered = {ticket.public_id: ticket for ticket in list_day_tickets(day, MOVABLE)}
    chosen = form.option_list("tickets", "名单", offered)
    if not chosen:
        form.fail("tickets", "请勾出要改到第二轮的人。")
    on, reason, note = read_second_round(form)
    form.finish()
    move_to_second_round(day, chosen, on=on, reason=reason, note=note, by=current_actor(), now=clock.now())
    flash(f"{len(chosen)} 人改到 {on.month}月{on.day}日。请通知本人。", "ok")
    return redirect(url_for("signing_day.show_second_round", public_id=day.public_id))


def _preset(day: SigningDay) -> list[str]:
    """Who did not come is ticked when the page is opened for them."""
    if request.args.get("who") != "late":
        return []
    now = clock.now()
    return [
        ticket.public_id
        for ticket in list_day_tickets(day, (TicketState.INVITED, TicketState.NO_SHOW))
        if ticket.state is TicketState.NO_SHOW or (ticket.invited_at is not None and ticket.invited_at < now)
    ]


def _surname(ticket: SigningTicket) -> str:
    """张*: how a person is called in the hall."""
    return mask_name(ticket.claimant.party.name, filler="*").rstrip("*") + "*"
