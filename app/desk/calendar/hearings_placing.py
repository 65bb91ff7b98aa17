"""How hearings come on the calendar: what they need, and the hearings' own acts that schedule, move and postpone."""

from datetime import datetime
from typing import Any

from app.access.permissions import Actor, Permission, is_allowed
from app.booking.queries import plan_of
from app.booking.rules.need import SessionNeed, SessionPlan
from app.errors import DomainError
from app.hearings.actions.change_papers import NewChange
from app.hearings.actions.changes import move_hearing, postpone_hearing, resume_hearing
from app.hearings.actions.scheduling import HearingPlan, check_is_manned, earliest_of_plan, schedule_hearing
from app.hearings.models import Hearing
from app.hearings.queries.hearings import (
    HearingFilter,
    Scope,
    get_hearing,
    get_hearing_by_id,
    list_hearings,
    procedure_for,
)
from app.hearings.queries.scheduling import hearing_need, hold_by_day, seated_people
from app.hearings.rules.changes import CHANGES
from app.hearings.rules.words import LABELS, ChangeGround, ChangeKind, HearingStatus
from app.law import clock

TO_SCHEDULE = (HearingStatus.APPROVED, HearingStatus.POSTPONED, HearingStatus.SUSPENDED)
WAITING = (Scope.TO_SCHEDULE, Scope.SITTING)
CHANGE_OF = {HearingStatus.NOTICED: ChangeKind.MOVED, HearingStatus.SUSPENDED: ChangeKind.RESUMED}
ON_THE_CALENDAR = (*TO_SCHEDULE, HearingStatus.NOTICED)


def list_hearings_waiting(by: Actor, now: datetime) -> list[Hearing]:
    """The hearings decided, put off or suspended that have no day, of those which the actor manages."""
    found = [row for scope in WAITING for row in list_hearings(by, HearingFilter(scope)).hearings]
    return [
        row
        for row in found
        if row.status in TO_SCHEDULE and is_allowed(by, Permission.HEARING_MANAGE, row.access_view())
    ]


def describe_hearing(hearing: Hearing, now: datetime) -> dict[str, Any]:
    """A hearing as the calendar shows it."""
    session = hearing.session if hearing.status is HearingStatus.NOTICED else None
    size = f"各方 {len(hearing.parties)} · 人员 {len(hearing.seats)}"
    return {
        "matter_id": hearing.matter_id,
        "title": hearing.matter.subject,
        "note": f"{_stand(hearing)}{LABELS[hearing.procedure]} · {size}",
        "minutes": plan_of(session).minutes if session else hearing.planned_minutes,
        "people": tuple((role.value, account_id) for role, account_id in seated_people(hearing)),
        "session": session,
        "due_on": hold_by_day(hearing),
        "hindrance": _hindrance(hearing, now),
        "asks_service": True,
    }


def _stand(hearing: Hearing) -> str:
    """What came before, where that is not plain: put off or suspended."""
    return "" if hearing.status in (HearingStatus.APPROVED, HearingStatus.NOTICED) else f"{LABELS[hearing.status]} · "


def _hindrance(hearing: Hearing, now: datetime) -> str:
    if hearing.status not in ON_THE_CALENDAR:
        return f"现在是“{LABELS[hearing.status]}”，不能在这里排"
    try:
        check_is_manned(hearing, procedure_for(hearing, clock.local_date(now)), now)
    except DomainError as refusal:
        return refusal.message
    return ""


def _need(hearing: Hearing, plan: SessionPlan, details: Any, now: datetime) -> SessionNeed:
    today = clock.local_date(now)
    wish = HearingPlan(plan, details.served_on)
    earliest = earliest_of_plan(hearing, procedure_for(hearing, today), wish, today)
    return hearing_need(hearing, earliest, minutes=plan.minutes, today=today)


def _place(hearing: Hearing, plan: SessionPlan, details: Any, by: Actor, now: datetime) -> None:
    """Schedule a hearing without a day, move one that stands noticed, resume one that was suspended."""
    today = clock.local_date(now)
    wish = HearingPlan(plan, details.served_on, is_confirmed=details.is_confirmed)
    procedure = procedure_for(hearing, today)
    if hearing.status is HearingStatus.NOTICED:
        move_hearing(hearing, _change(details, now), wish, procedure=procedure, by=by, now=now)
    elif hearing.status is HearingStatus.SUSPENDED:
        resume_hearing(hearing, _change(details, now), wish, procedure=procedure, by=by, now=now)
    else:
        schedule_hearing(hearing, wish, procedure=procedure, by=by, now=now)


def _postpone(hearing: Hearing, details: Any, by: Actor, now: datetime) -> None:
    postpone_hearing(hearing, _change(details, now), by=by, now=now)


def _change(details: Any, now: datetime) -> NewChange:
    ground = ChangeGround(details.ground) if details.ground else ChangeGround.OTHER
    return NewChange(ground, details.reason, clock.local_date(now))


def _told(hearing: Hearing) -> list[tuple[str, bool]]:
    return [
        (
            row.party.name,
            bool(row.party.phone and row.party.accepts_messages),
        )
        for row in hearing.parties
    ]


def _grounds(hearing: Hearing, is_calling_off: bool) -> list[tuple[str, str]]:
    kind = ChangeKind.POSTPONED if is_calling_off else CHANGE_OF.get(hearing.status)
    if kind is None or hearing.status not in CHANGE_OF:
        return []
    return [(ground.value, LABELS[ground]) for ground in CHANGES[kind].grounds]


OF_HEARINGS: dict[str, Any] = {
    "table": Hearing,
    "get": get_hearing,
    "get_by_id": get_hearing_by_id,
    "list_waiting": list_hearings_waiting,
    "describe": describe_hearing,
    "need": _need,
    "place": _place,
    "call_off": _postpone,
    "told": _told,
    "grounds": _grounds,
}
