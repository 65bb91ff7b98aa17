"""The story of an opinion: asked, checked for conflict, drafted, submitted, answered, supplemented."""

from dataclasses import replace
from datetime import date

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.counsel import actions, queries
from app.counsel.models import LegalOpinion
from app.counsel.rules import (
    Adoption,
    AnalysisStep,
    LawyerStanding,
    OpenRoute,
    OpinionStatus,
    OpinionText,
    RouteWord,
    check_may_ask,
    check_move,
)
from app.documents.queries import facts_of
from app.errors import FieldErrors, NotPermitted, RuleViolation, StaleVersion
from app.law import clock
from app.matters.actions import unsettled_kinds
from app.matters.models import Capacity
from app.matters.rules import RecusalGround
from app.privacy.sealed import digest_of
from app.web.transaction import transaction
from tests.counsel.conftest import TODAY, House
from tests.factories import actor_of, involve

TEXT = OpinionText(
    facts="2025年2月11日5号楼供暖立管漏水，6户装修受损。",
    issues="立管由谁维修养护；损失怎么算。",
    analysis=(AnalysisStep("立管属共有部分，物业有维修养护义务。", "《民法典》第九百四十二条"),),
    routes=(OpenRoute(RouteWord.MEDIATION, "双方自愿", "三十日", "区矛调中心调委会"),),
    opinion="可以先行调解，损失以票据或者评估为准。",
    open_points="近两年巡检记录",
)
CLEAN = LawyerStanding(
    is_in_office=True,
    is_barred=False,
    advises_a_side=False,
    decides_or_mediates=False,
    is_party=False,
    works_for_party=False,
    has_open_request=False,
)


def ask(house: House, due_on: date = TODAY) -> LegalOpinion:
    by = actor_of(house.coordinator)
    question = "责任怎么分？能不能调？"
    return actions.request_opinion(house.matter, house.lawyer, question, due_on, by=by, today=TODAY, now=clock.now())


def write(house: House) -> LegalOpinion:
    opinion = ask(house)
    actions.declare_no_conflict(opinion, by=actor_of(house.lawyer), now=clock.now())
    return opinion


def submit(house: House) -> LegalOpinion:
    opinion = write(house)
    actions.submit_opinion(opinion, TEXT, seen=None, by=actor_of(house.lawyer), now=clock.now())
    return opinion


def test_check_may_ask_when_nothing_stands_against_passes() -> None:
    check_may_ask(CLEAN)


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("is_in_office", False, "INV-27"),
        ("is_barred", True, "INV-12"),
        ("is_party", True, "R-DUTY-03"),
        ("works_for_party", True, "R-DUTY-03"),
        ("advises_a_side", True, "R-DUTY-03"),
        ("decides_or_mediates", True, "INV-28"),
        ("has_open_request", True, "R-DOC-C01"),
    ],
)
def test_r_duty_03_check_may_ask_when_something_stands_against_refuses(field: str, value: bool, rule: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_may_ask(replace(CLEAN, **{field: value}))
    assert refusal.value.rule == rule


@pytest.mark.parametrize("before", OpinionStatus)
@pytest.mark.parametrize("after", OpinionStatus)
def test_check_move_when_not_on_the_road_refuses(before: OpinionStatus, after: OpinionStatus) -> None:
    allowed = {
        ("requested", "drafting"), ("requested", "declined"), ("requested", "withdrawn"),
        ("drafting", "submitted"), ("drafting", "declined"), ("drafting", "withdrawn"),
        ("submitted", "answered"),
    }  # fmt: skip
    if (before.value, after.value) in allowed:
        check_move(before, after)
    else:
        with pytest.raises(RuleViolation):
            check_move(before, after)


def test_r_duty_03_lawyer_when_asked_is_let_in_only_after_his_word(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = ask(house)
    assert house.lawyer.id not in opinion.matter.access_view().assigned
    with transaction():
        actions.declare_no_conflict(opinion, by=actor_of(house.lawyer), now=clock.now())
    assert house.lawyer.id in opinion.matter.access_view().assigned


def test_clear_when_said_by_another_lawyer_is_refused(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = ask(house)
    with pytest.raises(NotPermitted), transaction():
        actions.declare_no_conflict(opinion, by=actor_of(house.other_lawyer), now=clock.now())


def test_request_when_asked_blocks_the_closing_and_stands_on_the_workbench(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = ask(house)
    assert unsettled_kinds(opinion.matter) == ["unanswered_opinion"]
    assert [row.id for row in queries.list_asked(actor_of(house.lawyer))] == [opinion.id]
    assert queries.list_asked(actor_of(house.other_lawyer)) == []


@pytest.mark.parametrize(
    ("capacity", "rule"),
    [
        (Capacity.ADVISING_LAWYER, "R-DUTY-03"),
        (Capacity.MEDIATOR, "INV-28"),
        (Capacity.HEARING_CHAIR, "INV-28"),
        (Capacity.HEARING_PANELIST, "INV-28"),
    ],
)
def test_inv_28_request_when_lawyer_has_another_part_is_refused_even_if_it_ended(
    db: SQLAlchemy, house: House, capacity: Capacity, rule: str
) -> None:
    with transaction():
        involve(house.matter, house.lawyer, capacity, ended_on=date(2025, 6, 5))
    with pytest.raises(RuleViolation) as refusal, transaction():
        ask(house)
    assert refusal.value.rule == rule


def test_inv_12_request_when_lawyer_is_barred_is_refused(db: SQLAlchemy, house: House) -> None:
    with transaction():
        involve(house.matter, house.lawyer, Capacity.BARRED, is_barred=True)
    with pytest.raises(RuleViolation) as refusal, transaction():
        ask(house)
    assert refusal.value.rule == "INV-12"


def test_r_duty_03_request_when_lawyer_is_a_party_himself_is_refused(db: SQLAlchemy, house: House) -> None:
    with transaction():
        assert house.lawyer.professional is not None
        house.lawyer.professional.citizen_id_digest = digest_of("id_number", "110101195303070022")
    with pytest.raises(RuleViolation, match="本案当事人"), transaction():
        ask(house)


def test_inv_27_request_when_lawyer_left_office_is_refused(db: SQLAlchemy, house: House) -> None:
    with transaction():
        assert house.lawyer.professional is not None
        house.lawyer.professional.left_office_on = TODAY
    with pytest.raises(RuleViolation) as refusal, transaction():
        ask(house)
    assert refusal.value.rule == "INV-27"


def test_request_when_day_is_past_is_refused(db: SQLAlchemy, house: House) -> None:
    with pytest.raises(FieldErrors), transaction():
        ask(house, due_on=date(2025, 6, 10))


def test_decline_when_lawyer_steps_aside_locks_him_out_and_frees_the_matter(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = ask(house)
        actions.decline_opinion(
            opinion, RecusalGround.INTEREST, "律所是物业的常年顾问", by=actor_of(house.lawyer), now=clock.now()
        )
    db.session.refresh(opinion.matter)
    assert opinion.status is OpinionStatus.DECLINED
    assert house.lawyer.id in opinion.matter.access_view().barred
    assert unsettled_kinds(opinion.matter) == []
    with pytest.raises(RuleViolation) as refusal, transaction():
        ask(house)
    assert refusal.value.rule == "INV-12"


def test_draft_when_saved_comes_back_and_is_sealed(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = write(house)
        actions.save_draft(opinion, TEXT, seen=opinion.version, now=clock.now())
    db.session.expire_all()
    assert queries.get_opinion(opinion.public_id).text == TEXT
    assert "漏水".encode() not in (opinion.facts_sealed or b"")


def test_draft_when_saved_on_an_older_page_is_refused(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = write(house)
    seen = opinion.version
    with transaction():
        actions.save_draft(opinion, TEXT, seen=seen, now=clock.now())
    with pytest.raises(StaleVersion), transaction():
        actions.save_draft(opinion, OpinionText(), seen=seen, now=clock.now())


def test_r_doc_c01_submit_when_parts_are_missing_names_each(db: SQLAlchemy, house: House) -> None:
    with pytest.raises(FieldErrors) as refusal, transaction():
        opinion = write(house)
        actions.submit_opinion(opinion, OpinionText(), seen=None, by=actor_of(house.lawyer), now=clock.now())
    assert set(refusal.value.errors) == {"facts", "issues", "analysis-0", "routes", "opinion"}


def test_r_doc_c01_submit_when_complete_issues_a_numbered_paper(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = submit(house)
    paper = queries.find_paper(opinion)
    assert paper is not None
    assert paper.number == "滨澜信法意〔2025〕1号"
    assert paper.latest is not None
    assert len(paper.latest.sha256) == 64
    facts = facts_of(paper)
    assert facts.licence_number == "19901202310000001"
    assert facts.question == "责任怎么分？能不能调？\n争议焦点：立管由谁维修养护；损失怎么算。"
    assert opinion.answer_due_on == date(2025, 6, 18)


def test_submitted_opinion_when_changed_is_refused(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = submit(house)
    with pytest.raises(RuleViolation, match="补充意见"), transaction():
        actions.save_draft(opinion, OpinionText(), seen=None, now=clock.now())
    with pytest.raises(RuleViolation), transaction():
        actions.submit_opinion(opinion, TEXT, seen=None, by=actor_of(house.lawyer), now=clock.now())


def test_answer_when_given_settles_the_blocker_and_lets_the_lawyer_go(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = submit(house)
        actions.answer_opinion(opinion, Adoption.PARTLY, "损失按评估", by=actor_of(house.coordinator), now=clock.now())
    db.session.refresh(opinion.matter)
    assert unsettled_kinds(opinion.matter) == []
    assert house.lawyer.id not in opinion.matter.access_view().assigned
    assert opinion.answer is not None
    assert opinion.answer.reasons == "损失按评估"


def test_answer_when_without_reasons_is_refused(db: SQLAlchemy, house: House) -> None:
    with pytest.raises(FieldErrors), transaction():
        actions.answer_opinion(submit(house), Adoption.ADOPTED, "", by=actor_of(house.coordinator), now=clock.now())


def test_supplement_when_written_is_a_new_opinion_beside_the_locked_one(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = submit(house)
        actions.answer_opinion(opinion, Adoption.ADOPTED, "同意", by=actor_of(house.coordinator), now=clock.now())
        supplement = actions.supplement_opinion(
            opinion, "漏了时效", by=actor_of(house.lawyer), today=TODAY, now=clock.now()
        )
        actions.submit_opinion(supplement, TEXT, seen=None, by=actor_of(house.lawyer), now=clock.now())
    assert supplement.supplements is opinion
    assert opinion.status is OpinionStatus.ANSWERED
    assert queries.find_paper(supplement).number == "滨澜信法意〔2025〕2号"
    assert unsettled_kinds(opinion.matter) == ["unanswered_opinion"]


def test_withdraw_when_taken_back_frees_the_matter(db: SQLAlchemy, house: House) -> None:
    with transaction():
        opinion = ask(house)
        actions.withdraw_opinion(opinion, "撤诉了", by=actor_of(house.coordinator), now=clock.now())
    assert unsettled_kinds(opinion.matter) == []


def test_count_waiting_when_asked_counts_for_lawyer_then_for_coordinator(db: SQLAlchemy, house: House) -> None:
    lawyer, coordinator = actor_of(house.lawyer), actor_of(house.coordinator)
    with transaction():
        opinion = write(house)
    assert (queries.count_waiting_for(lawyer), queries.count_waiting_for(coordinator)) == (1, 0)
    with transaction():
        actions.submit_opinion(opinion, TEXT, seen=None, by=lawyer, now=clock.now())
    assert (queries.count_waiting_for(lawyer), queries.count_waiting_for(coordinator)) == (0, 1)
    assert queries.count_waiting_for(actor_of(house.receptionist, Role.RECEPTIONIST)) == 0
