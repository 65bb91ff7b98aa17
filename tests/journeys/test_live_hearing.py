"""The live desk in a real browser: killed browsers, cut lines, lost log-ins lose nothing; two clerks write at once."""

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import CHROMIUM, DESK, PATIENCE, Product, _database
from tests.journeys.hearing_desk import SeededHearing, run_clock_from, seed_hearing, turns_in

BOX = "#f-minutes-text"
STATUS = "[data-save-status]"
TIMES = 5
IS_CARET_AT = "(place) => document.querySelector('#f-minutes-text').selectionStart === place"
KEPT = """
  const request = indexedDB.open("ft-minutes");
  const database = await new Promise((done) => (request.onsuccess = () => done(request.result)));
  const rows = (name) => new Promise((done) => {
    const asked = database.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const [turns, lines] = [await rows("turns"), await rows("lines")];
  database.close();
"""
"""Reads what the browser keeps on this computer; a killed browser keeps what is completely written, and no more."""
IS_KEPT = f"""async (words) => {{
  {KEPT}
  return lines.some((line) => line.text === words && line.selectionStart === words.length);
}}"""
IS_NOTHING_KEPT = f"async () => {{{KEPT} return turns.length + lines.length === 0; }}"


@pytest.fixture(params=["sqlite", "postgresql"])
def hall_product(request: pytest.FixtureRequest, postgresql_url: str, tmp_path: Path) -> Iterator[Product]:
    """A served installation with nothing but the hearing of S02, which has just been opened."""
    (tmp_path / "data").mkdir()
    url = _database(postgresql_url, "live") if request.param == "postgresql" else ""
    product = Product(tmp_path, url)
    product.set_now("2025-06-11 09:00")
    product.flask("db", "upgrade")
    product.seeded = seed_hearing(product)  # type: ignore[attr-defined]  # read by the journeys below
    run_clock_from(product, 9, 5)
    product.start()
    yield product
    for context in product.contexts:
        context.close()
    product.kill()
    assert "Traceback" not in product.log, product.log[-4000:]


@pytest.fixture
def seeded(hall_product: Product) -> SeededHearing:
    """The hearing and who may log in."""
    seeded: SeededHearing = hall_product.seeded  # type: ignore[attr-defined]
    return seeded


class Clerk:
    """Somebody at the desk with a browser of his own, whose profile stays when the browser is killed."""

    def __init__(self, browser: Browser, product: Product, seeded: SeededHearing, username: str, folder: Path) -> None:
        self.browser, self.product, self.seeded = browser, product, seeded
        self.username, self.folder = username, folder
        self.context: BrowserContext | None = None

    def sit_down(self) -> Page:
        """Start the browser, log in, open the desk."""
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.folder),
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            base_url=self.product.url,
            viewport=DESK,  # type: ignore[arg-type]  # a plain dict with both sizes
            locale="zh-CN",
        )
        self.context.set_default_timeout(PATIENCE)
        self.product.contexts.append(self.context)
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        self.log_in(page)
        return open_desk(page, self.seeded)

    def log_in(self, page: Page) -> None:
        page.goto("/login")
        page.fill("[name=username]", self.username)
        page.fill("[name=password]", self.seeded.password)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/login" not in url)

    def kill_browser(self) -> None:
        """SIGKILL to every process of this browser, as when the power of the computer goes."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and str(self.folder).encode() in _command_of(entry):
                with suppress(ProcessLookupError):
                    os.kill(int(entry.name), signal.SIGKILL)
        assert self.context is not None
        with suppress(Exception):
            self.context.close()
        self.product.contexts.remove(self.context)
        for lock in self.folder.glob("Singleton*"):
            lock.unlink()


def _command_of(entry: Path) -> bytes:
    try:
        return (entry / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def make_clerk(browser: Browser, hall_product: Product, seeded: SeededHearing, tmp_path: Path) -> Iterator[Any]:
    """`make_clerk(username)`: a clerk with a browser profile of his own."""
    yield lambda username: Clerk(browser, hall_product, seeded, username, tmp_path / f"profile-{username}")
    for profile in tmp_path.glob("profile-*"):
        shutil.rmtree(profile, ignore_errors=True)


def open_desk(page: Page, seeded: SeededHearing) -> Page:
    """The live desk, ready for typing."""
    page.goto(f"/hearings/{seeded.public_id}/live")
    page.wait_for_selector("form[data-ready]")
    return page


def type_text(page: Page, words: str) -> None:
    """Type into the box, key by key."""
    page.focus(BOX)
    page.keyboard.type(words)


def record(page: Page, words: str, *, speaker: int = 2) -> str:
    """Choose who speaks, type, press Enter."""
    page.keyboard.press(f"Alt+{speaker}")
    type_text(page, words)
    page.keyboard.press("Enter")
    return words


def spoken(texts: list[str]) -> list[str]:
    """The turns of the journey, without what the product itself took down."""
    return [text for text in texts if text.startswith("第")]


def test_nothing_typed_is_lost_when_browser_and_line_fail_five_times(
    hall_product: Product, seeded: SeededHearing, make_clerk: Any
) -> None:
    clerk = make_clerk(seeded.first_clerk)
    page = clerk.sit_down()
    said = []
    for number in range(TIMES):
        said.append(record(page, f"第{number}次，断电以前说的。"))
        type_text(page, f"第{number}次，写到一半，")
        page.wait_for_function(IS_KEPT, arg=f"第{number}次，写到一半，")
        clerk.kill_browser()
        page = clerk.sit_down()
        expect(page.locator(BOX)).to_have_value(f"第{number}次，写到一半，")
        page.wait_for_function(IS_CARET_AT, arg=len(f"第{number}次，写到一半，"))
        type_text(page, "接着写完。")
        page.keyboard.press("Enter")
        said.append(f"第{number}次，写到一半，接着写完。")
        page.context.set_offline(True)
        said += [record(page, f"第{number}次，断网时第{place}段。", speaker=3) for place in range(2)]
        expect(page.locator(STATUS)).to_contain_text("网断了，照样能写。")
        page.context.set_offline(False)
        expect(page.locator(STATUS)).to_contain_text("一段没少")
    expect(page.locator("[data-turns] .ft-waiting")).to_have_count(0)
    assert spoken(turns_in(hall_product)) == said
    assert spoken(page.locator("[data-turns] .ft-said p").all_inner_texts()) == said
    page.wait_for_function(IS_NOTHING_KEPT)  # personal data stays on the computer only while it is unsent


def test_two_clerks_write_at_once_and_a_lost_login_stops_nobody(
    hall_product: Product, seeded: SeededHearing, make_clerk: Any
) -> None:
    first, second = make_clerk(seeded.first_clerk), make_clerk(seeded.second_clerk)
    he, wen = first.sit_down(), second.sit_down()

    type_text(he, "第一位记录员正在写的")
    expect(wen.locator("[data-lines]")).to_contain_text("何静正在写…")
    he.fill(BOX, "")
    for number in range(5):
        record(he, f"第{number}段，何静记。")
        record(wen, f"第{number}段，温宁记。", speaker=3)
    for page in (he, wen):
        expect(page.locator("[data-turns] .ft-said p", has_text=re.compile("^第"))).to_have_count(10)
    in_order = spoken(turns_in(hall_product))
    assert [text for text in in_order if "何静" in text] == [f"第{number}段，何静记。" for number in range(5)]
    assert [text for text in in_order if "温宁" in text] == [f"第{number}段，温宁记。" for number in range(5)]

    check_input_method(he)
    check_stages(he, wen)
    check_lost_login(first, he, hall_product)
    check_screen(he, seeded)


def check_input_method(page: Page) -> None:
    """Enter that chooses a word of an input method records nothing; an empty Enter does nothing."""
    before = page.locator("[data-turns] li").count()
    type_text(page, "bu dui")
    page.dispatch_event(BOX, "keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True})
    expect(page.locator(BOX)).to_have_value("bu dui")
    page.fill(BOX, "")
    page.keyboard.press("Enter")
    assert page.locator("[data-turns] li").count() == before


def check_stages(he: Page, wen: Page) -> None:
    """A duty stops the next stage, one click settles it; a page that shows an older stage is told so."""
    he.click("#desk-head .btn-primary")
    expect(he.locator("#desk-refusal")).to_contain_text("还没有")
    for left in range(he.locator(".ft-duties form").count(), -1, -1):
        he.click(".ft-say form button >> nth=0")
        expect(he.locator(".ft-duties form")).to_have_count(max(left - 1, 0))
    expect(he.locator(".ft-say form")).to_have_count(0)
    type_text(he, "换阶段时写到一半")
    he.click("#desk-head .btn-primary")
    expect(he.locator("[aria-current=step]")).to_contain_text("信访人陈述")
    expect(he.locator(BOX)).to_have_value("换阶段时写到一半")
    he.fill(BOX, "")
    expect(wen.locator("[aria-current=step]")).to_contain_text("信访人陈述")
    wen.evaluate("document.querySelector('#desk-head [name=stage_mark]').value = '1'")
    wen.click("#desk-head .btn-primary")
    expect(wen.locator("#desk-refusal")).to_contain_text("程序已经走到“信访人陈述”")
    expect(wen.locator("[aria-current=step]")).to_contain_text("信访人陈述")


def check_lost_login(clerk: Clerk, page: Page, product: Product) -> None:
    """The log-in runs out in the middle of a sentence: another tab logs in, the page goes on by itself."""
    page.context.clear_cookies()
    record(page, "第六段，登录到时以后记。")
    expect(page.locator(STATUS)).to_contain_text("登录到时了，照样能写")
    type_text(page, "还在写")
    other = page.context.new_page()
    clerk.log_in(other)
    other.close()
    expect(page.locator(STATUS)).to_contain_text(re.compile("一段没少|已保存"))
    expect(page.locator(BOX)).to_have_value("还在写")
    deadline = time.monotonic() + 60
    while "第六段，登录到时以后记。" not in turns_in(product) and time.monotonic() < deadline:
        page.wait_for_timeout(300)
    assert turns_in(product).count("第六段，登录到时以后记。") == 1
    page.fill(BOX, "")


def check_screen(page: Page, seeded: SeededHearing) -> None:
    """The hall sees stage and words, nobody's attendance, nothing that is being typed."""
    type_text(page, "没有记下的半句")
    hall = page.context.new_page()
    hall.goto(f"/hearings/{seeded.public_id}/screen")
    expect(hall.locator("body")).to_contain_text("第六段，登录到时以后记。")
    expect(hall.locator("[data-stage]")).to_have_text("信访人陈述")
    shown = hall.inner_text("body")
    assert "没有记下的半句" not in shown
    assert "实到" not in shown
    page.bring_to_front()
    page.fill(BOX, "")
    record(page, "第七段，大屏要跟上。")
    expect(hall.locator("[data-turns]")).to_contain_text("第七段，大屏要跟上。")
