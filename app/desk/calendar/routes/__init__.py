"""The pages of the calendar: the timeline, everybody's own list, placing mode, the basket."""

from flask import Blueprint

from app.booking.rules.words import DRAFT_ACT_LABELS
from app.web import labels

bp = Blueprint("calendar", __name__)
labels.register(DRAFT_ACT_LABELS)

from app.desk.calendar.routes import basket, board, placing, sessions  # noqa: E402, F401  # register on bp
