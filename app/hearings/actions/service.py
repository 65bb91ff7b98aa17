"""Record how each notice reached its addressee, and a written waiver of the notice period (R-DOC-H13, INV-14)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import void_paper
from app.documents.papers.hearings import NoticeWaiverFacts
from app.errors import RuleViolation
from app.hearings.actions.application_papers import party_of_paper
from app.hearings.actions.notices import issue_of
from app.hearings.models import HearingParty, HearingService
from app.hearings.queries.notice_facts import capacity_words, common_facts, receipt_facts
from app.hearings.queries.service import newest_round, notice_state
from app.hearings.rules.notice import check_waiver_helps, notice_days
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.service import ServiceProof, check_proof, served_day
from app.hearings.rules.words import HearingStatus
from app.law import clock
from app.matters.models import PartyKind
from app.settings.queries import calendar

MAY_WAIVE = frozenset({HearingStatus.APPROVED, HearingStatus.NOTICED, HearingStatus.POSTPONED, HearingStatus.SUSPENDED})


@dataclass(frozen=True)
class Waiver:
    """A party's written word: when it signed, for a hearing at which time alone it holds, by when all are served."""

    signed_on: date
    held_on: date
    starts_at: time
    planned_served_on: date


def record_service(
    service: HearingService, proof: ServiceProof, *, procedure: Procedure, by: Actor, now: datetime
) -> None:
    """Note when and how a notice was served, and issue the filled receipt in place of the blank one.

    Refuses a notice that a newer one replaced, one that was served before, and a proof that its mode does not allow.
    """
    _check_is_due(service)
    today = clock.local_date(now)
    party = service.hearing_party.party if service.hearing_party else None
    check_proof(
        proof,
        sent_on=service.sent_on or today,
        today=today,
        accepts_electronic=party is None or party.accepts_messages,
        is_person=party is None or party.kind is PartyKind.PERSON,
    )
    service.mode, service.served_on = proof.mode, served_day(proof, calendar())
    service.is_refused, service.witness = proof.is_refused, proof.witness
    service.receiver, service.note = proof.receiver, proof.relation or proof.note
    service.recorded_by, service.recorded_at = by.account_id, now
    _issue_receipt(service, procedure, by=by, now=now)
    record(
        by,
        "hearing.serve",
        service.hearing,
        service=service.id,
        mode=proof.mode,
        on=service.served_on.isoformat(),
        refused=proof.is_refused,
    )


def record_waiver(row: HearingParty, waiver: Waiver, *, procedure: Procedure, by: Actor, now: datetime) -> None:
    """Note that a party agreed in writing to a shorter notice for a hearing on that day (INV-14).

    Refuses where no notice can be shortened, below five working days in reconsideration, and a date not yet come.
    """
    hearing, today = row.hearing, clock.local_date(now)
    if hearing.status not in MAY_WAIVE:
        raise RuleViolation("这场听证现在不用缩短通知期限。请刷新看一看。", rule="INV-14")
    if not (hearing.decided_on or clock.local_date(hearing.registered_at)) <= waiver.signed_on <= today:
        raise RuleViolation("签字日期要在决定听证以后、今天以前。请对照原件。", rule="INV-14")
    state = notice_state(hearing, procedure)
    is_current = state.last_served_on is not None and state.held_on == waiver.held_on
    planned = max(waiver.planned_served_on, today)
    served_on = state.last_served_on if is_current and state.last_served_on else planned
    earliest = check_waiver_helps(procedure, waiver.held_on, served_on, calendar())
    facts = NoticeWaiverFacts(
        **common_facts(hearing),
        parties=(party_of_paper(row.party, capacity_words(row, procedure)),),
        served_on=served_on,
        held_on=waiver.held_on,
        starts_at=waiver.starts_at,
        notice_days=notice_days(waiver.held_on, served_on, procedure.notice_counting, calendar()),
        period=procedure.notice.text,
        earliest_on=earliest.ordinary,
        notice_number=hearing.number,
    )
    row.waiver_signed_on, row.waiver_held_on = waiver.signed_on, waiver.held_on
    row.waiver_paper_id = issue_of(hearing, facts, by=by, now=now).id
    record(by, "hearing.waive_notice", hearing, party=row.party_id, held_on=waiver.held_on.isoformat())


def _check_is_due(service: HearingService) -> None:
    if service.round and service.round != newest_round(service.hearing):
        raise RuleViolation("这份通知已经被新的通知代替，不用再记送达。请记新的一份。", rule="INV-15")
    if service.served_on is not None:
        raise RuleViolation("这份通知的送达已经记过了。请刷新看一看。", rule="R-DOC-H13")


def _issue_receipt(service: HearingService, procedure: Procedure, *, by: Actor, now: datetime) -> None:
    blank = service.receipt
    receipt = issue_of(service.hearing, receipt_facts(service, (service.paper,), procedure), by=by, now=now)
    if blank is not None:
        void_paper(blank, replaced_by=receipt, by=by, now=now)
    service.receipt = receipt
