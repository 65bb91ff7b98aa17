"""Whether a matter may be heard, was asked for rightly, and may be refused: tables without a database."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import RuleViolation
from app.hearings.rules.applications import (
    STAGES,
    Asked,
    FormerHearing,
    RefusalGround,
    Standing,
    check_asked,
    check_decision,
    check_may_be_heard,
    check_mode,
    check_reply,
    check_sides,
    reply_day,
)
from app.hearings.rules.procedures import procedure_of
from app.hearings.rules.words import HearingMode, Initiative, ProcedureKind, ServedStage
from app.law.holiday_notices import seeded_calendar
from app.law.periods import working_days
from app.law.profile import Profile
from app.matters.rules import MatterKind, MatterStatus, OpenProcedure

PETITION = procedure_of(ProcedureKind.PETITION, Profile())
RECONSIDERATION = procedure_of(ProcedureKind.RECONSIDERATION, Profile())
CLAIM = Standing(MatterKind.CLAIM_FOR_DECISION, MatterStatus.HANDLING)
UNDER_RECONSIDERATION = replace(CLAIM, status=MatterStatus.IN_RECONSIDERATION)
ASKED = Asked(date(2025, 5, 20), date(2025, 2, 10), "事实还没有查清")
TODAY = date(2025, 5, 26)


@pytest.mark.parametrize(
    ("standing", "rule"),
    [
        (replace(CLAIM, kind=MatterKind.ACCUSATION), "INV-02"),
        (replace(CLAIM, kind=MatterKind.SUGGESTION), "INV-04"),
        *((replace(CLAIM, open_procedure=procedure), "INV-03") for procedure in OpenProcedure),
        (UNDER_RECONSIDERATION, "INV-03"),
        (replace(CLAIM, status=MatterStatus.CLOSED), "R-HEAR-02"),
        (replace(CLAIM, status=MatterStatus.RECHECK_DECIDED), "R-HEAR-02"),
        (replace(CLAIM, open_number="滨澜信听字〔2025〕1号"), "R-HEAR-03"),
    ],
)
def test_inv_02_03_04_petition_hearing_when_matter_is_unfit_is_refused(standing, rule) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_may_be_heard(PETITION, standing)
    assert refusal.value.rule == rule


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        (MatterStatus.HANDLING, ServedStage.HANDLING),
        (MatterStatus.OPINION_ISSUED, ServedStage.HANDLING),
        (MatterStatus.REVIEW_REQUESTED, ServedStage.REVIEW),
        (MatterStatus.RECHECK_REQUESTED, ServedStage.RECHECK),
    ],
)
def test_r_hear_02_petition_hearing_when_matter_is_at_a_stage_serves_it(status, stage) -> None:
    check_may_be_heard(PETITION, replace(CLAIM, status=status))
    assert STAGES[status] is stage


def test_r_recon_10_reconsideration_hearing_when_answer_is_missing_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_may_be_heard(RECONSIDERATION, replace(UNDER_RECONSIDERATION, is_answer_in=False))
    assert refusal.value.rule == "R-RECON-10"
    check_may_be_heard(RECONSIDERATION, UNDER_RECONSIDERATION)


def test_reconsideration_hearing_when_matter_is_a_petition_is_refused() -> None:
    with pytest.raises(RuleViolation):
        check_may_be_heard(RECONSIDERATION, CLAIM)


@pytest.mark.parametrize(
    ("asked", "former", "rule"),
    [
        (replace(ASKED, received_on=date(2025, 2, 9)), None, "R-HEAR-04"),
        (replace(ASKED, received_on=date(2025, 5, 27)), None, "R-HEAR-04"),
        (replace(ASKED, reasons=" "), None, "R-HEAR-04"),
        (replace(ASKED, right_until=date(2025, 5, 19)), None, "R-TIME-13"),
        (ASKED, FormerHearing(date(2025, 4, 1)), "R-HEAR-03"),
        (ASKED, FormerHearing(date(2025, 4, 1), was_withdrawn=True), "R-HEAR-06"),
    ],
)
def test_r_hear_03_04_06_application_when_wrong_is_refused(asked, former, rule) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_asked(asked, former, today=TODAY)
    assert refusal.value.rule == rule


@pytest.mark.parametrize(
    ("asked", "former"),
    [
        (ASKED, None),
        (replace(ASKED, right_until=date(2025, 5, 20)), None),
        (replace(ASKED, right_until=date(2025, 5, 19), excuse="住院"), None),
        (replace(ASKED, new_evidence="2010 年的测绘图"), FormerHearing(date(2025, 4, 1))),
    ],
)
def test_r_hear_04_application_when_right_passes(asked, former) -> None:
    check_asked(asked, former, today=TODAY)


@pytest.mark.parametrize(
    ("applicants", "respondents", "rule"), [(0, 1, "R-HEAR-14"), (1, 0, "R-HEAR-14"), (6, 1, "INV-01")]
)
def test_r_hear_14_sides_when_one_is_missing_or_too_large_are_refused(applicants, respondents, rule) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_sides(applicants, respondents, PETITION)
    assert refusal.value.rule == rule
    check_sides(5, 1, PETITION)


def decide(procedure=PETITION, initiative=Initiative.APPLICATION, **values) -> None:
    given = {"is_held": True, "reason": "争议较大", "ground": None, "is_mandatory_on_request": False, **values}
    check_decision(procedure, initiative, **given)


@pytest.mark.parametrize("is_held", [True, False])
def test_r_hear_07_decision_when_without_reason_is_refused(is_held) -> None:
    with pytest.raises(RuleViolation) as refusal:
        decide(is_held=is_held, reason=" ")
    assert refusal.value.rule == "R-HEAR-07"


@pytest.mark.parametrize("ground", [None, RefusalGround.NOT_NEEDED])
def test_r_hear_01_refusal_when_profile_makes_it_a_duty_needs_a_listed_ground(ground) -> None:
    with pytest.raises(RuleViolation) as refusal:
        decide(is_held=False, ground=ground, is_mandatory_on_request=True)
    assert refusal.value.rule == "R-HEAR-01"
    decide(is_held=False, ground=RefusalGround.PLAIN, is_mandatory_on_request=True)
    decide(is_held=False, ground=ground)


def test_r_recon_01_refusal_when_case_is_grave_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        decide(RECONSIDERATION, Initiative.MANDATORY, is_held=False, ground=RefusalGround.PLAIN)
    assert refusal.value.rule == "R-RECON-01"
    decide(RECONSIDERATION, Initiative.ORGAN, is_held=False, ground=RefusalGround.NOT_NEEDED)


def test_r_hear_10_closed_hearing_when_without_reason_is_refused() -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_mode(HearingMode.CLOSED, "")
    assert refusal.value.rule == "R-HEAR-10"
    check_mode(HearingMode.CLOSED, "涉及个人隐私")
    check_mode(HearingMode.PUBLIC, "")


def test_reply_day_when_holiday_lies_between_counts_working_days() -> None:
    assert reply_day(date(2025, 5, 28), working_days(5), seeded_calendar(range(2025, 2026))) == date(2025, 6, 5)


@pytest.mark.parametrize(
    ("answered_on", "today"),
    [
        (date(2025, 5, 27), date(2025, 6, 4)),
        (date(2025, 6, 5), date(2025, 6, 4)),
        (None, date(2025, 6, 5)),
    ],
)
def test_r_hear_04_answer_when_out_of_its_time_is_refused(answered_on, today) -> None:
    with pytest.raises(RuleViolation):
        check_reply(proposed_on=date(2025, 5, 28), reply_by=date(2025, 6, 5), answered_on=answered_on, today=today)


def test_r_hear_04_silence_when_period_is_over_may_be_noted() -> None:
    check_reply(proposed_on=date(2025, 5, 28), reply_by=date(2025, 6, 5), answered_on=None, today=date(2025, 6, 6))
