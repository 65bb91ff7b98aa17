"""What follows when an agreement takes effect: dates, clocks, visits, the case's end; and the oral agreement."""

from datetime import date, datetime

from app.access.permissions import Actor
from app.agreements.actions.drafting import move
from app.agreements.actions.papers import mediator_signers, oral_form_facts
from app.agreements.models import Agreement, FollowUpVisit, Obligation
from app.agreements.queries import check_up_of, is_anybody_waiting, mediators_of
from app.agreements.rules import (
    AgreementForm,
    AgreementStatus,
    Performance,
    StateConflict,
    Supplement,
    VisitReason,
    check_may_issue,
    check_transition,
)
from app.agreements.rules.effect import check_oral_registration, due_date_after_effect
from app.documents.actions import issue, void_paper
from app.documents.models import IssuedPaper
from app.documents.rules import NumberRequest, Owner
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.law.dates import format_month_day
from app.law.phone import is_mobile
from app.matters.actions import cancel_clocks, start_clock
from app.matters.models import PartyKind
from app.mediation.actions import mark_agreed
from app.notices.actions import issue_access_link, queue_message, send_access_link
from app.notices.queries import list_open_links_of
from app.notices.rules import MessageKind, greeting_of
from app.settings.queries import calendar
from app.signing.actions import open_signing
from app.signing.rules import Signer, SignerRole
from app.web.transaction import check_seen_version

NUMBER = NumberRequest(series="mediation_agreement", pattern="({year}){prefix}第{n}号")


def register_oral_agreement(
    agreement: Agreement,
    *,
    reached_on: date,
    reached_at: str,
    seen_version: int | None,
    by: Actor,
    now: datetime,
) -> IssuedPaper:
    """Register an oral agreement with its form on the day it was reached; it holds from that day (INV-23, R-MED-21).

    Refuses labour disputes, another day, missing content, and what must be written by the local rule.
    """
    if agreement.form is not AgreementForm.ORAL:
        raise StateConflict("这是书面协议，请定稿、签发后各方签名。", rule="INV-23")
    check_seen_version(agreement, seen_version)
    check_transition(agreement.status, AgreementStatus.EFFECTIVE)
    today = clock.local_date(now)
    content = "".join([*(term.text for term in agreement.terms), agreement.payment_term])
    check_oral_registration(is_labour=agreement.case.is_labour, reached_on=reached_on, today=today, content=content)
    if not reached_at.strip():
        raise RuleViolation("请填写达成协议的地点，登记表上要写。", rule="INV-23")
    check_may_issue(check_up_of(agreement, today=today))
    agreement.reached_on, agreement.reached_at = reached_on, reached_at
    paper = _issue_form(agreement, by=by, now=now)
    move(agreement, AgreementStatus.EFFECTIVE, "agreement.register_oral", by=by, effective_on=reached_on.isoformat())
    take_effect(agreement, reached_on, by=by, now=now)
    return paper


def take_effect(agreement: Agreement, effective_on: date, *, by: Actor, now: datetime) -> None:
    """Write what follows from the effect: due dates, confirmation window, visits, clocks, the case agreed."""
    agreement.effective_on = effective_on
    for obligation in agreement.obligations:
        if obligation.due_on is None and obligation.due_after_days:
            obligation.due_on = due_date_after_effect(effective_on, obligation.due_after_days, calendar())
        if agreement.is_performed_at_once:
            obligation.performance, obligation.performed_on = Performance.PERFORMED, effective_on
            obligation.performed_fen = obligation.amount_fen or 0
    owner = Owner("agreement", agreement.id)
    window = start_clock(agreement.matter, "judicial_confirmation", effective_on, owner=owner, now=now)
    agreement.window_ends_on = window.legal_due_on
    _plan_visits(agreement, effective_on, now)
    _settle_earlier(agreement, by=by, now=now)
    _tell_parties(agreement, effective_on, by=by, now=now)
    if agreement.case.is_open and not is_anybody_waiting(agreement.case):
        mark_agreed(agreement.case, on=effective_on, by=by, now=now)


def official_signers(agreement: Agreement) -> tuple[Signer, ...]:
    """The mediators as signers, each in his own name only."""
    named = zip(mediator_signers(agreement), mediators_of(agreement), strict=True)
    return tuple(Signer(one.key, one.name, SignerRole.MEDIATOR, True, account.id) for one, account in named)


def _tell_parties(agreement: Agreement, effective_on: date, *, by: Actor, now: datetime) -> None:
    """Tell each party that the agreement holds; who has a phone but no link yet gets the link to read it."""
    committee = agreement.case.committee
    centre = committee.short_name or agreement.matter.organisation.short_name or committee.name
    for row in agreement.parties:
        party = row.party
        variables = {
            "centre": centre,
            "phone": committee.contact_phone,
            "name": greeting_of(party.name, is_person=party.kind is PartyKind.PERSON),
            "when": format_month_day(effective_on),
        }
        queue_message(
            MessageKind.AGREEMENT_EFFECTIVE,
            to=party.phone,
            variables=variables,
            business_key=f"agreement_effective:{agreement.public_id}:{party.public_id}",
            matter_id=agreement.matter_id,
            party_id=party.id,
            by=by,
            now=now,
        )
        if is_mobile(party.phone) and not list_open_links_of(party.id):
            issued = issue_access_link(
                party_id=party.id,
                matter_id=agreement.matter_id,
                name=party.name,
                phone=party.phone,
                by=by,
                now=now,
            )
            send_access_link(issued, to=party.phone, centre=centre, by=by, now=now)


def _issue_form(agreement: Agreement, *, by: Actor, now: datetime) -> IssuedPaper:
    paper = issue(
        oral_form_facts(agreement, today=clock.local_date(now)),
        owner=Owner("agreement", agreement.id),
        matter_id=agreement.matter_id,
        organisation=agreement.case.committee,
        by=by,
        now=now,
        number=NUMBER,
    )
    agreement.paper, agreement.number, agreement.issued_at = paper, paper.number, now
    open_signing(paper, official_signers(agreement), by=by, now=now)
    return paper


def _plan_visits(agreement: Agreement, effective_on: date, now: datetime) -> None:
    """One visit after the effect, one for each day on which something is due (R-MED-22)."""
    owner = Owner("agreement", agreement.id)
    after_effect = start_clock(agreement.matter, "agreement_follow_up", effective_on, owner=owner, now=now)
    _plan(agreement, VisitReason.AFTER_EFFECT, after_effect.legal_due_on, None)
    for obligation in agreement.obligations:
        if obligation.due_on is None or obligation.performance is Performance.PERFORMED:
            continue
        owner = Owner("agreement_obligation", obligation.id)
        start_clock(agreement.matter, "instalment_follow_up", obligation.due_on, owner=owner, now=now)
        _plan(agreement, VisitReason.AFTER_DUE_DATE, obligation.due_on, obligation)


def _plan(agreement: Agreement, reason: VisitReason, due_on: date, obligation: Obligation | None) -> None:
    visit = FollowUpVisit(agreement=agreement, reason=reason, due_on=due_on, obligation=obligation)
    db.session.add(visit)


def _settle_earlier(agreement: Agreement, *, by: Actor, now: datetime) -> None:
    """An agreement that replaces an earlier one ends it; a supplement lets it stand (INV-24)."""
    earlier = agreement.earlier
    if earlier is None or agreement.supplement is not Supplement.REPLACES:
        return
    move(earlier, AgreementStatus.REPLACED, "agreement.replace", by=by, by_number=agreement.number)
    for visit in earlier.visits:
        visit.is_open = False
    cancel_clocks(Owner("agreement", earlier.id))
    for obligation in earlier.obligations:
        cancel_clocks(Owner("agreement_obligation", obligation.id))
    if earlier.paper is not None:
        void_paper(earlier.paper, replaced_by=agreement.paper, by=by, now=now)
