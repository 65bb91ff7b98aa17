"""The timeline of a day or a week, the same as data, and everybody's own list."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Actor, Permission
from app.booking.models import BookedSession
from app.booking.queries import area_of, get_session
from app.booking.routes.rooms import own_area
from app.desk.calendar.placers import Placing, placing_of
from app.desk.calendar.queries import ShownRoom, ShownSession, agenda_of, board_of, now_quarter
from app.desk.calendar.routes import bp
from app.desk.calendar.routes import presenting as show
from app.desk.calendar.sheet import month_of, sheet_of
from app.desk.calendar.timeline import Span, events_of, timeline_of
from app.desk.queries import count_sessions_by_day
from app.errors import DomainError, NotFound
from app.law import clock
from app.people.models import Account
from app.people.queries import get_account, get_account_by_id
from app.settings.queries import calendar
from app.web.addresses import asked_day, unread_date

AGENDA_DAYS = 28


@bp.get("/calendar")
@permission_required(Permission.CALENDAR_SEE)
def show_day() -> ResponseReturnValue:
    """The timeline with what waits beside it; a session of the address is opened beside it."""
    return board_page()


@bp.get("/calendar/data")
@permission_required(Permission.CALENDAR_SEE)
def read_timeline() -> ResponseReturnValue:
    """Rows, sessions and closed hours of the timeline."""
    return jsonify(timeline_of(current_actor(), show.span_of(asked_day()), clock.now()))


@bp.get("/calendar/people/<public_id>")
@permission_required(Permission.CALENDAR_SEE)
def show_person(public_id: str) -> ResponseReturnValue:
    """Where one person of the area must be in the next four weeks; NotFound for others."""
    account = get_account(public_id)
    if area_of(account.organisation) != own_area():
        raise NotFound("没有这个账号。")
    return _agenda(account)


@bp.get("/calendar/mine")
@permission_required(Permission.SIGNED_IN)
def show_mine() -> ResponseReturnValue:
    """One's own list, for everybody."""
    return _agenda(get_account_by_id(current_actor().account_id))


def board_page(**values: Any) -> str:
    """The page of the timeline."""
    day, now, today = asked_day(), clock.now(), clock.today()
    actor, span, view = current_actor(), show.span_of(day), show.asked_view()
    rows = board_of(actor, day, now)
    counts = count_sessions_by_day([row.room_id for row in rows], show.monday_of(day))
    return render_template(
        "calendar/board.html",
        **{
            "day": day,
            "span": span,
            "today": today,
            "mark": calendar().day_kind(day),
            "rooms": [board_row(row) for row in rows],
            "count": sum(len(row.sessions) for row in rows),
            "now_quarter": now_quarter(now) if day == today else None,
            "strip": show.strip(day, today, counts),
            "view": view,
            **(_month(actor, span, day, now, values) if view == "month" else _sheet(actor, span, now, values)),
            "group": show.asked_group().value,
            "views": [(word, label, show.address(view=word)) for word, label in show.VIEWS.items()],
            "row_kinds": [(word.value, label, show.address(group=word.value)) for word, label in show.GROUPS.items()],
            "before": show.address(date=show.turned(day, forward=False).isoformat()),
            "after": show.address(date=show.turned(day, forward=True).isoformat()),
            "day_url": lambda day: show.address(date=day.isoformat(), view="day"),
            "data_url": show.address("calendar.read_timeline"),
            "queue": show.queue_of(actor),
            "basket": show.basket_of(actor),
            "unread_date": unread_date(),
            "uncovered": show.uncovered_year(span),
            "opened": _opened(request.args.get("session", ""), now),
            "printed_at": now,
            **values,
        },
    )


def _month(actor: Actor, span: Span, day: date, now: datetime, values: dict[str, Any]) -> dict[str, Any]:
    offers = {offer.day: offer for offer, _ in values.get("offers", ())}
    return {"weeks": month_of(events_of(actor, span, now), span, day, offers), "sheet": None}


def _sheet(actor: Actor, span: Span, now: datetime, values: dict[str, Any]) -> dict[str, Any]:
    """The table for paper; while something is placed nothing is printed."""
    sheet = None if values.get("placing") else sheet_of(timeline_of(actor, span, now), span)
    return {"weeks": None, "sheet": sheet}


def board_row(row: ShownRoom) -> dict[str, Any]:
    """One room as the macro draws it."""
    return {
        "name": row.name,
        "note": row.note,
        "sessions": [{**vars(session), "url": session_url(session)} for session in row.sessions],
    }


def session_url(session: ShownSession) -> str:
    """The panel of a session for who may read its matter; '' for others."""
    if not session.is_readable:
        return ""
    return show.address(session=session.session.public_id)


def show_session_again(public_id: str) -> str:
    """The timeline with this session opened beside it, after what was asked of it was refused."""
    return board_page(opened=_opened(public_id, clock.now()))


def _opened(public_id: str, now: datetime) -> dict[str, Any] | None:
    """A session with what may be done to it, for who may read it; None for others."""
    if not public_id:
        return None
    try:
        session = get_session(public_id)
        placing = placing_of(session.owner, current_actor(), now)
    except DomainError:
        return None
    return _panel(session, placing, now)


def _panel(session: BookedSession, placing: Placing, now: Any) -> dict[str, Any]:
    return {
        "session": session,
        "item": placing.item,
        "when": show.when_and_where(session),
        "people": "、".join(seat.account.name for seat in session.seats),
        "page": show.page_of(placing),
        "told": placing.told(),
        "may_change": not placing.item.hindrance and session.is_open and session.starts_at > now,
        "grounds": placing.grounds(is_calling_off=True),
    }


def _agenda(account: Account) -> str:
    first = asked_day()
    shown = agenda_of(account.id, current_actor(), first, first + timedelta(days=AGENDA_DAYS), clock.now())
    by_day: dict[date, list[dict[str, Any]]] = {}
    for session in shown:
        day = clock.local_date(session.session.starts_at)
        by_day.setdefault(day, []).append({"shown": session, "url": _case_url(session)})
    return render_template(
        "booking/person.html",
        person=account,
        days=list(by_day.items()),
        count=len(shown),
        first=first,
        unread_date=unread_date(),
        before=first - timedelta(days=AGENDA_DAYS),
        after=first + timedelta(days=AGENDA_DAYS),
        is_own=account.id == current_actor().account_id,
    )


def _case_url(session: ShownSession) -> str:
    if not session.case_public_id:
        return ""
    return url_for("mediation.show", public_id=session.case_public_id, _anchor="meetings")
