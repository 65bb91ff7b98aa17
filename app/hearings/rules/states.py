"""Which acts a hearing allows in each state; nothing else may (R-HEAR, hearing states)."""

from collections.abc import Mapping

from app.errors import RuleViolation
from app.hearings.rules.words import LABELS, HearingAct, HearingStatus

_ENDINGS = {
    HearingAct.WITHDRAW: HearingStatus.WITHDRAWN,
    HearingAct.TERMINATE: HearingStatus.TERMINATED,
    HearingAct.MARK_AS_ERROR: HearingStatus.ENTERED_IN_ERROR,
}

TRANSITIONS: Mapping[HearingStatus, Mapping[HearingAct, HearingStatus]] = {
    HearingStatus.PROPOSED: {
        HearingAct.CONSENT: HearingStatus.APPLIED,
        HearingAct.DECLINE: HearingStatus.DECLINED,
        HearingAct.MARK_AS_ERROR: HearingStatus.ENTERED_IN_ERROR,
    },
    HearingStatus.APPLIED: {
        HearingAct.APPROVE: HearingStatus.APPROVED,
        HearingAct.REFUSE: HearingStatus.REFUSED,
        **_ENDINGS,
    },
    HearingStatus.APPROVED: {HearingAct.GIVE_NOTICE: HearingStatus.NOTICED, **_ENDINGS},
    HearingStatus.NOTICED: {
        # A change after notice is a new notice (INV-15).
        HearingAct.GIVE_NOTICE: HearingStatus.NOTICED,
        HearingAct.OPEN: HearingStatus.IN_PROGRESS,
        HearingAct.POSTPONE: HearingStatus.POSTPONED,
        HearingAct.WAIVE: HearingStatus.WAIVED_BY_ABSENCE,
        **_ENDINGS,
    },
    HearingStatus.POSTPONED: {HearingAct.GIVE_NOTICE: HearingStatus.NOTICED, **_ENDINGS},
    HearingStatus.IN_PROGRESS: {
        HearingAct.POSTPONE: HearingStatus.POSTPONED,
        HearingAct.SUSPEND: HearingStatus.SUSPENDED,
        HearingAct.ADJOURN: HearingStatus.DELIBERATING,
        HearingAct.HOLD: HearingStatus.HELD,
        HearingAct.WAIVE: HearingStatus.WAIVED_BY_ABSENCE,
        HearingAct.TERMINATE: HearingStatus.TERMINATED,
        HearingAct.WITHDRAW: HearingStatus.WITHDRAWN,
    },
    HearingStatus.SUSPENDED: {
        # Resuming names a new day and serves it; the sitting goes on where it stopped (R-HEAR-22).
        HearingAct.RESUME: HearingStatus.NOTICED,
        HearingAct.TERMINATE: HearingStatus.TERMINATED,
        HearingAct.WITHDRAW: HearingStatus.WITHDRAWN,
    },
    HearingStatus.DELIBERATING: {
        HearingAct.ISSUE_OPINION: HearingStatus.OPINION_ISSUED,
        # Settled meanwhile, or a panelist fell away who heard it all: nobody else can vote in his place.
        HearingAct.TERMINATE: HearingStatus.TERMINATED,
    },
    HearingStatus.HELD: {HearingAct.CLOSE: HearingStatus.CLOSED},
    HearingStatus.OPINION_ISSUED: {HearingAct.CLOSE: HearingStatus.CLOSED},
    HearingStatus.CLOSED: {},
    HearingStatus.REFUSED: {},
    HearingStatus.DECLINED: {},
    HearingStatus.WITHDRAWN: {},
    HearingStatus.WAIVED_BY_ABSENCE: {},
    HearingStatus.TERMINATED: {},
    HearingStatus.ENTERED_IN_ERROR: {},
}
ENDED = frozenset(status for status, acts in TRANSITIONS.items() if not acts)
BEFORE_NOTICE = frozenset({HearingStatus.PROPOSED, HearingStatus.APPLIED, HearingStatus.APPROVED})
SAT = frozenset({HearingStatus.DELIBERATING, HearingStatus.HELD, HearingStatus.OPINION_ISSUED, HearingStatus.CLOSED})


def status_after(status: HearingStatus, act: HearingAct) -> HearingStatus:
    """The state after an act; refuses what the state does not allow."""
    after = TRANSITIONS[status].get(act)
    if after is None:
        raise RuleViolation(f"这场听证现在是“{LABELS[status]}”，不能办这一步。请刷新看一看。", rule="R-HEAR-20")
    return after


def may_act(status: HearingStatus, act: HearingAct) -> bool:
    """True if `act` is open in this state."""
    return act in TRANSITIONS[status]
