"""The page of judicial confirmation for one sealed batch: both dates, the joint act, the papers, the answers."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements.actions import CourtChoice
from app.agreements.forms import read_court
from app.agreements.rules import ConfirmationStatus
from app.agreements.rules.confirming import GROUND_LABELS, remedies_after_window
from app.agreements.rules.states import LABELS as AGREEMENT_LABELS
from app.collective.actions.confirming import record_results, start_confirmation
from app.collective.actions.settlement import note_download
from app.collective.models import SealBatch
from app.collective.queries.confirming import (
    ConfirmationRow,
    courts_for,
    get_seal_batch,
    grounds_for,
    list_to_confirm,
    packets_of,
    usual_court,
    window_of,
)
from app.collective.routes import bp
from app.collective.routes.files import send_papers
from app.collective.routes.settlement import strip_of
from app.errors import NotFound
from app.law import clock
from app.law.lamp import days_left
from app.settings.queries import calendar
from app.web.forms import FormReader
from app.web.transaction import transaction, writes

RESULTS = [
    (each.value, AGREEMENT_LABELS[each]) for each in ConfirmationStatus if each is not ConfirmationStatus.APPLIED
]


@bp.get("/seal-batches/<public_id>/confirmation")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_seal_batch)
def show_confirmations(batch: SealBatch) -> ResponseReturnValue:
    """Until when, for whom and where confirmation can be asked for together; what the court answered."""
    today, window = clock.today(), window_of(batch)
    rows = _rows(batch)
    due = window.legal_due_on
    return render_template(
        "collective/confirmations.html",
        batch=batch,
        roster=batch.roster,
        window=window,
        lamp=days_left(due, today, calendar()) if due else None,
        is_over=due is not None and today > due,
        open_rows=[row for row in rows if row.may_apply],
        excluded=[row for row in rows if row.reason],
        applied=[row for row in rows if row.application],
        waiting=[row for row in rows if row.is_waiting],
        courts=[(court.public_id, court.name) for court in courts_for(batch)],
        grounds=[(ground.value, GROUND_LABELS[ground]) for ground in grounds_for(batch)],
        remedies=remedies_after_window(),
        results=RESULTS,
        strip=strip_of(batch.confirmation_job),
        today=today,
    )


@bp.post("/seal-batches/<public_id>/confirmation")
@writes(reshow=show_confirmations)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_seal_batch)
def apply_together(batch: SealBatch) -> ResponseReturnValue:
    """Apply for the agreements that are ticked; who is left unticked does not apply."""
    form = FormReader(request.form, today=clock.today())
    offered = {row.link.agreement.public_id: row.link for row in _rows(batch)}
    chosen = form.option_list("agreements", "名单", offered)
    respondent_applies = form.has("respondent_applies")
    court_id, name, ground, applied_on, _applicants = read_court(form)
    court = next((each for each in courts_for(batch) if each.public_id == court_id), None)
    choice = CourtChoice(court.name if court else name, ground, court)
    start_confirmation(
        batch,
        chosen,
        choice,
        respondent_applies=respondent_applies,
        applied_on=applied_on,
        by=current_actor(),
        now=clock.now(),
    )
    flash(f"开始做 {len(chosen)} 份申请材料。可以离开这一页，做完了这里会写明。", "ok")
    return _back(batch)


@bp.post("/seal-batches/<public_id>/confirmation/results")
@writes(reshow=show_confirmations)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_seal_batch)
def record_answers(batch: SealBatch) -> ResponseReturnValue:
    """Record the court's answer for those ticked, each with its own ruling number."""
    form = FormReader(request.form, today=clock.today())
    waiting = {row.link.agreement.public_id: row for row in _rows(batch) if row.is_waiting}
    chosen = form.option_list("decided", "名单", waiting)
    rulings = {
        row.link.id: form.line(f"ruling-{key}", "裁定书号", limit=80, required=False) for key, row in waiting.items()
    }
    status = form.choice("status", "法院的结果", ConfirmationStatus)
    decided_on = form.date("decided_on", "哪天")
    note = form.text("note", "说明", limit=2_000, required=False)
    form.finish()
    count = record_results(
        chosen, status, decided_on=decided_on, rulings=rulings, note=note, by=current_actor(), now=clock.now()
    )
    flash(f"已记下 {count} 份的结果。", "ok")
    return _back(batch)


@bp.post("/seal-batches/<public_id>/confirmation/packets")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_seal_batch)
def download_packets(batch: SealBatch) -> ResponseReturnValue:
    """Application, list of materials and agreement of everybody who applied, as one print file or a ZIP; on record."""
    kind = "zip" if request.form.get("kind") == "zip" else "pdf"
    names = packets_of(_rows(batch))
    if not names:
        raise NotFound("还没有申请材料。")
    actor = current_actor()
    with transaction():
        # On record before the file is put together; no writer waits for a large file.
        note_download(batch, kind, len(names), by=actor)
    return send_papers(names, kind=kind, name=f"confirmation-{batch.number}")


def _rows(batch: SealBatch) -> list[ConfirmationRow]:
    today = clock.today()
    return list_to_confirm(batch, usual_court(batch), applied_on=today, today=today)


def _back(batch: SealBatch) -> Any:
    return redirect(url_for("collective.show_confirmations", public_id=batch.public_id))
