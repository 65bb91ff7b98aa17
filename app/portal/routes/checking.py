"""The check page: is this paper true? By the printed code or by the file, never by the number alone (T21)."""

import hashlib
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.errors import FieldErrors
from app.law import clock
from app.people.routes.login import network_of
from app.portal.queries import CheckedPaper, check_by_code, check_by_digest, find_contact
from app.portal.routes import bp
from app.portal.rules.verdicts import not_found
from app.web.limits import check_attempts, note_failure
from app.web.transaction import run_write

CHUNK = 1_048_576
SCOPE, WRONG_ANSWERS, WINDOW = "verify", 30, timedelta(hours=1)


@bp.get("/verify")
@permission_required(Permission.PUBLIC)
def show_check() -> ResponseReturnValue:
    """Type the code or choose the file."""
    typed = request.args.get("code", "").strip()
    if typed:
        return redirect(url_for("portal.check_code", code=typed[:40]))
    return render_template("portal/check.html")


@bp.get("/verify/<code>")
@permission_required(Permission.PUBLIC)
def check_code(code: str) -> ResponseReturnValue:
    """The answer for a printed code."""
    _check_budget()
    return _answer(check_by_code(code))


@bp.post("/verify")
@permission_required(Permission.PUBLIC)
def check_file() -> ResponseReturnValue:
    """The answer for a file: the same bytes or not found."""
    _check_budget()
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise FieldErrors({"file": "请选一个文件。"})
    digest = hashlib.sha256()
    while chunk := upload.stream.read(CHUNK):
        digest.update(chunk)
    return _answer(check_by_digest(digest.hexdigest()), is_file=True)


def _answer(checked: CheckedPaper | None, *, is_file: bool = False) -> ResponseReturnValue:
    now = clock.now()
    if checked is None:
        run_write(lambda: note_failure(SCOPE, network_of(request.remote_addr), window=WINDOW, now=now))
        verdict = not_found(find_contact(None).phone)
        return render_template("portal/answer.html", verdict=verdict, checked=None, now=now), 404
    return render_template("portal/answer.html", verdict=checked.verdict, checked=checked, now=now, is_file=is_file)


def _check_budget() -> None:
    check_attempts(SCOPE, network_of(request.remote_addr), limit=WRONG_ANSWERS, now=clock.now())
