"""The acts on a case: mediators, period, labour notice, end."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters.models import Party
from app.mediation import actions, queries
from app.mediation.forms import (
    read_end,
    read_extension,
    read_labour_notice,
    read_mediators,
    read_objection,
    read_suspension,
)
from app.mediation.models import MediationCase
from app.mediation.queries.meetings import find_period
from app.mediation.routes import bp
from app.mediation.routes.cases import case_values
from app.mediation.rules import CaseStatus, ChosenBy, EndReason, SuspensionBasis
from app.mediation.rules.periods import routes_open_to
from app.mediation.rules.words import CaseSource
from app.people.models import Account
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


def back_to(case: MediationCase) -> ResponseReturnValue:
    """The page of the case."""
    return redirect(url_for("mediation.show", public_id=case.public_id))


def read_form(case: MediationCase) -> FormReader:
    """The posted form; refuses one that was filled on an older state of the case."""
    form = FormReader(request.form, today=clock.today())
    check_seen_version(case, form.version())
    return form


def _parties(case: MediationCase) -> dict[str, Party]:
    return {party.public_id: party for party in case.parties}


def _eligible(case: MediationCase) -> dict[str, Account]:
    accounts = queries.list_eligible_mediators(case.matter, case.committee_id, clock.today())
    return {account.public_id: account for account in accounts}


@bp.get("/mediations/<public_id>/mediators")
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def show_mediators(case: MediationCase) -> ResponseReturnValue:
    """Who mediates, and who could."""
    return render_template("mediation/mediators.html", **case_values(case), eligible=list(_eligible(case).values()))


@bp.post("/mediations/<public_id>/mediators")
@writes(reshow=show_mediators)
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def assign_mediators(case: MediationCase) -> ResponseReturnValue:
    """Name the mediators anew."""
    form = read_form(case)
    chosen_by = form.choice("chosen_by", "谁定的", ChosenBy)
    mediators = read_mediators(form, _eligible(case))
    now = clock.now()
    actions.assign_mediators(
        case, mediators, chosen_by=chosen_by, on=clock.local_date(now), by=current_actor(), now=now
    )
    flash("调解员已定：" + "、".join(account.name for account in mediators) + "。", "ok")
    return back_to(case)


@bp.post("/mediations/<public_id>/objection")
@writes(reshow=show_mediators)
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def object_to_mediator(case: MediationCase) -> ResponseReturnValue:
    """A party does not want this mediator."""
    mediators = {account.public_id: account for account in case.active_mediators}
    account, replacement, party, reason = read_objection(read_form(case), mediators, _eligible(case), _parties(case))
    actions.object_to_mediator(
        case, account, replacement, party=party, reason=reason, by=current_actor(), now=clock.now()
    )
    flash(f"已换成{replacement.name}。{account.name}不再参加，也看不到这件事。", "ok")
    return back_to(case)


@bp.get("/mediations/<public_id>/periods")
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def show_periods(case: MediationCase) -> ResponseReturnValue:
    """Extend, let rest, go on."""
    return render_template(
        "mediation/periods.html",
        **case_values(case),
        period=find_period(case),
        bases=list(SuspensionBasis),
        today=clock.today(),
        is_suspended=case.status is CaseStatus.SUSPENDED,
    )


@bp.post("/mediations/<public_id>/extension")
@writes(reshow=show_periods)
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def extend(case: MediationCase) -> ResponseReturnValue:
    """Extend the period."""
    days, agreed_on, agreeing = read_extension(read_form(case), _parties(case))
    actions.extend_mediation(case, days, agreed_on=agreed_on, agreeing=agreeing, by=current_actor(), now=clock.now())
    flash(f"调解期限已延长 {days} 天。", "ok")
    return back_to(case)


@bp.post("/mediations/<public_id>/suspension")
@writes(reshow=show_periods)
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def suspend(case: MediationCase) -> ResponseReturnValue:
    """Let the mediation rest."""
    basis, note, on = read_suspension(read_form(case))
    actions.suspend_mediation(case, basis, note=note, on=on, by=current_actor(), now=clock.now())
    flash("调解已中止，调解期限停住。信访期限照走。", "ok")
    return back_to(case)


@bp.post("/mediations/<public_id>/resumption")
@writes(reshow=show_periods)
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def resume(case: MediationCase) -> ResponseReturnValue:
    """Go on."""
    form = read_form(case)
    on = form.date("on", "哪天恢复")
    form.finish()
    actions.resume_mediation(case, on=on, by=current_actor(), now=clock.now())
    flash("调解已恢复，停住的天数已补上。", "ok")
    return back_to(case)


@bp.get("/mediations/<public_id>/labour-notice")
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def show_labour(case: MediationCase) -> ResponseReturnValue:
    """Tell the parties of arbitration."""
    return render_template("mediation/labour.html", **case_values(case), today=clock.today())


@bp.post("/mediations/<public_id>/labour-notice")
@writes(reshow=show_labour)
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def record_labour_notice(case: MediationCase) -> ResponseReturnValue:
    """Note that they were told."""
    told_on, continues, body = read_labour_notice(read_form(case))
    actions.record_labour_notice(
        case, told_on=told_on, continues=continues, arbitration_body=body, by=current_actor(), now=clock.now()
    )
    flash("已记下，告知书已出。" + ("可以继续调解。" if continues else "请终止调解。"), "ok")
    return back_to(case)


@bp.get("/mediations/<public_id>/end")
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def show_end(case: MediationCase) -> ResponseReturnValue:
    """What ending means, and the form."""
    return render_template(
        "mediation/end.html",
        **case_values(case),
        reasons=list(EndReason),
        routes=routes_open_to(is_labour=case.is_labour, from_petition=case.source is CaseSource.REFERRED_IN),
        today=clock.today(),
    )


@bp.post("/mediations/<public_id>/end")
@writes(reshow=show_end)
@permission_required(Permission.MEDIATION_MANAGE, of=queries.get_case)
def end(case: MediationCase) -> ResponseReturnValue:
    """End without agreement."""
    reason, note, ended_on = read_end(read_form(case))
    actions.end_without_agreement(case, reason, note=note, ended_on=ended_on, by=current_actor(), now=clock.now())
    flash("调解已终止，通知书已出，请交给各方。", "ok")
    return back_to(case)
