"""What lies in whose basket, what it lends, and what stands on lent time."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.booking.models import BookedSession, DraftMove, Occupancy, SessionSeat
from app.booking.queries.boards import NAME_ONLY
from app.booking.queries.verifying import expected_cells
from app.booking.rules.need import Owner, SessionNeed, SessionPlan, resource_keys
from app.booking.rules.words import DraftAct, DraftStatus, SessionStatus
from app.errors import NotFound
from app.extensions import db
from app.law import clock


def list_basket(account_id: int) -> Sequence[DraftMove]:
    """The open drafts of one person in the order in which they were put in."""
    statement = sa.select(DraftMove).filter_by(account_id=account_id, status=DraftStatus.OPEN)
    loaded = (
        selectinload(DraftMove.session).selectinload(BookedSession.seats).joinedload(SessionSeat.account),
        selectinload(DraftMove.replaces).selectinload(BookedSession.seats).joinedload(SessionSeat.account),
    )
    return db.session.scalars(statement.order_by(DraftMove.id).options(*loaded)).all()


def list_fallen_out(account_id: int) -> Sequence[DraftMove]:
    """What fell out of a person's basket and was not noticed yet."""
    statement = sa.select(DraftMove).filter_by(account_id=account_id, status=DraftStatus.FALLEN_OUT, seen_at=None)
    return db.session.scalars(statement.order_by(DraftMove.id)).all()


def list_expired(today: date) -> Sequence[DraftMove]:
    """The open drafts whose last day is over, oldest first."""
    statement = sa.select(DraftMove).where(DraftMove.status == DraftStatus.OPEN, DraftMove.expires_on < today)
    return db.session.scalars(statement.order_by(DraftMove.id)).all()


def list_due_baskets(now: datetime) -> Sequence[int]:
    """Whose baskets are to be published by now."""
    statement = sa.select(DraftMove.account_id).where(DraftMove.status == DraftStatus.OPEN, DraftMove.publish_at <= now)
    return db.session.scalars(statement.distinct().order_by(DraftMove.account_id)).all()


def has_published(account_id: int, since: datetime) -> bool:
    """Whether something that this person put in since then was published."""
    statement = sa.select(DraftMove.id).filter_by(account_id=account_id, status=DraftStatus.PUBLISHED)
    return db.session.scalar(statement.where(DraftMove.put_in_at >= since).limit(1)) is not None


def get_draft(public_id: str, account_id: int) -> DraftMove:
    """The draft in this person's basket; NotFound otherwise."""
    found = db.session.scalar(sa.select(DraftMove).filter_by(public_id=public_id, account_id=account_id))
    if found is None:
        raise NotFound("您的草稿篮里没有这一场。")
    return found


def find_open_draft(owner: Owner) -> DraftMove | None:
    """The open draft for this owner, in whoever's basket."""
    return db.session.scalar(sa.select(DraftMove).filter_by(open_key=f"{owner.kind}:{owner.id}"))


def owners_in_drafts() -> set[Owner]:
    """Everything that lies in a basket."""
    rows = db.session.execute(
        sa.select(DraftMove.owner_kind, DraftMove.owner_id).where(DraftMove.status == DraftStatus.OPEN)
    )
    return {Owner(kind, owner_id) for kind, owner_id in rows}


def lent_by(drafts: Iterable[DraftMove]) -> frozenset[int]:
    """The booked sessions whose time the basket may use, because it moves or calls them off."""
    return frozenset(
        draft.replaces_id for draft in drafts if draft.replaces_id is not None and draft.act is not DraftAct.PLACE
    )


def standing_on(draft: DraftMove) -> list[DraftMove]:
    """The open drafts that hold quarter hours of what this one moves away."""
    if draft.replaces is None or draft.replaces.status is not SessionStatus.BOOKED:
        return []
    holders = {holder for _, _, holder in _occupied(expected_cells(draft.replaces))}
    statement = sa.select(DraftMove).where(
        DraftMove.session_id.in_(holders), DraftMove.status == DraftStatus.OPEN, DraftMove.id != draft.id
    )
    return list(db.session.scalars(statement.order_by(DraftMove.id)))


def held_among(cells: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the quarter hours that somebody holds."""
    return {(key, cell) for key, cell, _ in _occupied(cells)}


def sessions_in_the_way(
    need: SessionNeed, plan: SessionPlan, *, ignoring: Collection[int] = ()
) -> Sequence[BookedSession]:
    """What is booked on the room, people or parties of a plan, in order of time."""
    wanted = {(key, cell) for key in resource_keys(need, plan) for cell in plan.cells}
    holders = {holder for _, _, holder in _occupied(wanted)} - set(ignoring)
    statement = sa.select(BookedSession).where(BookedSession.id.in_(holders))
    return db.session.scalars(statement.order_by(BookedSession.starts_at, BookedSession.id)).all()


def list_sessions_between(
    room_ids: Collection[int], account_ids: Collection[int], first: date, last: date
) -> Sequence[BookedSession]:
    """What is booked or drafted on these days in these rooms or with these people, in order of time."""
    seated = sa.select(SessionSeat.session_id).where(SessionSeat.account_id.in_(account_ids))
    starts, ends = clock.from_local(first, _MIDNIGHT), clock.from_local(last + timedelta(days=1), _MIDNIGHT)
    statement = (
        sa.select(BookedSession)
        .where(
            sa.or_(BookedSession.room_id.in_(room_ids), BookedSession.id.in_(seated)),
            BookedSession.status.in_((SessionStatus.BOOKED, SessionStatus.DRAFT)),
            BookedSession.starts_at >= starts,
            BookedSession.starts_at < ends,
        )
        .order_by(BookedSession.starts_at, BookedSession.id)
        .options(
            selectinload(BookedSession.room),
            selectinload(BookedSession.seats).joinedload(SessionSeat.account).options(*NAME_ONLY),
        )
    )
    return db.session.scalars(statement).all()


_MIDNIGHT = datetime.min.time()


def _occupied(cells: Collection[tuple[str, int]]) -> list[tuple[str, int, int]]:
    if not cells:
        return []
    keys, numbers = {key for key, _ in cells}, {cell for _, cell in cells}
    statement = sa.select(Occupancy.resource_key, Occupancy.cell, Occupancy.session_id).where(
        Occupancy.resource_key.in_(keys), Occupancy.cell.between(min(numbers), max(numbers))
    )
    return [(key, cell, holder) for key, cell, holder in db.session.execute(statement) if (key, cell) in cells]
