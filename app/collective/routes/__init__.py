"""The pages of a settlement with many claimants."""

from flask import Blueprint

from app.collective import models as models  # The tables are known once the pages are.
from app.collective.rules import LABELS
from app.web import labels

bp = Blueprint("collective", __name__)
labels.register(LABELS)
