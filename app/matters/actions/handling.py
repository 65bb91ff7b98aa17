"""Handling a matter: acceptance with its notice, extension, written opinion, closing and the other ends."""

from datetime import date, datetime

from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.papers.matters import AcceptanceNoticeFacts
from app.documents.rules import NumberRequest, Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions.clocks import (
    MatterKey,
    end_petition_clocks,
    extend_clock,
    get_running_clock,
    meet_clock,
    start_clock,
)
from app.matters.actions.involving import involve, unsettled_kinds
from app.matters.actions.moving import move
from app.matters.actions.routing import UnitKey
from app.matters.models import Capacity, ClockExtension, HandlingOpinion, Matter
from app.matters.queries.handling import find_clock, find_opinion
from app.matters.rules import MatterKind, MatterResult, UnitCapacity
from app.matters.rules.handling import (
    check_day,
    check_new_acceptance,
    check_nothing_blocks,
    check_reason,
    check_result,
    check_right_is_over,
    has_ended_by_recheck,
)
from app.matters.rules.states import MatterAct, next_status
from app.people.models import Organisation

NOTICE_NUMBER = NumberRequest("acceptance_notice", "{prefix}受〔{year}〕{n}号")
RIGHTS_TO_REMEDIES = {"review_request": "复查", "recheck_request": "复核"}


def accept_matter(matter: Matter, *, accepted_on: date, override_reason: str = "", by: Actor, now: datetime) -> None:
    """Accept a matter: 60 days start (R-PET-18/19), the notice is issued; INV-08 bars what ended after 复核."""
    today = clock.local_date(now)
    next_status(matter.status, MatterAct.ACCEPT)
    if matter.accepted_on is not None:
        raise RuleViolation("这件事已经受理过了。", rule="R-PET-19")
    check_day(accepted_on, not_before=matter.received_on, today=today, what="受理日期")
    check_new_acceptance(
        repeats_finalised=matter.repeats is not None and has_ended_by_recheck(matter.repeats.status),
        has_new_facts=matter.has_new_facts,
        is_leader=Role.LEADER in by.roles,
        override_reason=override_reason,
    )
    move(matter, MatterAct.ACCEPT, by=by, override=bool(override_reason))
    matter.accepted_on = accepted_on
    if override_reason:
        matter.text.private_note = f"{matter.text.private_note}\n终结后再受理：{override_reason}".strip()
    _meet_first_clocks(matter, accepted_on)
    involve(matter, by.account_id, Capacity.HANDLER, since=today)
    if matter.kind is MatterKind.CLAIM_FOR_DECISION:
        handling = start_clock(matter, "petition_handling", accepted_on, now=now)
        _issue_acceptance_notice(matter, accepted_on, handling.legal_due_on, by=by, now=now)


def decline_acceptance(matter: Matter, *, reason: str, by: Actor, now: datetime) -> None:
    """Refuse to accept, with the reason told (R-PET-10)."""
    check_reason(reason, "不予受理")
    move(matter, MatterAct.DECLINE, by=by)
    matter.text.private_note = f"{matter.text.private_note}\n不予受理：{reason}".strip()
    _end(matter, now)


def start_handling(matter: Matter, *, by: Actor, now: datetime) -> None:
    """Begin to investigate; the person becomes its handler."""
    move(matter, MatterAct.START_HANDLING, by=by)
    involve(matter, by.account_id, Capacity.HANDLER, since=clock.local_date(now))


def extend_handling(
    matter: Matter, days: int, *, reason: str, told_on: date, by: Actor, now: datetime
) -> ClockExtension:
    """The unit's leader extends the handling once by at most thirty days, the reason told (INV-06)."""
    if Role.LEADER not in by.roles:
        raise RuleViolation(
            "延期要由本单位负责人批准。依据《信访工作条例》第三十四条",
            article="《信访工作条例》第三十四条",
            rule="INV-06",
        )
    today = clock.local_date(now)
    check_day(told_on, not_before=matter.received_on, today=today, what="告知日期")
    running = get_running_clock(matter, "petition_handling")
    extension = extend_clock(running, days, by=by, on=today, reason=reason, told_on=told_on)
    record(by, "matter.extend_handling", matter, days=days)
    return extension


def issue_opinion(
    matter: Matter,
    *,
    result: MatterResult,
    opinion: str,
    basis: str,
    number: str,
    issued_on: date,
    late_reason: str = "",
    by: Actor,
    now: datetime,
) -> HandlingOpinion:
    """Keep the unit's written opinion (R-PET-16): the sixty days are met, the right to 复查 begins on receipt."""
    today = clock.local_date(now)
    check_day(issued_on, not_before=matter.accepted_on or matter.received_on, today=today, what="出具日期")
    move(matter, MatterAct.ISSUE_OPINION, by=by, result=result.value)
    row = HandlingOpinion(
        matter_id=matter.id,
        number=number,
        result=result,
        basis=basis,
        issued_on=issued_on,
        issued_by=by.account_id,
    )
    row.opinion = opinion
    db.session.add(row)
    db.session.flush()
    meet_clock(matter, "petition_handling", issued_on, late_reason=late_reason)
    return row


def record_opinion_received(opinion: HandlingOpinion, received_on: date, *, by: Actor, now: datetime) -> None:
    """Note when the petitioner received the opinion; thirty days for 复查 start (R-PET-20)."""
    check_day(received_on, not_before=opinion.issued_on, today=clock.local_date(now), what="收到日期")
    if opinion.received_on is not None:
        raise RuleViolation("收到日期已经记过了。", rule="R-PET-20")
    opinion.received_on = received_on
    start_clock(opinion.matter, "review_request", received_on, now=now)
    record(by, "matter.opinion_received", opinion)


def close_matter(matter: Matter, result: MatterResult, *, by: Actor, now: datetime) -> None:
    """Close with a result; refuses while something is unsettled or the written opinion is missing (R-PET-16)."""
    check_nothing_blocks(unsettled_kinds(matter))
    check_result(
        result,
        kind=matter.kind,
        is_accepted=matter.accepted_on is not None,
        has_opinion=find_opinion(matter.id) is not None,
    )
    move(matter, MatterAct.CLOSE, by=by, result=result.value)
    matter.result = result
    if result is MatterResult.SETTLED_BY_MEDIATION:
        # The settlement is the answer to the petition (R-LINK-10); nobody waits for an opinion any more.
        meet_clock(matter, "petition_handling", clock.local_date(now))
    _end(matter, now)


def finalise_matter(matter: Matter, *, by: Actor, now: datetime) -> None:
    """All remedies are used, none is still open: the same facts are not accepted again (R-PET-24, R-PET-25)."""
    check_nothing_blocks(unsettled_kinds(matter))
    for code, what in RIGHTS_TO_REMEDIES.items():
        right = find_clock(MatterKey(matter.id), code)
        check_right_is_over(right.legal_due_on if right and right.is_open else None, clock.local_date(now), what)
    move(matter, MatterAct.FINALISE, by=by)
    _end(matter, now)


def withdraw_matter(matter: Matter, *, reason: str, by: Actor, now: datetime) -> None:
    """The petitioner takes the matter back; he may come again."""
    check_reason(reason, "撤回")
    check_nothing_blocks(unsettled_kinds(matter))
    move(matter, MatterAct.WITHDRAW, by=by)
    matter.text.private_note = f"{matter.text.private_note}\n撤回：{reason}".strip()
    _end(matter, now)


def mark_entered_in_error(matter: Matter, *, reason: str, by: Actor, now: datetime) -> None:
    """Take a wrong entry out of work; row and number stay (INV-30, INV-33)."""
    check_reason(reason, "标为录入错误")
    check_nothing_blocks(unsettled_kinds(matter))
    move(matter, MatterAct.MARK_AS_ERROR, by=by)
    matter.text.private_note = f"{matter.text.private_note}\n录入错误：{reason}".strip()
    _end(matter, now)


def _end(matter: Matter, now: datetime) -> None:
    matter.closed_on = clock.local_date(now)
    end_petition_clocks(matter)


def _meet_first_clocks(matter: Matter, on: date) -> None:
    meet_clock(matter, "petition_routing", on)
    meet_clock(matter, "direct_receipt_notice", on)
    for unit in matter.units:
        if unit.capacity is UnitCapacity.HANDLING_UNIT and unit.ended_on is None:
            meet_clock(UnitKey(unit), "transfer_receipt_notice", on)
            meet_clock(UnitKey(unit), "transfer_objection", on)


def _issue_acceptance_notice(matter: Matter, accepted_on: date, due_on: date, *, by: Actor, now: datetime) -> None:
    unit = db.session.get_one(Organisation, by.organisation_id)
    facts = AcceptanceNoticeFacts(
        unit=unit.name,
        recipient=matter.petitioner_name,
        matter_number=matter.number,
        subject=matter.subject,
        received_on=matter.received_on,
        accepted_on=accepted_on,
        handling_unit=matter.handling_unit.name if matter.handling_unit else unit.name,
        due_on=due_on,
        issued_on=clock.local_date(now),
        contact=unit.contact_name,
        phone=unit.contact_phone,
    )
    owner = Owner("matter", matter.id)
    issue(facts, owner=owner, matter_id=matter.id, organisation=unit, by=by, now=now, number=NOTICE_NUMBER)
