"""The pages of planning: what waits, a proposal as a diff, and what to do when something happens."""

from flask import Blueprint

from app.booking.rules.planning import LABELS
from app.web import labels

bp = Blueprint("planning", __name__)
labels.register(LABELS)

from app.desk.planning.routes import plans, replanning  # noqa: E402, F401  # register on bp
