"""Placing mode: one session is picked, every start that fits is lit, every other place says why not."""

from datetime import date, time
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking.models import Room
from app.booking.queries import area_of, list_rooms
from app.booking.queries.snapshot import wall_clock
from app.booking.routes.refused import by_room, shown_way
from app.booking.rules.search import Place
from app.desk.calendar.actions import draft_place
from app.desk.calendar.forms import read_place, read_question
from app.desk.calendar.lighting import (
    Answer,
    Question,
    answer,
    explain_nothing,
    first_day_lit,
    first_places,
    list_lit,
    offer_days,
)
from app.desk.calendar.placers import get_placing
from app.desk.calendar.routes import bp
from app.desk.calendar.routes import presenting as show
from app.desk.calendar.routes.board import board_page
from app.desk.calendar.routes.causes import shown_causes
from app.desk.calendar.timeline import timeline_of
from app.extensions import db
from app.law import clock
from app.law.dates import format_month_day, format_month_day_with_weekday
from app.people.models import Organisation
from app.web.addresses import asked_day, unread_date
from app.web.forms import FormReader
from app.web.transaction import writes

LENGTHS = (30, 45, 60, 90, 120, 150, 180, 240)


@bp.get("/calendar/place/<key>")
@permission_required(Permission.CALENDAR_SEE)
def show_placing(key: str) -> ResponseReturnValue:
    """The timeline with every start lit that fits the picked session, and the form that does the same."""
    question, now = _question(key), clock.now()
    by = current_actor()
    if not request.values.get("date"):
        day = question.placing.item.session and clock.local_date(question.placing.item.session.starts_at)
        chosen = day or first_day_lit(question, by=by, now=now)
        kept: dict[str, Any] = {**request.args, "key": key, "date": chosen.isoformat()}
        return redirect(url_for("calendar.show_placing", **kept))
    day, session = asked_day(), question.placing.item.session
    span, is_month = show.span_of(day), show.asked_view() == "month"
    lit = [] if is_month else list_lit(question, span.first, span.days, by=by, now=now)
    first = span.first if is_month else max(show.monday_of(span.first), clock.today())
    earliest = first_places(question, by=by, now=now)
    return board_page(
        placing=question.placing,
        question=question,
        offers=[(offer, _url(question, date=offer.day.isoformat())) for offer in _offers(question, first)],
        before=_url(question, date=show.turned(day, forward=False).isoformat()),
        after=_url(question, date=show.turned(day, forward=True).isoformat()),
        views=[(word, label, _url(question, view=word)) for word, label in show.VIEWS.items()],
        lit=by_room(lit),
        earliest=[(place, _url_of(question, place)) for place in earliest],
        impasse=None if earliest or question.placing.item.hindrance else _shown_impasse(question),
        lawful=question.need(day, now) if not question.placing.item.hindrance else None,
        lamp=show.lamp_of(question.placing, clock.today()),
        day_url=lambda day: _url(question, date=day.isoformat(), view="day"),
        rooms_of=list(_rooms().values()),
        lengths=sorted({*LENGTHS, question.minutes}),
        answer=_shown(question, _asked_answer(question)),
        grounds=question.placing.grounds(),
        told=question.placing.told(),
        data_url=_url(question, "calendar.read_lit"),
        answer_url=_url(question, "calendar.read_answer"),
        here=_url(question),
        opened=None,
        standing=show.when_and_where(session) if session else "",
        stands_at=wall_clock(session.starts_at).isoformat(timespec="minutes") if session else "",
    )


@bp.get("/calendar/place/<key>/data")
@permission_required(Permission.CALENDAR_SEE)
def read_lit(key: str) -> ResponseReturnValue:
    """The timeline with the lit starts, as data."""
    question, now, by = _question(key), clock.now(), current_actor()
    span = show.span_of(asked_day())
    lit = list_lit(question, span.first, span.days, by=by, now=now)
    return jsonify(timeline_of(by, span, now, question=question, lit=lit))


@bp.get("/calendar/place/<key>/first")
@permission_required(Permission.CALENDAR_SEE)
def read_first(key: str) -> ResponseReturnValue:
    """The first ten places that satisfy everything, as data."""
    question = _question(key)
    rooms = {room.id: room for room in _rooms().values()}
    places = first_places(question, by=current_actor(), now=clock.now())
    return jsonify(
        places=[
            {
                "resource": rooms[place.plan.room_id].public_id,
                "room": place.room_name,
                "start": place.plan.start.isoformat(timespec="minutes"),
                "end": place.plan.end.isoformat(timespec="minutes"),
                "people": [f"{old}换成{new}" for old, new in place.replaced],
            }
            for place in places
        ]
    )


@bp.get("/calendar/place/<key>/answer")
@permission_required(Permission.CALENDAR_SEE)
def read_answer(key: str) -> ResponseReturnValue:
    """Why a place cannot be had, or what putting it there would mean, as a panel."""
    question = _question(key)
    shown = _shown(question, _asked_answer(question))
    return render_template(
        "calendar/_answer.html",
        answer=shown,
        question=question,
        placing=question.placing,
        here=_url(question),
        told=question.placing.told(),
        grounds=question.placing.grounds(),
    )


@bp.post("/calendar/place/<key>")
@writes(reshow=show_placing)
@permission_required(Permission.CALENDAR_SEE)
def put_in(key: str) -> ResponseReturnValue:
    """Put the session there, in the basket: it holds the place and tells nobody."""
    question, now, by = _question(key), clock.now(), current_actor()
    plan = read_place(FormReader(request.form, today=clock.today()), _rooms(), question)
    found = answer(question, plan, by=by, now=now)
    draft = draft_place(question.placing, found.plan, question.details, by=by, now=now)
    assert draft.session is not None
    flash(f"已放入草稿：{show.when_and_where(draft.session)}。还没有告诉任何人。", "ok")
    return redirect(url_for("calendar.show_day", date=found.plan.day.isoformat(), undo=draft.public_id))


def _question(key: str) -> Question:
    placing = get_placing(key, current_actor(), clock.now())
    return read_question(request.values, placing, clock.today())


def _offers(question: Question, first: date) -> list[Any]:
    days = show.span_of(asked_day()).days if show.asked_view() == "month" else show.STRIP_DAYS
    return offer_days(question, first, by=current_actor(), now=clock.now(), days=days)


def _shown_impasse(question: Question) -> dict[str, Any]:
    """Why it fits nowhere, and what would each help alone, with the first day then."""
    found = explain_nothing(question, by=current_actor(), now=clock.now())
    return {
        "stoppers": found.stoppers,
        "reliefs": [
            {"text": row.text, "when": format_month_day_with_weekday(row.place.plan.day), "place": row.place}
            for row in found.reliefs
        ],
        "page": show.page_of(question.placing),
    }


def _asked_answer(question: Question) -> Answer | None:
    """The answer to the place in the address or the form; None where none was named."""
    room = _rooms().get(request.values.get("room", ""))
    at = _time_of(request.values.get("at", ""))
    is_unsaid = not request.values.get("date") or unread_date()
    if room is None or at is None or is_unsaid or question.placing.item.hindrance:
        return None
    plan = question.plan(room.id, asked_day(), at)
    return answer(question, plan, by=current_actor(), now=clock.now())


def _shown(question: Question, found: Answer | None) -> dict[str, Any] | None:
    if found is None:
        return None
    rooms = {room.id: room for room in _rooms().values()}
    plan = found.plan
    room = rooms[plan.room_id]
    return {
        "when": f"{format_month_day(plan.day)} {plan.at:%H:%M}",
        "title": f"{format_month_day_with_weekday(plan.day)}{plan.at:%H:%M}—{plan.end:%H:%M}",
        "room": room,
        "at": f"{plan.at:%H:%M}",
        "day": plan.day,
        "causes": shown_causes(found.blockers, plan, show.page_of(question.placing)),
        "replaced": "，".join(f"{old}换成{new}" for old, new in found.replaced if old and new),
        "oddities": "，".join(found.oddities),
        "ways": [shown_way(way, _way(question, way, rooms)) for way in found.ways],
        "impasse": _shown_impasse(question) if found.blockers and not found.ways else None,
        "own_drafts": [
            {"title": show.draft_row(row, current_actor())["title"], "session": row.session} for row in found.own_drafts
        ],
        "liftable": [
            {"title": row.item.title, "session": row.item.session, "when": show.when_and_where(row.item.session)}
            for row in found.liftable
            if row.item.session is not None
        ],
    }


def _way(question: Question, way: Place, rooms: dict[int, Room]) -> dict[str, Any]:
    plan, details = way.plan, question.details
    return {
        "room": rooms[plan.room_id].public_id,
        "date": plan.day.isoformat(),
        "at": f"{plan.at:%H:%M}",
        "ground": details.ground,
        "reason": details.reason,
    }


def _rooms() -> dict[str, Room]:
    office = db.session.get_one(Organisation, current_actor().organisation_id)
    return {room.public_id: room for room in list_rooms(area_of(office))}


def _url(question: Question, endpoint: str = "calendar.show_placing", **changes: Any) -> str:
    item = question.placing.item
    values = {
        "minutes": question.minutes if question.minutes != item.minutes else None,
        "recorder": request.values.get("recorder") or None,
        "served_on": question.details.served_on.isoformat() if item.asks_service else None,
    }
    return show.address(endpoint, key=item.key, **{**values, **changes})


def _url_of(question: Question, place: Place) -> str:
    """The picked session at this place: the panel then says who is told."""
    plan, rooms = place.plan, {room.id: room for room in _rooms().values()}
    at = {"date": plan.day.isoformat(), "room": rooms[plan.room_id].public_id, "at": f"{plan.at:%H:%M}"}
    return _url(question, view="day", **at)


def _time_of(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed)
    except ValueError:
        return None
