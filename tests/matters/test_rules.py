"""The rules of a matter as tables: states, parties, entering mediation, screening, handling, recusal."""

from collections.abc import Callable
from datetime import date

import pytest

from app.errors import NotPermitted, RuleViolation
from app.matters.rules import (
    ENDED,
    ConsentDecision,
    MatterKind,
    MatterResult,
    MatterStatus,
    OpenProcedure,
    PartySide,
    RecusalGround,
    RecusalStatus,
    Route,
)
from app.matters.rules.entering import SideAnswer, check_consents, check_may_enter_linkage
from app.matters.rules.handling import (
    check_handling_unit,
    check_new_acceptance,
    check_nothing_blocks,
    check_objection_in_time,
    check_result,
)
from app.matters.rules.parties import Ward, check_authority, check_guardians, check_proxies, check_representatives
from app.matters.rules.recusing import check_decision, check_ground, first_status, is_barring
from app.matters.rules.screening import (
    QUESTIONS,
    UNSURE,
    ConsentState,
    Page,
    ScreeningCase,
    check_answers,
    check_choice,
    propose_route,
)
from app.matters.rules.states import TRANSITIONS, MatterAct, check_open, may_act, next_status, status_after_linkage

CLAIM = MatterKind.CLAIM_FOR_DECISION
YES, NO, BACK = ConsentDecision.CONSENTED, ConsentDecision.REFUSED, ConsentDecision.WITHDRAWN
LONG = "当事人补充了新的材料，情况不同"


def refused(rule: str, act: Callable[[], object]) -> None:
    """`act` is refused with this rule id."""
    with pytest.raises(RuleViolation) as refusal:
        act()
    assert refusal.value.rule == rule


def test_transitions_when_matter_ended_allow_nothing() -> None:
    assert {status for status, acts in TRANSITIONS.items() if not acts} == ENDED
    assert set(TRANSITIONS) == set(MatterStatus)


def test_r_arch_05_matter_when_it_has_ended_takes_no_change() -> None:
    check_open(True)
    refused("R-ARCH-05", lambda: check_open(False))


def test_transitions_when_walked_reach_every_state_but_the_first() -> None:
    reached = {after for acts in TRANSITIONS.values() for after in acts.values()}
    assert reached == set(MatterStatus) - {MatterStatus.REGISTERED}


@pytest.mark.parametrize(
    ("status", "act", "after"),
    [
        (MatterStatus.REGISTERED, MatterAct.TRANSFER, MatterStatus.TRANSFERRED),
        (MatterStatus.TRANSFERRED, MatterAct.ACCEPT, MatterStatus.ACCEPTED),
        (MatterStatus.TRANSFERRED, MatterAct.UPHOLD_OBJECTION, MatterStatus.RETURNED_BY_OBJECTION),
        (MatterStatus.IN_LINKAGE, MatterAct.ACCEPT, MatterStatus.IN_LINKAGE),
        (MatterStatus.HANDLING, MatterAct.ISSUE_OPINION, MatterStatus.OPINION_ISSUED),
        (MatterStatus.OPINION_ISSUED, MatterAct.FINALISE, MatterStatus.FINALISED),
    ],
)
def test_next_status_when_allowed_gives_the_state(status: MatterStatus, act: MatterAct, after: MatterStatus) -> None:
    assert next_status(status, act) is after


@pytest.mark.parametrize(
    ("status", "act"),
    [
        (MatterStatus.CLOSED, MatterAct.ACCEPT),
        (MatterStatus.REGISTERED, MatterAct.ISSUE_OPINION),
        (MatterStatus.ACCEPTED, MatterAct.TRANSFER),
        (MatterStatus.IN_LINKAGE, MatterAct.REFER),
    ],
)
def test_next_status_when_not_allowed_is_refused(status: MatterStatus, act: MatterAct) -> None:
    assert not may_act(status, act)
    refused("R-PET-07", lambda: next_status(status, act))


@pytest.mark.parametrize(
    ("before", "is_accepted", "after"),
    [
        (MatterStatus.REGISTERED, False, MatterStatus.REGISTERED),
        (MatterStatus.REGISTERED, True, MatterStatus.ACCEPTED),
        (MatterStatus.TRANSFERRED, True, MatterStatus.ACCEPTED),
        (MatterStatus.HANDLING, True, MatterStatus.HANDLING),
        (MatterStatus.OPINION_ISSUED, True, MatterStatus.OPINION_ISSUED),
    ],
)
def test_r_link_09_return_when_mediation_failed_goes_on_where_it_stood(
    before: MatterStatus, is_accepted: bool, after: MatterStatus
) -> None:
    assert status_after_linkage(before, is_accepted=is_accepted) is after


@pytest.mark.parametrize(("count", "is_refused"), [(0, True), (1, False), (5, False), (6, True)])
def test_inv_01_representatives_when_outside_one_to_five_are_refused(count: int, is_refused: bool) -> None:
    def check() -> None:
        check_representatives(is_collective=True, head_count=60, petitioners=10, representatives=count)

    refused("INV-01", check) if is_refused else check()


def test_inv_01_head_count_when_below_those_entered_is_refused() -> None:
    refused(
        "INV-01",
        lambda: check_representatives(is_collective=False, head_count=1, petitioners=2, representatives=0),
    )


@pytest.mark.parametrize(
    ("birth", "has_guardian", "is_refused"),
    [
        (date(2007, 6, 10), False, True),
        (date(2007, 6, 9), False, False),
        (date(2020, 1, 1), True, False),
        (None, False, False),
    ],
)
def test_inv_37_minor_when_without_guardian_is_refused_until_the_birthday(
    birth: date | None, has_guardian: bool, is_refused: bool
) -> None:
    def check() -> None:
        check_guardians([Ward("小满", birth, has_guardian)], today=date(2025, 6, 9))

    refused("INV-37", check) if is_refused else check()


@pytest.mark.parametrize(("count", "is_refused"), [(1, False), (2, False), (3, True)])
def test_inv_16_proxies_when_more_than_two_are_refused(count: int, is_refused: bool) -> None:
    refused("INV-16", lambda: check_proxies(count)) if is_refused else check_proxies(count)


@pytest.mark.parametrize(
    ("filed", "until", "powers", "is_special"),
    [
        (date(2025, 6, 10), None, "", False),
        (date(2025, 6, 9), date(2025, 6, 8), "", False),
        (date(2025, 6, 9), None, " ", True),
    ],
)
def test_inv_16_authority_when_not_valid_is_refused(
    filed: date, until: date | None, powers: str, is_special: bool
) -> None:
    refused(
        "INV-16",
        lambda: check_authority(
            filed_on=filed, valid_until=until, powers=powers, is_special=is_special, today=date(2025, 6, 9)
        ),
    )


@pytest.mark.parametrize(
    ("kind", "procedure", "rule"),
    [
        (MatterKind.ACCUSATION, None, "INV-02"),
        (CLAIM, OpenProcedure.COURT, "INV-03"),
        (CLAIM, OpenProcedure.RECONSIDERATION, "INV-03"),
        (MatterKind.SUGGESTION, None, "INV-04"),
    ],
)
def test_inv_02_03_04_linkage_when_barred_is_refused(
    kind: MatterKind, procedure: OpenProcedure | None, rule: str
) -> None:
    refused(rule, lambda: check_may_enter_linkage(kind, procedure))


def test_linkage_when_ordinary_claim_is_open() -> None:
    check_may_enter_linkage(CLAIM, None)


def sides(*answers: tuple[PartySide, ConsentDecision | None]) -> list[SideAnswer]:
    """Parties with their answers."""
    return [SideAnswer(f"当事人{place}", side, decision) for place, (side, decision) in enumerate(answers)]


P, R, T = PartySide.PETITIONER, PartySide.RESPONDENT, PartySide.THIRD_PARTY


@pytest.mark.parametrize(
    ("answers", "is_collective", "is_refused"),
    [
        ([(P, YES), (R, YES)], False, False),
        ([(P, YES)], False, True),
        ([(P, YES), (R, None)], False, True),
        ([(P, YES), (R, NO)], False, True),
        ([(P, BACK), (R, YES)], False, True),
        ([(P, YES), (P, NO), (R, YES)], False, True),
        ([(P, YES), (P, NO), (R, YES)], True, False),
        ([(P, NO), (P, NO), (R, YES)], True, True),
        ([(P, YES), (P, NO), (R, NO)], True, True),
        ([(P, YES), (R, YES), (T, None)], False, True),
    ],
)
def test_inv_05_mediation_when_a_side_did_not_agree_is_refused(
    answers: list[tuple[PartySide, ConsentDecision | None]], is_collective: bool, is_refused: bool
) -> None:
    def check() -> None:
        check_consents(sides(*answers), is_collective=is_collective)

    refused("INV-05", check) if is_refused else check()


def test_inv_05_refusal_when_one_side_said_no_names_it() -> None:
    with pytest.raises(RuleViolation, match="当事人1 没有同意"):
        check_consents(sides((P, YES), (R, NO)), is_collective=False)


CIVIL = {
    "aim": "civil",
    "opponent": "equal",
    "weight": "plain",
    "procedure": "none",
    "special": "no",
    "same_facts": "no",
}


def case(kind: MatterKind = CLAIM, consent: ConsentState = ConsentState.ALL_AGREED, **answers: str) -> ScreeningCase:
    """A civil claim with some answers changed; dispute_type is no answer."""
    dispute_type = answers.pop("dispute_type", "D02")
    return ScreeningCase(kind, {**CIVIL, **answers}, dispute_type, consent, "2 方中 2 方同意")


@pytest.mark.parametrize(
    ("screened", "route"),
    [
        (case(), Route.MEDIATION),
        (case(opponent="organ_civil"), Route.MEDIATION),
        (case(special=UNSURE, aim=UNSURE), Route.MEDIATION),
        (case(consent=ConsentState.NOT_ASKED), Route.MEDIATION),
        (case(kind=MatterKind.ACCUSATION), Route.DISCIPLINE_ORGAN),
        (case(kind=MatterKind.SUGGESTION), Route.COMPETENT_UNIT),
        (case(procedure="court"), Route.LITIGATION_ORGAN),
        (case(procedure="judgment"), Route.LITIGATION_ORGAN),
        (case(procedure="police"), Route.LITIGATION_ORGAN),
        (case(procedure="reconsideration"), Route.RECONSIDERATION),
        (case(procedure="arbitration"), Route.ARBITRATION),
        (case(aim="official_act"), Route.RECONSIDERATION),
        (case(opponent="organ"), Route.RECONSIDERATION),
        (case(aim="enforce"), Route.COMPETENT_UNIT),
        (case(aim="party_appeal"), Route.COMPETENT_UNIT),
        (case(special="yes"), Route.HANDLING),
        (case(special="yes", weight="grave"), Route.HEARING),
        (case(opponent="nobody"), Route.HANDLING),
        (case(consent=ConsentState.REFUSED), Route.HANDLING),
        (case(consent=ConsentState.REFUSED, dispute_type="D11"), Route.ARBITRATION),
    ],
)
def test_r_pet_15_proposal_when_answers_given_names_the_route(screened: ScreeningCase, route: Route) -> None:
    proposal = propose_route(screened)
    assert proposal.route is route
    assert all(reason.article and reason.rule for reason in proposal.reasons)


def test_proposal_when_nothing_was_answered_still_says_something() -> None:
    assert propose_route(ScreeningCase(CLAIM, {})).route is Route.HANDLING


def test_proposal_when_consent_is_missing_is_not_ready() -> None:
    assert not propose_route(case(consent=ConsentState.NOT_ASKED)).is_ready
    assert propose_route(case(special=UNSURE)).is_ready


def test_questions_when_shown_always_offer_unsure() -> None:
    assert all(UNSURE in question.options for question in QUESTIONS)


def test_answers_when_one_is_left_out_name_the_field() -> None:
    assert set(check_answers(Page.FACTS, {"aim": "civil", "opponent": "nonsense"})) == {"opponent", "weight"}


@pytest.mark.parametrize("reason", ["", "不合适", "　 太 短 "])
def test_r_link_01_overruling_when_reason_is_short_is_refused(reason: str) -> None:
    screened = case()
    refused("R-LINK-01", lambda: check_choice(screened, propose_route(screened), Route.HANDLING, reason))


def test_overruling_when_reason_is_long_enough_is_accepted() -> None:
    screened = case()
    check_choice(screened, propose_route(screened), Route.HANDLING, LONG)
    check_choice(screened, propose_route(screened), Route.MEDIATION, "")


@pytest.mark.parametrize(
    ("screened", "route", "rule"),
    [
        (case(kind=MatterKind.ACCUSATION), Route.MEDIATION, "INV-02"),
        (case(kind=MatterKind.ACCUSATION), Route.HANDLING, "INV-02"),
        (case(procedure="court"), Route.MEDIATION, "INV-03"),
        (case(kind=MatterKind.SUGGESTION), Route.MEDIATION, "INV-04"),
        (case(consent=ConsentState.REFUSED), Route.MEDIATION, "INV-05"),
    ],
)
def test_overruling_when_the_law_bars_the_road_is_refused_with_any_reason(
    screened: ScreeningCase, route: Route, rule: str
) -> None:
    refused(rule, lambda: check_choice(screened, propose_route(screened), route, LONG))


def test_inv_36_objection_when_five_working_days_are_over_is_refused_unless_a_leader_overrides() -> None:
    due = date(2025, 2, 21)
    check_objection_in_time(due, date(2025, 2, 21))
    refused("INV-36", lambda: check_objection_in_time(due, date(2025, 2, 22)))
    refused("INV-36", lambda: check_objection_in_time(due, date(2025, 2, 22), override_reason=LONG))
    check_objection_in_time(due, date(2025, 2, 22), is_leader=True, override_reason=LONG)


def test_inv_08_acceptance_when_finalised_on_same_facts_is_refused_unless_a_leader_overrides() -> None:
    refused("INV-08", lambda: check_new_acceptance(repeats_finalised=True, has_new_facts=False))
    refused(
        "INV-08",
        lambda: check_new_acceptance(repeats_finalised=True, has_new_facts=False, override_reason=LONG),
    )
    check_new_acceptance(repeats_finalised=True, has_new_facts=True)
    check_new_acceptance(repeats_finalised=True, has_new_facts=False, is_leader=True, override_reason=LONG)


@pytest.mark.parametrize(("path", "is_refused"), [([1, 7], True), ([1, 9], False)])
def test_inv_02_accusation_when_given_to_the_accused_unit_is_refused(path: list[int], is_refused: bool) -> None:
    def check() -> None:
        check_handling_unit(is_accusation=True, unit_id=9, unit_path=path, complained_unit_id=7)

    refused("INV-02", check) if is_refused else check()


def test_r_pet_16_closing_when_accepted_claim_has_no_opinion_is_refused() -> None:
    refused(
        "R-PET-16",
        lambda: check_result(MatterResult.SUPPORTED, kind=CLAIM, is_accepted=True, has_opinion=False),
    )
    check_result(MatterResult.SETTLED_BY_MEDIATION, kind=CLAIM, is_accepted=True, has_opinion=False)
    check_result(MatterResult.ANSWERED, kind=MatterKind.SUGGESTION, is_accepted=True, has_opinion=False)


def test_closing_when_something_is_unsettled_names_it() -> None:
    with pytest.raises(RuleViolation, match="律师意见还没有答复"):
        check_nothing_blocks(["unanswered_opinion", "unanswered_opinion"])
    check_nothing_blocks([])


@pytest.mark.parametrize(
    ("is_own", "ground", "status"),
    [
        (True, RecusalGround.INTEREST, RecusalStatus.DECLARED),
        (False, RecusalGround.PARTY_OBJECTS, RecusalStatus.GRANTED),
        (False, RecusalGround.INTEREST, RecusalStatus.REQUESTED),
    ],
)
def test_inv_12_recusal_when_raised_bars_at_once(is_own: bool, ground: RecusalGround, status: RecusalStatus) -> None:
    assert first_status(is_own=is_own, ground=ground) is status
    assert is_barring(status)
    assert not is_barring(RecusalStatus.REFUSED)


def test_r_hear_18_decision_when_on_oneself_or_twice_is_refused() -> None:
    with pytest.raises(NotPermitted):
        check_decision(RecusalStatus.REQUESTED, decider_id=1, person_id=1)
    refused("R-HEAR-18", lambda: check_decision(RecusalStatus.GRANTED, decider_id=1, person_id=2))


def test_r_med_10_bare_objection_when_not_against_a_mediator_is_refused() -> None:
    refused("R-HEAR-17", lambda: check_ground(RecusalGround.PARTY_OBJECTS, is_mediator=False))
    check_ground(RecusalGround.PARTY_OBJECTS, is_mediator=True)
