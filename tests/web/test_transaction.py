"""Acts commit once or leave nothing; the same form acts once."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask, Response, redirect
from flask_sqlalchemy import SQLAlchemy

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.errors import RuleViolation
from app.web.limits import AttemptCounter, check_attempts, forget_failures, note_failure
from app.web.transaction import after_commit, run_write, transaction, writes
from tests.factories import NOON, make_organisation


def count_organisations(db: SQLAlchemy) -> int:
    return db.session.scalar(sa.text("select count(*) from organisation"))


def test_transaction_when_it_fails_leaves_nothing(db: SQLAlchemy) -> None:
    with pytest.raises(RuleViolation), transaction():
        make_organisation("甲")
        raise RuleViolation("不行")
    assert count_organisations(db) == 0


def test_transaction_when_it_ends_has_committed(db: SQLAlchemy) -> None:
    with transaction():
        make_organisation("甲")
    db.session.rollback()
    assert count_organisations(db) == 1


def test_after_commit_when_the_act_is_rolled_back_does_not_run(db: SQLAlchemy) -> None:
    done: list[str] = []
    with pytest.raises(RuleViolation), transaction():
        after_commit(lambda: done.append("no"))
        raise RuleViolation("不行")
    with transaction():
        after_commit(lambda: done.append("yes"))
        assert done == []
    assert done == ["yes"]


def test_after_commit_when_it_fails_keeps_the_committed_act(db: SQLAlchemy) -> None:
    def fail() -> None:
        raise OSError("disk")

    with transaction():
        make_organisation("甲")
        after_commit(fail)
    assert count_organisations(db) == 1


def test_write_on_sqlite_begins_immediate_so_that_no_other_writer_slips_in(db: SQLAlchemy) -> None:
    if db.engine.dialect.name == "postgresql":
        assert run_write(lambda: db.session.scalar(sa.text("select 1"))) == 1
        return
    with transaction():
        db.session.scalar(sa.text("select count(*) from organisation"))
        other = db.engine.raw_connection()
        other.execute("PRAGMA busy_timeout=0")
        with pytest.raises(Exception, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("PRAGMA busy_timeout=10000")
        other.close()


@writes
@permission_required(Permission.PUBLIC)
def make_one() -> object:
    """A view that creates one organisation."""
    return redirect(f"/made/{make_organisation().public_id}")


def post_form(app: Flask, **form: str) -> Response:
    """What the view answers to this form."""
    with app.test_request_context("/test/make", method="POST", data=form):
        return make_one()


def test_b200_same_form_twice_acts_once_and_repeats_the_answer(app: Flask, db: SQLAlchemy) -> None:
    first, second = (post_form(app, idempotency_key="key-12345678", name="甲") for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert count_organisations(db) == 1


def test_b134_same_key_with_another_content_is_refused(app: Flask, db: SQLAlchemy) -> None:
    post_form(app, idempotency_key="key-12345678", name="甲")
    with pytest.raises(RuleViolation, match="已经交过一次"):
        post_form(app, idempotency_key="key-12345678", name="乙")
    assert count_organisations(db) == 1


@pytest.mark.parametrize("key", ["short", "x" * 65, "钥匙钥匙钥匙钥匙"])
def test_b135_odd_keys_are_refused(app: Flask, key: str) -> None:
    with pytest.raises(RuleViolation):
        post_form(app, idempotency_key=key)


def test_limits_count_in_one_window_and_start_anew_in_the_next(db: SQLAlchemy) -> None:
    window = timedelta(minutes=15)
    with transaction():
        counts = [note_failure("login", "u1", window=window, now=NOON) for _ in range(3)]
    assert counts == [1, 2, 3]
    with pytest.raises(Exception, match="分钟后再试"):
        check_attempts("login", "u1", limit=3, now=NOON)
    check_attempts("login", "u2", limit=3, now=NOON)
    check_attempts("login", "u1", limit=3, now=NOON + window)
    with transaction():
        assert note_failure("login", "u1", window=window, now=NOON + window) == 1
        forget_failures("login", "u1")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AttemptCounter)) == 0


def test_settings_are_frozen(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    assert replace(settings, debug=True) is not settings
    with pytest.raises(AttributeError):
        settings.debug = True
