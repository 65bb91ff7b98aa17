"""Which visits are to be made today, and what to know before setting out."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from app.access.permissions import Actor, Permission
from app.agreements.models import Agreement, AgreementParty, FollowUpVisit
from app.agreements.rules import AgreementStatus
from app.extensions import db
from app.matters.queries import visible_to

PAGE_SIZE = 50


@dataclass(frozen=True)
class VisitPage:
    """One page of the visits that wait, how many there are in all, and where the next page begins."""

    rows: list[FollowUpVisit]
    total: int
    next_key: str = ""


def list_visits_due(actor: Actor, *, until: date, after: str = "", limit: int = PAGE_SIZE) -> VisitPage:
    """The open visits under agreements in force that are due until that day, the earliest first."""
    waiting = (
        sa.select(FollowUpVisit)
        .join(FollowUpVisit.agreement)
        .join(Agreement.matter)
        .where(
            FollowUpVisit.is_open,
            FollowUpVisit.due_on <= until,
            Agreement.status == AgreementStatus.EFFECTIVE,
            visible_to(actor, Permission.AGREEMENT_READ),
        )
    )
    total = db.session.scalar(waiting.with_only_columns(sa.func.count(), maintain_column_froms=True)) or 0
    statement = waiting.options(
        contains_eager(FollowUpVisit.agreement).contains_eager(Agreement.matter),
        contains_eager(FollowUpVisit.agreement).selectinload(Agreement.parties).selectinload(AgreementParty.party),
        selectinload(FollowUpVisit.obligation),
    )
    if key := _key_from(after):
        statement = statement.where(
            sa.tuple_(FollowUpVisit.due_on, FollowUpVisit.id) > sa.tuple_(*map(sa.literal, key))
        )
    rows = list(db.session.scalars(statement.order_by(FollowUpVisit.due_on, FollowUpVisit.id).limit(limit + 1)))
    last = rows[limit - 1] if len(rows) > limit else None
    return VisitPage(rows[:limit], total, f"{last.due_on.isoformat()}~{last.id}" if last else "")


def _key_from(after: str) -> tuple[date, int] | None:
    day, _, number = after.partition("~")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None
