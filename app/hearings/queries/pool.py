"""Who may sit in a hearing: the pool with what stands against each person (INV-09…13, 28)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.permissions import Role
from app.extensions import db
from app.hearings.models import Hearing, PanelDraw
from app.hearings.queries.standing import responsible_unit_of
from app.hearings.rules.conflicts import (
    Candidate,
    Finding,
    MatterFacts,
    PartFact,
    PartyFact,
    RecusalFact,
    barring,
    list_findings,
)
from app.hearings.rules.panels import PanelMember, roles_for
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.words import PoolCategory, SeatRole
from app.law import clock
from app.matters.models import Capacity, Involvement, Matter, Party, Recusal
from app.people.models import Account, AccountRole, OrganisationKind, Professional


@dataclass(frozen=True)
class PoolPerson:
    """One person who could take a seat, with everything that relates him to the matter."""

    account: Account
    category: PoolCategory | None
    findings: tuple[Finding, ...]
    seat: SeatRole | None = None

    @property
    def is_free(self) -> bool:
        """True if nothing keeps him off the table and he does not sit there yet."""
        return self.seat is None and not barring(self.findings)


def list_pool(hearing: Hearing, procedure: Procedure, role: SeatRole, on: date) -> list[PoolPerson]:
    """Everybody in office who could fill a seat of that role: those without conflict first, then by name."""
    accounts = list_eligible(roles_for(procedure, role), on)
    facts = matter_facts(hearing, procedure)
    seated = {seat.account_id: seat.role for seat in hearing.seats}
    people = [
        PoolPerson(account, category_of(account), list_findings(candidate_of(account), facts), seated.get(account.id))
        for account in accounts
    ]
    return sorted(people, key=lambda person: (bool(barring(person.findings)), person.account.name, person.account.id))


def list_eligible(roles: Iterable[Role], on: date) -> list[Account]:
    """Active accounts of these roles, by name; professionals only while in office."""
    in_office = sa.or_(
        Professional.account_id.is_(None),
        sa.and_(
            Professional.appointed_on <= on,
            sa.or_(Professional.left_office_on.is_(None), Professional.left_office_on > on),
        ),
    )
    held = sa.select(AccountRole.account_id).where(AccountRole.role.in_(list(roles)))
    statement = (
        sa.select(Account)
        .outerjoin(Professional, Professional.account_id == Account.id)
        .where(Account.is_active, Account.id.in_(held), in_office)
        .options(joinedload(Account.organisation), joinedload(Account.professional))
        .order_by(Account.name, Account.id)
    )
    return list(db.session.scalars(statement).unique())


def members_of(
    hearing: Hearing, procedure: Procedure, people: Sequence[tuple[SeatRole, Account]], on: date
) -> list[PanelMember]:
    """These persons in these seats, with what stands against them, for the rules."""
    facts = matter_facts(hearing, procedure)
    return [
        PanelMember(
            account_id=account.id,
            name=account.name,
            role=role,
            roles=account.roles,
            is_in_office=is_in_office(account, on),
            pool_category=category_of(account),
            findings=list_findings(candidate_of(account), facts),
        )
        for role, account in people
    ]


def is_in_office(account: Account, on: date) -> bool:
    """Active, and in office if he was appointed as a professional."""
    return account.is_active and (account.professional is None or account.professional.is_in_office(on))


def category_of(account: Account) -> PoolCategory | None:
    """From which part of the pool the person comes."""
    name = account.professional.pool_category if account.professional else ""
    return PoolCategory(name) if name in set(PoolCategory) else None


def candidate_of(account: Account) -> Candidate:
    """The person as the conflict rules see him."""
    professional = account.professional
    return Candidate(
        account_id=account.id,
        name=account.name,
        unit_id=account.organisation_id,
        unit_ids=frozenset({account.organisation_id, *account.organisation.path_ids}),
        is_of_law_firm=account.organisation.kind is OrganisationKind.LAW_FIRM,
        working_unit=professional.working_unit if professional else "",
        id_number_digest=professional.citizen_id_digest if professional else None,
    )


def matter_facts(hearing: Hearing, procedure: Procedure) -> MatterFacts:
    """All of the matter that may speak against a seat, read once for the whole pool."""
    matter = hearing.matter
    parties = {party.id: party for party in _parties(matter)}
    return MatterFacts(
        responsible_units=_responsible_units(matter, hearing),
        parties=tuple(_party_fact(party) for party in parties.values()),
        parts=tuple(_part_fact(row, parties) for row in _involvements(matter)),
        recusals=tuple(_recusal_fact(row) for row in _recusals(matter)),
        may_handlers_sit=procedure.may_handlers_sit,
    )


def list_draws(hearing: Hearing) -> list[PanelDraw]:
    """Every draw of this hearing, oldest first."""
    return list(db.session.scalars(sa.select(PanelDraw).filter_by(hearing_id=hearing.id).order_by(PanelDraw.id)))


def _responsible_units(matter: Matter, hearing: Hearing) -> tuple[tuple[int, str], ...]:
    unit = responsible_unit_of(matter)
    if unit is None or unit.id == hearing.organ_id:
        return ()
    return ((unit.id, unit.name),)


def _parties(matter: Matter) -> list[Party]:
    statement = sa.select(Party).where(Party.matter_id == matter.id).options(selectinload(Party.proxies))
    return list(db.session.scalars(statement.order_by(Party.position)))


def _involvements(matter: Matter) -> list[Involvement]:
    statement = sa.select(Involvement).where(
        Involvement.matter_id == matter.id, Involvement.capacity != Capacity.BARRED
    )
    return list(db.session.scalars(statement.options(joinedload(Involvement.account)).order_by(Involvement.id)))


def _recusals(matter: Matter) -> list[Recusal]:
    return list(db.session.scalars(sa.select(Recusal).filter_by(matter_id=matter.id).order_by(Recusal.id)))


def _party_fact(party: Party) -> PartyFact:
    digests = {party.id_number_digest, *(proxy.id_number_digest for proxy in party.proxies)}
    return PartyFact(party.name, party.organisation_id, frozenset(digest for digest in digests if digest))


def _part_fact(row: Involvement, parties: dict[int, Party]) -> PartFact:
    advised = parties.get(row.party_id) if row.party_id else None
    return PartFact(
        account_id=row.account_id,
        capacity=row.capacity,
        since=row.since,
        unit_id=row.account.organisation_id,
        name=row.account.name,
        party=advised.name if advised else "",
    )


def _recusal_fact(row: Recusal) -> RecusalFact:
    return RecusalFact(row.account_id, row.ground, row.status, clock.local_date(row.requested_at))
