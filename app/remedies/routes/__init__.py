"""The pages of the remedies: review and recheck of a matter, reconsideration cases."""

from typing import Any

from flask import Blueprint

from app.documents.papers import PAPER_TYPES
from app.remedies.rules import LABELS
from app.web import labels

bp = Blueprint("remedies", __name__)
labels.register(LABELS)
PAPER_NAMES = {kind.name: kind.title for kind in PAPER_TYPES.values()}


@bp.context_processor
def words_of_pages() -> dict[str, Any]:
    """The names of papers by type."""
    return {"paper_names": PAPER_NAMES}


from app.remedies.routes import (  # noqa: E402, F401  # the pages register themselves on bp
    cases,
    concluding,
    examining,
    preparing,
    requests,
    statements,
)
