"""The hearing of S02 on its day: noticed and served, the roll called, everybody there, the sitting open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from app.access.permissions import Actor
from app.extensions import db
from app.hearings.actions import attendance, sitting, turns
from app.hearings.actions.attendance import Arrival
from app.hearings.actions.sitting import Step
from app.hearings.actions.turns import NewTurn
from app.hearings.models import Attendance, Hearing, HearingMinutes, MinutesTurn
from app.hearings.queries.hearings import procedure_for
from app.hearings.queries.sitting import script_words, stage_state
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.stages import find_next, list_open_duties, script_of
from app.hearings.rules.words import AttendeeRole, LiveStage
from app.people.models import Account
from app.web.transaction import transaction
from tests.hearings.convening import DECIDED_ON, HELD_ON, SERVED_ON, duty_for, schedule, serve
from tests.hearings.hall import Hall, at

NINE = at(HELD_ON, 9)
EARLY, BEFORE_NINE = at(HELD_ON, 8, 40), at(HELD_ON, 8, 50)


@contextmanager
def files_left_to_the_worker() -> Iterator[None]:
    """The papers on the way to the sitting are issued, their files not made: nobody here looks at them."""
    with patch("app.documents.actions._render_after_issue"):
        yield


def procedure_of(hearing: Hearing) -> Procedure:
    """How this hearing is held on its day."""
    return procedure_for(hearing, HELD_ON)


def notice(hearing: Hearing, hall: Hall) -> Hearing:
    """Give notice for 11 June, serve it on both sides on 28 May."""
    duty_for(hall)
    schedule(hearing, hall, now=at(DECIDED_ON))
    serve(hearing, hall, SERVED_ON, SERVED_ON)
    return hearing


def call_roll(hearing: Hearing, hall: Hall, *, now: datetime = EARLY) -> HearingMinutes:
    """The recorder begins: everybody expected is listed, nobody has come yet."""
    with transaction():
        return sitting.start_roll_call(hearing, by=hall.recorder.as_actor(), now=now)


def come(row: Attendance, by: Actor, *, now: datetime = BEFORE_NINE) -> None:
    """Somebody of the list comes and shows who he is."""
    arrival = Arrival("id_card", name="卢振邦" if row.role is AttendeeRole.RESPONDENT else "", post="副主任")
    with transaction():
        attendance.record_arrival(row, arrival, by=by, now=now)


def let_all_come(minutes: HearingMinutes, hall: Hall, *, but: tuple[AttendeeRole, ...] = ()) -> None:
    """Everybody of the list comes, except those of some roles."""
    for row in minutes.attendances:
        if row.role not in but:
            come(row, hall.recorder.as_actor())


def open_sitting(minutes: HearingMinutes, hall: Hall, *, now: datetime = NINE) -> HearingMinutes:
    """The chair opens."""
    with transaction():
        sitting.open_hearing(minutes, procedure=procedure_of(minutes.hearing), by=hall.recorder.as_actor(), now=now)
    return minutes


def sit_down(hearing: Hearing, hall: Hall) -> HearingMinutes:
    """From the notice to the open sitting."""
    minutes = call_roll(notice(hearing, hall), hall)
    let_all_come(minutes, hall)
    return open_sitting(minutes, hall)


def person(minutes: HearingMinutes, role: AttendeeRole) -> Attendance:
    """The first person in a role."""
    return next(row for row in minutes.attendances if row.role is role)


def say(
    minutes: HearingMinutes, speaker: str, text: str, by: Account, *, now: datetime | None = None, **values: Any
) -> MinutesTurn:
    """One turn, in a transaction of its own; now is when the present stage began, unless told otherwise."""
    now = now or minutes.stages[-1].entered_at
    new = NewTurn(values.pop("client_id", f"{text[:20].encode().hex()[:40]:0>8}"), speaker, text, **values)
    with transaction():
        return turns.record_turn(minutes, new, procedure=procedure_of(minutes.hearing), by=by.as_actor(), now=now)


def go_to(minutes: HearingMinutes, target: LiveStage, hall: Hall, *, reason: str = "", now: datetime = NINE) -> None:
    """One step to another stage, as the page that shows the present one."""
    step = Step(target, minutes.stage_mark, reason)
    with transaction():
        sitting.enter_stage(
            minutes, step, procedure=procedure_of(minutes.hearing), by=hall.recorder.as_actor(), now=now
        )


def settle_duties(minutes: HearingMinutes, hall: Hall, *, now: datetime = NINE) -> None:
    """Put every open sentence of the stage into the minutes."""
    procedure = procedure_of(minutes.hearing)
    script = script_of(procedure, minutes.stage, script_words(minutes.hearing))
    with transaction():
        for duty in list_open_duties(script, stage_state(minutes)):
            turns.insert_duty(minutes, duty, procedure=procedure, by=hall.recorder.as_actor(), now=now)


def walk_to(minutes: HearingMinutes, target: LiveStage, hall: Hall, *, since: datetime = NINE) -> HearingMinutes:
    """Through the stages in their order, each with what it needs, five minutes each."""
    procedure, now = procedure_of(minutes.hearing), since
    while minutes.stage is not target:
        now += timedelta(minutes=5)
        settle_duties(minutes, hall, now=now)
        if minutes.stage in (LiveStage.EVIDENCE_EXAMINATION, LiveStage.DEBATE):
            chair = person(minutes, AttendeeRole.CHAIR)
            say(minutes, chair.key, f"请继续 {minutes.stage}", hall.recorder, now=now)
        following = find_next(procedure, minutes.stage)
        assert following is not None
        go_to(minutes, following, hall, reason="没有点评" if not stage_state(minutes).turns else "", now=now)
        db.session.expire(minutes, ["stages"])
    return minutes
