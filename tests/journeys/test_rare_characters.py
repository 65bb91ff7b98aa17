"""Names that spoil lesser products: characters outside the usual fonts, and a long name with a middle dot.

Typed into the form, read back on the page, found by the search, written on the pad, in the text of the PDF and back.
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
from tests.journeys.steps import Person, Quarrel, finalise_and_issue, open_agreement, see, sign_at_desk

RARE = Person("𠮷䶮㛃堃", phone="13800000701", address="滨澜区织造街道䶮㛃巷 7 号")
DOTTED = Person("阿卜杜热西提·买买提吐尔逊", phone="13800000702", address="滨澜区港前街道船坞路 9 号")
FENCE = Quarrel(
    "围栏越界（𠮷家院墙）", "请求拆除越界的围栏，赔偿 560 元。", "围栏越界约三十厘米，压坏堃记菜地。", "D02"
)
PROMISE = Promise(FENCE.facts, f"{DOTTED.name}赔偿{RARE.name}菜地损失", "560", "2025-07-31", f"{DOTTED.name}拆除围栏。")


def find(desk: Page, words: str, matter_url: str) -> None:
    """The search field of every page leads to the matter."""
    desk.goto("/desk")
    desk.keyboard.press("/")
    desk.keyboard.type(words)
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/search?**")
    see(desk, words)
    expect(desk.locator(f"main a[href$='{matter_url.rpartition('/')[2]}']").first).to_be_visible()


def boxes_of_pad(clerk: Page, agreement_url: str, key: str) -> list[str | None]:
    """Which characters the pad asks for: a square for each, or one wide box."""
    clerk.goto(f"{agreement_url}/sign/{key}")
    clerk.check("[name=document][value=id_card]")
    clerk.check("[name=has_read]")
    clerk.get_by_role("button", name="去签名").click()
    clerk.locator("[data-signature].ft-sign-ready").wait_for()
    return [box.get_attribute("aria-label") for box in clerk.locator("[data-sign-boxes] canvas").all()]


def test_rare_characters_when_typed_come_back_on_page_search_pad_and_paper(
    product: Product, desk_of: DeskOf, tmp_path: Path
) -> None:
    product.set_now("2025-07-01 09:00")
    accepted = bring_to_mediator(desk_of, RARE, DOTTED, FENCE, "石明轩")
    desk, clerk, mediator = desk_of("zhoumin"), desk_of("panhui"), desk_of("shimingxuan")
    desk.goto(f"{accepted.matter_url}/parties")
    see(desk, RARE.name)
    see(desk, DOTTED.name)
    for words in (RARE.name, DOTTED.name):
        find(desk, words, accepted.matter_url)

    agreement_url = open_agreement(mediator, accepted.case_url)
    write_agreement(mediator, PROMISE, payer=f"乙方 {DOTTED.name}", payee=f"甲方 {RARE.name}")
    expect(mediator.locator("[name=payment_term]")).to_have_value(PROMISE.payment_term)
    finalise_and_issue(mediator)
    wait_for_file(mediator, "打开 PDF")
    assert boxes_of_pad(clerk, agreement_url, "party-1") == [f"写“{each}”的格子" for each in RARE.name]
    assert boxes_of_pad(clerk, agreement_url, "party-2") == [f"写“{DOTTED.name}”的格子"]
    for key in ("party-1", "party-2"):
        sign_at_desk(clerk, agreement_url, key)
    sign_at_desk(mediator, agreement_url, "mediator-1")
    seal(clerk, agreement_url)
    wait_for_file(clerk, "签署完毕的")
    paper = squeezed(text_of(download(clerk, "签署完毕的", tmp_path / "sealed.pdf").read_bytes()))
    for words in (RARE.name, DOTTED.name, "䶮㛃巷", "堃记菜地", f"{DOTTED.name}拆除围栏"):
        assert words in paper, paper
    find(desk, RARE.name, accepted.matter_url)
    assert not [page.problems for page in (desk, clerk, mediator) if page.problems]  # type: ignore[attr-defined]
