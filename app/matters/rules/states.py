"""Which acts move a matter from which state to which; nothing else may."""

from collections.abc import Mapping
from enum import StrEnum

from app.errors import RuleViolation
from app.matters.rules.words import ENDED, LABELS, MatterStatus


class MatterAct(StrEnum):
    """What moves a matter."""

    TRANSFER = "transfer"
    ASSIGN = "assign"
    GUIDE_AWAY = "guide_away"
    REPORT = "report"
    UPHOLD_OBJECTION = "uphold_objection"
    ACCEPT = "accept"
    DECLINE = "decline"
    START_HANDLING = "start_handling"
    ISSUE_OPINION = "issue_opinion"
    REFER = "refer"
    REQUEST_REVIEW = "request_review"
    DECIDE_REVIEW = "decide_review"
    REQUEST_RECHECK = "request_recheck"
    DECIDE_RECHECK = "decide_recheck"
    WITHDRAW_REMEDY = "withdraw_remedy"
    ENTER_RECONSIDERATION = "enter_reconsideration"
    CLOSE = "close"
    FINALISE = "finalise"
    WITHDRAW = "withdraw"
    MARK_AS_ERROR = "mark_as_error"


ACT_WORDS: Mapping[MatterAct, str] = {
    MatterAct.TRANSFER: "转送",
    MatterAct.ASSIGN: "交办",
    MatterAct.GUIDE_AWAY: "引导",
    MatterAct.REPORT: "报告",
    MatterAct.UPHOLD_OBJECTION: "同意异议",
    MatterAct.ACCEPT: "受理",
    MatterAct.DECLINE: "不予受理",
    MatterAct.START_HANDLING: "开始办理",
    MatterAct.ISSUE_OPINION: "出具处理意见",
    MatterAct.REFER: "导入调解",
    MatterAct.REQUEST_REVIEW: "请求复查",
    MatterAct.DECIDE_REVIEW: "出具复查意见",
    MatterAct.REQUEST_RECHECK: "请求复核",
    MatterAct.DECIDE_RECHECK: "出具复核意见",
    MatterAct.WITHDRAW_REMEDY: "撤回复查、复核请求",
    MatterAct.ENTER_RECONSIDERATION: "转入行政复议",
    MatterAct.CLOSE: "办结",
    MatterAct.FINALISE: "终结",
    MatterAct.WITHDRAW: "撤回",
    MatterAct.MARK_AS_ERROR: "标为录入错误",
}

_REPORTING = {MatterAct.REPORT: MatterStatus.REPORTED}
_ROUTING = {
    MatterAct.TRANSFER: MatterStatus.TRANSFERRED,
    MatterAct.ASSIGN: MatterStatus.ASSIGNED,
    MatterAct.GUIDE_AWAY: MatterStatus.GUIDED_AWAY,
    MatterAct.ACCEPT: MatterStatus.ACCEPTED,
    MatterAct.DECLINE: MatterStatus.NOT_ACCEPTED,
    MatterAct.REFER: MatterStatus.IN_LINKAGE,
    MatterAct.ENTER_RECONSIDERATION: MatterStatus.IN_RECONSIDERATION,
}
_ALWAYS_WHILE_OPEN = {
    MatterAct.WITHDRAW: MatterStatus.WITHDRAWN,
    MatterAct.MARK_AS_ERROR: MatterStatus.ENTERED_IN_ERROR,
}
_WITH_THE_UNIT = {
    # The petition office may route anew, also after the unit's time to object is over (INV-36).
    MatterAct.TRANSFER: MatterStatus.TRANSFERRED,
    MatterAct.ASSIGN: MatterStatus.ASSIGNED,
    MatterAct.ACCEPT: MatterStatus.ACCEPTED,
    MatterAct.DECLINE: MatterStatus.NOT_ACCEPTED,
    MatterAct.UPHOLD_OBJECTION: MatterStatus.RETURNED_BY_OBJECTION,
    MatterAct.REFER: MatterStatus.IN_LINKAGE,
    MatterAct.CLOSE: MatterStatus.CLOSED,
    **_ALWAYS_WHILE_OPEN,
}
_IN_HANDLING = {
    MatterAct.ISSUE_OPINION: MatterStatus.OPINION_ISSUED,
    MatterAct.REFER: MatterStatus.IN_LINKAGE,
    MatterAct.CLOSE: MatterStatus.CLOSED,
    **_ALWAYS_WHILE_OPEN,
}

TRANSITIONS: Mapping[MatterStatus, Mapping[MatterAct, MatterStatus]] = {
    MatterStatus.REGISTERED: {**_ROUTING, **_REPORTING, **_ALWAYS_WHILE_OPEN},
    MatterStatus.REPORTED: {**_ROUTING, MatterAct.CLOSE: MatterStatus.CLOSED, **_ALWAYS_WHILE_OPEN},
    MatterStatus.RETURNED_BY_OBJECTION: {**_ROUTING, **_REPORTING, **_ALWAYS_WHILE_OPEN},
    MatterStatus.TRANSFERRED: _WITH_THE_UNIT,
    MatterStatus.ASSIGNED: _WITH_THE_UNIT,
    MatterStatus.ACCEPTED: {MatterAct.START_HANDLING: MatterStatus.HANDLING, **_IN_HANDLING},
    MatterStatus.HANDLING: _IN_HANDLING,
    MatterStatus.IN_LINKAGE: {
        # The petition procedure goes on beside mediation (R-LINK-08): the unit may accept and answer meanwhile.
        MatterAct.ACCEPT: MatterStatus.IN_LINKAGE,
        MatterAct.CLOSE: MatterStatus.CLOSED,
        MatterAct.WITHDRAW: MatterStatus.WITHDRAWN,
    },
    MatterStatus.OPINION_ISSUED: {
        MatterAct.CLOSE: MatterStatus.CLOSED,
        MatterAct.FINALISE: MatterStatus.FINALISED,
        MatterAct.REFER: MatterStatus.IN_LINKAGE,
        MatterAct.REQUEST_REVIEW: MatterStatus.REVIEW_REQUESTED,
        **_ALWAYS_WHILE_OPEN,
    },
    MatterStatus.REVIEW_REQUESTED: {
        MatterAct.DECIDE_REVIEW: MatterStatus.REVIEW_DECIDED,
        MatterAct.WITHDRAW_REMEDY: MatterStatus.OPINION_ISSUED,
    },
    MatterStatus.REVIEW_DECIDED: {
        MatterAct.REQUEST_RECHECK: MatterStatus.RECHECK_REQUESTED,
        MatterAct.CLOSE: MatterStatus.CLOSED,
        MatterAct.FINALISE: MatterStatus.FINALISED,
    },
    MatterStatus.RECHECK_REQUESTED: {
        MatterAct.DECIDE_RECHECK: MatterStatus.RECHECK_DECIDED,
        MatterAct.WITHDRAW_REMEDY: MatterStatus.REVIEW_DECIDED,
    },
    MatterStatus.RECHECK_DECIDED: {MatterAct.FINALISE: MatterStatus.FINALISED},
    # The reconsideration body decides, not the petition office: the end of its case ends the matter too.
    MatterStatus.IN_RECONSIDERATION: {MatterAct.CLOSE: MatterStatus.CLOSED},
    **{status: {} for status in ENDED},
}

_BEFORE_ACCEPTANCE = frozenset(
    {
        MatterStatus.REGISTERED,
        MatterStatus.TRANSFERRED,
        MatterStatus.ASSIGNED,
        MatterStatus.REPORTED,
        MatterStatus.RETURNED_BY_OBJECTION,
    }
)


def next_status(status: MatterStatus, act: MatterAct) -> MatterStatus:
    """The state after `act`; refuses an act that the state does not allow."""
    after = TRANSITIONS[status].get(act)
    if after is None:
        raise RuleViolation(f"这件事现在是“{LABELS[status]}”，不能{ACT_WORDS[act]}。请刷新看一看。", rule="R-PET-07")
    return after


def may_act(status: MatterStatus, act: MatterAct) -> bool:
    """True if `act` is open in this state."""
    return act in TRANSITIONS[status]


def check_open(is_open: bool) -> None:
    """Refuse to change a matter that has ended: its file is closed, new facts make a new matter (R-ARCH-05)."""
    if not is_open:
        raise RuleViolation("这件事已经办完，不能再改。有新的事实，请另立一件。", rule="R-ARCH-05")


def status_after_linkage(before: MatterStatus, *, is_accepted: bool) -> MatterStatus:
    """Where an unsettled matter goes on (R-LINK-09): where it stood, or as accepted meanwhile."""
    if is_accepted and before in _BEFORE_ACCEPTANCE:
        return MatterStatus.ACCEPTED
    return before
