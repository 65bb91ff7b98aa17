"""Reconsideration with the dates of scenario S03, rows 1–4, 10 and the alternative, and every refusal on the way."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.documents.models import RevisionKind
from app.errors import DomainError, NotFound, NotPermitted, RuleViolation
from app.matters import actions as matters
from app.matters.models import Clock, ClockState, Matter
from app.matters.queries import visible_to
from app.matters.rules import Capacity, MatterKind, MatterResult, MatterStatus, Route
from app.remedies import actions, queries
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseStatus, DecisionKind, DeclineGround, GraveGround, Procedure, SuspensionGround
from app.web.transaction import transaction
from tests.factories import make_matter
from tests.matters.stage import at, claim, register
from tests.remedies.helpers import (
    MINUTES_NUMBER,
    World,
    accepted,
    build_world,
    dates,
    received,
    routed,
    shown_of,
    strokes,
    with_answer,
    with_hearing,
)

AUG_28, SEP_4, SEP_10, OCT_25, OCT_28, OCT_30 = (
    date(2024, 8, 28),
    date(2024, 9, 4),
    date(2024, 9, 10),
    date(2024, 10, 25),
    date(2024, 10, 28),
    date(2024, 10, 30),
)
REASON = "双方都同意先调解，书面同意已经收下"
DECISION: dict[str, Any] = {"kind": DecisionKind.CHANGED, "operative": "变更罚款为30000元"}
CITING = f"根据听证笔录（{MINUTES_NUMBER}），罚款数额明显不当。"


@pytest.fixture
def world(db: SQLAlchemy) -> World:
    """The district of S03."""
    with transaction():
        return build_world()


def refused(rule: str, act: Any) -> None:
    """`act` is refused with this rule id and leaves nothing behind."""
    with pytest.raises(DomainError) as refusal, transaction():
        act()
    assert refusal.value.rule == rule


def test_s03_1_application_when_received_on_28_august_is_examined_until_4_september(
    world: World, db: SQLAlchemy
) -> None:
    with transaction():
        matter = routed(world)
    seen = sa.select(Matter.id).where(visible_to(world.officer.as_actor()))
    assert db.session.scalar(seen) is None
    with transaction():
        case = actions.receive_application(
            matter,
            organ=world.body,
            respondent=matter.parties[1],
            act="罚款决定",
            received_on=AUG_28,
            by=world.stage.actor("receptionist"),
            now=at(AUG_28),
        )
    assert dates(matter)["recon_examination"] == (SEP_4, ClockState.RUNNING)
    assert dates(matter)["petition_routing"][1] is ClockState.MET
    assert (case.number, case.status) == ("滨澜复字〔2024〕1号", CaseStatus.RECEIVED)
    assert matter.status is MatterStatus.IN_RECONSIDERATION
    assert matters.unsettled_kinds(matter) == ["open_reconsideration"]
    assert db.session.scalar(seen) == matter.id
    assert queries.find_reconsideration(matter) is case


def test_s03_2_case_when_accepted_on_4_september_is_decided_until_4_november(world: World) -> None:
    with transaction():
        case = accepted(world)
    clock = matters.get_running_clock(case, "recon_decision")
    assert (clock.nominal_on, clock.legal_due_on, clock.target_on) == (
        date(2024, 11, 3),
        date(2024, 11, 4),
        date(2024, 11, 1),
    )
    assert dates(case.matter)["recon_copy_to_respondent"] == (date(2024, 9, 13), ClockState.RUNNING)
    assert dates(case.matter)["recon_examination"] == (SEP_4, ClockState.MET)
    assert dates(case.matter)["recon_correction_notice"][1] is ClockState.CANCELLED
    assert Capacity.HANDLER in {row.capacity for row in case.matter.involvements}


def test_s03_3_4_answer_when_the_copy_came_on_10_september_is_due_on_25_september(world: World) -> None:
    with transaction():
        case = with_answer(world)
    found = dates(case.matter)
    assert found["recon_copy_to_respondent"][1] is ClockState.MET
    assert found["recon_answer"] == (date(2024, 9, 25), ClockState.MET)


def test_s03_summary_procedure_when_chosen_has_its_own_shorter_periods(world: World) -> None:
    with transaction():
        case = accepted(world, procedure=Procedure.SUMMARY, grave_ground=None)
        officer = world.officer.as_actor()
        actions.record_copy_sent(case, SEP_10, by=officer, now=at(SEP_10))
        actions.record_copy_received(case, SEP_10, by=officer, now=at(SEP_10))
    found = dates(case.matter)
    assert found["recon_copy_to_respondent"] == (date(2024, 9, 9), ClockState.MISSED)
    assert found["recon_answer"][0] == date(2024, 9, 18)
    assert found["recon_decision"][0] == date(2024, 10, 8)
    clock = matters.get_running_clock(case, "recon_decision")
    assert matters.dates_of(clock).period.length == 30
    refused(
        "R-CLOCK-02",
        lambda: actions.extend_decision(
            case, 10, reason="复杂", told_on=SEP_10, by=world.head.as_actor(), now=at(SEP_10)
        ),
    )


def draft(world: World, case: ReconsiderationCase) -> None:
    """S03 step 10: the statement is made."""
    actions.draft_mediation_statement(
        case,
        findings="情节轻微，已经改正。",
        terms=("罚款变更为30000元", "2024年11月29日前缴清"),
        by=world.officer.as_actor(),
        now=at(OCT_25),
    )


def sign(world: World, case: ReconsiderationCase, key: str) -> None:
    """One side shows its document and signs on the pad."""
    officer = world.officer.as_actor()
    assert case.statement is not None
    with transaction():
        actions.check_signer(case, key, "id_card", by=officer, now=at(OCT_25))
        shown = shown_of(case.statement)
        actions.sign_statement(case, key, strokes(), shown_sha256=shown, by=officer, now=at(OCT_25))


def test_s03_10_statement_when_both_signed_and_the_organ_sealed_takes_effect_on_28_october(
    world: World, db: SQLAlchemy
) -> None:
    officer = world.officer.as_actor()
    with transaction():
        case = with_hearing(world)
    with transaction():
        draft(world, case)
    refused("R-RECON-15", lambda: actions.conclude_mediation_statement(case, by=officer, now=at(OCT_28)))
    sign(world, case, "p1")
    refused("R-RECON-15", lambda: actions.conclude_mediation_statement(case, by=officer, now=at(OCT_28)))
    sign(world, case, "p2")
    assert (case.status, case.effective_on) == (CaseStatus.UNDER_REVIEW, None)
    with transaction():
        assert actions.conclude_mediation_statement(case, by=officer, now=at(OCT_28)) == OCT_28
    assert (case.status, case.effective_on, case.is_open) == (CaseStatus.MEDIATED, OCT_28, False)
    assert dates(case.matter)["recon_decision"] == (date(2024, 11, 4), ClockState.MET)
    assert (case.matter.status, case.matter.result) == (MatterStatus.CLOSED, MatterResult.RECONSIDERED)
    assert case.statement is not None
    db.session.refresh(case.statement)
    assert [row.kind for row in case.statement.revisions] == [RevisionKind.ISSUED, RevisionKind.SIGNED]
    assert case.statement.number == case.number


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


def test_s03_alt_decision_when_the_head_extends_by_30_days_is_due_on_3_december(world: World) -> None:
    with transaction():
        case = with_hearing(world)
    values: dict[str, Any] = {"reason": "案情复杂，需要补充调查", "told_on": OCT_30, "now": at(OCT_30)}
    refused("R-RECON-12", lambda: actions.extend_decision(case, 30, **values, by=world.officer.as_actor()))
    refused("R-RECON-12", lambda: actions.extend_decision(case, 30, **values, by=world.stage.actor("leader")))
    refused("R-CLOCK-02", lambda: actions.extend_decision(case, 31, **values, by=world.head.as_actor()))
    with transaction():
        actions.extend_decision(case, 30, **values, by=world.head.as_actor())
    assert dates(case.matter)["recon_decision"] == (date(2024, 12, 3), ClockState.RUNNING)
    refused("R-CLOCK-02", lambda: actions.extend_decision(case, 5, **values, by=world.head.as_actor()))


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


def test_r_recon_02_summary_procedure_when_the_case_is_grave_is_refused(world: World) -> None:
    with pytest.raises(RuleViolation) as refusal, transaction():
        accepted(world, procedure=Procedure.SUMMARY, grave_ground=GraveGround.NEW_TYPE)
    assert refusal.value.rule == "R-RECON-02"


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


def test_fy_31_correction_when_asked_rests_the_examination_until_the_papers_come(world: World) -> None:
    officer = world.officer.as_actor()
    asked, told, done = date(2024, 8, 30), date(2024, 9, 2), date(2024, 9, 5)
    with transaction():
        case = received(world)
    with transaction():
        actions.ask_for_correction(case, "补交处罚决定书复印件和送达日期", asked_on=asked, by=officer, now=at(asked))
        actions.record_correction_notice_received(case, told, by=officer, now=at(told))
    found = dates(case.matter)
    assert found["recon_examination"][1] is ClockState.PAUSED
    assert found["recon_correction_notice"][1] is ClockState.MET
    assert found["recon_correction"] == (date(2024, 9, 14), ClockState.RUNNING)
    refused("R-RECON-12", lambda: actions.record_given_up(case, by=officer, now=at(date(2024, 9, 14))))
    with transaction():
        actions.record_correction(case, done, by=officer, now=at(done))
    assert dates(case.matter)["recon_examination"] == (date(2024, 9, 10), ClockState.RUNNING)
    refused(
        "R-RECON-12",
        lambda: actions.ask_for_correction(case, "再补交一份委托书原件来", asked_on=done, by=officer, now=at(done)),
    )


def test_fy_31_correction_when_nothing_comes_in_ten_working_days_counts_as_given_up(world: World) -> None:
    officer, asked, late = world.officer.as_actor(), date(2024, 8, 30), date(2024, 9, 19)
    with transaction():
        case = received(world)
        actions.ask_for_correction(case, "补交处罚决定书复印件和送达日期", asked_on=asked, by=officer, now=at(asked))
    refused("R-RECON-12", lambda: actions.record_given_up(case, by=officer, now=at(late)))
    with transaction():
        actions.record_correction_notice_received(case, date(2024, 9, 2), by=officer, now=at(late))
    refused("R-RECON-12", lambda: actions.record_correction(case, late, by=officer, now=at(late)))
    with transaction():
        actions.record_given_up(case, by=officer, now=at(late))
    assert (case.status, case.matter.status) == (CaseStatus.GIVEN_UP, MatterStatus.REGISTERED)
    assert matters.unsettled_kinds(case.matter) == []


@pytest.mark.parametrize("act", ["accept", "decline"])
def test_fy_30_application_when_the_examination_is_over_counts_as_accepted_on_its_last_day(
    world: World, act: str
) -> None:
    officer, late = world.officer.as_actor(), date(2024, 9, 5)
    with transaction():
        case = received(world)
    if act == "accept":
        plain = {"procedure": Procedure.ORDINARY, "by": officer, "now": at(late)}
        refused("R-RECON-12", lambda: actions.accept_application(case, accepted_on=late, **plain))
        with transaction():
            actions.accept_application(case, accepted_on=SEP_4, **plain)
        assert dates(case.matter)["recon_decision"][0] == date(2024, 11, 4)
        return
    refusal = {"ground": DeclineGround.OUT_OF_TIME, "reason": "知道处罚决定已经超过六十日", "by": officer}
    refused("R-RECON-12", lambda: actions.decline_application(case, declined_on=late, **refusal, now=at(late)))


def test_application_when_declined_gives_the_matter_back_to_its_office(world: World) -> None:
    officer = world.officer.as_actor()
    with transaction():
        case = received(world)
    with transaction():
        actions.decline_application(
            case,
            ground=DeclineGround.OUT_OF_TIME,
            reason="知道处罚决定已经超过六十日",
            declined_on=SEP_4,
            by=officer,
            now=at(SEP_4),
        )
    assert (case.status, case.matter.status, case.matter.is_open) == (
        CaseStatus.DECLINED,
        MatterStatus.REGISTERED,
        True,
    )
    assert case.closed_on == SEP_4


def test_r_recon_15_application_when_withdrawn_is_taken_again_only_if_it_was_not_voluntary(world: World) -> None:
    officer = world.officer.as_actor()
    with transaction():
        case = with_answer(world)
        actions.withdraw_application(
            case, reason="双方和解，申请人撤回申请", is_settled=True, withdrawn_on=OCT_25, by=officer, now=at(OCT_25)
        )
    matter = case.matter
    assert (case.status, case.is_settled, matter.status) == (CaseStatus.WITHDRAWN, True, MatterStatus.REGISTERED)
    assert dates(matter)["recon_decision"][1] is ClockState.CANCELLED
    again: dict[str, Any] = {
        "organ": world.body,
        "respondent": matter.parties[1],
        "act": "罚款",
        "received_on": OCT_28,
        "by": world.stage.actor("coordinator"),
        "now": at(OCT_28),
    }
    refused("R-RECON-15", lambda: actions.receive_application(matter, **again))
    with transaction():
        second = actions.receive_application(matter, **again, again_reason="有录音证明撤回是被胁迫的")
    assert queries.find_reconsideration(matter) is second


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ("route", "R-PET-15"),
        ("respondent", "R-RECON-12"),
        ("organ", "R-RECON-12"),
        ("twice", "R-RECON-12"),
        ("accusation", "INV-02"),
        ("early", "R-CLOCK-01"),
    ],
)
def test_application_when_it_does_not_fit_is_refused(world: World, db: SQLAlchemy, wrong: str, rule: str) -> None:
    with transaction():
        matter = routed(world)
        if wrong == "route":
            matter.route = Route.HANDLING
        if wrong == "accusation":
            matter = make_matter(world.body, world.officer, kind=MatterKind.ACCUSATION)
    values: dict[str, Any] = {
        "organ": world.stage.unit if wrong == "organ" else world.body,
        "respondent": matter.parties[0 if wrong == "respondent" else -1] if matter.parties else world_party(world),
        "act": "罚款",
        "received_on": date(2024, 8, 1) if wrong == "early" else AUG_28,
        "by": world.stage.actor("coordinator"),
        "now": at(AUG_28),
    }
    if wrong == "twice":
        with transaction():
            actions.receive_application(matter, **values)
    refused(rule, lambda: actions.receive_application(matter, **values))
    db.session.expire_all()
    assert len(db.session.scalars(sa.select(ReconsiderationCase)).all()) == (wrong == "twice")


def world_party(world: World) -> Any:
    """A body of some other matter."""
    with transaction():
        (other,) = register(world.stage, AUG_28, claim())
    return other.parties[1]


def test_application_when_the_bodys_own_window_registered_it_needs_no_route_and_closes_with_the_case(
    world: World,
) -> None:
    officer = world.officer.as_actor()
    with transaction():
        world.stage.receptionist = world.officer
        matter = routed(world)
        matter.route = None
        case = actions.receive_application(
            matter,
            organ=world.body,
            respondent=matter.parties[1],
            act="罚款",
            received_on=AUG_28,
            by=officer,
            now=at(AUG_28),
        )
    assert (matter.organisation_id, matter.route) == (world.body.id, Route.RECONSIDERATION)
    with transaction():
        actions.withdraw_application(
            case,
            reason="申请人要改走行政诉讼",
            is_settled=False,
            withdrawn_on=AUG_28,
            by=officer,
            now=at(AUG_28),
        )
    assert matter.status is MatterStatus.CLOSED


def test_case_when_it_has_ended_allows_no_act(world: World, db: SQLAlchemy) -> None:
    officer = world.officer.as_actor()
    with transaction():
        case = received(world)
        actions.withdraw_application(
            case,
            reason="申请人要改走行政诉讼",
            is_settled=False,
            withdrawn_on=AUG_28,
            by=officer,
            now=at(AUG_28),
        )
    refused("R-RECON-12", lambda: actions.record_copy_sent(case, SEP_4, by=officer, now=at(SEP_4)))
    refused(
        "R-RECON-12",
        lambda: actions.accept_application(
            case, accepted_on=SEP_4, procedure=Procedure.ORDINARY, by=officer, now=at(SEP_4)
        ),
    )
    with pytest.raises(NotFound), transaction():
        matters.get_running_clock(case, "recon_examination")
    assert not db.session.scalars(sa.select(Clock).filter_by(owner_kind="reconsideration_case", is_open=True)).all()


def test_list_when_asked_shows_cases_only_to_those_who_may_read_them(world: World) -> None:
    with transaction():
        case = received(world)
    for name, is_shown in (("coordinator", True), ("receptionist", True), ("unit_clerk", False), ("mediator", False)):
        assert (queries.list_reconsiderations(world.stage.actor(name)) == [case]) is is_shown
    assert queries.list_reconsiderations(world.officer.as_actor()) == [case]
    assert queries.list_reconsiderations(world.officer.as_actor(), status=CaseStatus.DECIDED) == []


def test_r_recon_12_extension_when_asked_by_the_heads_namesake_elsewhere_is_not_permitted(world: World) -> None:
    with transaction():
        case = accepted(world)
    with pytest.raises(NotPermitted), transaction():
        actions.extend_decision(
            case, 10, reason="复杂", told_on=SEP_4, by=world.stage.actor("unit_leader"), now=at(SEP_4)
        )
