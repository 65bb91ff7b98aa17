"""Booking a meeting: choose the day, pick a free time; a refusal shows the nearest places, one click each."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking.models import Room
from app.booking.queries import area_of, describe_days, list_free_times, list_rooms, plan_of
from app.booking.routes.refused import by_room, shown_clash
from app.booking.rules.need import SessionPlan
from app.booking.rules.search import Place
from app.booking.rules.words import RoomKind
from app.errors import DomainError
from app.law import clock
from app.law.dates import format_month_day_with_weekday, parse_date
from app.mediation import actions, queries
from app.mediation.actions.meetings import need_of
from app.mediation.forms import read_reason, read_wish
from app.mediation.models import MediationCase, MediationMeeting
from app.mediation.queries.meetings import MEDIATOR_SEAT, RECORDER_SEAT, find_period, number_of
from app.mediation.routes import bp
from app.people.models import Account
from app.web.forms import FormReader
from app.web.transaction import writes

LENGTHS = (30, 60, 90, 120, 150, 180)
USUAL_LENGTH = 90
STRIP_DAYS = 14


@dataclass(frozen=True)
class Wanted:
    """What is asked for before a time is picked: day, length, people by public id."""

    day: date
    minutes: int
    people: str


@bp.get("/mediations/<public_id>/meetings/new")
@permission_required(Permission.MEETING_BOOK, of=queries.get_case)
def show_booking(case: MediationCase) -> ResponseReturnValue:
    """Find a time for the next meeting."""
    return _page(case, None)


@bp.post("/mediations/<public_id>/meetings/new")
@writes(reshow=show_booking, beside="public_id")
@permission_required(Permission.MEETING_BOOK, of=queries.get_case)
def book_meeting(case: MediationCase) -> ResponseReturnValue:
    """Book the next meeting."""
    wish = read_wish(FormReader(request.form, today=clock.today()), _rooms(case), _people(case))
    meeting = actions.book_meeting(case, wish, by=current_actor(), now=clock.now())
    flash(f"已排：{_when(meeting)}，{meeting.session.room.name}。请通知各方。", "ok")
    return _back(case)


@bp.get("/mediations/<public_id>/meetings/<int:position>/move")
@permission_required(Permission.MEETING_BOOK, of=queries.get_case)
def show_moving(case: MediationCase, position: int) -> ResponseReturnValue:
    """Find another time for a meeting."""
    return _page(case, queries.get_meeting(case, position))


@bp.post("/mediations/<public_id>/meetings/<int:position>/move")
@writes(reshow=show_moving)
@permission_required(Permission.MEETING_BOOK, of=queries.get_case)
def move_meeting(case: MediationCase, position: int) -> ResponseReturnValue:
    """Move a meeting."""
    meeting = queries.get_meeting(case, position)
    wish = read_wish(FormReader(request.form, today=clock.today()), _rooms(case), _people(case))
    actions.move_meeting(meeting, wish, by=current_actor(), now=clock.now())
    flash(f"已改到：{_when(meeting)}，{meeting.session.room.name}。请重新通知各方。", "ok")
    return _back(case)


@bp.get("/mediations/<public_id>/meetings/<int:position>/cancel")
@permission_required(Permission.MEETING_BOOK, of=queries.get_case)
def show_calling_off(case: MediationCase, position: int) -> ResponseReturnValue:
    """Call a meeting off, or mark it as entered in error."""
    meeting = queries.get_meeting(case, position)
    return render_template(
        "mediation/call_off.html", case=case, meeting=meeting, nth=number_of(case, meeting), when=_when(meeting)
    )


@bp.post("/mediations/<public_id>/meetings/<int:position>/cancel")
@writes(reshow=show_calling_off, beside="public_id")
@permission_required(Permission.MEETING_BOOK, of=queries.get_case)
def call_off(case: MediationCase, position: int) -> ResponseReturnValue:
    """Call a meeting off with a reason, or mark it as never meant."""
    meeting = queries.get_meeting(case, position)
    form = FormReader(request.form, today=clock.today())
    is_error = form.raw("how") == "error"
    reason = read_reason(form)
    if is_error:
        actions.mark_meeting_entered_in_error(meeting, reason, by=current_actor(), now=clock.now())
        flash("已标为录入错误，不算改期。场所和人员已放开。", "ok")
    else:
        actions.cancel_meeting(meeting, reason, by=current_actor(), now=clock.now())
        flash("这一场已取消，场所和人员已放开。请通知各方。", "ok")
    return _back(case)


def _page(case: MediationCase, meeting: MediationMeeting | None) -> str:
    wanted = _wanted(case, meeting)
    now = clock.now()
    people, rooms = _people(case), {room.id: room for room in _rooms(case).values()}
    by_id = {account.id: account for account in people.values()}
    seated = tuple((seat, people[who].id) for seat, who in _tokens(wanted.people) if who in people)
    plan = SessionPlan(0, wanted.day, time(9), wanted.minutes, seated)
    own = meeting.session_id if meeting else None
    first = max(clock.today(), wanted.day - timedelta(days=wanted.day.weekday()))
    offers, free = [], []
    if find_period(case) is not None and case.is_open and seated:
        need = need_of(case, meeting, plan, now)
        offers = describe_days(need, first, days=STRIP_DAYS, now=now, ignoring=own)
        free = list_free_times(need, wanted.day, wanted=seated, now=now, ignoring=own)
    return render_template(
        "mediation/booking.html",
        case=case,
        meeting=meeting,
        nth=number_of(case, meeting),
        wanted=wanted,
        offers=[{"offer": offer, "url": _url_of_day(case, meeting, wanted, offer.day)} for offer in offers],
        free=by_room(free),
        rooms=list(rooms.values()),
        room_ids={room.id: room.public_id for room in rooms.values()},
        mediators=case.active_mediators,
        recorders=queries.list_recorders(case),
        chosen={who for _, who in _tokens(wanted.people)},
        lengths=sorted({*LENGTHS, wanted.minutes}),
        period=find_period(case),
        clash=shown_clash(lambda place: _way(place, rooms, by_id)),
        later=first + timedelta(days=STRIP_DAYS),
        current=_when(meeting) if meeting else "",
        today=clock.today(),
    )


def _url_of_day(case: MediationCase, meeting: MediationMeeting | None, wanted: Wanted, day: date) -> str:
    seated = _tokens(wanted.people)
    endpoint = "mediation.show_moving" if meeting else "mediation.show_booking"
    return url_for(
        endpoint,
        public_id=case.public_id,
        position=meeting.position if meeting else None,
        chosen="1",
        day=day.isoformat(),
        minutes=wanted.minutes,
        mediator=[who for seat, who in seated if seat == MEDIATOR_SEAT],
        recorder=next((who for seat, who in seated if seat == RECORDER_SEAT), None),
    )


def _wanted(case: MediationCase, meeting: MediationMeeting | None) -> Wanted:
    """From the posted form on a refusal, else from the address, else as usual or as it stands."""
    source = request.form if g.get("refusal") is not None else request.args
    current = plan_of(meeting.session) if meeting else None
    typed = source.get("minutes", "")
    usual = current.minutes if current else USUAL_LENGTH
    minutes = int(typed) if typed.isascii() and typed.isdigit() and 15 <= int(typed[:4]) <= 480 else usual
    return Wanted(_day(source.get("day", ""), current.day if current else None), minutes, _people_wanted(case, current))


def _people_wanted(case: MediationCase, current: SessionPlan | None) -> str:
    if g.get("refusal") is not None:
        return request.form.get("people", "")
    if "chosen" in request.args:
        mediators = [f"{MEDIATOR_SEAT}:{who}" for who in request.args.getlist("mediator")]
        recorder = request.args.get("recorder", "")
        return " ".join([*mediators, *([f"{RECORDER_SEAT}:{recorder}"] if recorder else [])])
    by_id = {account.id: public_id for public_id, account in _people(case).items()}
    seated = [f"{seat}:{by_id[who]}" for seat, who in current.people if who in by_id] if current else []
    if not any(token.startswith(MEDIATOR_SEAT) for token in seated):
        seated = [*(f"{MEDIATOR_SEAT}:{account.public_id}" for account in case.active_mediators), *seated]
    return " ".join(seated)


def _day(typed: str, current: date | None) -> date:
    tomorrow = clock.today() + timedelta(days=1)
    try:
        return max(parse_date(typed, today=clock.today()), clock.today()) if typed else current or tomorrow
    except DomainError:
        return current or tomorrow


def _tokens(people: str) -> list[tuple[str, str]]:
    return [(seat, who) for seat, _, who in (token.partition(":") for token in people.split())]


def _rooms(case: MediationCase) -> dict[str, Room]:
    rooms = list_rooms(area_of(case.matter.organisation))
    return {room.public_id: room for room in rooms if room.kind is RoomKind.MEDIATION_ROOM}


def _people(case: MediationCase) -> dict[str, Account]:
    return {account.public_id: account for account in (*case.active_mediators, *queries.list_recorders(case))}


def _way(place: Place, rooms: dict[int, Room], by_id: dict[int, Account]) -> dict[str, Any]:
    """The fields that put the meeting there."""
    plan = place.plan
    return {
        "place": f"{rooms[plan.room_id].public_id} {plan.at:%H:%M}",
        "day": plan.day.isoformat(),
        "minutes": plan.minutes,
        "people": " ".join(f"{seat}:{by_id[who].public_id}" for seat, who in plan.people),
    }


def _when(meeting: MediationMeeting) -> str:
    plan = plan_of(meeting.session)
    return f"{format_month_day_with_weekday(plan.day)}{plan.at:%H:%M}—{plan.end:%H:%M}"


def _back(case: MediationCase) -> ResponseReturnValue:
    return redirect(url_for("mediation.show", public_id=case.public_id, _anchor="meetings"))
