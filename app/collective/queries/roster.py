"""Reading rosters: the roster, one claimant, an uploaded table, pages of claimants, sums by street and state."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.collective.models import Claimant, Heir, Roster, RosterImport
from app.collective.rules.roster import ClaimantStatus, HeirPart
from app.collective.rules.roster_entry import ClaimantEntry, ClaimEntry, HeirEntry, ProxyEntry
from app.collective.rules.roster_plan import Known, Registered
from app.errors import NotFound
from app.extensions import db
from app.law import citizen_id
from app.matters.models import Consent, Matter, Party, Proxy
from app.matters.rules import PartyKind, PartySide
from app.privacy.sealed import digest_of

PAGE = 50
Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass(frozen=True)
class RosterFilter:
    """What a list of claimants is cut to; `text` is a whole name or a whole ID number, also of an heir."""

    text: str = ""
    street: str | None = None
    status: ClaimantStatus | None = None


@dataclass(frozen=True)
class Sum:
    """How many claimants and how much together, in fen."""

    count: int
    total_fen: int


@dataclass(frozen=True)
class Summary:
    """The sums of a roster: of those on it, of each street, of each state; who was removed is in `by_status` alone."""

    whole: Sum
    by_street: dict[str, Sum]
    by_status: dict[ClaimantStatus, Sum]


def get_roster(public_id: str) -> Roster:
    """The roster with this public id; NotFound otherwise."""
    statement = sa.select(Roster).where(Roster.public_id == public_id).options(*_with_matter(Roster))
    return _found(db.session.scalar(statement), "没有这份名册，或者它不归您看。")


def get_claimant(public_id: str) -> Claimant:
    """The claimant with this public id; NotFound otherwise."""
    statement = sa.select(Claimant).where(Claimant.public_id == public_id).options(joinedload(Claimant.party))
    return _found(db.session.scalar(statement), "名册上没有这个人，或者不归您看。")


def get_upload(public_id: str) -> RosterImport:
    """The uploaded table with this public id; NotFound otherwise."""
    return _found(
        db.session.scalar(sa.select(RosterImport).where(RosterImport.public_id == public_id)),
        "没有这份上传的表，或者它不归您看。",
    )


def list_rosters(matter_id: int) -> Sequence[Roster]:
    """The rosters of a matter, oldest first."""
    return db.session.scalars(sa.select(Roster).filter_by(matter_id=matter_id).order_by(Roster.id)).all()


def find_open_upload(roster: Roster) -> RosterImport | None:
    """The table that waits to be confirmed."""
    statement = sa.select(RosterImport).where(
        RosterImport.roster_id == roster.id, RosterImport.rows_sealed.is_not(None)
    )
    return db.session.scalar(statement.order_by(RosterImport.id.desc()).limit(1))


def list_respondents(matter: Matter) -> Sequence[Party]:
    """The parties of the other side, in order."""
    statement = sa.select(Party).where(Party.matter_id == matter.id, Party.side == PartySide.RESPONDENT)
    return db.session.scalars(statement.order_by(Party.position, Party.id)).all()


def list_claimants(roster: Roster, wanted: RosterFilter, *, after: int = 0, limit: int | None = None) -> list[Claimant]:
    """The claimants after a position, with claims, heirs, proxies and answers; one more than `limit`, if there is one.

    Those removed are shown only when asked for.
    """
    statement = (
        sa.select(Claimant)
        .join(Claimant.party)
        .where(Claimant.roster_id == roster.id, Claimant.position > after, *_conditions(wanted))
        .options(*_whole())
        .order_by(Claimant.position)
    )
    if limit is not None:
        statement = statement.limit(limit + 1)
    return list(db.session.scalars(statement))


def sum_of(roster: Roster, wanted: RosterFilter) -> Sum:
    """How many claimants the filter leaves, and their sum."""
    statement = (
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Claimant.total_fen), 0))
        .join(Claimant.party)
        .where(Claimant.roster_id == roster.id, *_conditions(wanted))
    )
    count, total = db.session.execute(statement).one()
    return Sum(count, int(total))


def summary_of(roster: Roster) -> Summary:
    """The sums of the whole roster in one statement."""
    statement = (
        sa.select(Claimant.street, Claimant.status, sa.func.count(), sa.func.sum(Claimant.total_fen))
        .where(Claimant.roster_id == roster.id)
        .group_by(Claimant.street, Claimant.status)
        .order_by(Claimant.street)
    )
    rows = db.session.execute(statement).all()
    on_roster = [row for row in rows if row[1] is not ClaimantStatus.REMOVED]
    by_street = _grouped((street, count, total) for street, _, count, total in on_roster)
    by_status = _grouped((status, count, total) for _, status, count, total in rows)
    whole = Sum(sum(row.count for row in by_street.values()), sum(row.total_fen for row in by_street.values()))
    return Summary(whole, by_street, by_status)


def count_unasked(roster: Roster) -> int:
    """How many on the roster have not said yet whether they want mediation."""
    is_asked = sa.exists().where(Consent.party_id == Claimant.party_id)
    statement = sa.select(sa.func.count()).where(
        Claimant.roster_id == roster.id, Claimant.status != ClaimantStatus.REMOVED, ~is_asked
    )
    return db.session.scalar(statement) or 0


def known_of(roster: Roster, *, today: date) -> dict[str, Known]:
    """Everybody on the roster by ID number, also those removed."""
    statement = (
        sa.select(Claimant).join(Claimant.party).where(Claimant.roster_id == roster.id).options(*_whole(consents=False))
    )
    entries = [(row, entry_of(row, today=today)) for row in db.session.scalars(statement)]
    return {entry.id_number: Known(row.id, row.status, entry) for row, entry in entries}


def registered_of(roster: Roster) -> list[Registered]:
    """The petitioners of the matter who are not on the roster."""
    on_roster = sa.select(Claimant.party_id).where(Claimant.roster_id == roster.id)
    statement = sa.select(Party).where(
        Party.matter_id == roster.matter_id,
        Party.side == PartySide.PETITIONER,
        Party.kind == PartyKind.PERSON,
        Party.id.not_in(on_roster),
    )
    return [Registered(party.id, party.name, party.id_number) for party in db.session.scalars(statement)]


def entry_of(claimant: Claimant, *, today: date) -> ClaimantEntry:
    """The claimant as plain values, as a table would name him."""
    party = claimant.party
    return ClaimantEntry(
        name=party.name,
        id_number=party.id_number,
        birth_date=_birth_date(party, today),
        sex=party.sex,
        phone=party.phone,
        street=claimant.street,
        address=party.address,
        is_deceased=claimant.is_deceased,
        died_on=claimant.died_on,
        has_death_proof=claimant.has_death_proof,
        claims=tuple(
            ClaimEntry(row.kind, row.amount_fen, row.period, row.years, row.yearly_fen) for row in claimant.claims
        ),
        heirs=tuple(heir_entry_of(heir) for heir in claimant.heirs),
        proxy=_proxy_entry(None if claimant.is_deceased else find_proxy(party, today=today)),
    )


def heir_entry_of(heir: Heir) -> HeirEntry:
    """The heir as plain values."""
    return HeirEntry(heir.name, heir.id_number, heir.kinship, heir.has_kinship_proof, heir.part, heir.phone)


def find_proxy(party: Party, *, today: date) -> Proxy | None:
    """The newest authority of the party that holds today."""
    return next((proxy for proxy in reversed(party.proxies) if proxy.is_valid_on(today)), None)


def find_weak_proxy(claimant: Claimant, *, today: date) -> str:
    """The name of a living claimant's proxy who holds a general authority only and so may not sign (INV-25)."""
    proxy = None if claimant.is_deceased else find_proxy(claimant.party, today=today)
    return proxy.name if proxy is not None and not proxy.is_special_authority else ""


def signing_heirs(claimant: Claimant) -> list[Heir]:
    """The heirs who sign for a dead claimant, in order; one alone signs for all who authorised him (R-LINK-12)."""
    return [heir for heir in claimant.heirs if heir.part is HeirPart.SIGNS] if claimant.is_deceased else []


def find_heir_authority(claimant: Claimant, *, today: date) -> Proxy | None:
    """The filed authority of the one heir who signs for all; None where several sign in person."""
    signers = signing_heirs(claimant)
    if len(signers) != 1:
        return None
    signer = (signers[0].name, signers[0].id_number)
    held = [proxy for proxy in claimant.party.proxies if proxy.is_valid_on(today)]
    return next((proxy for proxy in reversed(held) if (proxy.name, proxy.id_number) == signer), None)


def is_on_roster(roster: Roster, id_number: str, *, but: Claimant) -> bool:
    """True if another claimant of the roster has this ID number."""
    statement = (
        sa.select(Claimant.id)
        .join(Claimant.party)
        .where(
            Claimant.roster_id == roster.id,
            Claimant.id != but.id,
            Party.id_number_digest == digest_of("id_number", id_number),
        )
    )
    return db.session.scalar(statement.limit(1)) is not None


def _grouped(rows: Iterable[tuple[Key, int, int]]) -> dict[Key, Sum]:
    counts: Counter[Key] = Counter()
    totals: Counter[Key] = Counter()
    for key, count, total in rows:
        counts[key] += count
        totals[key] += int(total)
    return {key: Sum(count, totals[key]) for key, count in counts.items()}


def _proxy_entry(proxy: Proxy | None) -> ProxyEntry | None:
    if proxy is None:
        return None
    return ProxyEntry(
        proxy.name, proxy.id_number, proxy.relation, proxy.is_special_authority, proxy.powers, proxy.filed_on
    )


def _birth_date(party: Party, today: date) -> date:
    if party.birth_date:
        return date.fromisoformat(party.birth_date)
    return citizen_id.parse(party.id_number, today=today).birth_date


def _conditions(wanted: RosterFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.status is not None:
        conditions.append(Claimant.status == wanted.status)
    else:
        conditions.append(Claimant.status != ClaimantStatus.REMOVED)
    if wanted.street is not None:
        conditions.append(Claimant.street == wanted.street)
    if wanted.text:
        name, number = digest_of("name", wanted.text), digest_of("id_number", wanted.text.upper())
        of_heir = sa.exists().where(
            Heir.claimant_id == Claimant.id, sa.or_(Heir.name_digest == name, Heir.id_number_digest == number)
        )
        conditions.append(sa.or_(Party.name_digest == name, Party.id_number_digest == number, of_heir))
    return conditions


def _whole(*, consents: bool = True) -> list[ORMOption]:
    party = contains_eager(Claimant.party)
    options: list[ORMOption] = [
        party.selectinload(Party.proxies),
        selectinload(Claimant.claims),
        selectinload(Claimant.heirs),
    ]
    return [*options, party.selectinload(Party.consents)] if consents else options


def _with_matter(model: type[Roster]) -> list[ORMOption]:
    matter = joinedload(model.matter)
    return [matter.selectinload(Matter.involvements), matter.selectinload(Matter.units)]


def _found(row: Row | None, message: str) -> Row:
    if row is None:
        raise NotFound(message)
    return row
