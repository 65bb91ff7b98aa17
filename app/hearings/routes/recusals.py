"""Ask somebody at the table to step aside; the head or the chair decides (R-HEAR-17…19)."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.errors import NotFound
from app.hearings.actions import recusals as acts
from app.hearings.forms.panel import read_recusal, read_ruling
from app.hearings.models import Hearing
from app.hearings.queries.hearings import get_hearing, organ_head_word, procedure_for
from app.hearings.queries.pool import PoolPerson, list_pool
from app.hearings.routes import bp
from app.hearings.routes.applications import back_to, read_form
from app.hearings.routes.presenting import hearing_values, seat_choices
from app.hearings.rules.panels import RECUSABLE, decider_of
from app.hearings.rules.words import LABELS, SeatRole
from app.law import clock
from app.law.profile import RecusalDecider
from app.matters.models import Recusal
from app.matters.queries.handling import list_recusals
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import RecusalGround, RecusalStatus
from app.web.transaction import writes

GROUNDS = tuple(ground for ground in RecusalGround if ground is not RecusalGround.PARTY_OBJECTS)


@bp.get("/hearings/<public_id>/recusals")
@permission_required(Permission.RECUSAL_REQUEST, of=get_hearing)
def show_recusals(hearing: Hearing) -> ResponseReturnValue:
    """Who may be asked to step aside, and who decides it."""
    procedure = procedure_for(hearing, clock.today())
    head = organ_head_word(procedure)
    deciders = [
        (LABELS[role], head if decider_of(procedure, role) is RecusalDecider.ORGAN_HEAD else LABELS[SeatRole.CHAIR])
        for role in (SeatRole.CHAIR, SeatRole.PANELIST, SeatRole.RECORDER)
    ]
    return render_template(
        "hearings/recusals.html",
        **hearing_values(hearing),
        choices=seat_choices(hearing.seats),
        grounds=[(ground.value, MATTER_LABELS[ground]) for ground in GROUNDS],
        asking=[(row.public_id, row.party.name) for row in hearing.parties],
        deciders=deciders,
        may_ask=hearing.status in RECUSABLE,
    )


@bp.post("/hearings/<public_id>/recusals")
@writes(reshow=show_recusals)
@permission_required(Permission.RECUSAL_REQUEST, of=get_hearing)
def request_recusal(hearing: Hearing) -> ResponseReturnValue:
    """Ask; the person stops taking part at once."""
    seats = {seat.public_id: seat for seat in hearing.seats}
    parties = {row.public_id: row for row in hearing.parties}
    wish = read_recusal(read_form(hearing), seats, parties)
    acts.request_seat_recusal(
        hearing,
        wish.seat,
        ground=wish.ground,
        facts=wish.facts,
        party=wish.party,
        by=current_actor(),
        now=clock.now(),
    )
    flash(f"{wish.seat.account.name} 从现在起不参加，等决定。", "ok")
    return back_to(hearing)


@bp.get("/hearings/<public_id>/recusals/<recusal_id>/decision")
@permission_required(Permission.RECUSAL_DECIDE, of=get_hearing)
def show_recusal_decision(hearing: Hearing, recusal_id: str) -> ResponseReturnValue:
    """One request, for the person in charge."""
    return _decision_page(hearing, recusal_id)


@bp.post("/hearings/<public_id>/recusals/<recusal_id>/decision")
@writes(reshow=show_recusal_decision)
@permission_required(Permission.RECUSAL_DECIDE, of=get_hearing)
def decide_as_head(hearing: Hearing, recusal_id: str) -> ResponseReturnValue:
    """The person in charge decides."""
    return _decide(hearing, recusal_id)


@bp.get("/hearings/<public_id>/recusals/<recusal_id>/ruling")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_recusal_ruling(hearing: Hearing, recusal_id: str) -> ResponseReturnValue:
    """One request, for the chair."""
    return _decision_page(hearing, recusal_id)


@bp.post("/hearings/<public_id>/recusals/<recusal_id>/ruling")
@writes(reshow=show_recusal_ruling)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def decide_as_chair(hearing: Hearing, recusal_id: str) -> ResponseReturnValue:
    """The chair decides."""
    return _decide(hearing, recusal_id)


def _decision_page(hearing: Hearing, recusal_id: str) -> ResponseReturnValue:
    recusal = _recusal(hearing, recusal_id)
    is_open = recusal.status is RecusalStatus.REQUESTED
    return render_template(
        "hearings/recusal.html",
        **hearing_values(hearing),
        recusal=recusal,
        post=next(LABELS[seat.role] for seat in hearing.all_seats if seat.account_id == recusal.account_id),
        asked_by=next((row.party.name for row in hearing.parties if row.party_id == recusal.party_id), ""),
        is_open=is_open,
        replacements=_replacements(hearing, recusal) if is_open else [],
        alternates=hearing.seats_of(SeatRole.ALTERNATE),
    )


def _decide(hearing: Hearing, recusal_id: str) -> ResponseReturnValue:
    recusal = _recusal(hearing, recusal_id)
    people = {person.account.public_id: person.account for person in _replacements(hearing, recusal)}
    ruling = read_ruling(read_form(hearing), people)
    fresh = acts.decide_seat_recusal(
        hearing,
        recusal,
        is_granted=ruling.is_granted,
        decision=ruling.reason,
        replacement=ruling.replacement,
        by=current_actor(),
        now=clock.now(),
    )
    name = recusal.account.name
    if not ruling.is_granted:
        flash(f"{name} 不用回避，继续参加。", "ok")
    elif fresh is not None:
        flash(f"{name} 回避，由 {fresh.account.name} 接替。决定书已出。", "ok")
    else:
        flash(f"{name} 回避，决定书已出。还没有人接替：请补人，或者延期后重新通知。", "warn")
    return back_to(hearing)


def _recusal(hearing: Hearing, recusal_id: str) -> Recusal:
    """A recusal of somebody of this hearing; NotFound otherwise."""
    people = {seat.account_id for seat in hearing.all_seats}
    for row in list_recusals(hearing.matter_id):
        if row.public_id == recusal_id and row.account_id in people:
            return row
    raise NotFound("没有这份回避申请，或者不归您看。")


def _replacements(hearing: Hearing, recusal: Recusal) -> list[PoolPerson]:
    """Who could take the seat: free people of the pool, and alternates for a panelist."""
    role = next(
        (seat.role for seat in hearing.all_seats if seat.account_id == recusal.account_id and seat.ended_on is None),
        SeatRole.PANELIST,
    )
    today = clock.today()
    pool = list_pool(hearing, procedure_for(hearing, today), role, today)
    may_move_up = role is SeatRole.PANELIST
    return [person for person in pool if person.is_free or (may_move_up and person.seat is SeatRole.ALTERNATE)]
