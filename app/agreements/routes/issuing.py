"""The acts that cannot be taken back, each on a page of its own: issue, seal, void."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements import actions
from app.agreements.models import Agreement
from app.agreements.queries import check_up_of, get_agreement
from app.agreements.routes import bp
from app.agreements.rules import AgreementForm, AgreementStatus
from app.agreements.rules.effect import confirmation_window
from app.agreements.rules.states import OPEN
from app.law import clock
from app.settings.queries import calendar, profile_on
from app.signing.queries import find_round, missing_signers
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.get("/agreements/<public_id>/issue")
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def show_issue(agreement: Agreement) -> ResponseReturnValue:
    """What issuing does."""
    if agreement.status is not AgreementStatus.CHECKED:
        return _back(agreement)
    check_up = check_up_of(agreement, today=clock.today())
    return render_template("agreements/issue.html", agreement=agreement, check_up=check_up)


@bp.post("/agreements/<public_id>/issue")
@writes(reshow=show_issue)
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def issue(agreement: Agreement) -> ResponseReturnValue:
    """Issue for signing."""
    form = FormReader(request.form, today=clock.today())
    paper = actions.issue_agreement(agreement, seen_version=form.version(), by=current_actor(), now=clock.now())
    flash(f"已签发 {paper.number}，可以签名了。", "ok")
    return redirect(url_for("agreements.show_signing", public_id=agreement.public_id))


@bp.get("/agreements/<public_id>/seal")
@permission_required(Permission.AGREEMENT_SEAL, of=get_agreement)
def show_seal(agreement: Agreement) -> ResponseReturnValue:
    """What the seal does, and what is missing before it."""
    if agreement.paper is None:
        return _back(agreement)
    today = clock.today()
    signing = find_round(agreement.paper)
    return render_template(
        "agreements/seal.html",
        agreement=agreement,
        missing=missing_signers(agreement.paper),
        slots=signing.slots if signing else [],
        is_sealed=bool(signing and signing.seals),
        is_oral=agreement.form is AgreementForm.ORAL,
        today=today,
        window=confirmation_window(today, calendar(), profile_on(today)),
    )


@bp.post("/agreements/<public_id>/seal")
@writes(reshow=show_seal)
@permission_required(Permission.AGREEMENT_SEAL, of=get_agreement)
def seal(agreement: Agreement) -> ResponseReturnValue:
    """Put the committee's seal on."""
    form = FormReader(request.form, today=clock.today())
    actions.seal_agreement(agreement, seen_version=form.version(), by=current_actor(), now=clock.now())
    flash("登记表已盖章。" if agreement.form is AgreementForm.ORAL else "已盖章，协议生效了。各方会收到通知。", "ok")
    return _back(agreement)


@bp.get("/agreements/<public_id>/void")
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def show_void(agreement: Agreement) -> ResponseReturnValue:
    """What giving up an agreement before its effect does."""
    return render_template("agreements/void.html", agreement=agreement, may_void=agreement.status in OPEN)


@bp.post("/agreements/<public_id>/void")
@writes(reshow=show_void)
@permission_required(Permission.AGREEMENT_WRITE, of=get_agreement)
def void(agreement: Agreement) -> ResponseReturnValue:
    """Give up an agreement that has not taken effect."""
    form = FormReader(request.form, today=clock.today())
    reason = form.text("reason", "作废的理由", limit=1_000)
    form.finish()
    actions.void_agreement(agreement, reason, by=current_actor(), now=clock.now())
    flash("已作废，编号保留。要重新写，请从调解案件里再起一份。", "ok")
    return _back(agreement)


def _back(agreement: Agreement) -> ResponseReturnValue:
    return redirect(url_for("agreements.show_agreement", public_id=agreement.public_id))
