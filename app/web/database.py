"""How the database engines are set up: SQLite's begin modes and pragmas, PostgreSQL's options.

Writers take turns on both engines. SQLite has one writer anyway; on PostgreSQL a lock taken at the beginning does
the same, so that what a write has checked still holds when it writes, and two acts never wait for each other. The few
acts whose locks stand in one order run beside one other of their kind there (ADR 0025).
"""

import sqlite3
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DBAPIError

PATIENCE = 10_000
"""How many milliseconds a writer waits for his turn, whatever locks it takes, before he is told to come back."""
WRITING: ContextVar[int] = ContextVar("writing", default=0)
"""The patience of the running write in milliseconds; 0 outside of one."""
BESIDE: ContextVar[int | None] = ContextVar("beside", default=None)
"""The object of a write that runs beside one on another object; None where it has the turn alone."""
WRITERS_LOCK = 4_127_001
LANES = 2
TURN = ("SELECT pg_advisory_xact_lock({lock})",)
SHARED_TURN = (
    "SELECT pg_advisory_xact_lock({objects}, {number})",
    "SELECT pg_advisory_xact_lock({lock}, mod(pg_backend_pid(), {lanes}))",
    "SELECT pg_advisory_xact_lock_shared({lock})",
)
"""Its object first, then one of the lanes, then the turn: who waits holds up nobody of those who come later."""
TIME_LEFT = (
    "SELECT set_config('lock_timeout', greatest(1, {patience}"
    " - ceil(extract(epoch FROM clock_timestamp() - statement_timestamp()) * 1000))::int::text, true)"
)
"""What the locks of this message have left of the patience; the server counts from when the message came."""
OBJECTS_LOCK = 4_127_002
PAUSE = 0.002
"""How many seconds a writer waits before he asks SQLite for the turn again."""
_own_queue = threading.Lock()
CONFLICTS = frozenset({"40001", "40P01", "SQLITE_BUSY_SNAPSHOT"})
FULL_DISK = frozenset({"53100", "SQLITE_FULL"})


def engine_options(database_url: str) -> dict[str, Any]:
    """Options of the engine for this URL."""
    if make_url(database_url).get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": 10, "check_same_thread": False}, "hide_parameters": True}
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "pool_size": 10,
        "max_overflow": 10,
        "connect_args": {"prepare_threshold": None, "connect_timeout": 5},
    }


@event.listens_for(Engine, "connect")
def _set_up_sqlite(dbapi_connection: Any, _record: Any) -> None:
    if not isinstance(dbapi_connection, sqlite3.Connection):
        return
    # The driver would begin at the first write only, so that a read before it is outside the transaction.
    dbapi_connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={PATIENCE}",
        "foreign_keys=ON",
        "synchronous=FULL",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    patience = WRITING.get()
    if connection.dialect.name == "sqlite":
        if patience:
            _begin_writing(connection, patience)
        else:
            connection.exec_driver_sql("BEGIN")
    elif patience:
        connection.exec_driver_sql(ask_for_turn(patience, BESIDE.get()))


def ask_for_turn(patience: int, beside: int | None) -> str:
    """The one message to PostgreSQL that waits at most `patience` milliseconds for all locks of a turn together.

    Whoever has the turn waits for rows with the whole patience again: only those who write beside him hold them, and
    not for long. The act of who waited long for his turn must not fail on them.
    """
    whole = f"SET LOCAL lock_timeout={patience}"
    first, *others = TURN if beside is None else SHARED_TURN
    steps = [whole, first, *(step for lock in others for step in (TIME_LEFT, lock)), *([whole] if others else [])]
    return "; ".join(steps).format(
        patience=patience, lock=WRITERS_LOCK, objects=OBJECTS_LOCK, lanes=LANES, number=beside
    )


def _begin_writing(connection: Connection, patience: int) -> None:
    """Ask for the turn again and again at even pauses.

    SQLite's own pauses grow, so that whoever waits long is passed by whoever came last. The driver is asked itself: a
    refusal told through SQLAlchemy costs more than the pause.
    """
    end = time.monotonic() + patience / 1000
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    driver: Any = connection.connection.dbapi_connection
    try:
        while _is_busy(driver) and time.monotonic() < end:
            time.sleep(PAUSE)
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")


def _is_busy(driver: sqlite3.Connection) -> bool:
    """Ask for the turn; whether somebody else has it. What else hinders is told when it is asked for once more."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorname == "SQLITE_BUSY"
    return False


def object_number(key: str) -> int | None:
    """The number under which an object is locked, of four bytes and always the same; None without a key."""
    return zlib.crc32(key.encode()) - 2**31 if key else None


@contextmanager
def queue_up(patience: int, *, is_needed: bool) -> Iterator[int]:
    """Wait with the other writers of this process first; how many milliseconds of patience are left.

    On SQLite only one thread of a process then asks for the turn. PostgreSQL keeps its own queue in order.
    """
    if not is_needed:
        yield patience
        return
    began = time.monotonic()
    is_first = _own_queue.acquire(timeout=patience / 1000)
    try:
        yield max(1, patience - round((time.monotonic() - began) * 1000))
    finally:
        if is_first:
            _own_queue.release()


def error_name(error: DBAPIError) -> str:
    """The engine's own name of an error (SQLITE_FULL, 40001), else its class; never a value."""
    original = error.orig
    name = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None)
    return str(name or type(original).__name__)
