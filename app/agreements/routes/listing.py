"""The list of agreements, one agreement with its state and papers, and the files themselves."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements import queries
from app.agreements.models import Agreement
from app.agreements.queries import get_agreement
from app.agreements.queries.confirmations import find_confirmation_target
from app.agreements.routes import bp
from app.agreements.routes import presenting as show
from app.agreements.rules import AgreementStatus
from app.agreements.rules.states import OPEN, STATUS_LABELS
from app.documents.queries import list_papers_of, read_bytes
from app.documents.rules import Owner
from app.errors import NotFound
from app.law import clock
from app.signing.queries import find_round, get_scan, missing_signers, read_scan

SCAN_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
CHIPS = {
    "open": ("办理中", OPEN),
    **{status.value: (STATUS_LABELS[status], frozenset({status})) for status in AgreementStatus},
}


@bp.get("/agreements")
@permission_required(Permission.AGREEMENT_LIST)
def show_list() -> ResponseReturnValue:
    """The agreements one may read, by state, and the visits that are due."""
    actor, today = current_actor(), clock.today()
    chosen = request.args.get("status", "")
    statuses = CHIPS[chosen][1] if chosen in CHIPS else frozenset()
    page = queries.list_agreements(actor, statuses=statuses, after=request.args.get("after", ""))
    visits = queries.list_open_visits(actor, until=today)
    return render_template(
        "agreements/list.html",
        page=page,
        chips=_chips(queries.count_by_status(actor), chosen),
        chosen=chosen,
        next_url=url_for("agreements.show_list", status=chosen or None, after=page.next_key) if page.next_key else "",
        visits=[{"visit": visit, "lamp": show.lamp_until(visit.due_on, today)} for visit in visits],
        show=show,
    )


@bp.get("/agreements/<public_id>")
@permission_required(Permission.AGREEMENT_READ, of=get_agreement)
def show_agreement(agreement: Agreement) -> ResponseReturnValue:
    """One agreement: where it stands, what is next, who signed, what is owed, its papers."""
    signing = find_round(agreement.paper) if agreement.paper else None
    proofs = {row.proof_scan_id for row in agreement.obligations}
    return render_template(
        "agreements/agreement.html",
        agreement=agreement,
        steps=show.steps_of(agreement),
        next_act=show.next_url(agreement),
        slots=signing.slots if signing else [],
        seals=signing.seals if signing else [],
        scans=[row for row in signing.scans if row.id not in proofs] if signing else [],
        missing=missing_signers(agreement.paper) if signing and agreement.paper else [],
        papers=list_papers_of(Owner("agreement", agreement.id)),
        window=_window_lamp(agreement),
        confirmation=queries.find_open_confirmation(agreement),
        later=[row for row in queries.list_agreements_of_case(agreement.case_id) if row.earlier_id == agreement.id],
        show=show,
        today=clock.today(),
    )


@bp.get("/agreements/<public_id>/file")
@permission_required(Permission.AGREEMENT_READ, of=get_agreement)
def show_file(agreement: Agreement) -> ResponseReturnValue:
    """The bytes of one revision of a paper of this agreement, by digest; the newest without one."""
    wanted = request.args.get("sha256", "")
    papers = [agreement.paper, *(visit.paper for visit in agreement.visits)]
    papers += [confirmation.paper for confirmation in agreement.confirmations]
    revisions = [revision for paper in papers if paper is not None for revision in paper.revisions]
    if not wanted and agreement.paper is not None and agreement.paper.latest is not None:
        wanted = agreement.paper.latest.sha256
    revision = next((row for row in revisions if row.sha256 == wanted), None)
    if revision is None:
        raise NotFound("没有这份文件，或者它还在生成。请过几秒刷新。")
    return file_response(read_bytes(revision), "application/pdf", revision.file_name)


@bp.get("/agreements/<public_id>/scans/<scan_id>")
@permission_required(Permission.AGREEMENT_READ, of=get_agreement)
def show_scan(agreement: Agreement, scan_id: str) -> ResponseReturnValue:
    """A scan of the paper that was signed by hand."""
    scan = get_scan(scan_id)
    if agreement.paper_id is None or scan.round.paper_id != agreement.paper_id:
        raise NotFound("没有这份扫描件，或者它不归您看。")
    return file_response(read_scan(scan), SCAN_TYPES[scan.kind], scan.file_name)


def file_response(content: bytes, media_type: str, name: str) -> Response:
    """A file shown in the browser, never sniffed, under an ASCII name."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _window_lamp(agreement: Agreement) -> dict[str, object] | None:
    """How long the parties may still apply for confirmation; nothing once they did."""
    is_open = agreement.status is AgreementStatus.EFFECTIVE and queries.find_open_confirmation(agreement) is None
    if not is_open or agreement.window_ends_on is None:
        return None
    return {
        "lamp": show.lamp_until(agreement.window_ends_on, clock.today()),
        "due": agreement.window_ends_on,
        "target": find_confirmation_target(agreement),
    }


def _chips(counts: dict[AgreementStatus, int], chosen: str) -> list[dict[str, object]]:
    every = {
        "label": "全部",
        "url": url_for("agreements.show_list"),
        "current": not chosen,
        "count": sum(counts.values()),
    }
    return [
        every,
        *(
            {
                "label": word,
                "url": url_for("agreements.show_list", status=key),
                "current": key == chosen,
                "count": sum(counts.get(status, 0) for status in statuses),
            }
            for key, (word, statuses) in CHIPS.items()
        ),
    ]
