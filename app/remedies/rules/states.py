"""Which acts a reconsideration case allows in each state."""

from collections.abc import Mapping

from app.errors import RuleViolation
from app.remedies.rules.words import LABELS, CaseAct, CaseStatus

TRANSITIONS: Mapping[CaseStatus, Mapping[CaseAct, CaseStatus]] = {
    CaseStatus.RECEIVED: {
        CaseAct.ASK_FOR_CORRECTION: CaseStatus.CORRECTION_ASKED,
        CaseAct.ACCEPT: CaseStatus.UNDER_REVIEW,
        CaseAct.DECLINE: CaseStatus.DECLINED,
        CaseAct.WITHDRAW: CaseStatus.WITHDRAWN,
    },
    CaseStatus.CORRECTION_ASKED: {
        CaseAct.RECORD_CORRECTION: CaseStatus.RECEIVED,
        CaseAct.GIVE_UP: CaseStatus.GIVEN_UP,
        CaseAct.WITHDRAW: CaseStatus.WITHDRAWN,
    },
    CaseStatus.UNDER_REVIEW: {
        CaseAct.SUSPEND: CaseStatus.SUSPENDED,
        CaseAct.DECIDE: CaseStatus.DECIDED,
        CaseAct.CONCLUDE_MEDIATION: CaseStatus.MEDIATED,
        CaseAct.WITHDRAW: CaseStatus.WITHDRAWN,
    },
    CaseStatus.SUSPENDED: {
        CaseAct.RESUME: CaseStatus.UNDER_REVIEW,
        # 中止 for mediation ends in the statement itself (FY 39(1)⑥, FY 73).
        CaseAct.CONCLUDE_MEDIATION: CaseStatus.MEDIATED,
        CaseAct.WITHDRAW: CaseStatus.WITHDRAWN,
    },
    CaseStatus.DECLINED: {},
    CaseStatus.GIVEN_UP: {},
    CaseStatus.WITHDRAWN: {},
    CaseStatus.DECIDED: {},
    CaseStatus.MEDIATED: {},
}
OPEN = frozenset(status for status, acts in TRANSITIONS.items() if acts)
ON_THE_MERITS = frozenset({CaseStatus.DECIDED, CaseStatus.MEDIATED})
"""Ends that answer the applicant; after the others the matter goes back to the petition office."""
EXAMINING = frozenset({CaseStatus.RECEIVED, CaseStatus.CORRECTION_ASKED})
ACT_WORDS: Mapping[CaseAct, str] = {
    CaseAct.ASK_FOR_CORRECTION: "通知补正",
    CaseAct.RECORD_CORRECTION: "记补正",
    CaseAct.GIVE_UP: "记为放弃申请",
    CaseAct.ACCEPT: "受理",
    CaseAct.DECLINE: "不予受理",
    CaseAct.SUSPEND: "中止",
    CaseAct.RESUME: "恢复",
    CaseAct.DECIDE: "作决定",
    CaseAct.CONCLUDE_MEDIATION: "调解结案",
    CaseAct.WITHDRAW: "撤回",
}


def next_status(status: CaseStatus, act: CaseAct) -> CaseStatus:
    """The state after `act`; refuses an act that the state does not allow."""
    after = TRANSITIONS[status].get(act)
    if after is None:
        raise RuleViolation(
            f"这件复议现在是“{LABELS[status]}”，不能{ACT_WORDS[act]}。请刷新看一看。", rule="R-RECON-12"
        )
    return after


def may_act(status: CaseStatus, act: CaseAct) -> bool:
    """True if `act` is open in this state."""
    return act in TRANSITIONS[status]


def check_under_review(status: CaseStatus, what: str) -> None:
    """Refuse a step that belongs to a case under review (not before acceptance, not while it rests)."""
    if status is not CaseStatus.UNDER_REVIEW:
        raise RuleViolation(f"这件复议现在是“{LABELS[status]}”，不能{what}。请刷新看一看。", rule="R-RECON-12")
