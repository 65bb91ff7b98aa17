"""When an application for reconsideration is taken, corrected, accepted, declined and withdrawn, and every refusal."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.errors import NotFound, RuleViolation
from app.matters import actions as matters
from app.matters.models import Clock, ClockState
from app.matters.rules import MatterKind, MatterStatus, Route
from app.remedies import actions, queries
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseStatus, DeclineGround, GraveGround, Procedure
from app.web.transaction import transaction
from tests.factories import make_matter
from tests.matters.stage import at, claim, register
from tests.remedies.helpers import World, accepted, dates, received, routed, with_answer
from tests.remedies.reconsidering import AUG_28, OCT_25, OCT_28, SEP_4, refused


def test_r_recon_02_summary_procedure_when_the_case_is_grave_is_refused(world: World) -> None:
    with pytest.raises(RuleViolation) as refusal, transaction():
        accepted(world, procedure=Procedure.SUMMARY, grave_ground=GraveGround.NEW_TYPE)
    assert refusal.value.rule == "R-RECON-02"


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
