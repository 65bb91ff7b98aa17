"""The pages of the calendar."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.desk.calendar.queries import ShownRoom, ShownSession, agenda_of, board_of, now_quarter
from app.errors import DomainError
from app.law import clock
from app.law.dates import parse_date
from app.people.queries import get_account, get_account_by_id
from app.settings.queries import calendar

bp = Blueprint("calendar", __name__)
STRIP_DAYS = 14
AGENDA_DAYS = 28


@bp.get("/calendar")
@permission_required(Permission.CALENDAR_SEE)
def show_day() -> ResponseReturnValue:
    """The rooms of one day."""
    day, now = _day(), clock.now()
    rows = board_of(current_actor(), day, now)
    today = clock.today()
    return render_template(
        "booking/calendar.html",
        day=day,
        today=today,
        mark=calendar().day_kind(day),
        rooms=[board_row(row) for row in rows],
        count=sum(len(row.sessions) for row in rows),
        now_quarter=now_quarter(now) if day == today else None,
        strip=_strip(day, today),
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        printed_at=now,
    )


@bp.get("/calendar/people/<public_id>")
@permission_required(Permission.CALENDAR_SEE)
def show_person(public_id: str) -> ResponseReturnValue:
    """Where one person must be in the next four weeks."""
    return _agenda(public_id)


@bp.get("/calendar/mine")
@permission_required(Permission.SIGNED_IN)
def show_mine() -> ResponseReturnValue:
    """One's own list, for everybody."""
    return _agenda(get_account_by_id(current_actor().account_id).public_id)


def board_row(row: ShownRoom) -> dict[str, Any]:
    """One room as the macro draws it."""
    return {
        "name": row.name,
        "note": row.note,
        "sessions": [{**vars(session), "url": session_url(session)} for session in row.sessions],
    }


def session_url(session: ShownSession) -> str:
    """The page of a session for who may read its matter; '' for others."""
    if not session.case_public_id:
        return ""
    return url_for("mediation.show", public_id=session.case_public_id, _anchor="meetings")


def _agenda(public_id: str) -> str:
    account = get_account(public_id)
    first = _day()
    shown = agenda_of(account.id, current_actor(), first, first + timedelta(days=AGENDA_DAYS), clock.now())
    by_day: dict[date, list[dict[str, Any]]] = {}
    for session in shown:
        day = clock.local_date(session.session.starts_at)
        by_day.setdefault(day, []).append({"shown": session, "url": session_url(session)})
    return render_template(
        "booking/person.html",
        account=account,
        days=list(by_day.items()),
        count=len(shown),
        first=first,
        before=first - timedelta(days=AGENDA_DAYS),
        after=first + timedelta(days=AGENDA_DAYS),
        is_own=account.id == current_actor().account_id,
    )


def _day() -> date:
    today = clock.today()
    try:
        return parse_date(request.args.get("date", "") or today.isoformat(), today=today)
    except DomainError:
        return today


def _strip(day: date, today: date) -> list[dict[str, Any]]:
    marks = calendar()
    monday = day - timedelta(days=day.weekday())
    days = (monday + timedelta(days=count) for count in range(STRIP_DAYS))
    return [
        {"day": each, "mark": marks.day_kind(each), "is_current": each == day, "is_today": each == today}
        for each in days
    ]
