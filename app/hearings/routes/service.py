"""Who got which notice and how; whether the day still holds; written waivers of the notice period."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.hearings.actions import service as acts
from app.hearings.forms.convening import read_proof, read_waiver
from app.hearings.models import Hearing, HearingService
from app.hearings.queries.hearings import get_hearing, list_unnamed_seats, procedure_for
from app.hearings.queries.notice_facts import planned
from app.hearings.queries.service import (
    get_hearing_party,
    get_service,
    newest_round,
    notice_state,
    services_of_newest_round,
)
from app.hearings.routes import bp
from app.hearings.routes.applications import read_form
from app.hearings.routes.presenting import hearing_values
from app.hearings.rules.service import DAY_WORDS
from app.hearings.rules.words import LABELS, ServiceMode
from app.law import clock
from app.web.transaction import writes


@bp.get("/hearings/<public_id>/notice")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_services(hearing: Hearing) -> ResponseReturnValue:
    """The newest notices with their services, those they replaced, the waivers, and whether the day holds."""
    procedure = procedure_for(hearing, clock.today())
    newest = newest_round(hearing)
    return render_template(
        "hearings/notice.html",
        **hearing_values(hearing),
        state=notice_state(hearing, procedure),
        services=services_of_newest_round(hearing),
        former=[row for row in hearing.services if 0 < row.round < newest],
        unnamed=list_unnamed_seats(hearing),
        may_waive=hearing.status in acts.MAY_WAIVE,
    )


@bp.get("/hearings/<public_id>/services/<service_id>")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_service(hearing: Hearing, service_id: str) -> ResponseReturnValue:
    """Record how one notice was served."""
    return render_template(
        "hearings/service.html",
        **hearing_values(hearing),
        service=get_service(hearing, service_id),
        modes=[(mode.value, LABELS[mode], DAY_WORDS[mode]) for mode in ServiceMode],
        today=clock.today(),
    )


@bp.post("/hearings/<public_id>/services/<service_id>")
@writes(reshow=show_service)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def record_service(hearing: Hearing, service_id: str) -> ResponseReturnValue:
    """Note when and how it was served, and say at once whether the day still holds."""
    service, procedure = get_service(hearing, service_id), procedure_for(hearing, clock.today())
    proof = read_proof(read_form(hearing))
    acts.record_service(service, proof, procedure=procedure, by=current_actor(), now=clock.now())
    holds = notice_state(hearing, procedure).holds
    warning = "送达晚了，排的日子太早，请改期。" if holds is False else ""
    flash(f"已记：{_name(service)} 的送达。{warning}", "warn" if warning else "ok")
    return redirect(url_for("hearings.show_services", public_id=hearing.public_id))


@bp.get("/hearings/<public_id>/waivers/<party_id>")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_waiver(hearing: Hearing, party_id: str) -> ResponseReturnValue:
    """Record that one party agreed in writing to a shorter notice."""
    return render_template(
        "hearings/waiver.html",
        **hearing_values(hearing),
        row=get_hearing_party(hearing, party_id),
        place=planned(hearing) if hearing.session else None,
        today=clock.today(),
    )


@bp.post("/hearings/<public_id>/waivers/<party_id>")
@writes(reshow=show_waiver)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def record_waiver(hearing: Hearing, party_id: str) -> ResponseReturnValue:
    """Note the signed waiver."""
    row, waiver = get_hearing_party(hearing, party_id), read_waiver(read_form(hearing))
    procedure = procedure_for(hearing, clock.today())
    acts.record_waiver(row, waiver, procedure=procedure, by=current_actor(), now=clock.now())
    waiting = sum(other.waiver_held_on != waiver.held_on for other in hearing.parties)
    rest = f"还有 {waiting} 方没有签。" if waiting else "各方都签了，可以按这一天排。"
    flash(f"已记：{row.party.name} 书面同意缩短通知期限。{rest}", "ok")
    return redirect(url_for("hearings.show_services", public_id=hearing.public_id))


def _name(service: HearingService) -> str:
    if service.hearing_party is not None:
        return service.hearing_party.party.name
    return service.seat.account.name if service.seat else ""
