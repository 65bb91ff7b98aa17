"""What stands on the desk today: the board, what waits for me, the next three weeks."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.permissions import Actor
from app.booking.models import BookedSession
from app.booking.rules.words import SessionStatus
from app.extensions import db
from app.law import clock
from app.matters.models import Clock, Matter, Recusal, RecusalStatus, TransferObjection
from app.matters.queries import visible_to
from app.matters.queries.listing import LIST_COLUMNS

MOST_TODO = 8
THREE_WEEKS = 21


def readable_matters(actor: Actor, matter_ids: Iterable[int]) -> dict[int, str]:
    """The public ids of those matters that the person may read."""
    statement = sa.select(Matter.id, Matter.public_id).where(Matter.id.in_(set(matter_ids)), visible_to(actor))
    return dict(db.session.execute(statement).all())


def list_due_clocks(actor: Actor, codes: Iterable[str], *, limit: int = MOST_TODO) -> list[Clock]:
    """The running clocks of these names on readable matters, nearest legal date first."""
    statement = (
        sa.select(Clock)
        .join(Clock.matter)
        .where(sa.text("clock.is_open"), Clock.clock.in_(list(codes)), visible_to(actor))
        .options(joinedload(Clock.matter).load_only(*LIST_COLUMNS, raiseload=True))
        .order_by(Clock.legal_due_on, Clock.id)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def list_due_groups(actor: Actor, codes: Iterable[str], *, limit: int = MOST_TODO) -> list[tuple[Clock, int]]:
    """Running clocks of these names, those of one matter and date as one with their number, nearest date first."""
    key = (Clock.matter_id, Clock.clock, Clock.legal_due_on)
    groups = (
        sa.select(sa.func.min(Clock.id), sa.func.count())
        .join(Clock.matter)
        .where(sa.text("clock.is_open"), Clock.clock.in_(list(codes)), visible_to(actor))
        .group_by(*key)
        .order_by(Clock.legal_due_on, sa.func.min(Clock.id))
        .limit(limit)
    )
    counts: dict[int, int] = dict(db.session.execute(groups).all())
    statement = (
        sa.select(Clock)
        .where(Clock.id.in_(counts))
        .options(joinedload(Clock.matter).load_only(*LIST_COLUMNS, raiseload=True))
        .order_by(Clock.legal_due_on, Clock.id)
    )
    return [(row, counts[row.id]) for row in db.session.scalars(statement)]


def list_open_objections(actor: Actor) -> list[TransferObjection]:
    """The units' objections that wait for the office's decision, the oldest first."""
    statement = (
        sa.select(TransferObjection)
        .join(TransferObjection.matter)
        .where(
            TransferObjection.is_upheld.is_(None),
            _is_of_office(actor),
            visible_to(actor),
        )
        .options(joinedload(TransferObjection.matter), joinedload(TransferObjection.unit))
        .order_by(TransferObjection.id)
        .limit(MOST_TODO)
    )
    return list(db.session.scalars(statement))


def list_undecided_recusals(actor: Actor) -> list[Recusal]:
    """The recusals that wait for the leader, the oldest first."""
    statement = (
        sa.select(Recusal)
        .join(Recusal.matter)
        .where(
            Recusal.status == RecusalStatus.REQUESTED,
            _is_of_office(actor),
            visible_to(actor),
        )
        .options(joinedload(Recusal.matter), joinedload(Recusal.account))
        .order_by(Recusal.id)
        .limit(MOST_TODO)
    )
    return list(db.session.scalars(statement))


def _is_of_office(actor: Actor) -> sa.ColumnElement[bool]:
    # A sum is no column with an index: the search begins at the few that wait, not at the office's many matters.
    return Matter.organisation_id + 0 == actor.organisation_id


def count_sessions_by_day(room_ids: Iterable[int], first: date) -> Counter[date]:
    """How many sessions each of the three weeks' days from `first` on holds in these rooms."""
    starts: datetime = clock.from_local(first, time.min)
    statement = sa.select(BookedSession.starts_at).where(
        BookedSession.room_id.in_(list(room_ids)),
        BookedSession.starts_at >= starts,
        BookedSession.starts_at < starts + timedelta(days=THREE_WEEKS),
        BookedSession.status == SessionStatus.BOOKED,
    )
    return Counter(clock.local_date(moment) for moment in db.session.scalars(statement))
