"""How a refusal or a fault is shown: one table of statuses, one page, what was typed stays on it."""

import errno
import logging
from collections.abc import Iterable

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from app.errors import Clash, DomainError, NotFound, TooManyAttempts, Unavailable
from app.extensions import db
from app.privacy.key_ring import SealBroken
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
SECRET_FIELDS = frozenset({"csrf_token", "idempotency_key", "version", "password", "new_password", "code", "strokes"})


def refusal_page(status: int, message: str, error: DomainError | None = None) -> Response:
    """The page that says what is wrong, what to do and on which basis, and shows what was typed."""
    if request.accept_mimetypes.best == "application/json":
        return make_response({"error": {"message": message, "request_id": request_id()}}, status)
    response = make_response(
        render_template(
            "errors/refusal.html",
            status=status,
            message=message,
            error=error,
            typed=list(_typed_values()),
            error_code=request_id(),
        ),
        status,
    )
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    elif status == 503:
        response.headers["Retry-After"] = "30"
    return response


def register_error_pages(app: Flask) -> None:
    """Give every refusal and fault its page."""
    app.register_error_handler(DomainError, _show_refusal)
    app.register_error_handler(CSRFError, _show_expired_form)
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(IntegrityError, _show_race)
    app.register_error_handler(OperationalError, _show_database_away)
    app.register_error_handler(DBAPIError, _show_unreadable)
    app.register_error_handler(SealBroken, _show_damaged)
    app.register_error_handler(OSError, _show_disk)
    app.register_error_handler(Exception, _show_fault)
    for unreadable in (OverflowError, UnicodeError, RecursionError):
        app.register_error_handler(unreadable, _show_unreadable)


def _typed_values() -> Iterable[tuple[str, str]]:
    for name, value in request.form.items(multi=True):
        if name not in SECRET_FIELDS and value.strip():
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
    db.session.rollback()
    log.warning("integrity: %s", type(error.orig).__name__)
    return refusal_page(409, "刚刚有人办了同一件事。请刷新看一看，再决定要不要办。", Clash(""))


def _show_database_away(error: OperationalError) -> Response:
    db.session.rollback()
    log.error("database: %s", type(error.orig).__name__)
    return refusal_page(503, MESSAGES[503], Unavailable(MESSAGES[503]))


def _show_damaged(error: SealBroken) -> Response:
    db.session.rollback()
    log.error("sealed value: %s", error)
    return refusal_page(500, "这条数据无法解密，可能被改动过。请通知管理员核查，原记录没有动。")


def _show_disk(error: OSError) -> Response:
    if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        return _show_fault(error)
    db.session.rollback()
    log.error("disk: %s", error.strerror)
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
