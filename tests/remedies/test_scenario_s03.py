"""Reconsideration with the dates of scenario S03, rows 1–4, 10 and the alternative."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.documents.models import RevisionKind
from app.matters import actions as matters
from app.matters.models import ClockState, Matter
from app.matters.queries import visible_to
from app.matters.rules import Capacity, MatterResult, MatterStatus
from app.remedies import actions, queries
from app.remedies.rules import CaseStatus, Procedure
from app.web.transaction import transaction
from tests.matters.stage import at
from tests.remedies.helpers import World, accepted, dates, routed, with_answer, with_hearing
from tests.remedies.reconsidering import AUG_28, OCT_28, OCT_30, SEP_4, SEP_10, draft, refused, sign


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
