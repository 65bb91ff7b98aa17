"""Which matters may this person read: one by its public id, and the condition every list joins."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.access.permissions import Actor, Role
from app.errors import NotFound
from app.extensions import db
from app.matters.models import Involvement, Matter, MatterUnit
from app.people.models import Organisation


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


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """The condition on `Matter` under which the actor may read it: rows of matter:read and both walls in SQL."""
    own = sa.select(Involvement.matter_id).where(Involvement.account_id == actor.account_id)
    mine = Matter.id.in_(own.where(Involvement.ended_on.is_(None), Involvement.is_barred.is_(False)))
    barred = Matter.id.in_(own.where(Involvement.is_barred.is_(True)))
    units = {actor.organisation_id, *actor.organisation_path}
    accused = sa.and_(Matter.is_accusation, Matter.complained_unit_id.in_(units))
    return sa.and_(sa.or_(sa.false(), *_readable_rows(actor, mine)), ~barred, ~sa.func.coalesce(accused, sa.false()))


def _readable_rows(actor: Actor, mine: Any) -> list[Any]:
    rows: list[Any] = []
    open_to_office = Matter.is_accusation.is_(False)
    if actor.roles & {Role.RECEPTIONIST, Role.COORDINATOR, Role.LEADER}:
        rows.append(sa.and_(Matter.organisation_id == actor.organisation_id, open_to_office))
    if actor.roles - {Role.COMMITTEE_CLERK, Role.HANDLING_UNIT_CLERK, Role.STREET_CLERK, *_WITHOUT_CONTENT}:
        rows.append(mine)
    if actor.roles & {Role.COMMITTEE_CLERK, Role.HANDLING_UNIT_CLERK, Role.LEADER}:
        entrusted = sa.select(MatterUnit.matter_id).where(
            MatterUnit.organisation_id == actor.organisation_id, MatterUnit.ended_on.is_(None)
        )
        rows.append(sa.and_(Matter.id.in_(entrusted), open_to_office))
    if Role.STREET_CLERK in actor.roles:
        below = sa.select(Organisation.id).where(Organisation.path.contains(f"/{actor.organisation_id}/"))
        rows.append(sa.and_(Matter.organisation_id.in_(below), open_to_office))
    return rows


_WITHOUT_CONTENT = (Role.ADMINISTRATOR, Role.AUDITOR)
