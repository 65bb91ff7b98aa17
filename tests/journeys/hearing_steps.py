"""The small steps of a hearing: what one person does on one page of it, by the words on the buttons."""

import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.hearings.sat import scan_bytes
from tests.journeys.conftest import Product
from tests.journeys.steps import choose, press, see, write_signature

BOX = "#f-minutes-text"
READY_SECONDS = 120


def let_time_run(product: Product, moment: str) -> None:
    """From now on the clock runs, beginning at this moment, e.g. `2025-06-11 09:00` local time."""
    product.let_time_run(datetime.fromisoformat(f"{moment}:00+08:00"))


def check_clean(product: Product) -> None:
    """`flask verify` finds nothing, once the last papers are printed."""
    deadline = time.monotonic() + READY_SECONDS
    while not (found := product.flask("verify", check=False).stdout).startswith("clean"):
        assert time.monotonic() < deadline, found
        time.sleep(1)


def form_of(page: Page, button: str) -> "Form":
    """The form that this button hands in: the page has several."""
    return Form(page, button)


class Form:
    """One form of a page, found by its button."""

    def __init__(self, page: Page, button: str) -> None:
        self.page, self.button = page, button
        self.here = page.locator("main form", has=page.get_by_role("button", name=button, exact=True)).first

    def fill(self, **values: str) -> "Form":
        """Type into fields by name."""
        for name, value in values.items():
            self.here.locator(f"[name={name}]").fill(value)
        return self

    def check(self, **values: str) -> "Form":
        """Pick radios or boxes by name and value."""
        for name, value in values.items():
            self.here.locator(f"[name={name}][value='{value}']").check()
        return self

    def send(self) -> None:
        """Press the button."""
        self.here.get_by_role("button", name=self.button, exact=True).first.click()
        self.page.wait_for_load_state()


def apply(page: Page, matter_url: str, reasons: str) -> str:
    """Take the petitioner's written application; gives the address of the hearing."""
    page.goto(f"{matter_url}/hearings/new")
    form_of(page, "登记申请").fill(reasons=reasons).send()
    page.wait_for_url("**/hearings/*")
    return page.url


def decide(page: Page, hearing_url: str, reason: str) -> None:
    """The person in charge decides to hold it."""
    page.goto(f"{hearing_url}/decision")
    form_of(page, "作出决定").check(decision="held").fill(reason=reason).send()
    see(page, "已决定听证")


def appoint_chair(page: Page, hearing_url: str, name: str) -> None:
    """The person in charge names the chair."""
    page.goto(f"{hearing_url}/chair")
    page.get_by_label(f"由{name}主持").check()
    press(page, "指定")
    see(page, f"主持人已指定：{name}")


def appoint_recorder(page: Page, hearing_url: str, name: str) -> None:
    """Name the recorder."""
    page.goto(f"{hearing_url}/panel")
    page.locator("label", has_text=name).locator("[name=recorder]").check()
    press(page, "指定记录员")
    see(page, f"记录员已指定：{name}")


def seat(page: Page, hearing_url: str, names: Iterable[str], alternates: Iterable[str] = ()) -> None:
    """Tick these persons as the panel."""
    page.goto(f"{hearing_url}/panel")
    for row in page.locator("[name=panelist]").all():
        row.uncheck()
    for name in names:
        page.get_by_label(f"{name}任听证员").check()
    for name in alternates:
        page.get_by_label(f"{name}任候补").check()
    press(page, "定下听证员")


def schedule(page: Page, hearing_url: str, day: str, at: str, *, served_on: str) -> None:
    """Ask for a day and hour, with the service planned for a day."""
    page.goto(f"{hearing_url}/schedule?served_on={served_on}")
    form = page.locator("main form", has=page.locator("[name=room]"))
    choose(page, "room", "听证室" if page.locator("[name=room] option", has_text="听证室（30").count() else "行政")
    form.locator("[name=day]").fill(day)
    form.locator("[name=at]").fill(at)
    form.locator("[name=minutes]").fill("150")
    press(page, "检查并排上")


def waive(page: Page, hearing_url: str, row: int, *, held_on: str, served_on: str) -> None:
    """Record that one party agreed in writing to a shorter notice for that day."""
    page.goto(f"{hearing_url}/notice")
    page.locator("#waivers").get_by_role("link", name="登记书面同意").nth(row).click()
    form_of(page, "记下").fill(held_on=held_on, starts_at="09:00", served_on=served_on).send()


def serve_parties(page: Page, hearing_url: str, receivers: dict[str, str]) -> None:
    """Hand the newest notice to these parties today; a body names who took it."""
    for name, receiver in receivers.items():
        page.goto(f"{hearing_url}/notice")
        page.locator("tr", has_text=name).get_by_role("link", name="记送达").first.click()
        if receiver:
            page.fill("[name=receiver]", receiver)
        press(page, "记下送达")
        see(page, "的送达")


def call_roll(page: Page, hearing_url: str, came_for_unit: str, post: str = "副主任", *, absent: str = "") -> None:
    """Begin the roll call and take down everybody on the list as present, but for one who is absent."""
    page.goto(f"{hearing_url}/live")
    press(page, "开始核对到场")
    if absent:
        form = page.locator(".ft-roll tr", has_text=absent).locator("form", has=page.locator("[name=absence]"))
        form.locator("[name=absence]").fill("电话没有人接")
        form.get_by_role("button", name="记缺席").click()
        see(page, "缺席：电话没有人接")
    waiting = page.locator(".ft-roll form", has=page.get_by_role("button", name="记到场"))
    for left in range(waiting.count() - bool(absent) - 1, -1, -1):
        rows = page.locator(".ft-roll tr", has_not_text=absent or "没有这个人")
        form = rows.locator("form", has=page.get_by_role("button", name="记到场")).first
        if form.locator("[name=name]").count():
            form.locator("[name=name]").fill(came_for_unit)
            form.locator("[name=post]").fill(post)
        form.get_by_role("button", name="记到场").click()
        expect(waiting).to_have_count(left + bool(absent))


def open_sitting(page: Page) -> None:
    """The chair opens; the desk is ready for writing."""
    press(page, "主持人宣布开始")
    page.wait_for_selector("form[data-ready]")


def say(page: Page, speaker: int, words: str) -> None:
    """Choose who speaks by number, type, press Enter."""
    page.focus(BOX)
    page.keyboard.press(f"Alt+{speaker}")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("[data-turns]")).to_contain_text(words)
    expect(page.locator("[data-turns] .ft-waiting")).to_have_count(0)


def settle_duties(page: Page) -> None:
    """Put every sentence that the stage still wants into the minutes."""
    button = page.locator(".ft-say").get_by_role("button", name="插入笔录", exact=True)
    for _ in range(12):
        if not button.count():
            return
        told = page.locator(".ft-say").inner_text()
        button.click()
        page.wait_for_function("told => document.querySelector('.ft-say').innerText !== told", arg=told)


def next_stage(page: Page, title: str) -> None:
    """Go on to the next stage, which has this title."""
    page.locator("#desk-head .btn-primary").click()
    expect(page.locator("[aria-current=step]")).to_contain_text(title)


def go_to_stage(page: Page, title: str) -> None:
    """Leave out what may be left out and go to the stage of this title."""
    page.locator("summary", has_text="跳过，或者回到别的阶段").click()
    page.select_option("#f-stage", value=page.locator("#f-stage option", has_text=title).first.get_attribute("value"))
    press(page, "照这样走")
    expect(page.locator("[aria-current=step]")).to_contain_text(title)


def wait_until_ready(page: Page, url: str) -> None:
    """Wait until the paper of a page has its file."""
    deadline = time.monotonic() + READY_SECONDS
    page.goto(url)
    while page.get_by_text("文书正在生成").count() and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.goto(url)


def wait_until(page: Page, url: str, link: str) -> None:
    """Wait until the page offers this link."""
    deadline = time.monotonic() + READY_SECONDS
    page.goto(url)
    while not page.get_by_role("link", name=link).count() and time.monotonic() < deadline:
        page.wait_for_timeout(500)
        page.goto(url)


def sign_on_tablet(page: Page, name: str) -> None:
    """Somebody reads every page of the minutes and signs them on the pad."""
    page.locator("tr", has_text=name).get_by_role("link", name="看完签名").click()
    while page.get_by_role("link", name="看完这一页，下一页").count():
        page.get_by_role("link", name="看完这一页，下一页").click()
        page.wait_for_load_state()
    page.get_by_role("link", name="都看完了，去签名").click()
    write_signature(page)
    page.wait_for_url(lambda url: "/signing/" not in url)


def sign_print(page: Page, paper_page: str, folder: Path, *, but: str = "") -> None:
    """All who have not signed yet signed the print, but for one who does not want to; the scan goes in."""
    wait_until_ready(page, paper_page)
    page.get_by_role("link", name="有人在纸上签").first.click()
    scan = folder / "scan.png"
    scan.write_bytes(scan_bytes())
    for label in page.locator("label", has=page.locator("[name=keys]")).all():
        label.locator("[name=keys]").set_checked(not but or but not in label.inner_text())
    page.set_input_files("[name=scan]", str(scan))
    press(page, "登记这些签名")
    page.wait_for_url(lambda url: "/scan" not in url)


def refuse_to_sign(page: Page, name: str, reason: str) -> None:
    """Somebody does not sign; his words are recorded."""
    page.locator("tr", has_text=name).get_by_role("link", name="不签").click()
    page.fill("[name=reason]", reason)
    press(page, "记下不签")
    see(page, reason)


def vote(page: Page, hearing_url: str, word: str, reason: str) -> None:
    """A panelist votes on his own desk."""
    page.goto(f"{hearing_url}/deliberation")
    form_of(page, "投票").check(vote=word).fill(reason=reason).send()
