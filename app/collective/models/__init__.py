"""The tables of a settlement with many claimants, one topic a file."""

from app.collective.models.roster import Claimant, ClaimItem, Heir, Roster, RosterImport

__all__ = ["ClaimItem", "Claimant", "Heir", "Roster", "RosterImport"]
