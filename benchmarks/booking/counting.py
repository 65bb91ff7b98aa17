"""What stands after a round: overlaps, wrong cells, limits passed. Counted by SQL over the meetings' times."""

from collections import Counter

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import aliased

from app.booking.actions import set_area_limit
from app.booking.models import BookedSession, Occupancy, PersonLoad, SessionSeat
from app.booking.queries import find_load_findings, find_occupancy_findings
from app.booking.rules.words import SessionStatus
from app.extensions import db
from app.law import clock
from app.web.transaction import transaction
from benchmarks.booking.acts import BY_CONTROL, BY_PRODUCT, BY_ROW_LOCKS
from benchmarks.booking.world import NOW, World

MAX_DAY, MAX_WEEK = 2, 4


def set_limits(world: World) -> None:
    """So few sessions a day and a week for everybody that the writers fight for them too."""
    with transaction(patience=60_000):
        set_area_limit(world.organisation_id, MAX_DAY, MAX_WEEK, by=world.clerk, now=NOW)


def count_passed(app: Flask, world: World) -> int:
    """How many days and weeks of people hold more than they may, counted from the sessions, and wrong counts kept."""
    with app.app_context():
        days: Counter[tuple[object, ...]] = Counter()
        weeks: Counter[tuple[object, ...]] = Counter()
        standing = (
            sa.select(SessionSeat.account_id, BookedSession.starts_at)
            .join(BookedSession, BookedSession.id == SessionSeat.session_id)
            .where(BookedSession.status == SessionStatus.BOOKED)
        )
        for who, starts in db.session.execute(standing):
            day = clock.local_date(starts)
            days[who, day] += 1
            weeks[who, day.isocalendar()[:2]] += 1
        passed = sum(count > MAX_DAY for count in days.values()) + sum(count > MAX_WEEK for count in weeks.values())
        return passed + len(find_load_findings())


def count_and_clear(app: Flask) -> int:
    """Overlaps and wrong cells of what stands; then an empty calendar for the next round."""
    with app.app_context():
        found = sum(count_overlaps(kind) for kind in (BY_PRODUCT, BY_ROW_LOCKS, BY_CONTROL))
        cells = product_ids()
        found += sum(int(line.split()[1].rstrip(":")) in cells for line in find_occupancy_findings())
        db.session.rollback()
        for model in (Occupancy, SessionSeat, BookedSession, PersonLoad):
            db.session.execute(sa.delete(model))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return found


def product_ids() -> set[int]:
    """The sessions that the product booked."""
    return set(db.session.scalars(sa.select(BookedSession.id).filter_by(owner_kind=BY_PRODUCT)))


def count_overlaps(kind: str) -> int:
    """Pairs of standing meetings of this kind that share time and a room or a person."""
    one, other = aliased(BookedSession), aliased(BookedSession)
    mine, theirs = aliased(SessionSeat), aliased(SessionSeat)
    shares_person = sa.exists().where(
        mine.session_id == one.id, theirs.session_id == other.id, mine.account_id == theirs.account_id
    )
    same = one.room_id == other.room_id
    statement = sa.select(sa.func.count()).where(
        one.id < other.id,
        one.owner_kind == kind,
        other.owner_kind == kind,
        one.status == SessionStatus.BOOKED,
        other.status == SessionStatus.BOOKED,
        one.starts_at < other.ends_at,
        other.starts_at < one.ends_at,
        same if kind == BY_CONTROL else sa.or_(same, shares_person),
    )
    return db.session.scalar(statement) or 0
