"""S08 in a real browser: a scratched e-bike settled by word of mouth, written down a week later; and its variants.

The oral form and its register form on one day, the day and the manner that are refused, the wage dispute that knows
no oral form and whose fifteenth day the mediator must heed.
"""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.documents.reading import squeezed, text_of
from tests.journeys.agreeing import (
    DeskOf,
    Promise,
    bring_to_mediator,
    download,
    seal,
    wait_for_file,
    write_agreement,
)
from tests.journeys.conftest import Product
from tests.journeys.steps import (
    Person,
    Quarrel,
    book_meeting,
    finalise_and_issue,
    open_agreement,
    press,
    save_draft,
    see,
    sign_at_desk,
)

DU = Person("杜玉和", phone="13800000801", address="滨澜区织造街道澄波里 3 号")
JIN = Person("靳小满", phone="13800000802", address="滨澜区织造街道澄波里 5 号")
BOSS = Person("季长河", phone="13800000803", address="滨澜区港前街道船坞路 8 号")
BIKE = Quarrel("电动车被刮擦", "请求赔偿 800 元，并当面道歉。", "在充电棚倒车时刮坏了邻居的电动车。", "D06")
WAGES = Quarrel("拖欠工资", "请求支付工资 4,200 元。", "做满两个月，工资 4,200 元没有付。", "D10")
PROMISE = Promise(BIKE.facts, "靳小满赔偿杜玉和修车费", "800", "", "靳小满当面道歉。", "当场付清", "滨澜区矛调中心")
SIDES = {"payer": "乙方 靳小满", "payee": "甲方 杜玉和"}


def blocked(page: Page, words: str) -> None:
    """The main act of the page is shut, with the reason in it."""
    expect(page.locator(".ft-blocked, button[disabled]").filter(has_text=words).first).to_be_visible()


def write_the_oral_agreement(mediator: Page, case_url: str) -> str:
    """Nothing said, nothing registered; not performed at once needs the written form; then it is in order."""
    agreement_url = open_agreement(mediator, case_url, "oral")
    mediator.goto(f"{agreement_url}/register")
    blocked(mediator, "先改完")
    mediator.goto(f"{agreement_url}/edit")
    write_agreement(mediator, Promise(**{**vars(PROMISE), "due": "2025-12-13"}), **SIDES)
    see(mediator, "不能当场履行的，要写成书面协议")
    blocked(mediator, "先改完 1 处")
    mediator.check("[name=is_performed]")
    mediator.fill("[name=due-0]", "")
    save_draft(mediator)
    mediator.get_by_role("link", name="去登记").click()
    mediator.wait_for_url("**/register")
    return agreement_url


def register_today(mediator: Page, agreement_url: str) -> None:
    """Another day than today is refused with what was typed; today it is in force at once."""
    mediator.fill("[name=reached_at]", "锦江社区充电棚")
    mediator.fill("[name=reached_on]", "2025-11-12")
    press(mediator, "登记，今天生效")
    see(mediator, "口头协议要在达成当天登记")
    expect(mediator.locator("[name=reached_at]")).to_have_value("锦江社区充电棚")
    mediator.fill("[name=reached_on]", "2025-11-13")
    press(mediator, "登记，今天生效")
    mediator.wait_for_url(agreement_url)
    see(mediator, "从 2025年11月13日 起有效")
    see(mediator, "今天要由调解员签名、调委会盖章")
    expect(mediator.get_by_role("cell", name="已履行")).to_be_visible()


def complete_the_register_form(desk_of: DeskOf, agreement_url: str, target: Path) -> str:
    """The mediator signs the form, the committee seals it, the parties need not; gives the words of the form."""
    clerk = desk_of("panhui")
    clerk.goto(f"{agreement_url}/seal")
    see(clerk, "还差 1 人签名")
    mediator = desk_of("fangsuzhen")
    wait_for_sign_link(mediator, agreement_url)
    sign_at_desk(mediator, agreement_url, "mediator-1")
    seal(clerk, agreement_url, "给登记表盖章")
    wait_for_file(clerk, "签署完毕的")
    return squeezed(text_of(download(clerk, "签署完毕的", target).read_bytes()))


def wait_for_sign_link(page: Page, agreement_url: str) -> None:
    """The file to sign is made after the registration."""
    page.goto(f"{agreement_url}/sign")
    wait_for_file(page, "打开 PDF")


def write_it_down(desk_of: DeskOf, case_url: str, oral_url: str) -> None:
    """A week later a party wants it in writing: a new agreement, signed by all; the oral one holds as before."""
    clerk, mediator = desk_of("panhui"), desk_of("fangsuzhen")
    clerk.goto(f"{case_url}/agreements/new")
    see(clerk, "口头协议仍从 2025年11月13日 起有效")
    press(clerk, "写成书面协议")
    clerk.wait_for_url("**/edit")
    written_url = clerk.url.removesuffix("/edit")
    write_agreement(clerk, Promise(**{**vars(PROMISE), "due": "2025-11-20"}), **SIDES)
    finalise_and_issue(clerk)
    wait_for_file(clerk, "打开 PDF")
    for key in ("party-1", "party-2"):
        sign_at_desk(clerk, written_url, key)
    sign_at_desk(mediator, written_url, "mediator-1")
    seal(clerk, written_url)
    see(clerk, "从 2025年11月20日 起有效")
    clerk.goto(oral_url)
    see(clerk, "从 2025年11月13日 起有效")


def tell_of_arbitration(clerk: Page, case_url: str) -> None:
    """The parties are told that they may go to labour arbitration, and want to go on."""
    clerk.goto(f"{case_url}/labour-notice")
    clerk.fill("[name=arbitration_body]", "滨澜区劳动人事争议仲裁委员会")
    clerk.check("[name=continues][value=yes]")
    press(clerk, "记下已告知")
    see(clerk, "2025年11月28日 已告知可以申请劳动仲裁，当事人愿意继续调解")


def test_s08_oral_agreement_is_registered_the_same_day_and_written_down_later(
    product: Product, desk_of: DeskOf, tmp_path: Path
) -> None:
    product.set_now("2025-11-13 09:00")
    accepted = bring_to_mediator(desk_of, DU, JIN, BIKE, "方素珍")
    mediator = desk_of("fangsuzhen")
    oral_url = write_the_oral_agreement(mediator, accepted.case_url)
    register_today(mediator, oral_url)
    form = complete_the_register_form(desk_of, oral_url, tmp_path / "form.pdf")
    for words in ("口头协议登记表", "杜玉和", "靳小满", "方素珍", "2025年11月13日", "捌佰元整", "锦江社区充电棚"):
        assert words in form, form
    product.set_now("2025-11-20 10:00")
    write_it_down(desk_of, accepted.case_url, oral_url)


def test_s08_6_wage_dispute_knows_no_oral_form_and_its_fifteenth_day_is_heeded(
    product: Product, desk_of: DeskOf
) -> None:
    product.set_now("2025-11-13 09:00")
    accepted = bring_to_mediator(desk_of, JIN, BOSS, WAGES, "方素珍")
    mediator = desk_of("fangsuzhen")
    mediator.goto(f"{accepted.case_url}/agreements/new")
    see(mediator, "劳动争议只能用书面协议")
    expect(mediator.locator("[name=form][value=oral]")).to_have_count(0)
    mediator.goto(accepted.case_url)
    see(mediator, "2025年11月28日 满 15 天")
    see(mediator, "《劳动争议调解仲裁法》第十四条第三款")
    product.set_now("2025-11-28 09:00")
    clerk = desk_of("panhui")
    book_meeting(clerk, accepted.case_url, "2025-11-28", "14:30")
    see(clerk, "已满 15 天。请先告知当事人可以申请劳动仲裁并记下")
    tell_of_arbitration(clerk, accepted.case_url)
    book_meeting(clerk, accepted.case_url, "2025-11-28", "14:30")
    clerk.goto(accepted.case_url)
    see(clerk, "2025年11月28日 14:30")
