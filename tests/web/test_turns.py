"""Who may write while another writes: nobody, but for acts that run beside one on another object (ADR 0025)."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.web import database
from app.web.database import LANES, OBJECTS_LOCK, WRITERS_LOCK, ask_for_turn, error_name, object_number
from app.web.transaction import transaction

ONE, OTHER = "a", "b"
ALONE = ""
EACH_ITS_OWN = 2**30
WAIT = 50
UNITS = {"ms": 1, "s": 1_000, "min": 60_000}


@contextmanager
def writing(app: Flask, beside: str) -> Iterator[None]:
    """Another writer is in the middle of his act."""
    began, may_end = threading.Event(), threading.Event()

    def write() -> None:
        with app.app_context(), transaction(beside=beside):
            began.set()
            may_end.wait(timeout=20)

    writer = threading.Thread(target=write)
    writer.start()
    assert began.wait(timeout=20)
    try:
        yield
    finally:
        may_end.set()
        writer.join(timeout=20)


def may_begin(beside: str) -> bool:
    try:
        with transaction(patience=300, beside=beside):
            return True
    except DBAPIError as error:
        if error_name(error) not in ("55P03", "SQLITE_BUSY"):
            raise
        return False


@pytest.mark.parametrize(
    ("first", "second", "lanes", "is_together"),
    [
        (ALONE, ALONE, EACH_ITS_OWN, False),
        (ALONE, ONE, EACH_ITS_OWN, False),
        (ONE, ALONE, EACH_ITS_OWN, False),
        (ONE, ONE, EACH_ITS_OWN, False),
        (ONE, OTHER, EACH_ITS_OWN, True),
        (ONE, OTHER, 1, False),
    ],
)
def test_a_write_begins_beside_another_only_on_another_object_and_in_another_lane(
    app: Flask,
    db: SQLAlchemy,
    monkeypatch: pytest.MonkeyPatch,
    first: str,
    second: str,
    lanes: int,
    is_together: bool,
) -> None:
    monkeypatch.setattr(database, "LANES", lanes)
    with writing(app, first):
        assert may_begin(second) is (is_together and db.engine.dialect.name == "postgresql")
    assert may_begin(second)


def test_a_write_that_waited_in_vain_leaves_its_connection_as_it_was(app: Flask, db: SQLAlchemy) -> None:
    if db.engine.dialect.name != "sqlite":
        return
    with writing(app, ALONE):
        assert not may_begin(ALONE)
        assert db.session.execute(sa.text("PRAGMA busy_timeout")).scalar() > 0
        db.session.rollback()


def test_what_a_writer_waited_for_one_lock_he_does_not_wait_again_for_the_next(db: SQLAlchemy) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    patience, number = 60_000, object_number(ONE)
    with ThreadPoolExecutor(1) as pool, db.engine.connect() as object_holder, db.engine.connect() as lane_holder:
        hold(object_holder, OBJECTS_LOCK, number)
        for lane in range(LANES):
            hold(lane_holder, WRITERS_LOCK, lane)
        writer = pool.submit(times_given, db.engine, ask_for_turn(patience, number))
        for holder, kind in ((object_holder, OBJECTS_LOCK), (lane_holder, WRITERS_LOCK)):
            try:
                let_wait(db.engine, kind)
            finally:
                holder.rollback()
        for_lane, for_turn, for_rows = writer.result(timeout=20)
    assert for_lane <= patience - WAIT
    assert 0 < for_turn <= for_lane - WAIT
    assert for_rows == patience


def test_a_writer_whose_patience_is_used_up_still_asks_for_what_is_free_and_never_waits_without_end(
    db: SQLAlchemy,
) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    assert times_given(db.engine, ask_for_turn(1, object_number(ONE))) == [1, 1, 1]


def hold(holder: Connection, kind: int, number: int | None) -> None:
    holder.execute(sa.select(sa.func.pg_advisory_xact_lock(kind, number)))


def let_wait(engine: Engine, kind: int) -> None:
    """Come back when somebody has waited for a lock of this kind for `WAIT` milliseconds at least."""
    waiting = sa.text("select count(*) from pg_locks where locktype = 'advisory' and not granted and classid = :kind")
    end = time.monotonic() + 20
    with engine.connect() as watcher:
        while not watcher.scalar(waiting, {"kind": kind}):
            assert time.monotonic() < end
            time.sleep(0.005)
        watcher.execute(sa.select(sa.func.pg_sleep(WAIT / 1000)))


def times_given(engine: Engine, message: str) -> list[int]:
    """Send the message that asks for a turn; the milliseconds given to the second lock, to the third, and to rows."""
    with engine.connect() as connection, connection.connection.cursor() as cursor:
        cursor.execute(message)
        given = []
        while True:
            if cursor.description and cursor.description[0].name == "set_config":
                given.append(milliseconds(cursor.fetchone()[0]))
            if not cursor.nextset():
                break
        cursor.execute("SHOW lock_timeout")
        return [*given, milliseconds(cursor.fetchone()[0])]


def milliseconds(told: str) -> int:
    """The server names a duration in the largest unit in which it is whole."""
    return next(int(told.removesuffix(unit)) * each for unit, each in UNITS.items() if told.endswith(unit))


def test_an_object_keeps_its_number_and_the_number_fits_the_lock() -> None:
    numbers = [object_number(str(number)) for number in range(100)]
    assert numbers == [object_number(str(number)) for number in range(100)]
    assert len(set(numbers)) == 100
    assert all(-(2**31) <= number < 2**31 for number in numbers)
    assert object_number(ALONE) is None
