"""Every kind of change against every ground; when somebody counts as absent (R-HEAR-21…24, INV-15)."""

import pytest

from app.errors import RuleViolation
from app.hearings.rules.changes import CHANGES, DURING_THE_SITTING, check_absence_may_count, check_change
from app.hearings.rules.states import TRANSITIONS
from app.hearings.rules.words import ChangeGround, ChangeKind, HearingStatus

G = ChangeGround
EXPECTED = {
    ChangeKind.MOVED: {G.ROOM_OR_PEOPLE, G.PARTY_PREVENTED, G.RECUSAL_RAISED, G.OTHER},
    ChangeKind.POSTPONED: {G.PARTY_PREVENTED, G.RECUSAL_RAISED, G.FACTS_TO_CHECK, G.UNIT_ABSENT, G.OTHER},
    ChangeKind.SUSPENDED: {G.NEW_WITNESS, G.APPRAISAL, G.FORCE_MAJEURE, G.UNKNOWN_SUCCESSOR, G.OTHER},
    ChangeKind.RESUMED: {G.CAUSE_ENDED},
    ChangeKind.TERMINATED: {
        G.PETITIONER_WAIVES,
        G.NO_SUCCESSOR,
        G.SETTLED,
        G.DISORDER,
        G.APPLICATION_WITHDRAWN,
        G.OTHER,
    },
    ChangeKind.WAIVED_BY_ABSENCE: {G.PETITIONER_ABSENT, G.PETITIONER_LEFT},
    ChangeKind.WITHDRAWN: {G.APPLICATION_WITHDRAWN},
    ChangeKind.ENTERED_IN_ERROR: {G.OTHER},
}
PAIRS = [(kind, ground) for kind in ChangeKind for ground in ChangeGround]


@pytest.mark.parametrize(("kind", "ground"), [pair for pair in PAIRS if pair[1] in EXPECTED[pair[0]]])
def test_change_on_a_ground_of_its_own_is_accepted(kind, ground) -> None:
    assert check_change(kind, ground, "情况属实", HearingStatus.IN_PROGRESS) is CHANGES[kind]


@pytest.mark.parametrize(("kind", "ground"), [pair for pair in PAIRS if pair[1] not in EXPECTED[pair[0]]])
def test_change_on_a_foreign_ground_is_refused(kind, ground) -> None:
    with pytest.raises(RuleViolation, match=r"不是.*的理由") as refusal:
        check_change(kind, ground, "情况属实", HearingStatus.IN_PROGRESS)
    assert refusal.value.rule == CHANGES[kind].rule


@pytest.mark.parametrize("kind", ChangeKind)
def test_change_without_its_facts_is_refused(kind) -> None:
    with pytest.raises(RuleViolation, match="请写明"):
        check_change(kind, CHANGES[kind].grounds[0], "  ", HearingStatus.IN_PROGRESS)


@pytest.mark.parametrize("ground", sorted(DURING_THE_SITTING))
def test_change_on_a_ground_of_the_sitting_when_nobody_sits_is_refused(ground) -> None:
    kind = next(kind for kind, rule in CHANGES.items() if ground in rule.grounds)
    with pytest.raises(RuleViolation, match="只在听证进行中"):
        check_change(kind, ground, "当场离开", HearingStatus.NOTICED)


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_change_is_open_in_some_state(kind) -> None:
    assert any(CHANGES[kind].act in acts for acts in TRANSITIONS.values())


@pytest.mark.parametrize(
    ("has_begun", "was_served", "text"), [(False, True, "还没有到"), (True, False, "没有收到听证通知")]
)
def test_absence_before_the_hour_or_without_service_does_not_count(has_begun, was_served, text) -> None:
    with pytest.raises(RuleViolation, match=text) as refusal:
        check_absence_may_count(has_begun=has_begun, was_served=was_served, has_come=False)
    assert refusal.value.rule == "R-HEAR-24"


def test_absence_of_somebody_who_was_told_counts_from_the_hour_on() -> None:
    check_absence_may_count(has_begun=True, was_served=True, has_come=False)
