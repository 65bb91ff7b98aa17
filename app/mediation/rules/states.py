"""Which acts a mediation case and a meeting allow in each state."""

from collections.abc import Mapping

from app.errors import RuleViolation
from app.mediation.rules.words import LABELS, CaseAct, CaseStatus, MeetingStatus

TRANSITIONS: Mapping[tuple[CaseStatus, CaseAct], CaseStatus] = {
    (CaseStatus.MEDIATING, CaseAct.SUSPEND): CaseStatus.SUSPENDED,
    (CaseStatus.SUSPENDED, CaseAct.RESUME): CaseStatus.MEDIATING,
    (CaseStatus.MEDIATING, CaseAct.AGREE): CaseStatus.AGREED,
    (CaseStatus.MEDIATING, CaseAct.END): CaseStatus.ENDED,
    (CaseStatus.SUSPENDED, CaseAct.END): CaseStatus.ENDED,
}
OPEN_STATUSES = frozenset({CaseStatus.MEDIATING, CaseStatus.SUSPENDED})
OPEN_MEETINGS = frozenset({MeetingStatus.PLANNED, MeetingStatus.RUNNING})


def status_after(status: CaseStatus, act: CaseAct) -> CaseStatus:
    """The state after an act; refuses what the state does not allow."""
    after = TRANSITIONS.get((status, act))
    if after is None:
        raise RuleViolation(f"这件调解现在是“{LABELS[status]}”，不能办这一步。请刷新看一看。", rule="R-MED")
    return after


def check_is_mediating(status: CaseStatus) -> None:
    """Refuse work on a case that rests or is over."""
    if status is CaseStatus.SUSPENDED:
        raise RuleViolation("调解已中止。请先恢复，再往下办。", rule="R-MED-16")
    if status is not CaseStatus.MEDIATING:
        raise RuleViolation(f"这件调解已结束（{LABELS[status]}），不能再办。", rule="R-MED-17")


def check_meeting(status: MeetingStatus, *allowed: MeetingStatus) -> None:
    """Refuse an act on a meeting in another state."""
    if status not in allowed:
        raise RuleViolation(f"这一场现在是“{LABELS[status]}”，不能办这一步。请刷新看一看。", rule="R-MED-24")
