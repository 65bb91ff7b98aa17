"""How the meetings of mediation come on the calendar: what they need, and mediation's own acts that book them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.permissions import Actor, Permission, is_allowed
from app.booking.queries import plan_of
from app.booking.rules.need import SessionNeed, SessionPlan
from app.booking.rules.search import People
from app.errors import NotFound
from app.extensions import db
from app.mediation import actions
from app.mediation.actions.meetings import MeetingWish, need_of
from app.mediation.models import MediationCase, MediationMeeting
from app.mediation.queries import get_case, get_case_by_id, list_cases, list_recorders
from app.mediation.queries.meetings import MEDIATOR_SEAT, clock_of, number_of, parties_at_the_table
from app.mediation.rules import CaseStatus, MeetingStatus

USUAL_MINUTES = 90
MOST_SHOWN = 120


def get_meeting_by_public_id(public_id: str) -> MediationMeeting:
    """The meeting under this address; NotFound otherwise."""
    return _one(MediationMeeting.public_id == public_id)


def get_meeting_by_id(meeting_id: int) -> MediationMeeting:
    """The meeting with this key; NotFound otherwise."""
    return _one(MediationMeeting.id == meeting_id)


def list_cases_waiting(by: Actor, now: datetime) -> list[MediationCase]:
    """The cases in mediation without a planned meeting, of those for which the actor may book."""
    return [
        case
        for case in list_cases(by, status=CaseStatus.MEDIATING, limit=MOST_SHOWN, without_meeting=True)
        if is_allowed(by, Permission.MEETING_BOOK, case.access_view())
    ]


def describe_case(case: MediationCase, now: datetime) -> dict[str, Any]:
    """The next meeting of a case as the calendar shows it."""
    people = tuple((MEDIATOR_SEAT, account.id) for account in case.active_mediators)
    shared = _shared(case)
    return {
        **shared,
        "minutes": USUAL_MINUTES,
        "people": people,
        "session": None,
        "note": f"第 {number_of(case, None)} 次调解 · {len(parties_at_the_table(case))} 人到场",
        "hindrance": _hindrance(people, shared["due_on"]),
    }


def describe_meeting(meeting: MediationMeeting, now: datetime) -> dict[str, Any]:
    """A planned meeting as the calendar shows it."""
    case, plan = meeting.case, plan_of(meeting.session)
    return {
        **_shared(case),
        "minutes": plan.minutes,
        "people": plan.people,
        "session": meeting.session,
        "note": f"第 {number_of(case, meeting)} 次调解 · {len(parties_at_the_table(case))} 人到场",
        "hindrance": "" if meeting.status is MeetingStatus.PLANNED else "这一场已经开过或取消，不能再改期",
    }


def told_of(case: MediationCase) -> list[tuple[str, bool]]:
    """The parties who come, and whether a message reaches each."""
    return [
        (
            party.name,
            bool(party.phone and party.accepts_messages),
        )
        for party in parties_at_the_table(case)
    ]


def _shared(case: MediationCase) -> dict[str, Any]:
    try:
        due_on = clock_of(case).legal_due_on
    except NotFound:
        due_on = None
    return {
        "matter_id": case.matter_id,
        "title": case.matter.subject,
        "due_on": due_on,
        "recorders": tuple(account.id for account in list_recorders(case)),
    }


def _hindrance(people: People, due_on: date | None) -> str:
    if not people:
        return "还没有调解员，先去选人"
    return "" if due_on else "调解期限没有在走，先看案件"


def _need_of_case(case: MediationCase, plan: SessionPlan, _details: Any, now: datetime) -> SessionNeed:
    return need_of(case, None, plan, now)


def _need_of_meeting(meeting: MediationMeeting, plan: SessionPlan, _details: Any, now: datetime) -> SessionNeed:
    return need_of(meeting.case, meeting, plan, now)


def _book(case: MediationCase, plan: SessionPlan, details: Any, by: Actor, now: datetime) -> None:
    actions.book_meeting(case, MeetingWish(plan, details.is_confirmed), by=by, now=now)


def _move(meeting: MediationMeeting, plan: SessionPlan, details: Any, by: Actor, now: datetime) -> None:
    actions.move_meeting(meeting, MeetingWish(plan, details.is_confirmed), by=by, now=now)


def _call_off(meeting: MediationMeeting, details: Any, by: Actor, now: datetime) -> None:
    actions.cancel_meeting(meeting, details.reason, by=by, now=now)


def _nothing_to_call_off(_case: MediationCase, _details: Any, _by: Actor, _now: datetime) -> None:
    raise NotFound("这一场还没有排上，不用取消。")


def _no_grounds(_subject: Any, _is_calling_off: bool) -> list[tuple[str, str]]:
    return []


def _none_waiting(_by: Actor, _now: datetime) -> Sequence[MediationMeeting]:
    return ()


def _one(condition: sa.ColumnElement[bool]) -> MediationMeeting:
    meeting = db.session.scalar(sa.select(MediationMeeting).where(condition))
    if meeting is None:
        raise NotFound("没有这一场调解，或者它不归您办。")
    return meeting


OF_CASES: dict[str, Any] = {
    "table": MediationCase,
    "get": get_case,
    "get_by_id": get_case_by_id,
    "list_waiting": list_cases_waiting,
    "describe": describe_case,
    "need": _need_of_case,
    "place": _book,
    "call_off": _nothing_to_call_off,
    "told": told_of,
    "grounds": _no_grounds,
}
OF_MEETINGS: dict[str, Any] = {
    "table": MediationMeeting,
    "get": get_meeting_by_public_id,
    "get_by_id": get_meeting_by_id,
    "list_waiting": _none_waiting,
    "describe": describe_meeting,
    "need": _need_of_meeting,
    "place": _move,
    "call_off": _call_off,
    "told": lambda meeting: told_of(meeting.case),
    "grounds": _no_grounds,
}
