"""S06: a party reneges after signing. Every date and refusal of the scenario, at the level of acts."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.agreements import actions
from app.agreements.forms import VisitReport
from app.agreements.rules import AgreementStatus, CourtGround, Performance, StateConflict, Supplement, VisitReason
from app.documents.models import RevisionKind
from app.errors import RuleViolation
from app.matters.models import Clock
from app.mediation.rules import CaseStatus
from app.web.transaction import transaction
from tests.agreements.helpers import (
    at,
    effective_agreement,
    fresh,
    make_world,
    payment,
    seal,
    sign_mediator,
    sign_party,
    signed_agreement,
    text_of,
)

COURT = actions.CourtChoice("滨澜区人民法院", CourtGround.PARTY_DOMICILE)
BOTH = frozenset({"party-1", "party-2"})


def test_s06_1_sealed_on_july_1_is_effective_and_opens_the_window_until_july_31(db) -> None:
    world = make_world()
    assert db.session.scalar(sa.select(Clock.legal_due_on).filter_by(clock="mediation_period")) == date(2025, 7, 9)

    agreement = effective_agreement(world, "2025-07-01")

    assert agreement.status is AgreementStatus.EFFECTIVE
    assert agreement.effective_on == date(2025, 7, 1)
    assert agreement.window_ends_on == date(2025, 7, 31)
    assert agreement.number == "(2025)滨澜人调字第1号"
    assert agreement.case.status is CaseStatus.AGREED
    assert agreement.paper.latest.kind is RevisionKind.SIGNED


def test_s06_2_changing_ones_mind_after_effect_is_refused(db) -> None:
    agreement = effective_agreement(world := make_world())

    with pytest.raises(StateConflict, match="签过的名不能撤回") as refusal, transaction():
        actions.void_agreement(fresh(agreement), "冯志远说改主意了", by=world.clerk.as_actor(), now=at("2025-07-20"))

    assert refusal.value.rule == "INV-24"
    assert fresh(agreement).status is AgreementStatus.EFFECTIVE


def test_s06_3_one_side_alone_cannot_apply_for_confirmation(db) -> None:
    agreement = effective_agreement(world := make_world())
    payee = next(row.key for row in agreement.parties if row.party.name == "尤晓琴")

    with pytest.raises(RuleViolation, match="还差冯志远") as refusal, transaction():
        apply(world, agreement, "2025-07-28", frozenset({payee}))

    assert refusal.value.rule == "INV-26"
    assert "第三十三条" in refusal.value.article


def test_s06_3_both_sides_may_apply_on_the_last_day(db) -> None:
    agreement = effective_agreement(world := make_world())

    with transaction():
        application = apply(world, agreement, "2025-07-31", BOTH)

    clock = db.session.scalar(sa.select(Clock).filter_by(clock="judicial_confirmation"))
    assert clock.state == "met"
    assert application.paper.is_ready


def test_s06_4_unpaid_on_july_31_is_visited_and_recorded_with_the_urging(db) -> None:
    agreement = effective_agreement(world := make_world())
    due = {visit.reason: visit.due_on for visit in agreement.visits}
    assert due == {VisitReason.AFTER_EFFECT: date(2025, 7, 31), VisitReason.AFTER_DUE_DATE: date(2025, 7, 31)}
    report = VisitReport(
        visited_on=date(2025, 7, 31),
        manner="visit",
        performance=Performance.NOT_PERFORMED,
        findings="冯志远说手头紧，没有付款。",
        measures="当面督促履行，告知可以凭协议起诉。",
        satisfaction="not",
    )

    with transaction():
        visit = next(row for row in fresh(agreement).visits if row.reason is VisitReason.AFTER_DUE_DATE)
        actions.record_visit(visit, report, by=world.mediator.as_actor(), now=at("2025-07-31", 15))

    agreement = fresh(agreement)
    assert not any(visit.is_open for visit in agreement.visits)
    assert next(visit.paper.is_ready for visit in agreement.visits if visit.paper)
    states = dict(db.session.execute(sa.select(Clock.clock, Clock.state)).all())
    assert states["agreement_follow_up"] == states["instalment_follow_up"] == "met"


def test_s06_5_after_july_31_the_window_is_closed_and_the_ways_left_are_named(db) -> None:
    agreement = effective_agreement(world := make_world())

    with pytest.raises(RuleViolation) as refusal, transaction():
        apply(world, agreement, "2025-08-01", BOTH)

    assert refusal.value.message == (
        "7月31日 已过，不能再申请司法确认。还可以：双方另签补充协议，或凭协议起诉。依据《人民调解法》第三十三条"
    )


def test_s06_5_a_supplementary_agreement_opens_a_new_window(db) -> None:
    earlier = effective_agreement(world := make_world())
    with transaction():
        later = actions.draft_agreement(
            earlier.case,
            supplement=Supplement.ADDS,
            earlier=fresh(earlier),
            by=world.clerk.as_actor(),
            now=at("2025-08-04"),
        )
        actions.save_agreement(
            later, later_text(later), seen_version=None, by=world.clerk.as_actor(), now=at("2025-08-04")
        )
        actions.finalise_agreement(later, seen_version=None, by=world.clerk.as_actor(), now=at("2025-08-04"))
    with transaction():
        actions.issue_agreement(fresh(later), seen_version=None, by=world.clerk.as_actor(), now=at("2025-08-04"))
    sign_all(world, later, "2025-08-04")

    later, earlier = fresh(later), fresh(earlier)

    assert later.window_ends_on == date(2025, 9, 3)
    assert earlier.status is AgreementStatus.EFFECTIVE
    assert later.number == "(2025)滨澜人调字第2号"


def test_s06_6_payment_that_did_not_come_is_on_record_beside_the_agreement(db) -> None:
    agreement = effective_agreement(world := make_world())

    with transaction():
        actions.record_performance(
            fresh(agreement).obligations[0],
            Performance.NOT_PERFORMED,
            performed_fen=0,
            on=date(2025, 8, 7),
            by=world.mediator.as_actor(),
            now=at("2025-08-07"),
        )

    assert fresh(agreement).obligations[0].performance is Performance.NOT_PERFORMED
    assert fresh(agreement).case.status is CaseStatus.AGREED


def test_s06_7_reneging_before_the_seal_leaves_no_agreement(db) -> None:
    agreement = signed_agreement(world := make_world())

    with transaction():
        actions.void_agreement(fresh(agreement), "冯志远不愿意了", by=world.clerk.as_actor(), now=at("2025-07-02"))

    agreement = fresh(agreement)
    assert agreement.status is AgreementStatus.VOID
    assert agreement.effective_on is None
    assert agreement.case.status is CaseStatus.MEDIATING
    assert agreement.paper.void_at is not None
    assert agreement.number == "(2025)滨澜人调字第1号"


def apply(world, agreement, day, applicants):
    """Apply for confirmation on a day."""
    return actions.apply_for_confirmation(
        fresh(agreement),
        COURT,
        applicants=applicants,
        applied_on=date.fromisoformat(day),
        by=world.clerk.as_actor(),
        now=at(day),
    )


def later_text(agreement):
    """The payment moved to the end of September."""
    payer = next(row.key for row in agreement.parties if row.party.name == "冯志远")
    payee = next(row.key for row in agreement.parties if row.party.name == "尤晓琴")
    return text_of(agreement, obligations=(payment(payer, payee, 1_200_000, "2025-09-30"),))


def sign_all(world, agreement, day):
    """Everybody signs and the seal is put on, in one day."""
    sign_party(world, agreement, "party-1", day)
    sign_party(world, agreement, "party-2", day)
    sign_mediator(world, agreement, day)
    seal(world, agreement, day)
