"""Signing at the desk: who is next, read and show the document, write on the pad; or paper and scan."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements import actions
from app.agreements.forms import IDENTITY_DOCUMENTS, read_document
from app.agreements.models import Agreement
from app.agreements.queries import get_agreement
from app.agreements.routes import bp
from app.agreements.routes import presenting as show
from app.agreements.rules import CheckUp, StateConflict
from app.agreements.rules.states import SIGNABLE
from app.documents.models import IssuedPaper
from app.errors import NotFound
from app.law import clock
from app.matters.models import Proxy
from app.signing.actions import WrittenScan, discard_scan, write_scan
from app.signing.queries import get_round, get_slot, missing_signers
from app.signing.rules import Manner, SignerRole
from app.web.forms import FormReader
from app.web.transaction import writes
from app.web.uploads import act_on_file, read_upload


@bp.get("/agreements/<public_id>/sign")
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def show_signing(agreement: Agreement) -> ResponseReturnValue:
    """Everybody who signs, with the way to each one's page; the paper way beside."""
    paper = _paper(agreement)
    return render_template(
        "signing/desk.html",
        agreement=agreement,
        paper=paper,
        slots=get_round(paper).slots,
        missing=missing_signers(paper),
        me=current_actor().account_id,
        is_open=agreement.status in SIGNABLE,
        show=show,
    )


@bp.get("/agreements/<public_id>/sign/<key>")
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def show_reading(agreement: Agreement, key: str) -> ResponseReturnValue:
    """Before the pad: the very file, its text, and the document that the clerk compares."""
    paper, slot = _paper(agreement), get_slot(_paper(agreement), key)
    if slot.is_signed:
        return _to_desk(agreement)
    return render_template(
        "signing/reading.html",
        agreement=agreement,
        paper=paper,
        slot=slot,
        sheet=show.sheet_of(agreement, CheckUp()),
        documents=list(IDENTITY_DOCUMENTS.items()),
        is_official=slot.role is SignerRole.MEDIATOR,
        is_own=slot.account_id in (None, current_actor().account_id),
        show=show,
    )


@bp.post("/agreements/<public_id>/sign/<key>")
@writes(reshow=show_reading)
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def check_identity(agreement: Agreement, key: str) -> ResponseReturnValue:
    """Record the document that was compared and that the text was read; then the pad."""
    form = FormReader(request.form, today=clock.today())
    if not form.has("has_read"):
        form.fail("has_read", "请先请他把协议看完，看完才能签。")
    document = ""
    if get_slot(_paper(agreement), key).role is not SignerRole.MEDIATOR:
        document = read_document(form)
    form.finish()
    if document:
        actions.check_identity(agreement, key, document, by=current_actor(), now=clock.now())
    shown = form.raw("shown_sha256")
    return redirect(url_for("agreements.show_pad", public_id=agreement.public_id, key=key, shown=shown))


@bp.get("/agreements/<public_id>/sign/<key>/pad")
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def show_pad(agreement: Agreement, key: str) -> ResponseReturnValue:
    """The pad for one signer; the digest of the file that was shown goes along."""
    slot = get_slot(_paper(agreement), key)
    if slot.is_signed:
        return _to_desk(agreement)
    needs_check = slot.role is not SignerRole.MEDIATOR and slot.identity_checked_at is None
    if needs_check:
        return redirect(url_for("agreements.show_reading", public_id=agreement.public_id, key=key))
    shown = request.args.get("shown", "") or request.form.get("shown_sha256", "")
    return render_template("signing/pad.html", agreement=agreement, paper=_paper(agreement), slot=slot, shown=shown)


@bp.post("/agreements/<public_id>/sign/<key>/pad")
@writes(reshow=show_pad)
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def sign(agreement: Agreement, key: str) -> ResponseReturnValue:
    """Keep the signature."""
    actions.sign(
        agreement,
        key,
        request.form.get("strokes", ""),
        shown_sha256=request.form.get("shown_sha256", ""),
        proxy=_proxy(agreement, key),
        by=current_actor(),
        now=clock.now(),
    )
    name = get_slot(_paper(agreement), key).name
    flash(f"{name}签好了。协议还没生效，各方和调解员签齐、调委会盖章以后才生效。", "ok")
    return _to_desk(agreement)


@bp.get("/agreements/<public_id>/sign/<key>/refuse")
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def show_refusal(agreement: Agreement, key: str) -> ResponseReturnValue:
    """Where a party that does not sign is written down, in its own words."""
    slot = get_slot(_paper(agreement), key)
    if slot.is_signed or slot.role is SignerRole.MEDIATOR:
        return _to_desk(agreement)
    return render_template("signing/refuse.html", agreement=agreement, slot=slot)


@bp.post("/agreements/<public_id>/sign/<key>/refuse")
@writes(reshow=show_refusal)
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def refuse(agreement: Agreement, key: str) -> ResponseReturnValue:
    """Record that somebody does not sign."""
    form = FormReader(request.form, today=clock.today())
    reason = form.text("reason", "不签的理由", limit=1_000)
    form.finish()
    actions.refuse_to_sign(agreement, key, reason, by=current_actor(), now=clock.now())
    flash("已记下不签的理由。他以后愿意签，还可以签。", "ok")
    return _to_desk(agreement)


@bp.get("/agreements/<public_id>/paper")
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def show_paper_signing(agreement: Agreement) -> ResponseReturnValue:
    """Print, sign, scan: who signed on the paper, when, and the scan."""
    paper = _paper(agreement)
    return render_template(
        "signing/paper.html",
        agreement=agreement,
        paper=paper,
        slots=[slot for slot in get_round(paper).slots if not slot.is_signed],
        me=current_actor().account_id,
        documents=list(IDENTITY_DOCUMENTS.items()),
        today=clock.today(),
    )


@bp.post("/agreements/<public_id>/paper")
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def add_paper_signatures(agreement: Agreement) -> ResponseReturnValue:
    """Check and write the scan before the transaction begins, then record the signatures it shows."""
    return act_on_file(
        lambda: write_scan(read_upload("scan")),
        lambda written: _record_paper_signatures(public_id=agreement.public_id, written=written),
        discard=discard_scan,
        reshow=lambda: show_paper_signing(public_id=agreement.public_id),
    )


@writes(reshow=lambda public_id, written: show_paper_signing(public_id=public_id))
@permission_required(Permission.AGREEMENT_SIGN, of=get_agreement)
def _record_paper_signatures(agreement: Agreement, written: WrittenScan) -> ResponseReturnValue:
    form = FormReader(request.form, today=clock.today())
    signed_on = form.date("signed_on", "签名日期")
    manner = form.choice("manner", "签名方式", Manner)
    document = read_document(form)
    keys = tuple(form.form.getlist("keys"))
    form.finish()
    if manner not in (Manner.PAPER, Manner.FINGERPRINT):
        raise StateConflict("纸上签的，请选签名或按指印。", rule="INV-21")
    parties = {key for row in agreement.parties for key in actions.keys_of(row)}
    for key in keys:
        if key in parties:
            actions.check_identity(agreement, key, document, by=current_actor(), now=clock.now())
    actions.record_paper_signatures(
        agreement, keys, written, signed_on=signed_on, manner=manner, by=current_actor(), now=clock.now()
    )
    flash("已登记纸上的签名，扫描件存好了。", "ok")
    return _to_desk(agreement)


def _paper(agreement: Agreement) -> IssuedPaper:
    if agreement.paper is None:
        raise NotFound("这份协议还没有签发。")
    return agreement.paper


def _proxy(agreement: Agreement, key: str) -> Proxy | None:
    """The proxy named in the form; one who is not this party's is refused by the act (INV-25)."""
    chosen = request.form.get("proxy", "")
    proxies = {proxy.public_id: proxy for row in agreement.parties for proxy in row.party.proxies}
    return proxies.get(chosen)


def _to_desk(agreement: Agreement) -> ResponseReturnValue:
    return redirect(url_for("agreements.show_signing", public_id=agreement.public_id))
