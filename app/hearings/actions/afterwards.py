"""After the opinion: it reaches every party, may be published masked, and the hearing is closed (R-HEAR-29…31)."""

from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import issue
from app.documents.rules import Owner
from app.errors import NotFound
from app.extensions import db
from app.hearings.actions.ending import end_hearing
from app.hearings.actions.opinions import get_written
from app.hearings.models import Hearing, HearingMinutes, HearingService
from app.hearings.queries.notice_facts import receipt_facts
from app.hearings.queries.opinions import is_served_to_all, list_opinion_services, names_to_hide
from app.hearings.rules.opinions import (
    check_may_end,
    check_may_publish,
    check_may_serve,
    check_not_served,
    check_published_text,
)
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.service import ServiceProof, check_proof, served_day
from app.hearings.rules.words import HearingAct, ProcedureKind
from app.law import clock
from app.matters.actions import meet_clock
from app.matters.models import PartyKind
from app.remedies.actions import note_hearing_held
from app.remedies.queries import find_reconsideration
from app.remedies.rules.publishing import check_publishable
from app.settings.queries import calendar
from app.signing.queries import find_round

SERVICE_CLOCK = "hearing_opinion_service"


def serve_opinion(
    service: HearingService, proof: ServiceProof, *, procedure: Procedure, by: Actor, now: datetime
) -> None:
    """Note when and how the opinion reached a party, with its receipt; the last one meets the period (R-HEAR-29).

    Refuses an opinion without seal, a second record, and a proof that its mode does not allow.
    """
    hearing = service.hearing
    check_may_serve(is_sealed=_is_sealed(service))
    check_not_served(is_served=service.served_on is not None)
    party, today = service.hearing_party, clock.local_date(now)
    check_proof(
        proof,
        sent_on=service.sent_on or today,
        today=today,
        accepts_electronic=party is None or party.party.accepts_messages,
        is_person=party is None or party.party.kind is PartyKind.PERSON,
    )
    service.mode, service.served_on = proof.mode, served_day(proof, calendar())
    service.is_refused, service.witness = proof.is_refused, proof.witness
    service.receiver, service.note = proof.receiver, proof.relation or proof.note
    service.recorded_by, service.recorded_at = by.account_id, now
    db.session.flush()
    service.receipt = issue(
        receipt_facts(service, (service.paper,), procedure),
        owner=Owner(hearing.kind, hearing.id),
        matter_id=hearing.matter_id,
        organisation=hearing.organ,
        by=by,
        now=now,
    )
    if is_served_to_all(hearing):
        meet_clock(hearing, SERVICE_CLOCK, max(row.served_on or today for row in list_opinion_services(hearing)))
    record(by, "hearing.serve_opinion", hearing, service=service.id, after=service.served_on.isoformat())


def publish_opinion(hearing: Hearing, text: str, *, by: Actor, now: datetime) -> None:
    """Publish a masked text of the opinion (R-HEAR-31); refuses one that names a person or holds his data (INV-34)."""
    opinion = get_written(hearing)
    check_may_publish(hearing.mode, hearing.served_stage, is_served=is_served_to_all(hearing))
    check_published_text(text)
    hidden = names_to_hide(hearing)
    check_publishable(text, names=hidden.names, values=hidden.values)
    opinion.masked_text = text
    opinion.published_at, opinion.published_by = now, by.account_id
    record(by, "hearing.publish_opinion", hearing, opinion=opinion.id)


def withdraw_publication(hearing: Hearing, *, by: Actor) -> None:
    """Take a published opinion off the public page at once; the text stays on record."""
    opinion = get_written(hearing)
    if opinion.published_at is None:
        raise NotFound("听证意见没有公示。")
    opinion.published_at = None
    record(by, "hearing.withdraw_publication", hearing, opinion=opinion.id)


def note_held(hearing: Hearing, minutes: HearingMinutes, *, by: Actor, now: datetime) -> None:
    """Tell the reconsideration case on which minutes its decision must build (R-RECON-07)."""
    case = find_reconsideration(hearing.matter)
    if hearing.procedure is ProcedureKind.RECONSIDERATION and case is not None:
        note_hearing_held(case, hearing.number, clock.local_date(minutes.started_at), by=by, now=now)


def close_hearing(hearing: Hearing, *, by: Actor, now: datetime) -> None:
    """End a hearing whose minutes are final and whose opinion was served; the matter may close again (INV-18)."""
    minutes = hearing.minutes
    is_final = minutes is not None and minutes.final_at is not None
    check_may_end(hearing.status, is_minutes_final=is_final, is_served=is_served_to_all(hearing))
    end_hearing(hearing, HearingAct.CLOSE, reason="听证办结", on=clock.local_date(now), by=by, now=now)


def _is_sealed(service: HearingService) -> bool:
    found = find_round(service.paper)
    return found is not None and bool(found.seals)
