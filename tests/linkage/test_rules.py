"""The states of a referral and the overall result as tables."""

import pytest

from app.errors import RuleViolation
from app.linkage.rules import (
    LABELS,
    OPEN,
    TRANSITIONS,
    LinkageAct,
    LinkageKind,
    LinkageResult,
    LinkageStatus,
    PartyResult,
    check_may_close,
    check_may_return,
    next_status,
    overall_result,
    usual_kind,
)
from app.matters.rules import MatterStatus

SIGNED, FAILED, REFUSED, PENDING = PartyResult.SIGNED, PartyResult.FAILED, PartyResult.REFUSED, PartyResult.PENDING


def test_r_link_06_transitions_when_read_cover_every_state_and_end_where_nothing_is_open() -> None:
    assert set(TRANSITIONS) == set(LinkageStatus)
    assert {status for status, acts in TRANSITIONS.items() if acts} == OPEN
    assert all(LABELS[status] for status in LinkageStatus)


@pytest.mark.parametrize(
    ("status", "act"),
    [
        (LinkageStatus.REFERRED, LinkageAct.FEED_BACK),
        (LinkageStatus.ACCEPTED, LinkageAct.CLOSE),
        (LinkageStatus.ACCEPTED, LinkageAct.RETURN),
        (LinkageStatus.FED_BACK, LinkageAct.ACCEPT),
        (LinkageStatus.PETITION_CLOSED, LinkageAct.RETURN),
    ],
)
def test_r_link_06_act_when_state_does_not_allow_it_is_refused(status: LinkageStatus, act: LinkageAct) -> None:
    with pytest.raises(RuleViolation) as refusal:
        next_status(status, act)
    assert refusal.value.rule == "R-LINK-06"


@pytest.mark.parametrize(
    ("results", "overall"),
    [
        ([SIGNED], LinkageResult.AGREED),
        ([SIGNED, SIGNED], LinkageResult.AGREED),
        ([SIGNED, FAILED], LinkageResult.PARTLY_AGREED),
        ([SIGNED, REFUSED], LinkageResult.PARTLY_AGREED),
        ([FAILED, REFUSED], LinkageResult.FAILED),
        ([REFUSED, REFUSED], LinkageResult.REFUSED),
    ],
)
def test_r_link_11_result_when_parties_differ_is_told_as_a_whole(
    results: list[PartyResult], overall: LinkageResult
) -> None:
    assert overall_result(results) is overall


@pytest.mark.parametrize("results", [[], [SIGNED, PENDING]])
def test_r_link_11_result_when_a_party_is_pending_is_refused(results: list[PartyResult]) -> None:
    with pytest.raises(RuleViolation) as refusal:
        overall_result(results)
    assert refusal.value.rule == "R-LINK-11"


def test_r_link_10_only_what_was_settled_in_full_may_be_closed_and_only_the_rest_returned() -> None:
    check_may_close(LinkageResult.AGREED)
    check_may_return(LinkageResult.PARTLY_AGREED)
    for result in (LinkageResult.PARTLY_AGREED, LinkageResult.FAILED, None):
        with pytest.raises(RuleViolation):
            check_may_close(result)
    with pytest.raises(RuleViolation):
        check_may_return(LinkageResult.AGREED)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (MatterStatus.REGISTERED, LinkageKind.HANDED_OVER),
        (MatterStatus.TRANSFERRED, LinkageKind.ENTRUSTED),
        (MatterStatus.HANDLING, LinkageKind.ENTRUSTED),
    ],
)
def test_r_link_03_kind_when_a_unit_keeps_the_matter_is_entrusted(status: MatterStatus, kind: LinkageKind) -> None:
    assert usual_kind(status) is kind
