"""What is looked at on a page in the browser: its size on four screens, its keys, its words for machines, axe."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

SCREENS = ((1152, 720), (390, 844), (320, 568), (1440, 900))
AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
IDENTIFIER = re.compile(r"/(?:[A-Za-z0-9_-]{22}|[0-9]+)(?=/|$)|(?<=/settings/wording)/[a-z_]+")
GRAVE = ("serious", "critical")
# Never loaded as a page: files, the log-out, the check of one code.
NO_PAGE = re.compile(r"^/(static|papers)/|/(file|packet|failed|preview|logout)$|/preview/|\.xlsx$|/scans/|^/$")
PRIMARY = """() => [...document.querySelectorAll('main .btn-primary')].filter(
  (button) => button.checkVisibility() && !button.closest('dialog, [popover]')).map((button) => button.innerText)"""
RUN_AXE = """axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})
  .then((found) => JSON.stringify(found.violations.map(
    (row) => [row.impact, row.id, row.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))])))"""
WHERE_KEYS_ARE = """() => { const here = document.activeElement, style = getComputedStyle(here);
  return [here.className, style.outlineStyle, parseFloat(style.outlineWidth)]; }"""


def shape_of(url: str) -> str:
    """The address without ids and questions: pages of one shape are drawn by one template."""
    return IDENTIFIER.sub("/*", urlsplit(url).path)


def pages_linked(page: Page) -> Iterator[str]:
    """The pages of this site that the page leads to."""
    for link in page.eval_on_selector_all("a[href]", "links => links.map((link) => link.href)"):
        parts = urlsplit(link)
        if parts.netloc == urlsplit(page.url).netloc and not NO_PAGE.search(parts.path):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def look_at(page: Page) -> Iterator[str]:
    """Everything that is wrong with the page as it stands."""
    if not page.title().strip() or not page.get_attribute("html", "lang"):
        yield "has no title or no language"
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        drawn = page.evaluate("document.documentElement.scrollWidth")
        if drawn > width:
            yield f"is {drawn} wide on a screen of {width}"
    primary = page.evaluate(PRIMARY)
    if len(primary) > 1:
        yield f"has several filled buttons: {primary}"


def keys_of(page: Page) -> Iterator[str]:
    """The first key leads to the link that skips the menu, and one sees where the keys are."""
    page.evaluate("document.activeElement && document.activeElement.blur()")
    page.keyboard.press("Tab")
    name, style, width = page.evaluate(WHERE_KEYS_ARE)
    if "ft-skip" not in name:
        yield f"leads the first key to {name!r}"
    if style == "none" or width < 2:
        yield f"does not show where the keys are: {style} {width}"


def ask_axe(page: Page) -> Iterator[str]:
    """What axe finds serious or critical; it is put in past the page's policy, which stays in force."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    answer: dict[str, Any] = session.send(
        "Runtime.evaluate", {"expression": RUN_AXE, "awaitPromise": True, "returnByValue": True}
    )
    session.detach()
    for impact, rule, nodes in json.loads(answer["result"]["value"]):
        if impact in GRAVE:
            yield f"axe: {impact} {rule}: {nodes}"
