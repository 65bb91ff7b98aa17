"""The panel's opinion: written, issued, signed, sealed, served, published; the end of the hearing."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, may, permission_required
from app.access.permissions import Permission
from app.errors import NotFound
from app.hearings.actions import afterwards
from app.hearings.actions import opinions as actions
from app.hearings.forms.deciding import PARTS, read_announced_on, read_opinion, read_proof
from app.hearings.models import Hearing, HearingService
from app.hearings.queries.deliberation import DeliberationRoom, get_room
from app.hearings.queries.hearings import get_hearing, list_clocks_of, procedure_for
from app.hearings.queries.opinions import (
    first_text,
    is_served_to_all,
    list_opinion_services,
    masked_draft,
    missing_votes,
    text_of,
)
from app.hearings.queries.signing import is_being_signed
from app.hearings.routes import bp
from app.hearings.routes.signing import place_rows
from app.hearings.rules.opinions import OpinionText
from app.hearings.rules.service import DAY_WORDS
from app.hearings.rules.states import SAT, may_act
from app.hearings.rules.words import HearingAct, HearingMode, ServedStage
from app.law import clock
from app.matters.routes.presenting import clock_item
from app.remedies.queries import both_dates_of, find_recheck_clock
from app.signing.queries import find_round
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


@bp.get("/hearings/<public_id>/opinion")
@permission_required(Permission.HEARING_READ, of=get_hearing)
def show_opinion(hearing: Hearing) -> ResponseReturnValue:
    """The opinion and its way to the parties; before it is issued, only for those who sit in the hearing."""
    opinion, today = hearing.opinion, clock.today()
    is_issued = opinion is not None and opinion.issued_on is not None
    if not has_opinion_page(hearing):
        raise NotFound("听证意见书还没有签发，或者还没有送达。")
    paper = opinion.paper if opinion else None
    services = list_opinion_services(hearing)
    return render_template(
        "hearings/opinion.html",
        hearing=hearing,
        opinion=opinion,
        parts=PARTS,
        text=_text(hearing),
        is_issued=is_issued,
        missing=missing_votes(hearing, _procedure(hearing)),
        places=place_rows(hearing, paper),
        is_signing=is_being_signed(paper),
        is_sealed=bool(services),
        seals=_seals(hearing),
        services=services,
        day_words=DAY_WORDS,
        is_served=is_served_to_all(hearing),
        clocks=[clock_item(row, today) for row in list_clocks_of(hearing) if row.is_open],
        both=_both_dates(hearing, today),
        masked=masked_draft(opinion) if opinion and may(Permission.HEARING_MANAGE, hearing) else "",
        is_publishable=hearing.mode is HearingMode.PUBLIC and hearing.served_stage is ServedStage.RECHECK,
        may_close=may_act(hearing.status, HearingAct.CLOSE),
        today=today,
    )


@bp.post("/hearings/<public_id>/opinion")
@writes(reshow=show_opinion)
@permission_required(Permission.HEARING_DELIBERATE, of=get_room)
def write_opinion(room: DeliberationRoom) -> ResponseReturnValue:
    """Save the opinion as it is written so far."""
    hearing, now = room.hearing, clock.now()
    form = FormReader(request.form, today=clock.local_date(now))
    if hearing.opinion is not None:
        check_seen_version(hearing.opinion, form.version())
    actions.write_opinion(hearing, read_opinion(form), procedure=_procedure(hearing), by=current_actor(), now=now)
    flash("存好了。签发以前都可以改。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/opinion/issue")
@writes(reshow=show_opinion)
@permission_required(Permission.HEARING_DELIBERATE, of=get_room)
def issue_opinion(room: DeliberationRoom) -> ResponseReturnValue:
    """Issue it; the panel signs, then the organ's seal."""
    hearing, now = room.hearing, clock.now()
    announced_on = read_announced_on(FormReader(request.form, today=clock.local_date(now)))
    paper = actions.issue_opinion(
        hearing, announced_on=announced_on, procedure=_procedure(hearing), by=current_actor(), now=now
    )
    flash(f"{paper.number} 已签发。请主持人、听证员、记录员签名，再盖章。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/opinion/seal")
@writes(reshow=show_opinion)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def seal_opinion(hearing: Hearing) -> ResponseReturnValue:
    """Put the organ's seal on it."""
    actions.seal_opinion(hearing, by=current_actor(), now=clock.now())
    flash("已盖章。请送达各方。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/opinion/services/<service_id>")
@writes(reshow=lambda public_id, service_id: show_opinion(public_id=public_id))
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def serve_opinion(hearing: Hearing, service_id: str) -> ResponseReturnValue:
    """Record how it reached one party."""
    service, now = _service(hearing, service_id), clock.now()
    proof = read_proof(FormReader(request.form, today=clock.local_date(now)))
    afterwards.serve_opinion(service, proof, procedure=_procedure(hearing), by=current_actor(), now=now)
    flash("送达已记下。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/opinion/publish")
@writes(reshow=show_opinion)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def publish_opinion(hearing: Hearing) -> ResponseReturnValue:
    """Publish the masked text."""
    form = FormReader(request.form, today=clock.today())
    text = form.text("masked_text", "公示的内容")
    form.finish()
    afterwards.publish_opinion(hearing, text, by=current_actor(), now=clock.now())
    flash("已公示。公示里没有个人信息。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/opinion/withdraw")
@writes(reshow=show_opinion)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def withdraw_publication(hearing: Hearing) -> ResponseReturnValue:
    """Take it off the public page."""
    afterwards.withdraw_publication(hearing, by=current_actor())
    flash("已撤下公示。", "ok")
    return _back(hearing)


@bp.post("/hearings/<public_id>/close")
@writes
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def close_hearing(hearing: Hearing) -> ResponseReturnValue:
    """End the hearing."""
    afterwards.close_hearing(hearing, by=current_actor(), now=clock.now())
    flash("这场听证已办结。", "ok")
    return redirect(url_for("hearings.show_minutes", public_id=hearing.public_id))


def has_opinion_page(hearing: Hearing) -> bool:
    """True once it is served, once issued for the organ; before, for those who sit in a hearing with a vote."""
    if hearing.opinion is not None and hearing.opinion.issued_on is not None:
        return may(Permission.HEARING_FILE, hearing) or is_served_to_all(hearing)
    is_written = _procedure(hearing).has_vote and hearing.status in SAT
    return is_written and may(Permission.HEARING_DELIBERATE, DeliberationRoom(hearing))


def _procedure(hearing: Hearing) -> Any:
    return procedure_for(hearing, clock.today())


def _text(hearing: Hearing) -> OpinionText:
    if hearing.opinion is not None:
        return text_of(hearing.opinion)
    newest = hearing.deliberation
    return first_text(hearing, newest) if newest is not None and newest.is_disclosed else OpinionText()


def _seals(hearing: Hearing) -> list[Any]:
    paper = hearing.opinion.paper if hearing.opinion else None
    found = find_round(paper) if paper is not None else None
    return list(found.seals) if found else []


def _service(hearing: Hearing, public_id: str) -> HearingService:
    for service in list_opinion_services(hearing):
        if service.public_id == public_id:
            return service
    raise NotFound("没有这一份送达。")


def _both_dates(hearing: Hearing, today: date) -> Any:
    """The recheck's dates with and without the hearing's days; None where the hearing serves no recheck."""
    if hearing.served_stage is not ServedStage.RECHECK:
        return None
    row = find_recheck_clock(hearing.matter)
    return both_dates_of(row, today) if row is not None else None


def _back(hearing: Hearing) -> ResponseReturnValue:
    return redirect(url_for("hearings.show_opinion", public_id=hearing.public_id))
