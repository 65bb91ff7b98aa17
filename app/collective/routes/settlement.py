"""The pages of the model settlement: versions, the editor, problems by row, one person's preview, freezing."""

from functools import partial
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements.actions import agreement_facts
from app.collective.actions.settlement import begin_settlement, freeze_settlement, save_settlement
from app.collective.forms.settlement import read_model
from app.collective.models import ModelSettlement, Roster, SettlementAgreement
from app.collective.queries.batch import (
    list_batches,
    list_links,
    list_ready_to_seal,
    list_to_sign_again,
    made_of,
)
from app.collective.queries.roster import PAGE, get_claimant, get_roster
from app.collective.queries.settlement import (
    check_rows,
    find_case_of_roster,
    get_settlement,
    list_eligible,
    list_settlements,
    model_of,
    sketch_for,
)
from app.collective.routes import bp
from app.collective.rules.settlement import SETTLEMENT_LABELS, Blank, SettlementStatus, share_words
from app.documents.actions import render_draft
from app.errors import NotFound
from app.jobs.models import Job
from app.jobs.rules import JOB_STATUS_LABELS, JobStatus
from app.law import clock
from app.web import labels
from app.web.forms import FormReader
from app.web.transaction import writes

labels.register(SETTLEMENT_LABELS)
PILLS = {SettlementStatus.DRAFT: "info", SettlementStatus.FROZEN: "ok", SettlementStatus.REPLACED: "idle"}
STRIPS = {
    JobStatus.QUEUED: "queued",
    JobStatus.RUNNING: "running",
    JobStatus.DONE: "done",
    JobStatus.PARTLY_FAILED: "partial",
    JobStatus.STOPPED: "stopped",
}
LEAST_SHARE_ROWS = 4


@bp.get("/rosters/<public_id>/settlement")
@permission_required(Permission.AGREEMENT_READ, of=get_roster)
def show_settlements(roster: Roster) -> ResponseReturnValue:
    """Where the settlement stands: versions, agreements made, who signs again, what was sealed."""
    versions = list_settlements(roster)
    current = next((row for row in versions if row.status is SettlementStatus.FROZEN), None)
    return render_template(
        "collective/settlement.html",
        roster=roster,
        case=find_case_of_roster(roster),
        versions=[{"settlement": row, "pill": _pill(row), "model": model_of(row)} for row in versions],
        draft=next((row for row in versions if row.status is SettlementStatus.DRAFT), None),
        current=current,
        share_words=share_words,
        ready=len(list_ready_to_seal(roster)),
        batches=[
            {"batch": batch, "count": count, "total_fen": total, "strip": strip_of(batch.job)}
            for batch, count, total in list_batches(roster)
        ],
        **(_of_current(current) if current else {}),
    )


@bp.post("/rosters/<public_id>/settlement")
@writes(reshow=show_settlements)
@permission_required(Permission.AGREEMENT_WRITE, of=get_roster)
def begin(roster: Roster) -> ResponseReturnValue:
    """Begin the next version."""
    settlement = begin_settlement(roster, by=current_actor(), now=clock.now())
    return redirect(url_for("collective.show_model", public_id=settlement.public_id))


@bp.get("/settlements/<public_id>")
@permission_required(Permission.AGREEMENT_WRITE, of=get_settlement)
def show_model(settlement: ModelSettlement) -> ResponseReturnValue:
    """The editor of a version; a frozen one can only be read."""
    model = model_of(settlement)
    rows = [
        {
            "percent": f"{share.part / 100:g}",
            "due": share.due_on.isoformat() if share.due_on else "",
            "after": str(share.due_after_days or ""),
        }
        for share in model.shares
    ]
    empty = {"percent": "", "due": "", "after": ""}
    return render_template(
        "collective/model.html",
        roster=settlement.roster,
        settlement=settlement,
        pill=_pill(settlement),
        model=model,
        rows=rows + [empty] * max(LEAST_SHARE_ROWS - len(rows), 0),
        blanks=[f"{{{blank}}}" for blank in Blank],
        share_words=share_words,
    )


@bp.post("/settlements/<public_id>")
@writes(reshow=show_model)
@permission_required(Permission.AGREEMENT_WRITE, of=get_settlement)
def save_model(settlement: ModelSettlement) -> ResponseReturnValue:
    """Keep the text."""
    form = FormReader(request.form, today=clock.today())
    model, kept_reason = read_model(form)
    save_settlement(settlement, model, kept_reason, seen_version=form.version(), by=current_actor(), now=clock.now())
    flash("已保存。请看每个人的协议有没有问题。", "ok")
    return redirect(url_for("collective.show_problems", public_id=settlement.public_id))


@bp.get("/settlements/<public_id>/problems")
@permission_required(Permission.AGREEMENT_READ, of=get_settlement)
def show_problems(settlement: ModelSettlement) -> ResponseReturnValue:
    """What the check-up finds, line by line of the roster, and who can have no agreement yet."""
    rows = check_rows(settlement, by=current_actor(), now=clock.now())
    return render_template(
        "collective/problems.html",
        roster=settlement.roster,
        settlement=settlement,
        pill=_pill(settlement),
        wrong=[row for row in rows if row.musts],
        advised=[row for row in rows if row.findings and not row.musts],
        waiting=[row for row in rows if row.reason],
        fine=[row for row in rows if not row.reason],
    )


@bp.get("/settlements/<public_id>/preview/<claimant_id>")
@permission_required(Permission.AGREEMENT_READ, of=get_settlement)
def preview(settlement: ModelSettlement, claimant_id: str) -> ResponseReturnValue:
    """One person's agreement as a draft, kept nowhere."""
    claimant = get_claimant(claimant_id)
    if claimant.roster_id != settlement.roster_id:
        raise NotFound("名册上没有这个人，或者不归您看。")
    now = clock.now()
    sketch = sketch_for(settlement, claimant, by=current_actor(), now=now)
    facts = agreement_facts(sketch, today=clock.local_date(now))
    response = Response(render_draft(facts, issuer=settlement.case.committee), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="preview.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/settlements/<public_id>/freeze")
@writes(reshow=show_problems)
@permission_required(Permission.AGREEMENT_WRITE, of=get_settlement)
def freeze(settlement: ModelSettlement) -> ResponseReturnValue:
    """Freeze the version."""
    form = FormReader(request.form, today=clock.today())
    freeze_settlement(settlement, seen_version=form.version(), by=current_actor(), now=clock.now())
    flash(f"第 {settlement.number} 版已定稿，可以生成协议了。", "ok")
    return redirect(url_for("collective.show_settlements", public_id=settlement.roster.public_id))


@bp.get("/settlements/<public_id>/sign-again")
@permission_required(Permission.AGREEMENT_READ, of=get_settlement)
def show_sign_again(settlement: ModelSettlement) -> ResponseReturnValue:
    """Who signed an earlier version and is to sign this one."""
    rows = list_to_sign_again(settlement)
    return render_template("collective/sign_again.html", roster=settlement.roster, settlement=settlement, rows=rows)


def strip_of(job: Job | None) -> dict[str, Any] | None:
    """A job for the strip of the page."""
    if job is None:
        return None
    return {
        "state": STRIPS[job.status],
        "text": JOB_STATUS_LABELS[job.status],
        "done": job.done_count,
        "total": job.total_count,
        "failures": job.failures,
        "is_open": job.is_open,
        "may_continue": job.status in (JobStatus.STOPPED, JobStatus.PARTLY_FAILED),
    }


def _of_current(settlement: ModelSettlement) -> dict[str, Any]:
    """How far the agreements of the version in force are."""
    links = list_links(settlement)
    streets = dict.fromkeys(link.claimant.street for link in links if link.claimant.street)
    return {
        "made": made_of(settlement, len(list_eligible(settlement, today=clock.today()))),
        "strip": strip_of(settlement.job),
        "sign_again": len(list_to_sign_again(settlement)),
        "streets": [(street, street) for street in streets],
        **_page_of(settlement, links),
    }


def _page_of(settlement: ModelSettlement, links: list[SettlementAgreement]) -> dict[str, Any]:
    """Fifty agreements after the position in the address."""
    typed = request.args.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    rest = [link for link in links if link.claimant.position > after]
    address = partial(url_for, "collective.show_settlements", public_id=settlement.roster.public_id)
    return {
        "links": rest[:PAGE],
        "link_count": len(links),
        "next_url": address(after=rest[PAGE - 1].claimant.position) if len(rest) > PAGE else "",
        "prev_url": address() if after else "",
    }


def _pill(settlement: ModelSettlement) -> tuple[str, str]:
    return SETTLEMENT_LABELS[settlement.status], PILLS[settlement.status]
