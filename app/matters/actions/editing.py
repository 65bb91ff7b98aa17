"""Correcting a matter and its parties, adding parties and proxies; the old value stays on record (INV-33)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.matters.actions.registering import add_parties, write_party
from app.matters.models import Correction, Matter, MatterText, Party, Proxy
from app.matters.rules import PartyKind, PartySide
from app.matters.rules.parties import (
    Ward,
    check_authority,
    check_guardians,
    check_proxies,
    check_representative_side,
    check_representatives,
)
from app.matters.rules.registration import NewParty
from app.matters.rules.states import check_open
from app.privacy.sealed import digest_of

TEXT_FIELDS = ("claim", "facts", "reasons")
MATTER_FIELDS = ("subject", "place", "dispute_type")
PARTY_FIELDS = ("name", "id_number", "phone", "address", "birth_date", "credit_code", "legal_representative")


@dataclass(frozen=True)
class NewProxy:
    """One authority as it was filed."""

    name: str
    filed_on: date
    id_number: str = ""
    phone: str = ""
    relation: str = ""
    is_special: bool = False
    powers: str = ""
    valid_until: date | None = None


def edit_matter(matter: Matter, values: Mapping[str, str], *, by: Actor, now: datetime) -> list[str]:
    """Correct subject, place, dispute type and texts; gives the fields that changed."""
    check_open(matter.is_open)
    targets: dict[str, Matter | MatterText] = {
        **dict.fromkeys(MATTER_FIELDS, matter),
        **dict.fromkeys(TEXT_FIELDS, matter.text),
    }
    changed = [field for field, value in values.items() if getattr(targets[field], field) != value]
    for field in changed:
        keep_old_value(matter, "matter", matter.id, field, getattr(targets[field], field), by=by, now=now)
        setattr(targets[field], field, values[field])
    if changed:
        record(by, "matter.edit", matter, fields=changed)
    return changed


def add_party(matter: Matter, entry: NewParty, *, guardian: Party | None = None, by: Actor, now: datetime) -> Party:
    """Add a side to a matter; refuses a minor without guardian (INV-37) and a sixth representative (INV-01)."""
    check_open(matter.is_open)
    _check_person(entry, guardian, today=clock.local_date(now))
    if entry.is_representative:
        _check_one_more_representative(matter, entry.side)
    party = add_parties(matter, (entry,))[0]
    party.guardian_id = guardian.id if guardian else None
    record(by, "party.add", party, side=entry.side.value)
    return party


def elect_representatives(matter: Matter, elected: Collection[Party], *, by: Actor, now: datetime) -> None:
    """Mark those elected among the petitioners, and nobody else; refuses none, a sixth and an outsider (INV-01)."""
    check_open(matter.is_open)
    petitioners = [row for row in matter.parties if row.side is PartySide.PETITIONER]
    for party in elected:
        check_representative_side(party.side)
    check_representatives(
        is_collective=matter.visit.is_collective,
        head_count=max(matter.visit.head_count, len(petitioners)),
        petitioners=len(petitioners),
        representatives=len(elected),
    )
    for party in petitioners:
        party.is_representative = party in elected
    record(by, "party.elect", matter, elected=[party.id for party in elected])


def edit_party(party: Party, entry: NewParty, *, guardian: Party | None = None, by: Actor, now: datetime) -> list[str]:
    """Correct a party; sealed values and digests follow, old values stay; gives the fields that changed."""
    matter = party.matter
    check_open(matter.is_open)
    _check_person(entry, guardian, today=clock.local_date(now))
    if entry.is_representative and not party.is_representative:
        _check_one_more_representative(matter, party.side)
    before = {field: getattr(party, field) for field in PARTY_FIELDS}
    write_party(party, entry)
    party.is_representative = entry.is_representative
    party.guardian_id = guardian.id if guardian else None
    changed = [field for field, old in before.items() if getattr(party, field) != old]
    for field in changed:
        keep_old_value(matter, "party", party.id, field, before[field], by=by, now=now)
    if party.position == 0:
        matter.petitioner_name = party.name
    record(by, "party.edit", party, fields=changed)
    return changed


def add_proxy(party: Party, entry: NewProxy, *, by: Actor, now: datetime) -> Proxy:
    """File an authority; refuses a third valid proxy and an authority that does not hold today (INV-16)."""
    check_open(party.matter.is_open)
    proxy = new_proxy(party, entry, today=clock.local_date(now))
    db.session.add(proxy)
    db.session.flush()
    record(by, "proxy.add", proxy, matter_id=party.matter_id, is_special=entry.is_special)
    return proxy


def new_proxy(party: Party, entry: NewProxy, *, today: date) -> Proxy:
    """The row of an authority, not stored yet; refuses what does not hold today and a third proxy (INV-16)."""
    check_authority(
        filed_on=entry.filed_on,
        valid_until=entry.valid_until,
        powers=entry.powers,
        is_special=entry.is_special,
        today=today,
    )
    check_proxies(sum(proxy.is_valid_on(today) for proxy in party.proxies) + 1)
    proxy = Proxy(
        party=party,
        relation=entry.relation,
        is_special_authority=entry.is_special,
        filed_on=entry.filed_on,
        valid_until=entry.valid_until,
    )
    proxy.name = entry.name
    proxy.id_number = entry.id_number
    proxy.id_number_digest = digest_of("id_number", entry.id_number)
    proxy.phone = entry.phone
    proxy.powers = entry.powers
    return proxy


def revoke_proxy(proxy: Proxy, *, by: Actor, now: datetime) -> None:
    """End an authority from today on."""
    if proxy.revoked_on is not None:
        raise RuleViolation("这份委托已经撤销了。", rule="INV-16")
    proxy.revoked_on = clock.local_date(now)
    record(by, "proxy.revoke", proxy, matter_id=proxy.party.matter_id)


def _check_person(entry: NewParty, guardian: Party | None, *, today: date) -> None:
    if entry.kind is PartyKind.PERSON:
        has_guardian = guardian is not None and guardian.kind is PartyKind.PERSON
        check_guardians([Ward(entry.name, entry.birth_date, has_guardian)], today=today)


def _check_one_more_representative(matter: Matter, side: PartySide) -> None:
    check_representative_side(side)
    petitioners = [row for row in matter.parties if row.side is PartySide.PETITIONER]
    check_representatives(
        is_collective=matter.visit.is_collective,
        head_count=max(matter.visit.head_count, len(petitioners)),
        petitioners=len(petitioners),
        representatives=sum(row.is_representative for row in petitioners) + 1,
    )


def keep_old_value(matter: Matter, kind: str, row_id: int, field: str, old: str, *, by: Actor, now: datetime) -> None:
    """Keep on record what stood in `field` of a row of this matter before it was corrected (INV-33)."""
    row = Correction(
        matter_id=matter.id,
        subject_kind=kind,
        subject_id=row_id,
        field=field,
        corrected_by=by.account_id,
        corrected_at=now,
    )
    row.old_value = old
    db.session.add(row)
