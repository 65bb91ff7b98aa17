"""The pages of taking a roster in: template, upload, preview with every error, the failed rows, confirm."""

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.collective.actions.roster_import import confirm_upload, discard_upload, keep_upload, renew_preview
from app.collective.forms.roster import MOST_ROWS, TITLES, read_lines
from app.collective.forms.roster_sheets import failed_rows, template
from app.collective.models import Roster, RosterImport
from app.collective.queries.roster import find_open_upload, get_roster, get_upload
from app.collective.routes import bp
from app.collective.routes.tables import plan_of, plan_of_upload, table_response
from app.collective.rules.roster import ImportStatus
from app.collective.rules.roster_plan import LineFate
from app.errors import DomainError, RuleViolation
from app.law import clock
from app.web.forms import FormReader
from app.web.spreadsheets import SheetRow, read_sheet
from app.web.transaction import check_seen_version, writes


@bp.get("/rosters/template.xlsx")
@permission_required(Permission.MATTER_REGISTER)
def download_template() -> Response:
    """The empty table with its drop-downs."""
    return table_response(template(), "名册模板.xlsx")


@bp.get("/rosters/<public_id>/import")
@permission_required(Permission.ROSTER_IMPORT, of=get_roster)
def show_upload(roster: Roster) -> ResponseReturnValue:
    """Where the template is found and a filled table is handed in."""
    return render_template(
        "collective/upload.html", roster=roster, upload=find_open_upload(roster), most_rows=MOST_ROWS
    )


@bp.post("/rosters/<public_id>/import")
@permission_required(Permission.ROSTER_IMPORT, of=get_roster)
def upload_table(roster: Roster) -> ResponseReturnValue:
    """Check and read the file before the transaction begins; a hostile one keeps nobody waiting."""
    file = request.files.get("table")
    content = file.read() if file and file.filename else b""
    try:
        if not content:
            raise RuleViolation("请选一个填好的表格（.xlsx）。", rule="B151")
        rows = read_sheet(content, columns=TITLES, most_rows=MOST_ROWS)
    except DomainError as refusal:
        g.refusal = refusal
        return show_upload(public_id=roster.public_id), refusal.status
    response: ResponseReturnValue = _keep(public_id=roster.public_id, content=content, rows=rows)
    return response


def _show_again(public_id: str, content: bytes, rows: list[SheetRow]) -> ResponseReturnValue:
    return show_upload(public_id=public_id)


@writes(reshow=_show_again)
@permission_required(Permission.ROSTER_IMPORT, of=get_roster)
def _keep(roster: Roster, content: bytes, rows: list[SheetRow]) -> ResponseReturnValue:
    plan = plan_of(roster, read_lines(rows, today=clock.today()))
    upload = keep_upload(roster, content, rows, plan, by=current_actor(), now=clock.now())
    return redirect(url_for("collective.show_preview", public_id=upload.public_id))


@bp.get("/roster-imports/<public_id>")
@permission_required(Permission.ROSTER_IMPORT, of=get_upload)
def show_preview(upload: RosterImport) -> ResponseReturnValue:
    """What the table would do, row by row, with every error; what it did, once it is done."""
    if upload.status is not ImportStatus.PREVIEWED:
        return render_template("collective/imported.html", upload=upload, roster=upload.roster)
    plan = plan_of_upload(upload)
    return render_template(
        "collective/preview.html",
        upload=upload,
        roster=upload.roster,
        plan=plan,
        fates={fate.value: plan.of(fate) for fate in LineFate},
        is_stale=plan.digest != upload.plan_digest,
    )


@bp.get("/roster-imports/<public_id>/failed.xlsx")
@permission_required(Permission.ROSTER_IMPORT, of=get_upload)
def download_failed(upload: RosterImport) -> Response:
    """The rows that cannot be taken, as they were typed, each with its reasons."""
    if upload.status is not ImportStatus.PREVIEWED:
        raise RuleViolation("这份表已经处理完，出错的行没有留下。请用原来的表改好再上传。", rule="R-PII-12")
    return table_response(failed_rows(plan_of_upload(upload).of(LineFate.FAILED)), "没有导入的行.xlsx")


@bp.post("/roster-imports/<public_id>/confirm")
@writes(reshow=show_preview)
@permission_required(Permission.ROSTER_IMPORT, of=get_upload)
def confirm(upload: RosterImport) -> ResponseReturnValue:
    """Take in every row that is right."""
    if upload.status is ImportStatus.PREVIEWED:
        _check_seen(upload)
        confirm_upload(upload, plan_of_upload(upload), by=current_actor(), now=clock.now())
        flash(f"已导入：新增 {upload.new_count} 人，更新 {upload.changed_count} 人。", "ok")
    return redirect(url_for("collective.show_roster", public_id=upload.roster.public_id))


@bp.post("/roster-imports/<public_id>/renew")
@writes(reshow=show_preview)
@permission_required(Permission.ROSTER_IMPORT, of=get_upload)
def renew(upload: RosterImport) -> ResponseReturnValue:
    """Compare the waiting table with the roster as it stands now."""
    _check_seen(upload)
    renew_preview(upload, plan_of_upload(upload), by=current_actor())
    return redirect(url_for("collective.show_preview", public_id=upload.public_id))


@bp.post("/roster-imports/<public_id>/discard")
@writes(reshow=show_preview)
@permission_required(Permission.ROSTER_IMPORT, of=get_upload)
def discard(upload: RosterImport) -> ResponseReturnValue:
    """Throw the waiting table away."""
    _check_seen(upload)
    discard_upload(upload, by=current_actor(), now=clock.now())
    flash("这份表已作废，没有导入任何人。", "ok")
    return redirect(url_for("collective.show_roster", public_id=upload.roster.public_id))


def _check_seen(upload: RosterImport) -> None:
    check_seen_version(upload, FormReader(request.form, today=clock.today()).version())
