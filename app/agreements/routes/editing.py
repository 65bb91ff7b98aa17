"""Writing an agreement: begin, editor with its check-up, preview, finalise, register an oral one."""

from flask import Response, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements import actions
from app.agreements.forms import read_agreement
from app.agreements.models import Agreement
from app.agreements.queries import check_up_of, get_agreement, list_agreements_of_case
from app.agreements.routes import bp
from app.agreements.routes import presenting as show
from app.agreements.routes.listing import file_response
from app.agreements.rules import AgreementForm, AgreementStatus, StateConflict, Supplement
from app.agreements.rules.states import EDITABLE
from app.documents.actions import draft_for_word, render_draft
from app.documents.papers.base import Facts
from app.documents.rendering.word.working_copy import working_copy_name
from app.errors import DomainError
from app.law import clock
from app.mediation.models import MediationCase
from app.mediation.queries import get_case
from app.web.downloads import word_file
from app.web.forms import FormReader
from app.web.templating import refusal_of
from app.web.transaction import run_write, writes


@bp.get("/mediations/<public_id>/agreements/new")
@permission_required(Permission.AGREEMENT_WRITE, of=get_case)
def show_new(case: MediationCase) -> ResponseReturnValue:
    """Choose the form: written, or oral where the law allows it; or a supplement to one in force."""
    agreements = list_agreements_of_case(case.id)
    in_force = [row for row in agreements if row.status is AgreementStatus.EFFECTIVE]
    return render_template("agreements/new.html", case=case, agreements=agreements, in_force=in_force, show=show)


@bp.post("/mediations/<public_id>/agreements/new")
@writes(reshow=show_new)
@permission_required(Permission.AGREEMENT_WRITE, of=get_case)
def draft(case: MediationCase) -> ResponseReturnValue:
    """Begin the agreement."""
    form = FormReader(request.form, today=clock.today())
    kind = form.choice("form", "协议形式", AgreementForm)
    supplement = form.choice("supplement", "补充方式", Supplement) if form.has("supplement") else Supplement.NONE
    earlier = form.option(
        "earlier", "原协议", {row.public_id: row for row in list_agreements_of_case(case.id)}, required=False
    )
    form.finish()
    agreement = actions.draft_agreement(
        case,
        form=kind,
        supplement=supplement if earlier else Supplement.NONE,
        earlier=earlier,
        by=current_actor(),
        now=clock.now(),
    )
    return redirect(url_for("agreements.show_editor", public_id=agreement.public_id))


@bp.get("/agreements/<public_id>/edit")
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def show_editor(agreement: Agreement) -> ResponseReturnValue:
    """The real page with its findings beside it, the fields below."""
    if agreement.status not in EDITABLE:
        if (refusal := refusal_of()) is not None:
            # The editor is gone; the page of the refusal keeps what was typed.
            raise refusal
        return redirect(url_for("agreements.show_agreement", public_id=agreement.public_id))
    today = clock.today()
    check_up = check_up_of(agreement, today=today)
    return render_template(
        "agreements/editor.html",
        agreement=agreement,
        check_up=check_up,
        findings=show.numbered_findings(check_up),
        sheet=show.sheet_of(agreement, check_up),
        rows=show.editor_rows(agreement),
        terms=show.editor_terms(agreement),
        show=show,
        today=today,
    )


@bp.post("/agreements/<public_id>/edit")
@writes(reshow=show_editor)
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def save(agreement: Agreement) -> ResponseReturnValue:
    """Keep the text; the button pressed may also repair one finding or close the text for issue."""
    _save(agreement)
    key, _, number = request.form.get("fix", "").partition(":")
    if key:
        position = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else -1
        actions.apply_fix(agreement, key, position, by=current_actor(), now=clock.now())
        return redirect(url_for("agreements.show_editor", public_id=agreement.public_id))
    if request.form.get("act") == "finalise":
        actions.finalise_agreement(agreement, seen_version=None, by=current_actor(), now=clock.now())
        flash("已定稿。签发以后文字和金额就不能再改。", "ok")
        return redirect(url_for("agreements.show_issue", public_id=agreement.public_id))
    return redirect(url_for("agreements.show_editor", public_id=agreement.public_id, _anchor=_anchor()))


@bp.post("/agreements/<public_id>/autosave")
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def autosave(agreement: Agreement) -> ResponseReturnValue:
    """Keep the draft while it is written; answers with the new version, or says that it did not."""
    public_id = agreement.public_id
    try:
        return run_write(lambda: _autosaved(get_agreement(public_id)))
    except DomainError as refusal:
        return jsonify(error={"message": refusal.message}), refusal.status


@bp.get("/agreements/<public_id>/check")
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def show_check_up(agreement: Agreement) -> ResponseReturnValue:
    """Every finding with its basis, and where advice may be kept with a reason."""
    check_up = check_up_of(agreement, today=clock.today())
    return render_template(
        "agreements/check.html",
        agreement=agreement,
        check_up=check_up,
        findings=show.numbered_findings(check_up),
        is_editable=agreement.status in EDITABLE,
    )


@bp.post("/agreements/<public_id>/check")
@writes(reshow=show_check_up)
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def keep_finding(agreement: Agreement) -> ResponseReturnValue:
    """Keep advice as it is, with the reason that goes into the file."""
    form = FormReader(request.form, today=clock.today())
    g.kept_key = form.raw("key")
    reason = form.text("reason", "保留的理由", limit=1_000)
    form.finish()
    actions.keep_finding(agreement, form.raw("key"), reason, by=current_actor(), now=clock.now())
    flash("已记下保留的理由，会存进卷里。", "ok")
    return redirect(url_for("agreements.show_check_up", public_id=agreement.public_id))


@bp.get("/agreements/<public_id>/preview")
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def preview(agreement: Agreement) -> ResponseReturnValue:
    """The paper as a draft PDF; leaves no record."""
    return file_response(
        render_draft(_draft_facts(agreement), issuer=agreement.case.committee), "application/pdf", "agreement-draft.pdf"
    )


@bp.get("/agreements/<public_id>/preview/word")
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def send_draft_copy(agreement: Agreement) -> ResponseReturnValue:
    """The draft as a Word file to go on working with; leaves no record."""
    content = draft_for_word(_draft_facts(agreement), issuer=agreement.case.committee)
    return word_file(content, working_copy_name("人民调解协议草稿", agreement.case.number))


def _draft_facts(agreement: Agreement) -> Facts:
    make = actions.oral_form_facts if agreement.form is AgreementForm.ORAL else actions.agreement_facts
    if len(agreement.parties) < 2 or not agreement.case.active_mediators:
        raise StateConflict("当事人和调解员齐了才能预览。", rule="INV-22")
    return make(agreement, today=clock.today())


@bp.get("/agreements/<public_id>/register")
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def show_register(agreement: Agreement) -> ResponseReturnValue:
    """The page before an oral agreement is registered: what follows, what cannot be undone."""
    if agreement.form is not AgreementForm.ORAL or agreement.status is not AgreementStatus.DRAFT:
        return redirect(url_for("agreements.show_agreement", public_id=agreement.public_id))
    check_up = check_up_of(agreement, today=clock.today())
    return render_template("agreements/register.html", agreement=agreement, check_up=check_up, today=clock.today())


@bp.post("/agreements/<public_id>/register")
@writes(reshow=show_register)
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def register(agreement: Agreement) -> ResponseReturnValue:
    """Register the oral agreement with its form; it holds from the day it was reached."""
    form = FormReader(request.form, today=clock.today())
    reached_on = form.date("reached_on", "达成日期")
    reached_at = form.line("reached_at", "达成地点", limit=100)
    form.finish()
    actions.register_oral_agreement(
        agreement,
        reached_on=reached_on,
        reached_at=reached_at,
        seen_version=form.version(),
        by=current_actor(),
        now=clock.now(),
    )
    flash("已登记，口头协议今天生效。请调解员今天在登记表上签名，再盖章。", "ok")
    return redirect(url_for("agreements.show_agreement", public_id=agreement.public_id))


def _save(agreement: Agreement) -> None:
    form = FormReader(request.form, today=clock.today())
    text = read_agreement(form)
    actions.save_agreement(agreement, text, seen_version=form.version(), by=current_actor(), now=clock.now())


def _autosaved(agreement: Agreement) -> Response:
    _save(agreement)
    return jsonify(version=agreement.version)


def _anchor() -> str | None:
    return {"row": "money", "term": "terms"}.get(request.form.get("act", ""))
