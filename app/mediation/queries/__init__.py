"""Reading mediation cases, meetings and records."""

from app.mediation.queries.cases import (
    find_case_of,
    get_case,
    get_case_by_id,
    list_cases,
    list_cases_of_matter,
    list_eligible_mediators,
)
from app.mediation.queries.meetings import (
    get_attendee,
    get_meeting,
    get_record,
    get_record_paper,
    get_turn,
    list_recorders,
    meeting_need,
    meetings_of_sessions,
    missing_for_closing,
)

__all__ = [
    "find_case_of",
    "get_attendee",
    "get_case",
    "get_case_by_id",
    "get_meeting",
    "get_record",
    "get_record_paper",
    "get_turn",
    "list_cases",
    "list_cases_of_matter",
    "list_eligible_mediators",
    "list_recorders",
    "meeting_need",
    "meetings_of_sessions",
    "missing_for_closing",
]
