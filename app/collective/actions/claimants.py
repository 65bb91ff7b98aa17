"""The acts on one claimant of a roster: putting him on it, mending his line, setting him aside, taking him off."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from app.access.permissions import Actor
from app.audit.actions import record
from app.collective.models import Claimant, ClaimItem, Heir, Roster
from app.collective.queries.roster import entry_of, find_proxy, is_on_roster
from app.collective.rules.roster import LABELS, ClaimantStatus
from app.collective.rules.roster_entry import (
    ClaimantEntry,
    ClaimEntry,
    HeirEntry,
    ProxyEntry,
    check_entry,
    pending_reason,
)
from app.collective.rules.roster_plan import MENDABLE
from app.errors import RuleViolation
from app.extensions import db
from app.law import clock
from app.law.money import format_yuan
from app.matters.actions import NewProxy, add_proxy, edit_party, keep_old_value, revoke_proxy
from app.matters.models import Party
from app.matters.rules import IdDocument, PartyKind, PartySide
from app.matters.rules.handling import check_reason
from app.matters.rules.registration import NewParty
from app.privacy.sealed import digest_of

OF_PARTY = ("name", "id_number", "phone", "address")
OF_CLAIMANT = ("street", "is_deceased", "died_on", "has_death_proof")


def new_claimant(roster: Roster, party: Party, entry: ClaimantEntry, position: int) -> Claimant:
    """A line of the roster with claims and heirs, not stored yet; pending where nobody may sign (R-LINK-12)."""
    claimant = Claimant(
        roster=roster,
        party=party,
        position=position,
        total_fen=entry.total_fen,
        claims=[],
        heirs=[],
        **{name: getattr(entry, name) for name in OF_CLAIMANT},
    )
    _write_claims(claimant, entry.claims)
    _write_heirs(claimant, entry.heirs)
    claimant.reason = _standing_of(entry)
    claimant.status = ClaimantStatus.PENDING if claimant.reason else ClaimantStatus.LISTED
    return claimant


def mend_claimant(claimant: Claimant, entry: ClaimantEntry, *, by: Actor, now: datetime) -> list[str]:
    """Make the line say what `entry` says; old values stay on record (INV-33). Gives the fields that changed.

    Refuses wrong sums (INV-22), an ID number that stands on another line, and a line that was signed.
    """
    today = clock.local_date(now)
    old = entry_of(claimant, today=today)
    changed = [name for name in vars(old) if getattr(old, name) != getattr(entry, name)]
    if not changed:
        return []
    _check_mendable(claimant)
    check_entry(entry, stated_total_fen=None, today=today)
    if "id_number" in changed and is_on_roster(claimant.roster, entry.id_number, but=claimant):
        raise RuleViolation("这个身份证号已经在名册的另一行上。请核对。", rule="R-LINK-11")
    for name in changed:
        _keep_old(claimant, name, old, by=by, now=now)
    if set(OF_PARTY) & set(changed):
        edit_party(
            claimant.party, party_entry(entry, claimant.party), guardian=guardian_of(claimant.party), by=by, now=now
        )
    if "proxy" in changed:
        _change_proxy(claimant.party, entry.proxy, by=by, now=now)
    _write_line(claimant, old, entry)
    record(by, "claimant.mend", claimant, matter_id=claimant.roster.matter_id, fields=changed, total=entry.total_fen)
    return changed


def set_aside(claimant: Claimant, reason: str, *, by: Actor) -> None:
    """Keep one claimant pending while the others sign: in dispute, or not to be found (R-LINK-11, INV-25)."""
    _check_mendable(claimant)
    check_reason(reason, "暂缓")
    _move(claimant, ClaimantStatus.PENDING, reason, by=by)


def resume(claimant: Claimant, *, by: Actor, now: datetime) -> None:
    """Let a claimant sign after all; refuses while proofs or heirs are missing (R-LINK-12, INV-25)."""
    if claimant.status not in (ClaimantStatus.PENDING, ClaimantStatus.REMOVED):
        raise RuleViolation(f"现在是“{LABELS[claimant.status]}”，不用恢复。请刷新看一看。", rule="R-LINK-11")
    missing = _standing_of(entry_of(claimant, today=clock.local_date(now)))
    if missing and claimant.status is ClaimantStatus.PENDING:
        raise RuleViolation(f"还不能签约：{missing}。补齐以后会自动恢复。", rule="INV-25")
    _move(claimant, ClaimantStatus.PENDING if missing else ClaimantStatus.LISTED, missing, by=by)


def remove_claimant(claimant: Claimant, reason: str, *, by: Actor) -> None:
    """Take a claimant off the roster who does not belong there; his line and his place stay on record."""
    _check_mendable(claimant)
    check_reason(reason, "移出名册")
    _move(claimant, ClaimantStatus.REMOVED, reason, by=by)


def party_entry(entry: ClaimantEntry, party: Party | None = None) -> NewParty:
    """The claimant as a party of the matter; what a roster does not know of `party` stays as it is."""
    return NewParty(
        side=PartySide.PETITIONER,
        kind=PartyKind.PERSON,
        name=entry.name,
        id_document=IdDocument.ID_CARD,
        id_number=entry.id_number,
        birth_date=entry.birth_date,
        sex=entry.sex,
        phone=entry.phone or (party.phone if party else ""),
        address=entry.address or (party.address if party else ""),
        special_needs=party.special_needs if party else "",
        is_representative=party.is_representative if party else False,
        accepts_messages=party.accepts_messages if party else False,
    )


def guardian_of(party: Party) -> Party | None:
    """The guardian entered beside the party, who stays."""
    return db.session.get(Party, party.guardian_id) if party.guardian_id else None


def proxy_entry(proxy: ProxyEntry) -> NewProxy:
    """The proxy as the matter files it."""
    return NewProxy(
        name=proxy.name,
        id_number=proxy.id_number,
        relation=proxy.relation,
        is_special=proxy.is_special,
        powers=proxy.powers,
        filed_on=proxy.filed_on,
    )


def _write_line(claimant: Claimant, old: ClaimantEntry, entry: ClaimantEntry) -> None:
    for name in OF_CLAIMANT:
        setattr(claimant, name, getattr(entry, name))
    if old.claims != entry.claims:
        _write_claims(claimant, entry.claims)
    if old.heirs != entry.heirs:
        _write_heirs(claimant, entry.heirs)
    claimant.total_fen = entry.total_fen
    # Claims or heirs alone are changes of the line too: whoever has it open must see that.
    flag_modified(claimant, "total_fen")
    missing = _standing_of(entry)
    if missing:
        claimant.status, claimant.reason = ClaimantStatus.PENDING, missing
    elif claimant.status is ClaimantStatus.PENDING and claimant.reason == _standing_of(old):
        claimant.status, claimant.reason = ClaimantStatus.LISTED, ""


def _write_claims(claimant: Claimant, claims: Sequence[ClaimEntry]) -> None:
    for row in claimant.claims[:]:
        db.session.delete(row)
    claimant.claims = [
        ClaimItem(
            position=place,
            kind=claim.kind,
            period=claim.period,
            years=claim.years,
            yearly_fen=claim.yearly_fen,
            amount_fen=claim.amount_fen,
        )
        for place, claim in enumerate(claims, start=1)
    ]


def _write_heirs(claimant: Claimant, heirs: Sequence[HeirEntry]) -> None:
    """Heirs are known by their ID number; who stays keeps his row."""
    rows = {row.id_number: row for row in claimant.heirs}
    kept = [_written_heir(rows.get(heir.id_number) or Heir(), heir, place) for place, heir in enumerate(heirs, start=1)]
    for row in claimant.heirs[:]:
        if row not in kept:
            db.session.delete(row)
    claimant.heirs = kept


def _written_heir(row: Heir, heir: HeirEntry, position: int) -> Heir:
    row.position = position
    row.name = heir.name
    row.name_digest = digest_of("name", heir.name)
    row.id_number = heir.id_number
    row.id_number_digest = digest_of("id_number", heir.id_number)
    row.phone = heir.phone
    row.kinship = heir.kinship
    row.has_kinship_proof = heir.has_kinship_proof
    row.part = heir.part
    return row


def _change_proxy(party: Party, proxy: ProxyEntry | None, *, by: Actor, now: datetime) -> None:
    old = find_proxy(party, today=clock.local_date(now))
    if old is not None:
        revoke_proxy(old, by=by, now=now)
    if proxy is not None:
        add_proxy(party, proxy_entry(proxy), by=by, now=now)


def _standing_of(entry: ClaimantEntry) -> str:
    return pending_reason(is_deceased=entry.is_deceased, has_death_proof=entry.has_death_proof, heirs=entry.heirs)


def _move(claimant: Claimant, status: ClaimantStatus, reason: str, *, by: Actor) -> None:
    before, claimant.status = claimant.status, status
    claimant.reason = reason
    matter_id = claimant.roster.matter_id
    record(by, "claimant.move", claimant, matter_id=matter_id, before=before.value, after=status.value)


def _keep_old(claimant: Claimant, name: str, old: ClaimantEntry, *, by: Actor, now: datetime) -> None:
    """What the party keeps itself (name, number, phone, address, authorities) is not kept twice."""
    if name in OF_PARTY or name == "proxy":
        return
    value = getattr(old, name)
    if name == "claims":
        value = "；".join(f"{LABELS[c.kind]}{c.period} {format_yuan(c.amount_fen)}元" for c in old.claims)
    elif name == "heirs":
        value = "；".join(f"{LABELS[h.kinship]}{h.name}{h.id_number} {LABELS[h.part]}" for h in old.heirs)
    matter = claimant.roster.matter
    keep_old_value(matter, "claimant", claimant.id, name, str(value), by=by, now=now)


def _check_mendable(claimant: Claimant) -> None:
    if not claimant.roster.matter.is_open:
        raise RuleViolation("这件事已经办完，名册不能再改。", rule="R-ARCH-05")
    if claimant.status not in MENDABLE:
        raise RuleViolation(f"这个人现在是“{LABELS[claimant.status]}”，这一行不能再改。", rule="R-LINK-11")
