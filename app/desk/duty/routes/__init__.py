"""The pages of the month planner, of posts, of one's own duty, of requests, and the calendar feed."""

from flask import Blueprint

from app.booking.rules.duty_requests import REQUEST_KIND_LABELS, REQUEST_STATUS_LABELS
from app.law import clock
from app.web import labels

bp = Blueprint("duty", __name__)
labels.register(REQUEST_KIND_LABELS)
labels.register(REQUEST_STATUS_LABELS)


@bp.app_template_global("this_month")
def this_month() -> str:
    """The running month, as addresses write it."""
    return f"{clock.today():%Y-%m}"


from app.desk.duty.routes import feed, month, own, posts, publishing, requests  # noqa: E402, F401  # register on bp
