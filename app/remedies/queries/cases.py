"""Which reconsideration cases are there, of a matter and for a person?"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.permissions import Actor, Permission
from app.errors import NotFound
from app.extensions import db
from app.matters.models import Clock, Matter
from app.matters.queries import visible_to
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseStatus

PAGE_SIZE = 20


def get_reconsideration(public_id: str) -> ReconsiderationCase:
    """The case with this public id; NotFound otherwise."""
    case = db.session.scalar(
        sa.select(ReconsiderationCase)
        .where(ReconsiderationCase.public_id == public_id)
        .options(joinedload(ReconsiderationCase.matter), joinedload(ReconsiderationCase.organ))
    )
    if case is None:
        raise NotFound("没有这件行政复议，或者它不归您看。")
    return case


def find_reconsideration(matter: Matter) -> ReconsiderationCase | None:
    """The newest reconsideration case of a matter, open or ended."""
    statement = sa.select(ReconsiderationCase).where(ReconsiderationCase.matter_id == matter.id)
    return db.session.scalar(statement.order_by(ReconsiderationCase.id.desc()).limit(1))


def list_reconsiderations(
    actor: Actor, *, status: CaseStatus | None = None, before: tuple[datetime, int] | None = None
) -> list[ReconsiderationCase]:
    """One page and one row more of the cases the actor may read, newest first."""
    statement = (
        sa.select(ReconsiderationCase)
        .join(ReconsiderationCase.matter)
        .where(visible_to(actor, Permission.RECONSIDERATION_READ))
        .options(joinedload(ReconsiderationCase.matter), joinedload(ReconsiderationCase.respondent))
        .order_by(ReconsiderationCase.received_at.desc(), ReconsiderationCase.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if status is not None:
        statement = statement.where(ReconsiderationCase.status == status)
    if before is not None:
        statement = statement.where(sa.tuple_(ReconsiderationCase.received_at, ReconsiderationCase.id) < before)
    return list(db.session.scalars(statement))


def list_case_clocks(case: ReconsiderationCase) -> list[Clock]:
    """The clocks of one case: open ones by legal date, then those that ended."""
    statement = (
        sa.select(Clock)
        .where(Clock.owner_kind == case.kind, Clock.owner_id == case.id)
        .options(selectinload(Clock.extensions), selectinload(Clock.pauses))
        .order_by(Clock.is_open.desc(), Clock.legal_due_on, Clock.id)
    )
    return list(db.session.scalars(statement))
