"""The tables of a signing day."""

from app.signing_day.models.day import SigningDay, SigningDesk, SigningTicket

__all__ = ["SigningDay", "SigningDesk", "SigningTicket"]
