"""Who may write while another writes: nobody, but for acts that run beside one on another object (ADR 0025)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import DBAPIError

from app.web.database import LANES, error_name, lane_of
from app.web.transaction import transaction

ONE, OTHER = "a", "d"
ALONE = ""


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
    ("first", "second", "is_together"),
    [
        (ALONE, ALONE, False),
        (ALONE, ONE, False),
        (ONE, ALONE, False),
        (ONE, ONE, False),
        (ONE, OTHER, True),
        (OTHER, ONE, True),
    ],
)
def test_a_write_begins_beside_another_only_on_another_object(
    app: Flask, db: SQLAlchemy, first: str, second: str, is_together: bool
) -> None:
    with writing(app, first):
        assert may_begin(second) is (is_together and db.engine.dialect.name == "postgresql")
    assert may_begin(second)


def test_lanes_are_few_and_one_object_keeps_its_own() -> None:
    lanes = [lane_of(str(number)) for number in range(100)]
    assert set(lanes) == set(range(LANES))
    assert lanes == [lane_of(str(number)) for number in range(100)]
    assert lane_of(ALONE) is None
    assert lane_of(ONE) != lane_of(OTHER)
