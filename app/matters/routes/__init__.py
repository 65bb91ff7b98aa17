"""The pages of matters: list, registration, one matter with its acts, parties, screening, clocks, recusal."""

from flask import Blueprint

from app.matters.rules import LABELS
from app.web import labels

bp = Blueprint("matters", __name__)
labels.register(LABELS)

from app.matters.routes import (  # noqa: E402, F401  # the pages register themselves on bp
    clocks,
    ending,
    handling,
    listing,
    parties,
    passing,
    recusing,
    registering,
    revealing,
    screening,
)
