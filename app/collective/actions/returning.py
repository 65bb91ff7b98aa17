"""Those who do not settle: each is told that the mediation ends for him and goes back to petition handling."""

from collections.abc import Sequence
from datetime import datetime

from app.access.permissions import Actor
from app.agreements.actions import void_agreement
from app.agreements.rules import AgreementStatus
from app.audit.actions import record
from app.collective.models import Claimant, Roster
from app.collective.queries.batch import last_effective_day, list_links_of
from app.collective.queries.roster import RosterFilter, list_claimants
from app.collective.queries.settlement import find_case_of_roster, parties_of_case
from app.collective.rules import ClaimantStatus
from app.errors import RuleViolation
from app.law import clock
from app.linkage.actions import feed_back
from app.linkage.models import Linkage
from app.linkage.rules import PartyResult
from app.matters.models import ConsentDecision, PartySide
from app.mediation.actions import close_partly_agreed, end_for_parties, end_without_agreement
from app.mediation.models import MediationCase
from app.mediation.rules import EndReason

OPEN = (ClaimantStatus.LISTED, ClaimantStatus.PENDING)


def return_claimants(
    roster: Roster, claimants: Sequence[Claimant], reason: EndReason, note: str, *, by: Actor, now: datetime
) -> None:
    """End the mediation for these claimants: end notice with the other ways, back to petition handling (R-LINK-09).

    An agreement that is not in force yet becomes void; refuses who has one in force. With the last of them the case
    ends: settled where anybody settled.
    """
    case = _open_case(roster)
    inside = parties_of_case(case.id)
    leaving = [claimant for claimant in claimants if claimant.party_id in inside]
    for claimant in leaving:
        _check_open(claimant)
        for link in list_links_of(claimant):
            void_agreement(link.agreement, note or "对这位申请人的调解终止", by=by, now=now)
        _return(claimant, by=by)
    today, parties = clock.local_date(now), [claimant.party for claimant in leaving]
    if last_effective_day(roster) is None and not _is_anybody_open(roster, inside):
        end_without_agreement(case, reason, note=note, ended_on=today, by=by, now=now)
        return
    end_for_parties(case, parties, reason, note=note, ended_on=today, by=by, now=now)
    close_when_settled(roster, by=by, now=now)


def close_when_settled(roster: Roster, *, by: Actor, now: datetime) -> None:
    """Close the open case once each of the roster has an agreement in force or was returned (R-LINK-11, R-STAT-04)."""
    case, agreed_on = find_case_of_roster(roster), last_effective_day(roster)
    if case is None or not case.is_open or agreed_on is None or _is_anybody_open(roster, parties_of_case(case.id)):
        return
    close_partly_agreed(case, agreed_on=agreed_on, ended_on=clock.local_date(now), by=by, now=now)


def feed_back_settlement(linkage: Linkage, roster: Roster, *, summary: str, by: Actor, now: datetime) -> None:
    """Tell the petition office what came of it for each party, as the roster stands (R-LINK-07, R-LINK-11)."""
    states = {claimant.party_id: claimant for claimant in list_claimants(roster, RosterFilter())}
    results = {
        row.id: _result_of(states.get(row.party_id))
        for row in linkage.parties
        if row.party.side is PartySide.PETITIONER
    }
    anybody = PartyResult.SIGNED in results.values()
    answered = PartyResult.SIGNED if anybody else PartyResult.FAILED
    others = {row.id: answered for row in linkage.parties if row.party.side is not PartySide.PETITIONER}
    feed_back(linkage, {**results, **others}, summary=summary, by=by, now=now)


def _is_anybody_open(roster: Roster, inside: frozenset[int]) -> bool:
    return any(
        claimant.party_id in inside and claimant.status in OPEN for claimant in list_claimants(roster, RosterFilter())
    )


def _result_of(claimant: Claimant | None) -> PartyResult:
    if claimant is None:
        return PartyResult.PENDING
    if claimant.status is ClaimantStatus.SIGNED:
        return PartyResult.SIGNED
    if claimant.party.consent in (ConsentDecision.WITHDRAWN, ConsentDecision.REFUSED):
        return PartyResult.REFUSED
    return PartyResult.FAILED if claimant.status is ClaimantStatus.RETURNED else PartyResult.PENDING


def _open_case(roster: Roster) -> MediationCase:
    case = find_case_of_roster(roster)
    if case is None or not case.is_open:
        raise RuleViolation("这件调解已经结束，不用再办终止。", rule="R-MED-17")
    return case


def _check_open(claimant: Claimant) -> None:
    in_force = [link for link in list_links_of(claimant) if link.agreement.status is AgreementStatus.EFFECTIVE]
    if in_force or claimant.status not in OPEN:
        raise RuleViolation(f"{claimant.party.name}已经签约或者已转回，不能再办终止。", rule="R-LINK-11")


def _return(claimant: Claimant, *, by: Actor) -> None:
    before, claimant.status = claimant.status, ClaimantStatus.RETURNED
    matter_id = claimant.roster.matter_id
    record(by, "claimant.move", claimant, matter_id=matter_id, before=before.value, after=claimant.status.value)
