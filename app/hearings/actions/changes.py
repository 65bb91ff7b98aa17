"""What happens to a hearing outside its plain course, each with its grounds, paper and consequences (R-HEAR-21…24).

A place still to come is given back, observers are told, the announcement comes down; periods pause or are extended.
"""

from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions import mark_entered_in_error as mark_session_in_error
from app.booking.rules.words import SessionStatus
from app.errors import RuleViolation
from app.hearings.actions.change_papers import NewChange, call_off, former_place, note_change, renotify
from app.hearings.actions.ending import HOLD_BY, end_hearing
from app.hearings.actions.scheduling import HearingPlan, check_is_manned, take_place
from app.hearings.models import ChangeOfHearing, Hearing
from app.hearings.queries.scheduling import open_clock
from app.hearings.queries.service import was_served
from app.hearings.queries.sitting import has_come_today
from app.hearings.rules.changes import ChangeRule, check_absence_may_count, check_change
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.states import status_after
from app.hearings.rules.words import ChangeGround, ChangeKind, HearingSide, HearingStatus
from app.law import clock
from app.law.clocks import LOCAL_HEARING
from app.matters.actions import extend_clock, pause_clock, resume_clock
from app.matters.rules import ClockState
from app.notices.rules import MessageKind

PAUSED_BY_SUSPENSION = (HOLD_BY, "hearing_opinion_service")
SUSPENSION_BASIS = f"{LOCAL_HEARING}（听证中止）"


def move_hearing(
    hearing: Hearing, new: NewChange, plan: HearingPlan, *, procedure: Procedure, by: Actor, now: datetime
) -> ChangeOfHearing:
    """Another time, place or person after notice: a new notice to everybody (INV-15).

    A new time needs the whole period from the new service or waivers of all sides; refused, the old place stays.
    """
    before = hearing.status
    after, rule = _check(hearing, ChangeKind.MOVED, new, now)
    check_is_manned(hearing, procedure, now)
    former = former_place(hearing)
    row = note_change(hearing, ChangeKind.MOVED, new, by=by, now=now)
    take_place(hearing, plan, procedure=procedure, by=by, now=now)
    hearing.status = after
    renotify(row, rule, former, procedure, MessageKind.HEARING_MOVED, by=by, now=now)
    record(by, "hearing.move", hearing, before=before, after=after, ground=new.ground)
    return row


def postpone_hearing(
    hearing: Hearing, new: NewChange, *, extend_days: int = 0, by: Actor, now: datetime
) -> ChangeOfHearing:
    """Put the hearing off until a new time is found; its place is free again (R-HEAR-21).

    `extend_days` lengthen the period in which it must be held; refused when that is no longer possible (R-CLOCK-02).
    """
    before = hearing.status
    after, rule = _check(hearing, ChangeKind.POSTPONED, new, now)
    row = note_change(hearing, ChangeKind.POSTPONED, new, by=by, now=now)
    running = open_clock(hearing, HOLD_BY)
    if extend_days and running is not None:
        extend_clock(running, extend_days, by=by, on=clock.local_date(now), reason=new.facts)
    hearing.status = after
    call_off(row, rule, by=by, now=now)
    record(by, "hearing.postpone", hearing, before=before, after=after, ground=new.ground)
    return row


def report_unit_absent(
    hearing: Hearing, facts: str, *, extend_days: int = 0, by: Actor, now: datetime
) -> ChangeOfHearing:
    """The unit that must answer stayed away: postpone, and tell its superior by the same letter (R-HEAR-24)."""
    _check_absent(hearing, HearingSide.RESPONDENT, now)
    new = NewChange(ChangeGround.UNIT_ABSENT, facts, clock.local_date(now))
    return postpone_hearing(hearing, new, extend_days=extend_days, by=by, now=now)


def suspend_hearing(hearing: Hearing, new: NewChange, *, by: Actor, now: datetime) -> ChangeOfHearing:
    """Stop a sitting that cannot go on for now; the periods of the hearing stand still (R-HEAR-22)."""
    before = hearing.status
    after, rule = _check(hearing, ChangeKind.SUSPENDED, new, now)
    row = note_change(hearing, ChangeKind.SUSPENDED, new, by=by, now=now)
    for code in PAUSED_BY_SUSPENSION:
        running = open_clock(hearing, code)
        if running is not None and running.state is ClockState.RUNNING:
            pause_clock(running, basis=SUSPENSION_BASIS, by=by, on=new.happened_on)
    hearing.status = after
    call_off(row, rule, by=by, now=now)
    record(by, "hearing.suspend", hearing, before=before, after=after, ground=new.ground)
    return row


def resume_hearing(
    hearing: Hearing, new: NewChange, plan: HearingPlan, *, procedure: Procedure, by: Actor, now: datetime
) -> ChangeOfHearing:
    """Take the hearing up again: new day, new notice, the periods run on; the minutes go on where they stopped."""
    before = hearing.status
    after, rule = _check(hearing, ChangeKind.RESUMED, new, now)
    check_is_manned(hearing, procedure, now)
    former = former_place(hearing)
    row = note_change(hearing, ChangeKind.RESUMED, new, by=by, now=now)
    take_place(hearing, plan, procedure=procedure, by=by, now=now)
    for code in PAUSED_BY_SUSPENSION:
        paused = open_clock(hearing, code)
        if paused is not None and paused.state is ClockState.PAUSED:
            resume_clock(paused, by=by, on=new.happened_on)
    hearing.status = after
    renotify(row, rule, former, procedure, MessageKind.HEARING_NOTICED, by=by, now=now)
    record(by, "hearing.resume", hearing, before=before, after=after)
    return row


def terminate_hearing(hearing: Hearing, new: NewChange, *, by: Actor, now: datetime) -> ChangeOfHearing:
    """End the hearing for good without an outcome; the matter goes on (R-HEAR-23)."""
    return _end(hearing, ChangeKind.TERMINATED, new, by=by, now=now)


def waive_by_absence(hearing: Hearing, new: NewChange, *, by: Actor, now: datetime) -> ChangeOfHearing:
    """The petitioner stayed away or left without good reason: the hearing counts as waived (R-HEAR-24, R-RECON-05).

    Refuses before the hour has come, and where the notice never reached him.
    """
    if new.ground is ChangeGround.PETITIONER_ABSENT:
        _check_absent(hearing, HearingSide.APPLICANT, now)
    return _end(hearing, ChangeKind.WAIVED_BY_ABSENCE, new, by=by, now=now)


def mark_entered_in_error(hearing: Hearing, new: NewChange, *, by: Actor, now: datetime) -> ChangeOfHearing:
    """Mark a hearing that was never meant: it counts nowhere, its place is free (R-HEAR-20)."""
    session = hearing.session
    if session is not None and session.status is SessionStatus.BOOKED:
        mark_session_in_error(session, new.facts or "录入错误", by=by, now=now)
    return _end(hearing, ChangeKind.ENTERED_IN_ERROR, new, by=by, now=now)


def _check(hearing: Hearing, kind: ChangeKind, new: NewChange, now: datetime) -> tuple[HearingStatus, ChangeRule]:
    rule = check_change(kind, new.ground, new.facts, hearing.status)
    after = status_after(hearing.status, rule.act)
    earliest = hearing.decided_on or clock.local_date(hearing.registered_at)
    if not earliest <= new.happened_on <= clock.local_date(now):
        raise RuleViolation("这个日期不对：要在决定听证以后、今天以前。请核对。", rule=rule.rule)
    return after, rule


def _check_absent(hearing: Hearing, side: HearingSide, now: datetime) -> None:
    session = hearing.session
    check_absence_may_count(
        has_begun=session is not None and session.starts_at <= now,
        was_served=all(was_served(hearing, row) for row in hearing.parties_of(side)),
        has_come=has_come_today(hearing, side, clock.local_date(now)),
    )


def _end(hearing: Hearing, kind: ChangeKind, new: NewChange, *, by: Actor, now: datetime) -> ChangeOfHearing:
    _, rule = _check(hearing, kind, new, now)
    row = note_change(hearing, kind, new, by=by, now=now)
    call_off(row, rule, by=by, now=now)
    end_hearing(hearing, rule.act, reason=new.facts, on=new.happened_on, by=by, now=now)
    return row
