"""The steps from a registered dispute to an agreement in force: who does what, on which page, in which words."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.journeys.conftest import Product
from tests.journeys.steps import (
    Person,
    Quarrel,
    accept_referral,
    decide_for_mediation,
    press,
    record_consents,
    refer,
    register_matter,
    save_draft,
    screen,
    write_payment,
)

DeskOf = Callable[[str], Page]
MESSAGE_SECONDS = 90


@dataclass(frozen=True)
class Accepted:
    """A dispute that lies before the mediator: the addresses of its pages."""

    matter_url: str
    linkage_url: str
    case_url: str


@dataclass(frozen=True)
class Promise:
    """What the parties agree: one sum with its day (ISO; empty: on the spot), one thing more, how and where."""

    facts: str
    payment_term: str
    amount: str
    due: str
    term: str
    manner: str = "现金当面交付"
    place: str = "滨澜区矛调中心"


def bring_to_mediator(
    desk_of: DeskOf, petitioner: Person, respondent: Person, quarrel: Quarrel, mediator: str
) -> Accepted:
    """From the reception desk to the committee's acceptance, by the coordinator and the committee's clerk."""
    desk, committee = desk_of("zhoumin"), desk_of("panhui")
    matter_url = register_matter(desk, petitioner, respondent, quarrel)
    screen(desk, matter_url, dispute_type=quarrel.dispute_type)
    record_consents(desk, matter_url)
    decide_for_mediation(desk, matter_url)
    linkage_url = refer(desk, matter_url, quarrel.facts)
    accept_referral(committee, linkage_url, mediator)
    committee.locator("main a[href*='/mediations/']").first.click()
    committee.wait_for_url("**/mediations/**")
    return Accepted(matter_url, linkage_url, committee.url)


def write_agreement(page: Page, promise: Promise, *, payer: str, payee: str) -> None:
    """Type what was agreed and save it; `payer` and `payee` as the page names them, e.g. 乙方 冯志远."""
    page.fill("[name=payment_term]", promise.payment_term)
    page.fill("[name=total]", promise.amount)
    write_payment(page, 0, payer, payee, promise.amount, promise.due)
    page.fill("[name=facts_and_issues]", promise.facts)
    page.fill("[name=term-0]", promise.term)
    page.fill("[name=performance_manner]", promise.manner)
    page.fill("[name=performance_place]", promise.place)
    save_draft(page)


def wait_for_file(page: Page, words: str) -> None:
    """Look again until the file that is made after the act stands on the page."""
    deadline = time.monotonic() + MESSAGE_SECONDS
    while page.get_by_role("link", name=words, exact=True).count() == 0:
        assert time.monotonic() < deadline, f"“{words}” did not appear on {page.url}"
        page.wait_for_timeout(500)
        page.reload()


def touch_signature(page: Page) -> None:
    """Write three strokes into each box of the pad with a finger."""
    boxes = page.locator("[data-sign-boxes] canvas")
    boxes.first.wait_for()
    finger = page.context.new_cdp_session(page)
    for box in boxes.all():
        for stroke in strokes_in(box):
            for place, (across, down) in enumerate(stroke):
                kind = "touchMove" if place else "touchStart"
                point = {"x": across, "y": down}
                finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
            finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def strokes_in(box: Locator) -> list[list[tuple[float, float]]]:
    """Two bars and a falling line inside a box, in points of the screen."""
    place = box.bounding_box()
    assert place is not None
    shapes = (
        ((0.2, 0.3), (0.5, 0.28), (0.8, 0.3)),
        ((0.5, 0.2), (0.48, 0.5), (0.5, 0.8)),
        ((0.25, 0.55), (0.5, 0.6), (0.78, 0.75)),
    )
    return [[(place["x"] + place["width"] * x, place["y"] + place["height"] * y) for x, y in each] for each in shapes]


def seal(page: Page, agreement_url: str, words: str = "盖章，让协议生效") -> None:
    """The committee puts its seal on."""
    page.goto(f"{agreement_url}/seal")
    press(page, words)
    page.wait_for_url(agreement_url)


def wait_for_message(product: Product, to: str, template: str, after: int = 0) -> str:
    """The text of the newest message of this kind to this number behind the first `after` messages."""
    deadline = time.monotonic() + MESSAGE_SECONDS
    while time.monotonic() < deadline:
        messages = product.messages()[after:]
        found = [message["text"] for message in messages if (message["to"], message["template"]) == (to, template)]
        if found:
            return str(found[-1])
        time.sleep(0.3)
    raise AssertionError(f"no message {template} to {to}: {product.messages()}")


def download(page: Page, words: str, target: Path) -> Path:
    """Save the file behind the link with these words."""
    address = page.get_by_role("link", name=words, exact=True).first.get_attribute("href")
    answer = page.request.get(address or "")
    assert answer.ok, f"{address}: {answer.status}"
    target.write_bytes(answer.body())
    return target
