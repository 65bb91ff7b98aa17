"""Who may write while another writes: nobody, but for acts that run beside one on another object (ADR 0025)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import DBAPIError

from app.web import database
from app.web.database import error_name, object_number
from app.web.transaction import transaction

ONE, OTHER = "a", "b"
ALONE = ""
EACH_ITS_OWN = 2**30


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


def test_an_object_keeps_its_number_and_the_number_fits_the_lock() -> None:
    numbers = [object_number(str(number)) for number in range(100)]
    assert numbers == [object_number(str(number)) for number in range(100)]
    assert len(set(numbers)) == 100
    assert all(-(2**31) <= number < 2**31 for number in numbers)
    assert object_number(ALONE) is None
