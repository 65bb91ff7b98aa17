"""The live desk: the page on which a sitting is recorded, and the acts that move the sitting on."""

import secrets
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission
from app.hearings.actions import sitting, turns
from app.hearings.forms.live import OWN_DOCUMENTS, read_recusal, read_step
from app.hearings.models import Hearing, HearingMinutes, StagePassed
from app.hearings.queries import sitting as sittings
from app.hearings.queries import turns as reading
from app.hearings.queries.hearings import get_hearing, procedure_for
from app.hearings.routes import bp
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.sitting import list_missing
from app.hearings.rules.stages import StageScript, find_next, list_open_duties, list_scripts, script_of
from app.hearings.rules.turns import ROOM
from app.hearings.rules.words import AttendeeRole, HeadAttendance, HearingStatus, LiveStage, SeatRole, TurnKind
from app.law import clock
from app.matters.rules import IdDocument, RecusalGround
from app.web.forms import FormReader
from app.web.transaction import writes

WRITING = (HearingStatus.IN_PROGRESS, HearingStatus.DELIBERATING, HearingStatus.HELD)
"""When turns are taken: until the minutes are closed, also those that wait on a clerk's computer."""
WRITTEN_KINDS = (TurnKind.STATEMENT, TurnKind.OBJECTION, TurnKind.RULING)
ADDED_ROLES = (
    AttendeeRole.RESPONDENT,
    AttendeeRole.THIRD_PARTY,
    AttendeeRole.WITNESS,
    AttendeeRole.APPRAISER,
    AttendeeRole.INTERPRETER,
)


@bp.get("/hearings/<public_id>/live")
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def show_live(hearing: Hearing) -> ResponseReturnValue:
    """The roll call, then the desk; before the day, and after the sitting, what there is to say about it."""
    now = clock.now()
    minutes = hearing.minutes
    has_roll = minutes is not None and sittings.has_roll_call(minutes, clock.local_date(now))
    if minutes is None or (hearing.status is HearingStatus.NOTICED and not has_roll):
        day = sittings.planned_day(hearing)
        return render_template("hearings/live/start.html", hearing=hearing, day=day, is_today=day == clock.today())
    template = "roll" if hearing.status is HearingStatus.NOTICED else "desk"
    return render_template(f"hearings/live/{template}.html", **live_values(hearing, minutes, now))


@bp.post("/hearings/<public_id>/live/roll-call")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def start_roll_call(hearing: Hearing) -> ResponseReturnValue:
    """Begin: open the minutes and list who is expected."""
    sitting.start_roll_call(hearing, by=current_actor(), now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/open")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def open_sitting(hearing: Hearing) -> ResponseReturnValue:
    """The chair opens the hearing."""
    now = clock.now()
    minutes = sittings.get_minutes(hearing)
    sitting.open_hearing(minutes, procedure=procedure_of_today(hearing), by=current_actor(), now=now)
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/stage")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def enter_stage(hearing: Hearing) -> ResponseReturnValue:
    """Go to the next stage, or to another one with a reason."""
    step = read_step(FormReader(request.form, today=clock.today()))
    minutes = sittings.get_minutes(hearing)
    sitting.enter_stage(minutes, step, procedure=procedure_of_today(hearing), by=current_actor(), now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/duties")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def insert_duty(hearing: Hearing) -> ResponseReturnValue:
    """Put one of the chair's sentences into the minutes by one click."""
    minutes, procedure = sittings.get_minutes(hearing), procedure_of_today(hearing)
    script = script_of(procedure, minutes.stage, sittings.script_words(hearing))
    duties = {duty.key: duty for duty in script.duties}
    form = FormReader(request.form, today=clock.today())
    duty = form.option("duty", "哪一句", duties)
    form.finish()
    if duty is not None:
        turns.insert_duty(minutes, duty, procedure=procedure, by=current_actor(), now=clock.now())
    return to_live(hearing, "write")


@bp.post("/hearings/<public_id>/live/recess")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def take_recess(hearing: Hearing) -> ResponseReturnValue:
    """Adjourn for a while."""
    minutes = sittings.get_minutes(hearing)
    form = FormReader(request.form, today=clock.today())
    reason = form.line("reason", "为什么休会", required=False)
    form.finish()
    mark = f"recess-{minutes.stage_mark}-{secrets.token_hex(6)}"
    sitting.take_recess(minutes, mark, reason, by=current_actor(), now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/resumption")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def end_recess(hearing: Hearing) -> ResponseReturnValue:
    """Go on after a recess."""
    minutes = sittings.get_minutes(hearing)
    sitting.end_recess(minutes, procedure=procedure_of_today(hearing), by=current_actor(), now=clock.now())
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/recusal")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def raise_recusal(hearing: Hearing) -> ResponseReturnValue:
    """Take down that a party asks somebody to step aside; the sitting pauses."""
    seats = {seat.public_id: seat for seat in sittings.seats_at_the_front(hearing)}
    parties = {row.public_id: row for row in hearing.parties}
    new = read_recusal(FormReader(request.form, today=clock.today()), seats, parties)
    if new is not None:
        sitting.raise_recusal(sittings.get_minutes(hearing), new, by=current_actor(), now=clock.now())
        flash(f"已记下，听证暂停。{new.seat.account.name}不再参加，等回避决定。", "warn")
    return to_live(hearing)


@bp.post("/hearings/<public_id>/live/end")
@writes(reshow=show_live)
@permission_required(Permission.HEARING_RECORD, of=get_hearing)
def end_sitting(hearing: Hearing) -> ResponseReturnValue:
    """The hearing is over; its minutes go round for signatures."""
    minutes = sittings.get_minutes(hearing)
    sitting.end_sitting(minutes, procedure=procedure_of_today(hearing), by=current_actor(), now=clock.now())
    flash("听证已结束。请定稿笔录，请各位逐页签名。", "ok")
    return to_live(hearing)


def procedure_of_today(hearing: Hearing) -> Procedure:
    """How this hearing is held."""
    return procedure_for(hearing, clock.today())


def to_live(hearing: Hearing, anchor: str | None = None) -> ResponseReturnValue:
    """Back to the desk."""
    return redirect(url_for("hearings.show_live", public_id=hearing.public_id, _anchor=anchor))


def live_values(hearing: Hearing, minutes: HearingMinutes, now: datetime) -> dict[str, Any]:
    """Everything the desk shows."""
    procedure = procedure_for(hearing, clock.local_date(now))
    script = script_of(procedure, minutes.stage, sittings.script_words(hearing))
    expected = sittings.list_expected(minutes)
    head = sittings.find_responding_party(hearing)
    return {
        "hearing": hearing,
        "minutes": minutes,
        "procedure": procedure,
        "script": script,
        **_course_values(hearing, minutes, procedure, script),
        **people_values(hearing, minutes, procedure, now),
        "events": _events(minutes),
        "can_write": not minutes.is_closed and hearing.status in WRITING,
        "cursor": reading.newest_cursor(minutes),
        "lines": reading.list_open_lines(minutes),
        "mark": sittings.desk_mark(minutes),
        "exhibits": reading.list_exhibits(minutes),
        "missing": list_missing(procedure, expected, head.head_attendance if head else None),
        "client_id": secrets.token_hex(16),
        "viewer": current_user.account,
        "now": now,
    }


def _events(minutes: HearingMinutes) -> list[StagePassed | reading.ShownTurn]:
    """Stages and turns in the order in which they came."""
    events: list[StagePassed | reading.ShownTurn] = [*minutes.stages, *reading.list_turns(minutes)]
    return sorted(events, key=_moment_of)


def _moment_of(event: StagePassed | reading.ShownTurn) -> tuple[datetime, bool, int]:
    if isinstance(event, StagePassed):
        return event.entered_at, False, event.id
    return event.turn.started_at, True, event.turn.id


def _course_values(
    hearing: Hearing, minutes: HearingMinutes, procedure: Procedure, script: StageScript
) -> dict[str, Any]:
    following = find_next(procedure, minutes.stage)
    state = sittings.stage_state(minutes)
    return {
        "stages": sittings.list_stages(minutes, procedure),
        "next_script": script_of(procedure, following) if following else None,
        "open_duties": list_open_duties(script, state),
        "settled": state.settled,
        "is_running": hearing.status is HearingStatus.IN_PROGRESS,
        "titles": {row.stage: row.title for row in list_scripts(procedure)},
        "is_reading_back": minutes.stage is LiveStage.READ_BACK,
        "kinds": WRITTEN_KINDS,
    }


def people_values(hearing: Hearing, minutes: HearingMinutes, procedure: Procedure, now: datetime) -> dict[str, Any]:
    """The attendance sheet, who may be given words, who waits for them, and what the forms about people offer."""
    people = minutes.attendances
    announcement = hearing.announcement
    return {
        "attendances": people,
        "present": [row for row in people if row.is_present],
        "speakers": sittings.list_speakers(minutes),
        "waiting": sittings.list_waiting(minutes),
        "floors": sittings.list_floors(minutes, procedure, now),
        "role_word": lambda row: sittings.role_word(row, procedure),
        "names": {row.key: row.name for row in people},
        "observers": announcement.observers if announcement is not None else None,
        "seats": [seat for role in SeatRole for seat in hearing.seats_of(role) if role is not SeatRole.ALTERNATE],
        "head_party": sittings.find_responding_party(hearing) if procedure.must_head_attend else None,
        "head_answers": list(HeadAttendance),
        "documents": [word for word in IdDocument if word is not IdDocument.NONE],
        "own_documents": OWN_DOCUMENTS,
        "grounds": list(RecusalGround),
        "added_roles": ADDED_ROLES,
        "room": ROOM,
    }
