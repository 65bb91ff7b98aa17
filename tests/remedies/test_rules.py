"""The rules of the remedies as tables, without a database."""

from collections.abc import Callable
from datetime import date

import pytest

from app.errors import DomainError, RuleViolation
from app.matters.rules import MatterStatus
from app.matters.rules.states import TRANSITIONS as MATTER_TRANSITIONS
from app.remedies.rules import (
    LABELS,
    CaseAct,
    CaseStatus,
    DecisionKind,
    DeclineGround,
    GraveGround,
    HelpKind,
    Outcome,
    Procedure,
    RemedyStage,
    RemedyStatus,
    SuspensionGround,
)
from app.remedies.rules.publishing import check_publishable, find_personal_data
from app.remedies.rules.reconsidering import (
    check_answer_is_in,
    check_cites_minutes,
    check_head_of_body,
    check_hearing_done,
    check_may_be_heard,
    suspension_basis,
)
from app.remedies.rules.reviewing import STAGES, check_in_time, check_organ, check_outcome
from app.remedies.rules.states import ACT_WORDS, ON_THE_MERITS, OPEN, TRANSITIONS, may_act, next_status

DAY = date(2025, 4, 2)


def test_words_when_shown_all_have_a_chinese_name() -> None:
    for words in (
        RemedyStage,
        RemedyStatus,
        Outcome,
        HelpKind,
        CaseStatus,
        Procedure,
        GraveGround,
        DeclineGround,
        SuspensionGround,
        DecisionKind,
    ):
        assert all(LABELS[word] for word in words)
    assert set(ACT_WORDS) == set(CaseAct)


def test_case_states_when_walked_are_all_reached_and_ends_allow_nothing() -> None:
    reached = {after for acts in TRANSITIONS.values() for after in acts.values()}
    assert set(TRANSITIONS) == set(CaseStatus)
    assert reached | {CaseStatus.RECEIVED} == set(CaseStatus)
    assert {status for status in CaseStatus if not TRANSITIONS[status]} == set(CaseStatus) - OPEN
    assert {CaseStatus.SUSPENDED} <= OPEN
    assert not ON_THE_MERITS & OPEN


@pytest.mark.parametrize(
    ("status", "act"),
    [
        (CaseStatus.RECEIVED, CaseAct.DECIDE),
        (CaseStatus.CORRECTION_ASKED, CaseAct.ACCEPT),
        (CaseStatus.UNDER_REVIEW, CaseAct.DECLINE),
        (CaseStatus.SUSPENDED, CaseAct.DECIDE),
        (CaseStatus.DECIDED, CaseAct.WITHDRAW),
    ],
)
def test_case_act_when_the_state_does_not_allow_it_is_refused(status: CaseStatus, act: CaseAct) -> None:
    assert not may_act(status, act)
    with pytest.raises(RuleViolation) as refusal:
        next_status(status, act)
    assert refusal.value.rule == "R-RECON-12"


def test_matter_states_when_walked_from_opinion_to_recheck_are_in_order() -> None:
    status = MatterStatus.OPINION_ISSUED
    for stage in RemedyStage:
        status = MATTER_TRANSITIONS[status][STAGES[stage].request]
        status = MATTER_TRANSITIONS[status][STAGES[stage].decide]
    assert status is MatterStatus.RECHECK_DECIDED


@pytest.mark.parametrize(
    ("stage", "due_on", "requested_on", "rule"),
    [
        (RemedyStage.REVIEW, None, DAY, "R-PET-20"),
        (RemedyStage.RECHECK, None, DAY, "R-PET-21"),
        (RemedyStage.REVIEW, DAY, date(2025, 4, 3), "R-PET-25"),
        (RemedyStage.REVIEW, DAY, DAY, ""),
    ],
)
def test_r_pet_20_21_25_request_when_out_of_time_is_refused(
    stage: RemedyStage, due_on: date | None, requested_on: date, rule: str
) -> None:
    assert rule_of(lambda: check_in_time(stage, due_on, requested_on)) == rule


@pytest.mark.parametrize(
    ("organ_id", "path", "review_organ", "rule"),
    [(7, (1, 7), 0, "R-PET-21"), (9, (1, 7, 9), 0, "R-PET-21"), (5, (1, 5), 5, "R-PET-21"), (3, (3,), 5, "")],
)
def test_r_pet_21_organ_when_it_decided_before_is_refused(
    organ_id: int, path: tuple[int, ...], review_organ: int, rule: str
) -> None:
    found = rule_of(
        lambda: check_organ(
            RemedyStage.RECHECK, organ_id=organ_id, organ_path=path, handling_unit_id=7, review_organ_id=review_organ
        )
    )
    assert found == rule


def test_r_pet_16_amount_when_the_claim_is_not_supported_is_refused() -> None:
    assert rule_of(lambda: check_outcome(Outcome.EXPLAINED, 100)) == "R-PET-16"
    assert rule_of(lambda: check_outcome(Outcome.SUPPORTED, 100)) == ""
    assert rule_of(lambda: check_outcome(Outcome.NOT_SUPPORTED, None)) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("郑某某反映，应补发过渡费23400元，见〔2025〕2号意见书", []),
        ("郑桂兰反映", ["郑桂兰"]),
        ("郑　桂兰反映", ["郑桂兰"]),
        ("身份证９９０１０１１９５５０３０８１２３０", ["990101195503081230"]),
        ("手机 138 0001 2345", ["13800012345"]),
        ("电话0990-5550123转", ["0990-5550123"]),
        ("卡号6222021234567890123", ["6222021234567890123"]),
        ("住某小区3单元501室", ["3单元", "501室"]),
    ],
)
def test_inv_34_personal_data_when_hidden_by_space_or_width_is_found(text: str, found: list[str]) -> None:
    assert find_personal_data(text, names=["郑桂兰"], values=[]) == found


def test_inv_34_text_when_it_holds_an_address_on_file_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_publishable("她家在锦江路老院", names=[], values=["锦江路老院"])
    assert refusal.value.rule == "INV-34"


@pytest.mark.parametrize(
    ("ground", "basis"),
    [
        (SuspensionGround.MEDIATION, "《行政复议法》第三十九条"),
        (SuspensionGround.APPRAISAL, "《行政复议法实施条例》第三十七条"),
        (SuspensionGround.INSPECTION, "《行政复议法实施条例》第三十四条"),
    ],
)
def test_r_recon_14_suspension_when_made_cites_its_own_article(ground: SuspensionGround, basis: str) -> None:
    assert suspension_basis(ground) == basis


def test_r_recon_rules_when_conditions_are_missing_refuse() -> None:
    assert rule_of(lambda: check_may_be_heard(None, DAY)) == "R-RECON-10"
    assert rule_of(lambda: check_may_be_heard(DAY, date(2025, 4, 1))) == "R-RECON-10"
    assert rule_of(lambda: check_may_be_heard(DAY, DAY)) == ""
    assert rule_of(lambda: check_answer_is_in(None, None, DAY)) == "R-RECON-12"
    assert rule_of(lambda: check_answer_is_in(None, date(2025, 4, 1), DAY)) == ""
    assert rule_of(lambda: check_hearing_done(GraveGround.OTHER, has_hearing=False)) == "R-RECON-01"
    assert rule_of(lambda: check_hearing_done(None, has_hearing=False)) == ""
    assert rule_of(lambda: check_cites_minutes("依据笔录1号", "1号")) == ""
    assert rule_of(lambda: check_cites_minutes("依据笔录", "1号")) == "R-RECON-07"
    assert rule_of(lambda: check_head_of_body(is_leader=True, organisation_id=1, organ_id=2)) == "R-RECON-12"
    assert rule_of(lambda: check_head_of_body(is_leader=True, organisation_id=2, organ_id=2)) == ""


def rule_of(act: Callable[[], object]) -> str:
    """The rule that refuses, '' when nothing does."""
    try:
        act()
    except DomainError as refusal:
        return refusal.rule
    return ""
