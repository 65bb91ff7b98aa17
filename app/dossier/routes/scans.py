"""Scans of paper originals: put in, looked at, taken out."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.dossier import actions, queries
from app.dossier.forms import read_scan_form
from app.dossier.routes import bp
from app.dossier.routes.index import show
from app.dossier.rules import HEADINGS
from app.law import clock
from app.mediation.models import MediationCase
from app.mediation.queries import get_case
from app.signing.actions import WrittenScan, write_scan
from app.web.forms import FormReader
from app.web.transaction import writes
from app.web.uploads import act_on_file, read_upload


@bp.post("/mediations/<public_id>/dossier/scans")
@permission_required(Permission.DOSSIER_COMPILE, of=get_case)
def add_scan(case: MediationCase) -> ResponseReturnValue:
    """Check and write the scan before the transaction begins, then put it to its position."""
    return act_on_file(
        lambda: write_scan(read_upload("scan")),
        lambda written: _add_scan(public_id=case.public_id, written=written),
        discard=actions.discard_unused,
        reshow=lambda: show(public_id=case.public_id),
    )


@writes(reshow=lambda public_id, written: show(public_id=public_id))
@permission_required(Permission.DOSSIER_COMPILE, of=get_case)
def _add_scan(case: MediationCase, written: WrittenScan) -> ResponseReturnValue:
    typed = read_scan_form(FormReader(request.form, today=clock.today()))
    actions.add_scan(
        case,
        typed.position,
        written,
        title=typed.title,
        is_copy=typed.is_copy,
        by=current_actor(),
        now=clock.now(),
    )
    flash(f"已放进“{HEADINGS[typed.position]}”，共 {written.checked.pages} 页。", "ok")
    return to_dossier(case)


@bp.post("/mediations/<public_id>/dossier/scans/<dossier_scan_id>/removal")
@writes(reshow=lambda public_id, dossier_scan_id: show(public_id=public_id))
@permission_required(Permission.DOSSIER_COMPILE, of=get_case)
def remove_scan(case: MediationCase, dossier_scan_id: str) -> ResponseReturnValue:
    """Take a scan out again."""
    actions.remove_scan(queries.get_scan(case, dossier_scan_id), by=current_actor(), now=clock.now())
    flash("扫描件已拿掉，文件也删了。", "ok")
    return to_dossier(case)


def to_dossier(case: MediationCase) -> ResponseReturnValue:
    """The page of the dossier."""
    return redirect(url_for("dossier.show", public_id=case.public_id))
