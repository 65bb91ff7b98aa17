"""Papers to print and sign, binding a copy, archiving, addenda; archiving has a page of its own."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.dossier import actions, queries
from app.dossier.forms import read_archive_form
from app.dossier.routes import bp
from app.dossier.routes.index import page_values, show
from app.dossier.routes.scans import to_dossier
from app.dossier.rules import RETENTION_WORDS
from app.law import clock
from app.mediation.models import MediationCase
from app.mediation.queries import get_case
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.post("/mediations/<public_id>/dossier/intake-form")
@writes(reshow=show)
@permission_required(Permission.DOSSIER_COMPILE, of=get_case)
def issue_intake_form(case: MediationCase) -> ResponseReturnValue:
    """Make the register form, to be printed and signed."""
    actions.issue_intake_form(case, by=current_actor(), now=clock.now())
    flash("受理登记表出好了。打印、签名、盖章以后，扫描放进来。", "ok")
    return to_dossier(case)


@bp.post("/mediations/<public_id>/dossier/rights-notices")
@writes(reshow=show)
@permission_required(Permission.DOSSIER_COMPILE, of=get_case)
def issue_rights_notices(case: MediationCase) -> ResponseReturnValue:
    """Make the notices of rights and duties, one for each party."""
    papers = actions.issue_rights_notices(case, by=current_actor(), now=clock.now())
    flash(f"告知书出好了，共 {len(papers)} 份。打印，当事人签名以后，扫描放进来。", "ok")
    return to_dossier(case)


@bp.post("/mediations/<public_id>/dossier/copy")
@writes(reshow=show)
@permission_required(Permission.DOSSIER_COMPILE, of=get_case)
def request_copy(case: MediationCase) -> ResponseReturnValue:
    """Bind everything into one file."""
    actions.request_copy(case, by=current_actor(), now=clock.now())
    flash("开始装订了。页数多的要等一会儿，装好了可以在下面打开。", "ok")
    return to_dossier(case)


@bp.get("/mediations/<public_id>/dossier/archive")
@permission_required(Permission.DOSSIER_ARCHIVE, of=get_case)
def show_archive(case: MediationCase) -> ResponseReturnValue:
    """What archiving does, title, notes and retention."""
    values = page_values(case)
    if values["is_archived"]:
        return to_dossier(case)
    dossier = values["dossier"]
    return render_template(
        "dossier/archive.html",
        **values,
        title_now=dossier.title if dossier else queries.default_title(case),
        note_now=dossier.note if dossier else "",
        proposed=queries.proposed_retention(case).value,
        retentions=[(each.value, text) for each, text in RETENTION_WORDS.items()],
    )


@bp.post("/mediations/<public_id>/dossier/archive")
@writes(reshow=show_archive)
@permission_required(Permission.DOSSIER_ARCHIVE, of=get_case)
def archive(case: MediationCase) -> ResponseReturnValue:
    """Archive the dossier."""
    form = FormReader(request.form, today=clock.today())
    version, typed = form.version(), read_archive_form(form)
    actions.archive_dossier(
        case,
        title=typed.title,
        note=typed.note,
        retention=typed.retention,
        seen_version=version,
        by=current_actor(),
        now=clock.now(),
    )
    flash(f"{case.number} 已归档，原卷不能再改。", "ok")
    return to_dossier(case)


@bp.post("/mediations/<public_id>/dossier/addenda")
@writes(reshow=show)
@permission_required(Permission.DOSSIER_ARCHIVE, of=get_case)
def archive_addendum(case: MediationCase) -> ResponseReturnValue:
    """Bind what came later into the next addendum."""
    form = FormReader(request.form, today=clock.today())
    volume = actions.archive_addendum(case, seen_version=form.version(), by=current_actor(), now=clock.now())
    flash(f"补充卷 {volume.number} 已归档，有自己的目录和页码。", "ok")
    return to_dossier(case)


@bp.post("/mediations/<public_id>/dossier/volumes/<volume_id>/binding")
@writes(reshow=lambda public_id, volume_id: show(public_id=public_id))
@permission_required(Permission.DOSSIER_COMPILE, of=get_case)
def retry_binding(case: MediationCase, volume_id: str) -> ResponseReturnValue:
    """Bind a volume again whose binding failed."""
    actions.retry_binding(queries.get_volume(case, volume_id), by=current_actor(), now=clock.now())
    flash("重新排队装订了。", "ok")
    return to_dossier(case)
