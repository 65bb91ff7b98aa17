"""Screening: keeping the answers, recording each side's word on mediation, deciding the route."""

from collections.abc import Mapping
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions.involving import involve
from app.matters.models import Capacity, Consent, Matter, Party, Screening
from app.matters.queries.screening import case_of, find_screening
from app.matters.rules import ConsentDecision, ConsentManner, PartyKind, Route
from app.matters.rules.entering import check_consent_decision
from app.matters.rules.handling import check_day
from app.matters.rules.parties import Ward, check_guardians
from app.matters.rules.screening import Page, check_answers, check_choice, open_procedure_of, propose_route
from app.matters.rules.states import check_open


def answer_screening(
    matter: Matter, page: Page, answers: Mapping[str, str], *, dispute_type: str | None = None, by: Actor, now: datetime
) -> Screening:
    """Keep the answers of one page of the wizard; refuses a page with questions left open."""
    check_open(matter.is_open)
    wrong = check_answers(page, answers)
    if wrong:
        raise RuleViolation(next(iter(wrong.values())), rule="R-LINK-01")
    row = find_screening(matter.id)
    if row is None or row.decided_at is not None:
        row = Screening(
            matter=matter, matter_id=matter.id, answers=row.answers if row else {}, screened_by=by.account_id
        )
        db.session.add(row)
    row.answers = {**row.answers, **answers}
    if dispute_type is not None:
        matter.dispute_type = dispute_type
    matter.open_procedure = open_procedure_of(row.answers)
    involve(matter, by.account_id, Capacity.ROUTER, since=clock.local_date(now))
    record(by, "matter.screen", matter, page=page.value)
    return row


def record_consent(
    party: Party,
    decision: ConsentDecision,
    *,
    manner: ConsentManner,
    given_on: date,
    note: str = "",
    by: Actor,
    now: datetime,
) -> Consent:
    """Keep what one side said to mediation (INV-05); refuses a minor acting alone (INV-37)."""
    matter = party.matter
    today = clock.local_date(now)
    check_open(matter.is_open)
    check_day(given_on, not_before=matter.received_on, today=today, what="表态日期")
    check_consent_decision(party.consent, decision)
    if decision is ConsentDecision.CONSENTED and party.kind is PartyKind.PERSON:
        birth = date.fromisoformat(party.birth_date) if party.birth_date else None
        check_guardians([Ward(party.name, birth, party.guardian_id is not None)], today=today)
    before = party.consent
    row = new_consent(party, decision, manner, given_on, by=by, now=now)
    row.note = note
    db.session.flush()
    record(by, "consent.record", row, before=before.value if before else "", after=decision.value, party=party.id)
    return row


def new_consent(
    party: Party, decision: ConsentDecision, manner: ConsentManner, given_on: date, *, by: Actor, now: datetime
) -> Consent:
    """The row of what one party said; whoever calls has checked it and logs it."""
    row = Consent(
        matter_id=party.matter_id,
        party_id=party.id,
        decision=decision,
        manner=manner.value,
        given_on=given_on,
        recorded_by=by.account_id,
        recorded_at=now,
    )
    party.consents.append(row)
    return row


def decide_route(matter: Matter, route: Route, *, reason: str = "", by: Actor, now: datetime) -> Screening:
    """Decide the way; refuses another one than proposed without reason, and mediation where the law bars it."""
    check_open(matter.is_open)
    row = find_screening(matter.id)
    case = case_of(matter, row)
    proposal = propose_route(case)
    check_choice(case, proposal, route, reason)
    if row is None or row.decided_at is not None:
        row = Screening(matter=matter, matter_id=matter.id, answers=dict(case.answers), screened_by=by.account_id)
        db.session.add(row)
    before = matter.route
    row.proposed_route = proposal.route
    row.chosen_route = route
    row.overrule_reason = reason if route is not proposal.route else ""
    row.decided_at = now
    matter.route = route
    involve(matter, by.account_id, Capacity.ROUTER, since=clock.local_date(now))
    record(
        by,
        "matter.choose_route",
        matter,
        before=before.value if before else "",
        after=route.value,
        proposed=proposal.route.value,
    )
    return row
