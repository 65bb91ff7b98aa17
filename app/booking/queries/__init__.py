"""Reading rooms, duty, sessions and free places."""

from app.booking.queries.boards import (
    BoardRoom,
    OnDuty,
    list_day_board,
    list_on_duty,
    list_sessions_of_matter,
    list_sessions_of_person,
)
from app.booking.queries.free import (
    DayOffer,
    describe_days,
    explain_place,
    find_free_times,
    list_free_times,
    plan_of,
)
from app.booking.queries.rooms import (
    area_of,
    find_session,
    get_closure,
    get_leave,
    get_room,
    get_session,
    get_slot,
    list_leaves,
    list_people,
    list_rooms,
    list_slots,
)
from app.booking.queries.verifying import find_occupancy_findings

__all__ = [
    "BoardRoom",
    "DayOffer",
    "OnDuty",
    "area_of",
    "describe_days",
    "explain_place",
    "find_free_times",
    "find_occupancy_findings",
    "find_session",
    "get_closure",
    "get_leave",
    "get_room",
    "get_session",
    "get_slot",
    "list_day_board",
    "list_free_times",
    "list_leaves",
    "list_on_duty",
    "list_people",
    "list_rooms",
    "list_sessions_of_matter",
    "list_sessions_of_person",
    "list_slots",
    "plan_of",
]
