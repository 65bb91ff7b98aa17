"""The visits after an agreement: planned, made, recorded with their paper."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.agreements.actions.papers import visit_facts
from app.agreements.actions.performing import check_day, check_in_force
from app.agreements.forms import MANNERS, SATISFACTION, VisitReport
from app.agreements.models import Agreement, FollowUpVisit
from app.agreements.rules import StateConflict, VisitReason
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.rules import Owner
from app.extensions import db
from app.matters.actions import meet_clock
from app.people.queries import get_account_by_id


def plan_visit(agreement: Agreement, *, due_on: date, by: Actor) -> FollowUpVisit:
    """Plan one more visit, as a party asks or the mediator sees fit."""
    check_in_force(agreement)
    visit = FollowUpVisit(agreement=agreement, reason=VisitReason.ON_REQUEST, due_on=due_on)
    db.session.add(visit)
    db.session.flush()
    record(by, "agreement.plan_visit", agreement, visit=visit.id)
    return visit


def record_visit(
    visit: FollowUpVisit, report: VisitReport, *, by: Actor, now: datetime, renders: bool = True
) -> FollowUpVisit:
    """Record a visit with its paper; it settles every planned visit that is due by then (R-MED-22, R-DOC-M09).

    One of many: without `renders` the bytes of its paper are made with those of the others.
    """
    agreement = visit.agreement
    check_in_force(agreement)
    if not visit.is_open:
        raise StateConflict("这次回访已经记过了。再去一次，请另加一次回访。", rule="R-MED-22")
    check_day(report.visited_on, agreement, now)
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
        renders=renders,
    )
    record(by, "agreement.visit", agreement, visit=visit.id, performance=report.performance.value)
    return visit


def _settle_visits(agreement: Agreement, done: FollowUpVisit, visited_on: date) -> None:
    settled = [visit for visit in agreement.visits if visit.is_open and visit.due_on <= visited_on]
    for visit in {done, *settled}:
        visit.is_open = False
        if visit.obligation_id is not None:
            meet_clock(Owner("agreement_obligation", visit.obligation_id), "instalment_follow_up", visited_on)
        elif visit.reason is VisitReason.AFTER_EFFECT:
            meet_clock(Owner("agreement", agreement.id), "agreement_follow_up", visited_on)
