"""The live page of a meeting: who came, rights told, turn by turn, corrections, closing."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.law import clock
from app.matters.models import Party
from app.matters.rules import IdDocument
from app.mediation import actions, queries
from app.mediation.forms import read_attendee, read_close, read_turn, read_words
from app.mediation.models import Attendee, MediationCase, MediationMeeting, MediationRecord, RecordTurn
from app.mediation.queries.meetings import number_of, parties_at_the_table
from app.mediation.queries.record_facts import latest_text, side_of
from app.mediation.routes import bp
from app.mediation.rules import MeetingStatus, ReadMode, RecordResult
from app.mediation.rules.records import ROOM
from app.web.forms import FormReader
from app.web.transaction import writes


@bp.get("/mediations/<public_id>/meetings/<int:position>/live")
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def show_live(case: MediationCase, position: int) -> ResponseReturnValue:
    """The page on which the record is written; before that its start, after that the closed record."""
    meeting = queries.get_meeting(case, position)
    if meeting.status is MeetingStatus.PLANNED:
        return render_template("mediation/start.html", case=case, meeting=meeting, nth=number_of(case, meeting))
    if meeting.status is not MeetingStatus.RUNNING or meeting.record is None:
        return redirect(url_for("mediation.show_record", public_id=case.public_id, position=position))
    return render_template("mediation/live.html", **_live_values(case, meeting, meeting.record))


@bp.post("/mediations/<public_id>/meetings/<int:position>/start")
@writes(reshow=show_live)
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def start(case: MediationCase, position: int) -> ResponseReturnValue:
    """Begin the record."""
    actions.start_meeting(queries.get_meeting(case, position), by=current_actor(), now=clock.now())
    return _live(case, position)


@bp.post("/mediations/<public_id>/meetings/<int:position>/attendance")
@writes(reshow=show_live)
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def attend(case: MediationCase, position: int) -> ResponseReturnValue:
    """Take down who came."""
    record = queries.get_record(queries.get_meeting(case, position))
    parties = {party.public_id: party for party in case.parties}
    new = read_attendee(FormReader(request.form, today=clock.today()), parties)
    actions.record_attendance(record, new, by=current_actor(), now=clock.now())
    return _live(case, position)


@bp.post("/mediations/<public_id>/meetings/<int:position>/rights")
@writes(reshow=show_live)
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def tell_rights(case: MediationCase, position: int) -> ResponseReturnValue:
    """Note that rights and duties were told."""
    record = queries.get_record(queries.get_meeting(case, position))
    actions.tell_rights(record, by=current_actor(), now=clock.now())
    return _live(case, position)


@bp.post("/mediations/<public_id>/meetings/<int:position>/turns")
@writes(reshow=show_live)
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def record_turn(case: MediationCase, position: int) -> ResponseReturnValue:
    """Write one turn; the page's script gets the turn alone, a plain form the whole page."""
    record = queries.get_record(queries.get_meeting(case, position))
    new = read_turn(FormReader(request.form, today=clock.today()))
    turn = actions.record_turn(record, new, by=current_actor(), now=clock.now())
    if request.headers.get("HX-Request") == "true":
        return render_template("mediation/_turn.html", row=_shown_turn(case, position, turn))
    return _live(case, position, "write")


@bp.get("/mediations/<public_id>/meetings/<int:position>/turns/<turn_id>")
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def show_correction(case: MediationCase, position: int, turn_id: str) -> ResponseReturnValue:
    """Correct one turn."""
    meeting = queries.get_meeting(case, position)
    turn = queries.get_turn(queries.get_record(meeting), turn_id)
    return render_template(
        "mediation/correct.html",
        case=case,
        meeting=meeting,
        turn=turn,
        latest=latest_text(turn),
        client_id=secrets.token_hex(16),
    )


@bp.post("/mediations/<public_id>/meetings/<int:position>/turns/<turn_id>")
@writes(reshow=show_correction)
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def correct_turn(case: MediationCase, position: int, turn_id: str) -> ResponseReturnValue:
    """Put a correction beside the turn."""
    turn = queries.get_turn(queries.get_record(queries.get_meeting(case, position)), turn_id)
    words = read_words(FormReader(request.form, today=clock.today()), "更正后的文字")
    client_id = request.form.get("client_id", "")
    actions.correct_turn(turn, words, client_id=client_id, by=current_actor(), now=clock.now())
    return _live(case, position, "write")


@bp.get("/mediations/<public_id>/meetings/<int:position>/close")
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def show_closing(case: MediationCase, position: int) -> ResponseReturnValue:
    """Read the record to the parties, then close it."""
    meeting = queries.get_meeting(case, position)
    record = queries.get_record(meeting)
    if record.is_closed:
        return redirect(url_for("mediation.show_record", public_id=case.public_id, position=position))
    return render_template(
        "mediation/close.html",
        **_live_values(case, meeting, record),
        results=list(RecordResult),
        read_modes=list(ReadMode),
        may_refuse=[row for row in meeting.attendees if row.account_id is None],
    )


@bp.post("/mediations/<public_id>/meetings/<int:position>/close")
@writes(reshow=show_closing)
@permission_required(Permission.MEDIATION_RECORD, of=queries.get_case)
def close(case: MediationCase, position: int) -> ResponseReturnValue:
    """Close the record; its paper goes round for signatures."""
    meeting = queries.get_meeting(case, position)
    typed = read_close(FormReader(request.form, today=clock.today()), meeting)
    actions.close_record(
        queries.get_record(meeting),
        result=typed.result,
        result_text=typed.result_text,
        read_mode=typed.read_mode,
        refusals=typed.refusals,
        by=current_actor(),
        now=clock.now(),
    )
    flash("记录已定稿，请到场的人签名。", "ok")
    return redirect(url_for("mediation.show_record", public_id=case.public_id, position=position))


def _live_values(case: MediationCase, meeting: MediationMeeting, record: MediationRecord) -> dict[str, Any]:
    return {
        "case": case,
        "matter": case.matter,
        "meeting": meeting,
        "record": record,
        "nth": number_of(case, meeting),
        "turns": shown_turns(case, meeting, record),
        "speakers": [*(_speaker(row) for row in meeting.attendees), {"id": ROOM, "name": "场上情况", "room": True}],
        "attendees": [{"row": row, "side": side_of(row)} for row in meeting.attendees],
        "absent": _absent(case, meeting),
        "parties": parties_at_the_table(case),
        "documents": list(IdDocument),
        "client_id": secrets.token_hex(16),
        "missing": queries.missing_for_closing(meeting),
    }


def _absent(case: MediationCase, meeting: MediationMeeting) -> list[Party]:
    present = {row.party_id for row in meeting.attendees}
    return [party for party in parties_at_the_table(case) if party.id not in present]


def _speaker(row: Attendee) -> dict[str, Any]:
    return {"id": row.key, "name": row.name, "side": side_of(row)}


def shown_turns(case: MediationCase, meeting: MediationMeeting, record: MediationRecord) -> list[dict[str, Any]]:
    """The turns in order, each with its corrections beside it."""
    return [_shown_turn(case, meeting.position, turn) for turn in record.turns if turn.corrects_id is None]


def _shown_turn(case: MediationCase, position: int, turn: RecordTurn) -> dict[str, Any]:
    corrected = latest_text(turn)
    is_own = turn.author_id == current_actor().account_id
    return {
        "time": f"{clock.to_local(turn.started_at):%H:%M}",
        "speaker": turn.speaker_name,
        "side": turn.side,
        "text": turn.text,
        "corrected": corrected if corrected != turn.text else "",
        "author": "" if is_own else turn.author.name,
        "client_id": turn.client_id,
        "correct_url": url_for(
            "mediation.show_correction", public_id=case.public_id, position=position, turn_id=turn.public_id
        ),
    }


def _live(case: MediationCase, position: int, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("mediation.show_live", public_id=case.public_id, position=position, _anchor=anchor))
