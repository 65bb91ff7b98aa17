"""What may happen to a hearing outside its plain course, on which grounds, and what it does to time and papers.

Postponed, suspended, resumed, ended, waived by absence and entered in error are different things (R-HEAR-21…24).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import RuleViolation
from app.hearings.rules.words import LABELS, ChangeGround, ChangeKind, HearingAct, HearingStatus

Ground = ChangeGround


@dataclass(frozen=True)
class ChangeRule:
    """One kind of change: what it does to the state, its grounds, its paper and the rule it rests on."""

    act: HearingAct
    grounds: tuple[ChangeGround, ...]
    rule: str
    paper: str = ""
    """Key of the change notice, '' where the kind has no notice of its own."""
    is_ending: bool = False
    needs_place: bool = False
    """Whether a new day, room and people belong to the act."""


CHANGES: Mapping[ChangeKind, ChangeRule] = {
    ChangeKind.MOVED: ChangeRule(
        HearingAct.GIVE_NOTICE,
        (Ground.ROOM_OR_PEOPLE, Ground.PARTY_PREVENTED, Ground.RECUSAL_RAISED, Ground.OTHER),
        "INV-15",
        paper="moved",
        needs_place=True,
    ),
    ChangeKind.POSTPONED: ChangeRule(
        HearingAct.POSTPONE,
        (Ground.PARTY_PREVENTED, Ground.RECUSAL_RAISED, Ground.FACTS_TO_CHECK, Ground.UNIT_ABSENT, Ground.OTHER),
        "R-HEAR-21",
        paper="postponed",
    ),
    ChangeKind.SUSPENDED: ChangeRule(
        HearingAct.SUSPEND,
        (Ground.NEW_WITNESS, Ground.APPRAISAL, Ground.FORCE_MAJEURE, Ground.UNKNOWN_SUCCESSOR, Ground.OTHER),
        "R-HEAR-22",
        paper="suspended",
    ),
    ChangeKind.RESUMED: ChangeRule(
        HearingAct.RESUME, (Ground.CAUSE_ENDED,), "R-HEAR-22", paper="resumed", needs_place=True
    ),
    ChangeKind.TERMINATED: ChangeRule(
        HearingAct.TERMINATE,
        (
            Ground.PETITIONER_WAIVES,
            Ground.NO_SUCCESSOR,
            Ground.SETTLED,
            Ground.DISORDER,
            Ground.APPLICATION_WITHDRAWN,
            Ground.OTHER,
        ),
        "R-HEAR-23",
        paper="terminated",
        is_ending=True,
    ),
    ChangeKind.WAIVED_BY_ABSENCE: ChangeRule(
        HearingAct.WAIVE, (Ground.PETITIONER_ABSENT, Ground.PETITIONER_LEFT), "R-HEAR-24", is_ending=True
    ),
    ChangeKind.WITHDRAWN: ChangeRule(
        HearingAct.WITHDRAW, (Ground.APPLICATION_WITHDRAWN,), "R-HEAR-06", paper="terminated", is_ending=True
    ),
    ChangeKind.ENTERED_IN_ERROR: ChangeRule(HearingAct.MARK_AS_ERROR, (Ground.OTHER,), "R-HEAR-20", is_ending=True),
}
DURING_THE_SITTING = frozenset({Ground.PETITIONER_LEFT, Ground.DISORDER})


def check_change(kind: ChangeKind, ground: ChangeGround, facts: str, status: HearingStatus) -> ChangeRule:
    """Refuse a ground that does not carry this change, or one without its facts; gives the rule of the change."""
    rule = CHANGES[kind]
    if ground not in rule.grounds:
        allowed = "、".join(LABELS[one] for one in rule.grounds)
        raise RuleViolation(
            f"“{LABELS[ground]}”不是{LABELS[kind]}的理由。可以是：{allowed}。请重新选。", rule=rule.rule
        )
    if not facts.strip():
        raise RuleViolation(f"请写明{LABELS[kind]}的具体情况，要告诉各方。", rule=rule.rule)
    if ground in DURING_THE_SITTING and status is not HearingStatus.IN_PROGRESS:
        raise RuleViolation(f"“{LABELS[ground]}”只在听证进行中才有。请核对。", rule=rule.rule)
    return rule


def check_absence_may_count(*, has_begun: bool, was_served: bool, has_come: bool) -> None:
    """Refuse to call a side absent before the hour has come, that no notice reached, or that is there (R-HEAR-24)."""
    if not has_begun:
        raise RuleViolation("听证的时间还没有到，不能算缺席。", rule="R-HEAR-24")
    if not was_served:
        raise RuleViolation(
            "这一方还没有收到听证通知，不能算缺席。请先查送达，没有送到的要改期重新通知。", rule="R-HEAR-24"
        )
    if has_come:
        raise RuleViolation("今天的到场名单里这一方有人到场，不能算缺席。中途退场的，请先记退场。", rule="R-HEAR-24")
