"""The tables of a signing day."""

from app.signing_day.models.day import SigningDay, SigningDesk, SigningTicket
from app.signing_day.models.scans import ScanStack, ScanStackPage

__all__ = ["ScanStack", "ScanStackPage", "SigningDay", "SigningDesk", "SigningTicket"]
