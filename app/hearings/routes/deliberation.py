"""The closed room of the panel: the proposal, one's own vote, who has voted; after the last vote, everything."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.hearings.actions import deliberation as actions
from app.hearings.forms.deciding import read_proposal, read_vote
from app.hearings.models import Deliberation, Hearing
from app.hearings.queries.deliberation import (
    DeliberationRoom,
    get_room,
    list_ballots,
    open_votes,
    result_words,
)
from app.hearings.queries.hearings import procedure_for
from app.hearings.queries.minutes_facts import place_of
from app.hearings.queries.signing import is_being_signed
from app.hearings.routes import bp
from app.hearings.routes.signing import place_rows
from app.hearings.rules.votes import DELIBERATING
from app.hearings.rules.words import SeatRole, Vote
from app.law import clock
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.get("/hearings/<public_id>/deliberation")
@permission_required(Permission.HEARING_DELIBERATE, of=get_room)
def show_deliberation(room: DeliberationRoom) -> ResponseReturnValue:
    """Where the vote stands; no vote is shown to anybody before all are in."""
    hearing = room.hearing
    procedure = procedure_for(hearing, clock.today())
    ballots = list_ballots(hearing, procedure)
    newest, me = hearing.deliberation, current_actor().account_id
    mine = next((row for row in ballots if row.seat.account_id == me), None)
    is_running = newest is not None and not newest.is_disclosed
    return render_template(
        "hearings/deliberation.html",
        hearing=hearing,
        procedure=procedure,
        newest=newest,
        ballots=ballots,
        missing=sum(row.cast_at is None for row in ballots),
        mine=mine,
        may_vote=is_running and mine is not None and mine.cast_at is None,
        may_open=hearing.status in DELIBERATING and _leads(hearing, me) and _may_begin(hearing),
        rounds=[_round(row) for row in hearing.deliberations if row.is_disclosed],
        votes=list(Vote),
        place=place_of(hearing),
    )


@bp.post("/hearings/<public_id>/deliberation/open")
@writes(reshow=show_deliberation)
@permission_required(Permission.HEARING_DELIBERATE, of=get_room)
def open_deliberation(room: DeliberationRoom) -> ResponseReturnValue:
    """Put a proposal to the vote."""
    hearing, now = room.hearing, clock.now()
    today = clock.local_date(now)
    proposal = read_proposal(FormReader(request.form, today=today))
    procedure = procedure_for(hearing, today)
    actions.open_deliberation(
        hearing, proposal=proposal.text, place=proposal.place, procedure=procedure, by=current_actor(), now=now
    )
    flash("评议开始了。请每位听证员登录自己的账号投票。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/deliberation/vote")
@writes(reshow=show_deliberation)
@permission_required(Permission.HEARING_DELIBERATE, of=get_room)
def cast_vote(room: DeliberationRoom) -> ResponseReturnValue:
    """Seal one's own vote."""
    hearing, now = room.hearing, clock.now()
    today = clock.local_date(now)
    vote, reason = read_vote(FormReader(request.form, today=today))
    procedure = procedure_for(hearing, today)
    actions.cast_vote(hearing, vote, reason, procedure=procedure, by=current_actor(), now=now)
    is_last = hearing.deliberation is not None and hearing.deliberation.is_disclosed
    flash("票都投完了，结果在下面。" if is_last else "您的票已经封存，投完以前谁都看不到。", "ok")
    return _back(hearing)


def _round(row: Deliberation) -> dict[str, object]:
    return {
        "row": row,
        "votes": open_votes(row),
        "result": result_words(row),
        "places": place_rows(row.hearing, row.paper),
        "is_signing": is_being_signed(row.paper),
    }


def _leads(hearing: Hearing, account_id: int) -> bool:
    seats = [*hearing.seats_of(SeatRole.CHAIR), *hearing.seats_of(SeatRole.RECORDER)]
    return account_id in {seat.account_id for seat in seats}


def _may_begin(hearing: Hearing) -> bool:
    newest = hearing.deliberation
    return newest is None or (newest.is_disclosed and not newest.is_adopted)


def _back(hearing: Hearing) -> ResponseReturnValue:
    return redirect(url_for("hearings.show_deliberation", public_id=hearing.public_id))
