"""How one booking is done: by the product's own act, under row locks, and with no guard at all (the control)."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from datetime import time as wall_time

import sqlalchemy as sa

from app.audit.actions import record
from app.booking.actions import cancel_session, reserve
from app.booking.models import BookedSession, Room, SessionSeat
from app.booking.queries.free import SEARCH_DAYS
from app.booking.queries.snapshot import (
    Busy,
    first_day_of_search,
    is_taken,
    load_snapshot,
    load_snapshot_of_plan,
    wall_clock,
)
from app.booking.rules.explaining import explain
from app.booking.rules.grid import Horizon, cells_between
from app.booking.rules.need import SessionNeed, SessionPlan, check_people, check_time, person_key, room_key
from app.booking.rules.search import find_places
from app.booking.rules.words import SessionStatus
from app.errors import Clash
from app.extensions import db
from app.law import clock
from app.people.models import Account
from app.web.transaction import run_write, transaction
from benchmarks.booking.world import NOW, World

BY_PRODUCT, BY_ROW_LOCKS, BY_CONTROL = "mediation_meeting", "row_locks", "control"


@dataclass(frozen=True)
class Attempt:
    """One try: whether it was booked, and after how many seconds its clerk knew (a refusal says why and where else)."""

    is_booked: bool
    seconds: float


Writer = Callable[[World, random.Random], Attempt]


def book(world: World, chance: random.Random) -> Attempt:
    """One booking by the product's act; half of them are called off again, so that room stays to fight over."""
    need, plan = world.wish(chance, BY_PRODUCT)
    case = str(need.owner.id)
    began = time.monotonic()
    try:
        session_id = run_write(lambda: reserve(need, plan, by=world.clerk, now=NOW, is_confirmed=True).id, beside=case)
    except Clash as refusal:
        len(refusal.message)  # a clerk is told why, and where else it would go
        return Attempt(False, time.monotonic() - began)
    booked = Attempt(True, time.monotonic() - began)
    if chance.random() < 0.5:
        run_write(
            lambda: cancel_session(db.session.get_one(BookedSession, session_id), "改天", by=world.clerk, now=NOW),
            beside=case,
        )
    return booked


def book_under_row_locks(world: World, chance: random.Random) -> Attempt:
    """The same act guarded by locks on the room's and the people's rows: lock, look for overlaps, check, write."""
    need, plan = world.wish(chance, BY_ROW_LOCKS)
    began = time.monotonic()
    session_id = None
    with own_transaction():
        lock_rows(plan)
        if is_fit(need, plan):
            session_id = insert_unchecked(world, need, plan)
            record(world.clerk, "booking.reserve", kind="booked_session", after="booked", room_id=plan.room_id)
    if session_id is None:
        look_around_by_overlap(need, plan)
        return Attempt(False, time.monotonic() - began)
    booked = Attempt(True, time.monotonic() - began)
    if chance.random() < 0.5:
        with own_transaction():
            session = db.session.get_one(BookedSession, session_id, with_for_update=True)
            session.status, session.is_open = SessionStatus.CANCELLED, False
            record(world.clerk, "booking.end", session, before="booked", after="cancelled")
    return booked


@contextmanager
def own_transaction() -> Iterator[None]:
    """A transaction without the product's turn; SQLite begins it as a writer, because it knows no row locks."""
    db.session.rollback()
    db.session.expire_all()
    try:
        connection = db.session.connection()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("END")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def lock_rows(plan: SessionPlan) -> None:
    """Wait for the room and the people, in the order of their ids."""
    people = sorted(who for _, who in plan.people)
    db.session.execute(sa.select(Room.id).where(Room.id == plan.room_id).with_for_update())
    db.session.execute(sa.select(Account.id).where(Account.id.in_(people)).order_by(Account.id).with_for_update())


def is_fit(need: SessionNeed, plan: SessionPlan) -> bool:
    """Whether the plan can be carried out: what is taken is known from the overlapping sessions."""
    check_time(plan, wall_clock(NOW))
    check_people(need, plan)
    busy = busy_by_sessions({plan.room_id}, {who for _, who in plan.people}, Horizon(plan.day, 1))
    return not is_taken(plan, busy) and not explain(need, plan, load_snapshot_of_plan(need, plan, now=NOW, busy=busy))


def look_around_by_overlap(need: SessionNeed, plan: SessionPlan) -> None:
    """Why not, and where else: the product's rules over what the sessions take."""
    horizon = Horizon(first_day_of_search(need, plan.day, wall_clock(NOW).date()), SEARCH_DAYS)
    snapshot = load_snapshot(need, horizon, now=NOW, plan=plan)
    busy = busy_by_sessions(set(snapshot.rooms), set(snapshot.people), horizon)
    rooms = {key: replace(room, busy=busy.get(room_key(key), 0)) for key, room in snapshot.rooms.items()}
    people = {key: replace(person, busy=busy.get(person_key(key), 0)) for key, person in snapshot.people.items()}
    snapshot = replace(snapshot, rooms=rooms, people=people)
    explain(need, plan, snapshot)
    find_places(need, snapshot, plan)
    db.session.rollback()


def busy_by_sessions(rooms: set[int], people: set[int], horizon: Horizon) -> Busy:
    """What standing sessions take of these rooms and people, by resource key."""
    statement = (
        sa.select(BookedSession.room_id, SessionSeat.account_id, BookedSession.starts_at, BookedSession.ends_at)
        .join(SessionSeat, SessionSeat.session_id == BookedSession.id)
        .where(
            BookedSession.status == SessionStatus.BOOKED,
            BookedSession.starts_at < clock.from_local(horizon.last, wall_time.max),
            BookedSession.ends_at > clock.from_local(horizon.first, wall_time.min),
            sa.or_(BookedSession.room_id.in_(rooms), SessionSeat.account_id.in_(people)),
        )
    )
    busy: dict[str, int] = defaultdict(int)
    for room_id, account_id, starts, ends in db.session.execute(statement):
        mask = horizon.mask(cells_between(wall_clock(starts), wall_clock(ends)))
        if room_id in rooms:
            busy[room_key(room_id)] |= mask
        if account_id in people:
            busy[person_key(account_id)] |= mask
    return busy


def check_then_insert(world: World, chance: random.Random) -> Attempt:
    """The control: look whether the place is free, then write it in a transaction of its own."""
    need, plan = world.wish(chance, BY_CONTROL)
    began = time.monotonic()
    starts, ends = times_of(plan)
    taken = sa.select(sa.func.count(BookedSession.id)).where(
        BookedSession.owner_kind == BY_CONTROL,
        BookedSession.room_id == plan.room_id,
        BookedSession.starts_at < ends,
        BookedSession.ends_at > starts,
    )
    is_free = not db.session.scalar(taken)
    db.session.rollback()
    if is_free:
        run_write(lambda: insert_unchecked(world, need, plan))
    return Attempt(is_free, time.monotonic() - began)


def times_of(plan: SessionPlan) -> tuple[datetime, datetime]:
    """When the plan begins and ends."""
    return clock.from_local(plan.day, plan.at), clock.from_local(plan.day, plan.end.time())


def insert_unchecked(world: World, need: SessionNeed, plan: SessionPlan) -> int:
    """A session without cells."""
    starts, ends = times_of(plan)
    session = BookedSession(
        owner_kind=need.owner.kind,
        owner_id=need.owner.id,
        matter_id=1,
        organisation_id=world.organisation_id,
        room_id=plan.room_id,
        purpose=need.purpose,
        starts_at=starts,
        ends_at=ends,
        booked_by=world.clerk.account_id,
        booked_at=NOW,
        seats=[SessionSeat(seat=seat, account_id=account_id) for seat, account_id in plan.people],
    )
    db.session.add(session)
    db.session.flush()
    return session.id


class NotMeant(Exception):
    """Takes the rehearsal back."""


def warm_up(world: World) -> None:
    """One booking that is taken back: statements compiled, calendar read, modules loaded before the clock runs."""
    need, plan = world.wish(random.Random(0), BY_PRODUCT)
    with suppress(NotMeant, Clash), transaction(patience=60_000):
        reserve(need, plan, by=world.clerk, now=NOW, is_confirmed=True)
        raise NotMeant
    look_around_by_overlap(need, plan)
    db.session.remove()
