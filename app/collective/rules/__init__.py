"""The rules of a settlement with many claimants, one topic a file."""

from app.collective.rules.roster import LABELS, ClaimantStatus, ClaimKind, HeirPart, ImportStatus, Kinship

__all__ = ["LABELS", "ClaimKind", "ClaimantStatus", "HeirPart", "ImportStatus", "Kinship"]
