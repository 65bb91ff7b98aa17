"""Who is behind this request? The cookie holds a random token, the database the session (P51–P53)."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from app.access.permissions import Actor, Permission
from app.extensions import db, login_manager
from app.law import clock
from app.people import passwords, queries
from app.people.actions import close_expired_session, mark_seen
from app.people.models import Account, LoginSession
from app.people.rules import SEEN_STEP, is_session_alive
from app.web.hooks import request_view
from app.web.transaction import transaction

log = logging.getLogger(__name__)
HOME = "/"
LONGEST_NEXT = 2000


class SignedIn:
    """The person who is logged in, as Flask-Login wants to see him."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, login_session: LoginSession, token: str) -> None:
        self.login_session = login_session
        self.account: Account = login_session.account
        self._token = token
        self._actor = self.account.as_actor(login_session.role)
        self.needs_role = login_session.role is None
        if self.needs_role:
            self._actor = Actor(
                self._actor.account_id,
                self._actor.name,
                frozenset(),
                self._actor.organisation_id,
                self._actor.organisation_path,
            )

    def get_id(self) -> str:
        """The token of the cookie."""
        return self._token

    def as_actor(self) -> Actor:
        """The person in the role that was picked; in none before that."""
        return self._actor


def init_login(app: Flask) -> None:
    """Wire sessions to requests; the factory calls this once."""
    passwords.hasher(app.config["SETTINGS"].password_time_cost)
    # The row decides; guessing from address and browser would log out people on the move.
    login_manager.session_protection = None
    login_manager.user_loader(load_signed_in)
    app.before_request(_ask_for_role)
    app.after_request(_keep_session_times)


def load_signed_in(token: str) -> SignedIn | None:
    """The person of this token; None when the session ended, ran out or the account was disabled."""
    row = queries.find_login_session(token)
    if row is None or row.ended_at is not None or not row.account.is_active:
        return None
    now = clock.now()
    if not is_session_alive(created_at=row.created_at, last_seen_at=row.last_seen_at, now=now):
        g.expired_session = row.id
        return None
    if now - row.last_seen_at >= SEEN_STEP:
        g.seen_session = row.id
    return SignedIn(row, token)


def enter(token: str) -> None:
    """Put a fresh session's token into a fresh cookie; whatever the old cookie held is dropped (B037)."""
    signed_in = load_signed_in(token)
    session.clear()
    login_user(signed_in)


def leave() -> None:
    """Empty the cookie."""
    logout_user()
    session.clear()


def take_next_page(app: Flask) -> str:
    """Where the person wanted to go before the log-in: a page of ours that can be opened, else the start."""
    wanted = session.pop("next", "")
    return wanted if is_own_page(app, wanted) else HOME


def is_own_page(app: Flask, path: str) -> bool:
    """Whether `path` is a local address that answers GET (B048)."""
    plain = path.isascii() and path.isprintable() and "\\" not in path and len(path) <= LONGEST_NEXT
    if not (plain and path.startswith("/") and not path.startswith("//")):
        return False
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path.partition("?")[0], method="GET")
    except HTTPException:
        return False
    return not str(endpoint).startswith("people.log")


def _ask_for_role() -> Response | None:
    view: Any = request_view() if request.endpoint not in (None, "static") else None
    permission = getattr(view, "declared_permission", Permission.PUBLIC)
    if request.method != "GET" or permission is Permission.PUBLIC or not current_user.is_authenticated:
        return None
    if not current_user.needs_role or request.endpoint == "people.show_roles":
        return None
    session["next"] = request.full_path.rstrip("?")
    return redirect(url_for("people.show_roles"))  # type: ignore[return-value]  # typed as its own base class


def _keep_session_times(response: Response) -> Response:
    if "expired_session" in g:
        _write_down(lambda: close_expired_session(g.expired_session, now=clock.now()))
    elif "seen_session" in g:
        _write_down(lambda: mark_seen(g.seen_session, now=clock.now()))
    return response


def _write_down(act: Callable[[], None]) -> None:
    """Session times are worth no refusal: if the database is busy, the next request tries again."""
    try:
        with transaction(patience=200):
            act()
    except DBAPIError as error:
        db.session.rollback()
        log.warning("session times not kept: %s", type(error.orig).__name__)
