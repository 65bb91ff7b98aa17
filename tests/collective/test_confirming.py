"""Judicial confirmation of a whole sealed batch (S01): two dates, one act, left out with the reason, the answers."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
import sqlalchemy as sa

from app.agreements.actions import CourtChoice
from app.agreements.models import Agreement, Confirmation
from app.agreements.rules import AgreementStatus, ConfirmationStatus, CourtGround
from app.collective.actions.batch import issue_for, seal_batch
from app.collective.actions.confirming import apply_for_confirmations, record_results, start_confirmation
from app.collective.models import Claimant, ModelSettlement, SealBatch
from app.collective.queries.batch import find_link, list_links, list_links_of_batch
from app.collective.queries.confirming import list_to_confirm, window_of
from app.documents.actions import render_missing
from app.errors import RuleViolation
from app.extensions import db as database
from app.jobs.models import Job
from app.jobs.running import run_job
from app.law import clock
from app.matters.models import Capacity
from app.people.models import OrganisationKind
from app.web.transaction import transaction
from tests.collective.settling import KINDS, Settling, Wanted, day, frozen_settlement, make_settling, print_all
from tests.collective.test_settlement import sign_by_all
from tests.factories import involve, make_organisation
from tests.matters.stage import at

COURT = CourtChoice("滨澜区人民法院", CourtGround.COMMITTEE_PLACE)
ALL_KINDS = {**KINDS, "apply_for_confirmations": apply_for_confirmations}


def sealed(world: Settling, agreement_ids: list[int]) -> SealBatch:
    """The batch of these agreements, signed and sealed today."""
    for agreement_id in agreement_ids:
        sign_by_all(world, agreement_id)
    with transaction():
        batch = seal_batch(world.roster, by=world.clerk.as_actor(), now=clock.now())
    assert run_job(batch.job_id, KINDS)
    return batch


def give_up_petitioning(agreement_id: int) -> None:
    """A clause that no court confirms, as an older text may hold it."""
    with transaction():
        agreement = database.session.get_one(Agreement, agreement_id)
        agreement.terms[0].text = "申请人今后不再上访。"


def apply(world: Settling, batch: SealBatch, on: str, *, both: bool = True) -> Job:
    """The joint application of all of a batch on that day."""
    with transaction():
        fresh = database.session.get_one(SealBatch, batch.id)
        return start_confirmation(
            fresh,
            list_links_of_batch(fresh),
            COURT,
            respondent_applies=both,
            applied_on=day(on),
            by=world.clerk.as_actor(),
            now=at(day(on)),
        )


def batch_in_force(world: Settling, settlement: ModelSettlement, claimants: list[Claimant]) -> str:
    """A batch of these claimants that took effect today, every second one applied for; gives its public id.

    No files are made: the page needs none.
    """
    by, now, today = world.clerk.as_actor(), clock.now(), clock.today()
    with transaction():
        batch = SealBatch(roster=world.roster, number=len(claimants), sealed_by=by.account_id, sealed_at=now, job=None)
        for place, claimant in enumerate(claimants):
            agreement = issue_for(settlement, claimant, by=by, now=now)
            agreement.status, agreement.effective_on = AgreementStatus.EFFECTIVE, today
            find_link(settlement, claimant).batch = batch
            if place % 2:
                applied = Confirmation(court_name=COURT.name, ground=COURT.ground, applied_on=today)
                applied.applied_by = by.account_id
                agreement.confirmations.append(applied)
        database.session.flush()
        return batch.public_id


def statements_of(visit: Callable[[], object]) -> int:
    """How many statements this takes, everything read anew."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    database.session.rollback()
    database.session.remove()
    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        visit()
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)


def test_page_of_a_batch_takes_as_many_statements_for_25_agreements_as_for_5(db, fake_now, client_of) -> None:
    fake_now("2025-04-11T10:00+08:00")
    world = make_settling(Wanted(seven_years=30, six_years=0))
    with transaction():
        make_organisation("滨澜区人民法院", OrganisationKind.COURT, parent=world.stage.committee)
    settlement, everybody = frozen_settlement(world), world.claimants()
    few = batch_in_force(world, settlement, everybody[:5])
    many = batch_in_force(world, settlement, everybody[5:])
    clerk = client_of(world.clerk)

    def page_of(public_id: str) -> str:
        return clerk.get(f"/seal-batches/{public_id}/confirmation").get_data(as_text=True)

    pages = [page_of(each) for each in (few, many)]
    assert [page.count('name="agreements"') for page in pages] == [3, 13]
    assert [page.count('name="decided"') for page in pages] == [2, 12]
    assert statements_of(lambda: page_of(few)) == statements_of(lambda: page_of(many))


def test_inv_26_batch_a_in_time_with_exclusions_and_batch_b_a_day_too_late(db, fake_now) -> None:
    fake_now("2025-04-11T10:00+08:00")
    world = make_settling(Wanted(seven_years=4, six_years=0))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    ids = [link.agreement_id for link in list_links(settlement)]
    a = sealed(world, ids[:3])
    fake_now("2025-04-18T10:00+08:00")
    b = sealed(world, ids[3:])
    give_up_petitioning(ids[1])

    window = window_of(a)
    assert (window.effective_on, window.legal_due_on, window.target_on) == (day("04-11"), day("05-12"), day("05-09"))
    assert (window_of(b).legal_due_on, window_of(b).target_on) == (day("05-19"), day("05-16"))

    fake_now("2025-05-09T10:00+08:00")
    with pytest.raises(RuleViolation, match="还差滨澜东方纺机有限公司") as refusal:
        apply(world, a, "05-09", both=False)
    assert refusal.value.rule == "INV-26"
    job = apply(world, a, "05-09")
    with pytest.raises(RuleViolation, match="正在做"):
        apply(world, a, "05-09")
    assert run_job(job.id, ALL_KINDS)
    applied = db.session.scalars(sa.select(Confirmation.agreement_id).order_by(Confirmation.agreement_id)).all()
    assert applied == [ids[0], ids[2]]
    (failure,) = db.session.get_one(Job, job.id, populate_existing=True).failures
    assert failure.startswith("第 2 行：协议里写了“不再上访”")
    rows = list_to_confirm(a, COURT, applied_on=day("05-09"), today=day("05-09"))
    assert [(row.is_waiting, row.may_apply) for row in rows] == [(True, False), (False, False), (True, False)]
    with pytest.raises(RuleViolation):
        apply(world, a, "05-09")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Confirmation)) == 2

    fake_now("2025-05-20T10:00+08:00")
    with pytest.raises(RuleViolation, match="5月19日 已过") as refusal:
        apply(world, b, "05-20")
    assert refusal.value.rule == "INV-26"
    decided, by, now = day("05-20"), world.clerk.as_actor(), clock.now()
    rulings = {rows[0].link.id: "(2025)民特1号"}
    with pytest.raises(RuleViolation, match="第 3 号还没有填裁定书号"), transaction():
        record_results(rows, ConfirmationStatus.CONFIRMED, decided_on=decided, rulings=rulings, note="", by=by, now=now)
    rows = list_to_confirm(a, COURT, applied_on=decided, today=decided)
    rulings = {row.link.id: f"(2025)民特{row.link.claimant.position}号" for row in rows}
    with transaction():
        count = record_results(
            rows, ConfirmationStatus.CONFIRMED, decided_on=decided, rulings=rulings, note="", by=by, now=now
        )
    assert count == 2
    found = db.session.scalars(sa.select(Confirmation).order_by(Confirmation.id)).all()
    assert [row.ruling_number for row in found] == ["(2025)民特1号", "(2025)民特3号"]
    assert all(row.enforcement_ends_on for row in found)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_confirmation_page_when_both_sides_apply_gives_papers_and_takes_answers(db, fake_now, client_of) -> None:
    fake_now("2025-04-11T10:00+08:00")
    world = make_settling(Wanted(seven_years=2, six_years=0))
    settlement = frozen_settlement(world)
    print_all(world, settlement)
    agreement_ids = [link.agreement_id for link in list_links(settlement)]
    batch = sealed(world, agreement_ids)
    with transaction():
        involve(world.matter, world.stage.coordinator, Capacity.COORDINATOR)
    keys = [db.session.get_one(Agreement, each).public_id for each in agreement_ids]
    page, clerk = f"/seal-batches/{batch.public_id}/confirmation", client_of(world.clerk)
    for stranger in (world.stage.coordinator, world.stage.unit_clerk):
        for answer in (client_of(stranger).get(page), client_of(stranger).post(f"{page}/results")):
            assert answer.status_code in (403, 404)
    html = clerk.get(page).get_data(as_text=True)
    assert all(words in html for words in ("2025年5月12日", "2025年5月9日", "滨澜东方纺机有限公司一起申请"))
    assert f"{page}" in clerk.get(f"/rosters/{world.roster.public_id}/settlement").get_data(as_text=True)

    form = {"ground": "committee_place", "court_name": "滨澜区人民法院", "applied_on": "2025-04-11"}
    bad = clerk.post(page, data={**form, "agreements": keys})
    assert (bad.status_code, "还差" in bad.get_data(as_text=True)) == (422, True)
    bad = clerk.post(page, data={**form, "respondent_applies": "1"})
    assert (bad.status_code, "请勾出一起申请的人" in bad.get_data(as_text=True)) == (422, True)
    assert clerk.post(page, data={**form, "agreements": "x", "respondent_applies": "1"}).status_code == 422
    assert clerk.post(page, data={**form, "agreements": keys, "respondent_applies": "1"}).status_code == 302
    assert clerk.post(f"{page}/packets").status_code == 404
    db.session.rollback()
    assert run_job(db.session.get_one(SealBatch, batch.id).confirmation_job_id, ALL_KINDS)
    render_missing(clock.now())
    with clerk.post(f"{page}/packets", data={"kind": "zip"}) as answer:
        names = ZipFile(BytesIO(answer.data)).namelist()
    assert names == [f"000{place}-00{place}/{part}.pdf" for place in (1, 2) for part in (1, 2, 3)]

    answer = {"decided": keys, "status": "confirmed", "decided_on": "2025-04-11"}
    assert clerk.post(f"{page}/results", data=answer).status_code == 422
    assert clerk.post(f"{page}/results", data={**answer, "decided": []}).status_code == 422
    rulings = {f"ruling-{key}": f"(2025)民特{n}号" for n, key in enumerate(keys, 1)}
    assert clerk.post(f"{page}/results", data={**answer, **rulings}).status_code == 302
    assert "(2025)民特2号" in clerk.get(page).get_data(as_text=True)
