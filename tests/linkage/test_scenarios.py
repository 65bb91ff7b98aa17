"""Scenarios S10 and S01 through linkage: the exact dates, the refusals, the way back to the petition."""

from collections.abc import Sequence
from datetime import date

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.documents.models import IssuedPaper
from app.errors import RuleViolation
from app.extensions import db as database
from app.linkage.actions import (
    accept_referral,
    close_as_settled,
    decline_referral,
    feed_back,
    refer,
    return_to_petition,
    withdraw_consent,
)
from app.linkage.models import Linkage
from app.linkage.rules import LinkageKind, LinkageResult, LinkageStatus, PartyResult
from app.matters import actions
from app.matters.models import Clock, ClockState, Matter
from app.matters.queries import visible_to
from app.matters.rules import (
    Channel,
    ConsentDecision,
    ConsentManner,
    MatterKind,
    MatterResult,
    MatterStatus,
    PartySide,
    Route,
)
from app.matters.rules.screening import Page
from app.mediation.actions import end_without_agreement, mark_agreed
from app.mediation.models import MediationCase
from app.mediation.rules import EndReason
from app.web.transaction import transaction
from tests.matters.stage import Stage, answer, at, claim, company, everybody_agrees, person, register, set_stage

THURSDAY = date(2025, 9, 18)
OCT_10, OCT_14, OCT_29 = date(2025, 10, 10), date(2025, 10, 14), date(2025, 10, 29)


def dates(matter: Matter) -> dict[str, tuple[date, ClockState]]:
    """Legal date and state of each clock of a matter."""
    rows = database.session.scalars(sa.select(Clock).filter_by(matter_id=matter.id).order_by(Clock.id))
    return {row.clock: (row.legal_due_on, row.state) for row in rows}


def paper_types(matter: Matter) -> list[str]:
    """The forms issued for a matter, oldest first."""
    found = database.session.scalars(sa.select(IssuedPaper).filter_by(matter_id=matter.id).order_by(IssuedPaper.id))
    return [row.type_name for row in found]


def mixed_letter(stage: Stage) -> Sequence[Matter]:
    """S10: one letter with a judgment, an accusation, a suggestion and a wage claim."""
    return register(
        stage,
        THURSDAY,
        claim("不服一审民事判决", opponents=()),
        claim("收受礼品", kind=MatterKind.ACCUSATION, complained_unit_id=stage.unit.id, opponents=()),
        claim("延长开放时间", kind=MatterKind.SUGGESTION, opponents=()),
        claim("讨要加班费", dispute_type="D11", opponents=(company("滨澜精工制衣厂"),)),
        petitioners=(person("邵天明"),),
        channel=Channel.LETTER,
    )


def test_s10_letter_when_registered_makes_four_matters_due_9_october(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matters = mixed_letter(stage)
    assert len({matter.visit_id for matter in matters}) == 1
    clocks = list(db.session.scalars(sa.select(Clock).filter_by(clock="petition_routing")))
    assert {(row.legal_due_on, row.target_on) for row in clocks} == {(date(2025, 10, 9), date(2025, 9, 30))}
    assert len(clocks) == 4


def test_s10_inv_03_judgment_when_appeal_is_open_cannot_be_linked(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        judgment = mixed_letter(stage)[0]
        by = stage.actor("coordinator")
        answers = {"procedure": "court", "special": "unsure", "same_facts": "no"}
        actions.answer_screening(judgment, Page.PROCEDURES, answers, by=by, now=at(THURSDAY))
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.decide_route(judgment, Route.MEDIATION, reason="当事人要求调解解决这件事", by=by, now=at(THURSDAY))
    assert refusal.value.rule == "INV-03"
    with transaction():
        actions.decide_route(judgment, Route.LITIGATION_ORGAN, by=by, now=at(THURSDAY))
        actions.transfer_matter(judgment, stage.discipline, received_on=THURSDAY, by=by, now=at(THURSDAY))
    assert judgment.route is Route.LITIGATION_ORGAN
    with pytest.raises(RuleViolation) as refusal, transaction():
        refer(judgment, stage.committee, kind=LinkageKind.ENTRUSTED, summary="x", by=by, now=at(THURSDAY))
    assert refusal.value.rule == "INV-03"


@pytest.mark.parametrize(("place", "rule"), [(1, "INV-02"), (2, "INV-04")])
def test_s10_inv_02_04_accusation_and_suggestion_when_referred_are_refused(
    db: SQLAlchemy, place: int, rule: str
) -> None:
    with transaction():
        stage = set_stage()
        matter = mixed_letter(stage)[place]
    with pytest.raises(RuleViolation) as refusal, transaction():
        refer(
            matter,
            stage.committee,
            kind=LinkageKind.HANDED_OVER,
            summary="x",
            by=stage.actor("receptionist"),
            now=at(THURSDAY),
        )
    assert refusal.value.rule == rule


def test_s10_suggestion_when_accepted_has_no_sixty_days(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        suggestion = mixed_letter(stage)[2]
        actions.accept_matter(suggestion, accepted_on=THURSDAY, by=stage.actor("coordinator"), now=at(THURSDAY))
    assert "petition_handling" not in dates(suggestion)


def referred(stage: Stage, matter: Matter, day: date) -> Linkage:
    """Both sides agree, the office refers."""
    everybody_agrees(stage, matter, day)
    return refer(
        matter,
        stage.committee,
        kind=LinkageKind.HANDED_OVER,
        summary="工人讨要加班费，工厂说已经付清。",
        by=stage.actor("coordinator"),
        now=at(day),
    )


def accepted(stage: Stage, linkage: Linkage, day: date) -> MediationCase:
    """The committee takes it."""
    return accept_referral(linkage, mediators=[stage.mediator], accepted_on=day, by=stage.actor("clerk"), now=at(day))


def test_s10_wage_claim_when_employer_refuses_ends_and_returns_with_its_clock(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        wages = mixed_letter(stage)[3]
        linkage = referred(stage, wages, OCT_10)
    assert wages.status is MatterStatus.IN_LINKAGE
    assert linkage.answer_by == date(2025, 10, 14)
    clerk = stage.actor("clerk")
    assert db.session.scalar(sa.select(Matter.id).where(visible_to(clerk))) == wages.id
    with transaction():
        case = accepted(stage, linkage, OCT_14)
    assert dates(wages)["labour_mediation_notice"][0] == OCT_29
    assert dates(wages)["linkage_committee_answer"][1] is ClockState.MET
    with transaction():
        end_without_agreement(case, EndReason.PARTY_QUITS, ended_on=OCT_29, by=clerk, now=at(OCT_29))
    assert dates(wages)["linkage_feedback"][0] == date(2025, 11, 3)
    with transaction():
        results = {row.id: PartyResult.FAILED for row in linkage.parties}
        feed_back(linkage, results, summary="工厂不愿再调。", by=clerk, now=at(OCT_29))
    assert (linkage.result, linkage.ended_on) == (LinkageResult.FAILED, OCT_29)
    with pytest.raises(RuleViolation) as refusal, transaction():
        close_as_settled(linkage, by=stage.actor("coordinator"), now=at(OCT_29))
    assert refusal.value.rule == "R-LINK-10"
    with transaction():
        return_to_petition(linkage, by=stage.actor("coordinator"), now=at(OCT_29))
    assert (wages.status, linkage.status) == (MatterStatus.REGISTERED, LinkageStatus.RETURNED_TO_PETITION)
    assert dates(wages)["petition_routing"] == (date(2025, 10, 9), ClockState.RUNNING)
    assert actions.unsettled_kinds(wages) == []
    assert "referral_letter" in paper_types(wages)
    assert "linkage_feedback_letter" in paper_types(wages)


def test_r_link_10_matter_when_settled_is_closed_as_such(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, THURSDAY)
        linkage = referred(stage, matter, OCT_10)
        case = accepted(stage, linkage, OCT_14)
    coordinator, clerk = stage.actor("coordinator"), stage.actor("clerk")
    with pytest.raises(RuleViolation), transaction():
        actions.close_matter(matter, MatterResult.ANSWERED, by=coordinator, now=at(OCT_14))
    with pytest.raises(RuleViolation, match="调解还没有结束"), transaction():
        feed_back(linkage, {}, summary="x", by=clerk, now=at(OCT_14))
    with transaction():
        mark_agreed(case, on=OCT_29, by=clerk, now=at(OCT_29))
        results = {row.id: PartyResult.SIGNED for row in linkage.parties}
        feed_back(linkage, results, summary="双方签了协议。", by=clerk, now=at(OCT_29))
    with transaction():
        close_as_settled(linkage, by=coordinator, now=at(OCT_29))
    assert (matter.status, matter.result) == (MatterStatus.CLOSED, MatterResult.SETTLED_BY_MEDIATION)
    assert matter.closed_on == OCT_29


def test_inv_05_consent_when_withdrawn_before_the_answer_returns_the_matter_at_once(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, THURSDAY)
        linkage = referred(stage, matter, OCT_10)
    with transaction():
        take_back(stage, linkage, OCT_14)
    assert (matter.status, linkage.status) == (MatterStatus.REGISTERED, LinkageStatus.RETURNED_TO_PETITION)
    assert linkage.result is LinkageResult.REFUSED


def test_inv_05_consent_when_withdrawn_during_mediation_ends_it(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, THURSDAY)
        linkage = referred(stage, matter, OCT_10)
        case = accepted(stage, linkage, OCT_14)
    with transaction():
        take_back(stage, linkage, OCT_29)
    assert (case.is_open, case.end_reason) == (False, EndReason.PARTY_QUITS)
    assert linkage.status is LinkageStatus.ACCEPTED
    assert dates(matter)["linkage_feedback"][1] is ClockState.RUNNING


def take_back(stage: Stage, linkage: Linkage, day: date) -> None:
    """The other side takes its consent back."""
    withdraw_consent(
        linkage,
        linkage.parties[1].party,
        manner=ConsentManner.WRITTEN,
        given_on=day,
        note="不愿意再调",
        by=stage.actor("coordinator"),
        now=at(day),
    )


def test_r_link_05_committee_when_it_declines_sees_the_matter_no_longer(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, THURSDAY)
        linkage = referred(stage, matter, OCT_10)
    clerk = stage.actor("clerk")
    with transaction():
        decline_referral(
            linkage,
            ground="这件事已经由公安机关立案，不能调解",
            basis="《人民调解工作若干规定》第二十二条",
            routes=("向公安机关了解办理情况",),
            by=clerk,
            now=at(OCT_14),
        )
    assert (matter.status, linkage.status) == (MatterStatus.REGISTERED, LinkageStatus.DECLINED)
    assert db.session.scalar(sa.select(Matter.id).where(visible_to(clerk))) is None
    assert paper_types(matter)[-1] == "referral_refusal_letter"


def test_inv_05_referral_when_a_side_was_not_asked_is_refused_and_writes_nothing(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, THURSDAY)
        answer(stage, matter.parties[0], ConsentDecision.CONSENTED, OCT_10)
    with pytest.raises(RuleViolation) as refusal, transaction():
        refer(
            matter,
            stage.committee,
            kind=LinkageKind.HANDED_OVER,
            summary="x",
            by=stage.actor("coordinator"),
            now=at(OCT_10),
        )
    assert refusal.value.rule == "INV-05"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Linkage)) == 0
    assert matter.status is MatterStatus.REGISTERED


def test_s01_group_when_some_refuse_links_only_those_who_agreed(db: SQLAlchemy) -> None:
    day = date(2025, 2, 17)
    people = tuple(
        person(name, is_representative=place < 2) for place, name in enumerate(("陶玉芬", "梁守田", "苗桂香"))
    )
    with transaction():
        stage = set_stage()
        (matter,) = register(
            stage,
            date(2025, 2, 10),
            claim("安置费", dispute_type="D11", opponents=(company("滨澜东方纺机有限公司"),)),
            petitioners=people,
            head_count=428,
            is_collective=True,
        )
        by = stage.actor("coordinator")
        actions.transfer_matter(matter, stage.unit, received_on=date(2025, 2, 14), by=by, now=at(date(2025, 2, 14)))
        for party in matter.parties:
            said = ConsentDecision.REFUSED if party.name == "苗桂香" else ConsentDecision.CONSENTED
            answer(stage, party, said, day)
        linkage = refer(
            matter, stage.committee, kind=LinkageKind.ENTRUSTED, summary="安置费", by=by, now=at(date(2025, 2, 18))
        )
    assert [row.party.name for row in linkage.parties] == ["陶玉芬", "梁守田", "滨澜东方纺机有限公司"]
    with transaction():
        case = accepted(stage, linkage, date(2025, 2, 19))
        actions.accept_matter(
            matter, accepted_on=date(2025, 2, 20), by=stage.actor("unit_clerk"), now=at(date(2025, 2, 20))
        )
    assert matter.status is MatterStatus.IN_LINKAGE
    found = dates(matter)
    assert found["mediation_period"][0] == date(2025, 3, 21)
    assert found["labour_mediation_notice"][0] == date(2025, 3, 6)
    assert found["petition_handling"] == (date(2025, 4, 21), ClockState.RUNNING)
    april = date(2025, 4, 18)
    with transaction():
        mark_agreed(case, on=april, by=stage.actor("clerk"), now=at(april))
        petitioners = [row for row in linkage.parties if row.party.side is PartySide.PETITIONER]
        results = dict(zip((row.id for row in petitioners), (PartyResult.SIGNED, PartyResult.FAILED), strict=True))
        feed_back(linkage, results, summary="一人达成，一人没有。", by=stage.actor("clerk"), now=at(april))
        return_to_petition(linkage, by=by, now=at(april))
    assert linkage.result is LinkageResult.PARTLY_AGREED
    assert matter.status is MatterStatus.ACCEPTED
    assert dates(matter)["petition_handling"][1] is ClockState.RUNNING
