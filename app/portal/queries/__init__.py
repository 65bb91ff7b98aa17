"""What a petitioner may see of his matter, and what anybody may check of a paper."""

from app.portal.queries.checking import CheckedPaper, check_by_code, check_by_digest
from app.portal.queries.own import (
    Contact,
    find_contact,
    find_own_paper,
    find_own_slot,
    find_party_of,
    get_own_agreement,
    list_own_agreements,
    list_own_papers,
    may_look_in,
    own_row,
)
from app.portal.queries.staff import (
    PartyAccess,
    WaitingForStaff,
    count_waiting,
    list_party_access,
    waiting_for_staff,
)
from app.portal.queries.way import way_of

__all__ = [
    "CheckedPaper",
    "Contact",
    "PartyAccess",
    "WaitingForStaff",
    "check_by_code",
    "check_by_digest",
    "count_waiting",
    "find_contact",
    "find_own_paper",
    "find_own_slot",
    "find_party_of",
    "get_own_agreement",
    "list_own_agreements",
    "list_own_papers",
    "list_party_access",
    "may_look_in",
    "own_row",
    "waiting_for_staff",
    "way_of",
]
