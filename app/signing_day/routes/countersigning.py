"""Signing many agreements at once: the mediator for himself, the company's representative before the clerk."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements.forms import IDENTITY_DOCUMENTS, read_document
from app.law import clock
from app.signing_day.actions.countersigning import MOST, Shown, countersign
from app.signing_day.models import SigningDay
from app.signing_day.queries.countersigning import ToCountersign, list_to_countersign
from app.signing_day.queries.tickets import get_day
from app.signing_day.routes import bp
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


@bp.get("/signing-days/<public_id>/countersign")
@permission_required(Permission.AGREEMENT_SIGN, of=get_day)
def show_countersign(day: SigningDay) -> ResponseReturnValue:
    """The next fifty that wait for me or for the company."""
    rows = _rows(day)
    return render_template(
        "signing_day/countersign.html",
        day=day,
        rows=rows,
        is_company=_is_company(),
        documents=list(IDENTITY_DOCUMENTS.items()),
        chosen=request.form.getlist("agreements") or [row.link.agreement.public_id for row in rows],
        most=MOST,
    )


@bp.post("/signing-days/<public_id>/countersign/pad")
@permission_required(Permission.AGREEMENT_SIGN, of=get_day)
def show_pad_of_many(day: SigningDay) -> ResponseReturnValue:
    """The pad, after the list was looked through; posted, because the digests of fifty fit no address."""
    form = FormReader(request.form, today=clock.today())
    chosen = form.option_list("agreements", "协议", {row.link.agreement.public_id: row for row in _rows(day)})
    if not chosen:
        form.fail("agreements", "请勾出要签的协议。")
    document = read_document(form) if _is_company() else ""
    form.finish()
    ids = [row.link.agreement.public_id for row in chosen]
    return render_template(
        "signing_day/countersign_pad.html",
        day=day,
        name=chosen[0].name,
        shown={each: form.raw(f"shown-{each}") for each in ids},
        document=document,
        whom=_whom(),
    )


@bp.post("/signing-days/<public_id>/countersign")
@writes(reshow=show_countersign)
@permission_required(Permission.AGREEMENT_SIGN, of=get_day)
def sign_many(day: SigningDay) -> ResponseReturnValue:
    """One hand signature under each of those ticked."""
    form = FormReader(request.form, today=clock.today())
    offered = {row.link.agreement.public_id: row for row in _rows(day)}
    chosen = form.option_list("agreements", "协议", offered)
    document = read_document(form) if _is_company() else ""
    form.finish()
    check_seen_version(day, form.version())
    shown = [Shown(row, form.raw(f"shown-{row.link.agreement.public_id}")) for row in chosen]
    count = countersign(day, shown, form.raw("strokes"), document=document, by=current_actor(), now=clock.now())
    flash(f"{count} 份协议都签上了，每份各有一个签名。", "ok")
    return redirect(url_for("signing_day.show_countersign", public_id=day.public_id, whom=_whom()))


def _is_company() -> bool:
    return request.args.get("whom") == "company"


def _whom() -> str | None:
    return "company" if _is_company() else None


def _rows(day: SigningDay) -> list[ToCountersign]:
    return list_to_countersign(day.roster, None if _is_company() else current_actor().account_id, limit=MOST)
