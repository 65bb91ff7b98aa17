"""The pages of rooms, duty and limits."""

from flask import Blueprint

from app.booking.rules.words import LABELS
from app.web import labels

bp = Blueprint("booking", __name__)
labels.register(LABELS)

from app.booking.routes import duty, limits, rooms  # noqa: E402, F401  # the pages register themselves on bp
