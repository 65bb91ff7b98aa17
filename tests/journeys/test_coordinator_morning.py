"""A coordinator's morning: some placed by hand, a chain, sixty planned and fifty accepted, a mediator falls ill.

Nothing is ever booked twice; the program's own check says so at the end.
"""

from playwright.sync_api import Page, expect

from tests.journeys.agreeing import DeskOf
from tests.journeys.backlog import fill_backlog, subject_of
from tests.journeys.conftest import Product
from tests.journeys.steps import press, see
from tests.journeys.test_calendar import publish, ready, spoken

DAY = "2025-06-12"
FIRST, SECOND, THIRD, FOURTH = (subject_of(number) for number in (0, 1, 3, 6))
"""All but the second are 石明轩's."""
WAITING = 60
LONG = 120_000


def test_coordinator_places_plans_accepts_and_mends_within_a_morning(product: Product, desk_of: DeskOf) -> None:
    product.set_now("2025-06-09 09:00")
    fill_backlog(product, WAITING + 4)
    desk = desk_of("zhoumin")
    place_by_keys(desk, FIRST)
    place_by_keys(desk, SECOND)
    be_refused_and_take_another_way(desk)
    publish(product, desk, 1)
    take_the_first_ones_place(desk)
    place_what_was_lifted(desk, FIRST)
    publish(product, desk, 2)
    plan_what_waits(desk)
    accept_all_but_ten(desk)
    mend_after_a_mediator_fell_ill(desk)
    assert desk.problems == []  # type: ignore[attr-defined]  # no breach of the content policy, no script error
    assert product.flask("verify").stdout.startswith("clean")


def pick(page: Page, subject: str) -> None:
    """Pick a card; the day's lit starts are shown."""
    page.goto(f"/calendar?date={DAY}")
    ready(page)
    page.get_by_role("link", name=subject).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendar/place/**")
    page.goto(f"{page.url.partition('?')[0]}?date={DAY}")
    ready(page)


def place_by_keys(page: Page, subject: str) -> None:
    """Put it at the first lit start of the day."""
    pick(page, subject)
    spoken(page, "可以放")
    page.keyboard.press("Enter")
    see(page, "还没有告诉任何人")


def ask_for_nine(page: Page, subject: str) -> None:
    """Ask by form for the first room at nine."""
    pick(page, subject)
    page.locator("#f-place-room").select_option(label="第一调解室（12 座）")
    page.locator("#f-place-at").fill("09:00")
    page.get_by_role("button", name="检查").click()


def be_refused_and_take_another_way(page: Page) -> None:
    """The first room at nine is taken, and so is the mediator; one of the ways offered is taken."""
    ask_for_nine(page, THIRD)
    refusal = page.locator("[data-answer] [role=alert]")
    expect(refusal).to_contain_text("放不下")
    expect(refusal).to_contain_text("第一调解室")
    expect(refusal).to_contain_text("石明轩（调解员）")
    refusal.get_by_text("放这里").first.click()
    see(page, "还没有告诉任何人")
    see(page, "草稿篮 3 场")


def take_the_first_ones_place(page: Page) -> None:
    """What stands there is lifted into the basket; the fourth takes its place."""
    ask_for_nine(page, FOURTH)
    page.get_by_role("button", name=f"先把“{FIRST}”挪开").first.click()
    see(page, "可以放")
    press(page, "放入草稿")
    see(page, "已挪开，等新时间")


def place_what_was_lifted(page: Page, subject: str) -> None:
    """It goes to the next lit start behind the place that it has lost."""
    pick(page, subject)
    page.keyboard.press("n")
    spoken(page, "可以放")
    page.keyboard.press("Enter")
    see(page, "还没有告诉任何人")


def plan_what_waits(page: Page) -> None:
    """One button; nothing is booked by it."""
    page.goto("/calendar")
    page.get_by_role("link", name="一键排期").click()
    see(page, f"等时间的 {WAITING} 场")
    press(page, "一键排期")
    page.wait_for_url("**/calendar/plans/*")
    page.get_by_role("button", name="落实选上的").wait_for(timeout=LONG)
    see(page, f"排得下 {WAITING} 场，排不下 0 场")
    see(page, "基尼系数")


def accept_all_but_ten(page: Page) -> None:
    """Ten ticks are taken away, the others are booked one by one."""
    ticks = page.locator("[name=place]")
    expect(ticks).to_have_count(WAITING)
    for number in range(10):
        ticks.nth(number).uncheck()
    press(page, "落实选上的")
    page.get_by_text(f"已落实 {WAITING - 10} 场").wait_for(timeout=LONG)
    expect(ticks).to_have_count(10)


def mend_after_a_mediator_fell_ill(page: Page) -> None:
    """石明轩 is away for two days: only his sessions move, and each of them to another day."""
    page.goto("/calendar")
    page.get_by_role("link", name="重排").click()
    page.check("[name=event][value=person]")
    page.select_option("[name=person]", label="石明轩")
    page.fill("[name=first]", DAY)
    page.fill("[name=last]", "2025-06-13")
    press(page, "看看怎么改最少")
    page.get_by_role("heading", name="重排的建议").wait_for(timeout=LONG)
    see(page, "石明轩 6月12日至6月13日不在，已登记请假")
    rows = page.locator(".ft-plan-table tbody tr")
    moved = rows.count()
    assert moved >= 4
    expect(rows.filter(has_text="换日子")).to_have_count(moved)
    expect(rows.filter(has_text="石明轩")).to_have_count(moved)
    page.get_by_role("button", name="全部落实").click()
    page.get_by_text(f"已落实 {moved} 场").wait_for(timeout=LONG)
    page.goto("/calendar/replan")
    see(page, "只处理不符值班的 0 场")
