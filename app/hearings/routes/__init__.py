"""The pages of hearings."""

from flask import Blueprint

from app.hearings import models as models  # The tables are known once the pages are.
from app.hearings.rules.applications import REFUSAL_WORDS
from app.hearings.rules.conflicts import FINDING_WORDS
from app.hearings.rules.parties import POWER_WORDS
from app.hearings.rules.words import LABELS
from app.web import labels

bp = Blueprint("hearings", __name__)
for words in (LABELS, FINDING_WORDS, REFUSAL_WORDS, POWER_WORDS):
    labels.register(words)

from app.hearings.routes import (  # noqa: E402, F401  # they register on bp
    announcing,
    applications,
    attending,
    changes,
    deliberation,
    listing,
    live,
    minutes,
    opinion,
    panel,
    parties,
    recusals,
    scheduling,
    screen,
    service,
    signing,
    versions,
    writing,
)
