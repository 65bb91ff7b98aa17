"""End a hearing: state, clocks, place, blocker, and the recheck's period that waited for it."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions import cancel_session
from app.hearings.models import Hearing
from app.hearings.queries.standing import find_running_clock
from app.hearings.rules.states import status_after
from app.hearings.rules.words import HearingAct, ServedStage
from app.matters.actions import cancel_clocks, resume_clock, settle_blocker
from app.matters.rules import ClockState

OPEN_HEARING = "open_hearing"
HOLD_BY = "hearing_hold_by"
RECHECK = "recheck_decision"
RECHECK_PAUSE_BASIS = "《信访工作条例》第三十六条"


def end_hearing(hearing: Hearing, act: HearingAct, *, reason: str, on: date, by: Actor, now: datetime) -> None:
    """Bring the hearing to its end by `act`: nothing of it runs on, and the matter may close.

    Refuses what its state does not allow. A place still to come is given back; a recheck counts its days again.
    """
    before, hearing.status = hearing.status, status_after(hearing.status, act)
    hearing.is_open, hearing.ended_on = False, on
    release_place(hearing, reason, by=by, now=now)
    cancel_clocks(hearing)
    resume_recheck(hearing, on=on, by=by)
    settle_blocker(hearing, OPEN_HEARING, now)
    record(by, f"hearing.{act.value}", hearing, before=before, after=hearing.status, on=on.isoformat())


def release_place(hearing: Hearing, reason: str, *, by: Actor, now: datetime) -> None:
    """Give back the room and everybody's time of a sitting that is still to come."""
    session = hearing.session
    if session is not None and session.is_open and session.starts_at > now:
        cancel_session(session, reason, by=by, now=now)


def resume_recheck(hearing: Hearing, *, on: date, by: Actor) -> None:
    """Let the recheck's thirty days run again from the day the hearing no longer takes time (R-PET-22/23)."""
    if hearing.served_stage is not ServedStage.RECHECK:
        return
    running = find_running_clock(hearing.matter, RECHECK)
    if running is not None and running.state is ClockState.PAUSED:
        resume_clock(running, by=by, on=on)
