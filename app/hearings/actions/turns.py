"""Writing the minutes: turns, duties put in by one click, exhibits, corrections (R-HEAR-25/26).

Every act carries the page's own mark, so that a repeat gives back what was written the first time. Nobody's words are
overwritten: a correction is a row of its own beside the turn.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.permissions import Actor
from app.audit.actions import record as log
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.models import Attendance, Exhibit, HearingMinutes, MinutesTurn, OpenLine
from app.hearings.queries.sitting import role_word
from app.hearings.queries.turns import find_by_client_id, last_moment_of, show_turn
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.stages import Duty
from app.hearings.rules.turns import (
    ROOM,
    check_client_id,
    check_correction,
    check_is_open,
    check_kind,
    check_may_correct,
    check_same_turn,
    moment_said,
    stage_at,
)
from app.hearings.rules.words import AttendeeRole, LiveStage, TurnKind


@dataclass(frozen=True)
class NewTurn:
    """One turn as the page sends it.

    `client_id` makes a repeat harmless, `age` is how long ago it was begun, `device` names the page it was typed on.
    """

    client_id: str
    speaker: str
    text: str
    kind: TurnKind = TurnKind.STATEMENT
    age: timedelta = timedelta(0)
    device: str = ""


@dataclass(frozen=True)
class NewExhibit:
    """A piece of evidence that is being shown: by whom, and what it is to prove."""

    client_id: str
    title: str
    presented_by: str
    proves: str = ""


@dataclass(frozen=True)
class NewCorrection:
    """Other words for a turn, and who asked for them: somebody of the attendance sheet, else the recorder himself."""

    client_id: str
    text: str
    asked_by: Attendance | None = None


def record_turn(
    minutes: HearingMinutes, new: NewTurn, *, procedure: Procedure, by: Actor, now: datetime
) -> MinutesTurn:
    """Write one turn; the same turn sent again gives the first one back.

    A turn that was begun earlier and arrives late keeps its time, its place and the stage of that time. The clerk's
    open line with this mark is gone with it.
    """
    check_client_id(new.client_id)
    known = find_by_client_id(minutes, new.client_id)
    if known is not None:
        check_same_turn((known.speaker, known.text), (new.speaker, new.text))
        return known
    check_is_open(is_closed=minutes.is_closed)
    speaker = _speaker(minutes, new.speaker)
    kind = TurnKind.ROOM if speaker is None else new.kind
    said_at = moment_said(
        now, new.age, opened_at=minutes.started_at, last=last_moment_of(minutes, new.device) if new.age else None
    )
    stage = stage_at([(row.stage, row.entered_at) for row in minutes.stages], said_at)
    check_kind(kind, speaker.role if speaker else None, stage)
    turn = _write(minutes, new, speaker, stage, kind=kind, said_at=said_at, procedure=procedure, by=by, now=now)
    if speaker is not None:
        speaker.asked_at = None
    db.session.execute(sa.delete(OpenLine).filter_by(minutes_id=minutes.id, client_id=new.client_id))
    log(by, "minutes.turn", minutes, turn=turn.id)
    return turn


def insert_duty(minutes: HearingMinutes, duty: Duty, *, procedure: Procedure, by: Actor, now: datetime) -> MinutesTurn:
    """Put the sentence of a duty into the minutes, in the chair's mouth or as a note; twice is once."""
    chair = next((row for row in minutes.attendances if row.role is AttendeeRole.CHAIR and row.is_present), None)
    speaker = chair.key if duty.is_said_by_chair and chair else ROOM
    known = find_by_client_id(minutes, duty.client_id)
    if known is not None:
        return known
    return record_turn(minutes, NewTurn(duty.client_id, speaker, duty.text), procedure=procedure, by=by, now=now)


def note_in_room(
    minutes: HearingMinutes,
    client_id: str,
    text: str,
    *,
    kind: TurnKind = TurnKind.ROOM,
    stage: LiveStage | None = None,
    by: Actor,
    now: datetime,
) -> MinutesTurn:
    """Take down what happened and nobody said: who came or left, a recess, a stage that was left out.

    `stage` is where it belongs when that is not the present one.
    """
    known = find_by_client_id(minutes, client_id)
    if known is not None:
        return known
    new = NewTurn(client_id, ROOM, text)
    return _write(minutes, new, None, stage or minutes.stage, kind=kind, said_at=now, procedure=None, by=by, now=now)


def show_exhibit(
    minutes: HearingMinutes, new: NewExhibit, *, procedure: Procedure, by: Actor, now: datetime
) -> Exhibit:
    """Give the next number to a piece of evidence that is shown, and take the showing down (R-HEAR-20 ⑤)."""
    check_client_id(new.client_id)
    known = db.session.scalar(sa.select(Exhibit).filter_by(minutes_id=minutes.id, client_id=new.client_id))
    if known is not None:
        return known
    check_is_open(is_closed=minutes.is_closed)
    speaker = _speaker(minutes, new.presented_by)
    if speaker is None:
        raise RuleViolation("请选是谁出示的这份证据。", rule="R-HEAR-25")
    last = db.session.scalar(sa.select(sa.func.max(Exhibit.number)).filter_by(minutes_id=minutes.id)) or 0
    exhibit = Exhibit(
        minutes_id=minutes.id, number=last + 1, presented_by=speaker.key, shown_at=now, client_id=new.client_id
    )
    exhibit.title = new.title
    db.session.add(exhibit)
    db.session.flush()
    said = NewTurn(new.client_id, speaker.key, new.proves or new.title)
    turn = _write(
        minutes, said, speaker, minutes.stage, kind=TurnKind.EVIDENCE, said_at=now, procedure=procedure, by=by, now=now
    )
    turn.exhibit_id = exhibit.id
    log(by, "minutes.exhibit", minutes, exhibit=exhibit.id, number=exhibit.number)
    return exhibit


def correct_turn(turn: MinutesTurn, new: NewCorrection, *, by: Actor, now: datetime) -> MinutesTurn:
    """Put a numbered correction beside a turn; the old words stay readable (R-HEAR-26).

    Refuses another clerk's turn before the minutes are read back, closed minutes, and a correction of nothing.
    """
    minutes = turn.minutes
    check_client_id(new.client_id)
    known = find_by_client_id(minutes, new.client_id)
    if known is not None:
        check_same_turn((str(known.corrects_id), known.text), (str(turn.id), new.text))
        return known
    check_is_open(is_closed=minutes.is_closed)
    check_may_correct(turn.author_id, by.account_id, is_reading_back=minutes.stage is LiveStage.READ_BACK)
    check_correction(new.text, show_turn(turn).latest)
    numbers = sa.select(sa.func.max(MinutesTurn.correction_number)).filter_by(minutes_id=minutes.id)
    row = MinutesTurn(
        minutes_id=minutes.id,
        client_id=new.client_id,
        turn_kind=turn.turn_kind,
        stage=turn.stage,
        speaker=turn.speaker,
        role_label=turn.role_label,
        started_at=now,
        recorded_at=now,
        author_id=by.account_id,
        corrects_id=turn.id,
        correction_number=(db.session.scalar(numbers) or 0) + 1,
        asked_by=new.asked_by.key if new.asked_by else "",
    )
    row.speaker_name, row.text = turn.speaker_name, new.text
    db.session.add(row)
    db.session.flush()
    log(by, "minutes.correct", minutes, turn=row.id, corrects=turn.id, number=row.correction_number)
    return row


def _speaker(minutes: HearingMinutes, key: str) -> Attendance | None:
    """Who has the floor; None for the room. Somebody who has left may still be given what he said before."""
    if key == ROOM:
        return None
    found = next((row for row in minutes.attendances if row.key == key and row.arrived_at is not None), None)
    if found is None:
        raise RuleViolation("请先记下这个人到场，再记他说的话。", rule="R-HEAR-25")
    return found


def _write(
    minutes: HearingMinutes,
    new: NewTurn,
    speaker: Attendance | None,
    stage: LiveStage,
    *,
    kind: TurnKind,
    said_at: datetime,
    procedure: Procedure | None,
    by: Actor,
    now: datetime,
) -> MinutesTurn:
    turn = MinutesTurn(
        minutes_id=minutes.id,
        client_id=new.client_id,
        turn_kind=kind,
        stage=stage,
        speaker=new.speaker,
        role_label=role_word(speaker, procedure) if speaker and procedure else "",
        started_at=said_at,
        recorded_at=now,
        author_id=by.account_id,
    )
    turn.speaker_name, turn.text = speaker.name if speaker else "场上情况", new.text
    db.session.add(turn)
    db.session.flush()
    return turn
