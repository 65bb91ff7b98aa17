"""The rules of agreements: states, contents, wording, effect, confirmation."""

from app.agreements.rules.check_up import CHECKS, check_agreement
from app.agreements.rules.confirming import ConfirmationRequest, CourtGround, check_confirmation
from app.agreements.rules.draft import Draft, DraftObligation, DraftParty, DraftSuccessor
from app.agreements.rules.effect import Authority, check_authority, effective_date
from app.agreements.rules.findings import (
    CheckUp,
    Finding,
    Fix,
    Level,
    Repair,
    check_may_issue,
    check_reason_to_keep,
)
from app.agreements.rules.states import (
    AgreementForm,
    AgreementStatus,
    ConfirmationStatus,
    ObligationKind,
    Performance,
    StateConflict,
    Supplement,
    VisitReason,
    check_editable,
    check_transition,
)

__all__ = [
    "CHECKS",
    "AgreementForm",
    "AgreementStatus",
    "Authority",
    "CheckUp",
    "ConfirmationRequest",
    "ConfirmationStatus",
    "CourtGround",
    "Draft",
    "DraftObligation",
    "DraftParty",
    "DraftSuccessor",
    "Finding",
    "Fix",
    "Level",
    "ObligationKind",
    "Performance",
    "Repair",
    "StateConflict",
    "Supplement",
    "VisitReason",
    "check_agreement",
    "check_authority",
    "check_confirmation",
    "check_editable",
    "check_may_issue",
    "check_reason_to_keep",
    "check_transition",
    "effective_date",
]
