"""The acts on an agreement: write, issue, sign, seal, follow up, confirm."""

from app.agreements.actions.confirming import (
    CourtChoice,
    apply_for_confirmation,
    ask_for_enforcement,
    check_may_apply,
    record_confirmation_result,
)
from app.agreements.actions.drafting import (
    apply_fix,
    draft_agreement,
    finalise_agreement,
    keep_finding,
    save_agreement,
    sketch_agreement,
)
from app.agreements.actions.effect import register_oral_agreement
from app.agreements.actions.following import plan_visit, record_visit
from app.agreements.actions.issuing import (
    check_identity,
    decline_on_own_device,
    issue_agreement,
    keys_of,
    record_paper_signatures,
    refuse_to_sign,
    seal_agreement,
    sign,
    sign_on_own_device,
    void_agreement,
)
from app.agreements.actions.papers import agreement_facts, oral_form_facts
from app.agreements.actions.performing import (
    book_payment_list,
    discard_payment_list,
    export_payment_list,
    record_performance,
    upload_payment_list,
)
from app.agreements.actions.watching import tell_payees, watch_performance

__all__ = [
    "CourtChoice",
    "agreement_facts",
    "apply_fix",
    "apply_for_confirmation",
    "ask_for_enforcement",
    "book_payment_list",
    "check_identity",
    "check_may_apply",
    "decline_on_own_device",
    "discard_payment_list",
    "draft_agreement",
    "export_payment_list",
    "finalise_agreement",
    "issue_agreement",
    "keep_finding",
    "keys_of",
    "oral_form_facts",
    "plan_visit",
    "record_confirmation_result",
    "record_paper_signatures",
    "record_performance",
    "record_visit",
    "refuse_to_sign",
    "register_oral_agreement",
    "save_agreement",
    "seal_agreement",
    "sign",
    "sign_on_own_device",
    "sketch_agreement",
    "tell_payees",
    "upload_payment_list",
    "void_agreement",
    "watch_performance",
]
