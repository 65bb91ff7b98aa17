"""A file that comes with a form: written before the transaction of the act begins, taken away if no row names it."""

from collections.abc import Callable
from typing import TypeVar

from flask import g, make_response, request
from flask.typing import ResponseReturnValue

from app.errors import DomainError

Written = TypeVar("Written")


def read_upload(field: str) -> bytes:
    """The file that was chosen in this field; empty where none was."""
    file = request.files.get(field)
    return file.read() if file else b""


def was_chosen(field: str) -> bool:
    """True if a file was chosen in this field, be it an empty one."""
    file = request.files.get(field)
    return bool(file and file.filename)


def act_on_file(
    write: Callable[[], Written],
    act: Callable[[Written], ResponseReturnValue],
    *,
    discard: Callable[[Written], None],
    reshow: Callable[[], ResponseReturnValue],
) -> ResponseReturnValue:
    """Check and write a file, then let `act` name it in a transaction of its own.

    A file that `write` refuses shows the form again with the refusal; `discard` leaves a file that a row names.
    """
    try:
        written = write()
    except DomainError as refusal:
        g.refusal = refusal
        return make_response(reshow(), refusal.status)
    try:
        return act(written)
    finally:
        discard(written)
