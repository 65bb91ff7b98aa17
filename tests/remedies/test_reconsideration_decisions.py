"""What a reconsideration must have before it is decided or mediated, when it rests, and every refusal."""

from datetime import date

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.errors import NotPermitted
from app.matters import actions as matters
from app.matters.models import ClockState
from app.matters.rules import MatterStatus
from app.remedies import actions
from app.remedies.rules import CaseStatus, SuspensionGround
from app.web.transaction import transaction
from tests.matters.stage import at
from tests.remedies.helpers import MINUTES_NUMBER, World, accepted, dates, shown_of, strokes, with_answer, with_hearing
from tests.remedies.reconsidering import CITING, DECISION, OCT_25, OCT_28, REASON, SEP_4, SEP_10, draft, refused, sign


def test_r_recon_15_statement_when_a_side_goes_back_is_void_and_the_case_is_decided(world: World) -> None:
    officer = world.officer.as_actor()
    with transaction():
        case = with_hearing(world)
        draft(world, case)
    refused(
        "R-RECON-15",
        lambda: actions.decide_case(case, **DECISION, text=CITING, decided_on=OCT_28, by=officer, now=at(OCT_28)),
    )
    sign(world, case, "p1")
    paper = case.statement
    with transaction():
        actions.void_statement(case, "申请人反悔，不同意调解结果", by=officer, now=at(OCT_28))
    assert paper is not None
    assert (paper.void_at is not None, case.statement) == (True, None)
    with transaction():
        actions.decide_case(case, **DECISION, text=CITING, decided_on=OCT_28, by=officer, now=at(OCT_28))
    assert case.status is CaseStatus.DECIDED


def test_r_recon_15_signature_when_the_document_was_not_shown_is_refused(world: World) -> None:
    with transaction():
        case = with_hearing(world)
    with transaction():
        draft(world, case)
    assert case.statement is not None
    shown = shown_of(case.statement)
    officer = world.officer.as_actor()
    refused(
        "R-RECON-15",
        lambda: actions.sign_statement(case, "p1", strokes(), shown_sha256=shown, by=officer, now=at(OCT_25)),
    )


def test_r_recon_07_decision_when_it_does_not_cite_the_minutes_is_refused(world: World, db: SQLAlchemy) -> None:
    officer = world.officer.as_actor()
    with transaction():
        case = with_hearing(world)
    refused(
        "R-RECON-07",
        lambda: actions.decide_case(
            case, **DECISION, text="罚款数额明显不当。", decided_on=OCT_28, by=officer, now=at(OCT_28)
        ),
    )
    db.session.expire_all()
    assert (case.status, case.paper) == (CaseStatus.UNDER_REVIEW, None)
    with transaction():
        paper = actions.decide_case(case, **DECISION, text=CITING, decided_on=OCT_28, by=officer, now=at(OCT_28))
    assert (paper.number, paper.is_ready, case.matter.status) == (case.number, True, MatterStatus.CLOSED)
    assert dates(case.matter)["recon_decision"][1] is ClockState.MET


def test_r_recon_01_decision_when_a_grave_case_was_not_heard_is_refused_and_a_plain_one_is_not(world: World) -> None:
    officer = world.officer.as_actor()
    decision = {**DECISION, "text": "事实清楚。", "decided_on": OCT_28, "by": officer, "now": at(OCT_28)}
    with transaction():
        grave = with_answer(world)
        plain = with_answer(world, grave_ground=None)
    refused("R-RECON-01", lambda: actions.decide_case(grave, **decision))
    with transaction():
        actions.decide_case(plain, **decision)
    assert (plain.status, plain.number) == (CaseStatus.DECIDED, "滨澜复字〔2024〕2号")


def test_r_recon_10_hearing_when_the_answer_is_not_in_is_refused(world: World) -> None:
    with transaction():
        case = accepted(world)
    officer, day = world.officer.as_actor(), date(2024, 10, 12)
    refused("R-RECON-10", lambda: actions.note_hearing_held(case, MINUTES_NUMBER, day, by=officer, now=at(day)))


def test_r_recon_12_decision_when_the_respondent_may_still_answer_is_refused(world: World) -> None:
    officer = world.officer.as_actor()
    with transaction():
        case = accepted(world, grave_ground=None)
        actions.record_copy_sent(case, SEP_10, by=officer, now=at(SEP_10))
        actions.record_copy_received(case, SEP_10, by=officer, now=at(SEP_10))
    for day, is_refused in ((date(2024, 9, 25), True), (date(2024, 9, 26), False)):
        decision = {**DECISION, "text": "被申请人没有答复。", "decided_on": day, "by": officer, "now": at(day)}
        if is_refused:
            refused("R-RECON-12", lambda values=decision: actions.decide_case(case, **values))
        else:
            with transaction():
                actions.decide_case(case, **decision)
    assert case.status is CaseStatus.DECIDED


def test_r_recon_14_case_when_mediation_rests_it_for_20_days_is_decided_20_days_later(world: World) -> None:
    officer = world.officer.as_actor()
    with transaction():
        case = with_answer(world)
    since, until = date(2024, 9, 26), date(2024, 10, 16)
    refused(
        "R-LINK-01",
        lambda: actions.suspend_case(
            case, SuspensionGround.MEDIATION, note="同意", from_on=since, by=officer, now=at(since)
        ),
    )
    with transaction():
        actions.suspend_case(case, SuspensionGround.MEDIATION, note=REASON, from_on=since, by=officer, now=at(since))
    clock = matters.get_running_clock(case, "recon_decision")
    assert (case.status, clock.state) == (CaseStatus.SUSPENDED, ClockState.PAUSED)
    assert "第三十九条" in clock.pauses[0].basis
    refused("R-RECON-12", lambda: actions.record_copy_sent(case, since, by=officer, now=at(since)))
    with transaction():
        actions.resume_case(case, on=until, by=officer, now=at(until))
    assert (case.status, clock.legal_due_on) == (CaseStatus.UNDER_REVIEW, date(2024, 11, 25))


def test_r_recon_15_statement_when_the_case_rests_for_mediation_ends_the_rest(world: World) -> None:
    officer, since = world.officer.as_actor(), date(2024, 9, 26)
    with transaction():
        case = with_answer(world)
        actions.suspend_case(case, SuspensionGround.MEDIATION, note=REASON, from_on=since, by=officer, now=at(since))
    with transaction():
        draft(world, case)
    sign(world, case, "p1")
    sign(world, case, "p2")
    with transaction():
        actions.conclude_mediation_statement(case, by=officer, now=at(OCT_28))
    assert (case.status, case.suspensions[0].until_on) == (CaseStatus.MEDIATED, OCT_28)
    assert dates(case.matter)["recon_decision"][1] is ClockState.MET


def test_r_recon_12_extension_when_asked_by_the_heads_namesake_elsewhere_is_not_permitted(world: World) -> None:
    with transaction():
        case = accepted(world)
    with pytest.raises(NotPermitted), transaction():
        actions.extend_decision(
            case, 10, reason="复杂", told_on=SEP_4, by=world.stage.actor("unit_leader"), now=at(SEP_4)
        )
