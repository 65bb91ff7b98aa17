"""The pages of the month planner, of posts, of one's own duty, of requests, and the calendar feed."""

from datetime import date

from flask import Blueprint

from app.booking.rules.duty_requests import REQUEST_KIND_LABELS, REQUEST_STATUS_LABELS
from app.booking.rules.rosters import find_month
from app.errors import NotFound
from app.law import clock
from app.web import labels

bp = Blueprint("duty", __name__)
labels.register(REQUEST_KIND_LABELS)
labels.register(REQUEST_STATUS_LABELS)


@bp.app_template_global("this_month")
def this_month() -> str:
    """The running month, as addresses write it."""
    return f"{clock.today():%Y-%m}"


def month_named(text: str) -> date:
    """The month of an address; NotFound for what is none."""
    found = find_month(text)
    if found is None:
        raise NotFound("没有这个月份。网址里的月份写成 2025-07 这样。")
    return found


from app.desk.duty.routes import feed, month, own, posts, publishing, requests  # noqa: E402, F401  # register on bp
