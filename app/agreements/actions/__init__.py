"""The acts on an agreement: write, issue, sign, seal, follow up, confirm."""

from app.agreements.actions.drafting import (
    apply_fix,
    draft_agreement,
    finalise_agreement,
    keep_finding,
    save_agreement,
    sketch_agreement,
)
from app.agreements.actions.effect import register_oral_agreement
from app.agreements.actions.following import (
    CourtChoice,
    apply_for_confirmation,
    plan_visit,
    record_confirmation_result,
    record_performance,
    record_visit,
)
from app.agreements.actions.issuing import (
    check_identity,
    decline_on_own_device,
    issue_agreement,
    record_paper_signatures,
    refuse_to_sign,
    seal_agreement,
    sign,
    sign_on_own_device,
    void_agreement,
)
from app.agreements.actions.papers import agreement_facts, oral_form_facts

__all__ = [
    "CourtChoice",
    "agreement_facts",
    "apply_fix",
    "apply_for_confirmation",
    "check_identity",
    "decline_on_own_device",
    "draft_agreement",
    "finalise_agreement",
    "issue_agreement",
    "keep_finding",
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
    "void_agreement",
]
