"""The acts of booking: sessions, rooms and closures, duty and leave, rosters and what is asked about them."""

from app.booking.actions.drafts import (
    DraftWish,
    clear_the_way,
    close_draft,
    expire_drafts,
    put_in_place,
    put_in_without_place,
    take_out,
)
from app.booking.actions.duty import add_duty_slots, enter_leave, grant_leave, remove_duty_slot, remove_leave
from app.booking.actions.duty_requests import (
    agree_to_request,
    approve_request,
    ask_for_cover,
    ask_for_leave,
    ask_for_swap,
    cover_duty,
    decline_request,
    refuse_request,
    withdraw_request,
)
from app.booking.actions.feeds import issue_feed, revoke_feed
from app.booking.actions.limits import ServiceDetails, set_area_limit, set_person_service, set_ways
from app.booking.actions.off_duty import flag_sessions_off_duty
from app.booking.actions.posts import PostDetails, change_post, create_post
from app.booking.actions.rooms import (
    RoomDetails,
    add_closure,
    change_room,
    create_room,
    remove_closure,
)
from app.booking.actions.rosters import (
    Publication,
    apply_template,
    discard_draft,
    open_roster,
    plan_off,
    plan_on,
    publish_roster,
    remove_template,
    save_week_as_template,
)
from app.booking.actions.sessions import cancel_session, mark_entered_in_error, move_session, reserve

__all__ = [
    "DraftWish",
    "PostDetails",
    "Publication",
    "RoomDetails",
    "ServiceDetails",
    "add_closure",
    "add_duty_slots",
    "agree_to_request",
    "apply_template",
    "approve_request",
    "ask_for_cover",
    "ask_for_leave",
    "ask_for_swap",
    "cancel_session",
    "change_post",
    "change_room",
    "clear_the_way",
    "close_draft",
    "cover_duty",
    "create_post",
    "create_room",
    "decline_request",
    "discard_draft",
    "enter_leave",
    "expire_drafts",
    "flag_sessions_off_duty",
    "grant_leave",
    "issue_feed",
    "mark_entered_in_error",
    "move_session",
    "open_roster",
    "plan_off",
    "plan_on",
    "publish_roster",
    "put_in_place",
    "put_in_without_place",
    "refuse_request",
    "remove_closure",
    "remove_duty_slot",
    "remove_leave",
    "remove_template",
    "reserve",
    "revoke_feed",
    "save_week_as_template",
    "set_area_limit",
    "set_person_service",
    "set_ways",
    "take_out",
    "withdraw_request",
]
