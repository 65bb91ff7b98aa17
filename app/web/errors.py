"""How a refusal or a fault is shown: one table of statuses, one page, what was typed stays on it."""

import errno
import logging
from collections.abc import Iterable, Mapping

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException

from app.errors import Clash, DomainError, FieldErrors, NotFound, TooManyAttempts, Unavailable
from app.extensions import db, login_manager
from app.privacy.key_ring import SealBroken
from app.web.database import FULL_DISK, error_name
from app.web.trace import request_id

log = logging.getLogger(__name__)

MESSAGES = {
    400: "这次送来的内容读不懂。请返回上一页，重新填写再交。",
    401: "请先登录。",
    403: "您的岗位不办这件事。需要办的话，请找本单位负责人。",
    404: "没有这一页，或者它不归您办。请核对地址，或从列表里打开。",
    405: "这个地址不能这样打开。请从页面上的按钮办理。",
    413: "交来的内容太大了。文字请控制在 5 万字以内，文件请控制在 20 MB 以内。",
    414: "地址太长了。请从页面上的链接打开。",
    415: "这种文件不能收。请交 PDF、JPG 或 PNG。",
    429: "试得太多了，请过一会儿再来。",
    431: "请求头太长了。请关掉浏览器再打开。",
    500: "这一步没有办成，您填的都还在。请再点一次；还不行，请打值班电话，报下面的编号。",
    503: "系统暂时忙不过来，您填的都还在。请过一分钟再点一次。",
}
CODES = {
    400: "malformed",
    401: "not_logged_in",
    403: "not_permitted",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    414: "address_too_long",
    415: "unsupported_type",
    422: "refused",
    429: "too_many_attempts",
    500: "fault",
    503: "unavailable",
}
UNAVAILABLE = 503
LOST_RACES = frozenset(
    {
        "23503",
        "23505",
        "SQLITE_CONSTRAINT_FOREIGNKEY",
        "SQLITE_CONSTRAINT_PRIMARYKEY",
        "SQLITE_CONSTRAINT_UNIQUE",
    }
)
SECRET_FIELDS = frozenset({"csrf_token", "idempotency_key", "version", "code", "strokes"})
BARE_PAGE = """<!doctype html>
<html lang="zh-Hans">
<meta charset="utf-8">
<title>{{ status }} · 访调通</title>
<h1>{{ message }}</h1>
<p>{{ error_code }}</p>
{% for name, text in typed %}<h2>{{ name }}</h2><pre>{{ text }}</pre>{% endfor %}
</html>
"""


def refusal_page(status: int, message: str, error: DomainError | None = None) -> Response:
    """The page that says what is wrong, what to do and on which basis, and shows what was typed."""
    if request.accept_mimetypes.best == "application/json":
        response = make_response({"error": _as_json(status, message, error)}, status)
    else:
        response = make_response(_page(status, message, error), status)
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    elif status == UNAVAILABLE:
        response.headers["Retry-After"] = "30"
    return response


def _page(status: int, message: str, error: DomainError | None) -> str:
    """In the frame of the other pages; in a bare one when that cannot be drawn (a foreign host, no database)."""
    values: Mapping[str, object] = {
        "status": status,
        "message": message,
        "error": error,
        "typed": list(_typed_values()),
        "error_code": request_id(),
    }
    try:
        return render_template("errors/refusal.html", **values)
    except Exception as fault:
        db.session.rollback()
        log.warning("%s refusal shown without its frame: %s", request_id(), type(fault).__name__)
        return current_app.jinja_env.from_string(BARE_PAGE).render(values)


def _as_json(status: int, message: str, error: DomainError | None) -> dict[str, object]:
    fields = error.errors if isinstance(error, FieldErrors) else {}
    return {
        "code": CODES.get(status, "refused"),
        "message": message,
        "fields": {name: [text] for name, text in fields.items()},
        "request_id": request_id(),
    }


def register_error_pages(app: Flask) -> None:
    """Give every refusal and fault its page."""
    app.register_error_handler(DomainError, _show_refusal)
    app.register_error_handler(CSRFError, _show_expired_form)
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(IntegrityError, _show_race)
    app.register_error_handler(DBAPIError, _show_database_fault)
    app.register_error_handler(NoConnectionLeft, _show_busy)
    app.register_error_handler(SealBroken, _show_damaged)
    app.register_error_handler(OSError, _show_disk)
    app.register_error_handler(Exception, _show_fault)
    for unreadable in (OverflowError, UnicodeError, RecursionError):
        app.register_error_handler(unreadable, _show_unreadable)


def _typed_values() -> Iterable[tuple[str, str]]:
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:
        return  # the form itself is what was refused
    for name, value in fields:
        if name not in SECRET_FIELDS and "password" not in name and value.strip():
            yield name, value[:50_000]


def _show_refusal(error: DomainError) -> Response:
    if isinstance(error, NotFound):
        return refusal_page(404, MESSAGES[404])
    return refusal_page(error.status, error.message, error)


def _show_expired_form(_error: CSRFError) -> Response:
    return refusal_page(400, "这一页放得太久了，或已重新登录。您填的还在下面，请打开那一页再交一次。")


def _show_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status in (301, 302, 303, 307, 308):
        return make_response(error.get_response())
    if status == 401:
        return redirect(url_for("people.login"))  # type: ignore[return-value]  # typed as its own base class
    response = refusal_page(status, MESSAGES.get(status, MESSAGES[400]))
    if status == 405 and error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def _show_race(error: IntegrityError) -> Response:
    if error_name(error) not in LOST_RACES:
        return _show_fault(error)
    db.session.rollback()
    log.warning("integrity: %s", error_name(error))
    return refusal_page(409, "刚刚有人办了同一件事。请刷新看一看，再决定要不要办。", Clash(""))


def _show_database_fault(error: DBAPIError) -> Response:
    """Unreadable values 400, a full disk or an engine that is away or busy 503, a mistake of ours 500."""
    db.session.rollback()
    name = error_name(error)
    if isinstance(error, DataError):
        return _show_unreadable(error)
    if name in FULL_DISK:
        return _show_full_disk()
    is_away = isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
    if not is_away or name == "SQLITE_ERROR":
        return _show_fault(error)
    log.error("database: %s", name)
    return _show_busy(error)


def _show_busy(_error: Exception) -> Response:
    db.session.rollback()
    # Otherwise the frame of the page would ask the database who is logged in.
    g._login_user = login_manager.anonymous_user()
    return refusal_page(503, MESSAGES[503], Unavailable(MESSAGES[503]))


def _show_damaged(error: SealBroken) -> Response:
    db.session.rollback()
    log.error("sealed value: %s", error)
    return refusal_page(500, "这条数据无法解密，可能被改动过。请通知管理员核查，原记录没有动。")


def _show_disk(error: OSError) -> Response:
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        return _show_fault(error)
    db.session.rollback()
    return _show_full_disk()


def _show_full_disk() -> Response:
    log.error("disk full or read-only")
    return refusal_page(503, "磁盘满了，这一步没有办。您填的都还在，请通知管理员腾出空间后再点一次。")


def _show_unreadable(error: Exception) -> Response:
    db.session.rollback()
    log.warning("unreadable input: %s", type(error).__name__)
    return refusal_page(400, MESSAGES[400])


def _show_fault(error: Exception) -> Response:
    db.session.rollback()
    log.exception("fault %s", request_id(), exc_info=error)
    g.fault = error
    return refusal_page(500, MESSAGES[500])
