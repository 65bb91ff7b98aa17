"""Lists and the guard agree: `visible_to` finds exactly what the permission table lets one read (INV-02, INV-12)."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Permission, Role, is_allowed
from app.extensions import db as database
from app.matters.models import Capacity, Matter, MatterUnit, UnitCapacity
from app.matters.queries import visible_to
from app.matters.rules import MatterKind
from app.people.models import Account, Organisation, OrganisationKind
from app.web.transaction import transaction
from tests.factories import involve, make_account, make_matter, make_organisation

DAY = date(2025, 6, 3)
Relate = Callable[[Matter, Account], object]


def barred(matter: Matter, account: Account) -> object:
    """A recusal keeps the person out, though he worked on it."""
    involve(matter, account, Capacity.COORDINATOR)
    return involve(matter, account, Capacity.BARRED, is_barred=True)


def entrusted(matter: Matter, account: Account, **values: object) -> object:
    """The person's unit was entrusted with the matter."""
    row = MatterUnit(
        matter=matter,
        organisation_id=account.organisation_id,
        capacity=UnitCapacity.HANDLING_UNIT,
        since=DAY,
        **values,
    )
    database.session.add(row)
    return row


def accused(matter: Matter, account: Account) -> object:
    """The accusation is against the person's unit, which was entrusted by mistake and works on it."""
    matter.complained_unit_id = account.organisation_id
    involve(matter, account, Capacity.HANDLER)
    return entrusted(matter, account)


RELATIONS: dict[str, Relate] = {
    "nothing": lambda matter, account: None,
    "assigned": lambda matter, account: involve(matter, account, Capacity.HANDLER),
    "assigned_before": lambda matter, account: involve(matter, account, Capacity.HANDLER, ended_on=DAY),
    "barred": barred,
    "entrusted": entrusted,
    "entrusted_before": lambda matter, account: entrusted(matter, account, ended_on=DAY),
    "accused": accused,
}
PLACES = ("own_office", "other_office", "street_above")


@pytest.mark.parametrize("kind", [MatterKind.CLAIM_FOR_DECISION, MatterKind.ACCUSATION])
@pytest.mark.parametrize("place", PLACES)
def test_visible_to_when_role_place_and_relation_vary_agrees_with_the_table(
    db: SQLAlchemy, kind: MatterKind, place: str
) -> None:
    with transaction():
        street = make_organisation(kind=OrganisationKind.STREET)
        home = make_organisation(kind=OrganisationKind.COMMUNITY, parent=street)
        registrar = make_account(Role.RECEPTIONIST, organisation=home)
        unit = {"own_office": home, "other_office": make_organisation(), "street_above": street}[place]
        accounts = {role: make_account(role, organisation=unit) for role in Role}
        # One matter for each role and relation: units are shared, so a relation of units holds for one matter only.
        matters = {
            (role, name): related(home, registrar, kind, account, relate)
            for role, account in accounts.items()
            for name, relate in RELATIONS.items()
        }
    db.session.expire_all()
    found = {role: readable(account) for role, account in accounts.items()}
    seen = {(role, name): matter.id in found[role] for (role, name), matter in matters.items()}
    allowed = {
        (role, name): is_allowed(accounts[role].as_actor(), Permission.MATTER_READ, matter.access_view())
        for (role, name), matter in matters.items()
    }
    assert seen == allowed
    assert not any(seen[role, "barred"] for role in Role)
    if kind is MatterKind.ACCUSATION:
        assert not any(seen[role, "accused"] for role in Role)
        assert not any(seen[role, "nothing"] for role in Role)


def related(home: Organisation, registrar: Account, kind: MatterKind, account: Account, relate: Relate) -> Matter:
    """One matter of its own for one account in one relation."""
    matter = make_matter(home, registrar, kind=kind)
    relate(matter, account)
    return matter


def readable(account: Account) -> set[int]:
    """The matters that the account's lists hold."""
    return set(database.session.scalars(sa.select(Matter.id).where(visible_to(account.as_actor()))))
