"""FY 30, 31: each answer to an application is a numbered paper, issued in the act that accepts, asks or refuses."""

from dataclasses import replace
from datetime import date

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.documents.models import IssuedPaper
from app.documents.papers.remedies import ReconsiderationAcceptanceFacts
from app.documents.queries import facts_of, list_papers_of
from app.documents.rules import Owner
from app.errors import RuleViolation
from app.law import clock
from app.remedies import actions
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import DeclineGround, Procedure
from app.web.transaction import transaction
from tests.documents.remedy_samples import acceptance, correction, refusal
from tests.matters.stage import at
from tests.remedies.helpers import World, accepted, build_world, received

AUG_30, SEP_4 = date(2024, 8, 30), date(2024, 9, 4)


@pytest.fixture(autouse=True)
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the papers say is read from their facts."""
    monkeypatch.setattr("app.documents.actions._render_after_issue", lambda paper_id: None)


@pytest.fixture
def world(db: SQLAlchemy) -> World:
    """The district of S03."""
    with transaction():
        return build_world()


def papers_of(case: ReconsiderationCase) -> list[IssuedPaper]:
    return list_papers_of(Owner(case.kind, case.id))


@pytest.mark.parametrize(
    ("values", "by_day", "is_summary", "is_heard"),
    [
        ({}, date(2024, 11, 4), False, True),
        ({"procedure": Procedure.SUMMARY, "grave_ground": None}, date(2024, 10, 8), True, False),
    ],
)
def test_r_recon_12_acceptance_tells_the_procedure_and_until_when_it_is_decided(
    world: World, values: dict[str, object], by_day: date, is_summary: bool, is_heard: bool
) -> None:
    with transaction():
        case = accepted(world, **values)
    (paper,) = papers_of(case)
    facts = facts_of(paper)
    assert (paper.type_name, paper.number) == ("reconsideration_acceptance", "滨澜复受字〔2024〕1号")
    assert isinstance(facts, ReconsiderationAcceptanceFacts)
    assert (facts.applicants, facts.respondent) == (("沈立群",), "滨澜区市场监督管理局")
    assert (facts.issued_on, facts.decide_by) == (SEP_4, by_day)
    assert (facts.is_summary, facts.must_be_heard) == (is_summary, is_heard)


def test_fy_31_correction_and_fy_30_refusal_are_papers_with_numbers_of_their_own(world: World) -> None:
    officer, done = world.officer.as_actor(), date(2024, 9, 5)
    with transaction():
        case = received(world)
        actions.ask_for_correction(case, "处罚决定书复印件一份", asked_on=AUG_30, by=officer, now=at(AUG_30))
    with transaction():
        actions.record_correction_notice_received(case, date(2024, 9, 2), by=officer, now=at(done))
        actions.record_correction(case, done, by=officer, now=at(done))
        actions.decline_application(
            case,
            ground=DeclineGround.OUT_OF_TIME,
            reason="知道处罚决定已经超过六十日",
            declined_on=done,
            by=officer,
            now=at(done),
        )
    told = {paper.type_name: (paper.number, facts_of(paper)) for paper in papers_of(case)}
    number, facts = told["reconsideration_correction"]
    assert (number, facts.missing, facts.issued_on) == ("滨澜复补字〔2024〕1号", "处罚决定书复印件一份", AUG_30)
    number, facts = told["reconsideration_refusal"]
    assert (number, facts.ground, facts.reason) == (
        "滨澜复不受字〔2024〕1号",
        "超过法定申请期限",
        "知道处罚决定已经超过六十日",
    )


def test_act_that_is_refused_takes_no_number(world: World) -> None:
    with transaction():
        case = received(world)
    with pytest.raises(RuleViolation), transaction():
        actions.accept_application(
            case,
            accepted_on=date(2024, 9, 5),
            procedure=Procedure.ORDINARY,
            by=world.officer.as_actor(),
            now=at(date(2024, 9, 5)),
        )
    assert papers_of(case) == []
    with transaction():
        paper = actions.accept_application(
            case, accepted_on=SEP_4, procedure=Procedure.ORDINARY, by=world.officer.as_actor(), now=at(SEP_4)
        )
    assert paper.number == "滨澜复受字〔2024〕1号"
    assert clock.local_date(paper.issued_at) == SEP_4


@pytest.mark.parametrize(
    "facts",
    [
        replace(acceptance(), applicants=()),
        replace(acceptance(), issued_on=date(2024, 8, 27)),
        replace(correction(), missing=" "),
        replace(refusal(), reason=""),
    ],
)
def test_r_recon_12_answer_that_leaves_out_what_counts_is_refused(facts: ReconsiderationAcceptanceFacts) -> None:
    with pytest.raises(RuleViolation) as refused:
        facts.check()
    assert refused.value.rule == "R-RECON-12"
