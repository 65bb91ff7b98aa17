"""How far a matter is, gathered for the picture of one party's way."""

from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus, ObligationKind
from app.extensions import db
from app.law import clock
from app.linkage.queries import find_linkage_of
from app.matters.models import Clock, ConsentDecision, Matter, Party
from app.matters.rules import MatterStatus, Route
from app.mediation.models import MediationCase
from app.mediation.rules import CaseStatus, MeetingStatus
from app.notices.rules import when_words
from app.portal.queries.own import find_case_of_party, find_own_slot, list_own_agreements
from app.portal.rules.journey import AgreementStage, Meeting, Way

ROUTED = frozenset(MatterStatus) - {
    MatterStatus.REGISTERED,
    MatterStatus.REPORTED,
    MatterStatus.IN_LINKAGE,
    MatterStatus.RETURNED_BY_OBJECTION,
}


def way_of(party: Party, *, now: datetime) -> Way:
    """Everything the picture of the matter needs, cut to what this party may know."""
    matter, linkage = party.matter, find_linkage_of(party.matter_id)
    due = _open_clocks(matter)
    way = Way(
        received_on=matter.received_on,
        routed_by=due.get("petition_routing"),
        is_routed=matter.status in ROUTED,
        accepted_on=matter.accepted_on,
        answer_by=due.get("petition_handling"),
        closed_on=matter.closed_on,
        is_asked=bool(party.consents) or linkage is not None or matter.route is Route.MEDIATION,
        consented_on=party.consents[-1].given_on if party.consent is ConsentDecision.CONSENTED else None,
        has_refused=party.consent in (ConsentDecision.REFUSED, ConsentDecision.WITHDRAWN),
        committee_answer_by=linkage.answer_by if linkage is not None and linkage.is_open else None,
    )
    return _with_agreement(_with_case(way, find_case_of_party(party), due, now), party)


def _with_case(way: Way, case: MediationCase | None, due: dict[str, date], now: datetime) -> Way:
    if case is None:
        return way
    return replace(
        way,
        mediation_from=case.accepted_on,
        mediation_until=due.get("mediation_period"),
        meeting=_next_meeting(case, now),
        agreed_on=case.agreed_on,
        has_failed=case.status is CaseStatus.ENDED and case.agreed_on is None,
    )


def _with_agreement(way: Way, party: Party) -> Way:
    standing = [one for one in list_own_agreements(party) if one.status is not AgreementStatus.REPLACED]
    if not standing:
        return way
    agreement = standing[-1]
    return replace(
        way,
        stage=_stage_of(agreement, party),
        agreed_on=clock.local_date(agreement.issued_at) if agreement.issued_at else way.agreed_on,
        total_fen=agreement.total_fen,
        payments=sum(row.kind is ObligationKind.PAYMENT for row in agreement.obligations),
        effective_on=agreement.effective_on,
    )


def _stage_of(agreement: Agreement, party: Party) -> AgreementStage:
    if agreement.status is AgreementStatus.EFFECTIVE:
        return AgreementStage.EFFECTIVE
    slot = find_own_slot(agreement, party)
    if slot is not None and slot.is_refused:
        return AgreementStage.DECLINED
    if slot is not None and not slot.is_signed:
        return AgreementStage.TO_SIGN
    return AgreementStage.TO_SEAL if agreement.status is AgreementStatus.SIGNED else AgreementStage.WAITING_FOR_OTHERS


def _next_meeting(case: MediationCase, now: datetime) -> Meeting | None:
    for meeting in case.meetings:
        session = meeting.session
        if meeting.status is MeetingStatus.PLANNED and session is not None and session.ends_at > now:
            return Meeting(when_words(session.starts_at), session.room.name)
    return None


def _open_clocks(matter: Matter) -> dict[str, date]:
    statement = sa.select(Clock.clock, Clock.legal_due_on).where(Clock.matter_id == matter.id, Clock.is_open)
    return {name: due_on for name, due_on in db.session.execute(statement.order_by(Clock.id))}
