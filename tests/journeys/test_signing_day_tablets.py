"""Three tablets at three desks in real browsers: the server dies, one tablet sleeps, nobody signs twice or not at all.

The order of writes does not depend on the engine here; what does is tested in tests/signing_day on both.
"""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.agreeing import touch_signature
from tests.journeys.conftest import DESK, Product, _new_page
from tests.journeys.signing_hall import SeededHall, seed_signing_day, signed_numbers

TABLET = {"width": 1024, "height": 768}
KEPT = "() => JSON.parse(localStorage.getItem('ft-strokes') || 'null')"


@pytest.fixture
def hall_product(tmp_path: Path) -> Iterator[Product]:
    """A served installation on the morning of its signing day."""
    (tmp_path / "data").mkdir()
    product = Product(tmp_path, "")
    product.set_now("2025-04-01 09:00")
    product.flask("db", "upgrade")
    product.seeded = seed_signing_day(product)  # type: ignore[attr-defined]  # read by the journey below
    product.start()
    yield product
    for context in product.contexts:
        context.close()
    product.kill()
    assert "Traceback" not in product.log, product.log[-4000:]


def test_three_tablets_when_the_server_dies_and_one_sleeps_sign_each_agreement_once(
    hall_product: Product, browser: Browser
) -> None:
    seeded: SeededHall = hall_product.seeded  # type: ignore[attr-defined]
    clerk = _log_in(_new_page(hall_product, browser, DESK), seeded)
    tablets = [_pair(hall_product, browser, clerk, desk) for desk in seeded.desks]
    for desk, tablet in zip(seeded.desks, tablets, strict=True):
        _seat(clerk, desk)
        expect(tablet.locator("#read")).to_contain_text("谁和谁的协议")
    reading, sleeping, looking = tablets
    _read_all(sleeping)
    _read_all(looking)
    touch_signature(sleeping)
    touch_signature(looking)
    kept = sleeping.evaluate(KEPT)
    looking.get_by_role("button", name="写好了").click()
    expect(looking.locator("main")).to_contain_text("再看一眼")

    hall_product.kill(signal.SIGKILL)
    reading.get_by_role("button", name="看下一段").click()
    looking.get_by_role("button", name="就是这样，签上").click()
    expect(reading.locator("[data-offline]")).to_be_visible()
    expect(sleeping.locator("[data-offline]")).to_be_visible()
    hall_product.start(again=True)

    expect(looking.locator("main")).to_contain_text("您签好了")
    expect(reading.locator("main")).to_contain_text("已读到第 2 段")
    sleeping.reload()
    expect(sleeping.locator(".ft-sign-ready")).to_be_visible()
    assert sleeping.evaluate(KEPT) == kept
    assert sleeping.locator("[name=strokes]").input_value() != ""
    _sign(sleeping)
    _read_all(reading)
    assert reading.locator("[name=strokes]").input_value() == "", "another desk's tablet has its own strokes"
    touch_signature(reading)
    _sign(reading)

    for desk, tablet in zip(seeded.desks, tablets, strict=True):
        _finish(clerk, desk)
        expect(tablet.locator(".ft-desk-sign")).to_be_visible()
        assert tablet.evaluate(KEPT) is None, "the strokes of the one before are gone"
    _seat(clerk, seeded.desks[0])
    _read_all(reading)
    touch_signature(reading)
    _sign(reading)
    assert signed_numbers(hall_product) == ["1-001", "1-002", "1-003", "1-004"]
    assert [tablet.problems for tablet in tablets] == [[], [], []]  # type: ignore[attr-defined]


def _log_in(page: Page, seeded: SeededHall) -> Page:
    page.goto("/login")
    page.fill("[name=username]", seeded.clerk)
    page.fill("[name=password]", seeded.password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    return page


def _pair(product: Product, browser: Browser, clerk: Page, desk: str) -> Page:
    clerk.goto(f"/signing-days/desks/{desk}")
    clerk.get_by_role("button", name="接平板").click()
    code = clerk.locator(".ft-pairing-code").inner_text()
    tablet = _new_page(product, browser, TABLET, has_touch=True)
    tablet.goto("/tablet")
    tablet.fill("[name=code]", code)
    tablet.get_by_role("button", name="接上").click()
    expect(tablet.locator(".ft-desk-sign")).to_be_visible()
    return tablet


def _seat(clerk: Page, desk: str) -> None:
    clerk.goto(f"/signing-days/desks/{desk}")
    clerk.get_by_role("button", name="叫下一个号").click()
    clerk.get_by_role("button", name="核对过了，让平板显示协议").click()
    expect(clerk.locator("#desk-now")).to_contain_text("第 1 段")


def _finish(clerk: Page, desk: str) -> None:
    clerk.goto(f"/signing-days/desks/{desk}")
    clerk.get_by_role("button", name="回执给了，办完").click()
    expect(clerk.get_by_role("button", name="叫下一个号")).to_be_visible()


def _read_all(tablet: Page) -> None:
    expect(tablet.locator("#read")).to_be_visible()
    onwards = tablet.get_by_role("button", name="看下一段")
    while onwards.count():
        title = tablet.locator("#read h1").inner_text()
        onwards.click()
        expect(tablet.locator("#read h1")).not_to_have_text(title)
    tablet.get_by_role("button", name="我看完了，去签名").click()
    expect(tablet.locator(".ft-sign-ready")).to_be_visible()


def _sign(tablet: Page) -> None:
    tablet.get_by_role("button", name="写好了").click()
    tablet.get_by_role("button", name="就是这样，签上").click()
    expect(tablet.locator("main")).to_contain_text("您签好了")
