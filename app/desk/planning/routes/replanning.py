"""Planning again: a room is closed, somebody falls ill, or sessions are flagged; what is hit and what changes least."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking.actions import flag_sessions_off_duty
from app.booking.queries.rooms import list_people, list_rooms
from app.booking.routes.rooms import own_area
from app.desk.calendar.routes.presenting import when_and_where
from app.desk.planning import actions
from app.desk.planning.actions.asking import MENDED_AHEAD
from app.desk.planning.forms import Event, read_event
from app.desk.planning.gathering import list_standing
from app.desk.planning.queries import list_flagged
from app.desk.planning.routes import bp
from app.law import clock
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.get("/calendar/replan")
@permission_required(Permission.CALENDAR_MANAGE)
def show_replan() -> ResponseReturnValue:
    """What has happened, and which sessions are flagged already."""
    area, now, today = own_area(), clock.now(), clock.today()
    standing = list_standing(current_actor(), today, today + MENDED_AHEAD, now)
    flagged = list_flagged(standing)
    return render_template(
        "planning/replan.html",
        rooms=[(room.public_id, room.name) for room in list_rooms(area)],
        people=[(person.public_id, person.name) for person in list_people(area)],
        flagged=[(session, when_and_where(session)) for session in flagged],
        event=request.values.get("event", Event.FLAGS.value if flagged else Event.PERSON.value),
        today=today,
    )


@bp.post("/calendar/replan")
@writes(reshow=show_replan)
@permission_required(Permission.CALENDAR_MANAGE)
def replan() -> ResponseReturnValue:
    """Note what has happened and look for the smallest change."""
    area, actor, now = own_area(), current_actor(), clock.now()
    rooms = {room.public_id: room for room in list_rooms(area)}
    people = {person.public_id: person for person in list_people(area)}
    happened = read_event(FormReader(request.form, today=clock.today()), rooms, people)
    flag_sessions_off_duty(now, by=actor)
    run = actions.ask_for_replan(happened.disturbance, happened.rooms, happened.person, by=actor, now=now)
    return redirect(url_for("planning.show_plan", public_id=run.public_id))
