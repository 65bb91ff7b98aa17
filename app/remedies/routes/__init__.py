"""The pages of the remedies: review and recheck of a matter, reconsideration cases."""

from flask import Blueprint

from app.remedies.rules import LABELS
from app.web import labels

bp = Blueprint("remedies", __name__)
labels.register(LABELS)

from app.remedies import models  # noqa: E402, F401
