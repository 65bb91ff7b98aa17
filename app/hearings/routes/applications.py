"""Ask for a hearing, propose one, record the answer, decide, take back."""

from collections.abc import Callable
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.errors import RuleViolation
from app.hearings.actions import applications as acts
from app.hearings.actions import proposals
from app.hearings.forms.applications import (
    read_answer,
    read_application,
    read_decision,
    read_proposal,
    read_told_on,
    read_withdrawal,
)
from app.hearings.models import Hearing, HearingParty
from app.hearings.queries.hearings import get_hearing, list_hearings_of
from app.hearings.queries.scheduling import last_day_to_withdraw_of
from app.hearings.queries.standing import (
    find_former,
    find_right_until,
    find_withdrawn_request,
    is_grave,
    procedure_kind_of,
    sides_of,
    standing_of,
)
from app.hearings.routes import bp
from app.hearings.routes.presenting import hearing_values
from app.hearings.rules.applications import REFUSAL_WORDS, RefusalGround, check_may_be_heard
from app.hearings.rules.procedures import Procedure, procedure_of
from app.hearings.rules.withdrawing import check_may_ask_again, check_withdrawal
from app.hearings.rules.words import HearingSide, HearingStatus, ProcedureKind
from app.law import clock
from app.matters.models import Matter, Party
from app.matters.queries import get_matter
from app.settings.queries import profile_on
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


def back_to(hearing: Hearing) -> ResponseReturnValue:
    """The page of the hearing."""
    return redirect(url_for("hearings.show", public_id=hearing.public_id))


def read_form(hearing: Hearing) -> FormReader:
    """The posted form; refuses one that was filled on an older state of the hearing."""
    form = FormReader(request.form, today=clock.today())
    check_seen_version(hearing, form.version())
    return form


@bp.get("/matters/<public_id>/hearings/new")
@permission_required(Permission.HEARING_APPLY, of=get_matter)
def show_new(matter: Matter) -> ResponseReturnValue:
    """May it be heard, and the two ways to begin: an application, or the organ's own proposal."""
    today = clock.today()
    procedure = _procedure(matter)
    return render_template(
        "hearings/new.html",
        matter=matter,
        procedure=procedure,
        is_reconsideration=procedure.kind is ProcedureKind.RECONSIDERATION,
        obstacle=_obstacle(matter, procedure),
        petitioners=list(_petitioners(matter).items()),
        former=find_former(matter),
        right_until=find_right_until(matter),
        is_grave=is_grave(matter),
        earlier=list_hearings_of(matter),
        bar=_bar(partial(check_may_ask_again, find_withdrawn_request(matter))),
        decide_within=procedure.answer_within.text,
        reply_within=profile_on(today).hearing_proposal_reply.text,
        today=today,
    )


@bp.post("/matters/<public_id>/hearings/new")
@writes(reshow=show_new)
@permission_required(Permission.HEARING_APPLY, of=get_matter)
def apply(matter: Matter) -> ResponseReturnValue:
    """Take an application."""
    new = read_application(FormReader(request.form, today=clock.today()), _petitioners(matter))
    hearing = acts.apply_for_hearing(matter, new, procedure=_procedure(matter), by=current_actor(), now=clock.now())
    flash(f"听证申请已登记：{hearing.number}。", "ok")
    return back_to(hearing)


@bp.post("/matters/<public_id>/hearings/proposal")
@writes(reshow=show_new)
@permission_required(Permission.HEARING_APPLY, of=get_matter)
def propose(matter: Matter) -> ResponseReturnValue:
    """Propose a hearing for the organ."""
    new = read_proposal(FormReader(request.form, today=clock.today()))
    hearing = proposals.propose_hearing(matter, new, procedure=_procedure(matter), by=current_actor(), now=clock.now())
    waits = "征询意见书已出，请交给信访人。" if hearing.status is HearingStatus.PROPOSED else "请报负责人决定。"
    flash(f"已登记：{hearing.number}。{waits}", "ok")
    return back_to(hearing)


@bp.post("/matters/<public_id>/hearings/told")
@writes(reshow=show_new)
@permission_required(Permission.HEARING_APPLY, of=get_matter)
def tell_right(matter: Matter) -> ResponseReturnValue:
    """Note that the petitioner was told of the right."""
    told_on = read_told_on(FormReader(request.form, today=clock.today()))
    acts.tell_right_to_hearing(matter, procedure=_procedure(matter), on=told_on, by=current_actor(), now=clock.now())
    flash("已记下，申请听证的期限开始算。", "ok")
    return redirect(url_for("hearings.show_new", public_id=matter.public_id))


@bp.get("/hearings/<public_id>/answer")
@permission_required(Permission.HEARING_APPLY, of=get_hearing)
def show_answer(hearing: Hearing) -> ResponseReturnValue:
    """What the petitioner answers to the proposal."""
    is_waiting = hearing.status is HearingStatus.PROPOSED
    return render_template(
        "hearings/answer.html",
        **hearing_values(hearing),
        applicants=[(key, row.party.name) for key, row in _applicants(hearing).items()],
        reply_by=proposals.reply_by_of(hearing) if is_waiting else None,
        today=clock.today(),
    )


@bp.post("/hearings/<public_id>/answer")
@writes(reshow=show_answer)
@permission_required(Permission.HEARING_APPLY, of=get_hearing)
def answer(hearing: Hearing) -> ResponseReturnValue:
    """Record one petitioner's answer."""
    given = read_answer(read_form(hearing), _applicants(hearing))
    proposals.record_proposal_answer(
        hearing,
        given.party,
        has_consented=given.has_consented,
        answered_on=given.answered_on,
        by=current_actor(),
        now=clock.now(),
    )
    flash("答复已记下。" if given.has_consented else "信访人不同意听证，已记下。事项照常办理。", "ok")
    return back_to(hearing)


@bp.post("/hearings/<public_id>/silence")
@writes(reshow=show_answer)
@permission_required(Permission.HEARING_APPLY, of=get_hearing)
def note_silence(hearing: Hearing) -> ResponseReturnValue:
    """Nobody answered in time."""
    read_form(hearing)
    proposals.record_silence(hearing, by=current_actor(), now=clock.now())
    flash("逾期没有答复，按不同意记下。事项照常办理。", "ok")
    return back_to(hearing)


@bp.get("/hearings/<public_id>/decision")
@permission_required(Permission.HEARING_DECIDE, of=get_hearing)
def show_decision(hearing: Hearing) -> ResponseReturnValue:
    """What is asked for, what each decision brings about, and the form."""
    profile = profile_on(clock.today())
    return render_template(
        "hearings/decision.html",
        **hearing_values(hearing),
        grounds=[(ground.value, REFUSAL_WORDS[ground]) for ground in RefusalGround],
        hold_within=profile.hearing_hold_by.text,
        is_mandatory=profile.is_hearing_mandatory_on_request,
        is_undecided=hearing.status is HearingStatus.APPLIED,
    )


@bp.post("/hearings/<public_id>/decision")
@writes(reshow=show_decision)
@permission_required(Permission.HEARING_DECIDE, of=get_hearing)
def decide(hearing: Hearing) -> ResponseReturnValue:
    """Held or not."""
    decision = read_decision(read_form(hearing))
    acts.decide_hearing(
        hearing,
        is_held=decision.is_held,
        reason=decision.reason,
        mode=decision.mode,
        closed_reason=decision.closed_reason,
        ground=decision.ground,
        points=decision.points,
        by=current_actor(),
        now=clock.now(),
    )
    flash("已决定听证，决定书已出。" if decision.is_held else "已决定不听证，决定书已出，请交给申请人。", "ok")
    return back_to(hearing)


@bp.get("/hearings/<public_id>/withdrawal")
@permission_required(Permission.HEARING_APPLY, of=get_hearing)
def show_withdrawal(hearing: Hearing) -> ResponseReturnValue:
    """What taking the application back means."""
    last_day = last_day_to_withdraw_of(hearing, clock.today())
    return render_template(
        "hearings/withdrawal.html",
        **hearing_values(hearing),
        last_day=last_day,
        bar=_bar(partial(check_withdrawal, last_day, today=clock.today())),
    )


@bp.post("/hearings/<public_id>/withdrawal")
@writes(reshow=show_withdrawal)
@permission_required(Permission.HEARING_APPLY, of=get_hearing)
def withdraw(hearing: Hearing) -> ResponseReturnValue:
    """Take the application back."""
    facts = read_withdrawal(read_form(hearing))
    acts.withdraw_application(hearing, facts=facts, by=current_actor(), now=clock.now())
    flash("听证申请已撤回。事项照常办理。", "ok")
    return back_to(hearing)


def _procedure(matter: Matter) -> Procedure:
    return procedure_of(procedure_kind_of(matter), profile_on(clock.today()))


def _obstacle(matter: Matter, procedure: Procedure) -> str:
    return _bar(partial(check_may_be_heard, procedure, standing_of(matter)))


def _bar(check: Callable[[], None]) -> str:
    """What a check would refuse with, '' where it lets pass."""
    try:
        check()
    except RuleViolation as refusal:
        return refusal.message
    return ""


def _petitioners(matter: Matter) -> dict[str, Party]:
    return {party.public_id: party for party in sides_of(matter)[HearingSide.APPLICANT]}


def _applicants(hearing: Hearing) -> dict[str, HearingParty]:
    return {row.public_id: row for row in hearing.parties_of(HearingSide.APPLICANT)}
