"""The day of a hearing: which days and hours are lawful and free; one click schedules, moves or resumes it."""

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
from app.errors import DomainError
from app.hearings.actions import changes
from app.hearings.actions.scheduling import HearingPlan, earliest_of_plan, schedule_hearing
from app.hearings.forms.convening import MOST_MINUTES, read_change, read_plan
from app.hearings.models import Hearing
from app.hearings.queries.hearings import get_hearing, procedure_for
from app.hearings.queries.scheduling import ROOMS, hearing_need, hold_by_day, seated_people
from app.hearings.routes import bp
from app.hearings.routes.applications import read_form
from app.hearings.routes.presenting import hearing_values
from app.hearings.rules.changes import CHANGES
from app.hearings.rules.notice import EarliestDay
from app.hearings.rules.words import LABELS, ChangeGround, ChangeKind, HearingStatus
from app.law import clock
from app.law.dates import format_month_day_with_weekday, parse_date
from app.web.transaction import writes

LENGTHS = (90, 120, 150, 180, 240)
STRIP_DAYS = 14
USUAL_DAYS_TO_SERVE = 2
ENDPOINTS = {
    HearingStatus.APPROVED: "hearings.schedule",
    HearingStatus.POSTPONED: "hearings.schedule",
    HearingStatus.NOTICED: "hearings.move",
    HearingStatus.SUSPENDED: "hearings.resume",
}


@dataclass(frozen=True)
class Wanted:
    """What is asked for before a time is picked: day, length, by when all are served."""

    day: date
    minutes: int
    served_on: date


@bp.get("/hearings/<public_id>/schedule")
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def show_schedule(hearing: Hearing) -> ResponseReturnValue:
    """Find a lawful and free time: the first one, another one, or one to go on."""
    return _page(hearing)


@bp.post("/hearings/<public_id>/schedule")
@writes(reshow=show_schedule)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def schedule(hearing: Hearing) -> ResponseReturnValue:
    """Book it and send the notices."""
    plan, procedure = _plan(hearing), procedure_for(hearing, clock.today())
    schedule_hearing(hearing, plan, procedure=procedure, by=current_actor(), now=clock.now())
    return _done(hearing, f"已排：{_when(hearing)}。通知书已生成，请送达各方。")


@bp.post("/hearings/<public_id>/move")
@writes(reshow=show_schedule)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def move(hearing: Hearing) -> ResponseReturnValue:
    """Another time, room or person after notice: everybody gets a new one."""
    new, plan, procedure = read_change(read_form(hearing)), _plan(hearing), procedure_for(hearing, clock.today())
    changes.move_hearing(hearing, new, plan, procedure=procedure, by=current_actor(), now=clock.now())
    return _done(hearing, f"已变更：{_when(hearing)}。新的通知书已生成，请重新送达各方。")


@bp.post("/hearings/<public_id>/resume")
@writes(reshow=show_schedule)
@permission_required(Permission.HEARING_MANAGE, of=get_hearing)
def resume(hearing: Hearing) -> ResponseReturnValue:
    """Take a suspended hearing up again on a new day."""
    new = read_change(read_form(hearing), ground=ChangeGround.CAUSE_ENDED)
    plan, procedure = _plan(hearing), procedure_for(hearing, clock.today())
    changes.resume_hearing(hearing, new, plan, procedure=procedure, by=current_actor(), now=clock.now())
    return _done(hearing, f"已恢复：{_when(hearing)}。新的通知书已生成，请送达各方。")


def _plan(hearing: Hearing) -> HearingPlan:
    return read_plan(read_form(hearing), _rooms(hearing), _people(hearing))


def _done(hearing: Hearing, text: str) -> ResponseReturnValue:
    flash(text, "ok")
    return redirect(url_for("hearings.show_services", public_id=hearing.public_id))


def _page(hearing: Hearing) -> str:
    wanted, today = _wanted(hearing), clock.today()
    place = SessionPlan(0, wanted.day, time(9), wanted.minutes, _people(hearing))
    plan = HearingPlan(place, wanted.served_on)
    earliest = earliest_of_plan(hearing, procedure_for(hearing, today), plan, today)
    first = max(today, wanted.day - timedelta(days=wanted.day.weekday()))
    offers, free = _offers(hearing, earliest, wanted, first)
    rooms = _rooms(hearing)
    public_ids = {room.id: public_id for public_id, room in rooms.items()}
    return render_template(
        "hearings/schedule.html",
        **hearing_values(hearing),
        endpoint=ENDPOINTS.get(hearing.status, ""),
        grounds=[(ground.value, LABELS[ground]) for ground in CHANGES[ChangeKind.MOVED].grounds],
        wanted=wanted,
        earliest=earliest,
        hold_by=hold_by_day(hearing),
        offers=[{"offer": offer, "url": _url_of_day(hearing, wanted, offer.day)} for offer in offers],
        free=by_room(free),
        rooms=rooms,
        room_ids=public_ids,
        lengths=sorted({*LENGTHS, wanted.minutes}),
        clash=shown_clash(lambda place: _way(place, public_ids, wanted)),
        current=_when(hearing) if hearing.session and hearing.session.is_open else "",
        later=_url_of_day(hearing, wanted, first + timedelta(days=STRIP_DAYS)),
    )


def _offers(hearing: Hearing, earliest: EarliestDay, wanted: Wanted, first: date) -> tuple[list[Any], list[Place]]:
    """The strip of days and the free times of the day asked for; nothing where nobody sits yet."""
    people = _people(hearing)
    if hearing.status not in ENDPOINTS or not people:
        return [], []
    now = clock.now()
    own = hearing.session_id if hearing.session and hearing.session.is_open else None
    need = hearing_need(hearing, earliest, minutes=wanted.minutes, today=clock.today())
    offers = describe_days(need, first, days=STRIP_DAYS, now=now, ignoring=own)
    return list(offers), list_free_times(need, wanted.day, wanted=people, now=now, ignoring=own)


def _wanted(hearing: Hearing) -> Wanted:
    """From the posted form on a refusal, else from the address, else the first lawful day for the usual length."""
    source = request.form if g.get("refusal") is not None else request.args
    today = clock.today()
    session = hearing.session if hearing.session and hearing.session.is_open else None
    current = plan_of(session) if session else None
    served_on = _day(source.get("served_on", ""), today + timedelta(days=USUAL_DAYS_TO_SERVE))
    typed = source.get("minutes", "")
    usual = current.minutes if current else hearing.planned_minutes
    minutes = int(typed) if _is_length(typed) else usual
    chosen = (*source.get("place", "").split(" "), "", "", "")[2]
    plan = HearingPlan(SessionPlan(0, date.max, time(9), minutes), max(served_on, today))
    first = earliest_of_plan(hearing, procedure_for(hearing, today), plan, today).day
    day = _day(chosen or source.get("day", ""), current.day if current and current.day >= today else max(first, today))
    return Wanted(max(day, today), minutes, max(served_on, today))


def _is_length(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 4 and 15 <= int(typed) <= MOST_MINUTES


def _day(typed: str, usual: date) -> date:
    try:
        return parse_date(typed, today=clock.today()) if typed else usual
    except DomainError:
        return usual


def _url_of_day(hearing: Hearing, wanted: Wanted, day: date) -> str:
    return url_for(
        "hearings.show_schedule",
        public_id=hearing.public_id,
        day=day.isoformat(),
        minutes=wanted.minutes,
        served_on=wanted.served_on.isoformat(),
    )


def _rooms(hearing: Hearing) -> dict[str, Room]:
    rooms = list_rooms(area_of(hearing.organ))
    return {room.public_id: room for room in rooms if room.kind is ROOMS[hearing.procedure]}


def _people(hearing: Hearing) -> tuple[tuple[str, int], ...]:
    return tuple((role.value, account_id) for role, account_id in seated_people(hearing))


def _way(place: Place, public_ids: dict[int, str], wanted: Wanted) -> dict[str, Any]:
    """The fields that put the hearing there."""
    plan = place.plan
    carried = {name: request.form.get(name, "") for name in ("ground", "facts", "happened_on")}
    return {
        **{name: value for name, value in carried.items() if value},
        "place": f"{public_ids[plan.room_id]} {plan.at:%H:%M} {plan.day.isoformat()}",
        "minutes": plan.minutes,
        "served_on": wanted.served_on.isoformat(),
    }


def _when(hearing: Hearing) -> str:
    assert hearing.session is not None
    plan = plan_of(hearing.session)
    return f"{format_month_day_with_weekday(plan.day)}{plan.at:%H:%M}—{plan.end:%H:%M}，{hearing.session.room.name}"
