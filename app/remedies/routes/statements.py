"""The mediation statement on the screen: its text, the signatures of both sides, the organ's seal."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.law.dates import format_date
from app.remedies import actions
from app.remedies.actions.concluding import statement_of
from app.remedies.actions.papers import sides_of
from app.remedies.forms import DOCUMENTS, read_document, read_reason, read_statement
from app.remedies.models import ReconsiderationCase
from app.remedies.queries import get_reconsideration
from app.remedies.routes import bp
from app.remedies.routes.acting import done, read_form
from app.remedies.rules import CaseAct
from app.remedies.rules.states import may_act
from app.signing.actions import WrittenScan, discard_scan, write_scan
from app.signing.forms import read_paper_signatures
from app.signing.queries import get_round, get_slot, missing_signers
from app.web.forms import FormReader
from app.web.transaction import writes
from app.web.uploads import act_on_file, read_upload


@bp.get("/reconsiderations/<public_id>/statement")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_statement(case: ReconsiderationCase) -> ResponseReturnValue:
    """Before it is made: its text; afterwards: who signs, and the seal."""
    if case.statement is None:
        return render_template("remedies/statement_new.html", case=case, matter=case.matter)
    return render_template(
        "remedies/statement.html",
        case=case,
        matter=case.matter,
        paper=case.statement,
        slots=get_round(case.statement).slots,
        sides={key: party.name for key, party in sides_of(case).items()},
        missing=missing_signers(case.statement),
        is_open=may_act(case.status, CaseAct.CONCLUDE_MEDIATION),
        today=clock.today(),
    )


@bp.post("/reconsiderations/<public_id>/statement")
@writes(reshow=show_statement)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def draft_statement(case: ReconsiderationCase) -> ResponseReturnValue:
    """Make the statement for signing."""
    findings, terms = read_statement(read_form(case))
    actions.draft_mediation_statement(case, findings=findings, terms=terms, by=current_actor(), now=clock.now())
    flash("调解书已制作，还没有生效。请各方看过以后签名。", "ok")
    return _to_statement(case)


@bp.get("/reconsiderations/<public_id>/statement/sign/<key>")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_pad(case: ReconsiderationCase, key: str) -> ResponseReturnValue:
    """The exact paper and the document first, then the pad."""
    paper = statement_of(case)
    return render_template(
        "remedies/sign.html",
        case=case,
        paper=paper,
        slot=get_slot(paper, key),
        documents=list(DOCUMENTS.items()),
        shown=paper.latest.sha256 if paper.latest else "",
    )


@bp.post("/reconsiderations/<public_id>/statement/sign/<key>")
@writes(reshow=show_pad)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def sign_statement(case: ReconsiderationCase, key: str) -> ResponseReturnValue:
    """Keep a hand signature, with the document that was compared."""
    form = FormReader(request.form, today=clock.today())
    document = read_document(form)
    form.finish()
    by, now = current_actor(), clock.now()
    actions.check_signer(case, key, document, by=by, now=now)
    actions.sign_statement(case, key, form.raw("strokes"), shown_sha256=form.raw("shown"), by=by, now=now)
    flash(f"{get_slot(statement_of(case), key).name}签好了。盖章以前，调解书还没有生效。", "ok")
    return _to_statement(case)


@bp.get("/reconsiderations/<public_id>/statement/paper")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def show_paper_signing(case: ReconsiderationCase) -> ResponseReturnValue:
    """Print, sign or seal, scan: who signed, when, and the scan."""
    paper = statement_of(case)
    return render_template(
        "remedies/paper.html",
        case=case,
        paper=paper,
        slots=[slot for slot in get_round(paper).slots if not slot.is_signed],
        documents=list(DOCUMENTS.items()),
        today=clock.today(),
    )


@bp.post("/reconsiderations/<public_id>/statement/paper")
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def add_paper_signatures(case: ReconsiderationCase) -> ResponseReturnValue:
    """Check and write the scan before the transaction begins, then record the signatures it shows."""
    return act_on_file(
        lambda: write_scan(read_upload("scan")),
        lambda written: _record_paper_signatures(public_id=case.public_id, written=written),
        discard=discard_scan,
        reshow=lambda: show_paper_signing(public_id=case.public_id),
    )


@writes(reshow=lambda public_id, written: show_paper_signing(public_id=public_id))
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def _record_paper_signatures(case: ReconsiderationCase, written: WrittenScan) -> ResponseReturnValue:
    form = FormReader(request.form, today=clock.today())
    document = read_document(form)
    open_keys = [slot.key for slot in get_round(statement_of(case)).slots if not slot.is_signed]
    typed = read_paper_signatures(form, open_keys)
    actions.record_statement_on_paper(
        case,
        typed.keys,
        written,
        document=document,
        signed_on=typed.signed_on,
        manner=typed.manner,
        by=current_actor(),
        now=clock.now(),
    )
    flash(f"已登记 {len(typed.keys)} 人在纸上的签名。", "ok")
    return _to_statement(case)


@bp.post("/reconsiderations/<public_id>/statement/seal")
@writes(reshow=show_statement)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def seal_statement(case: ReconsiderationCase) -> ResponseReturnValue:
    """Put the organ's seal on it: it takes effect and the case is closed."""
    read_form(case)
    effective_on = actions.conclude_mediation_statement(case, by=current_actor(), now=clock.now())
    return done(case, f"行政复议调解书 {format_date(effective_on)}起生效，这件复议办结了。")


@bp.post("/reconsiderations/<public_id>/statement/void")
@writes(reshow=show_statement)
@permission_required(Permission.RECONSIDERATION_MANAGE, of=get_reconsideration)
def void_statement(case: ReconsiderationCase) -> ResponseReturnValue:
    """A side goes back on it: void, and the case goes on."""
    reason = read_reason(read_form(case))
    actions.void_statement(case, reason, by=current_actor(), now=clock.now())
    return done(case, "调解书已作废，继续审理。")


def _to_statement(case: ReconsiderationCase) -> ResponseReturnValue:
    return redirect(url_for("remedies.show_statement", public_id=case.public_id))
