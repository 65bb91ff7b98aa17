"""The tables of booking: rooms, duty and rosters, sessions, the cells they occupy, drafts and plans."""

from app.booking.models.drafts import DraftMove
from app.booking.models.duty import DutyFeed, DutyPost, DutySlot, Leave
from app.booking.models.limits import AreaLimit, CentreWay, PersonLoad, PersonService
from app.booking.models.planning import PlannedPlace, PlanRun
from app.booking.models.rooms import Room, RoomClosure
from app.booking.models.rosters import (
    DutyRequest,
    DutyRoster,
    RosterChange,
    RosterVersion,
    WeekTemplate,
    WeekTemplateLine,
)
from app.booking.models.sessions import BookedSession, Occupancy, SessionSeat

__all__ = [
    "AreaLimit",
    "BookedSession",
    "CentreWay",
    "DraftMove",
    "DutyFeed",
    "DutyPost",
    "DutyRequest",
    "DutyRoster",
    "DutySlot",
    "Leave",
    "Occupancy",
    "PersonLoad",
    "PersonService",
    "PlanRun",
    "PlannedPlace",
    "Room",
    "RoomClosure",
    "RosterChange",
    "RosterVersion",
    "SessionSeat",
    "WeekTemplate",
    "WeekTemplateLine",
]
