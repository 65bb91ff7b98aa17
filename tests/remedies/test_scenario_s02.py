"""Review and recheck with the dates of scenario S02, rows 1–4 and 12–15, and every refusal on the way."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.audit.models import AuditEvent
from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.errors import RuleViolation
from app.matters import actions as matters
from app.matters.models import ClockState
from app.matters.rules import MatterStatus
from app.people.models import OrganisationKind
from app.remedies import actions, queries
from app.remedies.rules import HelpKind, Outcome, RemedyStage, RemedyStatus
from app.web.transaction import transaction
from tests.factories import make_organisation
from tests.matters.stage import at, claim, register
from tests.remedies.helpers import (
    HEARING_NUMBER,
    JUL_1,
    MAR_31,
    MAY_20,
    MAY_26,
    World,
    answered,
    dates,
    heard,
    rechecked,
    rechecking,
    reviewed,
    reviewing,
)

OPINION = {"outcome": Outcome.NOT_SUPPORTED, "opinion": "原意见正确。", "basis": "《信访工作条例》第三十五条"}
MASKED = "郑某某反映拆迁补偿一事，经听证复核，应补发过渡费23400元。"


def test_s02_1_review_request_when_opinion_was_received_on_3_march_is_due_on_2_april(world: World) -> None:
    with transaction():
        matter = answered(world)
    assert dates(matter)["review_request"] == (date(2025, 4, 2), ClockState.RUNNING)


def test_s02_2_review_when_asked_on_31_march_is_due_on_30_april(world: World) -> None:
    with transaction():
        matter = answered(world)
        remedy = reviewing(world, matter)
    assert dates(matter)["review_request"][1] is ClockState.MET
    assert dates(matter)["review_decision"] == (date(2025, 4, 30), ClockState.RUNNING)
    assert matter.status is MatterStatus.REVIEW_REQUESTED
    assert queries.find_open_remedy(matter) is remedy
    assert matters.unsettled_kinds(matter) == ["open_remedy"]


def test_s02_3_recheck_request_when_review_was_received_on_28_april_is_due_on_28_may(world: World) -> None:
    with transaction():
        matter = answered(world)
        remedy = reviewed(world, matter)
    assert dates(matter)["review_decision"][1] is ClockState.MET
    assert dates(matter)["recheck_request"] == (date(2025, 5, 28), ClockState.RUNNING)
    assert (matter.status, remedy.number) == (MatterStatus.REVIEW_DECIDED, "滨澜复查〔2025〕1号")
    assert queries.find_open_remedy(matter) is None


def test_s02_4_recheck_when_asked_on_20_may_is_due_on_19_june(world: World) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        rechecking(world, matter)
    clock = queries.find_recheck_clock(matter)
    assert clock is not None
    both = queries.both_dates_of(clock, MAY_20)
    assert (clock.legal_due_on, both.without_exclusion, both.with_exclusion, both.excluded_days) == (
        date(2025, 6, 19),
        date(2025, 6, 19),
        date(2025, 6, 19),
        0,
    )


def test_s02_12_recheck_when_the_hearing_took_18_days_is_due_on_7_july_and_both_dates_stand(world: World) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        remedy = rechecking(world, matter)
    leader = world.stage.actor("leader")
    with transaction():
        clock = matters.get_running_clock(remedy, "recheck_decision")
        matters.pause_clock(clock, basis="《信访工作条例》第三十六条第二款", by=leader, on=MAY_26)
    paused = queries.both_dates_of(clock, date(2025, 6, 2))
    assert (paused.is_paused, paused.excluded_days) == (True, 7)
    assert (paused.without_exclusion, paused.with_exclusion) == (date(2025, 6, 19), date(2025, 6, 26))
    with transaction():
        matters.resume_clock(clock, by=leader, on=date(2025, 6, 13))
    both = queries.both_dates_of(clock, date(2025, 6, 20))
    assert (both.without_exclusion, both.with_exclusion, both.excluded_days, both.is_paused) == (
        date(2025, 6, 19),
        date(2025, 7, 7),
        18,
        False,
    )
    assert clock.legal_due_on == date(2025, 7, 7)


def test_s02_13_recheck_opinion_when_served_on_2_july_is_in_time_and_says_it_is_final(world: World) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        remedy = rechecked(world, matter)
    assert dates(matter)["recheck_decision"] == (date(2025, 7, 7), ClockState.MET)
    assert (matter.status, remedy.status) == (MatterStatus.RECHECK_DECIDED, RemedyStatus.DECIDED)
    assert (remedy.amount_fen, remedy.number) == (2_340_000, "海川复核〔2025〕1号")
    assert remedy.paper is not None
    facts = facts_of(remedy.paper)
    assert facts.heading("") == "复核意见书"
    assert (facts.is_final, facts.hearing_number) == (True, HEARING_NUMBER)  # type: ignore[attr-defined]
    assert "滨澜复查〔2025〕1号" in facts.former  # type: ignore[attr-defined]
    assert remedy.paper.is_ready


def test_inv_34_recheck_opinion_when_masked_is_published_and_with_a_name_is_refused(world: World) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        remedy = rechecked(world, matter)
    leader = world.stage.actor("leader")
    for text in (
        "郑桂兰反映的拆迁补偿",
        "郑 桂 兰反映的拆迁补偿",
        "电话13800012345",
        "证件号990101195503081230",
        "住锦江路12号3单元501室",
        "座机0990-5550123",
        "账号６２２２０２１２３４５６７８９０１２３",
    ):
        with pytest.raises(RuleViolation) as refusal, transaction():
            actions.publish_recheck_opinion(remedy, text, by=leader, now=at(JUL_1))
        assert refusal.value.rule == "INV-34", text
    with transaction():
        actions.publish_recheck_opinion(remedy, MASKED, by=leader, now=at(date(2025, 7, 3)))
    assert [row.published_text for row in queries.list_published()] == [MASKED]


def test_r_hear_31_publication_when_there_was_no_hearing_is_refused(world: World) -> None:
    with transaction():
        matter = answered(world)
        remedy = reviewed(world, matter)
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.publish_recheck_opinion(remedy, MASKED, by=world.stage.actor("leader"), now=at(JUL_1))
    assert refusal.value.rule == "R-HEAR-31"


def test_s02_14_15_when_she_comes_again_the_same_facts_are_refused_and_new_ones_taken(world: World) -> None:
    day = date(2025, 8, 4)
    coordinator = world.stage.actor("coordinator")
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        rechecked(world, matter)
        (again,) = register(world.stage, day, claim("要求增加拆迁补偿", repeats_id=matter.id))
    with pytest.raises(RuleViolation) as refusal, transaction():
        matters.accept_matter(again, accepted_on=day, by=coordinator, now=at(day))
    assert refusal.value.rule == "INV-08"
    with transaction():
        matters.finalise_matter(matter, by=coordinator, now=at(day))
        text = "讲清复核意见，联系社区给予临时救助"
        row = actions.record_help(again, HelpKind.COUNSELLING, text, helped_on=day, by=coordinator, now=at(day))
    assert (matter.status, queries.list_help(again.id)) == (MatterStatus.FINALISED, [row])
    with pytest.raises(RuleViolation) as refusal, transaction():
        matters.accept_matter(again, accepted_on=day, by=coordinator, now=at(day))
    assert refusal.value.rule == "INV-08"
    next_day = date(2025, 8, 5)
    with transaction():
        (fresh,) = register(
            world.stage, next_day, claim("新找到2010年测绘图", repeats_id=matter.id, has_new_facts=True)
        )
        matters.accept_matter(fresh, accepted_on=next_day, by=coordinator, now=at(next_day))
    assert fresh.status is MatterStatus.ACCEPTED


def test_help_when_the_text_is_empty_or_the_day_is_to_come_is_refused(world: World) -> None:
    with transaction():
        matter = answered(world)
    coordinator = world.stage.actor("coordinator")
    for text, day in (("太短", MAR_31), ("讲清政策，联系社区帮扶", date(2025, 4, 1))):
        with pytest.raises(RuleViolation), transaction():
            actions.record_help(matter, HelpKind.RELIEF, text, helped_on=day, by=coordinator, now=at(MAR_31))
    assert queries.list_help(matter.id) == []


@pytest.mark.parametrize(("day", "is_taken"), [(date(2025, 4, 2), True), (date(2025, 4, 3), False)])
def test_r_pet_25_review_when_asked_after_its_last_day_is_refused(
    world: World, db: SQLAlchemy, day: date, is_taken: bool
) -> None:
    with transaction():
        matter = answered(world)
    with transaction():
        matters.lapse_rights(day)
    if is_taken:
        with transaction():
            reviewing(world, matter, day)
        return
    with pytest.raises(RuleViolation) as refusal, transaction():
        reviewing(world, matter, day)
    assert refusal.value.rule == "R-PET-25"
    db.session.expire_all()
    assert matter.status is MatterStatus.OPINION_ISSUED


def test_r_pet_25_request_when_handed_in_on_the_last_day_and_received_later_is_taken(world: World) -> None:
    with transaction():
        matter = answered(world)
        matters.lapse_rights(date(2025, 4, 7))
    with transaction():
        remedy = actions.request_review(
            matter,
            organ=world.district_government,
            claim="请求增加补偿",
            requested_on=date(2025, 4, 2),
            received_on=date(2025, 4, 7),
            by=world.stage.actor("coordinator"),
            now=at(date(2025, 4, 7)),
        )
    assert dates(matter)["review_decision"][0] == date(2025, 5, 7)
    assert remedy.is_open


def test_r_pet_21_recheck_when_there_was_no_review_is_refused(world: World) -> None:
    with transaction():
        matter = answered(world)
    with pytest.raises(RuleViolation), transaction():
        rechecking(world, matter, MAR_31)
    assert matter.status is MatterStatus.OPINION_ISSUED


@pytest.mark.parametrize("name", ["unit", "below"])
def test_r_pet_20_review_when_the_unit_itself_would_decide_is_refused(world: World, name: str) -> None:
    with transaction():
        matter = answered(world)
        unit = world.stage.unit
        organ = unit if name == "unit" else make_organisation("征收科", OrganisationKind.HANDLING_UNIT, unit)
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.request_review(
            matter,
            organ=organ,
            claim="请求",
            requested_on=MAR_31,
            received_on=MAR_31,
            by=world.stage.actor("coordinator"),
            now=at(MAR_31),
        )
    assert refusal.value.rule == "R-PET-20"


def test_r_pet_22_recheck_opinion_when_the_hearing_goes_on_is_refused(world: World) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        remedy = rechecking(world, matter)
        clock = matters.get_running_clock(remedy, "recheck_decision")
        matters.pause_clock(clock, basis="听证", by=world.stage.actor("leader"), on=MAY_26)
    coordinator = world.stage.actor("coordinator")
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.decide_remedy(remedy, **OPINION, decided_on=MAY_26, by=coordinator, now=at(MAY_26))  # type: ignore[arg-type]
    assert refusal.value.rule == "R-PET-22"
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.withdraw_remedy(remedy, reason="她说不想再等了，撤回请求", by=coordinator, now=at(MAY_26))
    assert refusal.value.rule == "R-PET-22"


def test_r_hear_30_recheck_opinion_when_it_does_not_quote_the_hearing_is_refused(world: World, db: SQLAlchemy) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        remedy = rechecking(world, matter)
        heard(world, remedy)
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.decide_remedy(
            remedy,
            **OPINION,  # type: ignore[arg-type]
            decided_on=JUL_1,
            by=world.stage.actor("coordinator"),
            now=at(JUL_1),
        )
    assert refusal.value.rule == "R-HEAR-30"
    papers = db.session.scalars(sa.select(IssuedPaper).filter_by(type_name="review_opinion")).all()
    assert len(papers) == 1


def test_r_clock_01_review_opinion_when_late_is_issued_and_stays_missed(world: World) -> None:
    day = date(2025, 5, 6)
    with transaction():
        matter = answered(world)
        remedy = reviewing(world, matter)
    with transaction():
        actions.decide_remedy(
            remedy,
            **OPINION,  # type: ignore[arg-type]
            decided_on=day,
            late_reason="等待区里开会研究",
            by=world.stage.actor("coordinator"),
            now=at(day),
        )
    assert dates(matter)["review_decision"] == (date(2025, 4, 30), ClockState.MISSED)


def test_remedy_when_withdrawn_leaves_the_opinion_before_it_and_may_be_asked_again_in_time(world: World) -> None:
    with transaction():
        matter = answered(world)
        remedy = reviewing(world, matter)
    with transaction():
        reason = "她要先补充材料，请求撤回"
        actions.withdraw_remedy(remedy, reason=reason, by=world.stage.actor("coordinator"), now=at(MAR_31))
    assert (matter.status, remedy.status) == (MatterStatus.OPINION_ISSUED, RemedyStatus.WITHDRAWN)
    assert dates(matter)["review_decision"][1] is ClockState.CANCELLED
    assert queries.find_remedy(matter.id, RemedyStage.REVIEW) is None
    with transaction():
        again = reviewing(world, matter, date(2025, 4, 1))
    assert queries.find_remedy(matter.id, RemedyStage.REVIEW) is again


def test_r_pet_25_matter_when_the_right_to_recheck_still_runs_is_not_finalised(world: World) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
    coordinator = world.stage.actor("coordinator")
    with pytest.raises(RuleViolation) as refusal, transaction():
        matters.finalise_matter(matter, by=coordinator, now=at(date(2025, 5, 28)))
    assert refusal.value.rule == "R-PET-25"
    with transaction():
        matters.lapse_rights(date(2025, 5, 29))
        matters.finalise_matter(matter, by=coordinator, now=at(date(2025, 5, 29)))
    assert matter.status is MatterStatus.FINALISED


def test_remedies_when_acted_on_leave_their_states_in_the_log(world: World, db: SQLAlchemy) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        rechecked(world, matter)
    acts = set(db.session.scalars(sa.select(AuditEvent.act).where(AuditEvent.matter_id == matter.id)))
    assert {
        "matter.request_review",
        "matter.decide_review",
        "matter.request_recheck",
        "matter.decide_recheck",
        "remedy.received",
        "remedy.hearing",
    } <= acts
