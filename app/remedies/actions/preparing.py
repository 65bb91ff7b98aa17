"""A reconsideration case under review: copy, answer and evidence, extension, rest, hearing (FY 39, 48–54, 62)."""

from datetime import date, datetime

from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions import extend_clock, get_running_clock, meet_clock, pause_clock, resume_clock, start_clock
from app.matters.models import Clock, ClockExtension
from app.matters.rules.handling import check_day, check_reason
from app.remedies.actions.moving import move
from app.remedies.models import ReconsiderationCase, ReconsiderationSuspension
from app.remedies.rules import LABELS, CaseAct, SuspensionGround
from app.remedies.rules.reconsidering import check_head_of_body, check_may_be_heard, suspension_basis
from app.remedies.rules.states import check_under_review, next_status


def record_copy_sent(case: ReconsiderationCase, sent_on: date, *, by: Actor, now: datetime) -> None:
    """Note that the application's copy went to the respondent (FY 48, 54)."""
    check_under_review(case.status, "发送副本")
    check_day(sent_on, not_before=case.accepted_on or case.received_on, today=clock.local_date(now), what="发送日期")
    case.copy_sent_on = sent_on
    meet_clock(case, "recon_copy_to_respondent", sent_on)
    record(by, "reconsideration.copy_sent", case)


def record_copy_received(case: ReconsiderationCase, received_on: date, *, by: Actor, now: datetime) -> None:
    """Note when the respondent received the copy; its time to answer starts (FY 48, 54)."""
    check_under_review(case.status, "记收到副本")
    if case.copy_sent_on is None:
        raise RuleViolation("副本还没有发出。请先记下哪天发送。", rule="R-RECON-12")
    check_day(received_on, not_before=case.copy_sent_on, today=clock.local_date(now), what="收到副本的日期")
    case.copy_received_on = received_on
    variant = get_running_clock(case, "recon_decision").variant
    start_clock(case.matter, "recon_answer", received_on, owner=case, variant=variant, now=now)
    record(by, "reconsideration.copy_received", case)


def record_answer(
    case: ReconsiderationCase, answered_on: date, *, evidence_note: str, by: Actor, now: datetime
) -> None:
    """Take the respondent's written answer with its evidence; a late one stays on record as late (FY 48)."""
    check_under_review(case.status, "记答复")
    if case.copy_received_on is None:
        raise RuleViolation("还没有记下被申请人哪天收到副本。请先记下。", rule="R-RECON-12")
    check_day(answered_on, not_before=case.copy_received_on, today=clock.local_date(now), what="答复日期")
    case.answered_on = answered_on
    case.evidence_note = evidence_note
    meet_clock(case, "recon_answer", answered_on)
    record(by, "reconsideration.answer", case)


def extend_decision(
    case: ReconsiderationCase, days: int, *, reason: str, told_on: date, by: Actor, now: datetime
) -> ClockExtension:
    """The head of the body extends the decision once by at most thirty days; never in the summary procedure (FY 62)."""
    check_under_review(case.status, "延期")
    check_head_of_body(is_leader=Role.LEADER in by.roles, organisation_id=by.organisation_id, organ_id=case.organ_id)
    today = clock.local_date(now)
    check_day(told_on, not_before=case.accepted_on or case.received_on, today=today, what="告知日期")
    running = get_running_clock(case, "recon_decision")
    extension = extend_clock(running, days, by=by, on=today, reason=reason, told_on=told_on)
    record(by, "reconsideration.extend", case, days=days)
    return extension


def suspend_case(
    case: ReconsiderationCase, ground: SuspensionGround, *, note: str, from_on: date, by: Actor, now: datetime
) -> ReconsiderationSuspension:
    """Let the time for the decision stand still on a ground of FY 39, or for appraisal and inspection (R-RECON-14)."""
    next_status(case.status, CaseAct.SUSPEND)
    check_reason(note, "中止")
    check_day(from_on, not_before=case.accepted_on or case.received_on, today=clock.local_date(now), what="中止日期")
    running = get_running_clock(case, "recon_decision")
    move(case, CaseAct.SUSPEND, by=by, ground=ground.value)
    row = ReconsiderationSuspension(case=case, ground=ground, from_on=from_on, suspended_by=by.account_id)
    row.note = note
    db.session.add(row)
    pause_clock(running, basis=f"{LABELS[ground]}。{suspension_basis(ground)}", by=by, on=from_on)
    return row


def resume_case(case: ReconsiderationCase, *, on: date, by: Actor, now: datetime) -> Clock:
    """The cause is gone: the days that stood still are added (FY 39)."""
    next_status(case.status, CaseAct.RESUME)
    check_day(on, not_before=case.suspensions[-1].from_on, today=clock.local_date(now), what="恢复日期")
    move(case, CaseAct.RESUME, by=by)
    return end_rest(case, on, by=by)


def end_rest(case: ReconsiderationCase, on: date, *, by: Actor) -> Clock:
    """Close the open suspension and let the decision clock run again."""
    running = get_running_clock(case, "recon_decision")
    for row in case.suspensions:
        if row.until_on is None:
            row.until_on = on
            resume_clock(running, by=by, on=on)
    return running


def note_hearing_held(
    case: ReconsiderationCase, minutes_number: str, held_on: date, *, note: str = "", by: Actor, now: datetime
) -> None:
    """Note the hearing and its minutes, which the decision must cite; refused before answer and evidence are in."""
    check_under_review(case.status, "记听证")
    check_day(held_on, not_before=case.accepted_on or case.received_on, today=clock.local_date(now), what="听证日期")
    check_may_be_heard(case.answered_on, held_on)
    case.hearing_number, case.hearing_held_on = minutes_number, held_on
    case.hearing_note = note
    record(by, "reconsideration.hearing", case, number=minutes_number)
