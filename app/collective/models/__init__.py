"""The tables of a settlement with many claimants, one topic a file."""

from app.collective.models.roster import Claimant, ClaimItem, Heir, Roster, RosterImport
from app.collective.models.settlement import ModelSettlement, SealBatch, SettlementAgreement, SettlementShare

__all__ = [
    "ClaimItem",
    "Claimant",
    "Heir",
    "ModelSettlement",
    "Roster",
    "RosterImport",
    "SealBatch",
    "SettlementAgreement",
    "SettlementShare",
]
