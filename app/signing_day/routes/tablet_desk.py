"""One desk of a signing day for the clerk who sits at it: its tablet, the identity check, the person's way."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.agreements.forms import IDENTITY_DOCUMENTS, read_document
from app.law import clock
from app.signing_day.actions import calling
from app.signing_day.actions import tablet as pairing
from app.signing_day.actions import tablet_signing as acts
from app.signing_day.models import SigningDesk, SigningTicket
from app.signing_day.queries.tablet import desk_of, file_of
from app.signing_day.queries.tickets import find_at_desk, get_desk
from app.signing_day.routes import bp
from app.signing_day.rules.states import ARTICLE, Phase, WrongStep
from app.signing_day.rules.tablet import ASK_LABELS, spaced_code
from app.web import labels
from app.web.forms import FormReader
from app.web.installation import settings
from app.web.qr import qr_image
from app.web.transaction import writes

labels.register(ASK_LABELS)


@bp.get("/signing-days/desks/<public_id>")
@permission_required(Permission.SIGNING_DAY_READ, of=get_desk)
def show_desk(desk: SigningDesk) -> ResponseReturnValue:
    """Who sits here, how far he is, what is to be done; the tablet beside."""
    today = clock.today()
    view = desk_of(desk, now=clock.now())
    return render_template(
        "signing_day/tablet_desk.html",
        desk=desk,
        view=view,
        file=file_of(view.ticket, today=today) if view.ticket is not None else None,
        documents=list(IDENTITY_DOCUMENTS.items()),
        phases=list(Phase),
    )


@bp.get("/signing-days/desks/<public_id>/now")
@permission_required(Permission.SIGNING_DAY_READ, of=get_desk)
def show_desk_now(desk: SigningDesk) -> ResponseReturnValue:
    """The part of the desk's page that changes by itself; the whole page is asked for when its form has to change."""
    view = desk_of(desk, now=clock.now())
    response = make_response(
        render_template("signing_day/tablet_desk_now.html", desk=desk, view=view, phases=list(Phase))
    )
    if request.args.get("key") != view.key:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.post("/signing-days/desks/<public_id>/pairing")
@writes(reshow=show_desk)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_desk)
def open_pairing(desk: SigningDesk) -> ResponseReturnValue:
    """Show a fresh code for the tablet, this once."""
    code = pairing.open_pairing(desk, by=current_actor(), now=clock.now())
    address = f"{settings().base_url}{url_for('tablet.show_pairing', code=code)}"
    return render_template(
        "signing_day/tablet_code.html", desk=desk, code=spaced_code(code), address=address, qr=qr_image(address)
    )


@bp.get("/signing-days/desks/<public_id>/pairing")
@permission_required(Permission.SIGNING_DAY_READ, of=get_desk)
def leave_pairing(desk: SigningDesk) -> ResponseReturnValue:
    """The code is shown once; whoever loads the page anew finds the desk."""
    return _to_desk(desk)


@bp.post("/signing-days/desks/<public_id>/unpair")
@writes(reshow=show_desk)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_desk)
def unpair(desk: SigningDesk) -> ResponseReturnValue:
    """Take the tablet off the desk."""
    pairing.unpair_tablet(desk, by=current_actor(), now=clock.now())
    flash("平板已解除，它什么也看不到了。要用，请重新接上。", "ok")
    return _to_desk(desk)


@bp.post("/signing-days/desks/<public_id>/identity")
@writes(reshow=show_desk)
@permission_required(Permission.AGREEMENT_SIGN, of=get_desk)
def compare_identity(desk: SigningDesk) -> ResponseReturnValue:
    """Record the document that was compared; the tablet shows the agreement."""
    form = FormReader(request.form, today=clock.today())
    document = read_document(form)
    form.finish()
    acts.compare_identity(_sitting(desk), document, by=current_actor(), now=clock.now())
    return _to_desk(desk)


@bp.post("/signing-days/desks/<public_id>/answered")
@writes(reshow=show_desk)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_desk)
def answer_ask(desk: SigningDesk) -> ResponseReturnValue:
    """The clerk went over and answered."""
    acts.answer_ask(_sitting(desk), by=current_actor(), now=clock.now())
    return _to_desk(desk)


@bp.post("/signing-days/desks/<public_id>/new-text")
@writes(reshow=show_desk)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_desk)
def take_new_text(desk: SigningDesk) -> ResponseReturnValue:
    """Go on with the text that took the place of the old one."""
    if not acts.take_new_text(_sitting(desk), by=current_actor(), now=clock.now()):
        flash("新的一版还没有做好，已请他回去等候，号不变。", "warn")
    return _to_desk(desk)


@bp.post("/signing-days/desks/<public_id>/receipt")
@writes(reshow=show_desk)
@permission_required(Permission.AGREEMENT_SIGN, of=get_desk)
def go_to_receipt(desk: SigningDesk) -> ResponseReturnValue:
    """The agreement was signed on paper: the receipt is next."""
    acts.go_to_receipt(_sitting(desk), by=current_actor(), now=clock.now())
    return _to_desk(desk)


@bp.post("/signing-days/desks/<public_id>/finish")
@writes(reshow=show_desk)
@permission_required(Permission.SIGNING_DAY_RUN, of=get_desk)
def finish_sitting(desk: SigningDesk) -> ResponseReturnValue:
    """The receipt was given; the desk is free."""
    calling.finish_ticket(_sitting(desk), by=current_actor(), now=clock.now())
    flash("办完了。可以叫下一个号。", "ok")
    return _to_desk(desk)


def _sitting(desk: SigningDesk) -> SigningTicket:
    ticket = find_at_desk(desk.id)
    if ticket is None or ticket.public_id != request.form.get("ticket", ""):
        raise WrongStep("这张桌子现在换了人，您看的是前一位。请刷新后再办。", article=ARTICLE)
    return ticket


def _to_desk(desk: SigningDesk) -> ResponseReturnValue:
    return redirect(url_for("signing_day.show_desk", public_id=desk.public_id))
