"""Reading an agreement section by section, signing it on one's own phone, or not (brief §9)."""

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.agreements.actions import decline_on_own_device, sign_on_own_device
from app.agreements.models import Agreement
from app.agreements.queries.payments import payments_of
from app.agreements.rules.reading import Section, sections_of, weighted
from app.agreements.rules.states import SIGNABLE
from app.documents.queries import facts_of
from app.errors import NotFound, RuleViolation
from app.law import clock
from app.matters.models import PartyKind
from app.notices.actions import leave_wish
from app.notices.rules import WishKind
from app.portal.queries import find_own_slot, get_own_agreement, own_row
from app.portal.routes import bp
from app.portal.routes.own import file_of
from app.portal.visiting import Visit, visit_required
from app.signing.rules import read_strokes
from app.web.forms import FormReader
from app.web.transaction import writes

READ_FIRST = "请先把协议看完，看完才能签。签不签由您定，可以先回家商量。"
LONGEST_REASON = 500


@bp.get("/p/agreements/<public_id>/read")
@visit_required
def read_agreement(visit: Visit, public_id: str) -> ResponseReturnValue:
    """One section of the agreement; what was read is remembered on this device."""
    agreement = get_own_agreement(visit.party, public_id)
    sections = _sections(agreement, visit)
    number = _number_asked(len(sections))
    _remember(agreement, number)
    return render_template(
        "portal/read.html",
        agreement=agreement,
        section=sections[number - 1],
        pieces=[weighted(paragraph) for paragraph in sections[number - 1].paragraphs],
        number=number,
        total=len(sections),
        may_sign=_may_sign(agreement, visit),
    )


@bp.get("/p/agreements/<public_id>/sign")
@visit_required
def show_signing(visit: Visit, public_id: str) -> ResponseReturnValue:
    """The pad, once everything was read; the digest of the shown file goes with the signature."""
    visit.check_is_party()
    agreement = get_own_agreement(visit.party, public_id)
    slot = find_own_slot(agreement, visit.party)
    if slot is not None and slot.is_signed:
        return redirect(url_for("portal.show_done", public_id=public_id))
    if not _may_sign(agreement, visit):
        return redirect(url_for("portal.show_paper_way", public_id=public_id))
    if not _has_read(agreement, visit):
        flash(READ_FIRST, "warn")
        return redirect(url_for("portal.read_agreement", public_id=public_id))
    return _pad(agreement, visit, _shown_digest(agreement))


@bp.post("/p/agreements/<public_id>/sign")
@writes
@visit_required
def sign(visit: Visit, public_id: str) -> ResponseReturnValue:
    """Show the signature once more, then keep it; twice the same is one (B228, B229)."""
    visit.check_is_party()
    agreement = get_own_agreement(visit.party, public_id)
    if not _has_read(agreement, visit):
        raise RuleViolation(READ_FIRST, rule="INV-24")
    strokes, shown_sha256 = request.form.get("strokes", ""), request.form.get("shown_sha256", "")
    try:
        drawing = read_strokes(strokes)
    except RuleViolation as refusal:
        g.refusal = refusal
        return _pad(agreement, visit, shown_sha256), refusal.status
    if request.form.get("is_sure") != "1":
        return render_template(
            "portal/look.html", agreement=agreement, drawing=drawing, strokes=strokes, shown_sha256=shown_sha256
        )
    key = own_row(agreement, visit.party).key
    sign_on_own_device(agreement, key, strokes, shown_sha256=shown_sha256, now=clock.now())
    return redirect(url_for("portal.show_done", public_id=public_id))


@bp.get("/p/agreements/<public_id>/done")
@visit_required
def show_done(visit: Visit, public_id: str) -> ResponseReturnValue:
    """What was signed, what is missing until it counts, when money comes, whom to call."""
    agreement = get_own_agreement(visit.party, public_id)
    slot = find_own_slot(agreement, visit.party)
    if slot is None or slot.signature is None or not slot.is_signed:
        return redirect(url_for("portal.read_agreement", public_id=public_id))
    return render_template(
        "portal/done.html",
        agreement=agreement,
        signed_at=slot.signature.signed_at,
        payments=payments_of(agreement, own_row(agreement, visit.party).key, today=clock.today()),
    )


@bp.get("/p/agreements/<public_id>/decline")
@visit_required
def show_declining(visit: Visit, public_id: str) -> ResponseReturnValue:
    """Not today, or not at all: as easy as signing."""
    return render_template(
        "portal/decline.html",
        agreement=get_own_agreement(visit.party, public_id),
        is_helper=visit.is_helper,
    )


@bp.post("/p/agreements/<public_id>/decline")
@writes(reshow=show_declining)
@visit_required
def decline(visit: Visit, public_id: str) -> ResponseReturnValue:
    """Record that the person does not sign, with or without a reason."""
    visit.check_is_party()
    agreement = get_own_agreement(visit.party, public_id)
    form = FormReader(request.form, today=clock.today())
    reason = form.text("reason", "原因", limit=LONGEST_REASON, required=False)
    form.finish()
    decline_on_own_device(agreement, own_row(agreement, visit.party).key, reason, now=clock.now())
    flash("记下了：您不签。改主意了随时可以再签。", "ok")
    return redirect(url_for("portal.show_progress"))


@bp.get("/p/agreements/<public_id>/on-paper")
@visit_required
def show_paper_way(visit: Visit, public_id: str) -> ResponseReturnValue:
    """How to sign on paper, or have the paper at the window."""
    agreement = get_own_agreement(visit.party, public_id)
    office = agreement.case.committee
    return render_template(
        "portal/on_paper.html",
        agreement=agreement,
        address=office.address or visit.matter.organisation.address,
        is_to_sign=agreement.status in SIGNABLE,
    )


@bp.post("/p/agreements/<public_id>/on-paper")
@writes(reshow=show_paper_way)
@visit_required
def ask_for_paper(visit: Visit, public_id: str) -> ResponseReturnValue:
    """Tell the staff that this person comes for paper."""
    agreement = get_own_agreement(visit.party, public_id)
    kind = WishKind.SIGN_ON_PAPER if agreement.status in SIGNABLE else WishKind.PAPER_COPY
    leave_wish(
        kind,
        matter_id=visit.matter.id,
        party_id=visit.party.id,
        paper_id=agreement.paper_id,
        now=clock.now(),
    )
    flash("记下了，窗口会给您备好纸质的。带身份证来就行。", "ok")
    return redirect(url_for("portal.show_progress"))


@bp.get("/p/agreements/<public_id>/file")
@visit_required
def send_agreement(visit: Visit, public_id: str) -> ResponseReturnValue:
    """The agreement as a file, for those alone who opened the link with the code (B240)."""
    agreement = get_own_agreement(visit.party, public_id)
    if agreement.paper is None:
        raise NotFound("没有这份协议。")
    return file_of(agreement.paper)


def _sections(agreement: Agreement, visit: Visit) -> tuple[Section, ...]:
    if agreement.paper is None:
        raise NotFound("没有这份协议。")
    return sections_of(facts_of(agreement.paper), own_key=own_row(agreement, visit.party).key)


def _number_asked(total: int) -> int:
    typed = request.args.get("section", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    return min(max(number, 1), total)


def _remember(agreement: Agreement, number: int) -> None:
    read = set(session.get("read", {}).get(agreement.public_id, ()))
    session["read"] = {agreement.public_id: sorted(read | {number})}


def _has_read(agreement: Agreement, visit: Visit) -> bool:
    return len(session.get("read", {}).get(agreement.public_id, ())) >= len(_sections(agreement, visit))


def _pad(agreement: Agreement, visit: Visit, shown_sha256: str) -> str:
    return render_template("portal/sign.html", agreement=agreement, name=visit.party.name, shown_sha256=shown_sha256)


def _may_sign(agreement: Agreement, visit: Visit) -> bool:
    slot, row = find_own_slot(agreement, visit.party), own_row(agreement, visit.party)
    is_own_hand = visit.party.kind is PartyKind.PERSON and row.proxy_id is None and not visit.is_helper
    return is_own_hand and slot is not None and not slot.is_signed and agreement.status in SIGNABLE


def _shown_digest(agreement: Agreement) -> str:
    latest = agreement.paper.latest if agreement.paper else None
    return latest.sha256 if latest else ""
