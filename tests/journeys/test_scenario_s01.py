"""S01 in small, in a browser: a table of eight retirees becomes eight sealed agreements that open.

Registration and transfer are seeded; dates, sums and exceptions are asserted in tests/collective, on both engines.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories import PASSWORD
from tests.journeys.agreeing import wait_for_file
from tests.journeys.conftest import DESK, Product, _new_page
from tests.journeys.retirees import COMPANY, NAMES, TOTAL, Seeded, seed_visit, signed_papers, table_of_all
from tests.journeys.steps import follow, press, see, write_signature

LONG = 120_000
"""How long eight files may take on a busy machine, in milliseconds."""
FACTS = (
    "{姓名}是滨澜东方纺机有限公司退休职工，公司改制后尚欠其 {年数} 年安置费，每年 {每年金额} 元，双方对支付方式有争议。"
)
CLAUSE = "安置费总额 {总额} 元（大写：{总额大写}）付清后，双方就安置费再无其他金钱争议。"


@pytest.fixture
def visited(tmp_path: Path) -> Iterator[Product]:
    """A served installation on the day after the collective visit was registered."""
    (tmp_path / "data").mkdir()
    product = Product(tmp_path, "")
    product.set_now("2025-04-08 09:00")
    product.flask("db", "upgrade")
    product.seeded = seed_visit(product)  # type: ignore[attr-defined]  # read by the journey below
    product.start()
    yield product
    for context in product.contexts:
        context.close()
    product.kill()
    assert "Traceback" not in product.log, product.log[-4000:]


def test_table_of_eight_retirees_becomes_eight_sealed_agreements_that_open(visited: Product, browser: Browser) -> None:
    seeded: Seeded = visited.seeded  # type: ignore[attr-defined]
    log_in = _door(visited, browser, seeded)
    desk = log_in("desk")
    roster = import_table(desk, seeded.matter)
    ask_everybody(desk, seeded.matter, roster)
    linkage = refer_by_page(desk, seeded.matter)

    clerk = log_in("clerk")
    accept(clerk, linkage)
    write_model(clerk, roster)
    printed = print_agreements(clerk, roster)
    day = plan_day(clerk, roster)
    file_papers(clerk, roster, signed_papers(printed))
    mediator = log_in("mediator")
    sign_as_mediator(mediator, day)
    seal(clerk, roster)
    open_one(clerk, roster)
    assert [page.problems for page in (desk, clerk, mediator)] == [[], [], []]  # type: ignore[attr-defined]


def import_table(desk: Page, matter: str) -> str:
    """Found the roster from the matter's page, upload the table, look at the preview, import; gives its address."""
    desk.goto(f"{matter}/parties")
    follow(desk, "名册：人多的事按名册办")
    desk.fill("[name=name]", "安置费")
    press(desk, "新建名册")
    desk.wait_for_url("**/rosters/*/import")
    roster = desk.url.removesuffix("/import")
    desk.set_input_files("[name=table]", {"name": "退休职工.xlsx", "mimeType": "", "buffer": table_of_all()})
    press(desk, "上传并核对")
    desk.wait_for_url("**/roster-imports/*")
    see(desk, "第 10 行")
    see(desk, "已登记为信访人，并到一起")
    press(desk, "先导入没有错的 8 人")
    see(desk, "已导入：新增 8 人")
    for name in NAMES:
        see(desk, name)
    see(desk, TOTAL)
    return roster


def ask_everybody(desk: Page, matter: str, roster: str) -> None:
    """The list went round and everybody signed it; the company consents too."""
    desk.goto(f"{roster}/consents")
    press(desk, "登记签名单")
    desk.wait_for_url(roster)
    desk.goto(matter.replace("/matters/", "/screening/") + "/consent")
    card = desk.locator("section", has=desk.get_by_role("heading", name=COMPANY, exact=True))
    card.get_by_role("button", name="同意调解", exact=True).click()
    see(desk, f"{COMPANY}：同意调解")


def refer_by_page(desk: Page, matter: str) -> str:
    """Refer the dispute to the committee; gives the address of the linkage."""
    desk.goto(f"{matter}/refer")
    desk.check("[name=kind][value=handed_over]")
    desk.fill("[name=summary]", "改制企业欠付安置费")
    press(desk, "出具调解函")
    desk.wait_for_url("**/linkages/*")
    return desk.url


def accept(clerk: Page, linkage: str) -> None:
    """The committee takes the dispute; one mediator."""
    clerk.goto(linkage)
    clerk.get_by_label("丁国安").check()
    press(clerk, "接收")
    see(clerk, "正在调解")


def write_model(clerk: Page, roster: str) -> None:
    """Write what was negotiated, check it line by line, freeze it."""
    clerk.goto(f"{roster}/settlement")
    press(clerk, "起草样本协议")
    clerk.wait_for_url("**/settlements/*")
    clerk.fill("[name=facts]", FACTS)
    clerk.fill("[name=payment_term]", f"{COMPANY}支付{{姓名}}安置费（{{年数}} 年）")
    clerk.fill("[name=percent-0]", "60")
    clerk.fill("[name=after-0]", "30")
    clerk.fill("[name=percent-1]", "40")
    clerk.fill("[name=due-1]", "2025-12-31")
    clerk.fill("[name=clauses]", CLAUSE)
    clerk.fill("[name=manner]", "银行代发至本人养老金账户")
    clerk.fill("[name=place]", "滨澜区矛调中心")
    press(clerk, "保存，逐人核对")
    see(clerk, "8 人能出协议")
    press(clerk, "定稿")
    clerk.wait_for_url(f"{roster}/settlement")


def print_agreements(clerk: Page, roster: str) -> bytes:
    """Let the eight agreements be made and download them as one file for the printer."""
    press(clerk, "生成 8 份协议")
    expect(clerk.locator(".ft-job")).to_contain_text("完成", timeout=LONG)
    clerk.goto(f"{roster}/settlement")
    expect(clerk.locator("main tbody tr", has_text="第1-00")).to_have_count(8)
    with clerk.expect_download() as coming:
        press(clerk, "下载")
    return Path(coming.value.path()).read_bytes()


def file_papers(clerk: Page, roster: str, scanned: bytes) -> None:
    """Hand the stack of signed papers in, wait until it is read, file the eight with both sides' signatures."""
    work = clerk.locator("#scan-work")
    clerk.goto(f"{roster}/scans")
    clerk.set_input_files("[name=scans]", {"name": "签好的.pdf", "mimeType": "application/pdf", "buffer": scanned})
    press(clerk, "上传，先认页")
    see(clerk, "正在逐页认。可以离开这一页")
    expect(work).not_to_contain_text("正在逐页认，已认", timeout=LONG)
    clerk.goto(f"{roster}/scans")
    expect(clerk.locator("[name=papers]")).to_have_count(8)
    clerk.check("[name=has_looked]")
    press(clerk, "存为扫描件，登记签名")
    see(clerk, "开始存 8 份")
    expect(work).not_to_contain_text("正在存，已办", timeout=LONG)
    clerk.goto(f"{roster}/scans")
    expect(clerk.locator("[name=papers]")).to_have_count(0)


def plan_day(clerk: Page, roster: str) -> str:
    """Invite the eight for the next day, so that the mediator has a list to sign; gives the day's address."""
    clerk.goto(f"{roster}/signing-days/new")
    clerk.fill("[name=on]", "2025-04-09")
    clerk.fill("[name=place]", "第一调解室")
    press(clerk, "排这一天")
    clerk.wait_for_url("**/signing-days/*")
    return clerk.url


def sign_as_mediator(mediator: Page, day: str) -> None:
    """The mediator writes his name once; each of the eight gets it."""
    mediator.goto(f"{day}/countersign")
    expect(mediator.locator("[name=agreements]")).to_have_count(8)
    press(mediator, "看完了，去写名字")
    write_signature(mediator)
    see(mediator, "8 份协议都签上了")


def seal(clerk: Page, roster: str) -> None:
    """One seal for all; they take effect on the same day."""
    clerk.goto(f"{roster}/settlement")
    follow(clerk, "去盖章")
    press(clerk, "给 8 份协议盖章")
    expect(clerk.locator("#batches")).to_contain_text("办好了", timeout=LONG)


def open_one(clerk: Page, roster: str) -> None:
    """All eight stand in the list with the day of their effect; the sealed file of the last one opens."""
    clerk.goto(f"{roster}/settlement")
    in_force = clerk.locator("main tbody tr", has_text="第1-00").filter(has_text="2025年4月8日")
    expect(in_force).to_have_count(8)
    in_force.last.get_by_role("link").click()
    wait_for_file(clerk, "签署完毕的")
    see(clerk, NAMES[-1])
    address = clerk.get_by_role("link", name="签署完毕的", exact=True).get_attribute("href")
    answer = clerk.request.get(address or "")
    assert answer.headers["content-type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.body()) as sealed:
        assert NAMES[-1] in "".join(page.get_textpage().get_text_bounded() for page in sealed)
        assert sealed.get_formtype() != pypdfium2.raw.FORMTYPE_NONE, "the seal is a field of the file"


def _door(product: Product, browser: Browser, seeded: Seeded) -> Callable[[str], Page]:
    def log_in(name: str) -> Page:
        page = _new_page(product, browser, DESK)
        page.goto("/login")
        page.fill("[name=username]", seeded.usernames[name])
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    return log_in
