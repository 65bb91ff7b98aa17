"""The timed acts: they keep a pulse, a failure stops nobody, and there is one worker an installation."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.jobs.actions import clear_away
from app.jobs.models import TimedRun
from app.jobs.queries import last_run_at, list_timed_runs
from app.web.limits import AttemptCounter, note_failure
from app.web.transaction import IdempotencyKey, transaction
from app.worker import TIMED_ACTS, AnotherWorkerRuns, TimedAct, hold_worker_lock, run_timed
from tests.factories import NOON, make_organisation


def timed(act: object, **values: object) -> TimedAct:
    return TimedAct("trial", timedelta(seconds=5), act, **values)  # type: ignore[arg-type]


def test_timed_act_when_it_works_keeps_the_pulse(app: Flask, db: SQLAlchemy) -> None:
    assert last_run_at() is None
    run_timed(app, timed(lambda now: 1))
    db.session.rollback()
    assert last_run_at() is not None
    assert list_timed_runs()[0].failure == ""


def test_timed_act_when_it_fails_leaves_nothing_and_notes_the_kind(app: Flask, db: SQLAlchemy) -> None:
    def fail(_now: datetime) -> int:
        make_organisation("半途")
        raise ValueError("王小明")

    run_timed(app, timed(fail))
    db.session.rollback()
    row = db.session.get_one(TimedRun, "trial")
    assert row.failure == "ValueError", "no value of the error is kept"
    assert db.session.scalar(sa.text("SELECT count(*) FROM organisation")) == 0


def test_timed_acts_when_there_is_nothing_to_do_all_work(app: Flask, db: SQLAlchemy) -> None:
    for act in TIMED_ACTS:
        run_timed(app, act)
    db.session.rollback()
    assert {row.name: row.failure for row in list_timed_runs()} == {act.name: "" for act in TIMED_ACTS}


@pytest.fixture
def second_worker(app: Flask) -> Iterator[None]:
    with hold_worker_lock(app):
        yield


def test_p45_worker_when_another_runs_refuses(app: Flask, second_worker: None) -> None:
    with pytest.raises(AnotherWorkerRuns), hold_worker_lock(app):
        pass


def test_worker_when_the_other_ended_may_start(app: Flask) -> None:
    for _ in range(2):
        with hold_worker_lock(app):
            pass


def test_clear_away_when_called_removes_only_what_is_past(db: SQLAlchemy) -> None:
    with transaction():
        note_failure("login", "old", window=timedelta(minutes=15), now=NOON - timedelta(hours=1))
        note_failure("login", "new", window=timedelta(minutes=15), now=NOON)
        for age in (1, 3):
            db.session.add(
                IdempotencyKey(account="a", key=f"key-{age}", body_digest="", used_at=NOON - timedelta(days=age))
            )
    with transaction():
        clear_away(NOON)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AttemptCounter)) == 1
    assert list(db.session.scalars(sa.select(IdempotencyKey.key))) == ["key-1"]
