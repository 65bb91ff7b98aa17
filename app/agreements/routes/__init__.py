"""The pages of agreements: list, one agreement, editor, signing at the desk, seal, follow-ups, confirmation."""

from flask import Blueprint

from app.agreements.rules.confirming import GROUND_LABELS
from app.agreements.rules.performing import LIST_LABELS, STANDING_LABELS
from app.agreements.rules.reconciling import VERDICT_LABELS
from app.agreements.rules.states import LABELS
from app.signing.rules import MANNER_LABELS, ROLE_LABELS
from app.web import labels

bp = Blueprint("agreements", __name__)
for words in (LABELS, GROUND_LABELS, LIST_LABELS, MANNER_LABELS, ROLE_LABELS, STANDING_LABELS, VERDICT_LABELS):
    labels.register(words)

from app.agreements.routes import (  # noqa: E402, F401  # the pages register themselves on bp
    editing,
    following,
    issuing,
    listing,
    performing,
    signing,
)
