"""The model settlement: what is refused, numbers in roster order, a new version after the first signature, blanks."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.access.permissions import Actor
from app.agreements import actions as agreements
from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.collective.actions import batch
from app.collective.actions.batch import seal_batch, start_printing
from app.collective.actions.returning import return_claimants
from app.collective.models import Claimant, ModelSettlement
from app.collective.queries.batch import list_links, list_to_sign_again
from app.collective.rules import ClaimantStatus
from app.collective.rules.settlement import Entitled, Share, check_model, digest_of_model, fill, split_amount
from app.documents.models import IssuedPaper
from app.errors import RuleViolation
from app.extensions import db as database
from app.jobs.models import Job
from app.jobs.rules import JobStatus
from app.jobs.running import run_job
from app.law import clock
from app.mediation.models import MediationCase
from app.mediation.rules import CaseStatus, EndReason
from app.web.transaction import transaction
from app.worker import render_abandoned
from tests.agreements.helpers import STROKES
from tests.collective.settling import KINDS, Settling, Wanted, day, frozen_settlement, make_settling, model, print_all


@pytest.mark.parametrize(
    ("total_fen", "parts", "amounts"),
    [
        (4_200_000, (6000, 4000), (2_520_000, 1_680_000)),
        (3_600_000, (6000, 4000), (2_160_000, 1_440_000)),
        (100, (3333, 3333, 3334), (33, 33, 34)),
        (101, (5000, 5000), (50, 51)),
        (1, (9999, 1), (0, 1)),
    ],
)
def test_inv_22_split_amount_gives_the_remainder_to_the_last(total_fen, parts, amounts) -> None:
    assert split_amount(total_fen, parts) == amounts
    assert sum(amounts) == total_fen


@pytest.mark.parametrize(
    "values",
    [
        {"shares": (Share(part=6000, due_after_days=30), Share(part=3000, due_on=day("12-31")))},
        {"shares": (Share(part=10_000),)},
        {"shares": (Share(part=10_000, due_after_days=30, due_on=day("12-31")),)},
        {"shares": ()},
        {"facts": "{姓名}和{身份证}"},
        {"facts": ""},
    ],
)
def test_inv_22_model_when_parts_or_blanks_are_wrong_is_refused(values) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_model(model(**values))
    assert refusal.value.rule == "INV-22"


def test_blanks_are_filled_for_each_and_the_digest_knows_every_word() -> None:
    person = Entitled(name="陶玉芬", total_fen=4_200_000, years=7, yearly_fen=600_000)
    assert fill("{姓名} {年数} 年 {总额}（{总额大写}）{别的}", person) == "陶玉芬 7 年 42,000（肆万贰仟元整）{别的}"
    assert digest_of_model(model()) == digest_of_model(model())
    assert digest_of_model(model()) != digest_of_model(model(place="别处"))


def test_inv_30_agreements_when_printed_are_numbered_in_roster_order_without_gap(db, fake_now) -> None:
    fake_now("2025-04-07T10:00+08:00")
    world = make_settling(Wanted(seven_years=4, six_years=2, heirs=1, disputed=1, refusing=1))
    settlement = frozen_settlement(world)

    print_all(world, settlement)

    links = list_links(settlement)
    assert [link.agreement.number for link in links] == [f"(2025)滨澜人调字第1-{n:03}号" for n in range(1, 6)]
    assert [link.claimant.position for link in links] == [1, 2, 3, 5, 6]
    assert all(link.agreement.paper.is_ready for link in links)
    assert sum(link.agreement.total_fen for link in links) == (3 * 7 + 2 * 6) * 600_000
    heir = next(link for link in links if link.claimant.is_deceased)
    assert heir.agreement.parties[1].signer_name == heir.claimant.heirs[0].name
    with pytest.raises(RuleViolation, match="都已经有协议"), transaction():
        start_printing(settlement, by=world.clerk.as_actor(), now=clock.now())


def test_model_when_one_claimant_is_refused_leaves_him_out_and_says_which_line(db, fake_now) -> None:
    fake_now("2025-04-07T10:00+08:00")
    world = make_settling(Wanted(seven_years=2, six_years=1))
    settlement = frozen_settlement(world)
    with transaction():
        second = db.session.get_one(Claimant, world.claimants()[1].id)
        second.claims[0].years = None

    print_all(world, settlement)

    job = db.session.scalars(sa.select(Job)).one()
    assert job.status is JobStatus.PARTLY_FAILED
    assert [failure.partition("：")[0] for failure in job.failures] == ["第 2 行"]
    assert [link.agreement.paper.n for link in list_links(settlement)] == [1, 2]
    assert [link.claimant.position for link in list_links(settlement)] == [1, 3]


def test_p12_what_a_job_is_about_to_print_is_left_to_it_and_made_once_it_has_ended(
    app, db, fake_now, monkeypatch
) -> None:
    fake_now("2025-04-08T10:00+08:00")
    world = make_settling(Wanted(seven_years=2, six_years=0))
    made_beside = []

    def break_off(waiting, *, now):
        made_beside.append((len(waiting), render_abandoned(now)))
        return iter(())

    monkeypatch.setattr(batch, "render_papers", break_off)
    print_all(world, frozen_settlement(world))

    assert made_beside == [(2, 0)]
    assert render_abandoned(clock.now()) == 2
    assert render_abandoned(clock.now()) == 0


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_inv_24_new_version_keeps_what_was_signed_and_lists_who_signs_again(app, db, fake_now) -> None:
    fake_now("2025-04-08T10:00+08:00")
    world = make_settling(Wanted(seven_years=3, six_years=0))
    first = frozen_settlement(world)
    print_all(world, first)
    in_force, half, untouched = [link.agreement_id for link in list_links(first)]
    sign_by_all(world, in_force)
    seal(world)
    with transaction():
        sign_party(world, db.session.get_one(Agreement, half), "party-2")
    assert db.session.get_one(Agreement, in_force).status is AgreementStatus.EFFECTIVE

    shares = (Share(part=5000, due_after_days=30), Share(part=5000, due_on=day("12-31")))
    second = frozen_settlement(world, on="04-08", shares=shares)
    assert [row.agreement_id for row in list_to_sign_again(second)] == [in_force, half]
    print_all(world, second)

    statuses = {each: db.session.get_one(Agreement, each).status for each in (in_force, half, untouched)}
    assert statuses == {
        in_force: AgreementStatus.EFFECTIVE,
        half: AgreementStatus.SIGNING,
        untouched: AgreementStatus.VOID,
    }
    assert [link.agreement.number[-5:] for link in list_links(second)] == ["-004号", "-005号", "-006号"]
    for link in list_links(second):
        sign_by_all(world, link.agreement_id)
    assert list_to_sign_again(second) == []
    seal(world)
    for earlier, status in ((in_force, AgreementStatus.REPLACED), (half, AgreementStatus.VOID)):
        assert db.session.get_one(Agreement, earlier).status is status
    assert {row.status for row in world.claimants()} == {ClaimantStatus.SIGNED}
    assert db.session.scalars(sa.select(ModelSettlement.status).order_by(ModelSettlement.id)).all() == [
        "replaced",
        "frozen",
    ]
    assert db.session.scalar(sa.select(sa.func.max(IssuedPaper.n))) == 6


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_r_link_11_case_when_the_last_is_sealed_after_others_were_returned_is_closed(app, db, fake_now) -> None:
    fake_now("2025-04-08T10:00+08:00")
    world = make_settling(Wanted(seven_years=2, six_years=0, disputed=1))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    (link,) = list_links(settlement)
    sign_by_all(world, link.agreement_id)
    with transaction():
        disputed = next(row for row in world.claimants() if row.is_deceased)
        return_claimants(
            world.roster, [disputed], EndReason.NO_AGREEMENT_POSSIBLE, "", by=by_of(world), now=clock.now()
        )
    assert db.session.get_one(MediationCase, world.case.id).is_open

    seal(world)

    case = db.session.get_one(MediationCase, world.case.id, populate_existing=True)
    assert (case.status, case.agreed_on) == (CaseStatus.AGREED, day("04-08"))


def by_of(world: Settling) -> Actor:
    """The committee's clerk as the one who acts."""
    return world.clerk.as_actor()


def seal(world: Settling) -> None:
    """The clerk seals what is signed."""
    with transaction():
        sealed = seal_batch(world.roster, by=world.clerk.as_actor(), now=clock.now() + timedelta(minutes=1))
    assert run_job(sealed.job_id, KINDS)


def sign_party(world: Settling, agreement: Agreement, key: str) -> None:
    """One party shows its document and signs."""
    by, now = world.clerk.as_actor(), clock.now()
    agreements.check_identity(agreement, key, "id_card", by=by, now=now)
    agreements.sign(agreement, key, STROKES, shown_sha256=agreement.paper.latest.sha256, by=by, now=now)


def sign_by_all(world: Settling, agreement_id: int) -> None:
    """Both parties and both mediators sign."""
    with transaction():
        agreement = database.session.get_one(Agreement, agreement_id, populate_existing=True)
        for key in ("party-1", "party-2"):
            sign_party(world, agreement, key)
        for place, account in enumerate(agreement.case.active_mediators, start=1):
            actor = account.as_actor()
            digest = agreement.paper.latest.sha256
            agreements.sign(agreement, f"mediator-{place}", STROKES, shown_sha256=digest, by=actor, now=clock.now())
