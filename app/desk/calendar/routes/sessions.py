"""What is done to a booked session from the calendar: lifted off its place, or called off, both as drafts."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking.models import BookedSession, DraftMove
from app.booking.queries import get_session
from app.booking.queries.drafts import list_basket
from app.desk.calendar.actions import draft_calling_off, draft_lifting, make_room
from app.desk.calendar.forms import read_details
from app.desk.calendar.placers import get_placing, placing_of
from app.desk.calendar.routes import bp
from app.desk.calendar.routes.board import board_page, show_session_again
from app.errors import DomainError, NotFound
from app.law import clock
from app.web.transaction import writes


@bp.post("/calendar/sessions/<public_id>/lift")
@writes(reshow=lambda public_id: board_page())
@permission_required(Permission.CALENDAR_SEE)
def lift(public_id: str) -> ResponseReturnValue:
    """Lift a session, or a draft of one's own, off its place to make room; it waits for a new one."""
    draft = _own_draft(public_id)
    session = draft.session if draft and draft.session else _session(public_id)
    day = clock.local_date(session.starts_at).isoformat()
    if draft:
        make_room(draft, by=current_actor(), now=clock.now())
    else:
        draft_lifting(session, by=current_actor(), now=clock.now())
    flash("已挪开，它在“还要排”里等新时间。还没有告诉任何人。", "ok")
    key = request.form.get("next", "")
    if not key:
        return redirect(url_for("calendar.show_day", date=day))
    get_placing(key, current_actor(), clock.now())
    wanted = {name: request.form.get(name, "") for name in ("date", "room", "at", "minutes", "recorder", "served_on")}
    kept: dict[str, Any] = {name: value for name, value in wanted.items() if value}
    return redirect(url_for("calendar.show_placing", key=key, **kept))


@bp.post("/calendar/sessions/<public_id>/call-off")
@writes(reshow=show_session_again)
@permission_required(Permission.CALENDAR_SEE)
def call_off(public_id: str) -> ResponseReturnValue:
    """Put in that a session is called off; nobody is told before the basket is published."""
    session = _session(public_id)
    draft_calling_off(session, read_details(request.form, clock.today()), by=current_actor(), now=clock.now())
    flash("已放入草稿：取消这一场。发布以后才通知各方。", "ok")
    return redirect(url_for("calendar.show_day", date=clock.local_date(session.starts_at).isoformat()))


def _own_draft(public_id: str) -> DraftMove | None:
    """The draft of one's own basket that holds this session."""
    basket = list_basket(current_actor().account_id)
    return next((draft for draft in basket if draft.session and draft.session.public_id == public_id), None)


def _session(public_id: str) -> BookedSession:
    """A booked session for who may move it; NotFound for all that may not be known."""
    session = get_session(public_id)
    try:
        placing_of(session.owner, current_actor(), clock.now())
    except DomainError as refusal:
        raise NotFound("没有这一场，或者它不归您办。") from refusal
    return session
