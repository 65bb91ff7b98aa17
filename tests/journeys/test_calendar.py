"""A coordinator's calendar in a real browser: one session by keys alone, one by mouse, refused with its reason.

Then the chain: what stands in the way is lifted, gets another place, and both are published in one step.
"""

from datetime import date

from playwright.sync_api import Locator, Page, expect

from app.demo.cast import citizen_id_number
from tests.journeys.agreeing import DeskOf, bring_to_mediator
from tests.journeys.conftest import Product
from tests.journeys.steps import Person, Quarrel, press, see

YOU = Person("尤晓琴", citizen_id_number(date(1989, 3, 6), 401, is_woman=True), "13900004026", "织造街道澄波里402室")
FENG = Person("冯志远", "", "13800005021", "织造街道澄波里502室")
QI = Person("齐红霞", "", "13800000901", "织造街道澄波里9号")
GUO = Person("郭立军", "", "13800000902", "织造街道澄波里11号")
LEAK = Quarrel("楼上漏水赔偿", "请求赔偿漏水损失 12,000 元", "水管接头开裂，水渗到楼下。", "D02")
DOGS = Quarrel("宠物伤人赔偿", "请求赔偿医药费 2,600 元。", "邻居的狗没有拴绳，咬伤了小腿。", "D02")
DAY = "/calendar?date=2025-06-12"


def test_coordinator_places_by_keys_and_by_mouse_and_moves_a_chain(product: Product, desk_of: DeskOf) -> None:
    product.set_now("2025-06-09 09:00")
    bring_to_mediator(desk_of, YOU, FENG, LEAK, "石明轩")
    bring_to_mediator(desk_of, QI, GUO, DOGS, "石明轩")
    desk = desk_of("zhoumin")
    place_by_keys_alone(desk)
    publish(product, desk, 1)
    drop_by_mouse_where_it_is_taken(desk)
    lift_and_take_its_place(desk)
    place_what_was_lifted(desk)
    publish(product, desk, 2)
    desk.goto(DAY)
    expect(desk.locator(".ft-ev-fixed")).to_have_count(2)
    drag_a_booked_one_to_where_it_fits(desk)
    publish(product, desk, 3)
    assert desk.problems == []  # type: ignore[attr-defined]  # no breach of the content policy, no script error
    assert product.flask("verify").stdout.startswith("clean")


def ready(page: Page) -> None:
    """The timeline is drawn."""
    expect(page.locator("[data-timeline][data-ready]")).to_be_visible()


def spoken(page: Page, words: str) -> None:
    """What a screen reader says of the place."""
    expect(page.locator("[data-spoken]")).to_contain_text(words)


def place_by_keys_alone(page: Page) -> None:
    """From the card to the draft without touching the mouse; a place that is shut says so."""
    page.goto(DAY)
    ready(page)
    page.get_by_role("link", name=LEAK.subject).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendar/place/**")
    page.goto(f"{page.url.partition('?')[0]}?date=2025-06-12")
    ready(page)
    spoken(page, "6月12日 9:00 到 10:30，可以放")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    spoken(page, "11:00 到 12:30，放不下")
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    spoken(page, "9:00 到 10:30，可以放")
    page.keyboard.press("Shift+ArrowLeft")
    spoken(page, "8:00 到 9:30，放不下")
    page.keyboard.press("?")
    expect(page.locator("[data-answer] [role=alert]")).to_contain_text("放不下")
    page.locator("[data-timeline]").focus()
    page.keyboard.press("n")
    spoken(page, "9:00 到 10:30，可以放")
    point_at_the_end_of_a_lit_box(page)
    for key in ("Shift+ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    spoken(page, "9:00 到 10:30，可以放")
    page.keyboard.press("Enter")
    see(page, "还没有告诉任何人")
    see(page, "草稿篮 1 场")


def point_at_the_end_of_a_lit_box(page: Page) -> None:
    """No point of a lit box is refused: its end stands for the last start whose session still covers it."""
    box = page.locator(".ft-bg-lit").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 6, box["y"] + box["height"] / 2)
    expect(page.locator("[data-answer] [role=status]")).to_contain_text("可以放")
    spoken(page, "10:30 到 12:00，可以放")


def publish(product: Product, page: Page, count: int) -> None:
    """Who is told stands there first; ten seconds later it is done."""
    page.goto("/calendar/basket")
    see(page, "会收到通知")
    press(page, "发布并通知")
    see(page, "秒后发布")
    press(page, "撤销")
    see(page, "还是草稿")
    press(page, "发布并通知")
    see(page, "秒后发布")
    product.set_now(f"2025-06-09 09:{count}0")
    page.wait_for_url("**/calendar")
    see(page, "已发布")


def drag(page: Page, what: Locator, where: Locator) -> None:
    """Pick it up with the mouse; where it may go lights up; let it go at the beginning of `where`."""
    box = what.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] - 40, steps=4)
    expect(page.locator(".ft-bg-lit").first).to_be_visible()
    place = where.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 4, place["y"] + place["height"] / 2, steps=6)
    page.mouse.up()
    page.wait_for_url("**/calendar/place/**")


def drop_by_mouse_where_it_is_taken(page: Page) -> None:
    """The card is dragged onto the first session: it does not fit, and every cause is named."""
    page.goto(DAY)
    ready(page)
    taken = page.locator(".ft-ev-fixed").first
    taken.scroll_into_view_if_needed()
    drag(page, page.get_by_role("link", name=DOGS.subject), taken)
    refusal = page.locator("[data-answer] [role=alert]")
    expect(refusal).to_contain_text("放不下")
    expect(refusal).to_contain_text("已有安排")
    expect(refusal).to_contain_text("石明轩（调解员）")
    expect(refusal.get_by_text("放这里")).to_have_count(3)


def lift_and_take_its_place(page: Page) -> None:
    """What stands there is lifted; now the place can be had."""
    page.get_by_role("button", name=f"先把“{LEAK.subject}”挪开").first.click()
    see(page, "可以放")
    press(page, "放入草稿")
    see(page, "草稿篮 2 场")
    see(page, "已挪开，等新时间")
    page.goto("/calendar/basket")
    see(page, "还有 1 场没有新时间")


def place_what_was_lifted(page: Page) -> None:
    """The lifted one goes to another lit start."""
    page.goto(DAY)
    ready(page)
    page.get_by_role("link", name=LEAK.subject).click()
    page.wait_for_url("**/calendar/place/**")
    page.goto(f"{page.url.partition('?')[0]}?date=2025-06-12")
    ready(page)
    page.keyboard.press("n")
    page.keyboard.press("n")
    spoken(page, "可以放")
    page.keyboard.press("Enter")
    see(page, "还没有告诉任何人")


def drag_a_booked_one_to_where_it_fits(page: Page) -> None:
    """A booked session is dragged to another lit start; it is asked before anybody is told."""
    ready(page)
    booked = page.locator(".ft-ev-fixed").last
    booked.scroll_into_view_if_needed()
    drag(page, booked, page.locator(".ft-bg-lit").last)
    see(page, "可以放")
    press(page, "放入草稿")
    see(page, "还没有告诉任何人")
    see(page, "草稿篮 1 场")
