"""Who visits the petitioners' pages? The cookie holds a signed token, the database the visit (B039, P57).

It is another cookie on another path than the staff's; neither opens the other's pages.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Response, current_app, g, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import DBAPIError

from app.access.permissions import Permission
from app.errors import NotPermitted
from app.extensions import db
from app.law import clock
from app.matters.models import Matter, Party
from app.notices.actions import mark_visit_seen
from app.notices.models import PortalSession
from app.notices.queries import find_visit
from app.portal.queries import find_party_of
from app.web.installation import settings
from app.web.transaction import transaction

log = logging.getLogger(__name__)
COOKIE = "portal_visit"
PATH = "/p"
SEEN_STEP = timedelta(minutes=1)


@dataclass(frozen=True)
class Visit:
    """A running visit: who opened the link, for which party of which matter."""

    session: PortalSession
    party: Party
    matter: Matter

    @property
    def is_helper(self) -> bool:
        """A helper reads, but does not sign."""
        return self.session.is_helper

    def check_is_party(self) -> None:
        """Refuse what only the party himself may do (NotPermitted)."""
        if self.is_helper:
            raise NotPermitted("您是替家人看的，可以看，不能替他签、替他决定。请他本人用自己的手机打开，或到窗口办。")


def visit_required(view: Callable[..., Any]) -> Callable[..., Any]:
    """Guard a page of the petitioner; the view gets the visit as its first argument."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        visit = current_visit()
        if visit is None:
            return redirect(url_for("portal.show_door"))
        return view(visit, *args, **kwargs)

    # No account of the staff is asked for: the visit is the permission.
    guarded.declared_permission = Permission.PUBLIC  # type: ignore[attr-defined]  # read by the route guard
    return guarded


def current_visit() -> Visit | None:
    """The running visit of this request, read once."""
    if "visit" not in g:
        g.visit = _find_visit()
    found: Visit | None = g.visit
    return found


def let_in(response: Response, token: str) -> Response:
    """Put a fresh visit's token into the cookie; it lives as long as the browser window."""
    response.set_cookie(
        COOKIE,
        _signer().dumps(token),
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=settings().base_url.startswith("https://"),
    )
    return response


def let_out(response: Response) -> Response:
    """Take the cookie away and have the browser forget what it kept of us (T13)."""
    response.delete_cookie(COOKIE, path=PATH)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def keep_visit_time(response: Response) -> Response:
    """Note after the answer that the visitor is still there; a busy database is no reason to fail."""
    visit = g.get("visit")
    now = clock.now()
    if visit is None or now - visit.session.last_seen_at < SEEN_STEP:
        return response
    try:
        with transaction():
            mark_visit_seen(visit.session.id, now=now)
    except DBAPIError as error:
        db.session.rollback()
        log.warning("visit time not kept: %s", type(error.orig).__name__)
    return response


def _find_visit() -> Visit | None:
    try:
        token = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return None
    session = find_visit(str(token), clock.now())
    party = find_party_of(session.link) if session else None
    return Visit(session, party, party.matter) if session and party else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="portal-visit")
