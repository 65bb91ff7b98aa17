"""The auditor's page: who did what, by ids and words, without personal values; and whether the chain holds."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.audit import queries
from app.audit.actions import record
from app.audit.anchor import find_anchor_findings, last_anchor_at
from app.audit.queries import PAGE, Filter
from app.audit.rules import find_broken_links
from app.audit.words import word_of
from app.web.transaction import writes

bp = Blueprint("audit", __name__)


@bp.get("/settings/audit")
@permission_required(Permission.AUDIT_READ)
def show_log() -> ResponseReturnValue:
    """The newest rows, cut by act, person and matter, a hundred a page."""
    return _page()


@bp.post("/settings/audit/check")
@writes(reshow=show_log)
@permission_required(Permission.AUDIT_READ)
def check_chain() -> ResponseReturnValue:
    """Walk the whole chain now and say what does not fit; the look is logged."""
    findings = find_broken_links(queries.walk_chain(), queries.find_head()) + find_anchor_findings()
    record(current_actor(), "audit.check", kind="audit_event", findings=len(findings))
    return _page(findings=findings, is_checked=True)


def _page(*, findings: list[str] | None = None, is_checked: bool = False) -> str:
    wanted = Filter(
        act=request.args.get("act", "").strip()[:40],
        actor_id=_number("person"),
        matter_id=_number("matter"),
        before_seq=_number("before"),
    )
    rows = queries.list_events(wanted)
    return render_template(
        "audit/log.html",
        rows=rows[:PAGE],
        older=rows[PAGE - 1].seq if len(rows) > PAGE else None,
        wanted=wanted,
        word_of=word_of,
        head=queries.find_head()[0],
        anchored_at=last_anchor_at(),
        findings=findings or [],
        is_checked=is_checked,
    )


def _number(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else None
