"""The one place that commits.

`@writes` (routes) and `transaction()` (jobs, commands) commit once or leave nothing behind. The write begins before
the guard reads; a conflict that may be retried is retried once from the start. A form that carries an idempotency
key acts once: the second answer repeats the first.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import wraps
from operator import itemgetter
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from flask import Response, g, make_response, redirect, request, session
from flask_login import current_user
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from app.errors import Clash, DomainError, NotFound, NotPermitted, RuleViolation, StaleVersion
from app.extensions import Model, UtcDateTime, db, primary_key
from app.law import clock
from app.web.database import BESIDE, CONFLICTS, PATIENCE, WRITING, error_name, object_number, queue_up

OK = 200
BAD_REQUEST = 400
LONGEST_LOCATION = 400
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
    location: Mapped[str] = mapped_column(sa.String(LONGEST_LOCATION), default="")
    used_at: Mapped[Any] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (sa.UniqueConstraint("account", "key"),)


@contextmanager
def transaction(*, patience: int = PATIENCE, beside: str = "") -> Iterator[None]:
    """Commit once on leaving, roll back on any exception; what was read before is read anew.

    Waits `patience` milliseconds for other writers. With `beside`, the id of the object it acts on, it may run beside
    an act on another one: only for acts that lock cells, loads and log in this order (ADR 0025). Refuses to run within
    another one (RuntimeError), because its beginning would throw the other's work away.
    """
    check_no_transaction()
    db.session.rollback()
    db.session.expire_all()
    db.session.info.clear()
    with queue_up(patience, is_needed=db.engine.dialect.name == "sqlite") as left:
        token, beside_token = WRITING.set(left), BESIDE.set(object_number(beside))
        try:
            db.session.connection()  # take the turn now, before anything is read
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            db.session.info.pop(AFTER_COMMIT, None)
            raise
        finally:
            WRITING.reset(token)
            BESIDE.reset(beside_token)
    for act in db.session.info.pop(AFTER_COMMIT, ()):
        _run_after_commit(act)


def check_no_transaction() -> None:
    """Refuse inside a running transaction (RuntimeError); for work that must come after the commit."""
    if WRITING.get():
        raise RuntimeError("a transaction is running: do this after its commit (after_commit)")


def after_commit(act: Callable[[], None]) -> None:
    """Do `act` once this transaction is committed; if it fails, the committed act stands and the worker repeats it."""
    if not WRITING.get():
        raise RuntimeError("no transaction is running: there is no commit to wait for")
    db.session.info.setdefault(AFTER_COMMIT, []).append(act)


def _run_after_commit(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:
        db.session.rollback()
        log.exception("work after the commit failed; the worker will repeat it")


def run_write(act: Callable[[], Result], *, beside: str = "") -> Result:
    """Run `act` in a transaction (`beside` as there), once more from the start if the database asks to try again."""
    try:
        return _run_once(act, beside)
    except DBAPIError as error:
        if not _may_retry(error):
            raise
        log.info("tried again after %s", error_name(error))
    return _run_once(act, beside)


def _run_once(act: Callable[[], Result], beside: str) -> Result:
    try:
        with transaction(beside=beside):
            return act()
    except StaleDataError as error:
        raise StaleVersion("刚刚有人改过这一页。您填的还在，请对照后再办一次。") from error


def writes(view: View | None = None, *, reshow: View | None = None, beside: str = "") -> Any:
    """Make a view a write: outermost decorator; a refusal shows the GET view `reshow` again with what was typed.

    `beside` is the view argument with the id of the object whose acts keep their turns among themselves
    (`transaction`).
    """

    def decorate(inner: View) -> View:
        @wraps(inner)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            try:
                return _run_attempts(lambda: inner(*args, **kwargs), str(kwargs[beside]) if beside else "")
            except (NotPermitted, NotFound):
                raise
            except DomainError as refusal:
                if reshow is None:
                    raise
                g.refusal = refusal
                return _with_status(make_response(reshow(*args, **kwargs)), refusal.status)

        wrapped.is_write = True  # type: ignore[attr-defined]  # read by the test that walks every route
        wrapped.beside = beside  # type: ignore[attr-defined]  # read by the test that names all who run beside others
        return wrapped

    return decorate if view is None else decorate(view)


def _run_attempts(act: Callable[[], Any], beside: str) -> Any:
    cookie = deepcopy(dict(session))

    def attempt() -> Any:
        _forget_last_attempt(cookie)
        return _once(act)

    try:
        return run_write(attempt, beside=beside)
    except BaseException:
        _forget_last_attempt(cookie)
        raise


def _with_status(response: Response, status: int) -> Response:
    if response.status_code == OK:
        response.status_code = status
    return response


def _forget_last_attempt(cookie: dict[str, Any]) -> None:
    """Undo what an attempt left outside the database, and ask anew who is logged in, within the write."""
    if dict(session) != cookie:
        session.clear()
        session.update(deepcopy(cookie))
        g.pop("csrf_token", None)
    g.pop("_login_user", None)


def _once(act: Callable[[], Any]) -> Any:
    key = request.form.get("idempotency_key", "")
    if not key:
        return act()
    if not (8 <= len(key) <= 64 and key.isascii() and key.isprintable()):
        raise RuleViolation("这一页放得太久或不完整，请刷新后再办一次。您填的还在。", rule="B135")
    account, body = _sender(), _body_digest()
    used = db.session.scalar(sa.select(IdempotencyKey).filter_by(account=account, key=key))
    if used is not None:
        return _repeat(used, body)
    row = IdempotencyKey(account=account, key=key, body_digest=body, used_at=clock.now())
    db.session.add(row)
    db.session.flush()
    response = make_response(act())
    if response.status_code >= BAD_REQUEST:
        db.session.delete(row)
    else:
        location = response.location or ""
        row.location = location if len(location) <= LONGEST_LOCATION else ""
    return response


def _sender() -> str:
    who = f"account {current_user.as_actor().account_id}" if current_user.is_authenticated else request.remote_addr
    return hashlib.sha256(str(who).encode()).hexdigest()


def _body_digest() -> str:
    """Of address, fields and files; without the token against forged forms, which differs from page to page."""
    fields = sorted(field for field in request.form.items(multi=True) if field[0] != "csrf_token")
    digest = hashlib.sha256(f"{request.full_path}|{fields}".encode())
    for name, file in sorted(request.files.items(multi=True), key=itemgetter(0)):
        digest.update(f"|{name}|{file.filename}|".encode())
        digest.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]  # a binary file
        file.stream.seek(0)
    return digest.hexdigest()


def _repeat(used: IdempotencyKey, body: str) -> Response:
    if used.body_digest != body:
        raise RuleViolation("这张表已经交过一次，内容和上次不一样。请从列表里打开它再改。", rule="B134")
    if not used.location:
        raise Clash("这张表刚才已经交过，已经办了。请从列表里打开看结果。", rule="B133")
    response = redirect(used.location)
    response.headers["Idempotent-Replayed"] = "true"
    return response  # type: ignore[return-value]  # werkzeug's redirect is typed as its own base class


def _may_retry(error: DBAPIError) -> bool:
    if isinstance(error, IntegrityError):
        return "idempotency_key" in str(error.orig)
    return error_name(error) in CONFLICTS


def check_seen_version(row: Any, seen: int | None) -> None:
    """Refuse a form that was filled on an older state of `row` (StaleVersion, message 11)."""
    if seen is not None and seen != row.version:
        raise StaleVersion("刚刚有人改过这一页。您写的还在，请对照后选一份。", rule="B202")
