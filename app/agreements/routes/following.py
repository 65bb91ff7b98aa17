"""After the effect: performance, visits, judicial confirmation."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements import actions
from app.agreements.forms import MANNERS, SATISFACTION, read_court, read_decision, read_visit
from app.agreements.models import Agreement
from app.agreements.queries import (
    find_open_confirmation,
    get_agreement,
    get_confirmation,
    get_obligation,
    get_visit,
    list_courts,
)
from app.agreements.queries.confirmations import find_confirmation_target
from app.agreements.queries.packet import packet_of
from app.agreements.routes import bp
from app.agreements.routes import presenting as show
from app.agreements.routes import schedule_words as words
from app.agreements.routes.listing import file_response
from app.agreements.rules import ConfirmationStatus, CourtGround, Performance
from app.agreements.rules.confirming import GROUND_LABELS, remedies_after_window
from app.agreements.rules.states import LABELS
from app.law import clock
from app.signing.actions import WrittenScan, discard_scan, write_scan
from app.signing.queries import find_round
from app.web.forms import FormReader
from app.web.transaction import writes
from app.web.uploads import act_on_file, read_upload, was_chosen

NOT_CONFIRMED = (ConfirmationStatus.NOT_ACCEPTED, ConfirmationStatus.REJECTED, ConfirmationStatus.WITHDRAWN)
PERFORMANCES = [(each.value, LABELS[each]) for each in Performance if each is not Performance.DUE]


@bp.get("/agreements/<public_id>/follow-ups")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def show_follow_ups(agreement: Agreement) -> ResponseReturnValue:
    """What is owed and how far it was performed; planned and recorded visits."""
    today = clock.today()
    return render_template(
        "agreements/follow_ups.html",
        agreement=agreement,
        names={row.key: row.party.name for row in agreement.parties},
        visits=[{"visit": visit, "lamp": show.lamp_until(visit.due_on, today)} for visit in agreement.visits],
        next_visit=next((visit for visit in agreement.visits if visit.is_open), None),
        states={row.id: words.state_of(row, today) for row in agreement.obligations},
        proofs=_proofs_of(agreement),
        performances=PERFORMANCES,
        manners=list(MANNERS.items()),
        satisfactions=list(SATISFACTION.items()),
        show=show,
        today=today,
    )


def _proofs_of(agreement: Agreement) -> dict[int, str]:
    """The files that were handed in with payments, by their key."""
    round_ = find_round(agreement.paper) if agreement.paper else None
    return {scan.id: scan.public_id for scan in round_.scans} if round_ else {}


@bp.post("/agreements/<public_id>/obligations/<obligation_id>")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def record_performance(agreement: Agreement, obligation_id: str) -> ResponseReturnValue:
    """Check and write the proof before the transaction begins, then record the performance."""
    place = {"public_id": agreement.public_id, "obligation_id": obligation_id}
    if not was_chosen("proof"):
        return _record_performance(**place, written=None)
    return act_on_file(
        lambda: write_scan(read_upload("proof")),
        lambda written: _record_performance(**place, written=written),
        discard=discard_scan,
        reshow=lambda: show_follow_ups(public_id=agreement.public_id),
    )


@writes(reshow=lambda public_id, obligation_id, written: show_follow_ups(public_id=public_id))
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def _record_performance(agreement: Agreement, obligation_id: str, written: WrittenScan | None) -> ResponseReturnValue:
    form = FormReader(request.form, today=clock.today())
    performance = form.choice("performance", "履行情况", Performance)
    performed_fen = form.amount_fen("performed", "已履行金额", required=performance is Performance.PARTLY)
    on = form.date("on", "日期")
    form.finish()
    actions.record_performance(
        get_obligation(agreement, obligation_id),
        performance,
        performed_fen=performed_fen,
        on=on,
        proof=written,
        by=current_actor(),
        now=clock.now(),
    )
    flash("已记下履行情况。", "ok")
    return _to_follow_ups(agreement)


@bp.post("/agreements/<public_id>/visits")
@writes(reshow=show_follow_ups)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def plan_visit(agreement: Agreement) -> ResponseReturnValue:
    """Plan one more visit."""
    form = FormReader(request.form, today=clock.today())
    due_on = form.date("due_on", "回访日期")
    form.finish()
    actions.plan_visit(agreement, due_on=due_on, by=current_actor())
    flash("已加一次回访。", "ok")
    return _to_follow_ups(agreement)


@bp.get("/agreements/<public_id>/visits/<visit_id>")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def show_visit(agreement: Agreement, visit_id: str) -> ResponseReturnValue:
    """One visit: its form while it is open, its record afterwards."""
    return render_template(
        "agreements/visit.html",
        agreement=agreement,
        visit=get_visit(agreement, visit_id),
        performances=PERFORMANCES,
        manners=list(MANNERS.items()),
        satisfactions=list(SATISFACTION.items()),
        today=clock.today(),
    )


@bp.post("/agreements/<public_id>/visits/<visit_id>")
@writes(reshow=show_visit)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def record_visit(agreement: Agreement, visit_id: str) -> ResponseReturnValue:
    """Record what the visit found, with its paper."""
    report = read_visit(FormReader(request.form, today=clock.today()))
    actions.record_visit(get_visit(agreement, visit_id), report, by=current_actor(), now=clock.now())
    flash("已记下回访，回访记录做好了。", "ok")
    return _to_follow_ups(agreement)


@bp.get("/agreements/<public_id>/confirmation")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def show_confirmation(agreement: Agreement) -> ResponseReturnValue:
    """Until when, where and by whom confirmation can be asked for; the court's answer."""
    today = clock.today()
    window = agreement.window_ends_on
    courts = show.court_choices(agreement)
    application = find_open_confirmation(agreement)
    return render_template(
        "agreements/confirmation.html",
        agreement=agreement,
        application=application,
        enforcement_lamp=show.lamp_until(application.enforcement_ends_on, today) if application else None,
        is_over=window is not None and today > window,
        lamp=show.lamp_until(window, today),
        target_on=find_confirmation_target(agreement),
        remedies=remedies_after_window(),
        courts=courts,
        earlier=[row for row in agreement.confirmations if row.status in NOT_CONFIRMED],
        grounds=_grounds(agreement),
        results=[(each.value, LABELS[each]) for each in ConfirmationStatus if each is not ConfirmationStatus.APPLIED],
        today=today,
    )


@bp.post("/agreements/<public_id>/confirmation")
@writes(reshow=show_confirmation)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def apply_for_confirmation(agreement: Agreement) -> ResponseReturnValue:
    """Prepare the joint application."""
    court_id, name, ground, applied_on, applicants = read_court(FormReader(request.form, today=clock.today()))
    court = next((each for each in list_courts() if each.public_id == court_id), None)
    choice = actions.CourtChoice(court.name if court else name, ground, court)
    actions.apply_for_confirmation(
        agreement, choice, applicants=applicants, applied_on=applied_on, by=current_actor(), now=clock.now()
    )
    flash("申请书做好了。请打印，各方签名后一起送法院。", "ok")
    return redirect(url_for("agreements.show_confirmation", public_id=agreement.public_id))


def _show_confirmation_again(public_id: str, confirmation_id: str) -> ResponseReturnValue:
    return show_confirmation(public_id=public_id)


@bp.post("/agreements/<public_id>/confirmations/<confirmation_id>")
@writes(reshow=_show_confirmation_again)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def record_confirmation_result(agreement: Agreement, confirmation_id: str) -> ResponseReturnValue:
    """Record the court's answer."""
    status, decided_on, number, note = read_decision(FormReader(request.form, today=clock.today()))
    actions.record_confirmation_result(
        get_confirmation(agreement, confirmation_id),
        status,
        decided_on=decided_on,
        ruling_number=number,
        note=note,
        by=current_actor(),
        now=clock.now(),
    )
    flash("已记下法院的结果。", "ok")
    return redirect(url_for("agreements.show_confirmation", public_id=agreement.public_id))


@bp.get("/agreements/<public_id>/confirmations/<confirmation_id>/packet")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def send_packet(agreement: Agreement, confirmation_id: str) -> ResponseReturnValue:
    """Application, list of materials and agreement as one file for the court."""
    content = packet_of(get_confirmation(agreement, confirmation_id))
    return file_response(content, "application/pdf", "confirmation-packet.pdf")


@bp.post("/agreements/<public_id>/confirmations/<confirmation_id>/enforcement")
@writes(reshow=_show_confirmation_again)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_agreement)
def ask_for_enforcement(agreement: Agreement, confirmation_id: str) -> ResponseReturnValue:
    """Note the day on which the creditor asked the court to enforce."""
    form = FormReader(request.form, today=clock.today())
    asked_on = form.date("asked_on", "申请日期")
    form.finish()
    application = get_confirmation(agreement, confirmation_id)
    actions.ask_for_enforcement(application, asked_on=asked_on, by=current_actor(), now=clock.now())
    flash("已记下申请强制执行的日期。", "ok")
    return redirect(url_for("agreements.show_confirmation", public_id=agreement.public_id))


def _grounds(agreement: Agreement) -> list[tuple[str, str]]:
    """Labour agreements have one competent court only (R-JC-03)."""
    only = (CourtGround.COMMITTEE_PLACE,)
    return [(each.value, GROUND_LABELS[each]) for each in (only if agreement.case.is_labour else CourtGround)]


def _to_follow_ups(agreement: Agreement) -> ResponseReturnValue:
    return redirect(url_for("agreements.show_follow_ups", public_id=agreement.public_id))
