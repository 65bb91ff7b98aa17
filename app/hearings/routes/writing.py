"""Writing the minutes on the live desk: turns, the open line, exhibits, corrections.

The page's script asks for JSON and gets what is new since it looked; a plain form gets the page again.
"""

import secrets
from typing import Any

from flask import g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.hearings.actions import open_lines, turns
from app.hearings.forms.live import read_correction, read_exhibit, read_line, read_turn
from app.hearings.models import Hearing, HearingMinutes
from app.hearings.queries import turns as reading
from app.hearings.queries.hearings import get_hearing
from app.hearings.queries.sitting import desk_mark, get_minutes
from app.hearings.routes import bp
from app.hearings.routes.live import procedure_of_today, show_live, to_live
from app.law import clock
from app.web.forms import FormReader
from app.web.transaction import writes


def show_refused(**url_parts: str) -> ResponseReturnValue:
    """A refusal: the page again with what was typed, or for the page's script the message alone."""
    if not _wants_json():
        return show_live(**url_parts)
    return jsonify(error={"message": g.refusal.message})


@bp.post("/hearings/<public_id>/live/turns")
@writes(reshow=show_refused)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def record_turn(hearing: Hearing) -> ResponseReturnValue:
    """Write one turn; sent again it is written once."""
    minutes = get_minutes(hearing)
    new = read_turn(FormReader(request.form, today=clock.today()))
    turns.record_turn(minutes, new, procedure=procedure_of_today(hearing), by=current_actor(), now=clock.now())
    return _news(hearing, minutes) if _wants_json() else to_live(hearing, "write")


@bp.post("/hearings/<public_id>/live/line")
@writes(reshow=show_refused)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def keep_line(hearing: Hearing) -> ResponseReturnValue:
    """Keep what is being typed, and tell the page what the other clerk has done."""
    minutes = get_minutes(hearing)
    line = read_line(FormReader(request.form, today=clock.today()))
    open_lines.keep_line(minutes, line, by=current_actor(), now=clock.now())
    return _news(hearing, minutes) if _wants_json() else to_live(hearing, "write")


@bp.post("/hearings/<public_id>/live/line/dropped")
@writes(reshow=show_refused)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def drop_line(hearing: Hearing) -> ResponseReturnValue:
    """Give up the line that one's other computer left behind."""
    minutes = get_minutes(hearing)
    open_lines.drop_line(minutes, request.form.get("device", ""), by=current_actor())
    return _news(hearing, minutes) if _wants_json() else to_live(hearing, "write")


@bp.post("/hearings/<public_id>/live/exhibits")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def show_exhibit(hearing: Hearing) -> ResponseReturnValue:
    """Number the next piece of evidence."""
    new = read_exhibit(FormReader(request.form, today=clock.today()))
    minutes = get_minutes(hearing)
    turns.show_exhibit(minutes, new, procedure=procedure_of_today(hearing), by=current_actor(), now=clock.now())
    return to_live(hearing, "write")


@bp.get("/hearings/<public_id>/live/turns/<turn_key>")
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def show_correction(hearing: Hearing, turn_key: str) -> ResponseReturnValue:
    """Correct one turn."""
    minutes = get_minutes(hearing)
    return render_template(
        "hearings/live/correct.html",
        hearing=hearing,
        minutes=minutes,
        shown=reading.show_turn(reading.get_turn(minutes, turn_key)),
        people=[row for row in minutes.attendances if row.arrived_at is not None],
        back=request.args.get("back", ""),
        client_id=secrets.token_hex(16),
    )


@bp.post("/hearings/<public_id>/live/turns/<turn_key>")
@writes(reshow=show_correction)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def correct_turn(hearing: Hearing, turn_key: str) -> ResponseReturnValue:
    """Put a numbered correction beside the turn."""
    minutes = get_minutes(hearing)
    people = {row.public_id: row for row in minutes.attendances}
    new = read_correction(FormReader(request.form, today=clock.today()), people)
    turns.correct_turn(reading.get_turn(minutes, turn_key), new, by=current_actor(), now=clock.now())
    if request.form.get("back") == "read-back":
        reader = new.asked_by.public_id if new.asked_by else None
        return redirect(url_for("hearings.show_read_back", public_id=hearing.public_id, reader=reader))
    return to_live(hearing)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _news(hearing: Hearing, minutes: HearingMinutes) -> ResponseReturnValue:
    """What a page has not seen: turns since its cursor, other clerks' lines, the mark of everything else."""
    values: dict[str, Any] = {"hearing": hearing, "minutes": minutes, "viewer": current_user.account}
    fresh = reading.list_turns_since(minutes, request.form.get("after", ""))
    names = {row.key: row.name for row in minutes.attendances}
    return jsonify(
        turns=render_template("hearings/live/_turns.html", turns=fresh, names=names, **values),
        lines=render_template("hearings/live/_lines.html", lines=reading.list_open_lines(minutes), **values),
        cursor=reading.newest_cursor(minutes),
        mark=desk_mark(minutes),
    )
