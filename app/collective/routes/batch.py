"""The pages of the batch: starting, stopping and going on with the printing, the files, sealing, ending for some."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements.rules import AgreementStatus
from app.collective.actions.batch import seal_batch, start_printing
from app.collective.actions.returning import return_claimants
from app.collective.actions.settlement import note_download
from app.collective.models import Claimant, ModelSettlement, Roster, SettlementAgreement
from app.collective.queries.batch import list_links, list_ready_to_seal
from app.collective.queries.roster import RosterFilter, get_roster, list_claimants
from app.collective.queries.settlement import find_case_of_roster, get_settlement, parties_of_case
from app.collective.routes import bp
from app.collective.routes.files import send_papers
from app.collective.routes.settlement import show_settlements, strip_of
from app.collective.rules import ClaimantStatus
from app.errors import NotFound
from app.jobs.actions import continue_job, stop_job
from app.law import clock
from app.mediation.rules import LABELS as MEDIATION_LABELS
from app.mediation.rules import EndReason
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, transaction, writes

END_REASONS = [(reason.value, MEDIATION_LABELS[reason]) for reason in EndReason]
OPEN = (ClaimantStatus.LISTED, ClaimantStatus.PENDING)


def show_again(public_id: str) -> ResponseReturnValue:
    """The page of the settlement after a refusal."""
    again: ResponseReturnValue = show_settlements(public_id=get_settlement(public_id).roster.public_id)
    return again


@bp.post("/settlements/<public_id>/print")
@writes(reshow=show_again)
@permission_required(Permission.AGREEMENT_WRITE, of=get_settlement)
def print_all(settlement: ModelSettlement) -> ResponseReturnValue:
    """Begin to make the agreements."""
    check_seen_version(settlement, FormReader(request.form, today=clock.today()).version())
    start_printing(settlement, by=current_actor(), now=clock.now())
    flash("开始生成协议。可以离开这一页，做完了这里会写明。", "ok")
    return _back(settlement.roster)


@bp.post("/settlements/<public_id>/stop")
@writes(reshow=show_again)
@permission_required(Permission.AGREEMENT_WRITE, of=get_settlement)
def stop(settlement: ModelSettlement) -> ResponseReturnValue:
    """Stop the work; what is made stays."""
    if settlement.job is None:
        raise NotFound("没有正在做的工作。")
    stop_job(settlement.job, by=current_actor(), now=clock.now())
    flash("正在停下。已经编号的协议都在。", "ok")
    return _back(settlement.roster)


@bp.post("/settlements/<public_id>/continue")
@writes(reshow=show_again)
@permission_required(Permission.AGREEMENT_WRITE, of=get_settlement)
def go_on(settlement: ModelSettlement) -> ResponseReturnValue:
    """Go on with stopped work."""
    if settlement.job is None:
        raise NotFound("没有停下的工作。")
    continue_job(settlement.job, by=current_actor(), now=clock.now())
    flash("接着生成，只做没做完的。", "ok")
    return _back(settlement.roster)


@bp.get("/settlements/<public_id>/progress")
@permission_required(Permission.AGREEMENT_READ, of=get_settlement)
def show_progress(settlement: ModelSettlement) -> ResponseReturnValue:
    """The strip of the running job, which fetches itself anew."""
    if settlement.job is None:
        raise NotFound("没有正在做的工作。")
    return render_template("collective/_strip.html", settlement=settlement, strip=strip_of(settlement.job))


@bp.post("/settlements/<public_id>/files")
@permission_required(Permission.AGREEMENT_READ, of=get_settlement)
def download(settlement: ModelSettlement) -> ResponseReturnValue:
    """The agreements of all or of one street as one print file or as a ZIP file, in roster order; on record."""
    form = FormReader(request.form, today=clock.today())
    street = form.line("street", "街道", limit=40, required=False) or None
    kind = "zip" if form.raw("kind") == "zip" else "pdf"
    form.finish()
    names = _file_names(list_links(settlement, street=street))
    if not names:
        raise NotFound("还没有生成好的协议。")
    actor = current_actor()
    with transaction():
        # On record before the file is put together; no writer waits for a large file.
        note_download(settlement, kind, len(names), by=actor)
    return send_papers(names, kind=kind, name=f"agreements-{settlement.number}-{len(names)}")


@bp.get("/rosters/<public_id>/seal")
@permission_required(Permission.AGREEMENT_SEAL, of=get_roster)
def show_seal_batch(roster: Roster) -> ResponseReturnValue:
    """Which agreements the seal goes on, and what follows."""
    links = list_ready_to_seal(roster)
    return render_template("collective/seal_batch.html", roster=roster, links=links, today=clock.today())


@bp.post("/rosters/<public_id>/seal")
@writes(reshow=show_seal_batch)
@permission_required(Permission.AGREEMENT_SEAL, of=get_roster)
def put_seal_on_batch(roster: Roster) -> ResponseReturnValue:
    """Put the seal on everything that is signed."""
    batch = seal_batch(roster, by=current_actor(), now=clock.now())
    flash(f"第 {batch.number} 批已交付盖章，生效日期都是今天。", "ok")
    return _back(roster)


@bp.get("/rosters/<public_id>/return")
@permission_required(Permission.MEDIATION_MANAGE, of=get_roster)
def show_return(roster: Roster) -> ResponseReturnValue:
    """Who has no agreement in force, to end the mediation for them."""
    return render_template(
        "collective/return.html",
        roster=roster,
        claimants=_without_agreement(roster),
        chosen=request.form.getlist("claimants"),
        reasons=END_REASONS,
    )


@bp.post("/rosters/<public_id>/return")
@writes(reshow=show_return)
@permission_required(Permission.MEDIATION_MANAGE, of=get_roster)
def return_some(roster: Roster) -> ResponseReturnValue:
    """End the mediation for those ticked; they go back to petition handling."""
    form = FormReader(request.form, today=clock.today())
    offered = {claimant.public_id: claimant for claimant in _without_agreement(roster)}
    chosen = form.option_list("claimants", "名单", offered)
    if not chosen:
        form.fail("claimants", "请勾出对谁终止调解。")
    reason = form.choice("reason", "原因", EndReason)
    note = form.text("note", "说明", limit=1_000, required=False)
    form.finish()
    return_claimants(roster, chosen, reason, note, by=current_actor(), now=clock.now())
    flash(f"已对 {len(chosen)} 人终止调解，通知书已出具，转回信访办理。", "ok")
    return _back(roster)


def _without_agreement(roster: Roster) -> list[Claimant]:
    """Those held back first, each in roster order."""
    case = find_case_of_roster(roster)
    inside = parties_of_case(case.id) if case else frozenset()
    everybody = list_claimants(roster, RosterFilter())
    found = [claimant for claimant in everybody if claimant.party_id in inside and claimant.status in OPEN]
    return sorted(found, key=lambda claimant: claimant.status is not ClaimantStatus.PENDING)


def _file_names(links: list[SettlementAgreement]) -> dict[int, str]:
    """The papers that have bytes, each with the name of its file: its place in the roster and its number."""
    found: dict[int, str] = {}
    for link in links:
        paper = link.agreement.paper
        if paper is not None and paper.is_ready and link.agreement.status is not AgreementStatus.VOID:
            found[paper.id] = f"{link.claimant.position:04}-{paper.n:03}.pdf"
    return found


def _back(roster: Roster) -> ResponseReturnValue:
    return redirect(url_for("collective.show_settlements", public_id=roster.public_id))
