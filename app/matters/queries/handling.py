"""What stands open on a matter: its clocks, the unit's objection, the written opinion, the linkage it waits for."""

from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.access.permissions import AccessView
from app.errors import NotFound
from app.extensions import db
from app.matters.models import (
    Capacity,
    Clock,
    HandlingOpinion,
    Matter,
    Party,
    Proxy,
    Recusal,
    RecusalStatus,
    TransferObjection,
)

HEARING_SEATS = frozenset({Capacity.HEARING_CHAIR, Capacity.HEARING_PANELIST, Capacity.RECORDER})
OPEN_HEARING = "open_hearing"
"""What a hearing that is not over puts in the way of closing the matter."""


class OwnerKey(Protocol):
    """Whose row it is: a table's name and a row's id."""

    @property
    def kind(self) -> str:
        """The table's name."""
        ...

    @property
    def id(self) -> int:
        """The row's id."""
        ...


class OfMatter:
    """A row of a matter shown to the guard: whoever may see the matter may see it."""

    def __init__(self, row: "Clock | Party | Proxy | Recusal | TransferObjection | HandlingOpinion") -> None:
        self.row = row
        self.matter: Matter = row.party.matter if isinstance(row, Proxy) else row.matter

    def access_view(self) -> AccessView:
        """What the permission table needs to know: the matter's own view."""
        return self.matter.access_view()


def find_clock(owner: OwnerKey, clock_id: str) -> Clock | None:
    """The newest clock of this owner and name, running or not."""
    statement = sa.select(Clock).where(
        Clock.owner_kind == owner.kind, Clock.owner_id == owner.id, Clock.clock == clock_id
    )
    return db.session.scalar(statement.order_by(Clock.id.desc()).limit(1))


def list_clocks(matter_id: int) -> list[Clock]:
    """All clocks of a matter: open ones by legal date, then the ended ones, newest first."""
    statement = (
        sa.select(Clock)
        .where(Clock.matter_id == matter_id)
        .options(selectinload(Clock.extensions), selectinload(Clock.pauses))
        .order_by(Clock.is_open.desc(), Clock.legal_due_on, Clock.id)
    )
    return list(db.session.scalars(statement))


def find_open_objection(matter_id: int) -> TransferObjection | None:
    """The unit's objection that waits for a decision."""
    statement = sa.select(TransferObjection).where(
        TransferObjection.matter_id == matter_id, TransferObjection.is_upheld.is_(None)
    )
    return db.session.scalar(statement.order_by(TransferObjection.id.desc()).limit(1))


def find_opinion(matter_id: int) -> HandlingOpinion | None:
    """The newest written opinion of the handling unit."""
    statement = sa.select(HandlingOpinion).where(HandlingOpinion.matter_id == matter_id)
    return db.session.scalar(statement.order_by(HandlingOpinion.id.desc()).limit(1))


def list_recusals(matter_id: int) -> list[Recusal]:
    """The recusals of a matter, newest first, with the persons."""
    statement = sa.select(Recusal).where(Recusal.matter_id == matter_id).options(joinedload(Recusal.account))
    return list(db.session.scalars(statement.order_by(Recusal.id.desc())).unique())


def find_undecided_recusal(matter_id: int) -> Recusal | None:
    """A recusal that waits for the leader's decision."""
    statement = sa.select(Recusal).where(Recusal.matter_id == matter_id, Recusal.status == RecusalStatus.REQUESTED)
    return db.session.scalar(statement.order_by(Recusal.id).limit(1))


def sits_in_hearing(matter: Matter, account_id: int) -> bool:
    """True if the person has a seat in a hearing of the matter that is not over, also while he is barred from it."""
    has_hearing = any(row.kind == OPEN_HEARING and row.settled_at is None for row in matter.blockers)
    seats = (row for row in matter.involvements if row.account_id == account_id and row.ended_on is None)
    return has_hearing and any(row.capacity in HEARING_SEATS for row in seats)


def guarded_clock(public_id: str) -> OfMatter:
    """The clock with this public id, guarded by its matter; NotFound otherwise."""
    return _guarded(Clock, public_id, "没有这项期限，或者它不归您看。")


def guarded_party(public_id: str) -> OfMatter:
    """The party with this public id, guarded by its matter; NotFound otherwise."""
    return _guarded(Party, public_id, "没有这位当事人，或者不归您看。")


def guarded_proxy(public_id: str) -> OfMatter:
    """The proxy with this public id, guarded by its matter; NotFound otherwise."""
    return _guarded(Proxy, public_id, "没有这位代理人，或者不归您看。")


def guarded_recusal(public_id: str) -> OfMatter:
    """The recusal with this public id, guarded by its matter; NotFound otherwise."""
    return _guarded(Recusal, public_id, "没有这份回避申请，或者不归您看。")


def guarded_objection(public_id: str) -> OfMatter:
    """The objection with this public id, guarded by its matter; NotFound otherwise."""
    return _guarded(TransferObjection, public_id, "没有这份异议，或者不归您看。")


def guarded_opinion(public_id: str) -> OfMatter:
    """The handling opinion with this public id, guarded by its matter; NotFound otherwise."""
    return _guarded(HandlingOpinion, public_id, "没有这份处理意见，或者不归您看。")


def _guarded(model: type, public_id: str, message: str) -> OfMatter:
    row = db.session.scalar(sa.select(model).where(model.public_id == public_id))  # type: ignore[attr-defined]
    if row is None:
        raise NotFound(message)
    return OfMatter(row)
