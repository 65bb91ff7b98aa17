"""The pages of mediation: cases, their acts, meetings, the live record and its signatures."""

from typing import Any

from flask import Blueprint

from app.documents.papers import PAPER_TYPES
from app.matters.rules import DISPUTE_TYPES
from app.mediation.rules import LABELS
from app.signing.rules import ROLE_LABELS
from app.web import labels

bp = Blueprint("mediation", __name__)
labels.register(LABELS)
PAPER_NAMES = {kind.name: kind.title for kind in PAPER_TYPES.values()}


@bp.context_processor
def words_of_pages() -> dict[str, Any]:
    """The words that the pages look up by code."""
    return {"dispute_types": DISPUTE_TYPES, "paper_names": PAPER_NAMES, "signer_roles": ROLE_LABELS}


from app.mediation.routes import acting, booking, cases, live, signing  # noqa: E402, F401  # they register on bp
