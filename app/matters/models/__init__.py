"""The tables of the matter, one topic a file."""

from app.matters.models.clocks import Clock, ClockExtension, ClockPause
from app.matters.models.handling import Correction, HandlingOpinion, Reveal, TransferObjection
from app.matters.models.involvement import Blocker, Involvement, Recusal
from app.matters.models.matter import Matter, MatterText, MatterUnit, Screening, VisitRecord
from app.matters.models.party import Consent, Party, Proxy
from app.matters.rules import (
    Capacity,
    ClockState,
    ConsentDecision,
    PartyKind,
    PartySide,
    RecusalStatus,
    UnitCapacity,
)

__all__ = [
    "Blocker",
    "Capacity",
    "Clock",
    "ClockExtension",
    "ClockPause",
    "ClockState",
    "Consent",
    "ConsentDecision",
    "Correction",
    "HandlingOpinion",
    "Involvement",
    "Matter",
    "MatterText",
    "MatterUnit",
    "Party",
    "PartyKind",
    "PartySide",
    "Proxy",
    "Recusal",
    "RecusalStatus",
    "Reveal",
    "Screening",
    "TransferObjection",
    "UnitCapacity",
    "VisitRecord",
]
