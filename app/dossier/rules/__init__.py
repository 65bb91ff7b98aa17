"""The rules of the mediation dossier: its positions, what must be in it, its states, how long it is kept."""

from app.dossier.rules.completeness import (
    CaseFacts,
    Found,
    Lack,
    Outcome,
    PositionState,
    check_complete,
    is_required,
    states_of,
)
from app.dossier.rules.positions import HEADINGS, ORDER, SIGNED_BY_HAND, Position, position_of_paper
from app.dossier.rules.retention import RETENTION_WORDS, Retention, propose_retention
from app.dossier.rules.states import (
    DossierStatus,
    SourceKind,
    VolumeKind,
    check_is_archived,
    check_is_compiling,
    volume_words,
)

__all__ = [
    "HEADINGS",
    "ORDER",
    "RETENTION_WORDS",
    "SIGNED_BY_HAND",
    "CaseFacts",
    "DossierStatus",
    "Found",
    "Lack",
    "Outcome",
    "Position",
    "PositionState",
    "Retention",
    "SourceKind",
    "VolumeKind",
    "check_complete",
    "check_is_archived",
    "check_is_compiling",
    "is_required",
    "position_of_paper",
    "propose_retention",
    "states_of",
    "volume_words",
]
