"""The acts of the remedies, one topic a file."""

from app.remedies.actions.concluding import (
    conclude_mediation_statement,
    decide_case,
    draft_mediation_statement,
    void_statement,
    withdraw_application,
)
from app.remedies.actions.following import publish_recheck_opinion, record_help
from app.remedies.actions.preparing import (
    extend_decision,
    note_hearing_held,
    record_answer,
    record_copy_received,
    record_copy_sent,
    resume_case,
    suspend_case,
)
from app.remedies.actions.receiving import (
    accept_application,
    ask_for_correction,
    decline_application,
    receive_application,
    record_correction,
    record_correction_notice_received,
    record_given_up,
)
from app.remedies.actions.reviewing import (
    decide_remedy,
    note_remedy_hearing,
    record_remedy_received,
    request_recheck,
    request_review,
    withdraw_remedy,
)
from app.remedies.actions.signing import check_signer, record_statement_on_paper, sign_statement

__all__ = [
    "accept_application",
    "ask_for_correction",
    "check_signer",
    "conclude_mediation_statement",
    "decide_case",
    "decide_remedy",
    "decline_application",
    "draft_mediation_statement",
    "extend_decision",
    "note_hearing_held",
    "note_remedy_hearing",
    "publish_recheck_opinion",
    "receive_application",
    "record_answer",
    "record_copy_received",
    "record_copy_sent",
    "record_correction",
    "record_correction_notice_received",
    "record_given_up",
    "record_help",
    "record_remedy_received",
    "record_statement_on_paper",
    "request_recheck",
    "request_review",
    "resume_case",
    "sign_statement",
    "suspend_case",
    "void_statement",
    "withdraw_application",
    "withdraw_remedy",
]
