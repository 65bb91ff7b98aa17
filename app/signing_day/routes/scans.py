"""The pages of papers signed by hand: a stack is scanned, each page finds its agreement, complete ones are filed."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements.forms import IDENTITY_DOCUMENTS
from app.collective.models import Roster
from app.collective.queries.roster import get_roster
from app.documents.reading.child import thumb_of
from app.documents.reading.stacks import MOST_PAGES
from app.documents.storage import uploads_dir
from app.law import clock
from app.signing_day.actions import scan_filing, scans
from app.signing_day.forms.scans import MANNERS, read_filing, read_place
from app.signing_day.queries import scans as queries
from app.signing_day.routes import bp
from app.signing_day.rules.scan_words import SCAN_LABELS, PageFate, StackState
from app.signing_day.rules.scanning import SET_LABELS, SetKind
from app.web import labels
from app.web.forms import FormReader
from app.web.transaction import writes
from app.web.uploads import act_on_file

labels.register(SCAN_LABELS)
labels.register(SET_LABELS)


@bp.get("/rosters/<public_id>/scans")
@permission_required(Permission.AGREEMENT_SIGN, of=get_roster)
def show_scans(roster: Roster) -> ResponseReturnValue:
    """Where stacks are handed in, and what their pages make up before anything is filed."""
    stacks = queries.list_stacks(roster)
    sets = queries.list_sets(roster, current_actor().account_id)
    unread = queries.list_pages(roster, queries.TO_ASSIGN)
    return render_template(
        "signing_day/scans.html",
        roster=roster,
        stacks=[stack for stack in stacks if stack.state is not StackState.ENDED],
        ended=[stack for stack in stacks if stack.state is StackState.ENDED],
        complete=[each for each in sets if each.is_complete],
        wrong=[each for each in sets if not each.is_complete],
        unread=unread,
        known=queries.links_of_papers(roster, [page.paper_id for page in unread if page.paper_id]),
        blank=len(queries.list_pages(roster, (PageFate.BLANK,))),
        foreign=SetKind.FOREIGN,
        filed=sum(page.fate is PageFate.FILED for stack in stacks for page in stack.pages),
        is_working=any(stack.job is not None and stack.job.is_open for stack in stacks),
        manners=MANNERS,
        documents=list(IDENTITY_DOCUMENTS.items()),
        today=clock.today(),
        most_pages=MOST_PAGES,
    )


@bp.post("/rosters/<public_id>/scans")
@permission_required(Permission.AGREEMENT_SIGN, of=get_roster)
def upload_scans(roster: Roster) -> ResponseReturnValue:
    """Check and write the files before the transaction begins, then keep them as one stack."""
    contents = [file.read() for file in request.files.getlist("scans") if file.filename]
    return act_on_file(
        lambda: scans.write_stack(contents),
        lambda written: _keep(public_id=roster.public_id, written=written),
        discard=scans.discard_unused,
        reshow=lambda: show_scans(public_id=roster.public_id),
    )


@writes(reshow=lambda public_id, written: show_scans(public_id=public_id))
@permission_required(Permission.AGREEMENT_SIGN, of=get_roster)
def _keep(roster: Roster, written: scans.WrittenStack) -> ResponseReturnValue:
    scans.keep_stack(roster, written, by=current_actor(), now=clock.now())
    flash(f"收到 {written.pages} 页，正在逐页认。可以离开这一页，认完再来确认。", "ok")
    return _back(roster)


@bp.post("/rosters/<public_id>/scans/file")
@writes(reshow=show_scans)
@permission_required(Permission.AGREEMENT_SIGN, of=get_roster)
def file_scans(roster: Roster) -> ResponseReturnValue:
    """File the complete sets that were ticked."""
    complete = [each for each in queries.list_sets(roster, current_actor().account_id) if each.is_complete]
    chosen, filing = read_filing(FormReader(request.form, today=clock.today()), complete)
    scan_filing.start_filing(roster, chosen, filing, by=current_actor(), now=clock.now())
    flash(f"开始存 {len(chosen)} 份。可以离开这一页，存完这里会写明。", "ok")
    return _back(roster)


@bp.post("/rosters/<public_id>/scans/left-out")
@writes(reshow=show_scans)
@permission_required(Permission.AGREEMENT_SIGN, of=get_roster)
def leave_out(roster: Roster) -> ResponseReturnValue:
    """Set scanned pages aside that are not needed."""
    pages = [queries.get_stack_page(roster, each) for each in request.form.getlist("pages")]
    scans.leave_out(pages, by=current_actor(), now=clock.now())
    flash(f"去掉了 {len(pages)} 页。", "ok")
    return _back(roster)


@bp.post("/rosters/<public_id>/scans/pages/<scan_page_id>")
@writes(reshow=lambda public_id, scan_page_id: show_scans(public_id=public_id))
@permission_required(Permission.AGREEMENT_SIGN, of=get_roster)
def place_page(roster: Roster, scan_page_id: str) -> ResponseReturnValue:
    """Say by hand which page of which agreement it is."""
    page = queries.get_stack_page(roster, scan_page_id)
    link, number = read_place(FormReader(request.form, today=clock.today()), queries.list_assignable(roster))
    scans.place_page(page, link, number, by=current_actor())
    flash(f"记下了：{link.claimant.party.name}，第 {number} 页。", "ok")
    return _back(roster)


@bp.post("/rosters/<public_id>/scans/stacks/<stack_id>/end")
@writes(reshow=lambda public_id, stack_id: show_scans(public_id=public_id))
@permission_required(Permission.AGREEMENT_SIGN, of=get_roster)
def discard_stack(roster: Roster, stack_id: str) -> ResponseReturnValue:
    """Throw away what is left of a stack."""
    scans.discard_stack(queries.get_stack(roster, stack_id), by=current_actor(), now=clock.now())
    flash("这一叠已作废，文件删了。存过的协议不受影响。", "ok")
    return _back(roster)


@bp.get("/rosters/<public_id>/scans/pages/<scan_page_id>/picture")
@permission_required(Permission.AGREEMENT_SIGN, of=get_roster)
def show_page_picture(roster: Roster, scan_page_id: str) -> Response:
    """One scanned page as a picture, upright."""
    page = queries.get_stack_page(roster, scan_page_id)
    response = Response(
        thumb_of(uploads_dir() / page.stack.file_name, page.position, page.rotation), mimetype="image/jpeg"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _back(roster: Roster) -> ResponseReturnValue:
    return redirect(url_for("signing_day.show_scans", public_id=roster.public_id))
