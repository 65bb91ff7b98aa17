"""Reading rooms, duty, sessions and free places."""

from app.booking.queries.boards import (
    BoardRoom,
    OnDuty,
    list_day_board,
    list_on_duty,
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
from app.booking.queries.limits import (
    Limits,
    bounds_of,
    list_centres,
    read_limits,
    travel_between,
)
from app.booking.queries.rooms import (
    area_of,
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
from app.booking.queries.verifying import find_load_findings, find_occupancy_findings

__all__ = [
    "BoardRoom",
    "DayOffer",
    "Limits",
    "OnDuty",
    "area_of",
    "bounds_of",
    "describe_days",
    "explain_place",
    "find_free_times",
    "find_load_findings",
    "find_occupancy_findings",
    "get_closure",
    "get_leave",
    "get_room",
    "get_session",
    "get_slot",
    "list_centres",
    "list_day_board",
    "list_free_times",
    "list_leaves",
    "list_on_duty",
    "list_people",
    "list_rooms",
    "list_sessions_of_person",
    "list_slots",
    "plan_of",
    "read_limits",
    "travel_between",
]
