"""The schedule of what is owed, the payment lists of the finance office, the visits of today."""

import hashlib
from urllib.parse import quote

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements import actions
from app.agreements.forms import listed_payments, read_schedule
from app.agreements.queries.schedule import (
    ScheduleFilter,
    count_windows,
    get_payment_list,
    list_payment_lists,
    list_payments_by,
    list_schedule,
    reconciliation_of,
    sum_schedule,
)
from app.agreements.queries.visits import list_visits_due
from app.agreements.routes import bp
from app.agreements.routes import presenting as show
from app.agreements.routes import schedule_words as words
from app.agreements.rules.performing import PaymentListStatus
from app.agreements.rules.reconciling import LIST_COLUMNS, ListedPayment
from app.errors import DomainError, NotFound
from app.law import clock
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.mediation.models import MediationCase
from app.mediation.queries.cases import get_case, list_cases_of_matter
from app.web.forms import FormReader
from app.web.spreadsheets import MEDIA_TYPE, read_sheet, write_sheet
from app.web.transaction import writes


@bp.get("/performance")
@permission_required(Permission.AGREEMENT_LIST)
def show_schedule() -> ResponseReturnValue:
    """What is owed under every agreement that one may read, what is late first."""
    return _schedule(None)


@bp.get("/mediations/<public_id>/performance")
@permission_required(Permission.AGREEMENT_READ, of=get_case)
def show_case_schedule(case: MediationCase) -> ResponseReturnValue:
    """What is owed under the agreements of one case; lists out and in for the finance office."""
    return _schedule(case)


@bp.get("/matters/<public_id>/performance")
@permission_required(Permission.AGREEMENT_READ, of=get_matter)
def show_newest_schedule(matter: Matter) -> ResponseReturnValue:
    """The way from a date of the matter to the schedule of its newest case."""
    cases = list_cases_of_matter(matter)
    if not cases:
        return redirect(url_for("matters.show", public_id=matter.public_id))
    return redirect(url_for("agreements.show_case_schedule", public_id=cases[-1].public_id))


def _schedule(case: MediationCase | None) -> ResponseReturnValue:
    actor, today = current_actor(), clock.today()
    standing, name, due_until = read_schedule(request.args, today=today)
    every = ScheduleFilter(case_id=case.id if case else None, name=name, due_until=due_until)
    wanted = ScheduleFilter(case_id=every.case_id, name=name, due_until=due_until, standing=standing)
    page = list_schedule(actor, wanted, today=today, after=request.args.get("after", ""))
    sums = sum_schedule(actor, every, today=today)
    return render_template(
        "agreements/schedule.html",
        case=case,
        page=page,
        figures=words.figures_of(sums),
        chips=words.chips_of(sums, standing),
        is_filtered=bool(standing or name or due_until),
        next_url=words.same_page(after=page.next_key) if page.next_key else "",
        clear_url=words.clear_url(),
        windows=count_windows(case, today=today) if case else [],
        lists=list_payment_lists(case) if case else [],
        show=show,
        words=words,
        today=today,
    )


@bp.post("/mediations/<public_id>/performance/export")
@writes
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_case)
def export_payments(case: MediationCase) -> ResponseReturnValue:
    """The unpaid payments with whole account numbers, for the finance office; goes on record."""
    sheet = actions.export_payment_list(case, by=current_actor())
    return _workbook(write_sheet(sheet), f"付款名单-{case.number}")


@bp.post("/mediations/<public_id>/payment-lists")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_case)
def upload_payments(case: MediationCase) -> ResponseReturnValue:
    """Read the list before the transaction begins, then keep it for its preview."""
    file = request.files.get("list")
    content = file.read() if file and file.filename else b""
    try:
        rows = listed_payments(read_sheet(content, columns=LIST_COLUMNS), today=clock.today())
    except DomainError as refusal:
        g.refusal = refusal
        return show_case_schedule(public_id=case.public_id), refusal.status
    response: ResponseReturnValue = _keep_list(
        public_id=case.public_id, rows=rows, sha256=hashlib.sha256(content).hexdigest()
    )
    return response


def _show_again(public_id: str, rows: tuple[ListedPayment, ...], sha256: str) -> ResponseReturnValue:
    return show_case_schedule(public_id=public_id)


@writes(reshow=_show_again)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_case)
def _keep_list(case: MediationCase, rows: tuple[ListedPayment, ...], sha256: str) -> ResponseReturnValue:
    uploaded = actions.upload_payment_list(case, rows, sha256=sha256, by=current_actor(), now=clock.now())
    return _to_list(case, uploaded.public_id)


@bp.get("/mediations/<public_id>/payment-lists/<list_id>")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_case)
def show_payment_list(case: MediationCase, list_id: str) -> ResponseReturnValue:
    """Before the booking each row against the schedule; afterwards what the list brought."""
    payments = get_payment_list(case, list_id)
    is_open = payments.status is PaymentListStatus.PREVIEWED
    return render_template(
        "agreements/payment_list.html",
        case=case,
        payments=payments,
        found=reconciliation_of(payments, today=clock.today()) if is_open else None,
        booked=[] if is_open else list_payments_by(payments),
        show=show,
        words=words,
    )


@bp.get("/mediations/<public_id>/payment-lists/<list_id>/failed")
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_case)
def send_failed_rows(case: MediationCase, list_id: str) -> ResponseReturnValue:
    """The rows to be mended as a workbook, each with its reason."""
    payments = get_payment_list(case, list_id)
    found = reconciliation_of(payments, today=clock.today())
    if not found.refused:
        raise NotFound("这份名单没有要改的行。")
    return _workbook(write_sheet(words.failed_sheet(found)), f"要改的行-{case.number}")


@bp.post("/mediations/<public_id>/payment-lists/<list_id>/book")
@writes(reshow=show_payment_list)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_case)
def book_payments(case: MediationCase, list_id: str) -> ResponseReturnValue:
    """Book the whole list."""
    seen = FormReader(request.form, today=clock.today()).version()
    payments = get_payment_list(case, list_id)
    actions.book_payment_list(payments, seen_version=seen, by=current_actor(), now=clock.now())
    flash(f"已入账 {payments.booked_count} 笔，收款人会收到通知。", "ok")
    return _to_list(case, list_id)


@bp.post("/mediations/<public_id>/payment-lists/<list_id>/discard")
@writes(reshow=show_payment_list)
@permission_required(Permission.AGREEMENT_FOLLOW_UP, of=get_case)
def discard_payments(case: MediationCase, list_id: str) -> ResponseReturnValue:
    """Throw the list away."""
    actions.discard_payment_list(get_payment_list(case, list_id), by=current_actor(), now=clock.now())
    flash("这份名单没有入账，内容已删去。", "ok")
    return redirect(url_for("agreements.show_case_schedule", public_id=case.public_id))


@bp.get("/follow-ups")
@permission_required(Permission.AGREEMENT_LIST)
def show_visits() -> ResponseReturnValue:
    """Whom to visit today, the longest waiting first."""
    today = clock.today()
    page = list_visits_due(current_actor(), until=today, after=request.args.get("after", ""))
    return render_template(
        "agreements/visits.html",
        page=page,
        rows=[{"visit": visit, "lamp": show.lamp_until(visit.due_on, today)} for visit in page.rows],
        next_url=words.same_page(after=page.next_key) if page.next_key else "",
        show=show,
        today=today,
    )


def _to_list(case: MediationCase, list_id: str) -> ResponseReturnValue:
    return redirect(url_for("agreements.show_payment_list", public_id=case.public_id, list_id=list_id))


def _workbook(content: bytes, title: str) -> Response:
    """A workbook as a download under its Chinese name, kept by no cache."""
    response = Response(content, mimetype=MEDIA_TYPE)
    name = quote(f"{title}.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename=\"payments.xlsx\"; filename*=UTF-8''{name}"
    response.headers["Cache-Control"] = "no-store"
    return response
