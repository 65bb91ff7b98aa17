"""A list holds exactly the matters that the permission table grants one by one, for every role and relation."""

from dataclasses import dataclass
from datetime import date
from itertools import count, product

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import GRANTS, WALLS, Actor, Permission, Role, is_allowed
from app.matters.models import Capacity, Involvement, Matter, MatterUnit, VisitRecord
from app.matters.queries import visible_to
from app.matters.queries.access import IN_SQL
from app.matters.rules import Channel, MatterKind, UnitCapacity
from app.people.models import Account, Organisation
from app.web.transaction import transaction
from tests.factories import NOON, make_account, make_organisation

KINDS = (MatterKind.CLAIM_FOR_DECISION, MatterKind.ACCUSATION)
RELATIONS = ("none", "assigned", "ended", "barred", "barred_and_ended", "assigned_and_barred", "author")
DAY, ENDED = date(2025, 6, 3), date(2025, 6, 20)
SERIAL = count(1)
OBJECT_PERMISSIONS = [permission for permission, grants in GRANTS.items() if any(row.predicates for row in grants)]


@dataclass
class District:
    """Four levels of units, the person in the third, and every matter that differs in what the table asks."""

    me: Account
    mine: Organisation
    above: Organisation
    matters: list[Matter]


@pytest.fixture
def district(db: SQLAlchemy) -> District:
    with transaction():
        top = make_organisation("区")
        above = make_organisation("街道", parent=top)
        mine = make_organisation("社区", parent=above)
        below = make_organisation("网格", parent=mine)
        beside = make_organisation("邻社区", parent=above)
        me, other = make_account(organisation=mine), make_account(organisation=beside)
        matters = [
            make_case(kept_by, relation, entrusted, kind, about, me, other)
            for kept_by, kind, about in product((top, mine, below, beside), KINDS, (None, mine, above, below))
            for relation, entrusted in (
                *((relation, None) for relation in RELATIONS),
                *(("none", (unit, ended)) for unit, ended in ((mine, None), (mine, ENDED), (above, None))),
            )
        ]
        db.session.add_all(matters)
    return District(me, mine, above, matters)


def make_case(
    kept_by: Organisation,
    relation: str,
    entrusted: tuple[Organisation, date | None] | None,
    kind: MatterKind,
    about: Organisation | None,
    me: Account,
    other: Account,
) -> Matter:
    visit = VisitRecord(
        organisation_id=kept_by.id,
        channel=Channel.VISIT,
        received_on=DAY,
        registrar_id=me.id if relation == "author" else other.id,
        registered_at=NOON,
    )
    matter = Matter(
        number=f"{next(SERIAL)}号",
        visit=visit,
        organisation_id=kept_by.id,
        kind=kind,
        is_accusation=kind is MatterKind.ACCUSATION,
        complained_unit_id=about.id if about else None,
        received_on=DAY,
        registered_at=NOON,
    )
    people = [(other.id, Capacity.REGISTRAR, False, None)]
    if relation.startswith("assigned") or relation == "ended":
        people.append((me.id, Capacity.MEDIATOR, False, ENDED if relation == "ended" else None))
    if "barred" in relation:
        people.append((me.id, Capacity.BARRED, True, ENDED if relation == "barred_and_ended" else None))
    matter.involvements = [
        Involvement(account_id=person, capacity=capacity, is_barred=is_barred, ended_on=ended, since=DAY)
        for person, capacity, is_barred, ended in people
    ]
    if entrusted:
        unit, ended = entrusted
        row = MatterUnit(organisation_id=unit.id, capacity=UnitCapacity.HANDLING_UNIT, since=DAY, ended_on=ended)
        matter.units = [row]
    return matter


def actor_of(district: District, *roles: Role) -> Actor:
    return Actor(district.me.id, "某人", frozenset(roles), district.mine.id, district.mine.path_ids)


def listed(db: SQLAlchemy, actor: Actor, permission: Permission) -> set[int]:
    return set(db.session.scalars(sa.select(Matter.id).where(visible_to(actor, permission))))


def test_inv_02_inv_12_lists_hold_what_the_table_grants(district: District, db: SQLAlchemy) -> None:
    assert len(district.matters) == 320
    views = {matter.id: matter.access_view() for matter in db.session.scalars(sa.select(Matter))}
    seen = set()
    for role, permission in product(Role, OBJECT_PERMISSIONS):
        actor = actor_of(district, role)
        granted = {matter_id for matter_id, view in views.items() if is_allowed(actor, permission, view)}
        assert listed(db, actor, permission) == granted, (role, permission)
        seen |= granted
    assert 0 < len(seen) < len(views)


def test_a_person_in_two_roles_sees_what_either_sees(district: District, db: SQLAlchemy) -> None:
    either = [listed(db, actor_of(district, role), Permission.MATTER_READ) for role in (Role.LAWYER, Role.STREET_CLERK)]
    both = listed(db, actor_of(district, Role.LAWYER, Role.STREET_CLERK), Permission.MATTER_READ)
    assert both == either[0] | either[1]
    assert listed(db, actor_of(district), Permission.MATTER_READ) == set()


def test_n11_officers_see_no_matter(district: District, db: SQLAlchemy) -> None:
    for role, permission in product((Role.ADMINISTRATOR, Role.AUDITOR), OBJECT_PERMISSIONS):
        assert listed(db, actor_of(district, role), permission) == set()


def test_r_pet_09_an_accusation_is_for_those_named_on_it_and_never_for_the_accused(
    district: District, db: SQLAlchemy
) -> None:
    accusations = {matter.id for matter in district.matters if matter.is_accusation}
    named = {row.matter_id for row in db.session.scalars(sa.select(Involvement).filter_by(account_id=district.me.id))}
    for role in Role:
        seen = listed(db, actor_of(district, role), Permission.MATTER_READ) & accusations
        assert seen <= named
        assert not seen or role in (Role.RECEPTIONIST, Role.COORDINATOR, Role.LEADER)
        for matter_id in seen:
            about = db.session.get_one(Matter, matter_id).complained_unit_id
            assert about not in (district.mine.id, district.above.id)


def test_every_predicate_of_the_table_has_its_condition() -> None:
    used = {predicate for grants in GRANTS.values() for row in grants for predicate in row.predicates}
    assert used | set(WALLS) <= set(IN_SQL)
