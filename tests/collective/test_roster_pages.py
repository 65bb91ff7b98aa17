"""The pages of a roster: from template to confirmed import, who may open what, harmful files."""

import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.audit.models import AuditEvent
from app.collective.forms.roster import TITLES
from app.collective.models import Claimant, Roster, RosterImport
from app.collective.queries.roster import RosterFilter, list_claimants
from app.collective.rules.roster import ClaimantStatus
from app.extensions import db as database
from app.matters.rules import ConsentDecision
from app.web.spreadsheets import read_sheet
from tests.collective.rosters import Visit, cells, dead, id_number, make_visit, take_in, workbook
from tests.factories import make_account


@pytest.fixture
def visit(db, fake_now) -> Visit:
    fake_now("2025-02-17T10:00+08:00")
    return make_visit()


def send(client, visit: Visit, content: bytes, name: str = "名册.xlsx"):
    data = {"table": (io.BytesIO(content), name)}
    return client.post(f"/rosters/{visit.roster.public_id}/import", data=data, content_type="multipart/form-data")


def count(model: type) -> int:
    """How many rows there are now; what the session read before is forgotten."""
    database.session.rollback()
    return database.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * (51 * 1024 * 1024))
    return target.getvalue()


def test_roster_from_upload_to_confirmation_in_the_browser(client_of, visit, db) -> None:
    client = client_of(visit.receptionist)
    assert read_sheet(client.get("/rosters/template.xlsx").data, columns=TITLES) == []
    answer = send(client, visit, workbook([cells(1), cells(2, 合计="1"), dead(3, "本人签字")]))
    assert answer.status_code == 302
    preview = client.get(answer.location).get_data(as_text=True)
    assert "合计：各项请求加起来是 42,000.00 元，合计填的是 1.00 元" in preview
    assert "先导入没有错的 2 人" in preview
    assert cells(1)["身份证号"] not in preview
    failed = read_sheet(client.get(f"{answer.location}/failed.xlsx").data, columns=("姓名", "原因"))
    assert [row.cells["姓名"] for row in failed] == ["陶玉2"]
    form = {"version": "1", "idempotency_key": "x" * 12}
    first = client.post(f"{answer.location}/confirm", data=form)
    again = client.post(f"{answer.location}/confirm", data=form)
    assert (first.status_code, again.status_code, again.location) == (302, 302, first.location)
    assert count(Claimant) == 2
    page = client.get(first.location).get_data(as_text=True)
    assert "84,000.00" in page
    assert "已导入：新增 2 人" in page
    assert client.get(f"{answer.location}/failed.xlsx").status_code == 422
    assert "已导入" in client.get(answer.location).get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "请选一个填好的表格"),
        (b"\xd0\xcf\x11\xe0 old", "旧版 .xls"),
        (b"name,id\n1,2\n", "这不是 Excel 表格"),
        (bomb(), "展开后太大"),
        (workbook([{"姓名": "甲"}], titles=["姓名", "身份证号"]), "表里没有这些列"),
        (workbook([]), "表里没有填写的行"),
        (workbook([{"姓名": "甲"}] * 2001), "一次最多 2000 行"),
    ],
)
def test_upload_when_the_file_is_wrong_says_so_and_keeps_nothing(client_of, visit, db, content, said) -> None:
    answer = send(client_of(visit.receptionist), visit, content)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert count(RosterImport) == 0


def test_confirm_when_somebody_changed_the_roster_meanwhile_asks_to_look_again(client_of, visit, db) -> None:
    client = client_of(visit.receptionist)
    preview = send(client, visit, workbook([cells(1), cells(2)])).location
    db.session.rollback()
    with_one = db.session.scalars(sa.select(RosterImport)).one()
    rows, with_one.rows_sealed = with_one.rows_sealed, None  # another office's table is taken in beside it
    db.session.commit()
    take_in(visit, [cells(1)])
    with_one.rows_sealed = rows
    db.session.commit()
    assert "按现在的名册重新核对" in client.get(preview).get_data(as_text=True)
    refused = client.post(f"{preview}/confirm", data={"version": str(with_one.version)})
    assert refused.status_code == 409
    assert client.post(f"{preview}/renew", data={"version": str(with_one.version)}).status_code == 302
    db.session.rollback()
    db.session.refresh(with_one)
    assert client.post(f"{preview}/confirm", data={"version": "1"}).status_code == 409
    assert client.post(f"{preview}/confirm", data={"version": str(with_one.version)}).status_code == 302
    assert count(Claimant) == 2


def test_search_and_filters_find_people_without_writing_numbers_into_addresses(client_of, visit) -> None:
    take_in(visit, [cells(n) for n in range(60)])
    client, page = client_of(visit.clerk), f"/rosters/{visit.roster.public_id}"
    first = client.get(page).get_data(as_text=True)
    assert "下一页" in first
    assert "陶玉59" not in first
    assert "陶玉59" in client.get(f"{page}?after=50").get_data(as_text=True)
    found = client.post(f"{page}/find", data={"text": cells(7)["身份证号"]}).get_data(as_text=True)
    assert "陶玉7" in found
    assert "陶玉8" not in found
    assert "没有找到这样的人" in client.post(f"{page}/find", data={"text": "无此人"}).get_data(as_text=True)
    street = client.get(f"{page}?street=临江街道&status=listed").get_data(as_text=True)
    assert "临江街道：20 人，合计 840,000.00 元" in street
    assert client.get(f"{page}?after=x&status=nonsense").status_code == 200


def test_consents_when_ticked_are_recorded_for_all_others(client_of, visit, db) -> None:
    take_in(visit, [cells(n) for n in range(5)])
    client, page = client_of(visit.coordinator), f"/rosters/{visit.roster.public_id}/consents"
    rows = list_claimants(visit.roster, RosterFilter())
    form = {
        "manner": "written",
        "given_on": "2025-02-17",
        "refused": [rows[1].public_id],
        "unmet": [rows[2].public_id],
    }
    assert client.get(page).status_code == 200
    assert client.post(page, data={**form, "given_on": "2025-02-18"}).status_code == 422
    assert client.post(page, data=form).status_code == 302
    db.session.rollback()
    db.session.expire_all()
    decisions = [row.party.consent for row in list_claimants(visit.roster, RosterFilter())]
    yes, no = ConsentDecision.CONSENTED, ConsentDecision.REFUSED
    assert decisions == [yes, no, None, yes, yes]
    assert "还没登记的 1 人" in client.get(page).get_data(as_text=True)
    later = {"decision": "consented", "manner": "recorded", "given_on": "2025-02-17"}
    assert client.post(f"/claimants/{rows[1].public_id}/consent", data={**later, "given_on": ""}).status_code == 422
    assert client.post(f"/claimants/{rows[1].public_id}/consent", data=later).status_code == 302
    db.session.rollback()
    db.session.expire_all()
    assert rows[1].party.consent is yes


def test_claimant_page_mends_claims_heirs_and_proxy(client_of, visit, db) -> None:
    take_in(visit, [cells(1)])
    claimant = list_claimants(visit.roster, RosterFilter())[0]
    client, page = client_of(visit.clerk), f"/claimants/{claimant.public_id}"

    def post(where: str = "", **data: str):
        db.session.rollback()
        db.session.refresh(claimant)
        return client.post(page + where, data={"version": str(claimant.version), **data})

    line = {"name": "陶玉1", "street": "望江街道", "claim_kind-0": "resettlement", "claim_amount-0": "36,000"}
    proxy = {"proxy_name": "陶小芬", "proxy_id_number": id_number(77, born="19790101"), "relation": "女儿"}
    heir = {"heir_name": "孙小", "heir_id_number": id_number(78, born="19790101"), "kinship": "child", "part": "signs"}
    assert post("/proxy", **proxy, filed_on="2025-02-14").status_code == 302
    assert post(**line, **{"claim_years-0": "7", "claim_yearly-0": "6000"}).status_code == 422
    assert post(**line).status_code == 302
    assert post("/heirs", **heir).status_code == 422
    assert post("/proxy", end="1").status_code == 302
    assert post(**line, is_deceased="1", has_death_proof="1", died_on="2024-12-01").status_code == 302
    assert post("/heirs", **heir).status_code == 302
    db.session.rollback()
    db.session.expire_all()
    found = claimant.heirs[0]
    assert (claimant.status, claimant.total_fen) == (ClaimantStatus.PENDING, 3_600_000)
    body = client.get(page).get_data(as_text=True)
    assert "缺亲属关系证明：孙小" in body
    assert id_number(78, born="19790101") not in body
    where = f"/heirs/{found.public_id}"
    assert post(where, **{f"part-{found.public_id}": "signs", f"proof-{found.public_id}": "1"}).status_code == 302
    db.session.rollback()
    db.session.refresh(claimant)
    assert claimant.status is ClaimantStatus.LISTED
    assert client.post(page, data={**line, "version": "1"}).status_code == 409
    assert post("/aside", reason="人在外地，下周回来再签字").status_code == 302
    assert post("/resume").status_code == 302
    assert post(where, **{f"part-{found.public_id}": "signs"}, take_out="1").status_code == 302
    assert post("/aside", reason="不是这家企业的职工，登记错了", remove="1").status_code == 302
    db.session.rollback()
    db.session.refresh(claimant)
    assert claimant.status is ClaimantStatus.REMOVED


def test_export_when_confirmed_is_logged_and_holds_no_formula(client_of, visit, db) -> None:
    take_in(visit, [cells(1, 住址="@1+1"), cells(2)])
    page = f"/rosters/{visit.roster.public_id}/export"
    assert client_of(visit.receptionist).post(page, data={"purpose": "checking"}).status_code == 403
    client = client_of(visit.clerk)
    assert client.post(page, data={}).status_code == 422
    answer = client.post(page, data={"purpose": "checking"})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = read_sheet(answer.data, columns=(*TITLES, "现在"))
    assert [(row.cells["姓名"], row.cells["住址"], row.cells["现在"]) for row in rows] == [
        ("陶玉1", "@1+1", "待签约"),
        ("陶玉2", "", "待签约"),
    ]
    db.session.rollback()
    events = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.act == "roster.export")).all()
    assert [(event.detail["purpose"], event.detail["count"]) for event in events] == [("checking", 2)]


def test_new_roster_when_named_twice_is_refused(client_of, visit, db) -> None:
    client, page = client_of(visit.coordinator), f"/matters/{visit.matter.public_id}/rosters"
    company = re.search(r'<option value="([^"]{22})"', client.get(page).get_data(as_text=True))
    assert company
    form = {"name": "安置费", "respondent": company[1]}
    assert client.post(page, data=form).status_code == 422
    assert client.post(page, data={**form, "name": "医疗费"}).status_code == 302
    assert client.post(page, data={"name": "第三份", "respondent": "nobody"}).status_code == 422
    assert count(Roster) == 2


@pytest.mark.parametrize(
    ("role", "roster", "importing", "template"),
    [
        (Role.LEADER, 200, 403, 403),
        (Role.RECEPTIONIST, 200, 200, 200),
        (Role.AUDITOR, 404, 404, 403),
        (Role.HANDLING_UNIT_CLERK, 404, 404, 403),
    ],
)
def test_pages_of_a_roster_by_role(client_of, visit, db, role, roster, importing, template) -> None:
    account = make_account(role, organisation=visit.matter.organisation)
    db.session.commit()
    take_in(visit, [cells(1)])
    client = client_of(account)
    page = f"/rosters/{visit.roster.public_id}"
    assert client.get(page).status_code == roster
    assert client.get(f"/matters/{visit.matter.public_id}/rosters").status_code == roster
    assert client.get(f"{page}/import").status_code == importing
    assert client.get("/rosters/template.xlsx").status_code == template
    claimant = list_claimants(visit.roster, RosterFilter())[0]
    assert client.get(f"/claimants/{claimant.public_id}").status_code == roster
    wrong = client.post(f"/claimants/{claimant.public_id}/aside", data={"reason": "不该由这个岗位来改的"})
    assert wrong.status_code == (302 if role is Role.RECEPTIONIST else roster if roster == 404 else 403)
