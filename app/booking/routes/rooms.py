"""Rooms: list, one room with its hours and closures, the forms that change them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.booking import actions, queries
from app.booking.forms import read_closure, read_room
from app.booking.routes import bp
from app.booking.rules.words import Equipment, RoomKind
from app.law import clock
from app.people.queries import get_account_by_id
from app.web.forms import FormReader
from app.web.transaction import check_seen_version, writes


def own_area() -> int:
    """The area whose rooms and people the person works with."""
    return queries.area_of(get_account_by_id(current_actor().account_id).organisation)


@bp.get("/settings/rooms")
@permission_required(Permission.CALENDAR_SEE)
def show_rooms() -> ResponseReturnValue:
    """All rooms of the area, those out of use too."""
    return render_template("booking/rooms.html", rooms=queries.list_rooms(own_area(), active_only=False))


@bp.get("/settings/rooms/new")
@permission_required(Permission.CALENDAR_MANAGE)
def show_new_room() -> ResponseReturnValue:
    """The form of a new room."""
    return render_template("booking/room_new.html", kinds=list(RoomKind), equipment=list(Equipment))


@bp.post("/settings/rooms/new")
@writes(reshow=show_new_room)
@permission_required(Permission.CALENDAR_MANAGE)
def create_room() -> ResponseReturnValue:
    """Add a room."""
    details = read_room(FormReader(request.form, today=clock.today()))
    actor = current_actor()
    room = actions.create_room(details, get_account_by_id(actor.account_id).organisation, by=actor)
    flash(f"{room.name}已加上，可以排期了。", "ok")
    return redirect(url_for("booking.show_rooms"))


@bp.get("/settings/rooms/<public_id>")
@permission_required(Permission.CALENDAR_MANAGE)
def show_room(public_id: str) -> ResponseReturnValue:
    """One room with its hours and closures."""
    room = queries.get_room(public_id, own_area())
    ahead = [row for row in room.closures if row.ends_at > clock.now()]
    return render_template(
        "booking/room.html", room=room, closures=ahead, kinds=list(RoomKind), equipment=list(Equipment)
    )


@bp.post("/settings/rooms/<public_id>")
@writes(reshow=show_room)
@permission_required(Permission.CALENDAR_MANAGE)
def change_room(public_id: str) -> ResponseReturnValue:
    """Change a room."""
    room = queries.get_room(public_id, own_area())
    form = FormReader(request.form, today=clock.today())
    check_seen_version(room, form.version())
    actions.change_room(room, read_room(form), by=current_actor())
    flash(f"{room.name}已改。已排的场次不变。", "ok")
    return redirect(url_for("booking.show_rooms"))


@bp.post("/settings/rooms/<public_id>/closures")
@writes(reshow=show_room)
@permission_required(Permission.CALENDAR_MANAGE)
def close_room(public_id: str) -> ResponseReturnValue:
    """Shut a room for a time."""
    room = queries.get_room(public_id, own_area())
    typed = read_closure(FormReader(request.form, today=clock.today()))
    actions.add_closure(room, typed.starts_at, typed.ends_at, typed.reason, by=current_actor())
    flash(f"{room.name}那段时间停用，不再排会。", "ok")
    return redirect(url_for("booking.show_room", public_id=room.public_id))


@bp.post("/settings/rooms/<public_id>/closures/<closure_id>/remove")
@writes(reshow=lambda public_id, closure_id: show_room(public_id))
@permission_required(Permission.CALENDAR_MANAGE)
def open_room(public_id: str, closure_id: str) -> ResponseReturnValue:
    """Open a room again."""
    room = queries.get_room(public_id, own_area())
    actions.remove_closure(queries.get_closure(room, closure_id), by=current_actor())
    flash(f"{room.name}恢复使用。", "ok")
    return redirect(url_for("booking.show_room", public_id=room.public_id))
