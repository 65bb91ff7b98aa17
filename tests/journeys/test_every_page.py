"""Every kind of page looks right: on four screens, by keys, for machines that read aloud, under the strict policy.

The sample is bounded: one account a role, its menu, and one page of each kind that its links lead to; what another
role of the same group has shown is not opened again. The look does not depend on the engine, so SQLite is enough.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PASSWORD, PATIENCE, PHONE, Product, pick_role
from tests.journeys.looking import ask_axe, keys_of, look_at, pages_linked, shape_of

GROUPS = (
    ("zhoumin", "gongli", "chenguoliang", "yuhong", "luzhenbang"),
    ("panhui", "shimingxuan", "luowenbin", "admin", "auditor"),
    ("hejing", "helixin", "bijianguo", "wanchunsheng", "duanwentao", "xieweimin", "shenlan"),
)
DESK = {"width": 1440, "height": 900}
MOST = 70
PORTAL = ("/p/progress", "/p/papers", "/p/question", "/verify")


@pytest.fixture
def district(districts: Callable[[str], Product], tmp_path: Path) -> Iterator[Product]:
    """The full demonstration district, served."""
    shutil.copytree(districts("sqlite").folder, tmp_path / "served")
    served = Product(tmp_path / "served", "")
    served.start()
    yield served
    for context in served.contexts:
        context.close()
    served.kill()
    assert "Traceback" not in served.log, served.log[-4000:]


@pytest.mark.parametrize("group", GROUPS, ids=lambda names: names[0])
def test_pages_when_opened_by_each_role_look_right(district: Product, browser: Browser, group: tuple[str, ...]) -> None:
    findings: list[str] = []
    seen: set[str] = set()
    for username in group:
        page, noise = _open(district, browser)
        findings += _problems(page, "/login", noise) if not seen else []
        _log_in(page, username)
        findings += _walk(page, seen, noise)
    assert len(seen) > len(group)
    assert not findings, "\n".join(findings)


def test_petitioners_pages_when_opened_without_script_work_and_look_right(district: Product, browser: Browser) -> None:
    desk, _ = _open(district, browser)
    _log_in(desk, "zhoumin")
    told = json.loads((district.folder / "manifest.json").read_text())
    matter = next(row["matter"] for row in told["objects"] if row["kind"] == "access_link")
    desk.goto(f"/matters/{matter}/access")
    desk.get_by_role("button", name="当面给").first.click()
    shown = desk.locator("main").inner_text()
    link, code = re.search(r"https?://\S+/p/\S+", shown), re.search(r"6 位码 ([0-9]{6})", shown)
    assert link, shown
    assert code, shown
    page, noise = _open(district, browser, java_script_enabled=False, viewport=PHONE)
    page.goto(link[0])
    page.fill("[name=code]", code[1])
    page.get_by_role("button", name="打开").click()
    page.wait_for_url("**/p/progress")
    answers = {path: page.goto(path).status for path in PORTAL}  # type: ignore[union-attr]  # a page was asked for
    assert answers == dict.fromkeys(PORTAL, 200)
    lively, lively_noise = _open(district, browser)
    lively.context.add_cookies(page.context.cookies())
    findings = [line for path in PORTAL for line in _problems(lively, path, lively_noise, has_skip_link=False)]
    assert not findings + noise, "\n".join(findings + noise)


def _walk(page: Page, seen: set[str], noise: list[str]) -> Iterator[str]:
    waiting = ["/desk"]
    for _ in range(MOST):
        path = next((path for path in waiting if shape_of(path) not in seen), None)
        if path is None:
            return
        seen.add(shape_of(path))
        yield from _problems(page, path, noise)
        waiting += pages_linked(page)


def _problems(page: Page, path: str, noise: list[str], *, has_skip_link: bool = True) -> Iterator[str]:
    noise.clear()
    answer = page.goto(path)
    assert answer
    if answer.status >= 400:
        yield f"{path}: leads to a refusal, {answer.status}"
        return
    found = [*look_at(page), *(keys_of(page) if has_skip_link else ()), *ask_axe(page), *noise]
    yield from (f"{path}: {line}" for line in found)


def _open(district: Product, browser: Browser, **options: object) -> tuple[Page, list[str]]:
    context = browser.new_context(base_url=district.url, locale="zh-CN", **{"viewport": DESK, **options})  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    district.contexts.append(context)
    page, noise = context.new_page(), []
    page.on("console", lambda message: noise.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    return page, noise


def _log_in(page: Page, username: str) -> None:
    page.goto("/login")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    pick_role(page)
