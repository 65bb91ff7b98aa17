"""Acts on a matter with the dates of scenario S01, objections, extensions, closing, recusal, corrections."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.audit.models import AuditEvent
from app.documents.models import IssuedPaper
from app.errors import NotFound, RuleViolation
from app.extensions import db as database
from app.matters import actions
from app.matters.models import (
    Capacity,
    Clock,
    ClockState,
    Correction,
    Matter,
    PartySide,
    TransferObjection,
    UnitCapacity,
)
from app.matters.queries import get_matter, visible_to
from app.matters.rules import (
    ConsentDecision,
    MatterKind,
    MatterResult,
    MatterStatus,
    RecusalGround,
    RecusalStatus,
    Route,
)
from app.matters.rules.screening import Page
from app.web.transaction import transaction
from tests.factories import involve as involve_row
from tests.matters.stage import Stage, answer, at, claim, company, everybody_agrees, person, register, set_stage

FEB_10, FEB_14, FEB_20 = date(2025, 2, 10), date(2025, 2, 14), date(2025, 2, 20)
LONG = "继承人和没有同意调解的当事人较多，情况复杂"
Dates = dict[str, tuple[date, date, ClockState]]


def dates(matter: Matter) -> Dates:
    """Legal date, target and state of each clock of a matter."""
    rows = database.session.scalars(sa.select(Clock).filter_by(matter_id=matter.id).order_by(Clock.id))
    return {row.clock: (row.legal_due_on, row.target_on, row.state) for row in rows}


def transferred(stage: Stage) -> Matter:
    """S01 steps 1 and 2: a matter received on 10 February, transferred on the 14th."""
    (matter,) = register(stage, FEB_10)
    actions.transfer_matter(matter, stage.unit, received_on=FEB_14, by=stage.actor("coordinator"), now=at(FEB_14))
    return matter


def test_s01_transfer_when_made_starts_the_units_two_clocks(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = transferred(stage)
    found = dates(matter)
    assert found["petition_routing"] == (date(2025, 2, 25), date(2025, 2, 25), ClockState.MET)
    assert found["transfer_receipt_notice"] == (date(2025, 3, 3), date(2025, 2, 28), ClockState.RUNNING)
    assert found["transfer_objection"][0] == date(2025, 2, 21)
    assert (matter.status, matter.next_due_on) == (MatterStatus.TRANSFERRED, date(2025, 2, 21))


def test_s01_acceptance_when_unit_accepts_starts_sixty_days_and_issues_the_notice(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = transferred(stage)
    with transaction():
        actions.accept_matter(matter, accepted_on=FEB_20, by=stage.actor("unit_clerk"), now=at(FEB_20))
    assert dates(matter)["petition_handling"][0] == date(2025, 4, 21)
    assert dates(matter)["transfer_receipt_notice"][2] is ClockState.MET
    paper = db.session.scalars(sa.select(IssuedPaper)).one()
    assert (paper.type_name, paper.number) == ("acceptance_notice", "滨澜城管受〔2025〕1号")


def accepted(stage: Stage) -> Matter:
    """A matter accepted by the unit on 20 February."""
    matter = transferred(stage)
    actions.accept_matter(matter, accepted_on=FEB_20, by=stage.actor("unit_clerk"), now=at(FEB_20))
    return matter


def test_inv_06_extension_when_leader_approves_in_time_moves_the_date_to_21_may(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = accepted(stage)
    day = date(2025, 4, 17)
    with transaction():
        actions.extend_handling(matter, 30, reason=LONG, told_on=day, by=stage.actor("unit_leader"), now=at(day))
    assert dates(matter)["petition_handling"][0] == date(2025, 5, 21)
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.extend_handling(matter, 5, reason=LONG, told_on=day, by=stage.actor("unit_leader"), now=at(day))
    assert refusal.value.rule == "INV-06"


@pytest.mark.parametrize(
    ("days", "day", "name", "rule"),
    [
        (31, date(2025, 4, 17), "unit_leader", "INV-06"),
        (30, date(2025, 4, 22), "unit_leader", "R-CLOCK-02"),
        (30, date(2025, 4, 17), "unit_clerk", "INV-06"),
    ],
)
def test_inv_06_extension_when_too_long_too_late_or_not_by_the_leader_is_refused(
    db: SQLAlchemy, days: int, day: date, name: str, rule: str
) -> None:
    with transaction():
        stage = set_stage()
        matter = accepted(stage)
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.extend_handling(matter, days, reason=LONG, told_on=day, by=stage.actor(name), now=at(day))
    assert refusal.value.rule == rule
    assert dates(matter)["petition_handling"][0] == date(2025, 4, 21)


def test_inv_07_handling_clock_when_paused_without_basis_is_refused(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = accepted(stage)
    running = actions.get_running_clock(matter, "petition_handling")
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.pause_clock(running, basis="调解期间", by=stage.actor("leader"), on=FEB_20)
    assert refusal.value.rule == "INV-07"


def test_inv_36_objection_when_raised_on_the_fifth_day_waits_and_is_upheld(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = transferred(stage)
    with transaction():
        row = actions.object_to_transfer(
            matter, reason="这件事属于区住建委的职责范围", by=stage.actor("unit_clerk"), now=at(date(2025, 2, 21))
        )
    assert actions.unsettled_kinds(matter) == ["open_objection"]
    with transaction():
        actions.decide_objection(
            row, is_upheld=True, decision="同意异议，改转区住建委办理", by=stage.actor("coordinator"), now=at(FEB_20)
        )
    assert matter.status is MatterStatus.RETURNED_BY_OBJECTION
    assert [unit.ended_on for unit in matter.units] == [FEB_20]
    assert actions.unsettled_kinds(matter) == []
    clerk = stage.actor("unit_clerk")
    assert db.session.scalar(sa.select(Matter.id).where(visible_to(clerk))) is None


def test_inv_36_objection_when_five_working_days_are_over_is_refused(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = transferred(stage)
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.object_to_transfer(
            matter, reason="这件事属于区住建委的职责范围", by=stage.actor("unit_clerk"), now=at(date(2025, 2, 24))
        )
    assert refusal.value.rule == "INV-36"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TransferObjection)) == 0


def test_inv_02_accusation_when_transferred_to_the_accused_unit_is_refused(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(
            stage,
            FEB_10,
            claim(kind=MatterKind.ACCUSATION, complained_unit_id=stage.unit.id, opponents=()),
        )
    by = stage.actor("receptionist")
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.transfer_matter(matter, stage.unit, received_on=FEB_14, by=by, now=at(FEB_14))
    assert refusal.value.rule == "INV-02"
    with transaction():
        actions.transfer_matter(matter, stage.discipline, received_on=FEB_14, by=by, now=at(FEB_14))
    assert matter.status is MatterStatus.TRANSFERRED


def test_inv_08_acceptance_when_finalised_before_is_refused_for_the_coordinator(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (first,) = register(stage, FEB_10)
        first.status = MatterStatus.FINALISED
        db.session.flush()
        again, new = register(stage, FEB_14, claim(repeats_id=first.id), claim(repeats_id=first.id, has_new_facts=True))
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.accept_matter(again, accepted_on=FEB_14, by=stage.actor("coordinator"), now=at(FEB_14))
    assert refusal.value.rule == "INV-08"
    with transaction():
        actions.accept_matter(new, accepted_on=FEB_14, by=stage.actor("coordinator"), now=at(FEB_14))
        actions.accept_matter(again, accepted_on=FEB_14, override_reason=LONG, by=stage.actor("leader"), now=at(FEB_14))
    assert again.status is MatterStatus.ACCEPTED


def test_r_pet_20_opinion_when_received_starts_thirty_days_and_closing_needs_it(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = accepted(stage)
    by = stage.actor("unit_clerk")
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.close_matter(matter, MatterResult.SUPPORTED, by=by, now=at(FEB_20))
    assert refusal.value.rule == "R-PET-16"
    day = date(2025, 4, 23)
    with transaction():
        opinion = actions.issue_opinion(
            matter,
            result=MatterResult.SUPPORTED,
            opinion="支持，限期修复",
            basis="《物业管理条例》",
            number="",
            issued_on=day,
            late_reason="等鉴定",
            by=by,
            now=at(day),
        )
        actions.record_opinion_received(opinion, day, by=by, now=at(day))
    assert dates(matter)["petition_handling"][2] is ClockState.MISSED
    assert dates(matter)["review_request"][0] == date(2025, 5, 23)
    with transaction():
        actions.close_matter(matter, MatterResult.SUPPORTED, by=stage.actor("coordinator"), now=at(day))
    assert (matter.status, matter.is_open, matter.next_due_on) == (MatterStatus.CLOSED, False, None)
    assert dates(matter)["petition_handling"][2] is ClockState.MISSED


def test_closing_when_a_blocker_is_open_is_refused(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = transferred(stage)
        key = actions.MatterKey(5, "legal_opinion")
        actions.open_blocker(matter, "unanswered_opinion", key, now=at(FEB_14))
    with pytest.raises(RuleViolation, match="律师意见"), transaction():
        actions.close_matter(matter, MatterResult.ANSWERED, by=stage.actor("coordinator"), now=at(FEB_14))
    with transaction():
        actions.settle_blocker(key, "unanswered_opinion", at(FEB_14))
        actions.close_matter(matter, MatterResult.ANSWERED, by=stage.actor("coordinator"), now=at(FEB_14))
    assert matter.result is MatterResult.ANSWERED


def test_inv_12_recusal_when_requested_locks_out_and_refusal_lets_back_in(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, FEB_10)
        recusal = actions.request_recusal(
            matter,
            stage.coordinator,
            ground=RecusalGround.INTEREST,
            facts="和对方公司有往来",
            by=stage.actor("receptionist"),
            now=at(FEB_10),
        )
    coordinator = stage.actor("coordinator")
    assert coordinator.account_id in get_matter(matter.public_id).access_view().barred
    assert db.session.scalar(sa.select(Matter.id).where(visible_to(coordinator))) is None
    with pytest.raises(RuleViolation, match="回避申请还没有决定"), transaction():
        actions.withdraw_matter(matter, reason="信访人说不用再办了，已经解决", by=stage.actor("leader"), now=at(FEB_10))
    with transaction():
        actions.decide_recusal(
            recusal, is_granted=False, decision="没有利害关系", by=stage.actor("leader"), now=at(FEB_14)
        )
    assert recusal.status is RecusalStatus.REFUSED
    assert db.session.scalar(sa.select(Matter.id).where(visible_to(coordinator))) == matter.id


def test_r_med_10_mediator_when_a_party_objects_is_out_without_decision(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, FEB_10)
        involve_row(matter, stage.mediator, Capacity.MEDIATOR)
    mediator = stage.actor("mediator")
    assert db.session.scalar(sa.select(Matter.id).where(visible_to(mediator))) == matter.id
    with transaction():
        row = actions.request_recusal(
            matter,
            stage.mediator,
            ground=RecusalGround.PARTY_OBJECTS,
            facts="当事人不要他调解",
            party=matter.parties[0],
            by=stage.actor("clerk"),
            now=at(FEB_14),
        )
    assert row.status is RecusalStatus.GRANTED
    assert db.session.scalar(sa.select(Matter.id).where(visible_to(mediator))) is None
    assert actions.unsettled_kinds(matter) == []


def test_inv_37_consent_when_given_by_a_minor_alone_is_refused(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, FEB_10)
        child = matter.parties[1]
        child.kind, child.birth_date = matter.parties[0].kind, "2012-05-01"
    with pytest.raises(RuleViolation) as refusal, transaction():
        answer(stage, child, ConsentDecision.CONSENTED, FEB_14)
    assert refusal.value.rule == "INV-37"


def test_inv_05_consent_when_withdrawn_before_it_was_given_is_refused(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, FEB_10)
    with pytest.raises(RuleViolation) as refusal, transaction():
        answer(stage, matter.parties[0], ConsentDecision.WITHDRAWN, FEB_14)
    assert refusal.value.rule == "INV-05"


def test_inv_16_third_proxy_when_two_are_valid_is_refused_until_one_is_revoked(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, FEB_10)
    party, by = matter.parties[0], stage.actor("receptionist")
    with transaction():
        first, _ = (actions.add_proxy(party, proxy(name), by=by, now=at(FEB_14)) for name in ("儿子", "律师"))
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.add_proxy(party, proxy("女儿"), by=by, now=at(FEB_14))
    assert refusal.value.rule == "INV-16"
    with transaction():
        actions.revoke_proxy(first, by=by, now=at(FEB_14))
        actions.add_proxy(party, proxy("女儿"), by=by, now=at(FEB_14))
    assert sum(row.is_valid_on(FEB_14) for row in party.proxies) == 2


def proxy(name: str) -> actions.NewProxy:
    """An authority filed in time."""
    return actions.NewProxy(name=name, filed_on=FEB_10, relation="亲属")


def test_inv_33_edit_when_values_change_keeps_the_old_ones_sealed(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, FEB_10)
    with transaction():
        actions.edit_matter(
            matter, {"subject": "楼上漏水", "claim": "请求赔偿"}, by=stage.actor("coordinator"), now=at(FEB_14)
        )
        actions.edit_party(matter.parties[0], person("尤小琴"), by=stage.actor("coordinator"), now=at(FEB_14))
    kept = {(row.field, row.old_value) for row in db.session.scalars(sa.select(Correction))}
    assert kept == {("subject", "漏水赔偿"), ("name", "尤晓琴")}
    assert matter.petitioner_name == "尤小琴"
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.act == "matter.edit")).one()
    assert event.detail == {"fields": ["subject"]}


def test_decide_route_when_overruled_keeps_reason_and_marks_the_matter(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, FEB_10)
        by = stage.actor("coordinator")
        everybody_agrees(stage, matter, FEB_14)
        actions.answer_screening(
            matter, Page.FACTS, {"aim": "civil", "opponent": "equal", "weight": "plain"}, by=by, now=at(FEB_14)
        )
        procedures = {"procedure": "none", "special": "no", "same_facts": "no"}
        actions.answer_screening(matter, Page.PROCEDURES, procedures, by=by, now=at(FEB_14))
    with pytest.raises(RuleViolation), transaction():
        actions.decide_route(matter, Route.HANDLING, reason="太短", by=by, now=at(FEB_14))
    with transaction():
        row = actions.decide_route(matter, Route.HANDLING, reason=LONG, by=by, now=at(FEB_14))
    assert (row.proposed_route, row.chosen_route, row.overrule_reason) == (Route.MEDIATION, Route.HANDLING, LONG)
    assert matter.route is Route.HANDLING
    assert matter.units == []


def test_transfer_when_repeated_hands_the_matter_to_the_new_unit_alone(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        matter = transferred(stage)
        by = stage.actor("coordinator")
        actions.transfer_matter(matter, stage.discipline, received_on=FEB_20, is_assignment=True, by=by, now=at(FEB_20))
    live = [(row.organisation_id, row.capacity) for row in matter.units if row.ended_on is None]
    assert live == [(stage.discipline.id, UnitCapacity.HANDLING_UNIT)]
    assert matter.status is MatterStatus.ASSIGNED
    states = sorted(row.state for row in db.session.scalars(sa.select(Clock).filter_by(clock="transfer_objection")))
    assert states == [ClockState.CANCELLED, ClockState.RUNNING]


def test_get_running_clock_when_none_runs_is_not_found(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, FEB_10, claim(opponents=(company(),)))
    with pytest.raises(NotFound):
        actions.get_running_clock(matter, "petition_handling")
    assert [row.side for row in matter.parties] == [PartySide.PETITIONER, PartySide.RESPONDENT]
