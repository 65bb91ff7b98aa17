"""The guard before every view: it asks for log-in, loads the object and asks the table.

Getting the object means being allowed to; what one may not see does not exist (404).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import Response, redirect, request, session, url_for
from flask_login import current_user

from app.access.permissions import AccessView, Actor, Permission, is_allowed, read_permission_of
from app.errors import NotFound, NotPermitted
from app.web.errors import refusal_page


class Guarded(Protocol):
    """An object that shows itself to the permission table."""

    def access_view(self) -> AccessView:
        """Whose it is, who works on it, who must not see it."""
        ...


def current_actor() -> Actor:
    """The person who is logged in, in the role that was picked."""
    actor: Actor = current_user.as_actor()
    return actor


def permission_required(
    permission: Permission, *, of: Callable[[str], Any] | None = None, key: str = "public_id"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Guard a view; with `of`, URL part `key` is loaded by it and handed in as the first argument."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if permission is Permission.PUBLIC:
                return view(*args, **kwargs)
            if not current_user.is_authenticated:
                return _ask_to_log_in()
            if of is None:
                check_allowed(current_actor(), permission)
                return view(*args, **kwargs)
            subject = of(kwargs.pop(key))
            check_allowed(current_actor(), permission, subject)
            return view(subject, *args, **kwargs)

        guarded.declared_permission = permission  # type: ignore[attr-defined]  # read by the route guard and its test
        return guarded

    return decorate


def check_allowed(actor: Actor, permission: Permission, subject: Guarded | None = None) -> None:
    """Refuse what the table does not grant: NotFound for what must not be known, else NotPermitted."""
    view = subject.access_view() if subject is not None else None
    if is_allowed(actor, permission, view):
        return
    reading = read_permission_of(permission)
    if view is not None and (reading is None or not is_allowed(actor, reading, view)):
        raise NotFound("没有这一页，或者它不归您办。")
    raise NotPermitted("您的岗位不办这件事。需要办的话，请找本单位负责人。")


def may(permission: Permission, subject: Guarded | None = None) -> bool:
    """For templates: whether to draw a button for the person who is logged in."""
    if not current_user.is_authenticated:
        return permission is Permission.PUBLIC
    return is_allowed(current_actor(), permission, subject.access_view() if subject is not None else None)


def _ask_to_log_in() -> Response:
    if request.method not in ("GET", "HEAD"):
        # A redirect would lose what was typed.
        return refusal_page(401, "登录已经到时。请另开一页登录，再回到这一页重交；您填的都在下面。")
    session["next"] = request.full_path.rstrip("?")
    return redirect(url_for("people.login"))  # type: ignore[return-value]  # werkzeug types it as its own base class
