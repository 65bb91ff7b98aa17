"""Counting one settlement with many: the figures, and the list behind each (R-STAT-04)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from app.agreements.models import Agreement
from app.agreements.rules import AgreementForm, AgreementStatus
from app.collective.models import Claimant, Roster, SettlementAgreement
from app.collective.queries.roster import RosterFilter, list_claimants
from app.collective.queries.settlement import find_case_of_roster, parties_of_case
from app.collective.rules import ClaimantStatus
from app.collective.rules.report import Counted
from app.extensions import db
from app.matters.models import Party
from app.matters.rules import PartySide
from app.mediation.models import CaseParty, MediationCase


@dataclass(frozen=True)
class ListedParty:
    """One line of a list behind a figure; amount in fen."""

    number: str
    name: str
    note: str = ""
    amount_fen: int | None = None
    on: date | None = None


def count_settlement(roster: Roster) -> Counted:
    """The figures as the roster stands now."""
    case = find_case_of_roster(roster)
    claimants = list_claimants(roster, RosterFilter())
    inside = parties_of_case(case.id) if case else frozenset()
    count, total = db.session.execute(
        _in_force(roster).with_only_columns(sa.func.count(), sa.func.coalesce(sa.func.sum(Agreement.total_fen), 0))
    ).one()
    statuses = Counter(claimant.status for claimant in claimants)
    return Counted(
        matters=1,
        cases=1 if case else 0,
        petitioners=roster.matter.visit.head_count,
        listed=len(claimants),
        parties=len(inside),
        agreements=int(count or 0),
        amount_fen=int(total or 0),
        signed=statuses[ClaimantStatus.SIGNED],
        not_agreed=statuses[ClaimantStatus.RETURNED],
        outside=sum(claimant.party_id not in inside for claimant in claimants) if case else 0,
    )


def list_of_agreements(roster: Roster) -> list[ListedParty]:
    """The written agreements in force, in roster order."""
    statement = (
        _in_force(roster)
        .join(Claimant.party)
        .options(
            contains_eager(SettlementAgreement.claimant).contains_eager(Claimant.party),
            contains_eager(SettlementAgreement.agreement),
        )
        .order_by(Claimant.position)
    )
    return [
        ListedParty(
            link.agreement.number,
            link.claimant.party.name,
            amount_fen=link.agreement.total_fen,
            on=link.agreement.effective_on,
        )
        for link in db.session.scalars(statement)
    ]


def list_of_parties(case: MediationCase | None) -> list[ListedParty]:
    """Who takes part in the mediation: the other side first, then the claimants."""
    if case is None:
        return []
    statement = (
        sa.select(Party)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case.id)
        .order_by(Party.side != PartySide.RESPONDENT, Party.position, Party.id)
    )
    parties = enumerate(db.session.scalars(statement), start=1)
    return [
        ListedParty(str(place), party.name, "对方" if party.side is PartySide.RESPONDENT else "申请人")
        for place, party in parties
    ]


def list_of_claimants(roster: Roster, statuses: Sequence[ClaimantStatus] = ()) -> list[ListedParty]:
    """The claimants in these states, in roster order; all of them without states."""
    return [
        ListedParty(str(row.position), row.party.name, row.reason, row.total_fen)
        for row in list_claimants(roster, RosterFilter())
        if not statuses or row.status in statuses
    ]


def list_of_returned(roster: Roster) -> list[ListedParty]:
    """Who goes back to petition handling: who stayed outside mediation, and those for whom it ended."""
    case = find_case_of_roster(roster)
    if case is None:
        return []
    inside = parties_of_case(case.id)
    return [
        ListedParty(
            str(row.position),
            row.party.name,
            "调解没有达成" if row.party_id in inside else "没有进入调解",
            row.total_fen,
        )
        for row in list_claimants(roster, RosterFilter())
        if row.status is ClaimantStatus.RETURNED or row.party_id not in inside
    ]


def _in_force(roster: Roster) -> "sa.Select[SettlementAgreement]":
    return (
        sa.select(SettlementAgreement)
        .join(SettlementAgreement.agreement)
        .join(SettlementAgreement.claimant)
        .where(
            Claimant.roster_id == roster.id,
            Agreement.status == AgreementStatus.EFFECTIVE,
            Agreement.form == AgreementForm.WRITTEN,
        )
    )
