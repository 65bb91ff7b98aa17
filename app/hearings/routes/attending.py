"""The attendance sheet of the live desk: who came, who left, who is away, who wants to speak."""

from flask import request
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.hearings.actions import attendance
from app.hearings.forms.live import read_arrival, read_attendee, read_head_answer
from app.hearings.models import Hearing
from app.hearings.queries.hearings import get_hearing
from app.hearings.queries.service import get_hearing_party
from app.hearings.queries.sitting import get_attendance, get_minutes
from app.hearings.routes import bp
from app.hearings.routes.live import show_live, to_live
from app.law import clock
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.post("/hearings/<public_id>/live/attendance")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def add_attendee(hearing: Hearing) -> ResponseReturnValue:
    """Take down somebody who was not on the list."""
    parties = {row.public_id: row for row in hearing.parties}
    new = read_attendee(FormReader(request.form, today=clock.today()), parties)
    attendance.add_attendee(get_minutes(hearing), new, by=current_actor(), now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/attendance/refresh")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def refresh_attendance(hearing: Hearing) -> ResponseReturnValue:
    """List who was seated or authorised since."""
    attendance.list_people(get_minutes(hearing), now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/attendance/<row_key>/arrival")
@writes(reshow=lambda public_id, row_key: show_live(public_id=public_id))
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def record_arrival(hearing: Hearing, row_key: str) -> ResponseReturnValue:
    """Somebody of the list came and showed who he is."""
    row = get_attendance(get_minutes(hearing), row_key)
    arrival = read_arrival(FormReader(request.form, today=clock.today()))
    attendance.record_arrival(row, arrival, by=current_actor(), now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/attendance/<row_key>/absence")
@writes(reshow=lambda public_id, row_key: show_live(public_id=public_id))
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def record_absence(hearing: Hearing, row_key: str) -> ResponseReturnValue:
    """Somebody who was called is not there."""
    row = get_attendance(get_minutes(hearing), row_key)
    form = FormReader(request.form, today=clock.today())
    why = form.line("absence", "缺席的情况")
    form.finish()
    attendance.record_absence(row, why, by=current_actor())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/attendance/<row_key>/leaving")
@writes(reshow=lambda public_id, row_key: show_live(public_id=public_id))
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def record_leaving(hearing: Hearing, row_key: str) -> ResponseReturnValue:
    """Somebody left the room."""
    row = get_attendance(get_minutes(hearing), row_key)
    attendance.record_leaving(row, by=current_actor(), now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/attendance/<row_key>/floor")
@writes(reshow=lambda public_id, row_key: show_live(public_id=public_id))
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def ask_for_floor(hearing: Hearing, row_key: str) -> ResponseReturnValue:
    """Somebody wants to speak, or does not any more."""
    row = get_attendance(get_minutes(hearing), row_key)
    attendance.ask_for_floor(row, wants=request.form.get("wants") == "1", now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/head/<party_key>")
@writes(reshow=lambda public_id, party_key: show_live(public_id=public_id))
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def record_head_attendance(hearing: Hearing, party_key: str) -> ResponseReturnValue:
    """How the head of the respondent took part (R-RECON-06)."""
    party = get_hearing_party(hearing, party_key)
    answer = read_head_answer(FormReader(request.form, today=clock.today()))
    attendance.record_head_attendance(get_minutes(hearing), party, answer, by=current_actor())
    return to_live(hearing)
