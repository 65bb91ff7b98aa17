"""Book, move and call off the meetings of a case."""

from dataclasses import dataclass
from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions import cancel_session, mark_entered_in_error, move_session, reserve
from app.booking.models import BookedSession
from app.booking.rules.need import SessionNeed, SessionPlan
from app.extensions import db
from app.law import clock
from app.matters.actions import end_involvement, involve
from app.matters.models import Capacity
from app.mediation.actions.telling import tell_of_cancelling, tell_of_meeting
from app.mediation.models import MediationCase, MediationMeeting
from app.mediation.queries.meetings import GIVEN_UP, MEDIATOR_SEAT, RECORDER_SEAT, meeting_need, number_of
from app.mediation.rules import MeetingStatus
from app.mediation.rules.periods import check_labour_notice, check_may_continue
from app.mediation.rules.states import check_is_mediating, check_meeting


@dataclass(frozen=True)
class MeetingWish:
    """Where and when the meeting is wished: the place with its people, and whether unusual hours are confirmed."""

    plan: SessionPlan
    is_confirmed: bool = False


def book_meeting(case: MediationCase, wish: MeetingWish, *, by: Actor, now: datetime) -> MediationMeeting:
    """Book the next meeting; refuses as `booking.reserve` does, and what R-MED-15/16 forbid."""
    _check_may_meet(case, now)
    meeting = MediationMeeting(
        case=case,
        position=max((row.position for row in case.meetings), default=0) + 1,
        status=MeetingStatus.PLANNED,
        attendees=[],
        record=None,
    )
    db.session.add(meeting)
    db.session.flush()
    need = need_of(case, meeting, wish.plan, now)
    meeting.session = reserve(need, wish.plan, by=by, now=now, is_confirmed=wish.is_confirmed)
    _involve_recorder(case, meeting.session, now)
    record(by, "meeting.book", meeting, after=meeting.status, session=meeting.session.id)
    tell_of_meeting(meeting, by=by, now=now)
    return meeting


def move_meeting(meeting: MediationMeeting, wish: MeetingWish, *, by: Actor, now: datetime) -> None:
    """Move a meeting in one step; refused, it stays where it was."""
    case = meeting.case
    _check_may_meet(case, now)
    check_meeting(meeting.status, MeetingStatus.PLANNED)
    need = need_of(case, meeting, wish.plan, now)
    former = _recorders(meeting.session)
    move_session(meeting.session, need, wish.plan, by=by, now=now, is_confirmed=wish.is_confirmed)
    _release_recorders(case, former - _recorders(meeting.session), now)
    _involve_recorder(case, meeting.session, now)
    record(by, "meeting.move", meeting, before=meeting.status, after=meeting.status)
    tell_of_meeting(meeting, by=by, now=now)


def cancel_meeting(meeting: MediationMeeting, reason: str, *, by: Actor, now: datetime) -> None:
    """Call a meeting off with a reason; its place is free again."""
    check_meeting(meeting.status, MeetingStatus.PLANNED)
    cancel_session(meeting.session, reason, by=by, now=now)
    _give_up(meeting, MeetingStatus.CANCELLED, "meeting.cancel", by, now)


def mark_meeting_entered_in_error(meeting: MediationMeeting, reason: str, *, by: Actor, now: datetime) -> None:
    """Mark a meeting that was never meant; it counts neither as meeting nor as postponement."""
    check_meeting(meeting.status, MeetingStatus.PLANNED)
    mark_entered_in_error(meeting.session, reason, by=by, now=now)
    _give_up(meeting, MeetingStatus.ENTERED_IN_ERROR, "meeting.enter_in_error", by, now)


def need_of(case: MediationCase, meeting: MediationMeeting | None, plan: SessionPlan, now: datetime) -> SessionNeed:
    """What the meeting needs, with as many seats as the plan fills."""
    seats = [seat for seat, _ in plan.people]
    return meeting_need(
        case,
        meeting_id=meeting.id if meeting else 0,
        minutes=plan.minutes,
        mediators=max(seats.count(MEDIATOR_SEAT), 1),
        has_recorder=RECORDER_SEAT in seats,
        today=clock.local_date(now),
        nth=number_of(case, meeting),
    )


def _check_may_meet(case: MediationCase, now: datetime) -> None:
    check_is_mediating(case.status)
    check_labour_notice(case.fifteenth_day, case.labour_told_on, clock.local_date(now))
    check_may_continue(case.labour_continues)


def _give_up(meeting: MediationMeeting, status: MeetingStatus, act: str, by: Actor, now: datetime) -> None:
    before, meeting.status = meeting.status, status
    _release_recorders(meeting.case, _recorders(meeting.session), now)
    record(by, act, meeting, before=before, after=status)
    tell_of_cancelling(meeting, by=by, now=now)


def _recorders(session: BookedSession) -> set[int]:
    return {seat.account_id for seat in session.seats if seat.seat == RECORDER_SEAT}


def _involve_recorder(case: MediationCase, session: BookedSession, now: datetime) -> None:
    for account_id in _recorders(session):
        involve(case.matter, account_id, Capacity.RECORDER, since=clock.local_date(now))


def _release_recorders(case: MediationCase, accounts: set[int], now: datetime) -> None:
    """End the involvement of recorders whom no other standing meeting of the case needs."""
    standing = [row for row in case.meetings if row.status not in GIVEN_UP]
    needed = {account_id for row in standing for account_id in _recorders(row.session)}
    for account_id in accounts - needed:
        end_involvement(case.matter, account_id, Capacity.RECORDER, on=clock.local_date(now))
