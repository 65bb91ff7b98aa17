"""The acts of booking: sessions, rooms and closures, duty and leave."""

from app.booking.actions.duty import add_duty_slots, enter_leave, remove_duty_slot, remove_leave
from app.booking.actions.rooms import (
    RoomDetails,
    add_closure,
    change_room,
    create_room,
    remove_closure,
)
from app.booking.actions.sessions import cancel_session, mark_entered_in_error, move_session, reserve

__all__ = [
    "RoomDetails",
    "add_closure",
    "add_duty_slots",
    "cancel_session",
    "change_room",
    "create_room",
    "enter_leave",
    "mark_entered_in_error",
    "move_session",
    "remove_closure",
    "remove_duty_slot",
    "remove_leave",
    "reserve",
]
