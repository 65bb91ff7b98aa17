"""Which matters may this person read: one by its public id, and the condition every list joins."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.access.permissions import (
    GRANTS,
    WALLS,
    Actor,
    Permission,
    Predicate,
    Role,
    in_own_subtree,
    is_assigned,
    is_author,
    is_not_barred,
    is_not_complained_about,
    is_not_of_accused_unit,
    is_open_to_office,
    of_handling_unit,
    of_own_office,
)
from app.errors import NotFound
from app.extensions import db
from app.matters.models import Involvement, Matter, MatterUnit, VisitRecord
from app.people.models import Organisation

OFFICE = frozenset({Role.RECEPTIONIST, Role.COORDINATOR, Role.LEADER})


def get_matter(public_id: str) -> Matter:
    """The matter with this public id; NotFound otherwise."""
    statement = (
        sa.select(Matter)
        .where(Matter.public_id == public_id)
        .options(selectinload(Matter.involvements), selectinload(Matter.units))
    )
    matter = db.session.scalar(statement)
    if matter is None:
        raise NotFound("没有这件信访事项，或者它不归您办。")
    return matter


def visible_to(actor: Actor, permission: Permission = Permission.MATTER_READ) -> sa.ColumnElement[bool]:
    """The condition on `Matter` under which the table grants the actor `permission`: its rows and walls in SQL.

    Lists of what hangs on a matter hand in the permission that opens one of them.
    """
    rows = (
        sa.and_(*(IN_SQL[predicate](actor) for predicate in grant.predicates))
        for grant in GRANTS[permission]
        if grant.roles & actor.roles
    )
    return sa.and_(sa.or_(sa.false(), *rows), *(IN_SQL[wall](actor) for wall in WALLS))


def _of_own_office(actor: Actor) -> sa.ColumnElement[bool]:
    return Matter.organisation_id == actor.organisation_id


def _in_own_subtree(actor: Actor) -> sa.ColumnElement[bool]:
    below = sa.select(Organisation.id).where(Organisation.path.contains(f"/{actor.organisation_id}/"))
    return Matter.organisation_id.in_(below)


def _of_handling_unit(actor: Actor) -> sa.ColumnElement[bool]:
    entrusted = sa.select(MatterUnit.matter_id).where(
        MatterUnit.organisation_id == actor.organisation_id, MatterUnit.ended_on.is_(None)
    )
    return Matter.id.in_(entrusted)


def _is_assigned(actor: Actor) -> sa.ColumnElement[bool]:
    live = (Involvement.ended_on.is_(None), Involvement.is_barred.is_(False))
    # Who reads nearly everything anyway is better looked up row by row; who reads little, by his own list.
    if actor.roles & OFFICE:
        return _involvement_in(actor).where(*live).exists()
    return Matter.id.in_(_involvements(actor).where(*live))


def _is_author(actor: Actor) -> sa.ColumnElement[bool]:
    return Matter.visit_id.in_(sa.select(VisitRecord.id).where(VisitRecord.registrar_id == actor.account_id))


def _is_open_to_office(_actor: Actor) -> sa.ColumnElement[bool]:
    return Matter.is_accusation.is_(False)


def _is_not_barred(actor: Actor) -> sa.ColumnElement[bool]:
    return ~_involvement_in(actor).where(Involvement.is_barred.is_(True)).exists()


def _is_not_complained_about(actor: Actor) -> sa.ColumnElement[bool]:
    units = {actor.organisation_id, *actor.organisation_path}
    return sa.func.coalesce(Matter.complained_unit_id.not_in(units), sa.true())


def _is_not_of_accused_unit(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.or_(Matter.is_accusation.is_(False), _is_not_complained_about(actor))


def _involvement_in(actor: Actor) -> sa.Select[Any]:
    return _involvements(actor).where(Involvement.matter_id == Matter.id).correlate(Matter)


def _involvements(actor: Actor) -> sa.Select[Any]:
    return sa.select(Involvement.matter_id).where(Involvement.account_id == actor.account_id)


IN_SQL: Mapping[Predicate, Callable[[Actor], sa.ColumnElement[bool]]] = {
    of_own_office: _of_own_office,
    in_own_subtree: _in_own_subtree,
    of_handling_unit: _of_handling_unit,
    is_assigned: _is_assigned,
    is_author: _is_author,
    is_open_to_office: _is_open_to_office,
    is_not_barred: _is_not_barred,
    is_not_complained_about: _is_not_complained_about,
    is_not_of_accused_unit: _is_not_of_accused_unit,
}
"""Each predicate of the permission table as a condition on `Matter`; a test holds the two together."""
