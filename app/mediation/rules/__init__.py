"""The rules of people's mediation, one topic a file; the words are offered here."""

from app.mediation.rules.words import (
    LABELS,
    AttendeeKind,
    CaseAct,
    CaseSource,
    CaseStatus,
    ChosenBy,
    EndReason,
    MeetingStatus,
    ReadMode,
    RecordResult,
    SuspensionBasis,
)

__all__ = [
    "LABELS",
    "AttendeeKind",
    "CaseAct",
    "CaseSource",
    "CaseStatus",
    "ChosenBy",
    "EndReason",
    "MeetingStatus",
    "ReadMode",
    "RecordResult",
    "SuspensionBasis",
]
