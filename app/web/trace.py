"""Which request is running: its id stands in the answer, the log and the audit row."""

import secrets
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def begin_trace(request_id: str = "") -> str:
    """Start a new trace and give its id: eight characters that can be read out by telephone."""
    value = request_id or secrets.token_hex(4).upper()
    _request_id.set(value)
    return value


def request_id() -> str:
    """The id of the running request or job, '' outside of one."""
    return _request_id.get()
