"""Who works on a matter, who is kept out of it, and what blocks its closing: rows that higher packages write."""

from datetime import date, datetime

import sqlalchemy as sa

from app.extensions import db
from app.matters.actions.clocks import OwnerKey
from app.matters.models import Blocker, Capacity, Involvement, Matter, Party


def involve(
    matter: Matter, account_id: int, capacity: Capacity, *, since: date, party: Party | None = None
) -> Involvement:
    """Note that a person works on the matter in a capacity; the same live row is kept, not doubled."""
    for row in matter.involvements:
        if row.account_id == account_id and row.capacity is capacity and row.ended_on is None and not row.is_barred:
            return row
    row = Involvement(
        matter=matter,
        matter_id=matter.id,
        account_id=account_id,
        capacity=capacity,
        party_id=party.id if party else None,
        since=since,
    )
    db.session.add(row)
    return row


def end_involvement(matter: Matter, account_id: int, capacity: Capacity, *, on: date) -> None:
    """Note that a person no longer works on the matter in this capacity; the row stays for conflict checks."""
    for row in matter.involvements:
        if row.account_id == account_id and row.capacity is capacity and row.ended_on is None:
            row.ended_on = on


def bar(matter: Matter, account_id: int, *, since: date) -> None:
    """Shut a person out of the matter everywhere at once (INV-12)."""
    if not is_barred(matter, account_id):
        row = Involvement(
            matter=matter,
            matter_id=matter.id,
            account_id=account_id,
            capacity=Capacity.BARRED,
            since=since,
            is_barred=True,
        )
        db.session.add(row)


def unbar(matter: Matter, account_id: int, *, on: date) -> None:
    """Let a person back in after a refused request; the row stays, ended."""
    for row in matter.involvements:
        if row.account_id == account_id and row.is_barred:
            row.is_barred = False
            row.ended_on = on


def is_barred(matter: Matter, account_id: int) -> bool:
    """True while a recusal keeps the person out."""
    return any(row.is_barred and row.account_id == account_id for row in matter.involvements)


def open_blocker(matter: Matter, kind: str, owner: OwnerKey, *, now: datetime) -> Blocker:
    """Note something that must be settled before the matter closes."""
    row = Blocker(
        matter=matter, matter_id=matter.id, kind=kind, owner_kind=owner.kind, owner_id=owner.id, opened_at=now
    )
    db.session.add(row)
    return row


def settle_blocker(owner: OwnerKey, kind: str, now: datetime) -> None:
    """Note that it is settled; nothing open is no error."""
    statement = sa.select(Blocker).where(
        Blocker.owner_kind == owner.kind,
        Blocker.owner_id == owner.id,
        Blocker.kind == kind,
        Blocker.settled_at.is_(None),
    )
    for row in db.session.scalars(statement):
        row.settled_at = now


def unsettled_kinds(matter: Matter) -> list[str]:
    """The kinds of what blocks the closing now."""
    statement = sa.select(Blocker.kind).where(Blocker.matter_id == matter.id, Blocker.settled_at.is_(None))
    return list(db.session.scalars(statement.order_by(Blocker.id)))
