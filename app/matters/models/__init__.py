"""The tables of the matter, one topic a file."""

from app.matters.models.clocks import Clock, ClockExtension, ClockPause, ClockState
from app.matters.models.involvement import Blocker, Capacity, Involvement, Recusal, RecusalStatus
from app.matters.models.matter import Matter, MatterText, MatterUnit, Screening, UnitCapacity, VisitRecord
from app.matters.models.party import Consent, ConsentDecision, Party, PartyKind, PartySide, Proxy

__all__ = [
    "Blocker",
    "Capacity",
    "Clock",
    "ClockExtension",
    "ClockPause",
    "ClockState",
    "Consent",
    "ConsentDecision",
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
    "Screening",
    "UnitCapacity",
    "VisitRecord",
]
