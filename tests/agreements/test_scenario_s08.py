"""S08: an oral agreement over a scratched e-bike, 800 yuan paid on the spot."""

from datetime import date

import pytest

from app.agreements import actions
from app.agreements.forms import AgreementText
from app.agreements.rules import AgreementForm, AgreementStatus, Performance, StateConflict, Supplement
from app.documents.models import RevisionKind
from app.errors import RuleViolation
from app.law.profile import Profile
from app.mediation.rules import CaseStatus
from app.web.transaction import transaction
from tests.agreements.helpers import at, fresh, make_world, payment, seal, sign_mediator, text_of

DAY = "2025-11-13"


def draft_oral(world, **values):
    """An oral agreement with 800 yuan paid at once, not yet registered."""
    by, now = world.mediator.as_actor(), at(DAY)
    with transaction():
        agreement = actions.draft_agreement(world.case, form=AgreementForm.ORAL, by=by, now=now)
        actions.save_agreement(agreement, oral_text(agreement, **values), seen_version=None, by=by, now=now)
    return agreement


def oral_text(agreement, **values) -> AgreementText:
    """Apology and 800 yuan on the spot."""
    text = {
        "facts": "电动车被刮花，双方争执。",
        "payment_term": "赔偿修车费",
        "total_fen": 80_000,
        "obligations": (payment("party-1", "party-2", 80_000, None),),
        "terms": ("冯志远当面道歉。",),
        "manner": "当场付清",
        "place": "",
        "is_performed_at_once": True,
    }
    return text_of(agreement, **{**text, **values})


def register(world, agreement, *, reached_on=DAY, now=DAY):
    """Register it with its form."""
    with transaction():
        return actions.register_oral_agreement(
            fresh(agreement),
            reached_on=date.fromisoformat(reached_on),
            reached_at="清河社区",
            seen_version=None,
            by=world.mediator.as_actor(),
            now=at(now),
        )


def test_s08_1_oral_agreement_is_effective_the_day_it_is_reached_without_signatures(db) -> None:
    world = make_world(dispute_type="D06", accepted_on=DAY)

    paper = register(world, draft := draft_oral(world))
    agreement = fresh(draft)

    assert agreement.status is AgreementStatus.EFFECTIVE
    assert agreement.effective_on == date(2025, 11, 13)
    assert paper.type_name == "oral_agreement_form"
    assert agreement.number == "(2025)滨澜人调字第1号"
    assert agreement.case.status is CaseStatus.AGREED


def test_s08_2_form_is_signed_by_the_mediator_and_sealed_the_same_day(db) -> None:
    world = make_world(dispute_type="D06", accepted_on=DAY)
    register(world, agreement := draft_oral(world))

    sign_mediator(world, agreement, DAY)
    agreement = seal(world, agreement, DAY)

    assert agreement.paper.latest.kind is RevisionKind.SIGNED
    assert agreement.effective_on == date(2025, 11, 13)


def test_s08_2_without_content_or_on_another_day_the_registration_is_refused(db) -> None:
    world = make_world(dispute_type="D06", accepted_on="2025-11-12")
    empty = draft_oral(world, terms=(), payment_term="")

    with pytest.raises(RuleViolation, match="登记表") as refusal:
        register(world, empty)
    assert refusal.value.rule == "INV-23"
    with pytest.raises(RuleViolation, match="当天登记"):
        register(world, draft_oral(world), reached_on="2025-11-12")


def test_s08_2_form_signed_a_day_late_is_refused(db) -> None:
    world = make_world(dispute_type="D06", accepted_on=DAY)
    register(world, agreement := draft_oral(world))

    with pytest.raises(RuleViolation, match="当天") as refusal:
        sign_mediator(world, agreement, "2025-11-14")

    assert refusal.value.rule == "INV-23"


def test_s08_3_payment_on_the_spot_counts_as_performed(db) -> None:
    world = make_world(dispute_type="D06", accepted_on=DAY)
    register(world, agreement := draft_oral(world))

    row = fresh(agreement).obligations[0]

    assert (row.performance, row.performed_fen, row.performed_on) == (Performance.PERFORMED, 80_000, date(2025, 11, 13))


def test_s08_5_written_agreement_later_leaves_the_effect_of_the_oral_one(db) -> None:
    world = make_world(dispute_type="D06", accepted_on=DAY)
    register(world, agreement := draft_oral(world))

    with transaction():
        written = actions.draft_agreement(
            world.case,
            supplement=Supplement.WRITES_DOWN,
            earlier=fresh(agreement),
            by=world.clerk.as_actor(),
            now=at("2025-11-20"),
        )

    assert written.form is AgreementForm.WRITTEN
    assert fresh(agreement).effective_on == date(2025, 11, 13)
    assert fresh(agreement).status is AgreementStatus.EFFECTIVE


def test_s08_6_labour_dispute_offers_no_oral_form(db, client_of, fake_now) -> None:
    fake_now(f"{DAY}T10:00+08:00")
    world = make_world(dispute_type="D10", accepted_on=DAY)

    with pytest.raises(RuleViolation, match="劳动争议不能用口头协议") as refusal:
        draft_oral(world)

    assert refusal.value.rule == "INV-23"
    page = client_of(world.mediator).get(f"/mediations/{world.case.public_id}/agreements/new").text
    assert 'value="oral"' not in page
    assert "劳动争议只能用书面协议" in page


def test_s08_7_payment_next_month_needs_the_written_form_by_the_local_rule(db) -> None:
    assert Profile().is_oral_for_immediate_performance_only
    world = make_world(dispute_type="D06", accepted_on=DAY)
    later = (payment("party-1", "party-2", 80_000, "2025-12-13"),)
    agreement = draft_oral(world, is_performed_at_once=False, obligations=later)

    with pytest.raises(RuleViolation, match="写成书面协议"):
        register(world, agreement)


def test_oral_agreement_is_never_issued_for_signing(db) -> None:
    world = make_world(dispute_type="D06", accepted_on=DAY)
    agreement = draft_oral(world)

    with pytest.raises(StateConflict), transaction():
        actions.finalise_agreement(fresh(agreement), seen_version=None, by=world.mediator.as_actor(), now=at(DAY))
