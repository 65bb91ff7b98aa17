"""S01: a restructured company, 428 claimants, six to seven years of unpaid allowance. Every date and amount, by acts.

The course is walked with a small roster of the same structure; the sums of the table are asserted with all 428.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.agreements import actions as agreements
from app.agreements.models import Agreement, Obligation
from app.agreements.rules import AgreementForm, AgreementStatus, CourtGround
from app.collective.actions import batch
from app.collective.actions.batch import issue_for, seal_batch
from app.collective.actions.returning import feed_back_settlement, return_claimants
from app.collective.models import Claimant, ModelSettlement, SettlementAgreement
from app.collective.queries.batch import list_links
from app.collective.queries.settlement import text_for
from app.collective.rules import ClaimantStatus
from app.documents.models import IssuedPaper
from app.documents.rules import find_number_gaps
from app.errors import RuleViolation
from app.extensions import db as database
from app.jobs.running import run_job
from app.linkage.actions import return_to_petition
from app.linkage.models import Linkage
from app.linkage.rules import LinkageResult, LinkageStatus, PartyResult
from app.matters import actions as matters
from app.matters.models import Clock, ClockState, Matter
from app.mediation.actions import extend_mediation, record_labour_notice
from app.mediation.models import MediationCase
from app.mediation.rules import CaseStatus, EndReason
from app.people.models import Account
from app.web.transaction import transaction
from tests.agreements.helpers import STROKES
from tests.collective.settling import KINDS, Settling, Wanted, day, frozen_settlement, make_settling, print_all
from tests.matters.stage import at

SMALL = Wanted(seven_years=7, six_years=3, heirs=2, disputed=2, refusing=1)
"""Seven years: three alive, two signed by heirs, two in dispute; six years: three; one refuses."""
WHOLE = Wanted(seven_years=260, six_years=163, heirs=9, disputed=2, refusing=5)


def clocks(owner_kind: str, owner_id: int) -> dict[str, tuple[date, date]]:
    """Legal date and target of the clocks of one owner."""
    rows = database.session.scalars(sa.select(Clock).filter_by(owner_kind=owner_kind, owner_id=owner_id))
    return {row.clock: (row.legal_due_on, row.target_on) for row in rows}


def fresh(agreement_id: int) -> Agreement:
    """The agreement as the database has it now."""
    return database.session.get_one(Agreement, agreement_id, populate_existing=True)


def sign_wholly(world: Settling, agreement_id: int, on: date) -> None:
    """Company, claimant (or his heir) and both mediators sign one agreement on that day."""
    by, now = world.clerk.as_actor(), at(on, 10)
    with transaction():
        agreement = fresh(agreement_id)
        digest = agreement.paper.latest.sha256
        for key in ("party-1", "party-2"):
            agreements.check_identity(agreement, key, "id_card", by=by, now=now)
            agreements.sign(agreement, key, STROKES, shown_sha256=digest, by=by, now=now)
        for account_id in (world.stage.mediator.id, world.second.id):
            mediator = database.session.get_one(Account, account_id)
            key = f"mediator-{agreement.case.active_mediators.index(mediator) + 1}"
            agreements.sign(agreement, key, STROKES, shown_sha256=digest, by=mediator.as_actor(), now=now)


def seal_all(world: Settling, on: date) -> None:
    """The clerk seals what is signed, and the job does it."""
    with transaction():
        sealed = seal_batch(world.roster, by=world.clerk.as_actor(), now=at(on, 16))
    assert run_job(sealed.job_id, KINDS)


def walk_to_april(world: Settling) -> None:
    """Rows 6 to 8: acceptance, the notice of the fifteenth day, the extension."""
    with transaction():
        case = database.session.get_one(MediationCase, world.case.id)
        by = world.stage.actor("unit_clerk")
        matters.accept_matter(case.matter, accepted_on=day("02-20"), by=by, now=at(day("02-20")))
    everybody = [party.id for party in world.case.parties]
    clerk = world.clerk.as_actor()
    with pytest.raises(RuleViolation, match="劳动") as refusal, transaction():
        extend_mediation(world.case, 30, agreed_on=day("03-19"), agreeing=everybody, by=clerk, now=at(day("03-19")))
    assert refusal.value.rule == "R-MED-15"
    with transaction():
        record_labour_notice(
            world.case,
            told_on=day("03-06"),
            continues=True,
            arbitration_body="滨澜区劳动人事争议仲裁委员会",
            by=clerk,
            now=at(day("03-06")),
        )
    with pytest.raises(RuleViolation), transaction():
        some = everybody[:-1]
        extend_mediation(world.case, 30, agreed_on=day("03-19"), agreeing=some, by=clerk, now=at(day("03-19")))
    with transaction():
        extend_mediation(world.case, 30, agreed_on=day("03-19"), agreeing=everybody, by=clerk, now=at(day("03-19")))


def test_s01_the_whole_course_with_its_dates(db, fake_now) -> None:
    fake_now("2025-04-07T10:00+08:00")
    world = make_settling(SMALL)
    matter, case = world.matter, world.case
    found = clocks("matter", matter.id)
    assert found["petition_routing"][0] == day("02-25")
    unit = clocks("matter_unit", next(row.id for row in matter.units if row.organisation_id == world.stage.unit.id))
    assert unit["transfer_receipt_notice"] == (day("03-03"), day("02-28"))
    assert unit["transfer_objection"][0] == day("02-21")
    assert len(world.linkage.parties) == len(case.parties) == 7 + 3 + 1
    found = clocks("mediation_case", case.id)
    assert found["mediation_period"][0] == day("03-21")
    assert found["labour_mediation_notice"][0] == day("03-06")

    walk_to_april(world)

    assert clocks("matter", matter.id)["petition_handling"][0] == day("04-21")
    assert clocks("mediation_case", case.id)["mediation_period"] == (day("04-21"), day("04-18"))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    ids = [link.agreement_id for link in list_links(settlement)]
    assert len(ids) == 8

    first, second = ids[:4] + ids[5:7], [ids[4], ids[7]]
    for place, agreement_id in enumerate(first):
        sign_wholly(world, agreement_id, day("04-08") + timedelta(days=place % 4))
    seal_all(world, day("04-11"))
    assert {fresh(each).effective_on for each in first} == {day("04-11")}
    assert fresh(ids[0]).case.status is CaseStatus.MEDIATING
    for agreement_id in second:
        sign_wholly(world, agreement_id, day("04-17"))
    seal_all(world, day("04-18"))
    assert {fresh(each).effective_on for each in second} == {day("04-18")}

    check_due_dates(first, day("05-12"), day("05-09"))
    check_due_dates(second, day("05-19"), day("05-16"))
    check_confirmation(world, first[0], second[0])
    check_end(world)


def check_due_dates(ids: list[int], first_due: date, window_target: date) -> None:
    """First instalment thirty days after the effect, second by the end of the year, thirty days for confirmation."""
    for agreement_id in ids:
        agreement = fresh(agreement_id)
        assert [row.due_on for row in agreement.obligations] == [first_due, day("12-31")]
        assert agreement.window_ends_on == first_due
        assert clocks("agreement", agreement_id)["judicial_confirmation"] == (first_due, window_target)
        years = 7 if agreement.total_fen == 4_200_000 else 6
        split = {7: [2_520_000, 1_680_000], 6: [2_160_000, 1_440_000]}[years]
        assert [row.amount_fen for row in agreement.obligations] == split


def check_confirmation(world: Settling, of_first: int, of_second: int) -> None:
    """Batch A may be confirmed on 9 May by the committee's court, batch B no more on 20 May (INV-26)."""
    court = agreements.CourtChoice("滨澜区人民法院", CourtGround.COMMITTEE_PLACE)
    home = agreements.CourtChoice("滨澜区人民法院", CourtGround.PARTY_DOMICILE)
    both, by = frozenset({"party-1", "party-2"}), world.clerk.as_actor()
    with pytest.raises(RuleViolation) as refusal, transaction():
        agreements.apply_for_confirmation(
            fresh(of_first), home, applied_on=day("05-09"), applicants=both, by=by, now=at(day("05-09"))
        )
    assert refusal.value.rule == "INV-26"
    with transaction():
        agreements.apply_for_confirmation(
            fresh(of_first), court, applied_on=day("05-09"), applicants=both, by=by, now=at(day("05-09"))
        )
    with pytest.raises(RuleViolation, match="5月19日") as refusal, transaction():
        agreements.apply_for_confirmation(
            fresh(of_second), court, applied_on=day("05-20"), applicants=both, by=by, now=at(day("05-20"))
        )
    assert refusal.value.rule == "INV-26"


def check_end(world: Settling) -> None:
    """Rows 11 to 13: two families in dispute, the end for them, the way back, the extension of handling."""
    leader, by = world.stage.actor("unit_leader"), world.clerk.as_actor()
    reason = "继承人有争议，部分申请人不同意调解"
    with transaction():
        matter = database.session.get_one(Matter, world.matter.id)
        matters.extend_handling(matter, 30, reason=reason, told_on=day("04-17"), by=leader, now=at(day("04-17")))
    assert clocks("matter", world.matter.id)["petition_handling"][0] == day("05-21")
    disputed = [row for row in world.claimants() if row.status is ClaimantStatus.PENDING]
    assert len(disputed) == 2
    with pytest.raises(RuleViolation, match="争议") as refusal, transaction():
        settlement = database.session.scalars(sa.select(ModelSettlement)).one()
        issue_for(settlement, disputed[0], by=by, now=at(day("04-18")))
    assert refusal.value.rule == "INV-25"
    with transaction():
        return_claimants(
            world.roster, disputed, EndReason.NO_AGREEMENT_POSSIBLE, "继承人有争议", by=by, now=at(day("04-21"))
        )
    with transaction():
        linkage = database.session.get_one(Linkage, world.linkage.id)
        feed_back_settlement(linkage, world.roster, summary="八人签约，两人未成。", by=by, now=at(day("04-21")))
        return_to_petition(linkage, by=world.stage.actor("coordinator"), now=at(day("04-21")))
    case = database.session.get_one(MediationCase, world.case.id)
    assert (case.status, case.agreed_on, case.ended_on) == (CaseStatus.AGREED, day("04-18"), day("04-21"))
    assert (linkage.status, linkage.result) == (LinkageStatus.RETURNED_TO_PETITION, LinkageResult.PARTLY_AGREED)
    assert Counter(row.result for row in linkage.parties) == {PartyResult.SIGNED: 9, PartyResult.FAILED: 2}
    notices = database.session.scalars(sa.select(IssuedPaper).filter_by(type_name="mediation_end_notice")).all()
    assert len(notices) == 1
    handling = database.session.scalars(sa.select(Clock).filter_by(clock="petition_handling")).one()
    assert (handling.legal_due_on, handling.state) == (day("05-21"), ClockState.RUNNING)
    assert database.session.scalar(sa.select(sa.func.count()).select_from(MediationCase)) == 1


def test_s01_inv_25_a_representative_cannot_sign_for_another_and_inv_22_sums_are_kept(db, fake_now) -> None:
    fake_now("2025-04-07T10:00+08:00")
    world = make_settling(Wanted(seven_years=2, six_years=0))
    settlement = frozen_settlement(world)
    by, now = world.clerk.as_actor(), at(day("04-08"))
    with transaction():
        tao, liang = world.claimants()
        mine = matters.NewProxy(name="陶玉芬", filed_on=day("04-08"), is_special=True, powers="代为和解")
        foreign = matters.add_proxy(tao.party, mine, by=by, now=now)
        agreement = issue_for(settlement, liang, by=by, now=now)
    with pytest.raises(RuleViolation, match="陶玉芬不能替梁守田签") as refusal, transaction():
        agreements.sign(fresh(agreement.id), "party-2", STROKES, shown_sha256="", by=by, now=now, proxy=foreign)
    assert refusal.value.rule == "INV-25"

    with transaction():
        tao = world.claimants()[0]
        text = text_for(settlement, tao, today=day("04-08"))
        wrong = tuple(
            agreements_obligation(each, 2_500_000 if place == 0 else each.amount_fen)
            for place, each in enumerate(text.obligations)
        )
        parties = (world.roster.respondent, tao.party)
        draft = agreements.draft_agreement(world.case, parties=parties, by=by, now=now)
        agreements.save_agreement(
            draft, type(text)(**{**vars(text), "obligations": wrong}), seen_version=None, by=by, now=now
        )
    with pytest.raises(RuleViolation, match="200") as refusal, transaction():
        agreements.finalise_agreement(fresh(draft.id), seen_version=None, by=by, now=now)
    assert refusal.value.rule == "INV-22"
    with pytest.raises(RuleViolation) as refusal, transaction():
        agreements.draft_agreement(world.case, form=AgreementForm.ORAL, by=by, now=now)
    assert refusal.value.rule == "INV-23"


def agreements_obligation(each: object, amount_fen: int | None) -> object:
    """The same payment with another amount."""
    return type(each)(**{**vars(each), "amount_fen": amount_fen})


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_s01_all_428_make_421_agreements_and_16_704_000_yuan(app, db, fake_now, monkeypatch) -> None:
    fake_now("2025-04-07T10:00+08:00")
    monkeypatch.setattr(batch, "render_papers", lambda waiting, *, now: iter(()))
    world = make_settling(WHOLE)
    assert len(world.case.parties) == 424
    settlement = frozen_settlement(world)

    print_all(world, settlement)

    rows = db.session.execute(sa.select(IssuedPaper.n).where(IssuedPaper.series.like("agreements_of_case_%")))
    assert find_number_gaps([n for (n,) in rows], 421) == []
    made = db.session.execute(
        sa.select(sa.func.count(), sa.func.sum(Agreement.total_fen)).where(Agreement.status == AgreementStatus.ISSUED)
    ).one()
    assert tuple(made) == (421, 1_670_400_000)
    by_amount = Counter(db.session.scalars(sa.select(Agreement.total_fen)))
    assert by_amount == {4_200_000: 258, 3_600_000: 163}
    parts = sa.select(Obligation.position, sa.func.sum(Obligation.amount_fen)).group_by(Obligation.position)
    assert sorted(tuple(row) for row in db.session.execute(parts)) == [(0, 1_002_240_000), (1, 668_160_000)]
    without = sa.select(sa.func.count()).where(Claimant.id.not_in(sa.select(SettlementAgreement.claimant_id)))
    assert db.session.scalar(without) == 7
