"""What happens around every request: trace id, declared permission, size and encoding checks, headers, log line."""

import logging
from io import BytesIO
from time import perf_counter
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, Response, abort, current_app, g, request

from app.errors import TooManyAttempts
from app.web.installation import settings
from app.web.trace import begin_trace, request_id

log = logging.getLogger("app.request")

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST_ADDRESS = 4000
NOT_SERVED = 400
LONGEST_TEXT_FORM = 4 * 1024 * 1024


def register_hooks(app: Flask) -> None:
    """Attach the hooks in the order in which they run."""
    app.before_request(_begin)
    app.before_request(_refuse_foreign_host)
    app.before_request(_refuse_foreign_origin)
    app.before_request(_refuse_oversized)
    app.before_request(_refuse_unreadable)
    app.before_request(_refuse_undeclared)
    app.after_request(_finish)


def _begin() -> None:
    g.started = perf_counter()
    begin_trace()


def _refuse_foreign_host() -> None:
    """Only the names of the installation and its own machine; a developer may use any name."""
    try:
        host = urlsplit(f"//{request.host}").hostname
    except ValueError:
        host = None
    if host not in settings().known_hosts and (host is None or settings().env != "development"):
        abort(400)


def _refuse_foreign_origin() -> None:
    """A form of another site: its origin, or where browsers hide that (`null`), its relation to this site."""
    if request.method in SAFE_METHODS:
        return
    # Behind a proxy that ends TLS, the browser's origin is the public address and not the one seen here.
    own = ("", "null", request.host_url.rstrip("/"), settings().base_url)
    if request.headers.get("Origin", "") not in own:
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        abort(403)


def _refuse_oversized() -> None:
    """Endless addresses, packed bodies, bodies of unknown length, text forms beyond the limits of multipart ones."""
    if len(request.full_path) > LONGEST_ADDRESS:
        abort(414)
    if "Transfer-Encoding" in request.headers:
        # The page of the refusal shows what was typed; it must not wait for the end of this body.
        request.environ["wsgi.input"] = BytesIO()
        abort(413)
    if request.headers.get("Content-Encoding", "identity") != "identity":
        abort(415)
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    if (request.content_length or 0) > LONGEST_TEXT_FORM:
        abort(413)
    limits = current_app.config
    if request.get_data().count(b"&") >= limits["MAX_FORM_PARTS"]:
        abort(413)
    # The parser would keep bytes that are no UTF-8 as percent signs and digits, as if somebody had typed them.
    _check_is_utf8(request.get_data())
    values = [value for _, value in request.form.items(multi=True)]
    if any(len(value) > limits["MAX_FORM_MEMORY_SIZE"] for value in values):
        abort(413)


def _refuse_unreadable() -> None:
    """NUL and lone surrogates are refused alike on both database engines; `parsing` also applies the size limits."""
    _check_is_utf8(request.query_string)
    for source in (request.args, request.form):
        for name, value in source.items(multi=True):
            if "\x00" in name or "\x00" in value or not _is_encodable(name + value):
                abort(400)
    if "\x00" in request.path or not _is_encodable(request.path) or "�" in request.path:
        abort(404)


def _check_is_utf8(encoded: bytes) -> None:
    try:
        unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        abort(400)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_undeclared() -> None:
    if request.endpoint in (None, "static"):
        return
    view = request_view()
    if not hasattr(view, "declared_permission"):
        raise LookupError(f"the route {request.endpoint} declares no permission")


def request_view() -> Any:
    """The view function that answers this request."""
    return current_app.view_functions[request.endpoint or ""]


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static" or response.status_code >= NOT_SERVED:
        response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Request-ID"] = request_id()
    refusal = g.get("refusal")
    if isinstance(refusal, TooManyAttempts):
        response.headers["Retry-After"] = str(refusal.retry_after_seconds)
    if settings().is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    milliseconds = round((perf_counter() - g.get("started", perf_counter())) * 1000)
    log.info("%s %s %s %d %dms", request_id(), request.method, request.endpoint, response.status_code, milliseconds)
    return response
