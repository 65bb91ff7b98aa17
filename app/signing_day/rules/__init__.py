"""The rules of a signing day, one topic a file."""

from app.signing_day.rules.states import (
    LABELS,
    DayState,
    Need,
    Phase,
    SecondRoundReason,
    TicketState,
)

__all__ = ["LABELS", "DayState", "Need", "Phase", "SecondRoundReason", "TicketState"]
