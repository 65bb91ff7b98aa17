"""Registering a visit or letter: its matters with number, parties, registrar and first clock."""

from datetime import datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.documents.actions import take_number
from app.documents.rules import NumberRequest
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions.clocks import start_clock
from app.matters.actions.involving import involve
from app.matters.models import Capacity, Matter, MatterText, Party, VisitRecord
from app.matters.rules import MatterKind, PartyKind
from app.matters.rules.registration import NewMatter, NewParty, Registration, check_registration
from app.people.models import Organisation, OrganisationKind
from app.privacy.sealed import digest_of

# Accusations are numbered apart, so that the visible series has no gap to guess from (R-PET-09).
VISIBLE = NumberRequest("petition_matter", "信访〔{year}〕{n}号")
CONFIDENTIAL = NumberRequest("petition_matter_confidential", "信访密〔{year}〕{n}号")


def register_visit(registration: Registration, *, by: Actor, now: datetime) -> VisitRecord:
    """Register one visit or letter with every matter in it (R-PET-02/04/07); refuses INV-01 and INV-37."""
    today = clock.local_date(now)
    check_registration(registration, today=today)
    organisation = db.session.get_one(Organisation, by.organisation_id)
    for entry in registration.matters:
        _check_repeat(entry, by)
    visit = VisitRecord(
        organisation_id=organisation.id,
        channel=registration.channel,
        received_on=registration.received_on,
        head_count=registration.head_count,
        is_collective=registration.is_collective,
        is_urgent=registration.is_urgent,
        registrar_id=by.account_id,
        registered_at=now,
        matters=[],
    )
    db.session.add(visit)
    db.session.flush()
    for entry in registration.matters:
        _register_matter(visit, organisation, registration, entry, by=by, now=now)
    record(by, "visit.register", visit, matters=len(visit.matters), head_count=visit.head_count)
    return visit


def _register_matter(
    visit: VisitRecord,
    organisation: Organisation,
    registration: Registration,
    entry: NewMatter,
    *,
    by: Actor,
    now: datetime,
) -> Matter:
    is_accusation = entry.kind is MatterKind.ACCUSATION
    matter = Matter(
        number=take_number(organisation, CONFIDENTIAL if is_accusation else VISIBLE, now=now),
        visit=visit,
        organisation_id=organisation.id,
        kind=entry.kind,
        is_accusation=is_accusation,
        dispute_type=entry.dispute_type,
        place=entry.place,
        is_repeat=entry.repeats_id is not None,
        repeats_id=entry.repeats_id,
        has_new_facts=entry.has_new_facts,
        complained_unit_id=entry.complained_unit_id,
        received_on=visit.received_on,
        registered_at=now,
        involvements=[],
        parties=[],
        units=[],
    )
    matter.subject = entry.subject
    matter.petitioner_name = registration.petitioners[0].name
    matter.text = MatterText()
    matter.text.claim = entry.claim
    matter.text.facts = entry.facts
    matter.text.reasons = entry.reasons
    db.session.add(matter)
    add_parties(matter, (*registration.petitioners, *entry.opponents))
    involve(matter, by.account_id, Capacity.REGISTRAR, since=clock.local_date(now))
    start_clock(matter, first_clock_of(organisation), visit.received_on, now=now)
    record(
        by, "matter.register", matter, after=matter.status.value, number=matter.number, matter_kind=matter.kind.value
    )
    return matter


def first_clock_of(organisation: Organisation) -> str:
    """A petition office routes in fifteen days; any other unit answers a direct receipt (R-PET-07, R-PET-10)."""
    is_office = organisation.kind is OrganisationKind.PETITION_OFFICE
    return "petition_routing" if is_office else "direct_receipt_notice"


def add_parties(matter: Matter, entries: tuple[NewParty, ...]) -> list[Party]:
    """Write parties with sealed values and digests; guardians are linked by their place in `entries`."""
    start = len(matter.parties)
    rows = [_new_party(matter, entry, start + place) for place, entry in enumerate(entries)]
    db.session.add_all(rows)
    db.session.flush()
    for row, entry in zip(rows, entries, strict=True):
        if entry.guardian is not None:
            row.guardian_id = rows[entry.guardian].id
    matter.party_count = len(matter.parties)
    return rows


def _new_party(matter: Matter, entry: NewParty, position: int) -> Party:
    party = Party(
        matter=matter,
        position=position,
        side=entry.side,
        kind=entry.kind,
        organisation_id=entry.organisation_id,
        is_representative=entry.is_representative,
        consents=[],
        proxies=[],
    )
    write_party(party, entry)
    return party


def write_party(party: Party, entry: NewParty) -> None:
    """Write what was entered about one party; sealed values get their digests."""
    is_person = entry.kind is PartyKind.PERSON
    party.name = entry.name
    party.name_digest = digest_of("name", entry.name)
    party.id_document = entry.id_document.value
    party.id_number = entry.id_number if is_person else ""
    party.id_number_digest = digest_of("id_number", entry.id_number) if is_person else None
    party.birth_date = entry.birth_date.isoformat() if entry.birth_date else ""
    party.sex = entry.sex
    party.phone = entry.phone
    party.phone_digest = digest_of("phone", entry.phone)
    party.address = entry.address
    party.credit_code = "" if is_person else entry.credit_code
    party.legal_representative = "" if is_person else entry.legal_representative
    party.special_needs = entry.special_needs
    party.accepts_messages = entry.accepts_messages and bool(entry.phone)


def _check_repeat(entry: NewMatter, by: Actor) -> None:
    if entry.repeats_id is None:
        return
    earlier = db.session.get(Matter, entry.repeats_id)
    if earlier is None or earlier.organisation_id != by.organisation_id:
        raise RuleViolation("选的原事项不在本单位，请重新选。", rule="R-PET-13")
