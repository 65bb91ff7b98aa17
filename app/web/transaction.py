"""The one place that commits.

`@writes` (routes) and `transaction()` (jobs, commands) commit once or leave nothing behind. The write begins before
the guard reads; a conflict that may be retried is retried once from the start. A form that carries an idempotency
key acts once: the second answer repeats the first.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from flask import Response, g, redirect, request
from flask_login import current_user
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from app.errors import DomainError, NotFound, NotPermitted, RuleViolation, StaleVersion
from app.extensions import Model, UtcDateTime, db, primary_key
from app.law import clock
from app.web.database import WRITING

RETRY_STATES = frozenset({"40001", "40P01"})
Result = TypeVar("Result")
AFTER_COMMIT = "after_commit"
log = logging.getLogger(__name__)


class View(Protocol):
    """A view function."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...


class IdempotencyKey(Model):
    """One form that was sent, and where its answer led."""

    __tablename__ = "idempotency_key"

    id: Mapped[int] = primary_key()
    account: Mapped[str] = mapped_column(sa.String(64))
    key: Mapped[str] = mapped_column(sa.String(64))
    body_digest: Mapped[str] = mapped_column(sa.String(64))
    location: Mapped[str] = mapped_column(sa.String(400), default="")
    used_at: Mapped[Any] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (sa.UniqueConstraint("account", "key"),)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit once on leaving, roll back on any exception; what was read before is read anew."""
    db.session.rollback()
    db.session.info.pop(AFTER_COMMIT, None)
    token = WRITING.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        db.session.info.pop(AFTER_COMMIT, None)
        raise
    finally:
        WRITING.reset(token)
    for act in db.session.info.pop(AFTER_COMMIT, ()):
        _run_after_commit(act)


def after_commit(act: Callable[[], None]) -> None:
    """Do `act` once this transaction is committed; if it fails, the committed act stands and the worker repeats it."""
    db.session.info.setdefault(AFTER_COMMIT, []).append(act)


def _run_after_commit(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:
        db.session.rollback()
        log.exception("work after the commit failed; the worker will repeat it")


def run_write(act: Callable[[], Result]) -> Result:
    """Run `act` in a transaction, once more from the start if the database asks to try again."""
    try:
        with transaction():
            return act()
    except StaleDataError as error:
        raise StaleVersion("刚刚有人改过这一页。您填的还在，请对照后再办一次。") from error
    except DBAPIError as error:
        if not _may_retry(error):
            raise
        with transaction():
            return act()


def writes(view: View | None = None, *, reshow: View | None = None) -> Any:
    """Make a view a write: outermost decorator; a refusal shows the GET view `reshow` again with what was typed."""

    def decorate(inner: View) -> View:
        @wraps(inner)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            try:
                return run_write(lambda: _once(lambda: inner(*args, **kwargs)))
            except (NotPermitted, NotFound):
                raise
            except DomainError as refusal:
                if reshow is None:
                    raise
                g.refusal = refusal
                return reshow(*args, **kwargs), refusal.status

        return wrapped

    return decorate if view is None else decorate(view)


def _once(act: Callable[[], Any]) -> Any:
    key = request.form.get("idempotency_key", "")
    if not key:
        return act()
    if not (8 <= len(key) <= 64 and key.isascii() and key.isprintable()):
        raise RuleViolation("这一页放得太久或不完整，请刷新后再办一次。您填的还在。", rule="B135")
    account = current_user.get_id() if current_user.is_authenticated else request.remote_addr or "-"
    account = hashlib.sha256(f"{account}".encode()).hexdigest()
    body = hashlib.sha256(f"{request.path}|{sorted(request.form.items(multi=True))}".encode()).hexdigest()
    used = db.session.scalar(sa.select(IdempotencyKey).filter_by(account=account, key=key))
    if used is not None:
        return _repeat(used, body)
    row = IdempotencyKey(account=account, key=key, body_digest=body, used_at=clock.now())
    db.session.add(row)
    db.session.flush()
    response = act()
    row.location = getattr(response, "location", None) or ""
    return response


def _repeat(used: IdempotencyKey, body: str) -> Response:
    if used.body_digest != body:
        raise RuleViolation("这张表已经交过一次，内容和上次不一样。请从列表里打开它再改。", rule="B134")
    response = redirect(used.location or request.path)
    response.headers["Idempotent-Replayed"] = "true"
    return response  # type: ignore[return-value]  # werkzeug's redirect is typed as its own base class


def _may_retry(error: DBAPIError) -> bool:
    if isinstance(error, IntegrityError):
        return "idempotency_key" in str(error.orig)
    return getattr(error.orig, "sqlstate", "") in RETRY_STATES or "database is locked" in str(error.orig)


def check_seen_version(row: Any, seen: int | None) -> None:
    """Refuse a form that was filled on an older state of `row` (StaleVersion, message 11)."""
    if seen is not None and seen != row.version:
        raise StaleVersion("刚刚有人改过这一页。您写的还在，请对照后选一份。", rule="B202")
