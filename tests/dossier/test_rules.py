"""What the index demands of a case, what is lacking, how long the dossier is kept."""

import pytest

from app.dossier.rules import (
    HEADINGS,
    ORDER,
    CaseFacts,
    DossierStatus,
    Found,
    Outcome,
    Position,
    Retention,
    VolumeKind,
    check_complete,
    check_is_archived,
    check_is_compiling,
    is_required,
    position_of_paper,
    propose_retention,
    states_of,
    volume_words,
)
from app.errors import RuleViolation

P = Position
ALWAYS = {P.APPLICATION, P.RIGHTS, P.IDENTITY, P.RECORD, P.RESULT}
WRITTEN = CaseFacts(Outcome.WRITTEN)
SCAN = Found(scans=1)


def whole(result: Found) -> dict[Position, Found]:
    """Everything that is always demanded."""
    return {P.APPLICATION: SCAN, P.RIGHTS: SCAN, P.IDENTITY: SCAN, P.RECORD: SCAN, P.RESULT: result}


@pytest.mark.parametrize(
    ("case", "required"),
    [
        (WRITTEN, ALWAYS),
        (CaseFacts(Outcome.ENDED), ALWAYS),
        (CaseFacts(Outcome.WRITTEN, is_referred=True), ALWAYS | {P.REFERRAL}),
        (CaseFacts(Outcome.ORAL, has_proxies=True), ALWAYS | {P.AUTHORITY}),
        (CaseFacts(Outcome.WRITTEN, is_court_decided=True), ALWAYS | {P.CONFIRMATION}),
    ],
)
def test_r_doc_4a_index_demands_by_case(case: CaseFacts, required: set[Position]) -> None:
    assert {position for position in ORDER if is_required(position, case)} == required


@pytest.mark.parametrize(
    ("outcome", "type_name", "words"),
    [
        (Outcome.WRITTEN, "mediation_agreement", "调解协议书"),
        (Outcome.ORAL, "oral_agreement_form", "口头协议登记表"),
        (Outcome.ENDED, "mediation_end_notice", "终止调解通知书"),
    ],
)
def test_inv_31_result_is_the_paper_of_the_outcome(outcome: Outcome, type_name: str, words: str) -> None:
    check_complete(CaseFacts(outcome), whole(Found(types=frozenset({type_name}))))
    with pytest.raises(RuleViolation, match=words) as refused:
        check_complete(CaseFacts(outcome), whole(Found(types=frozenset({"linkage_feedback_letter"}))))
    assert refused.value.rule == "INV-31"


def test_inv_31_open_case_has_no_result_whatever_is_scanned() -> None:
    with pytest.raises(RuleViolation, match="调解的结果"):
        check_complete(CaseFacts(Outcome.OPEN), whole(SCAN))


@pytest.mark.parametrize("left_out", sorted(ALWAYS))
def test_inv_31_refusal_names_what_is_missing(left_out: Position) -> None:
    found = whole(SCAN)
    del found[left_out]
    states = states_of(WRITTEN, found)
    lacks = [lack for state in states for lack in state.lacks]
    assert [lack.position for lack in lacks] == [left_out]
    with pytest.raises(RuleViolation, match="还缺 1 样") as refused:
        check_complete(WRITTEN, found)
    assert lacks[0].text in refused.value.message
    assert lacks[0].rule.startswith(("R-DOC", "INV"))


def test_inv_31_unfinished_paper_is_named_beside_a_filled_position() -> None:
    found = {**whole(SCAN), P.RECORD: Found(scans=1, unfinished=("第2次调解记录",))}
    with pytest.raises(RuleViolation, match="《第2次调解记录》还没有签完"):
        check_complete(WRITTEN, found)


def test_r_doc_m10_court_ruling_comes_as_a_scan() -> None:
    case = CaseFacts(Outcome.WRITTEN, is_court_decided=True)
    application = Found(types=frozenset({"confirmation_application"}))
    with pytest.raises(RuleViolation, match="裁定书"):
        check_complete(case, {**whole(SCAN), P.CONFIRMATION: application})
    check_complete(case, {**whole(SCAN), P.CONFIRMATION: Found(application.types, scans=1)})


def test_optional_position_is_neither_lacking_nor_filled_when_empty() -> None:
    state = next(state for state in states_of(WRITTEN, whole(SCAN)) if state.position is P.EVIDENCE)
    assert (state.is_required, state.is_filled, state.lacks) == (False, False, ())


def test_every_position_has_a_heading_and_papers_of_mediation_have_a_position() -> None:
    assert set(HEADINGS) == set(ORDER)
    assert position_of_paper("mediation_record") is P.RECORD
    assert position_of_paper("hearing_minutes") is None


@pytest.mark.parametrize(
    ("facts", "retention"),
    [
        ((False, False, False), Retention.THIRTY_YEARS),
        ((True, False, False), Retention.TEN_YEARS),
        ((True, False, True), Retention.PERMANENT),
        ((False, True, False), Retention.PERMANENT),
    ],
)
def test_r_arch_02_retention_proposed(facts: tuple[bool, bool, bool], retention: Retention) -> None:
    oral, group, confirmed = facts
    assert propose_retention(is_oral_and_performed=oral, is_group=group, is_confirmed=confirmed) is retention


def test_r_arch_05_archived_is_closed_and_open_has_no_addendum() -> None:
    check_is_compiling(DossierStatus.COMPILING)
    check_is_archived(DossierStatus.ARCHIVED)
    with pytest.raises(RuleViolation, match="不能再动"):
        check_is_compiling(DossierStatus.ARCHIVED)
    with pytest.raises(RuleViolation, match="还没有归档"):
        check_is_archived(DossierStatus.COMPILING)
    assert volume_words(VolumeKind.ADDENDUM, 2) == "补充卷 2"
