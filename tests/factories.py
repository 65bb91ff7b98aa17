"""Small functions that make rows for tests; every field a test asserts on is set in that test."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from flask.testing import FlaskClient

from app.access.permissions import Actor, Role
from app.extensions import db
from app.hearings.actions.applications import NewApplication, apply_for_hearing, decide_hearing
from app.hearings.actions.panel import appoint_chair, appoint_recorder, seat_panelists
from app.hearings.models import Hearing
from app.hearings.queries.standing import procedure_kind_of
from app.hearings.rules.procedures import procedure_of
from app.matters.models import Involvement, Matter, MatterText, Party, PartyKind, PartySide, VisitRecord
from app.matters.rules import Channel, MatterKind
from app.people.models import Account, AccountRole, Organisation, OrganisationKind, Professional
from app.people.passwords import hash_password
from app.privacy.sealed import digest_of
from app.settings.queries import profile_on

PASSWORD = "Binlan-2025-mediation"
NOON = datetime(2025, 7, 1, 4, 0, tzinfo=UTC)
_serial = count(1)
_hashes: list[str] = []


def make_organisation(
    name: str = "",
    kind: OrganisationKind = OrganisationKind.PETITION_OFFICE,
    parent: Organisation | None = None,
    **values: Any,
) -> Organisation:
    """One organisation, with its path."""
    organisation = Organisation(
        name=name or f"单位{next(_serial)}", kind=kind, parent_id=parent.id if parent else None, **values
    )
    db.session.add(organisation)
    db.session.flush()
    organisation.path = f"{parent.path if parent else '/'}{organisation.id}/"
    db.session.flush()
    return organisation


def make_account(*roles: Role, organisation: Organisation | None = None, name: str = "", **values: Any) -> Account:
    """One account that can log in with PASSWORD."""
    serial = next(_serial)
    if not _hashes:
        _hashes.append(hash_password(PASSWORD))
    account = Account(
        username=values.pop("username", f"user{serial}"),
        name=name or f"职员{serial}",
        organisation_id=(organisation or make_organisation()).id,
        password_hash=_hashes[0],
        created_at=NOON,
        role_rows=[AccountRole(role=role) for role in roles],
        **values,
    )
    db.session.add(account)
    db.session.flush()
    return account


def make_professional(
    *roles: Role,
    organisation: Organisation,
    committee: Organisation | None = None,
    name: str = "",
    **values: Any,
) -> Account:
    """One account that may be assigned: appointed since 2020."""
    account = make_account(*roles, organisation=organisation, name=name)
    account.professional = Professional(
        committee_id=committee.id if committee else None,
        appointed_on=values.pop("appointed_on", date(2020, 1, 1)),
        skills=[],
        **values,
    )
    db.session.flush()
    return account


def actor_of(account: Account, role: Role | None = None) -> Actor:
    """The account as the one who acts."""
    return account.as_actor(role)


def make_matter(
    organisation: Organisation,
    registrar: Account,
    *,
    kind: MatterKind = MatterKind.CLAIM_FOR_DECISION,
    **values: Any,
) -> Matter:
    """One registered matter without acts: no clocks, no parties."""
    received_on = values.pop("received_on", date(2025, 6, 3))
    visit = VisitRecord(
        organisation_id=organisation.id,
        channel=Channel.VISIT,
        received_on=received_on,
        registrar_id=registrar.id,
        registered_at=NOON,
    )
    matter = Matter(
        number=values.pop("number", f"信访〔2025〕{next(_serial)}号"),
        visit=visit,
        organisation_id=organisation.id,
        kind=kind,
        is_accusation=kind is MatterKind.ACCUSATION,
        received_on=received_on,
        registered_at=NOON,
        **values,
    )
    matter.text = MatterText()
    matter.text.claim = "请求赔偿漏水损失"
    db.session.add(matter)
    db.session.flush()
    return matter


def make_party(
    matter: Matter, side: PartySide, name: str, *, kind: PartyKind = PartyKind.PERSON, **values: Any
) -> Party:
    """One party of a matter; `id_number`, `phone` and `address` are sealed and digested."""
    party = Party(
        matter=matter,
        position=len(matter.parties),
        side=side,
        kind=kind,
        **{k: v for k, v in values.items() if k not in SEALED},
    )
    party.name = name
    party.name_digest = digest_of("name", name)
    for field in SEALED & values.keys():
        setattr(party, field, values[field])
    party.id_number_digest = digest_of("id_number", values.get("id_number"))
    party.phone_digest = digest_of("phone", values.get("phone"))
    db.session.add(party)
    matter.party_count = len(matter.parties)
    db.session.flush()
    return party


SEALED = {"id_number", "phone", "address", "birth_date", "legal_representative"}


def involve(matter: Matter, account: Account, capacity: Any, **values: Any) -> Involvement:
    """One row of involvement."""
    row = Involvement(matter=matter, account_id=account.id, capacity=capacity, since=date(2025, 6, 3), **values)
    db.session.add(row)
    db.session.flush()
    return row


def log_in(client: FlaskClient, account: Account, role: Role | None = None) -> FlaskClient:
    """Log `account` in through the log-in page."""
    answer = client.post("/login", data={"username": account.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    if role is not None:
        client.post("/login/role", data={"role": role.value})
    return client


def make_hearing(
    matter: Matter,
    *,
    leader: Actor,
    clerk: Actor,
    applied_on: date,
    decided_at: datetime,
    **application: Any,
) -> Hearing:
    """A hearing that the first petitioner applied for and the leader decided to hold; runs within a transaction."""
    petitioner = next(party for party in matter.parties if party.side is PartySide.PETITIONER)
    procedure = procedure_of(procedure_kind_of(matter), profile_on(applied_on))
    new = NewApplication(petitioner, applied_on, reasons=application.pop("reasons", "事实还没有查清"), **application)
    hearing = apply_for_hearing(matter, new, procedure=procedure, by=clerk, now=decided_at)
    decide_hearing(hearing, is_held=True, reason="争议较大，有必要听证", by=leader, now=decided_at)
    return hearing


def make_panel(
    hearing: Hearing,
    *,
    chair: Account,
    recorder: Account,
    panelists: Sequence[Account],
    alternates: Sequence[Account] = (),
    by: Actor,
    now: datetime,
) -> None:
    """Seat a whole panel through the acts; runs within a transaction."""
    appoint_chair(hearing, chair, by=by, now=now)
    appoint_recorder(hearing, recorder, by=by, now=now)
    seat_panelists(hearing, panelists, alternates=alternates, by=by, now=now)
