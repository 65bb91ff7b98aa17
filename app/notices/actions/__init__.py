"""The acts of what leaves the system and of the petitioner's way in, one topic a file."""

from app.notices.actions.links import (
    IssuedLink,
    Trial,
    end_visit,
    is_slip_secret,
    issue_access_link,
    mark_visit_seen,
    revoke_access_link,
    send_access_link,
    try_code,
)
from app.notices.actions.outbox import cancel_messages, mark_told, queue_message, retry_message
from app.notices.actions.sending import send_outbox
from app.notices.actions.wishes import leave_wish, settle_wish

__all__ = [
    "IssuedLink",
    "Trial",
    "cancel_messages",
    "end_visit",
    "is_slip_secret",
    "issue_access_link",
    "leave_wish",
    "mark_told",
    "mark_visit_seen",
    "queue_message",
    "retry_message",
    "revoke_access_link",
    "send_access_link",
    "send_outbox",
    "settle_wish",
    "try_code",
]
