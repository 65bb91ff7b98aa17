"""After the effect: performance, visits with their record, judicial confirmation and the court's answer."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.agreements.actions.papers import confirmation_facts, visit_facts
from app.agreements.forms import MANNERS, SATISFACTION, VisitReport
from app.agreements.models import Agreement, Confirmation, FollowUpVisit, Obligation
from app.agreements.queries import find_open_confirmation, is_court_of_place
from app.agreements.rules import (
    AgreementStatus,
    ConfirmationRequest,
    ConfirmationStatus,
    CourtGround,
    ObligationKind,
    Performance,
    StateConflict,
    VisitReason,
    check_confirmation,
)
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.law.dates import format_date
from app.matters.actions import meet_clock
from app.people.models import Organisation
from app.people.queries import get_account_by_id
from app.signing import actions as signing

RT33 = "《人民调解法》第三十三条"


@dataclass(frozen=True)
class CourtChoice:
    """The court an application goes to, and why it is competent."""

    name: str
    ground: CourtGround
    organisation: Organisation | None = None


def record_performance(
    obligation: Obligation,
    performance: Performance,
    *,
    performed_fen: int,
    on: date,
    proof: signing.WrittenScan | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Record how far an obligation was performed, with the proof; refuses sums that cannot be and future days."""
    agreement = obligation.agreement
    _check_in_force(agreement)
    _check_day(on, agreement, now)
    amount = obligation.amount_fen or 0
    if performance is Performance.PERFORMED:
        performed_fen = amount
    if performance is Performance.PARTLY and amount and not 0 < performed_fen < amount:
        raise RuleViolation("部分履行的金额要大于零、小于这一笔的金额。请核对。", rule="R-MED-22")
    if performance in (Performance.NOT_PERFORMED, Performance.DUE):
        performed_fen = 0
    before = obligation.performance
    obligation.performance, obligation.performed_fen, obligation.performed_on = performance, performed_fen, on
    if proof is not None and agreement.paper is not None:
        obligation.proof_scan_id = signing.add_scan(agreement.paper, proof, by=by, now=now).id
    record(by, "agreement.perform", agreement, before=before.value, after=performance.value, obligation=obligation.id)


def plan_visit(agreement: Agreement, *, due_on: date, by: Actor) -> FollowUpVisit:
    """Plan one more visit, as a party asks or the mediator sees fit."""
    _check_in_force(agreement)
    visit = FollowUpVisit(agreement=agreement, reason=VisitReason.ON_REQUEST, due_on=due_on)
    db.session.add(visit)
    db.session.flush()
    record(by, "agreement.plan_visit", agreement, visit=visit.id)
    return visit


def record_visit(visit: FollowUpVisit, report: VisitReport, *, by: Actor, now: datetime) -> FollowUpVisit:
    """Record a visit with its paper; it settles every planned visit that is due by then (R-MED-22, R-DOC-M09)."""
    agreement = visit.agreement
    _check_in_force(agreement)
    if not visit.is_open:
        raise StateConflict("这次回访已经记过了。再去一次，请另加一次回访。", rule="R-MED-22")
    _check_day(report.visited_on, agreement, now)
    visit.visited_on, visit.manner, visit.satisfaction = report.visited_on, report.manner, report.satisfaction
    visit.performance, visit.recorded_by = report.performance, by.account_id
    visit.findings, visit.measures = report.findings, report.measures
    _settle_visits(agreement, visit, report.visited_on)
    words = {"manner": MANNERS[report.manner], "satisfaction": SATISFACTION.get(report.satisfaction, "")}
    visit.paper = issue(
        visit_facts(agreement, visit, get_account_by_id(by.account_id), words),
        owner=Owner("follow_up_visit", visit.id),
        matter_id=agreement.matter_id,
        organisation=agreement.case.committee,
        by=by,
        now=now,
    )
    record(by, "agreement.visit", agreement, visit=visit.id, performance=report.performance.value)
    return visit


def apply_for_confirmation(
    agreement: Agreement,
    court: CourtChoice,
    *,
    applicants: frozenset[str],
    applied_on: date,
    by: Actor,
    now: datetime,
) -> Confirmation:
    """Prepare the joint application with its paper; refuses what the court would not take (INV-26)."""
    if applied_on > clock.local_date(now):
        raise RuleViolation("申请日期不能晚于今天。请核对。", article=RT33, rule="INV-26")
    _check_court_place(agreement, court)
    check_confirmation(confirmation_request(agreement, court.ground, applicants=applicants, applied_on=applied_on))
    if find_open_confirmation(agreement) is not None:
        raise StateConflict("这份协议已经申请过司法确认。请在原来的申请里记结果。", article=RT33, rule="INV-26")
    application = Confirmation(
        agreement=agreement,
        court=court.organisation,
        court_name=court.name,
        ground=court.ground,
        applied_on=applied_on,
        applied_by=by.account_id,
    )
    db.session.add(application)
    db.session.flush()
    meet_clock(Owner("agreement", agreement.id), "judicial_confirmation", applied_on)
    _issue_application(agreement, application, by=by, now=now)
    record(by, "agreement.apply_confirmation", agreement, after=application.status.value, confirmation=application.id)
    return application


def record_confirmation_result(
    application: Confirmation,
    status: ConfirmationStatus,
    *,
    decided_on: date,
    ruling_number: str = "",
    note: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """Record what the court decided, or that the parties took the application back."""
    if application.status is not ConfirmationStatus.APPLIED:
        raise StateConflict("这份申请已经有结果了。请刷新后再看。", rule="INV-26")
    if status is ConfirmationStatus.APPLIED:
        raise RuleViolation("请选法院的处理结果。", rule="INV-26")
    if not application.applied_on <= decided_on <= clock.local_date(now):
        raise RuleViolation("结果日期要在申请以后、今天以前。请核对。", rule="INV-26")
    application.status, application.decided_on = status, decided_on
    application.ruling_number, application.note = ruling_number, note
    application.is_open = False
    record(
        by,
        "agreement.confirmation_result",
        application.agreement,
        before=ConfirmationStatus.APPLIED.value,
        after=status.value,
        confirmation=application.id,
    )


def confirmation_request(
    agreement: Agreement, ground: CourtGround, *, applicants: frozenset[str], applied_on: date
) -> ConfirmationRequest:
    """What the rules need to know before an application."""
    texts = [agreement.payment_term, agreement.manner, *(term.text for term in agreement.terms)]
    texts += [row.text for row in agreement.obligations]
    return ConfirmationRequest(
        status=agreement.status,
        effective_on=agreement.effective_on,
        window_ends_on=agreement.window_ends_on,
        applied_on=applied_on,
        parties=tuple((row.key, row.party.name) for row in agreement.parties),
        applicants=applicants,
        texts=tuple(texts),
        has_acts=any(row.kind is ObligationKind.ACT for row in agreement.obligations),
        is_labour=agreement.case.is_labour,
        ground=ground,
    )


def _issue_application(agreement: Agreement, application: Confirmation, *, by: Actor, now: datetime) -> None:
    application.paper = issue(
        confirmation_facts(agreement, application.court_name, today=clock.local_date(now)),
        owner=Owner("judicial_confirmation", application.id),
        matter_id=agreement.matter_id,
        organisation=agreement.case.committee,
        by=by,
        now=now,
    )


def _settle_visits(agreement: Agreement, done: FollowUpVisit, visited_on: date) -> None:
    settled = [visit for visit in agreement.visits if visit.is_open and visit.due_on <= visited_on]
    for visit in {done, *settled}:
        visit.is_open = False
        if visit.obligation_id is not None:
            meet_clock(Owner("agreement_obligation", visit.obligation_id), "instalment_follow_up", visited_on)
        elif visit.reason is VisitReason.AFTER_EFFECT:
            meet_clock(Owner("agreement", agreement.id), "agreement_follow_up", visited_on)


def _check_court_place(agreement: Agreement, court: CourtChoice) -> None:
    if court.ground is not CourtGround.COMMITTEE_PLACE or court.organisation is None:
        return
    if not is_court_of_place(court.organisation, agreement.case.committee):
        raise RuleViolation(
            f"{court.name}不是调解组织所在地的法院，请改选法院或管辖依据。",
            article="《民事诉讼法》第二百零五条",
            rule="INV-26",
        )


def _check_in_force(agreement: Agreement) -> None:
    if agreement.status is not AgreementStatus.EFFECTIVE:
        raise StateConflict("协议生效以后才有履行和回访。", article="《人民调解法》第三十一条", rule="R-MED-22")


def _check_day(day: date, agreement: Agreement, now: datetime) -> None:
    start = agreement.effective_on or day
    if not start <= day <= clock.local_date(now):
        raise RuleViolation(f"日期要在协议生效（{format_date(start)}）以后、今天以前。请核对。", rule="R-MED-22")
