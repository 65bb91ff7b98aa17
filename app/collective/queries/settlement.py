"""Reading model settlements: versions, what is wrong for whom, whose agreement is made, who must sign again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.access.permissions import Actor
from app.agreements.actions import sketch_agreement
from app.agreements.forms import AgreementText
from app.agreements.models import Agreement
from app.agreements.queries import check_up_of
from app.agreements.rules import DraftObligation, DraftSuccessor, Finding, Level, ObligationKind
from app.collective.models import Claimant, Heir, ModelSettlement, Roster
from app.collective.queries.roster import (
    RosterFilter,
    find_heir_authority,
    find_proxy,
    find_weak_proxy,
    list_claimants,
    signing_heirs,
)
from app.collective.rules.roster import LABELS, ClaimantStatus
from app.collective.rules.roster_entry import pending_reason
from app.collective.rules.settlement import (
    Entitled,
    ModelText,
    Share,
    Standing,
    fill,
    missing_values,
    split_amount,
    why_not,
)
from app.errors import NotFound
from app.extensions import db
from app.law import clock
from app.matters.models import Proxy
from app.mediation.models import CaseParty, MediationCase

PAYER, PAYEE = "party-1", "party-2"


@dataclass(frozen=True)
class RowFindings:
    """One line of the roster: why it can have no agreement now, or what the check-up of its agreement finds."""

    claimant: Claimant
    reason: str
    findings: tuple[Finding, ...] = ()

    @property
    def musts(self) -> tuple[Finding, ...]:
        """What must be changed."""
        return tuple(finding for finding in self.findings if finding.level is Level.MUST)


def get_settlement(public_id: str) -> ModelSettlement:
    """The version with this public id; NotFound otherwise."""
    found = db.session.scalar(sa.select(ModelSettlement).filter_by(public_id=public_id))
    if found is None:
        raise NotFound("没有这一版样本协议，或者它不归您看。")
    return found


def list_settlements(roster: Roster) -> Sequence[ModelSettlement]:
    """Every version, the newest first."""
    statement = sa.select(ModelSettlement).filter_by(roster_id=roster.id).order_by(ModelSettlement.number.desc())
    return db.session.scalars(statement.options(selectinload(ModelSettlement.shares))).all()


def find_case_of_roster(roster: Roster) -> MediationCase | None:
    """The newest mediation case of the roster's matter."""
    statement = sa.select(MediationCase).filter_by(matter_id=roster.matter_id).order_by(MediationCase.id.desc())
    return db.session.scalar(statement.limit(1))


def model_of(settlement: ModelSettlement) -> ModelText:
    """The version as the rules read it."""
    return ModelText(
        facts=settlement.facts,
        payment_term=settlement.payment_term,
        clauses=tuple(line for line in settlement.clauses.split("\n") if line.strip()),
        manner=settlement.manner,
        place=settlement.place,
        shares=tuple(
            Share(part=row.part, due_on=row.due_on, due_after_days=row.due_after_days) for row in settlement.shares
        ),
    )


def entitled_of(claimant: Claimant) -> Entitled:
    """The claimant's values; years and yearly amount are those of the first claim that counts in years."""
    yearly = next((claim for claim in claimant.claims if claim.years), None)
    period = next((claim.period for claim in claimant.claims if claim.period), "")
    return Entitled(
        name=claimant.party.name,
        total_fen=claimant.total_fen,
        years=yearly.years if yearly else None,
        yearly_fen=yearly.yearly_fen if yearly else None,
        period=period,
    )


def standing_of(claimant: Claimant, case_parties: frozenset[int], *, today: date) -> Standing:
    """What decides whether the claimant may have an agreement."""
    proof = pending_reason(
        is_deceased=claimant.is_deceased, has_death_proof=claimant.has_death_proof, heirs=claimant.heirs
    )
    held = claimant.reason or "暂缓" if claimant.status is ClaimantStatus.PENDING else ""
    return Standing(
        name=claimant.party.name,
        consent=claimant.party.consent,
        is_in_case=claimant.party_id in case_parties,
        hold_reason=proof or held,
        weak_proxy=find_weak_proxy(claimant, today=today),
        is_returned=claimant.status in (ClaimantStatus.RETURNED, ClaimantStatus.REMOVED),
    )


def parties_of_case(case_id: int) -> frozenset[int]:
    """The ids of the parties that take part in the mediation."""
    return frozenset(db.session.scalars(sa.select(CaseParty.party_id).where(CaseParty.case_id == case_id)))


def text_for(settlement: ModelSettlement, claimant: Claimant, *, today: date) -> AgreementText:
    """The model with the claimant's values: total, instalments (the last takes the remainder), who signs."""
    model, person = model_of(settlement), entitled_of(claimant)
    heirs = signing_heirs(claimant)
    proxy = (find_heir_authority if heirs else _own_proxy)(claimant, today=today)
    amounts = split_amount(person.total_fen, [share.part for share in model.shares])
    payments = (
        DraftObligation(
            kind=ObligationKind.PAYMENT,
            payer_key=PAYER,
            payee_key=PAYEE,
            amount_fen=amount,
            due_on=share.due_on,
            due_after_days=share.due_after_days,
        )
        for share, amount in zip(model.shares, amounts, strict=True)
    )
    return AgreementText(
        facts=fill(model.facts, person),
        payment_term=fill(model.payment_term, person),
        total_fen=person.total_fen,
        obligations=tuple(payments),
        terms=tuple(fill(clause, person) for clause in model.clauses),
        manner=fill(model.manner, person),
        place=fill(model.place, person),
        copies=3,
        proxies={PAYEE: proxy.public_id if proxy else ""},
        successors={PAYEE: _successors(heirs)},
    )


def _own_proxy(claimant: Claimant, *, today: date) -> Proxy | None:
    return find_proxy(claimant.party, today=today)


def _successors(heirs: Sequence[Heir]) -> tuple[DraftSuccessor, ...]:
    """Several heirs each sign in person; one alone signs under the authority on file (R-LINK-12)."""
    if len(heirs) < 2:
        return ()
    return tuple(
        DraftSuccessor(name=heir.name, kinship=LABELS[heir.kinship], proof="死亡证明、亲属关系证明已交")
        for heir in heirs
    )


def sketch_for(settlement: ModelSettlement, claimant: Claimant, *, by: Actor, now: datetime) -> Agreement:
    """The claimant's agreement as it would be, kept nowhere."""
    text = text_for(settlement, claimant, today=clock.local_date(now))
    parties = (settlement.roster.respondent, claimant.party)
    return sketch_agreement(settlement.case, text, parties=parties, by=by, now=now)


def check_rows(settlement: ModelSettlement, *, by: Actor, now: datetime) -> list[RowFindings]:
    """Every line of the roster with its problems, in roster order (INV-22, INV-25)."""
    inside = parties_of_case(settlement.case_id)
    claimants = list_claimants(settlement.roster, RosterFilter())
    return [_check_row(settlement, claimant, inside, by, now) for claimant in claimants]


def list_eligible(settlement: ModelSettlement, *, today: date) -> list[Claimant]:
    """Who may have an agreement of this version now, in roster order."""
    inside = parties_of_case(settlement.case_id)
    claimants = list_claimants(settlement.roster, RosterFilter())
    return [claimant for claimant in claimants if not why_not(standing_of(claimant, inside, today=today))]


def _check_row(
    settlement: ModelSettlement, claimant: Claimant, inside: frozenset[int], by: Actor, now: datetime
) -> RowFindings:
    today = clock.local_date(now)
    reason = why_not(standing_of(claimant, inside, today=today))
    if reason:
        return RowFindings(claimant, reason)
    found = check_up_of(sketch_for(settlement, claimant, by=by, now=now), today=today).findings
    return RowFindings(claimant, "", (*_empty_blanks(settlement, claimant), *found))


def _empty_blanks(settlement: ModelSettlement, claimant: Claimant) -> Iterator[Finding]:
    for name in missing_values(model_of(settlement), entitled_of(claimant)):
        text = f"样本里用了 {{{name}}}，名册上这个人没有填。请在名册里补上，或者改样本。"
        yield Finding("blank", Level.MUST, f"“{name}”没有值", text, name)
