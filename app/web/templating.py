"""What every template may ask: what was typed, words, dates, amounts, addresses of built files."""

import hashlib
import secrets
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for

from app.errors import DomainError, FieldErrors
from app.law import clock, dates, money
from app.web.labels import label

NO_ERRORS: dict[str, str] = {}


def register_templating(app: Flask) -> None:
    """Give the templates their filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        typed=typed,
        new_key=new_key,
        label=label,
        static_url=static_url,
        errors_of=errors_of,
        refusal_of=refusal_of,
    )
    app.jinja_env.filters.update(
        date_cn=date_cn,
        date_short=date_short,
        moment_cn=moment_cn,
        time_cn=time_cn,
        yuan=yuan,
        capitals=capitals,
    )
    app.context_processor(_page_values)


def typed(name: str, default: Any = "") -> Any:
    """What was typed into field `name` when a refusal is shown, otherwise `default`."""
    if g.get("refusal") is None:
        return "" if default is None else default
    return request.form.get(name, "")


def errors_of() -> dict[str, str]:
    """The messages by field of the refusal that is shown."""
    refusal = g.get("refusal")
    return refusal.errors if isinstance(refusal, FieldErrors) else NO_ERRORS


def refusal_of() -> DomainError | None:
    """The refusal that is shown, None on a fresh page."""
    refusal: DomainError | None = g.get("refusal")
    return refusal


def new_key() -> str:
    """A fresh idempotency key; the typed one when a refusal is shown, because nothing was done with it."""
    key = request.form.get("idempotency_key", "") if g.get("refusal") is not None else ""
    return key or secrets.token_urlsafe(18)


def static_url(name: str) -> str:
    """The address of a built file, with the digest of its content."""
    folder = current_app.static_folder or ""
    return url_for("static", filename=f"dist/{name}", v=_digest(str(Path(folder) / "dist" / name), current_app.debug))


@lru_cache(maxsize=200)
def _digest(path: str, _debug: bool) -> str:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]
    except FileNotFoundError:
        return "0"


def date_cn(day: date | None) -> str:
    """2025年6月1日; — for none."""
    return "—" if day is None else dates.format_date(day)


def date_short(day: date | None) -> str:
    """6月1日（周日）; — for none."""
    return "—" if day is None else dates.format_month_day_with_weekday(day)


def moment_cn(moment: datetime | None) -> str:
    """2025年6月1日 09:30 local time; — for none."""
    if moment is None:
        return "—"
    local = clock.to_local(moment)
    return f"{dates.format_date(local.date())} {local:%H:%M}"


def time_cn(moment: datetime | None) -> str:
    """09:30 local time; — for none."""
    return "—" if moment is None else f"{clock.to_local(moment):%H:%M}"


def yuan(fen: int | None) -> str:
    """42,000.00; — for none."""
    return "—" if fen is None else money.format_yuan(fen)


def capitals(fen: int | None) -> str:
    """肆万贰仟元整; — for none."""
    return "—" if fen is None else money.amount_in_capitals(fen)


def _page_values() -> dict[str, Any]:
    return {
        "errors": errors_of(),
        "refusal": refusal_of(),
        "large_type": request.cookies.get("large_type") == "1",
    }
