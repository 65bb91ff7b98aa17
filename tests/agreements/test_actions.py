"""Acts on agreements beyond the scenarios: order of acts, authority, refusals, numbers, replacing, S01 in small."""

from datetime import date
from itertools import pairwise

import pytest
import sqlalchemy as sa

from app.agreements import actions
from app.agreements.models import Agreement
from app.agreements.queries import check_up_of, digest_of_key
from app.agreements.rules import AgreementStatus, CourtGround, Performance, StateConflict, Supplement
from app.audit.models import AuditEvent
from app.documents.models import IssuedPaper
from app.errors import NotPermitted, RuleViolation, StaleVersion
from app.extensions import db as database
from app.matters.models import Clock, Proxy
from app.notices.models import OutboxMessage
from app.signing.models import Signature
from app.web.transaction import transaction
from tests.agreements.helpers import (
    STROKES,
    at,
    effective_agreement,
    fresh,
    issued_agreement,
    make_world,
    payment,
    seal,
    sign_mediator,
    sign_party,
    signed_agreement,
    text_of,
)

DAY = "2025-07-01"


def test_b181_issuing_twice_makes_one_paper(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)

    with pytest.raises(StateConflict), transaction():
        actions.issue_agreement(fresh(agreement), seen_version=None, by=world.clerk.as_actor(), now=at(DAY))

    assert db.session.scalar(sa.select(sa.func.count()).select_from(IssuedPaper)) == 1


def test_b110_text_is_closed_after_issue(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)

    with pytest.raises(StateConflict) as refusal, transaction():
        row = fresh(agreement)
        actions.save_agreement(
            row, text_of(row, total_fen=1), seen_version=None, by=world.clerk.as_actor(), now=at(DAY)
        )

    assert (refusal.value.status, refusal.value.rule) == (409, "INV-24")


def test_b210_signing_twice_keeps_the_first_signature(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)
    sign_party(world, agreement, "party-1", DAY)
    first = db.session.scalar(sa.select(Signature.public_id))

    with transaction():
        row = fresh(agreement)
        digest = row.paper.latest.sha256
        again = actions.sign(row, "party-1", STROKES, shown_sha256=digest, by=world.clerk.as_actor(), now=at(DAY, 11))

    assert again.public_id == first
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Signature)) == 1


def test_b210_sealing_before_everybody_signed_is_refused(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)
    sign_party(world, agreement, "party-1", DAY)

    with pytest.raises(StateConflict, match=r"尤晓琴、石明轩") as refusal:
        seal(world, agreement, DAY)

    assert (refusal.value.status, refusal.value.rule) == (409, "INV-21")


def test_b210_stale_text_is_refused(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)
    with transaction():
        actions.check_identity(fresh(agreement), "party-1", "id_card", by=world.clerk.as_actor(), now=at(DAY))

    with pytest.raises(StaleVersion), transaction():
        actions.sign(
            fresh(agreement), "party-1", STROKES, shown_sha256="0" * 64, by=world.clerk.as_actor(), now=at(DAY)
        )


def test_b211_refusal_keeps_the_agreement_open_until_the_party_signs_after_all(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)
    sign_party(world, agreement, "party-1", DAY)
    sign_mediator(world, agreement, DAY)
    with transaction():
        actions.refuse_to_sign(fresh(agreement), "party-2", "钱太少，回家商量", by=world.clerk.as_actor(), now=at(DAY))
    with pytest.raises(StateConflict, match="尤晓琴不签"):
        seal(world, agreement, DAY)

    sign_party(world, agreement, "party-2", "2025-07-03")

    assert seal(world, agreement, "2025-07-04").effective_on == date(2025, 7, 4)


def test_inv_21_effect_is_the_day_of_the_seal_when_it_comes_last(db) -> None:
    world = make_world()
    agreement = signed_agreement(world, "2025-07-01")

    agreement = seal(world, agreement, "2025-07-03")

    assert agreement.effective_on == date(2025, 7, 3)
    assert agreement.window_ends_on == date(2025, 8, 4)


def test_mediator_signs_in_his_own_name_only(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)

    with pytest.raises(NotPermitted), transaction():
        row = fresh(agreement)
        actions.sign(
            row,
            "mediator-1",
            STROKES,
            shown_sha256=row.paper.latest.sha256,
            by=world.clerk.as_actor(),
            now=at(DAY),
        )


def test_signature_without_identity_check_is_refused(db) -> None:
    world = make_world()
    agreement = issued_agreement(world)

    with pytest.raises(RuleViolation, match="身份证件"), transaction():
        row = fresh(agreement)
        digest = row.paper.latest.sha256
        actions.sign(row, "party-1", STROKES, shown_sha256=digest, by=world.clerk.as_actor(), now=at(DAY))


def add_proxy(party, *, name="邓晓春", relation="女儿", is_special=True, valid_until=None) -> Proxy:
    """A filed authority."""
    proxy = Proxy(
        party_id=party.id,
        relation=relation,
        is_special_authority=is_special,
        filed_on=date(2025, 6, 10),
        valid_until=valid_until,
    )
    proxy.name = name
    party.proxies.append(proxy)
    database.session.flush()
    return proxy


def with_proxy(world, proxy_of, **values) -> Agreement:
    """An issued agreement on which a proxy acts for one party."""
    with transaction():
        party = database.session.merge(proxy_of)
        proxy = add_proxy(party, **values)
        by, now = world.clerk.as_actor(), at(DAY)
        agreement = actions.draft_agreement(world.case, by=by, now=now)
        key = next(row.key for row in agreement.parties if row.party_id == party.id)
        text = text_of(agreement, proxies={key: proxy.public_id})
        actions.save_agreement(agreement, text, seen_version=None, by=by, now=now)
        actions.finalise_agreement(agreement, seen_version=None, by=by, now=now)
    with transaction():
        actions.issue_agreement(fresh(agreement), seen_version=None, by=by, now=now)
    return fresh(agreement)


def test_inv_25_proxy_with_special_authority_on_file_signs(db) -> None:
    world = make_world()
    agreement = with_proxy(world, world.payee)
    key = next(row.key for row in agreement.parties if row.proxy_id)

    sign_party(world, agreement, key, DAY)

    assert db.session.scalars(sa.select(Signature)).one().signed_by == "邓晓春"


def test_inv_25_general_authority_is_found_before_anybody_signs(db) -> None:
    world = make_world()
    with pytest.raises(RuleViolation, match="特别授权委托书"):
        with_proxy(world, world.payee, is_special=False)


@pytest.mark.parametrize("values", [{"relation": "继承人"}, {"valid_until": date(2025, 7, 1)}])
def test_inv_25_proxy_without_sufficient_authority_is_refused(db, values) -> None:
    world = make_world()
    agreement = with_proxy(world, world.payee, **values)
    key = next(row.key for row in agreement.parties if row.proxy_id)

    with pytest.raises(RuleViolation) as refusal:
        sign_party(world, agreement, key, "2025-07-02")

    assert refusal.value.rule == "INV-25"


def test_inv_25_representative_cannot_sign_for_another_party(db) -> None:
    """S01: 陶玉芬's signature on 梁守田's agreement without authority."""
    world = make_world()
    agreement = with_proxy(world, world.payee)
    other = next(row.key for row in agreement.parties if not row.proxy_id)
    sign_party(world, agreement, next(row.key for row in agreement.parties if row.proxy_id), DAY)

    with pytest.raises(RuleViolation, match="不能替") as refusal, transaction():
        row = fresh(agreement)
        proxy = next(each.proxy for each in row.parties if each.proxy_id)
        digest = row.paper.latest.sha256
        actions.sign(row, other, STROKES, shown_sha256=digest, proxy=proxy, by=world.clerk.as_actor(), now=at(DAY))

    assert refusal.value.rule == "INV-25"


def test_numbers_run_without_gap_and_void_ones_stay(db) -> None:
    world = make_world()
    first = issued_agreement(world)
    with transaction():
        actions.void_agreement(fresh(first), "金额谈错了，重写", by=world.clerk.as_actor(), now=at(DAY))
    second = issued_agreement(world)

    assert (fresh(first).number, second.number) == ("(2025)滨澜人调字第1号", "(2025)滨澜人调字第2号")
    assert fresh(first).paper.latest.kind == "void"


def test_advice_is_kept_with_its_reason_until_the_words_change(db) -> None:
    world = make_world()
    by, now = world.mediator.as_actor(), at(DAY)
    with transaction():
        agreement = actions.draft_agreement(world.case, by=by, now=now)
        vague = text_of(agreement, terms=("冯志远尽快修好水管。",))
        actions.save_agreement(agreement, vague, seen_version=None, by=by, now=now)
        advice = check_up_of(agreement, today=date(2025, 7, 1)).open_advice[0]
        actions.keep_finding(agreement, digest_of_key(advice.key), "水管配件要等厂家发货，各方同意", by=by, now=now)
    assert not check_up_of(fresh(agreement), today=date(2025, 7, 1)).open_advice
    assert fresh(agreement).kept_findings[0].reason == "水管配件要等厂家发货，各方同意"

    with transaction():
        row = fresh(agreement)
        other = text_of(row, terms=("冯志远适当补偿。",))
        actions.save_agreement(row, other, seen_version=None, by=by, now=now)

    assert check_up_of(fresh(agreement), today=date(2025, 7, 1)).open_advice


def test_finalise_is_refused_while_the_instalments_differ_from_the_total(db) -> None:
    world = make_world()
    by, now = world.mediator.as_actor(), at(DAY)

    with pytest.raises(RuleViolation, match="先改完 1 处") as refusal, transaction():
        agreement = actions.draft_agreement(world.case, by=by, now=now)
        actions.save_agreement(agreement, text_of(agreement, total_fen=1_200_001), seen_version=None, by=by, now=now)
        actions.finalise_agreement(agreement, seen_version=None, by=by, now=now)

    assert refusal.value.rule == "INV-22"


def test_date_that_passed_after_finalising_stops_the_issue(db) -> None:
    world = make_world()
    by = world.mediator.as_actor()
    with transaction():
        agreement = actions.draft_agreement(world.case, by=by, now=at(DAY))
        actions.save_agreement(agreement, text_of(agreement), seen_version=None, by=by, now=at(DAY))
        actions.finalise_agreement(agreement, seen_version=None, by=by, now=at(DAY))

    with pytest.raises(RuleViolation, match="已经过去"), transaction():
        actions.issue_agreement(fresh(agreement), seen_version=None, by=by, now=at("2025-08-01"))

    assert fresh(agreement).number == ""


def test_agreement_that_replaces_another_ends_it_at_its_own_effect(db) -> None:
    world = make_world()
    earlier = effective_agreement(world)
    by, now = world.clerk.as_actor(), at("2025-07-10")
    with transaction():
        later = actions.draft_agreement(
            earlier.case, supplement=Supplement.REPLACES, earlier=fresh(earlier), by=by, now=now
        )
        actions.save_agreement(later, text_of(later), seen_version=None, by=by, now=now)
        actions.finalise_agreement(later, seen_version=None, by=by, now=now)
    with transaction():
        actions.issue_agreement(fresh(later), seen_version=None, by=by, now=now)
    assert fresh(earlier).status is AgreementStatus.EFFECTIVE

    for key in ("party-1", "party-2"):
        sign_party(world, later, key, "2025-07-10")
    sign_mediator(world, later, "2025-07-10")
    seal(world, later, "2025-07-10")

    earlier = fresh(earlier)
    assert earlier.status is AgreementStatus.REPLACED
    assert earlier.paper.replaced_by.number == fresh(later).number
    assert not any(visit.is_open for visit in earlier.visits)
    running = db.session.scalars(sa.select(Clock).where(Clock.is_open, Clock.owner_kind.startswith("agreement")))
    owed = {("agreement_obligation", row.id) for row in fresh(later).obligations}
    assert {(row.owner_kind, row.owner_id) for row in running} == {("agreement", later.id), *owed}


def test_parties_are_told_of_the_effect_and_who_has_a_phone_gets_the_link(db) -> None:
    agreement = effective_agreement(make_world())

    messages = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).all()

    kinds = sorted((message.kind.value, message.status.value) for message in messages)
    assert kinds == [
        ("access_link", "queued"),
        ("agreement_effective", "queued"),
        ("agreement_effective", "to_tell"),
    ]
    assert not any(agreement.facts[:4] in message.text for message in messages)


def test_every_change_of_state_is_in_the_audit_log(db) -> None:
    agreement = effective_agreement(make_world())

    rows = db.session.execute(
        sa.select(AuditEvent.before, AuditEvent.after)
        .where(AuditEvent.object_kind == "agreement", AuditEvent.object_id == agreement.id, AuditEvent.after != "")
        .order_by(AuditEvent.seq)
    ).all()

    steps = ["", "draft", "checked", "issued", "signing", "signed", "effective"]
    assert [tuple(row) for row in rows] == list(pairwise(steps))


def test_s01_small_labour_agreement_of_one_claimant_has_the_dates_of_the_scenario(db) -> None:
    """One of the 391: 60 % within 30 days of effect, 40 % by the year's end; sealed on 2025-04-11."""
    world = make_world(dispute_type="D11", accepted_on="2025-02-19")
    first = payment("party-2", "party-1", 2_520_000, None, due_after_days=30)
    second = payment("party-2", "party-1", 1_680_000, "2025-12-31")
    agreement = signed_agreement(world, "2025-04-08", total_fen=4_200_000, obligations=(first, second))

    agreement = seal(world, agreement, "2025-04-11")

    assert agreement.effective_on == date(2025, 4, 11)
    assert [row.due_on for row in agreement.obligations] == [date(2025, 5, 12), date(2025, 12, 31)]
    clock = db.session.scalar(sa.select(Clock).filter_by(clock="judicial_confirmation"))
    assert (clock.legal_due_on, clock.target_on) == (date(2025, 5, 12), date(2025, 5, 9))
    with transaction():
        court = actions.CourtChoice("滨澜区人民法院", CourtGround.COMMITTEE_PLACE)
        actions.apply_for_confirmation(
            fresh(agreement),
            court,
            applicants=frozenset({"party-1", "party-2"}),
            applied_on=date(2025, 5, 9),
            by=world.clerk.as_actor(),
            now=at("2025-05-09"),
        )
    assert agreement.matter.dispute_type == "D11"


def test_performance_in_part_must_be_less_than_the_amount(db) -> None:
    world = make_world()
    agreement = effective_agreement(world)

    with pytest.raises(RuleViolation, match="小于这一笔"), transaction():
        actions.record_performance(
            fresh(agreement).obligations[0],
            Performance.PARTLY,
            performed_fen=1_200_000,
            on=date(2025, 7, 2),
            by=world.clerk.as_actor(),
            now=at("2025-07-02"),
        )
