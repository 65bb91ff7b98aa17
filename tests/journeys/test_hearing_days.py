"""Days on which a hearing does not run as planned, in a real browser: recusal, no-show, suspension, an absent unit.

Where another journey walks the way by hand, the hearing is told by acts up to the day.
"""

import re
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from app.demo.cast import Cast, citizen_id_number
from app.demo.disputes import Dispute, Stage, woman
from app.demo.hearing_story import HearingStory, HearingTable
from app.demo.office import Office
from app.demo.petition_story import PetitionStory
from app.demo.sitting_story import Said, SittingStory
from app.demo.story_time import StoryTime
from app.hearings.rules.words import AttendeeRole, LiveStage, Vote
from tests.journeys import hearing_steps as steps
from tests.journeys.conftest import PHONE, Product
from tests.journeys.hearing_steps import form_of
from tests.journeys.steps import choose, press, see
from tests.journeys.telling import tell

DeskOf = Callable[[str], Page]
ROOF = Dispute(
    "屋顶花园拆除",
    "D99",
    "请求保留屋顶花园。",
    "屋顶花园建了九年，通知限期十日拆除。",
    0,
    woman("储静仪", 1971, 4, 18),
    None,
    0,
    Stage.HANDLING,
    "housing",
)
OBSERVER_ID = citizen_id_number(date(1988, 8, 8), 451, is_woman=True)


def noticed(office: Office, cast: Cast, time: StoryTime) -> HearingStory:
    """The hearing of 11 June 2025: decided on 26 May, served and announced on 28 May."""
    petition = PetitionStory(office, ROOF, cast, time)
    time.at(date(2025, 5, 12))
    petition.register()
    time.later()
    petition.transfer()
    time.later()
    petition.handle(Stage.HANDLING)
    story = HearingStory(office, petition.matter_id, time, HearingTable(alternates=("gemin",)))
    time.at(date(2025, 5, 20))
    story.apply("拆除的依据没有说清，请求听证。")
    time.at(date(2025, 5, 26))
    story.decide("争议较大，决定公开听证。")
    story.man()
    story.schedule(date(2025, 6, 11), served_on=date(2025, 5, 28))
    time.at(date(2025, 5, 28))
    story.serve()
    story.announce("储某某请求保留屋顶花园", 2)
    return story


def id_of_noticed(office: Office, cast: Cast, time: StoryTime) -> str:
    """As far as the notices; gives the hearing."""
    return noticed(office, cast, time).hearing.public_id


def id_of_opened(office: Office, cast: Cast, time: StoryTime) -> str:
    """As far as the opening of the sitting."""
    story = noticed(office, cast, time)
    sitting = SittingStory(story)
    sitting.call_roll()
    sitting.open()
    return story.hearing.public_id


def id_of_voting(office: Office, cast: Cast, time: StoryTime) -> str:
    """As far as the vote, with one panelist missing."""
    story = noticed(office, cast, time)
    sitting = SittingStory(story)
    sitting.call_roll()
    sitting.hold(
        (
            Said(LiveStage.STATEMENT, AttendeeRole.APPLICANT, "花园没有漏水，邻居都同意。"),
            Said(LiveStage.DEBATE, AttendeeRole.RESPONDENT, "屋面属于全体业主，没有批准。"),
        )
    )
    sitting.open_vote("屋顶花园限期三个月自行拆除。")
    reason = (Vote.AGREE, "屋面共有，应当拆除。")
    sitting.vote({"wanchunsheng": reason, "kangxiulan": reason})
    return story.hearing.public_id


def test_observer_recusal_on_the_eve_and_a_petitioner_who_does_not_come(
    product: Product, desk_of: DeskOf, phone: Page
) -> None:
    hearing_url = f"{product.url}/hearings/{tell(product, id_of_noticed)}"
    product.set_now("2025-06-09 12:00")
    take_a_seat(phone)
    product.set_now("2025-06-10 16:00")
    somebody_steps_aside(desk_of, hearing_url)
    product.set_now("2025-06-11 08:40")
    nobody_comes(product, desk_of, hearing_url)
    steps.check_clean(product)


def take_a_seat(phone: Page) -> None:
    """An observer registers on his phone: a wrong number is named, one seat a person, no name on the page."""
    phone.goto("/notices")
    phone.get_by_role("link", name="储某某请求保留屋顶花园").click()
    see(phone, "还有 2 个席位")
    assert "储静仪" not in phone.content()
    phone.get_by_role("link", name="登记旁听").click()
    seat_address = phone.url
    register(phone, OBSERVER_ID[:-1] + ("0" if OBSERVER_ID[-1] != "0" else "1"))
    see(phone, "对不上")
    register(phone, OBSERVER_ID)
    see(phone, "1 号")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.goto(seat_address)
    register(phone, OBSERVER_ID)
    see(phone, "已经登记过一个席位")


def register(phone: Page, number: str) -> None:
    phone.fill("[name=name]", "边文静")
    phone.fill("[name=id_number]", number)
    phone.locator("main button[type=submit]").last.click()
    phone.wait_for_load_state()


def somebody_steps_aside(desk_of: DeskOf, hearing_url: str) -> None:
    """Asked for, the panelist sees nothing at once (INV-12); granted, the alternate whom the notice names moves up."""
    panelist, office, leader = desk_of("wanchunsheng"), desk_of("zhoumin"), desk_of("chenguoliang")
    assert panelist.request.get(hearing_url).status == 200
    office.goto(f"{hearing_url}/recusals")
    office.locator("label", has_text="万春生").locator("[name=seat]").check()
    office.locator("[name=ground]").nth(1).check()
    choose(office, "party", "储静仪")
    office.fill("[name=facts]", "他和住建委的经办人是多年邻居。")
    press(office, "提出")
    assert panelist.request.get(hearing_url).status == 404
    leader.goto(hearing_url)
    leader.get_by_role("link", name="去决定").first.click()
    form_of(leader, "作出决定").check(decision="granted").fill(reason="关系可能影响公正。").send()
    leader.goto(hearing_url)
    see(leader, "葛敏")
    assert panelist.request.get(hearing_url).status == 404
    office.goto(f"{hearing_url}/notice")
    expect(office.locator("main [role=alert]")).to_have_count(0)


def nobody_comes(product: Product, desk_of: DeskOf, hearing_url: str) -> None:
    """Before the hour nobody is absent; then the sitting cannot open, and the hearing counts as waived (R-HEAR-24)."""
    office, recorder = desk_of("zhoumin"), desk_of("hejing")
    waive(office, hearing_url)
    see(office, "听证的时间还没有到，不能算缺席。")
    steps.call_roll(recorder, hearing_url, "卢振邦", absent="储静仪")
    product.set_now("2025-06-11 09:05")
    press(recorder, "主持人宣布开始")
    see(recorder, "信访人一方没有人到场，听证不能进行。")
    waive(office, hearing_url)
    office.goto(hearing_url)
    see(office, "视为放弃")
    expect(office.get_by_role("link", name="记录台")).to_have_count(0)
    assert desk_of("chenguoliang").request.get(hearing_url).status == 200


def waive(page: Page, hearing_url: str) -> None:
    page.goto(f"{hearing_url}/change?kind=waived_by_absence")
    page.check("[name=ground][value=petitioner_absent]")
    page.fill("[name=facts]", "两次打电话都没有人接，没有请假。")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def test_sitting_is_suspended_and_resumed_and_the_unit_stays_away(product: Product, desk_of: DeskOf) -> None:
    hearing_url = f"{product.url}/hearings/{tell(product, id_of_opened)}"
    product.set_now("2025-06-11 10:00")
    page = desk_of("zhoumin")
    change(page, hearing_url, "suspended", "appraisal", "要请机构鉴定屋面荷载。")
    page.goto(hearing_url)
    see(page, "中止")
    product.set_now("2025-06-17 10:00")
    page = desk_of("zhoumin")
    resume(page, hearing_url, "2025-06-20")
    see(page, "最早 6月27日 才能开")
    resume(page, hearing_url, "2025-07-01")
    see(page, "已恢复")
    steps.serve_parties(page, hearing_url, {"储静仪": "", "滨澜区住房和城乡建设委员会": "收发室 王敏"})
    see(page, "7月1日（周二） 可以开")
    product.set_now("2025-07-01 09:30")
    page = desk_of("zhoumin")
    change(page, hearing_url, "postponed", "unit_absent", "责任单位没有派人来，电话说在开会。")
    page.goto(hearing_url)
    see(page, "延期")
    see(page, "责任单位没有到场")
    page.get_by_role("link", name=re.compile("延期")).first.wait_for()
    steps.check_clean(product)


def change(page: Page, hearing_url: str, kind: str, ground: str, facts: str) -> None:
    page.goto(f"{hearing_url}/change?kind={kind}")
    page.check(f"[name=ground][value={ground}]")
    page.fill("[name=facts]", facts)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def resume(page: Page, hearing_url: str, day: str) -> None:
    page.goto(f"{hearing_url}/schedule?served_on=2025-06-17")
    form = page.locator("main form", has=page.locator("[name=room]"))
    form.locator("[name=facts]").fill("鉴定报告已经出来。")
    choose(page, "room", "听证室")
    form.locator("[name=day]").fill(day)
    form.locator("[name=at]").fill("09:00")
    press(page, "检查并排上")
    page.wait_for_load_state()


def test_panelist_votes_on_his_own_desk_and_the_last_vote_opens_all(product: Product, desk_of: DeskOf) -> None:
    hearing_url = f"{product.url}/hearings/{tell(product, id_of_voting)}"
    product.set_now("2025-06-11 15:00")
    first, last = desk_of("wanchunsheng"), desk_of("fanyumei")
    first.goto(f"{hearing_url}/deliberation")
    see(first, "您的票已经封存")
    assert "屋面共有" not in first.content()
    last.goto(f"{hearing_url}/deliberation")
    press(last, "投票")
    expect(last.locator("main [role=alert]").first).to_be_visible()
    steps.vote(last, hearing_url, "disagree", "可以补办手续，不必拆除。")
    see(last, "2 人同意，1 人不同意")
    first.goto(f"{hearing_url}/deliberation")
    see(first, "可以补办手续，不必拆除。")
    assert desk_of("zhoumin").request.get(f"{hearing_url}/deliberation").status in (403, 404)
    assert desk_of("gemin").request.get(f"{hearing_url}/deliberation").status == 404
