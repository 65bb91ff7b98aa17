"""The pages of a signing day."""

from flask import Blueprint

from app.signing_day import models as models  # The tables are known once the pages are.
from app.signing_day.rules import LABELS
from app.web import labels

bp = Blueprint("signing_day", __name__)
labels.register(LABELS)

from app.signing_day.routes import (  # noqa: E402, F401  # the pages register themselves on bp
    arriving,
    board,
    countersigning,
    days,
    desks,
    lists,
    scans,
    tablet_desk,
)
