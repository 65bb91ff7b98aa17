"""The pages of the model settlement and the batch: who may, what they show, the files that leave."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
import sqlalchemy as sa

from app.agreements.rules import AgreementStatus
from app.audit.models import AuditEvent
from app.collective.models import ModelSettlement
from app.collective.queries.batch import list_links
from app.collective.rules.settlement import SettlementStatus
from app.extensions import db as database
from app.jobs.running import run_job
from app.matters.models import Capacity
from app.web.transaction import transaction
from tests.collective.settling import KINDS, Settling, Wanted, make_settling
from tests.factories import involve

FORM = {
    "facts": "{姓名}是退休职工，公司尚欠其 {年数} 年安置费，双方对支付方式有争议。",
    "payment_term": "公司支付{姓名}安置费",
    "percent-0": "60",
    "after-0": "30",
    "percent-1": "40",
    "due-1": "2025-12-31",
    "clauses": "款项付清后，双方就安置费再无其他金钱争议。",
    "manner": "银行代发",
    "place": "滨澜区矛调中心",
}


@pytest.fixture
def world(db, fake_now) -> Settling:
    """Three claimants, one more in dispute."""
    fake_now("2025-04-07T10:00+08:00")
    return make_settling(Wanted(seven_years=3, six_years=1, disputed=1))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_settlement_when_written_checked_frozen_and_printed_leaves_as_files(world, client_of) -> None:
    clerk = client_of(world.clerk)
    base = f"/rosters/{world.roster.public_id}"
    assert "起草样本协议" in clerk.get(f"{base}/settlement").get_data(as_text=True)
    page = clerk.post(f"{base}/settlement")
    edit = page.location
    refused = clerk.post(edit, data={**FORM, "percent-1": "30"})
    assert refused.status_code == 422
    assert "90%" in refused.get_data(as_text=True)
    waiver = clerk.post(edit, data={**FORM, "clauses": "{姓名}今后不再上访。"}, follow_redirects=True)
    assert "不能约定放弃起诉、信访" in waiver.get_data(as_text=True)
    assert clerk.post(f"{edit}/freeze").status_code == 422
    clean = clerk.post(edit, data=FORM, follow_redirects=True).get_data(as_text=True)
    assert "3 人能出协议" in clean
    assert "家属对由谁继承有争议" in clean
    person = world.claimants()[0]
    preview = clerk.get(f"{edit}/preview/{person.public_id}")
    assert preview.data.startswith(b"%PDF")
    assert clerk.post(f"{edit}/freeze").status_code == 302
    assert clerk.post(edit, data=FORM).status_code == 422

    assert clerk.post(f"{edit}/print").status_code == 302
    assert "停下" in clerk.get(f"{base}/settlement").get_data(as_text=True)
    database.session.rollback()
    settlement = database.session.scalars(sa.select(ModelSettlement)).one()
    assert clerk.post(f"{edit}/stop").status_code == 302
    assert clerk.post(f"{edit}/continue").status_code == 302
    assert run_job(settlement.job_id, KINDS)
    done = clerk.get(f"{base}/settlement").get_data(as_text=True)
    assert "第1-003号" in done
    assert "1-004" not in done

    with clerk.post(f"{edit}/files", data={"kind": "zip"}) as answer:
        archive = ZipFile(BytesIO(answer.data))
    assert archive.namelist() == ["0001-001.pdf", "0002-002.pdf", "0004-003.pdf"]
    street = world.claimants()[0].street
    one_street = [row for row in world.claimants() if row.street == street]
    with clerk.post(f"{edit}/files", data={"street": street, "kind": "pdf"}) as answer:
        merged = answer.data
    with pikepdf.open(BytesIO(merged)) as pdf, pikepdf.open(BytesIO(archive.read("0001-001.pdf"))) as single:
        assert len(pdf.pages) == len(single.pages) * len(one_street)
    database.session.rollback()
    acts = sa.select(AuditEvent).filter_by(act="settlement.download").order_by(AuditEvent.seq)
    downloads = database.session.scalars(acts).all()
    assert [row.detail["count"] for row in downloads] == [3, len(one_street)]
    assert settlement.status is SettlementStatus.FROZEN
    assert {link.agreement.status for link in list_links(settlement)} == {AgreementStatus.ISSUED}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_settlement_when_opened_by_those_who_may_not_is_refused(world, client_of) -> None:
    with transaction():
        involve(world.matter, world.stage.coordinator, Capacity.COORDINATOR)
    clerk, coordinator = client_of(world.clerk), client_of(world.stage.coordinator)
    base = f"/rosters/{world.roster.public_id}"
    edit = clerk.post(f"{base}/settlement").location
    clerk.post(edit, data=FORM)
    assert coordinator.get(f"{base}/settlement").status_code == 200
    assert coordinator.get(f"{edit}/problems").status_code == 200
    for path in (edit, f"{edit}/freeze", f"{edit}/print", f"{edit}/stop", f"{base}/seal", f"{base}/return"):
        assert coordinator.post(path, data=FORM).status_code == 403, path
    for account in (world.stage.unit_clerk, world.stage.receptionist):
        stranger = client_of(account)
        for path in (f"{base}/settlement", f"{edit}/problems", edit, f"{base}/seal"):
            assert stranger.get(path).status_code in (403, 404), path
        assert stranger.post(f"{edit}/files", data={"kind": "zip"}).status_code in (403, 404)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_settlement_when_some_do_not_settle_they_are_returned_from_a_page(world, client_of) -> None:
    clerk = client_of(world.clerk)
    base = f"/rosters/{world.roster.public_id}"
    disputed = next(row for row in world.claimants() if row.is_deceased)
    assert "没有各方都签齐" in clerk.get(f"{base}/seal").get_data(as_text=True)
    assert clerk.post(f"{base}/seal").status_code == 422
    assert clerk.post(f"{base}/return", data={"reason": "no_agreement_possible"}).status_code == 422
    answer = clerk.post(
        f"{base}/return", data={"claimants": disputed.public_id, "reason": "no_agreement_possible", "note": "有争议"}
    )
    assert answer.status_code == 302
    page = clerk.get(f"{base}/return").get_data(as_text=True)
    assert disputed.public_id not in page
