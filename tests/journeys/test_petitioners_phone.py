"""A petitioner's phone at 390×844: the message, the lock, reading, signing with a finger, progress, checking."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.documents.reading import text_of
from tests.journeys.agreeing import (
    DeskOf,
    Promise,
    bring_to_mediator,
    seal,
    touch_signature,
    wait_for_file,
    wait_for_message,
    write_agreement,
)
from tests.journeys.conftest import PATIENCE, PHONE, Product
from tests.journeys.steps import Person, Quarrel, finalise_and_issue, open_agreement, press, see, sign_at_desk

YOU = Person("尤晓琴", phone="13800000042", address="滨澜区锦江路 12 号 301")
FENG = Person("冯志远", address="滨澜区锦江路 12 号 401")
LEAK = Quarrel("楼上漏水赔偿", "请求赔偿 12,000 元。", "楼上水管接头开裂，水渗到楼下厨房和客厅。", "D02")
PROMISE = Promise(LEAK.facts, "冯志远赔偿尤晓琴漏水损失", "12000", "2025-07-31", "冯志远修好漏水的接头。")
CODE = re.compile(r"[0-9A-Z]{4}[ -][0-9A-Z]{4}[ -][0-9A-Z]{4}")
FIELDS_OF_FORM = "form => Object.fromEntries(new FormData(form))"
LINK = re.compile(r" (https?://\S+)$")


def issue_for_signature(desk_of: DeskOf) -> tuple[str, str, str]:
    """The agreement of the water leak, issued; gives the addresses of matter and agreement, and the number."""
    accepted = bring_to_mediator(desk_of, YOU, FENG, LEAK, "石明轩")
    mediator = desk_of("shimingxuan")
    agreement_url = open_agreement(mediator, accepted.case_url)
    write_agreement(mediator, PROMISE, payer="乙方 冯志远", payee="甲方 尤晓琴")
    finalise_and_issue(mediator)
    wait_for_file(mediator, "打开 PDF")
    return accepted.matter_url, agreement_url, mediator.locator(".ft-head-note").inner_text()


def send_link(product: Product, desk: Page, matter_url: str, words: str) -> str:
    """Send the first party its link from the desk; gives the link. The message says no word of the case."""
    already = len(product.messages())
    desk.goto(f"{matter_url}/access")
    desk.get_by_role("row").filter(has_text=YOU.name).get_by_role("button", name=words).first.click()
    see(desk, "链接已交给短信网关")
    text = wait_for_message(product, YOU.phone, "access_link", after=already)
    assert len(text) <= 70, text
    assert not [word for word in (YOU.name, FENG.name, "漏水", "协议", "12,000", "冯") if word in text], text
    link = LINK.search(text)
    assert link, f"the link stands alone at the end: {text}"
    return link[1]


def type_code(phone: Page, code: str) -> None:
    """Type the second factor and try to open."""
    phone.fill("[name=code]", code)
    press(phone, "打开")


def another_phone(product: Product, browser: Browser, **options: Any) -> Page:
    """One more phone; with the options of a browser context."""
    context = browser.new_context(base_url=product.url, viewport=PHONE, locale="zh-CN", **options)
    context.set_default_timeout(PATIENCE)
    product.contexts.append(context)
    return context.new_page()


def open_with_a_slip(desk: Page, phone: Page, matter_url: str) -> None:
    """Somebody without a phone gets link and six digits on paper, shown this once; they open his pages."""
    desk.goto(f"{matter_url}/access")
    row = desk.get_by_role("row").filter(has_text=FENG.name)
    expect(row.get_by_role("button", name="发短信")).to_have_count(0)
    row.get_by_role("button", name="当面给").click()
    see(desk, f"交给 {FENG.name}")
    shown = desk.locator("main").inner_text()
    link, code = re.search(r"https?://\S+/p/\S+", shown), re.search(r"6 位码 ([0-9]{6})", shown)
    assert link, shown
    assert code, shown
    slip = desk.request.post(
        f"{matter_url}/access/slip", form=dict(desk.locator("form[action$=slip]").evaluate(FIELDS_OF_FORM))
    )
    printed = text_of(slip.body())
    assert code[1] in printed.replace(" ", ""), printed
    phone.goto(link[0])
    see(phone, "请输入凭条上的 6 位码")
    type_code(phone, f"{(int(code[1]) + 1) % 1_000_000:06d}")
    see(phone, "还可以试 4 次")
    type_code(phone, code[1])
    phone.wait_for_url("**/p/progress")
    see(phone, "先看协议")


def read_everything(phone: Page) -> str:
    """Read section by section; gives all that was read."""
    read, number = phone.locator("#read").inner_text(), 1
    while phone.get_by_role("link", name="看下一段").count():
        phone.get_by_role("link", name="看下一段").click()
        number += 1
        see(phone, f"已读到第 {number} 段")
        read += phone.locator("#read").inner_text()
    return read


def fits_the_screen(phone: Page) -> None:
    """Nothing is wider than the phone."""
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], phone.url


def press_large(phone: Page) -> None:
    """Switch to large type; it stays on every page."""
    before = size_of_text(phone)
    phone.get_by_role("button", name="大字版").click()
    expect(phone.locator("html")).to_have_class(re.compile("ft-large"))
    assert size_of_text(phone) > before >= 20
    fits_the_screen(phone)


def size_of_text(phone: Page) -> float:
    """The size of the running text in pixels."""
    return float(phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))


def sign_with_a_finger(phone: Page) -> None:
    """The pad refuses an empty sheet, takes strokes, shows them once more."""
    phone.get_by_role("link", name="我看完了，去签名").click()
    phone.wait_for_url("**/sign")
    press(phone, "写好了")
    see(phone, "请再写一遍")
    touch_signature(phone)
    press(phone, "写好了")
    see(phone, "再看一眼您的签名")
    assert phone.locator("svg.ft-inked polyline").count() == 3 * len(YOU.name)
    press(phone, "就是这样，签上")
    phone.wait_for_url("**/done")


def seal_at_the_desk(desk_of: DeskOf, agreement_url: str) -> None:
    """The other side and the mediator sign at the desk; the committee seals."""
    mediator, committee = desk_of("shimingxuan"), desk_of("panhui")
    committee.goto(f"{agreement_url}/seal")
    see(committee, "还差 2 人签名")
    sign_at_desk(mediator, agreement_url, "party-2")
    sign_at_desk(mediator, agreement_url, "mediator-1")
    seal(committee, agreement_url)
    see(committee, "已生效")
    wait_for_file(committee, "签署完毕的")


def download(phone: Page, own_url: str, target: Path) -> Path:
    """Keep the file with its seal and signatures."""
    phone.goto(f"{own_url}/done")
    with phone.expect_download() as loading:
        phone.get_by_role("link", name="存一份协议").click()
    assert loading.value.suggested_filename.startswith("人民调解协议书(2025)滨澜人调字")
    loading.value.save_as(target)
    return target


def compare(phone: Page, file: Path, answer: str) -> None:
    """The check page compares a file with what was issued."""
    phone.goto("/verify")
    phone.set_input_files("[name=file]", file)
    press(phone, "比对这个文件")
    see(phone, answer)


def check_the_paper(phone: Page, file: Path, number: str, tmp_path: Path) -> None:
    """Checked by the printed code and by the file; by its number, or with one byte changed, it is not found."""
    text = text_of(file.read_bytes())
    code = CODE.search(text)
    assert code, text
    phone.goto("/verify")
    phone.fill("[name=code]", code[0])
    press(phone, "查一查")
    see(phone, "是真的，已生效")
    see(phone, "尤**")
    assert YOU.name not in phone.content()
    fits_the_screen(phone)
    phone.goto("/verify")
    phone.fill("[name=code]", number)
    press(phone, "查一查")
    see(phone, "查不到，或内容被改过")
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(changed)
    compare(phone, file, "是真的，已生效")
    compare(phone, forged, "查不到，或内容被改过")


def read_without_script(phone: Page, own_url: str, file: Path) -> None:
    """Progress, the agreement, the receipt and the check page need no JavaScript."""
    phone.goto("/p/progress")
    see(phone, "生效")
    phone.goto(f"{own_url}/read")
    assert "12,000" in read_everything(phone)
    phone.goto(f"{own_url}/done")
    see(phone, "您签好了")
    compare(phone, file, "是真的，已生效")


def test_petitioner_when_agreement_is_issued_reads_signs_and_checks_it_on_a_phone(
    product: Product, desk_of: DeskOf, phone: Page, browser: Browser, tmp_path: Path
) -> None:
    product.set_now("2025-07-01 09:00")
    matter_url, agreement_url, number = issue_for_signature(desk_of)
    desk = desk_of("zhoumin")

    # Five wrong tries and the link is dead; a new one works, the old one does not come back.
    dead_link = send_link(product, desk, matter_url, "发短信")
    phone.goto(dead_link)
    see(phone, "请输入您手机号的后四位")
    for wrong in ("0000", "1111", "2222", "3333"):
        type_code(phone, wrong)
        see(phone, "号码不对")
    see(phone, "还可以试 1 次")
    type_code(phone, "4444")
    see(phone, "这个链接打不开")
    phone.goto(dead_link)
    see(phone, "这个链接打不开")
    desk.goto("/messages")
    see(desk, "试错 5 次停用的链接")
    see(desk, YOU.name)
    link = send_link(product, desk, matter_url, "重发短信")
    assert link != dead_link
    phone.goto(link)
    type_code(phone, "0000")
    see(phone, "还可以试 4 次")
    type_code(phone, "0042")
    phone.wait_for_url("**/p/progress")
    fits_the_screen(phone)

    # Large type, then section by section; the pad stays shut until all was read.
    press_large(phone)
    phone.get_by_role("link", name="先看协议").click()
    phone.wait_for_url("**/read")
    own_url = phone.url.removesuffix("/read")
    phone.goto(f"{own_url}/sign")
    see(phone, "请先把协议看完")
    read = read_everything(phone)
    fits_the_screen(phone)
    for words in (LEAK.facts, "12,000", "2025年7月31日", "人民币壹万贰仟元整", "冯志远修好漏水的接头"):
        assert words in read, read
    assert FENG.address not in read

    sign_with_a_finger(phone)
    see(phone, "您签好了")
    see(phone, "还没生效")
    phone.goto(f"{own_url}/sign")
    expect(phone).to_have_url(re.compile("/done$"))
    early_file = download(phone, own_url, tmp_path / "early.pdf")
    compare(phone, early_file, "是真的，还没生效（等盖章）")

    open_with_a_slip(desk, another_phone(product, browser), matter_url)
    seal_at_the_desk(desk_of, agreement_url)
    wait_for_message(product, YOU.phone, "agreement_effective")
    phone.goto("/p/progress")
    see(phone, "生效")
    see(phone, "12,000 元")
    fits_the_screen(phone)

    file = download(phone, own_url, tmp_path / "agreement.pdf")
    check_the_paper(phone, file, number, tmp_path)
    compare(phone, early_file, "您手里的文件是较早的一版")
    script_off = another_phone(product, browser, java_script_enabled=False, storage_state=phone.context.storage_state())
    read_without_script(script_off, own_url, file)
    assert not phone.problems  # type: ignore[attr-defined]  # what the browser complained about
