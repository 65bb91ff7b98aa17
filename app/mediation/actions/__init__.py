"""The acts of people's mediation, one topic a file."""

from app.mediation.actions.cases import accept_case, assign_mediators, object_to_mediator
from app.mediation.actions.ending import close_partly_agreed, end_for_parties, end_without_agreement, mark_agreed
from app.mediation.actions.meetings import (
    MeetingWish,
    book_meeting,
    cancel_meeting,
    mark_meeting_entered_in_error,
    move_meeting,
)
from app.mediation.actions.periods import extend_mediation, record_labour_notice, resume_mediation, suspend_mediation
from app.mediation.actions.records import (
    NewAttendee,
    NewTurn,
    Refusal,
    add_note,
    close_record,
    correct_turn,
    record_attendance,
    record_turn,
    start_meeting,
    tell_rights,
)
from app.mediation.actions.signing import finish_signing, refuse_to_sign_record, sign_record, sign_record_on_paper

__all__ = [
    "MeetingWish",
    "NewAttendee",
    "NewTurn",
    "Refusal",
    "accept_case",
    "add_note",
    "assign_mediators",
    "book_meeting",
    "cancel_meeting",
    "close_partly_agreed",
    "close_record",
    "correct_turn",
    "end_for_parties",
    "end_without_agreement",
    "extend_mediation",
    "finish_signing",
    "mark_agreed",
    "mark_meeting_entered_in_error",
    "move_meeting",
    "object_to_mediator",
    "record_attendance",
    "record_labour_notice",
    "record_turn",
    "refuse_to_sign_record",
    "resume_mediation",
    "sign_record",
    "sign_record_on_paper",
    "start_meeting",
    "suspend_mediation",
    "tell_rights",
]
