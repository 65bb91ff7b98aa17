"""The rules of the remedies, one topic a file; the words are offered here."""

from app.remedies.rules.words import (
    LABELS,
    CaseAct,
    CaseStatus,
    DecisionKind,
    DeclineGround,
    GraveGround,
    HelpKind,
    Outcome,
    Procedure,
    RemedyStage,
    RemedyStatus,
    SuspensionGround,
)

__all__ = [
    "LABELS",
    "CaseAct",
    "CaseStatus",
    "DecisionKind",
    "DeclineGround",
    "GraveGround",
    "HelpKind",
    "Outcome",
    "Procedure",
    "RemedyStage",
    "RemedyStatus",
    "SuspensionGround",
]
