"""S02 in a real browser: an old case heard at the recheck, with every date and every refusal of the scenario.

The unit's answer is told by acts; from the request for review on everything goes through the pages.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from app.demo.cast import Cast
from app.demo.hearing_scenarios import OLD_CASE, answer_old_case
from app.demo.office import Office
from app.demo.petition_story import PetitionStory
from app.demo.story_time import StoryTime
from tests.documents.reading import squeezed, text_of
from tests.journeys import hearing_steps as steps
from tests.journeys.conftest import Product
from tests.journeys.hearing_steps import form_of
from tests.journeys.steps import choose, press, see
from tests.journeys.telling import tell

DeskOf = Callable[[str], Page]
FIVE = ("万春生", "康秀兰", "宋雨晴", "邱正源", "范玉梅")
VOTERS = ("wanchunsheng", "kangxiulan", "songyuqing", "fanyumei", "qiuzhengyuan")
PROPOSAL = "原处理程序有瑕疵，应补发过渡费 23,400元"
UNIT = "滨澜区住房和城乡建设委员会"


def answered(office: Office, cast: Cast, time: StoryTime) -> str:
    """The old case up to the opinion of the unit, received on 3 March 2025."""
    story = PetitionStory(office, OLD_CASE, cast, time)
    answer_old_case(story)
    return story.matter_id


def test_s02_from_the_request_for_review_to_new_facts_after_the_recheck(
    product: Product, desk_of: DeskOf, tmp_path: Path
) -> None:
    matter_url = f"{product.url}/matters/{tell(product, answered)}"
    ask_for_review_and_recheck(product, desk_of, matter_url)
    hearing_url = apply_and_decide(product, desk_of, matter_url)
    man_the_panel(desk_of("zhoumin"), hearing_url)
    schedule_and_serve(product, desk_of, hearing_url)
    announce(desk_of("zhoumin"), hearing_url)
    product.set_now("2025-06-11 08:40")
    hold_the_sitting(product, desk_of, hearing_url)
    sign_the_minutes(product, desk_of, hearing_url, tmp_path)
    deliberate(product, desk_of, hearing_url)
    product.set_now("2025-06-13 10:00")
    form_the_opinion(desk_of, hearing_url, tmp_path)
    after_the_hearing(product, desk_of, hearing_url, matter_url)
    product.set_now("2025-08-04 09:30")
    she_comes_again(product, desk_of)
    steps.check_clean(product)


def pick(page: Page, name: str, value: str) -> None:
    """Choose one word, from a list or from radios."""
    if page.locator(f"select[name={name}]").count():
        page.select_option(f"[name={name}]", value)
    else:
        page.check(f"[name={name}][value={value}]")


def request_remedy(page: Page, matter_url: str, kind: str, organ: str) -> None:
    page.goto(f"{matter_url}/{kind}")
    choose(page, "organ", organ)
    page.fill("[name=claim]", "请求增加拆迁补偿 186,000 元")
    press(page, "登记复查请求" if kind == "review" else "登记复核请求")
    page.goto(f"{matter_url}/remedies")


def decide_remedy(page: Page, matter_url: str, *, outcome: str, opinion: str, amount: str = "") -> None:
    page.goto(f"{matter_url}/remedies")
    page.locator("main a[href$='/opinion']").last.click()
    pick(page, "outcome", outcome)
    if amount:
        page.fill("[name=amount]", amount)
    page.fill("[name=opinion]", opinion)
    page.fill("[name=basis]", "《信访工作条例》第三十六条")
    page.locator("main form button[type=submit]").first.click()
    see(page, "已出具")


def receive_remedy(page: Page, matter_url: str) -> None:
    page.goto(f"{matter_url}/remedies")
    page.locator("main a[href$='/received']").last.click()
    press(page, "记下收到日期")
    see(page, "记下了")


def ask_for_review_and_recheck(product: Product, desk_of: DeskOf, matter_url: str) -> None:
    """Rows 1 to 4: 2 April, 30 April, 28 May, 19 June."""
    product.set_now("2025-03-31 09:00")
    page = desk_of("zhoumin")
    page.goto(f"{matter_url}/remedies")
    see(page, "4月2日")
    request_remedy(page, matter_url, "review", "滨澜区人民政府")
    see(page, "4月30日")
    product.set_now("2025-04-27 09:00")
    decide_remedy(desk_of("zhoumin"), matter_url, outcome="not_supported", opinion="原意见认定的事实清楚。")
    product.set_now("2025-04-28 09:00")
    receive_remedy(desk_of("zhoumin"), matter_url)
    page.goto(f"{matter_url}/remedies")
    see(page, "5月28日")
    product.set_now("2025-05-20 09:00")
    request_remedy(desk_of("zhoumin"), matter_url, "recheck", "海川市信访事项复查复核办公室")
    see(page, "6月19日")


def apply_and_decide(product: Product, desk_of: DeskOf, matter_url: str) -> str:
    """Rows 4 and 5: to be decided until 27 May; decided on 26 May, to be held until 25 June."""
    page = desk_of("zhoumin")
    hearing_url = steps.apply(page, matter_url, "面积和过渡期没有查清，请求公开听证。")
    see(page, "5月27日")
    product.set_now("2025-05-26 09:00")
    leader = desk_of("chenguoliang")
    steps.decide(leader, hearing_url, "反复信访，争议较大，有必要听证。")
    see(leader, "6月25日")
    steps.appoint_chair(leader, hearing_url, "毕建国")
    return hearing_url


def man_the_panel(page: Page, hearing_url: str) -> None:
    """Row 8: four are refused, with a fifth they are taken; nobody sits twice."""
    steps.seat(page, hearing_url, FIVE[:4])
    see(page, "听证员要单数，现在是 4 人。请再加一人或减一人。")
    steps.seat(page, hearing_url, FIVE, ("葛敏",))
    see(page, "听证员已定")
    steps.appoint_recorder(page, hearing_url, "何静")


def schedule_and_serve(product: Product, desk_of: DeskOf, hearing_url: str) -> None:
    """Rows 6 and 7: 6 June is too early (message 2), lawful with both waivers; 11 June it is, served on 28 May."""
    page = desk_of("zhoumin")
    steps.schedule(page, hearing_url, "2025-06-06", "09:00", served_on="2025-05-28")
    see(page, "最早 6月10日 才能开：通知要提前 7 个工作日送到最后一方（5月28日 送达）。各方书面同意可以提前。")
    steps.waive(page, hearing_url, 0, held_on="2025-06-06", served_on="2025-05-28")
    see(page, "还有 1 方没有签")
    steps.schedule(page, hearing_url, "2025-06-06", "09:00", served_on="2025-05-28")
    see(page, "最早 6月10日")
    steps.waive(page, hearing_url, 1, held_on="2025-06-06", served_on="2025-05-28")
    see(page, "各方都签了，可以按这一天排。")
    page.goto(f"{hearing_url}/schedule?served_on=2025-05-28&day=2025-06-06")
    see(page, "各方已书面同意缩短通知期限")
    expect(page.locator("main .ft-place").first).to_be_visible()
    steps.schedule(page, hearing_url, "2025-06-11", "09:00", served_on="2025-05-28")
    see(page, "6月11日")
    see(page, "还没有送到")
    product.set_now("2025-05-28 10:00")
    page = desk_of("zhoumin")
    steps.serve_parties(page, hearing_url, {"郑桂兰": "", UNIT: "收发室 王敏"})
    see(page, "6月11日（周三） 可以开（最早 6月10日（周二）")


def announce(page: Page, hearing_url: str) -> None:
    """Row 6: the name is named and refused (INV-34); masked it is published, and the public sees no more."""
    page.goto(f"{hearing_url}/announcement")
    page.fill("[name=masked_subject]", "郑桂兰请求增加房屋拆迁补偿")
    press(page, "发布公告")
    see(page, "姓名“郑桂兰”")
    page.fill("[name=masked_subject]", "郑某某请求增加房屋拆迁补偿")
    press(page, "发布公告")
    see(page, "公告已发布")
    page.goto("/notices")
    page.get_by_role("link", name="郑某某请求增加房屋拆迁补偿").click()
    see(page, "还有 16 个席位")
    assert "郑桂兰" not in page.content()


def hold_the_sitting(product: Product, desk_of: DeskOf, hearing_url: str) -> None:
    """Row 9: the stages in their order; no deliberation before the final statements (INV-20)."""
    page = desk_of("hejing")
    steps.call_roll(page, hearing_url, "卢振邦")
    steps.let_time_run(product, "2025-06-11 09:00")
    steps.open_sitting(page)
    page.locator("#desk-head .btn-primary").click()
    expect(page.locator("#desk-refusal")).to_contain_text("还没有")
    steps.settle_duties(page)
    steps.next_stage(page, "信访人陈述")
    steps.say(page, 2, "2011年少算了面积，过渡费只发了12个月。")
    chair = desk_of("bijianguo")
    begin_deliberation(chair, hearing_url)
    see(chair, "双方还没有作完最后陈述，不能评议")
    for title, speaker, words in (
        ("责任单位答辩", 3, "过渡费按协议发放，面积以测绘成果为准。"),
        ("举证质证", 3, "出示面积确认单。"),
        ("辩论", 2, "安置房晚交一年多，过渡费应当补。"),
        ("最后陈述", 2, "请求补发过渡费。"),
    ):
        steps.next_stage(page, title)
        steps.say(page, speaker, words)
    steps.settle_duties(page)
    steps.next_stage(page, "听证员点评")
    steps.say(page, 4, "交房日期的证据比较清楚。")
    steps.go_to_stage(page, "核对笔录")
    press(page, "听证结束")
    see(page, "去定稿、签名")


def begin_deliberation(page: Page, hearing_url: str) -> None:
    """The chair puts the proposal."""
    page.goto(f"{hearing_url}/deliberation")
    page.fill("[name=proposal]", PROPOSAL)
    press(page, "开始表决")


def sign_the_minutes(product: Product, desk_of: DeskOf, hearing_url: str, folder: Path) -> None:
    """Row 10: she declines, 记录不全; the minutes are final with her reason, her note is appended."""
    minutes_url, page = f"{hearing_url}/minutes", desk_of("hejing")
    page.goto(minutes_url)
    press(page, "定稿，去签名")
    steps.wait_until_ready(page, minutes_url)
    steps.refuse_to_sign(page, "郑桂兰", "记录不全")
    page.goto(minutes_url)
    steps.sign_on_tablet(page, "卢振邦")
    steps.sign_print(page, minutes_url, folder, but="郑桂兰")
    page.goto(minutes_url)
    see(page, "已签完")
    choose(page, "author", "郑桂兰")
    page.fill("[name=text]", "我说过2011年就反映过面积少算，笔录没有写。")
    press(page, "写补充说明")
    see(page, "2011年就反映过面积少算")
    product.set_now("2025-06-11 14:00")
    page = desk_of("hejing")
    page.goto(minutes_url)
    paper = page.get_by_role("link", name="看文书").first.get_attribute("href") or ""
    printed = squeezed(text_of(page.request.get(paper).body()))
    for words in ("郑桂兰", "毕建国", "何静", "范玉梅", "最后陈述", "记录不全"):
        assert words in printed, words
    assert "评议笔录签名" not in printed


def deliberate(product: Product, desk_of: DeskOf, hearing_url: str) -> None:
    """Row 11: with one vote missing no opinion; 4 : 1; nobody outside reads the deliberation."""
    begin_deliberation(desk_of("bijianguo"), hearing_url)
    for username in VOTERS[:4]:
        page = desk_of(username)
        if username == "songyuqing":
            page.goto("/login/role")
            page.check("[name=role][value=hearing_panelist]")
            press(page, "以这个岗位办事")
        steps.vote(page, hearing_url, "agree", f"证据清楚，应当补发（{username}）。")
        see(page, "您的票已经封存")
    chair = desk_of("bijianguo")
    chair.goto(f"{hearing_url}/opinion")
    see(chair, "还有 1 名听证员没有投票")
    write_opinion(chair)
    expect(chair.locator("main [role=alert]").first).to_be_visible()
    steps.vote(desk_of("qiuzhengyuan"), hearing_url, "disagree", "过渡费已按协议结清，不应再补。")
    chair.goto(f"{hearing_url}/deliberation")
    see(chair, "4 人同意，1 人不同意")
    office = desk_of("zhoumin")
    assert office.request.get(f"{hearing_url}/deliberation").status in (403, 404)


def write_opinion(page: Page) -> None:
    """The chair writes the opinion with its minority view."""
    form_of(page, "存下来").fill(
        claim="请求增加房屋拆迁补偿186,000元。",
        unit_view="过渡费已按协议发放12个月。",
        accepted_facts="采信安置房交付通知书，实际过渡25个月。",
        law="《国有土地上房屋征收与补偿条例》第二十二条",
        conclusion=PROPOSAL,
        minority="过渡费已按协议结清，不应再补。",
        suggestion="由区住建委补发过渡费23,400元。",
    ).send()


def form_the_opinion(desk_of: DeskOf, hearing_url: str, folder: Path) -> None:
    """Row 12: formed on 13 June: 18 days are left out, 7 July instead of 19 June, both dates shown."""
    chair = desk_of("bijianguo")
    chair.goto(f"{hearing_url}/opinion")
    write_opinion(chair)
    press(chair, "签发")
    see(chair, "2025年6月19日")
    see(chair, "2025年7月7日")
    see(chair, "18 天")
    recorder = desk_of("hejing")
    steps.sign_print(recorder, f"{hearing_url}/opinion", folder)
    office = desk_of("zhoumin")
    office.goto(f"{hearing_url}/opinion")
    office.get_by_role("button", name=re.compile("^盖.*的章$")).click()
    see(office, "等送达")


def after_the_hearing(product: Product, desk_of: DeskOf, hearing_url: str, matter_url: str) -> None:
    """Row 13: the recheck opinion quotes the hearing, is served on 2 July, in time, and may be published masked."""
    page = desk_of("zhoumin")
    for name, receiver in (("郑桂兰", ""), (UNIT, "收发室 王敏")):
        page.goto(f"{hearing_url}/opinion")
        row = page.locator(".ft-came", has=page.locator("b", has_text=name)).last
        row.locator("summary").click()
        if receiver:
            row.locator("[name=receiver]").fill(receiver)
        row.get_by_role("button", name="记下送达").click()
        page.wait_for_load_state()
    page.goto(f"{hearing_url}/opinion")
    press(page, "办结这场听证")
    product.set_now("2025-07-01 10:00")
    page = desk_of("zhoumin")
    page.goto(f"{matter_url}/remedies")
    see(page, "2025年6月19日到期")
    see(page, "2025年7月7日到期")
    number = re.search(r"(海川信听意〔2025〕\d+号)", page.inner_text("main"))
    assert number
    decide_remedy(
        page, matter_url, outcome="supported", amount="23,400", opinion=f"根据听证意见书（{number[1]}），应补发过渡费。"
    )
    product.set_now("2025-07-02 10:00")
    receive_remedy(desk_of("zhoumin"), matter_url)
    leader = desk_of("chenguoliang")
    leader.goto(f"{matter_url}/remedies")
    leader.locator("main a[href$='/publish']").last.click()
    assert "郑桂兰" not in leader.locator("[name=text]").input_value()
    leader.check("[name=is_checked]")
    press(leader, "公示")
    see(leader, "复核意见已公示")


def register_again(page: Page, subject: str, *, has_new_facts: bool) -> str:
    """She comes again: the visit is registered as a repeat of the old case."""
    page.goto("/matters/new")
    page.fill("[name=p_name-0]", "郑桂兰")
    page.check("[name=m_kind-0][value=claim_for_decision]")
    page.fill("[name=m_subject-0]", subject)
    page.fill("[name=m_claim-0]", "请求增加拆迁补偿 186,000 元")
    page.fill("[name=m_facts-0]", "2011 年少算了面积。")
    page.get_by_role("button", name="查是不是来过").click()
    page.locator("[name=m_repeats-0]").select_option(index=1)
    page.locator("[name=m_new_facts-0]").set_checked(has_new_facts)
    press(page, "登记")
    page.wait_for_url(lambda url: "/matters/new" not in url)
    return page.url


def she_comes_again(product: Product, desk_of: DeskOf) -> None:
    """Rows 14 and 15: the same facts are recorded and not accepted (INV-08), help is given; new facts are taken."""
    again, office = register_again(desk_of("gongli"), "还是拆迁补偿", has_new_facts=False), desk_of("zhoumin")
    office.goto(f"{again}/accept")
    office.locator("main form button[type=submit]").first.click()
    see(office, "第三十六条")
    office.goto(f"{again}/help")
    pick(office, "help_kind", "counselling")
    office.fill("[name=text]", "讲清复核意见，联系社区给予临时救助。")
    press(office, "记下来")
    see(office, "已记下")
    product.set_now("2025-08-05 09:30")
    fresh, office = register_again(desk_of("gongli"), "新找到 2010 年测绘图", has_new_facts=True), desk_of("zhoumin")
    office.goto(f"{fresh}/accept")
    office.locator("main form button[type=submit]").first.click()
    see(office, "已受理")
