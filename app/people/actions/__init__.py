"""The acts on people, one topic a file."""

from app.people.actions.accounts import (
    change_account,
    change_password,
    change_roles,
    create_account,
    disable_account,
    enable_account,
    reset_password,
)
from app.people.actions.organisations import change_organisation, create_organisation
from app.people.actions.professionals import save_professional
from app.people.actions.sessions import (
    LogInAttempt,
    begin_attempt,
    close_expired_session,
    end_all_sessions,
    log_in,
    log_out,
    mark_seen,
    note_failed_attempt,
    pick_role,
    start_session,
)

__all__ = [
    "LogInAttempt",
    "begin_attempt",
    "change_account",
    "change_organisation",
    "change_password",
    "change_roles",
    "close_expired_session",
    "create_account",
    "create_organisation",
    "disable_account",
    "enable_account",
    "end_all_sessions",
    "log_in",
    "log_out",
    "mark_seen",
    "note_failed_attempt",
    "pick_role",
    "reset_password",
    "save_professional",
    "start_session",
]
