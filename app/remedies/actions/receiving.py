"""An application for reconsideration until it is taken or not: receipt, correction, acceptance, refusal (FY 30, 31)."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue, take_number
from app.documents.models import IssuedPaper
from app.documents.papers.base import Facts
from app.documents.rules import NumberRequest, Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions import (
    cancel_clocks,
    entrust,
    get_running_clock,
    involve,
    meet_clock,
    open_blocker,
    pause_clock,
    resume_clock,
    start_clock,
)
from app.matters.actions.moving import move as move_matter
from app.matters.models import Matter, Party, PartyKind, PartySide
from app.matters.queries.handling import find_clock
from app.matters.rules import Capacity, ClockVariant, Route, UnitCapacity
from app.matters.rules.handling import check_day, check_reason
from app.matters.rules.states import MatterAct, next_status
from app.people.models import Organisation, OrganisationKind
from app.remedies.actions.ending import BLOCKER, end_case
from app.remedies.actions.moving import move
from app.remedies.actions.papers import acceptance_facts, correction_facts, refusal_facts
from app.remedies.models import ReconsiderationCase
from app.remedies.queries import find_reconsideration
from app.remedies.rules import CaseAct, CaseStatus, DeclineGround, GraveGround, Procedure
from app.remedies.rules.reconsidering import (
    FY,
    NUMBER_PATTERN,
    check_acceptance_day,
    check_correction_in_time,
    check_given_up,
    check_may_receive,
    check_not_withdrawn_before,
    check_procedure,
    check_respondent,
)
from app.remedies.rules.states import next_status as next_case_status

NUMBER = NumberRequest("reconsideration", NUMBER_PATTERN)
ACCEPTANCE = NumberRequest("reconsideration_acceptance", "{prefix}受字〔{year}〕{n}号")
CORRECTION = NumberRequest("reconsideration_correction", "{prefix}补字〔{year}〕{n}号")
REFUSAL = NumberRequest("reconsideration_refusal", "{prefix}不受字〔{year}〕{n}号")
FIRST_CLOCKS = ("petition_routing", "direct_receipt_notice")


def receive_application(
    matter: Matter,
    *,
    organ: Organisation,
    respondent: Party,
    act: str,
    received_on: date,
    again_reason: str = "",
    by: Actor,
    now: datetime,
) -> ReconsiderationCase:
    """Take an application on a matter routed to reconsideration: five working days to examine start (R-RECON-12).

    The body sees the matter from here on. Refuses other roads, a second open case, and the same facts again after a
    withdrawal (R-RECON-15).
    """
    _check_receivable(matter, organ, respondent, again_reason)
    next_status(matter.status, MatterAct.ENTER_RECONSIDERATION)
    today = clock.local_date(now)
    check_day(received_on, not_before=matter.received_on, today=today, what="收到申请的日期")
    case = ReconsiderationCase(
        matter=matter,
        matter_id=matter.id,
        organ=organ,
        organ_id=organ.id,
        number=take_number(organ, NUMBER, now=now),
        status_before=matter.status,
        respondent=respondent,
        respondent_id=respondent.id,
        received_on=received_on,
        received_by=by.account_id,
        received_at=now,
        suspensions=[],
    )
    case.act = act
    db.session.add(case)
    db.session.flush()
    move_matter(matter, MatterAct.ENTER_RECONSIDERATION, by=by, organ=organ.id)
    matter.route = Route.RECONSIDERATION
    entrust(matter, organ, UnitCapacity.RECONSIDERATION_BODY, since=today)
    _involve_officer(case, by, today)
    for code in FIRST_CLOCKS:
        meet_clock(matter, code, today)
    for code in ("recon_examination", "recon_correction_notice"):
        start_clock(matter, code, received_on, owner=case, now=now)
    open_blocker(matter, BLOCKER, case, now=now)
    record(by, "reconsideration.receive", case, after=case.status.value, number=case.number)
    return case


def ask_for_correction(
    case: ReconsiderationCase, what: str, *, asked_on: date, by: Actor, now: datetime
) -> IssuedPaper:
    """Issue 补正通知书 with all that is missing; the examination rests meanwhile (FY 31)."""
    next_case_status(case.status, CaseAct.ASK_FOR_CORRECTION)
    check_reason(what, "要补正的内容")
    check_day(asked_on, not_before=case.received_on, today=clock.local_date(now), what="通知补正的日期")
    if case.correction_asked_on is not None:
        raise RuleViolation(
            f"补正只通知一次，要一次说全。依据{FY}第三十一条", article=f"{FY}第三十一条", rule="R-RECON-12"
        )
    examination = get_running_clock(case, "recon_examination")
    move(case, CaseAct.ASK_FOR_CORRECTION, by=by)
    case.correction_asked_on = asked_on
    case.correction_text = what
    meet_clock(case, "recon_correction_notice", asked_on)
    pause_clock(examination, basis=f"补正申请材料。{FY}第三十一条", by=by, on=asked_on)
    return _issue(case, correction_facts(case, what, asked_on=asked_on), CORRECTION, by=by, now=now)


def record_correction_notice_received(case: ReconsiderationCase, on: date, *, by: Actor, now: datetime) -> None:
    """Note when the applicant received the notice; ten working days to correct start (FY 31)."""
    if case.status is not CaseStatus.CORRECTION_ASKED or case.correction_asked_on is None:
        raise RuleViolation("没有等补正的通知。请刷新看一看。", rule="R-RECON-12")
    check_day(on, not_before=case.correction_asked_on, today=clock.local_date(now), what="收到补正通知的日期")
    case.correction_received_on = on
    start_clock(case.matter, "recon_correction", on, owner=case, now=now)
    record(by, "reconsideration.correction_notice_received", case)


def record_correction(
    case: ReconsiderationCase, corrected_on: date, *, good_reason: str = "", by: Actor, now: datetime
) -> None:
    """Take the papers that were missing; the examination goes on. Late papers need a good reason (FY 31)."""
    due = find_clock(case, "recon_correction")
    next_case_status(case.status, CaseAct.RECORD_CORRECTION)
    not_before = case.correction_asked_on or case.received_on
    check_day(corrected_on, not_before=not_before, today=clock.local_date(now), what="补正日期")
    if good_reason:
        check_reason(good_reason, "逾期补正")
    check_correction_in_time(corrected_on, due.legal_due_on if due else None, has_good_reason=bool(good_reason))
    move(case, CaseAct.RECORD_CORRECTION, by=by)
    case.corrected_on = corrected_on
    meet_clock(case, "recon_correction", corrected_on, late_reason=good_reason)
    resume_clock(get_running_clock(case, "recon_examination"), by=by, on=corrected_on)


def record_given_up(case: ReconsiderationCase, *, by: Actor, now: datetime) -> None:
    """Nothing came within the time to correct and no good reason: the application counts as given up (FY 31)."""
    due = find_clock(case, "recon_correction")
    next_case_status(case.status, CaseAct.GIVE_UP)
    check_given_up(clock.local_date(now), due.legal_due_on if due else None)
    move(case, CaseAct.GIVE_UP, by=by)
    end_case(case, clock.local_date(now), by=by, now=now)


def accept_application(
    case: ReconsiderationCase,
    *,
    accepted_on: date,
    procedure: Procedure,
    grave_ground: GraveGround | None = None,
    by: Actor,
    now: datetime,
) -> IssuedPaper:
    """Issue 受理通知书: copy and decision clocks of the procedure start; a grave case must be heard (R-RECON-01…12)."""
    next_case_status(case.status, CaseAct.ACCEPT)
    _check_examined(case, accepted_on, "改期受理", now)
    check_procedure(procedure, grave_ground)
    move(case, CaseAct.ACCEPT, by=by, procedure=procedure.value)
    case.accepted_on, case.procedure, case.grave_ground = accepted_on, procedure, grave_ground
    _involve_officer(case, by, clock.local_date(now))
    meet_clock(case, "recon_examination", accepted_on)
    cancel_clocks(case, "recon_correction_notice", "recon_correction")
    variant = ClockVariant.SUMMARY if procedure is Procedure.SUMMARY else ClockVariant.STANDARD
    start_clock(case.matter, "recon_copy_to_respondent", accepted_on, owner=case, variant=variant, now=now)
    decision = start_clock(case.matter, "recon_decision", accepted_on, owner=case, variant=variant, now=now)
    facts = acceptance_facts(case, accepted_on=accepted_on, decide_by=decision.legal_due_on)
    return _issue(case, facts, ACCEPTANCE, by=by, now=now)


def decline_application(
    case: ReconsiderationCase, *, ground: DeclineGround, reason: str, declined_on: date, by: Actor, now: datetime
) -> IssuedPaper:
    """Issue 不予受理决定书 with the missing condition and the reason; the matter goes back to its office (FY 30)."""
    next_case_status(case.status, CaseAct.DECLINE)
    _check_examined(case, declined_on, "决定不予受理", now)
    check_reason(reason, "不予受理")
    move(case, CaseAct.DECLINE, by=by, ground=ground.value)
    case.decline_ground, case.end_reason = ground, reason
    meet_clock(case, "recon_examination", declined_on)
    end_case(case, declined_on, by=by, now=now)
    return _issue(case, refusal_facts(case, reason, declined_on=declined_on), REFUSAL, by=by, now=now)


def _issue(case: ReconsiderationCase, facts: Facts, number: NumberRequest, *, by: Actor, now: datetime) -> IssuedPaper:
    return issue(
        facts,
        owner=Owner(case.kind, case.id),
        matter_id=case.matter_id,
        organisation=case.organ,
        by=by,
        now=now,
        number=number,
    )


def _check_receivable(matter: Matter, organ: Organisation, respondent: Party, again_reason: str) -> None:
    earlier = find_reconsideration(matter)
    if organ.kind is not OrganisationKind.RECONSIDERATION_ORGAN:
        raise RuleViolation("请选一个行政复议机构。", rule="R-RECON-12")
    check_may_receive(
        route=matter.route,
        is_own=matter.organisation_id == organ.id,
        is_open=matter.is_open,
        is_accusation=matter.is_accusation,
        has_case=earlier is not None and earlier.is_open,
    )
    check_respondent(
        is_organisation=respondent.kind is PartyKind.ORGANISATION and respondent.side is not PartySide.PETITIONER,
        is_of_matter=respondent.matter_id == matter.id,
    )
    check_not_withdrawn_before(
        was_withdrawn=earlier is not None and earlier.status is CaseStatus.WITHDRAWN, again_reason=again_reason
    )


def _check_examined(case: ReconsiderationCase, day: date, what: str, now: datetime) -> None:
    not_before = case.corrected_on or case.received_on
    check_day(day, not_before=not_before, today=clock.local_date(now), what="日期")
    check_acceptance_day(day, get_running_clock(case, "recon_examination").legal_due_on, what=what)


def _involve_officer(case: ReconsiderationCase, by: Actor, since: date) -> None:
    """Whoever of the body takes part is on the case, so that its hearing knows him (R-RECON-03)."""
    if by.organisation_id == case.organ_id:
        involve(case.matter, by.account_id, Capacity.HANDLER, since=since)
