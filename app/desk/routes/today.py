"""Where a person lands, and the desk: today's board, to-do by deadline, who is on duty, three weeks ahead."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Actor, Permission, Role, is_allowed
from app.booking.models import BookedSession
from app.booking.queries.boards import BoardRoom, OnDuty, list_day_board, list_on_duty
from app.desk.calendar.queries import OFF_DUTY, readable_subjects, title_of
from app.desk.queries import (
    count_sessions_by_day,
    list_due_clocks,
    list_due_groups,
    list_open_objections,
    list_undecided_recusals,
    readable_matters,
)
from app.desk.routes import bp
from app.desk.todo import AFTER_AGREEMENT, codes_for, todo_of_clock, todo_of_objection, todo_of_recusal
from app.law import clock
from app.people.rules import ROLE_LABELS
from app.settings.queries import calendar

OPENS_AT = 8
QUARTERS_OF_DAY = 40
LANDING: Mapping[Role, str] = {
    Role.RECEPTIONIST: "/matters/new",
    Role.STREET_CLERK: "/matters",
    Role.LAWYER: "/opinions",
    Role.JUDGE: "/opinions",
    Role.HEARING_CHAIR: "/hearings",
    Role.HEARING_PANELIST: "/hearings",
    Role.ADMINISTRATOR: "/settings",
    Role.AUDITOR: "/settings/audit",
}
ON_DUTY_ROLES = (Role.MEDIATOR, Role.LAWYER, Role.JUDGE, Role.COUNSELOR)


@bp.get("/")
@permission_required(Permission.SIGNED_IN)
def land() -> ResponseReturnValue:
    """Each role has its own first page (brief §2)."""
    role = next(iter(current_actor().roles), None)
    return redirect(LANDING.get(role, url_for("desk.show_desk")) if role else url_for("desk.show_desk"))


@bp.get("/desk")
@permission_required(Permission.DESK_SEE)
def show_desk() -> ResponseReturnValue:
    """What is on, what is late, who is missing."""
    actor = current_actor()
    now = clock.now()
    today = clock.local_date(now)
    board = list_day_board(actor.organisation_id, today)
    rooms = _rooms(actor, board, now)
    todo = todo_for(actor, today)
    return render_template(
        "desk/today.html",
        rooms=rooms,
        agenda=_agenda(rooms),
        now_quarter=_quarter(now),
        session_count=sum(len(row.sessions) for row in board),
        todo=todo,
        late=sum(row["lamp"].kind == "late" for row in todo),
        duty=_duty(list_on_duty(today)),
        weeks=_weeks(actor, board, today),
        today=today,
        now=now,
    )


def todo_for(actor: Actor, today: date) -> list[dict[str, Any]]:
    """The person's open duties, the nearest first, each with one button."""
    codes = codes_for(actor)
    single = [code for code in codes if code not in AFTER_AGREEMENT]
    rows = [todo_of_clock(actor, row, today) for row in list_due_clocks(actor, single)]
    shared = list_due_groups(actor, [code for code in codes if code in AFTER_AGREEMENT])
    rows += [todo_of_clock(actor, row, today, count=count) for row, count in shared]
    if Role.COORDINATOR in actor.roles:
        rows += [todo_of_objection(row, today) for row in list_open_objections(actor)]
    if Role.LEADER in actor.roles:
        rows += [todo_of_recusal(row, today) for row in list_undecided_recusals(actor)]
    return sorted(rows, key=lambda row: row["due_on"])


def _rooms(actor: Actor, board: list[BoardRoom], now: datetime) -> list[dict[str, Any]]:
    matter_ids = {session.matter_id for row in board for session in row.sessions}
    known = readable_matters(actor, matter_ids)
    subjects = readable_subjects(matter_ids, actor)
    return [
        {
            "name": row.room.name,
            "note": f"{row.room.capacity} 座",
            "sessions": [_session(session, known, subjects, now) for session in row.sessions],
        }
        for row in board
    ]


def _agenda(rooms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The day's sessions that the person may read in order of time, each with its room; the board shows the others."""
    rows = [{**session, "room": room["name"]} for room in rooms for session in room["sessions"] if session["url"]]
    return sorted(rows, key=lambda row: (row["start_q"], row["room"]))


def _session(
    session: BookedSession, known: Mapping[int, str], subjects: Mapping[int, str], now: datetime
) -> dict[str, Any]:
    public_id = known.get(session.matter_id)
    ends_at = session.starts_at + timedelta(minutes=session.minutes)
    state = "over" if ends_at <= now else ("running" if session.starts_at <= now else "fixed")
    people = "、".join(seat.account.name for seat in session.seats)
    return {
        "at": f"{clock.to_local(session.starts_at):%H:%M}—{clock.to_local(ends_at):%H:%M}",
        "start_q": _quarter(session.starts_at),
        "length_q": -(-session.minutes // 15),
        "title": title_of(session, subjects),
        "sub": people if public_id else "",
        "state": state,
        "flag": OFF_DUTY if session.off_duty_since else "",
        "url": url_for("matters.show", public_id=public_id) if public_id else "",
    }


def _quarter(moment: datetime) -> int:
    local = clock.to_local(moment)
    return (local.hour - OPENS_AT) * 4 + local.minute // 15


def _duty(on_duty: list[OnDuty]) -> list[tuple[str, str]]:
    """Names by role, and the roles for which nobody came."""
    lines = []
    for role in ON_DUTY_ROLES:
        names = [row.account.name for row in on_duty if role in row.account.roles]
        if names:
            lines.append((ROLE_LABELS[role], "、".join(names)))
    return lines


def _weeks(actor: Actor, board: list[BoardRoom], today: date) -> list[list[dict[str, Any]]]:
    """Three weeks from this Monday on, with the number of sessions a day; a link for who may see the calendar."""
    monday = today - timedelta(days=today.weekday())
    counts = count_sessions_by_day([row.room.id for row in board], monday)
    days = [monday + timedelta(days=step) for step in range(21)]
    is_open = is_allowed(actor, Permission.CALENDAR_SEE)
    cells = [_day(day, today, counts, is_open=is_open) for day in days]
    return [cells[start : start + 7] for start in (0, 7, 14)]


def _day(day: date, today: date, counts: Counter[date], *, is_open: bool) -> dict[str, Any]:
    mark = calendar().day_kind(day).mark
    kind = "today" if day == today else {"休": "off", "班": "swap"}.get(mark, "work")
    count = f"{counts[day]} 场" if counts[day] else ""
    note = "今天" if day == today else (count or ("班" if mark == "班" else ""))
    url = url_for("calendar.show_day", date=day.isoformat()) if is_open else ""
    return {"day": day.day, "note": note, "kind": kind, "url": url}
