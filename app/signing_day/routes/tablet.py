"""The pages of a desk's tablet: pairing, waiting, reading, the pad, the receipt.

The tablet is no log-in: its own cookie, sent to no other path, names one desk (see docs/signing-day.md).
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import DBAPIError

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.agreements.queries.payments import payments_of
from app.agreements.rules.reading import weighted
from app.collective.queries.settlement import PAYEE
from app.errors import DomainError, NotFound, NotPermitted, RuleViolation
from app.extensions import db
from app.law import clock
from app.people.routes.login import network_of
from app.signing.queries import get_round
from app.signing.rules import read_strokes
from app.signing_day.actions import tablet as pairing
from app.signing_day.actions import tablet_signing as acts
from app.signing_day.forms.tablet import read_ask, read_page
from app.signing_day.models import SigningDesk
from app.signing_day.queries.tablet import TabletView, find_desk_of_tablet, find_new_link, sections_for, view_of
from app.signing_day.rules.states import Need
from app.signing_day.rules.tablet import PAIRING_LASTS, SEEN_STEP, Screen
from app.web.installation import settings
from app.web.transaction import run_write, transaction, writes

log = logging.getLogger(__name__)
COOKIE = "tablet_desk"
PATH = "/tablet"
WRONG_CODE = "码不对，或者过了 10 分钟。请看工作人员屏幕上的 8 位码，再输一次。"
NOT_PAIRED = "这台平板现在没有接在桌子上，不能办这一步。请找工作人员重新接上。"

tablet_bp = Blueprint("tablet", __name__)


def tablet_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Guard a page of the tablet; the view gets its desk as the first argument."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        desk = current_desk()
        if desk is None:
            raise NotPermitted(NOT_PAIRED) if request.method == "POST" else NotFound(NOT_PAIRED)
        return view(desk, *args, **kwargs)

    # No account of the staff is asked for: the pairing is the permission.
    guarded.declared_permission = Permission.PUBLIC  # type: ignore[attr-defined]  # read by the route guard
    return guarded


def current_desk() -> SigningDesk | None:
    """The desk of this tablet, read anew after a refusal."""
    g.tablet_desk = find_desk_of_tablet(request.cookies.get(COOKIE, ""), clock.now())
    found: SigningDesk | None = g.tablet_desk
    return found


@tablet_bp.after_request
def keep_seen_time(response: Response) -> Response:
    """Note after the answer that the tablet is still there; a busy database is no reason to fail."""
    desk, now = g.get("tablet_desk"), clock.now()
    if desk is None or (desk.last_seen_at is not None and now - desk.last_seen_at < SEEN_STEP):
        return response
    try:
        with transaction():
            pairing.note_tablet_seen(desk.id, desk.device_digest, now=now)
    except DBAPIError as error:
        db.session.rollback()
        log.warning("tablet time not kept: %s", type(error.orig).__name__)
    return response


@tablet_bp.context_processor
def frame_values() -> dict[str, Any]:
    """The centre and the desk in the frame; letters are large at once for who sees badly."""
    desk = g.get("tablet_desk")
    if desk is None:
        return {"centre_name": "集体签约"}
    office = desk.day.roster.matter.organisation
    centre = office.centre_name or office.short_name or office.name
    return {"centre_name": f"{centre} · {desk.name}"}


@tablet_bp.get("/tablet")
@permission_required(Permission.PUBLIC)
def show_tablet() -> ResponseReturnValue:
    """What this tablet shows now; without a desk the page that asks for the code."""
    desk = current_desk()
    if desk is None:
        response = make_response(render_template("signing_day/tablet_pair.html", code="", is_staff=_is_staff()))
        if request.cookies.get(COOKIE):
            response.delete_cookie(COOKIE, path=PATH)
            response.headers["Clear-Site-Data"] = '"storage"'
        return response
    return _SCREENS[(view := view_of(desk)).screen](view)


@tablet_bp.get("/tablet/now")
@tablet_required
def tell_state(desk: SigningDesk) -> ResponseReturnValue:
    """Which page the tablet has to show; it asks every few seconds."""
    return jsonify(key=view_of(desk).key)


@tablet_bp.get("/tablet/pair/<code>")
@permission_required(Permission.PUBLIC)
def show_pairing(code: str) -> ResponseReturnValue:
    """What the QR code opens; looking does not use the code up."""
    return render_template("signing_day/tablet_pair.html", code=code[:20], is_staff=_is_staff())


@tablet_bp.post("/tablet/pair")
@permission_required(Permission.PUBLIC)
def pair() -> ResponseReturnValue:
    """Make this device the desk's tablet; a wrong code stays counted although it is refused."""
    code, network = request.form.get("code", ""), network_of(request.remote_addr)
    try:
        token = run_write(lambda: pairing.pair_tablet(code, network=network, now=clock.now()))
    except DomainError as refusal:
        return _pair_again(refusal)
    return _take_cookie(token) if token else _pair_again(RuleViolation(WRONG_CODE))


@tablet_bp.post("/tablet/read")
@writes(reshow=show_tablet)
@tablet_required
def open_page(desk: SigningDesk) -> ResponseReturnValue:
    """The next section, or the one before."""
    acts.open_page(
        desk,
        _ticket(),
        read_page(request.form),
        is_large=request.form.get("is_large") == "1",
        is_aloud=request.form.get("is_aloud") == "1",
        now=clock.now(),
    )
    return redirect(url_for("tablet.show_tablet"))


@tablet_bp.post("/tablet/pad")
@writes(reshow=show_tablet)
@tablet_required
def go_to_pad(desk: SigningDesk) -> ResponseReturnValue:
    """Everything was read: the pad."""
    acts.go_to_pad(desk, _ticket(), now=clock.now())
    return redirect(url_for("tablet.show_tablet"))


@tablet_bp.post("/tablet/ask")
@writes(reshow=show_tablet)
@tablet_required
def ask(desk: SigningDesk) -> ResponseReturnValue:
    """Call the clerk to the desk."""
    acts.ask_clerk(desk, _ticket(), read_ask(request.form), now=clock.now())
    return redirect(url_for("tablet.show_tablet"))


@tablet_bp.post("/tablet/new-text")
@writes(reshow=show_tablet)
@tablet_required
def take_new_text(desk: SigningDesk) -> ResponseReturnValue:
    """Read the text that took the place of the old one, or wait for it."""
    view = view_of(desk)
    if view.ticket is not None and view.ticket.public_id == _ticket():
        acts.take_new_text(view.ticket, by=None, now=clock.now())
    return redirect(url_for("tablet.show_tablet"))


@tablet_bp.post("/tablet/sign")
@writes(reshow=show_tablet)
@tablet_required
def sign(desk: SigningDesk) -> ResponseReturnValue:
    """Show the signature once more, then keep it; sent twice it is one."""
    strokes, shown_sha256 = request.form.get("strokes", ""), request.form.get("shown_sha256", "")
    drawing = read_strokes(strokes)
    view = view_of(desk)
    is_mine = view.ticket is not None and view.ticket.public_id == _ticket()
    if is_mine and view.screen is Screen.SIGNING and request.form.get("is_sure") != "1":
        return render_template(
            "signing_day/tablet_look.html", view=view, drawing=drawing, strokes=strokes, shown_sha256=shown_sha256
        )
    acts.sign_on_tablet(desk, _ticket(), strokes, shown_sha256=shown_sha256, now=clock.now())
    return redirect(url_for("tablet.show_tablet"))


def _show_waiting(view: TabletView) -> ResponseReturnValue:
    response = make_response(render_template("signing_day/tablet_waiting.html", view=view))
    response.delete_cookie("large_type")  # the next person's eyes are his own
    return response


def _show_changed(view: TabletView) -> ResponseReturnValue:
    is_there = view.ticket is not None and find_new_link(view.ticket) is not None
    return render_template("signing_day/tablet_changed.html", view=view, is_there=is_there)


def _show_reading(view: TabletView) -> ResponseReturnValue:
    ticket = _of(view)
    sections = sections_for(ticket.link.agreement)
    page = min(max(ticket.reading_page, 1), len(sections))
    section = sections[page - 1]
    return render_template(
        "signing_day/tablet_read.html",
        view=view,
        section=section,
        pieces=[weighted(paragraph) for paragraph in section.paragraphs],
        page=page,
        total=len(sections),
        large_type=request.cookies.get("large_type", "1" if Need.POOR_SIGHT in ticket.needs else "") == "1",
    )


def _show_pad(view: TabletView) -> ResponseReturnValue:
    return render_template("signing_day/tablet_sign.html", view=view)


def _show_receipt(view: TabletView) -> ResponseReturnValue:
    agreement = _of(view).link.agreement
    signature = view.slot.signature if view.slot is not None else None
    return render_template(
        "signing_day/tablet_done.html",
        view=view,
        agreement=agreement,
        signed_at=signature.signed_at if signature is not None else None,
        slots=get_round(agreement.paper).slots if agreement.paper is not None else [],
        payments=payments_of(agreement, PAYEE, today=clock.today()),
    )


_SCREENS: dict[Screen, Callable[[TabletView], ResponseReturnValue]] = {
    Screen.WAITING: _show_waiting,
    Screen.CHANGED: _show_changed,
    Screen.READING: _show_reading,
    Screen.SIGNING: _show_pad,
    Screen.RECEIPT: _show_receipt,
}


def _of(view: TabletView) -> Any:
    if view.ticket is None:
        raise NotFound("这张桌子现在没有人。")
    return view.ticket


def _ticket() -> str:
    return request.form.get("ticket", "")


def _is_staff() -> bool:
    """Somebody of the staff is logged in on this device, which a signer would then hold in his hands."""
    return bool(current_user.is_authenticated)


def _pair_again(refusal: DomainError) -> ResponseReturnValue:
    g.refusal = refusal
    return render_template("signing_day/tablet_pair.html", code="", is_staff=_is_staff()), refusal.status


def _take_cookie(token: str) -> Response:
    response = make_response(redirect(url_for("tablet.show_tablet")))
    response.set_cookie(
        COOKIE,
        token,
        path=PATH,
        max_age=int(PAIRING_LASTS.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=settings().base_url.startswith("https://"),
    )
    return response
