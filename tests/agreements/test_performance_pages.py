"""The schedule, the payment lists and the visits of today as pages: who may, what is shown, what is refused."""

from io import BytesIO

import pytest

from app.access.permissions import Role
from app.agreements.models import Agreement
from app.web.spreadsheets import Column, Sheet, read_sheet, write_sheet
from app.web.transaction import transaction
from tests.agreements.helpers import World, effective_agreement, fresh, make_world, payment
from tests.factories import make_account

COLUMNS = ("协议编号", "期次", "收款人", "账号", "实付金额", "实付日期", "银行流水号")
TODAY = "2025-08-01T10:00+08:00"


@pytest.fixture
def world(db, fake_now) -> World:
    """The water leak; the payment was due the day before."""
    fake_now(TODAY)
    return make_world()


@pytest.fixture
def agreement(world: World) -> Agreement:
    """12,000 yuan, due on 2025-07-31, in force since 07-01."""
    account = payment("party-1", "party-2", 1_200_000, "2025-07-31", account_number="6222021001123307")
    return effective_agreement(world, obligations=(account,))


def send(client, world: World, content: bytes):
    """Upload a list."""
    file = (BytesIO(content), "list.xlsx")
    return client.post(f"/mediations/{world.case.public_id}/payment-lists", data={"list": file})


def a_list(*rows: tuple[str, ...]) -> bytes:
    """A filled list as the finance office sends it."""
    return write_sheet(Sheet("付款名单", tuple(Column(title) for title in COLUMNS), rows))


def test_a_list_goes_out_comes_back_filled_is_looked_at_and_booked(client_of, world, agreement) -> None:
    client, case = client_of(world.clerk), f"/mediations/{world.case.public_id}"
    page = client.get(f"{case}/performance").text
    assert "逾期 1" in page
    assert "12,000.00" in page
    assert "6222021001123307" not in page

    sent = client.post(f"{case}/performance/export")
    (row,) = read_sheet(sent.data, columns=("协议编号", "期次", "收款人", "账号", "应付金额"))
    assert (row.cells["账号"], row.cells["应付金额"]) == ("6222021001123307", "12,000.00")
    filled = (*(row.cells[name] for name in COLUMNS[:4]), "12,000.00", "2025-08-01", "B20250801001")
    answer = send(client, world, a_list(filled))
    preview = client.get(answer.location).text
    assert "确认入账" in preview
    assert "尾号 3307" in preview
    assert fresh(agreement).obligations[0].performed_fen == 0

    done = client.post(f"{answer.location}/book", data={"version": "1"}, follow_redirects=True).text
    assert "已入账 1 笔" in done
    assert "迟付，已付清 1" in client.get(f"{case}/performance").text
    assert client.post(f"{answer.location}/book", data={"version": "2"}).status_code == 409


def test_a_list_with_wrong_rows_is_told_row_by_row_and_not_booked(client_of, world, agreement) -> None:
    client, number = client_of(world.clerk), agreement.number
    rows = [
        (number, "1", "尤晓琴", "", "6,000", "2025-08-01", ""),
        (number, "1", "尤晓琴", "", "7,000", "2025-08-01", ""),
        (number, "1", "周文", "", "1", "2025-08-01", ""),
        (number, "1", "尤晓琴", "", "壹元", "2025-08-01", ""),
    ]
    answer = send(client, world, a_list(*rows))

    preview = client.get(answer.location).text
    for words in ("有 3 行要先改好", "多付 1,000.00 元", "协议上是尤晓琴", "金额看不懂", "还差 6,000.00 元"):
        assert words in preview
    failed = read_sheet(client.get(f"{answer.location}/failed").data, columns=(*COLUMNS, "哪里要改"))
    assert [row.cells["哪里要改"].partition("：")[0] for row in failed] == ["第 3 行", "第 4 行", "第 5 行"]
    refused = client.post(f"{answer.location}/book", data={"version": "1"})
    assert refused.status_code == 422
    assert "整份名单都没有入账" in refused.text
    assert "没有入账" in client.post(f"{answer.location}/discard", follow_redirects=True).text


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", write_sheet(Sheet("x", (Column("姓名"),), [("甲",)]))])
def test_what_is_no_payment_list_is_refused_with_help(client_of, world, content) -> None:
    answer = send(client_of(world.clerk), world, content)

    assert answer.status_code == 422
    assert "模板" in answer.text


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.HANDLING_UNIT_CLERK, Role.LAWYER, Role.AUDITOR])
def test_strangers_see_and_book_nothing(client_of, world, agreement, role) -> None:
    with transaction():
        stranger = make_account(role, organisation=world.office)
    client, case = client_of(stranger), f"/mediations/{world.case.public_id}"

    for path in (f"{case}/performance", f"{case}/payment-lists/x"):
        assert client.get(path).status_code in (403, 404), path
    assert client.post(f"{case}/performance/export").status_code in (403, 404)
    assert send(client, world, a_list()).status_code in (403, 404)
    answer = client.get("/performance")
    assert answer.status_code == 403 or "还没有生效协议的款项" in answer.text


def test_the_coordinator_reads_the_schedule_but_takes_no_list(client_of, world, agreement) -> None:
    client, case = client_of(world.coordinator), f"/mediations/{world.case.public_id}"

    page = client.get(f"{case}/performance").text
    assert "尤晓琴" in page
    assert "付款名单" not in page
    assert client.post(f"{case}/performance/export").status_code == 403
    assert send(client, world, a_list()).status_code == 403


def test_visits_of_today_and_filters_are_found(client_of, world, agreement) -> None:
    client = client_of(world.mediator)

    visits = client.get("/follow-ups").text
    assert agreement.number in visits
    assert "已付 0.00 元" in visits
    assert "第 1 期" in client.get("/performance?standing=late&name=尤晓琴&until=2025-07-31").text
    assert "没有符合条件的款项" in client.get("/performance?standing=paid").text
    assert client.get("/performance?standing=x&until=never&after=1~x~y").status_code == 200
    way = client.get(f"/matters/{world.matter.public_id}/performance")
    assert way.location.endswith(f"/mediations/{world.case.public_id}/performance")


def test_inv_26_the_page_shows_both_dates_and_the_packet_and_the_enforcement(client_of, world, fake_now) -> None:
    fake_now("2025-07-04T10:00+08:00")
    agreement = effective_agreement(world, "2025-07-04")
    client, url = client_of(world.clerk), f"/agreements/{agreement.public_id}"
    for page in (url, f"{url}/confirmation"):
        text = client.get(page).text
        assert "法定 8月4日" in text
        assert "最好在 8月1日" in text

    data = {"court_name": "滨澜区人民法院", "ground": "committee_place", "applied_on": "2025-07-04"}
    answer = client.post(f"{url}/confirmation", data={**data, "applicants": ["party-1", "party-2"]})
    assert answer.status_code == 302
    application = fresh(agreement).confirmations[0]
    mine = f"{url}/confirmations/{application.public_id}"
    packet = client.get(f"{mine}/packet")
    assert packet.data.startswith(b"%PDF")
    assert client_of(world.coordinator).get(f"{mine}/packet").status_code == 403
    ruling = {"status": "confirmed", "decided_on": "2025-07-04", "ruling_number": "(2025)滨0101民特8号"}
    assert "2027年8月2日" in client.post(mine, data=ruling, follow_redirects=True).text
    early = client.post(f"{mine}/enforcement", data={"asked_on": "2025-07-04"})
    assert (early.status_code, "没有到期还没付的款" in early.text) == (422, True)
