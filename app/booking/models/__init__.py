"""The tables of booking: rooms, duty, sessions and the cells they occupy."""

from app.booking.models.duty import DutySlot, Leave
from app.booking.models.rooms import Room, RoomClosure
from app.booking.models.sessions import BookedSession, Occupancy, SessionSeat

__all__ = ["BookedSession", "DutySlot", "Leave", "Occupancy", "Room", "RoomClosure", "SessionSeat"]
