"""Give a hearing its day, room and people, and send the notices out (R-HEAR-08, R-DUTY-02, INV-14)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.booking.actions import move_session, reserve
from app.booking.queries.snapshot import wall_clock
from app.booking.rules.need import SessionPlan
from app.booking.rules.words import SessionStatus
from app.errors import RuleViolation
from app.hearings.actions.notices import send_notices, tell_parties
from app.hearings.models import Hearing
from app.hearings.queries.pool import members_of
from app.hearings.queries.scheduling import SITTING_ROLES, earliest_for, hearing_need
from app.hearings.queries.service import notice_state
from app.hearings.rules.notice import EarliestDay
from app.hearings.rules.panels import check_panel
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.states import status_after
from app.hearings.rules.words import LABELS, HearingAct, SeatRole
from app.law import clock
from app.notices.rules import MessageKind
from app.settings.queries import dated_profile_on


@dataclass(frozen=True)
class HearingPlan:
    """The place that is wished, by which day the last party will be served, whether unusual hours are confirmed."""

    place: SessionPlan
    planned_served_on: date
    is_confirmed: bool = False


def schedule_hearing(hearing: Hearing, plan: HearingPlan, *, procedure: Procedure, by: Actor, now: datetime) -> None:
    """Book room, panel and parties in one reservation and issue the notices; from now on its rules are frozen.

    Refuses an incomplete or unlawful panel (INV-09…12), a day before the first lawful one (INV-14, a Clash that
    offers lawful times), and whatever `booking.reserve` refuses.
    """
    act = HearingAct.GIVE_NOTICE
    before, after = hearing.status, status_after(hearing.status, act)
    check_is_manned(hearing, procedure, now)
    take_place(hearing, plan, procedure=procedure, by=by, now=now)
    freeze_profile(hearing, now)
    hearing.status = after
    round_number = send_notices(hearing, procedure, by=by, now=now)
    record(by, "hearing.schedule", hearing, before=before, after=after, round=round_number)
    assert hearing.session is not None
    tell_parties(hearing, MessageKind.HEARING_NOTICED, hearing.session.starts_at, by=by, now=now)


def take_place(hearing: Hearing, plan: HearingPlan, *, procedure: Procedure, by: Actor, now: datetime) -> None:
    """Reserve the place, or move the hearing there from the one it has; refused, nothing changes."""
    today, place = clock.local_date(now), plan.place
    earliest = earliest_of_plan(hearing, procedure, plan, today)
    need = hearing_need(hearing, earliest, minutes=place.minutes, today=today)
    session = hearing.session
    if session is not None and session.status is SessionStatus.BOOKED and session.starts_at > now:
        move_session(session, need, place, by=by, now=now, is_confirmed=plan.is_confirmed)
    else:
        hearing.session = reserve(need, place, by=by, now=now, is_confirmed=plan.is_confirmed)
    hearing.planned_minutes = place.minutes


def earliest_of_plan(hearing: Hearing, procedure: Procedure, plan: HearingPlan, today: date) -> EarliestDay:
    """The first lawful day for a plan: from the service still to come, or, at the time already noticed, the one past.

    Another room or person at the same time needs a new notice, but no new period (INV-15).
    """
    state = notice_state(hearing, procedure)
    is_same_time = hearing.session is not None and wall_clock(hearing.session.starts_at) == plan.place.start
    if is_same_time and state.earliest is not None:
        return state.earliest
    return earliest_for(hearing, procedure, max(plan.planned_served_on, today), held_on=plan.place.day)


def check_is_manned(hearing: Hearing, procedure: Procedure, now: datetime) -> None:
    """Refuse to give notice while chair, recorder or a lawful panel is missing (INV-09…12, R-HEAR-08)."""
    for role in SITTING_ROLES:
        if not hearing.seats_of(role):
            raise RuleViolation(f"还没有{LABELS[role]}，通知书上要写明。请先安排人员。", rule="R-HEAR-08")
    people = [(seat.role, seat.account) for seat in hearing.seats if seat.role is not SeatRole.ALTERNATE]
    check_panel(procedure, members_of(hearing, procedure, people, clock.local_date(now)))


def freeze_profile(hearing: Hearing, now: datetime) -> None:
    """Keep the local rules of the first notice: a later profile does not touch this hearing any more."""
    if not hearing.is_profile_frozen:
        hearing.profile_id = dated_profile_on(clock.local_date(now)).row_id
        hearing.is_profile_frozen = True
