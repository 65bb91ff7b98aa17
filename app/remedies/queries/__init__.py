"""Reading remedies and reconsideration cases."""

from app.remedies.queries.cases import (
    find_reconsideration,
    get_reconsideration,
    list_case_clocks,
    list_reconsiderations,
)
from app.remedies.queries.requests import (
    both_dates_of,
    find_decided,
    find_open_remedy,
    find_recheck_clock,
    find_remedy,
    get_remedy,
    list_help,
    list_published,
    list_remedies,
)

__all__ = [
    "both_dates_of",
    "find_decided",
    "find_open_remedy",
    "find_recheck_clock",
    "find_reconsideration",
    "find_remedy",
    "get_reconsideration",
    "get_remedy",
    "list_case_clocks",
    "list_help",
    "list_published",
    "list_reconsiderations",
    "list_remedies",
]
