"""Sending a notice of a hearing out: papers for parties and panel, their services, the short messages (R-HEAR-08)."""

from datetime import datetime

from app.access.permissions import Actor
from app.documents.actions import issue, void_paper
from app.documents.models import IssuedPaper
from app.documents.papers.base import Facts
from app.documents.papers.people import Signer
from app.documents.rules import NumberRequest, Owner
from app.extensions import db
from app.hearings.models import Hearing, HearingParty, HearingService, PanelSeat
from app.hearings.queries.notice_facts import (
    ROLES,
    notice_facts,
    notice_number,
    place_words,
    receipt_facts,
    rights_facts,
)
from app.hearings.queries.service import newest_round
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import SeatRole
from app.law import clock
from app.matters.models import PartyKind
from app.notices.actions import cancel_messages, queue_message
from app.notices.rules import MessageKind, greeting_of, when_words


def send_notices(hearing: Hearing, procedure: Procedure, *, by: Actor, now: datetime) -> int:
    """Issue the next round of notices to every party and panelist; those of the round before are replaced.

    A party gets notice, rights notice and the receipt to sign; a panelist his notice. Gives the round's number.
    """
    before, number = newest_round(hearing), newest_round(hearing) + 1
    former = {_addressee(row): row.paper for row in hearing.services if row.round == before}
    for party in hearing.parties:
        row = _notify(hearing, party, None, number, by=by, now=now)
        _add_party_papers(row, procedure, by=by, now=now)
    for seat in hearing.seats_of(SeatRole.PANELIST):
        _notify(hearing, None, seat, number, by=by, now=now)
    db.session.flush()
    newest = {_addressee(row): row.paper for row in hearing.services if row.round == number}
    for addressee, paper in former.items():
        if paper.void_at is None:
            void_paper(paper, replaced_by=newest.get(addressee), by=by, now=now)
    return number


def tell_parties(hearing: Hearing, kind: MessageKind, when: datetime, *, by: Actor, now: datetime) -> None:
    """Tell the parties by message what the papers say at length; those without a phone are told in person."""
    prefix = f"hearing:{hearing.public_id}:"
    cancel_messages(prefix, by=by, now=now)
    for row in hearing.parties:
        queue_message(
            kind,
            to=row.party.phone if row.party.accepts_messages else "",
            variables={
                "centre": hearing.organ.centre_name or hearing.organ.short_name or hearing.organ.name,
                "phone": hearing.organ.contact_phone,
                "name": greeting_of(row.party.name, is_person=row.party.kind is PartyKind.PERSON),
                "when": when_words(when),
                "where": place_words(hearing),
            },
            business_key=f"{prefix}{kind.value}:{now.isoformat()}:{row.public_id}",
            matter_id=hearing.matter_id,
            party_id=row.party_id,
            by=by,
            now=now,
        )


def issue_of(
    hearing: Hearing,
    facts: Facts,
    *,
    by: Actor,
    now: datetime,
    number: NumberRequest | None = None,
    fixed_number: str = "",
) -> IssuedPaper:
    """Issue one paper of the hearing in the name of its organ."""
    return issue(
        facts,
        owner=Owner(hearing.kind, hearing.id),
        matter_id=hearing.matter_id,
        organisation=hearing.organ,
        by=by,
        now=now,
        number=number,
        fixed_number=fixed_number,
    )


def _notify(
    hearing: Hearing, party: HearingParty | None, seat: PanelSeat | None, number: int, *, by: Actor, now: datetime
) -> HearingService:
    name = party.party.name if party else seat.account.name if seat else ""
    facts = notice_facts(
        hearing,
        name,
        ROLES[party.side] if party else "participant",
        issued_on=clock.local_date(now),
        earlier_number=notice_number(hearing, number - 1) if number > 1 else "",
    )
    assert hearing.session is not None
    row = HearingService(
        hearing=hearing,
        round=number,
        starts_at=hearing.session.starts_at,
        hearing_party=party,
        seat=seat,
        paper=issue_of(hearing, facts, by=by, now=now, fixed_number=notice_number(hearing, number)),
        sent_on=clock.local_date(now),
    )
    db.session.add(row)
    return row


def _add_party_papers(row: HearingService, procedure: Procedure, *, by: Actor, now: datetime) -> None:
    party, hearing = row.hearing_party, row.hearing
    assert party is not None
    teller = Signer(key=f"account-{by.account_id}", name=by.name)
    rights = rights_facts(hearing, party, procedure, told_on=clock.local_date(now), teller=teller)
    paper = issue_of(hearing, rights, by=by, now=now)
    db.session.flush()
    row.receipt = issue_of(hearing, receipt_facts(row, (row.paper, paper), procedure), by=by, now=now)


def _addressee(row: HearingService) -> tuple[int | None, int | None]:
    return row.hearing_party_id, row.seat_id
