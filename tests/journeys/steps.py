"""The small steps a journey is made of: what one person does on one page, by the words on the buttons."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

LONG_ENOUGH = 60
"""How many seconds something may take, on a machine that does much else."""


@dataclass(frozen=True)
class Person:
    """A natural person as the reception desk types him."""

    name: str
    id_number: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Quarrel:
    """One matter as the reception desk types it."""

    subject: str
    claim: str
    facts: str
    dispute_type: str


def press(page: Page, words: str) -> None:
    """Press the button with exactly these words in the main part of the page; where it leads is there, with scripts."""
    page.locator("main").get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_load_state("load")


def follow(page: Page, words: str) -> None:
    """Follow the link with exactly these words in the main part of the page; where it leads is there, with scripts."""
    page.locator("main").get_by_role("link", name=words, exact=True).first.click()
    page.wait_for_load_state("load")


def choose(page: Page, name: str, words: str) -> None:
    """Pick the option of a list that begins with these words."""
    option = page.locator(f"[name={name}] option", has_text=words).first
    page.select_option(f"[name={name}]", value=option.get_attribute("value"))


def see(page: Page, words: str) -> None:
    """The page says this."""
    expect(page.locator("body")).to_contain_text(words)


def wait_for(page: Page, happened: Callable[[], bool]) -> None:
    """Let the browser go on until this has happened."""
    deadline = time.monotonic() + LONG_ENOUGH
    while not happened():
        assert time.monotonic() < deadline, f"waited in vain on {page.url}"
        page.wait_for_timeout(50)


def register_matter(page: Page, petitioner: Person, respondent: Person, quarrel: Quarrel) -> str:
    """Register a visit at the reception desk; gives the address of the matter's page."""
    page.goto("/matters/new")
    page.fill("[name=p_name-0]", petitioner.name)
    page.fill("[name=p_id_number-0]", petitioner.id_number)
    page.fill("[name=p_phone-0]", petitioner.phone)
    page.fill("[name=p_address-0]", petitioner.address)
    if petitioner.phone:
        page.check("[name=p_messages-0]")
    page.check("[name=m_kind-0][value=claim_for_decision]")
    page.fill("[name=m_subject-0]", quarrel.subject)
    page.fill("[name=m_claim-0]", quarrel.claim)
    page.fill("[name=m_facts-0]", quarrel.facts)
    page.select_option("[name=m_dispute_type-0]", quarrel.dispute_type)
    page.check("[name=o_kind-0][value=person]")
    page.fill("[name=o_name-0]", respondent.name)
    page.fill("[name=o_phone-0]", respondent.phone)
    page.fill("[name=o_address-0]", respondent.address)
    press(page, "登记")
    page.wait_for_url(lambda url: "/matters/new" not in url)
    return page.url


def screen(page: Page, matter_url: str, *, dispute_type: str) -> None:
    """Answer both pages of the screening for a civil dispute between equals; ends on the page of consents."""
    page.goto(matter_url.replace("/matters/", "/screening/") + "/facts")
    for name, value in (("aim", "civil"), ("opponent", "equal"), ("weight", "plain")):
        page.check(f"[name={name}][value={value}]")
    page.select_option("[name=dispute_type]", dispute_type)
    press(page, "下一步")
    for name, value in (("procedure", "none"), ("special", "no"), ("same_facts", "no")):
        page.check(f"[name={name}][value={value}]")
    press(page, "下一步")
    page.wait_for_url("**/consent")


def record_consents(page: Page, matter_url: str) -> None:
    """Every side that was not asked yet says yes; ends on the proposal of the route."""
    consent_url = matter_url.replace("/matters/", "/screening/") + "/consent"
    page.goto(consent_url)
    buttons = page.get_by_role("button", name="同意调解", exact=True)
    for party in range(buttons.count()):
        buttons.nth(party).click()
        page.goto(consent_url)


def decide_for_mediation(page: Page, matter_url: str) -> None:
    """Follow the proposal: people's mediation."""
    page.goto(matter_url.replace("/matters/", "/screening/") + "/route")
    press(page, "同意，导入人民调解")


def refer(page: Page, matter_url: str, summary: str) -> str:
    """Refer the dispute to the centre's committee; gives the address of the linkage."""
    page.goto(matter_url + "/refer")
    page.select_option("[name=committee]", label="滨澜区矛调中心人民调解委员会")
    page.check("[name=kind][value=handed_over]")
    page.fill("[name=summary]", summary)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/linkages/**")
    return page.url


def accept_referral(page: Page, linkage_url: str, mediator: str) -> None:
    """The committee takes the dispute and names the mediator; ends on the page of the linkage."""
    page.goto(linkage_url)
    page.get_by_label(mediator).check()
    press(page, "接收")


def book_meeting(page: Page, case_url: str, day: str, at: str, room: str = "第一调解室") -> None:
    """Book a meeting by the form: room, day (2025-07-01), start (14:30), an hour and a half."""
    page.goto(f"{case_url}/meetings/new?day={day}")
    choose(page, "room", room)
    form = page.locator("main form", has=page.locator("[name=room]"))
    form.locator("[name=day]").fill(day)
    form.locator("[name=at]").fill(at)
    press(page, "检查并排上")


def open_case(page: Page, number: str) -> str:
    """Open a mediation case from the list by its number; gives its address."""
    page.goto("/mediations")
    follow(page, number)
    return page.url


def hold_meeting(page: Page, case_url: str, present: tuple[str, ...], turns: tuple[tuple[int, str], ...]) -> None:
    """Hold the first meeting: attendance with ID cards, rights told, turns typed with Alt+number and Enter."""
    page.goto(f"{case_url}/meetings/1/live")
    press(page, "开始记录")
    for name in present:
        choose(page, "who", name)
        page.select_option("[name=identity_document]", value="id_card")
        press(page, "记到场")
    press(page, "已告知，各方清楚")
    box = page.locator("[data-minutes] textarea")
    for speaker, words in turns:
        box.focus()
        page.keyboard.press(f"Alt+{speaker}")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text(words)
        expect(box).to_have_value("")


def write_signature(page: Page) -> None:
    """Write two strokes into every box of the signature pad with the mouse and hand it in."""
    page.locator("[data-signature].ft-sign-ready").wait_for()
    for box in page.locator("[data-sign-boxes] canvas").all():
        box.scroll_into_view_if_needed()
        area = box.bounding_box()
        assert area is not None
        for height in (0.3, 0.6):
            page.mouse.move(area["x"] + area["width"] * 0.2, area["y"] + area["height"] * height)
            page.mouse.down()
            page.mouse.move(area["x"] + area["width"] * 0.5, area["y"] + area["height"] * (height + 0.1), steps=6)
            page.mouse.move(area["x"] + area["width"] * 0.8, area["y"] + area["height"] * (height + 0.25), steps=6)
            page.mouse.up()
    page.get_by_role("button", name="写好了").click()


def open_agreement(page: Page, case_url: str, form: str = "written") -> str:
    """Begin an agreement of a case; gives the address of the agreement."""
    page.goto(f"{case_url}/agreements/new")
    page.check(f"[name=form][value={form}]")
    press(page, "开始写")
    page.wait_for_url("**/edit")
    return page.url.removesuffix("/edit")


def write_payment(page: Page, row: int, payer: str, payee: str, amount: str, due: str) -> None:
    """Fill one payment of the editor."""
    choose(page, f"payer-{row}", payer)
    choose(page, f"payee-{row}", payee)
    page.fill(f"[name=amount-{row}]", amount)
    page.fill(f"[name=due-{row}]", due)
    page.fill(f"[name=method-{row}]", "现金")


def save_draft(page: Page) -> None:
    """Save what the editor holds; the findings are shown anew."""
    page.locator("main button[name=act][value=save]").click()
    page.wait_for_load_state()


def finalise_and_issue(page: Page) -> None:
    """Close the text in the editor and issue the paper for signing; ends on the list of signers."""
    page.locator("main button[name=act][value=finalise]").click()
    page.wait_for_url("**/issue")
    press(page, "签发这一份")
    page.wait_for_url("**/sign")


def sign_at_desk(page: Page, agreement_url: str, key: str) -> None:
    """A party shows the ID card, has read the agreement and signs on the pad; the mediator signs for himself."""
    page.goto(f"{agreement_url}/sign/{key}")
    if page.locator("[name=document]").count():
        page.check("[name=document][value=id_card]")
    page.check("[name=has_read]")
    press(page, "去签名")
    write_signature(page)
    page.wait_for_url(lambda url: f"/sign/{key}" not in url)
