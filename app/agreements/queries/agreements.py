"""Reading agreements: one by its public id, lists cut to what the actor may read, the draft as the rules see it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, selectinload

from app.access.permissions import Actor, Permission
from app.agreements.models import (
    Agreement,
    AgreementParty,
    Confirmation,
    FollowUpVisit,
    Obligation,
)
from app.agreements.rules import (
    AgreementStatus,
    CheckUp,
    ConfirmationStatus,
    Draft,
    DraftObligation,
    DraftParty,
    check_agreement,
)
from app.errors import NotFound
from app.extensions import db
from app.matters.models import Consent, ConsentDecision, Matter, PartyKind
from app.matters.queries import visible_to
from app.mediation.models import CaseParty, MediationCase
from app.people.models import Account, Organisation, OrganisationKind
from app.settings.queries import profile_on

PAGE_SIZE = 50
Row = TypeVar("Row", FollowUpVisit, Obligation, Confirmation)


@dataclass(frozen=True)
class Page:
    """One page of a list and where the next one begins."""

    rows: list[Agreement]
    next_key: str = ""


def get_agreement(public_id: str) -> Agreement:
    """The agreement with its rows; NotFound otherwise."""
    statement = (
        sa.select(Agreement)
        .where(Agreement.public_id == public_id)
        .options(
            selectinload(Agreement.parties).selectinload(AgreementParty.party),
            selectinload(Agreement.obligations),
            selectinload(Agreement.terms),
            selectinload(Agreement.matter).selectinload(Matter.involvements),
            selectinload(Agreement.matter).selectinload(Matter.units),
        )
    )
    agreement = db.session.scalar(statement)
    if agreement is None:
        raise NotFound("没有这份协议，或者它不归您办。")
    return agreement


def list_agreements(
    actor: Actor, *, statuses: frozenset[AgreementStatus] = frozenset(), after: str = "", limit: int = PAGE_SIZE
) -> Page:
    """The agreements the actor may read, those saved last first."""
    statement = (
        sa.select(Agreement)
        .join(Agreement.matter)
        .where(visible_to(actor, Permission.AGREEMENT_READ))
        .options(
            contains_eager(Agreement.matter),
            selectinload(Agreement.case),
            selectinload(Agreement.parties).selectinload(AgreementParty.party),
        )
        .order_by(Agreement.saved_at.desc(), Agreement.id.desc())
        .limit(limit + 1)
    )
    if statuses:
        statement = statement.where(Agreement.status.in_(statuses))
    if key := _key_from(after):
        statement = statement.where(sa.tuple_(Agreement.saved_at, Agreement.id) < sa.tuple_(*key))
    rows = list(db.session.scalars(statement))
    more = f"{rows[limit - 1].saved_at.timestamp()}~{rows[limit - 1].id}" if len(rows) > limit else ""
    return Page(rows[:limit], more)


def count_by_status(actor: Actor) -> dict[AgreementStatus, int]:
    """How many agreements the actor may read stand where."""
    statement = (
        sa.select(Agreement.status, sa.func.count())
        .join(Agreement.matter)
        .where(visible_to(actor, Permission.AGREEMENT_READ))
    ).group_by(Agreement.status)
    return {status: count for status, count in db.session.execute(statement)}


def list_agreements_of_case(case_id: int) -> list[Agreement]:
    """All agreements of a mediation case, oldest first."""
    return list(db.session.scalars(sa.select(Agreement).filter_by(case_id=case_id).order_by(Agreement.id)))


def is_anybody_waiting(case: MediationCase) -> bool:
    """True while a party of the case wants to settle and has no agreement in force (R-LINK-11)."""
    settled = (
        sa.select(AgreementParty.party_id)
        .join(AgreementParty.agreement)
        .where(Agreement.case_id == case.id, Agreement.status == AgreementStatus.EFFECTIVE)
    )
    answer = aliased(Consent)
    newest = (
        sa.select(sa.func.max(answer.id))
        .where(answer.party_id == CaseParty.party_id)
        .correlate(CaseParty)
        .scalar_subquery()
    )
    unwilling = sa.select(Consent.id).where(
        Consent.id == newest, Consent.decision.in_((ConsentDecision.REFUSED, ConsentDecision.WITHDRAWN))
    )
    waiting = sa.select(CaseParty.party_id).where(
        CaseParty.case_id == case.id, CaseParty.party_id.not_in(settled), ~unwilling.correlate(CaseParty).exists()
    )
    return db.session.scalar(waiting.limit(1)) is not None


def find_agreement_of_paper(paper_id: int) -> Agreement | None:
    """The agreement that was issued as this paper."""
    return db.session.scalar(sa.select(Agreement).filter_by(paper_id=paper_id))


def mediators_of(agreement: Agreement) -> list[Account]:
    """The mediators of the case now, in the order of their assignment."""
    return agreement.case.active_mediators


def draft_of(agreement: Agreement) -> Draft:
    """The agreement as the rules read it."""
    return Draft(
        form=agreement.form,
        is_labour=agreement.case.is_labour,
        parties=tuple(_draft_party(row) for row in agreement.parties),
        mediators=tuple(account.name for account in mediators_of(agreement)),
        facts_and_issues=agreement.facts,
        payment_term=agreement.payment_term,
        total_fen=agreement.total_fen,
        obligations=tuple(_draft_obligation(row) for row in agreement.obligations),
        terms=tuple(term.text for term in agreement.terms),
        performance_manner=agreement.manner,
        performance_place=agreement.place,
        copies=agreement.copies,
        is_performed=agreement.is_performed_at_once,
    )


def check_up_of(agreement: Agreement, *, today: date) -> CheckUp:
    """The check-up of an agreement, with the advice that was kept."""
    draft, profile = draft_of(agreement), profile_on(today)
    digests = {row.key_digest for row in agreement.kept_findings}
    found = check_agreement(draft, today=today, profile=profile)
    kept = frozenset(each.key for each in found.findings if digest_of_key(each.key) in digests)
    return CheckUp(found.findings, found.passed, kept)


def digest_of_key(key: str) -> str:
    """Under which a kept finding is found again; its words stay out of the database."""
    return hashlib.sha256(key.encode()).hexdigest()


def get_visit(agreement: Agreement, public_id: str) -> FollowUpVisit:
    """One planned or recorded visit of an agreement; NotFound otherwise."""
    return _one_of(agreement.visits, public_id, "没有这次回访。")


def get_obligation(agreement: Agreement, public_id: str) -> Obligation:
    """One obligation of an agreement; NotFound otherwise."""
    return _one_of(agreement.obligations, public_id, "没有这一笔。")


def get_confirmation(agreement: Agreement, public_id: str) -> Confirmation:
    """One application for confirmation of an agreement; NotFound otherwise."""
    return _one_of(agreement.confirmations, public_id, "没有这份司法确认申请。")


def list_open_visits(actor: Actor, *, until: date, limit: int = PAGE_SIZE) -> list[FollowUpVisit]:
    """Visits that are due until that day, the earliest first, cut to what the actor may read."""
    statement = (
        sa.select(FollowUpVisit)
        .join(FollowUpVisit.agreement)
        .join(Agreement.matter)
        .where(FollowUpVisit.is_open, FollowUpVisit.due_on <= until, visible_to(actor, Permission.AGREEMENT_READ))
        .options(contains_eager(FollowUpVisit.agreement).contains_eager(Agreement.matter))
        .order_by(FollowUpVisit.due_on, FollowUpVisit.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def find_open_confirmation(agreement: Agreement) -> Confirmation | None:
    """The application a court has not decided yet, or that it granted."""
    done = (ConfirmationStatus.APPLIED, ConfirmationStatus.CONFIRMED)
    return next((row for row in reversed(agreement.confirmations) if row.status in done), None)


def list_courts() -> list[Organisation]:
    """The courts known to the office."""
    statement = sa.select(Organisation).filter_by(kind=OrganisationKind.COURT, is_active=True)
    return list(db.session.scalars(statement.order_by(Organisation.id)))


def is_court_of_place(court: Organisation, committee: Organisation) -> bool:
    """True when court and committee lie in the same district: the place of the mediation organisation (R-JC-02)."""
    return court.parent_id is not None and court.parent_id in committee.path_ids


def _draft_party(row: AgreementParty) -> DraftParty:
    is_person = row.party.kind is PartyKind.PERSON
    return DraftParty(
        key=row.key,
        label=row.label,
        name=row.party.name,
        is_person=is_person,
        has_address=bool(row.party.address),
        has_signer=is_person or row.proxy_id is not None or bool(row.party.legal_representative),
        weak_proxy=row.proxy.name if row.proxy is not None and not row.proxy.is_special_authority else "",
    )


def _draft_obligation(row: Obligation) -> DraftObligation:
    return DraftObligation(
        kind=row.kind,
        payer_key=row.payer_key,
        payee_key=row.payee_key,
        amount_fen=row.amount_fen,
        due_on=row.due_on,
        due_after_days=row.due_after_days,
        method=row.method,
        account_holder=row.account_holder,
        account_number=row.account_number,
        text=row.text,
    )


def _one_of(rows: list[Row], public_id: str, message: str) -> Row:
    for row in rows:
        if row.public_id == public_id:
            return row
    raise NotFound(message)


def _key_from(after: str) -> tuple[datetime, int] | None:
    moment, _, number = after.partition("~")
    try:
        return datetime.fromtimestamp(float(moment), tz=UTC), int(number)
    except (ValueError, OverflowError, OSError):
        return None
