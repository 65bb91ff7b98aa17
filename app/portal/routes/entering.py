"""Opening a link with the second factor, leaving, letters large or not."""

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.law import clock
from app.notices.actions import Trial, end_visit, try_code
from app.notices.queries import find_usable_link
from app.people.login import is_own_page
from app.people.routes.login import network_of
from app.portal.queries import find_party_of
from app.portal.routes import bp
from app.portal.visiting import Visit, current_visit, let_in, let_out, visit_required
from app.web.transaction import run_write, writes

ONE_YEAR = 31_536_000


@bp.get("/p/enter")
@permission_required(Permission.PUBLIC)
def show_door() -> ResponseReturnValue:
    """How to get in, for somebody without a link at hand."""
    if current_visit() is not None:
        return redirect(url_for("portal.show_progress"))
    return render_template("portal/door.html")


@bp.get("/p/<token>")
@bp.get("/p/enter/<token>")
@permission_required(Permission.PUBLIC)
def show_lock(token: str, trial: Trial | None = None) -> ResponseReturnValue:
    """Ask for the second factor; looking never uses a link up, and one that is no more looks like none (B221–B227)."""
    link = find_usable_link(token, clock.now())
    if link is None or find_party_of(link) is None:
        return render_template("portal/gone.html"), 404
    status = 200 if trial is None else 422
    return render_template("portal/lock.html", token=token, factor=link.factor, trial=trial), status


@bp.post("/p/<token>")
@bp.post("/p/enter/<token>")
@permission_required(Permission.PUBLIC)
def open_lock(token: str) -> ResponseReturnValue:
    """Let the visitor in; a wrong code stays counted although it is refused."""
    link = find_usable_link(token, clock.now())
    if link is not None and find_party_of(link) is None:
        return render_template("portal/gone.html"), 404
    trial = run_write(
        lambda: try_code(
            token,
            request.form.get("code", ""),
            is_helper=request.form.get("is_helper") == "1",
            network=network_of(request.remote_addr),
            now=clock.now(),
        )
    )
    if not trial.visit_token:
        return show_lock(token, trial)
    return let_in(make_response(redirect(url_for("portal.show_progress"))), trial.visit_token)


@bp.post("/p/leave")
@writes
@visit_required
def leave(visit: Visit) -> ResponseReturnValue:
    """End the visit on this device."""
    end_visit(visit.session, now=clock.now())
    flash("已退出。要再看，请重新打开短信里的链接或扫凭条上的码。", "ok")
    return let_out(make_response(redirect(url_for("portal.show_door"))))


@bp.post("/p/large-type")
@permission_required(Permission.PUBLIC)
def set_large_type() -> ResponseReturnValue:
    """Large or ordinary letters, kept on this device."""
    wanted = request.form.get("next", "")
    target = wanted if is_own_page(current_app, wanted) else url_for("portal.show_door")
    response = make_response(redirect(target))
    response.set_cookie(
        "large_type",
        "1" if request.form.get("large") == "1" else "0",
        max_age=ONE_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response
