"""The pages of hearings."""

from flask import Blueprint

from app.hearings import models as models  # The tables are known once the pages are.
from app.hearings.rules.words import LABELS
from app.web import labels

bp = Blueprint("hearings", __name__)
labels.register(LABELS)
