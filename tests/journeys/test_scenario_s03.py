"""S03 in a real browser: a fine reconsidered across Mid-Autumn and National Day 2024, with every date and refusal.

The application is registered by acts; from the acceptance on everything goes through the pages.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.demo.cast import Cast
from app.demo.hearing_scenarios import prepare_fine, receive_fine
from app.demo.office import Office
from app.demo.story_time import StoryTime
from app.errors import RuleViolation
from app.extensions import db
from app.hearings.actions.panel import seat_panelists
from app.hearings.models import Hearing
from app.web.transaction import transaction
from tests.journeys import hearing_steps as steps
from tests.journeys.conftest import Product
from tests.journeys.hearing_steps import form_of
from tests.journeys.steps import press, see, write_signature
from tests.journeys.telling import tell

DeskOf = Callable[[str], Page]
BUREAU = "滨澜区市场监督管理局"


def prepared(office: Office, cast: Cast, time: StoryTime) -> str:
    """The case with answer and evidence."""
    matter_id = receive_fine(office, cast, time)
    prepare_fine(office, matter_id, time)
    return matter_id


def test_s03_from_the_acceptance_to_the_mediation_statement(product: Product, desk_of: DeskOf, tmp_path: Path) -> None:
    matter_url = f"{product.url}/matters/{tell(product, receive_fine)}"
    case_url = accept_and_prepare(product, desk_of, matter_url)
    hearing_url = convene(product, desk_of, matter_url)
    an_outsider_is_refused(product)
    schedule_and_serve(product, desk_of, hearing_url)
    product.set_now("2024-10-12 08:40")
    hold_the_sitting(product, desk_of("wenning"), hearing_url)
    sign_and_cite_the_minutes(product, desk_of, hearing_url, case_url, tmp_path)
    product.set_now("2024-10-25 10:00")
    settle(product, desk_of, case_url)
    steps.check_clean(product)


def submit(page: Page, url: str, **values: str) -> None:
    """Fill one act page and hand it in."""
    page.goto(url)
    for name, value in values.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") == "radio":
            page.check(f"[name={name}][value={value}]")
        else:
            field.fill(value)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def accept_and_prepare(product: Product, desk_of: DeskOf, matter_url: str) -> str:
    """Rows 1 to 4: 4 September, 13 September, 25 September, 4 November with its target 1 November."""
    product.set_now("2024-08-28 10:00")
    page = desk_of("duanwentao")
    page.goto(f"{matter_url}/reconsideration/case")
    case_url = page.url
    see(page, "9月4日")
    product.set_now("2024-09-04 10:00")
    submit(desk_of("duanwentao"), f"{case_url}/accept", procedure="ordinary", grave="group_or_attention")
    page.goto(case_url)
    see(page, "9月13日")
    see(page, "11月4日")
    product.set_now("2024-09-09 10:00")
    submit(desk_of("duanwentao"), f"{case_url}/copy")
    product.set_now("2024-09-10 10:00")
    lengthen_the_notice(desk_of("admin"))
    submit(desk_of("duanwentao"), f"{case_url}/copy-received")
    page.goto(case_url)
    see(page, "9月25日")
    page.goto(f"{matter_url}/hearings/new")
    see(page, "答复")
    expect(page.get_by_role("button", name="登记申请")).to_have_count(0)
    product.set_now("2024-09-25 10:00")
    submit(desk_of("duanwentao"), f"{case_url}/answer", evidence_note="答复书一份，证据九份。")
    page.goto(case_url)
    see(page, "证据九份")
    return case_url


def lengthen_the_notice(page: Page) -> None:
    """Row 5: the district asks for seven working days of notice; from five on the law lets it."""
    page.goto("/settings/profiles")
    form = page.locator("main form", has=page.locator("[name=recon_hearing_notice]"))
    form.locator("[name=effective_on]").fill("2024-09-20")
    form.locator("[name=recon_hearing_notice]").fill("7")
    form.locator("[name=basis]").fill("滨澜区行政复议听证规则")
    form.locator("button[type=submit]").first.click()
    see(page, "滨澜区行政复议听证规则")


def convene(product: Product, desk_of: DeskOf, matter_url: str) -> str:
    """Row 7: one chair, two officers, one recorder; nobody but officers is offered."""
    page, head = desk_of("duanwentao"), desk_of("xieweimin")
    hearing_url = steps.apply(page, matter_url, "处罚过重，事实有争议，请求听证。")
    steps.decide(head, hearing_url, "社会关注度高，应当听证。")
    steps.appoint_chair(head, hearing_url, "段文涛")
    steps.appoint_recorder(page, hearing_url, "温宁")
    steps.seat(page, hearing_url, ("殷洁",))
    see(page, "至少 2 人")
    steps.seat(page, hearing_url, ("殷洁", "卢海"))
    see(page, "听证员已定")
    expect(page.get_by_label("万春生任听证员")).to_have_count(0)
    return hearing_url


def an_outsider_is_refused(product: Product) -> None:
    """Row 7: the deputy of the people's congress is no officer (INV-10)."""

    def seat_him(office: Office, _: Cast, time: StoryTime) -> None:
        hearing = db.session.query(Hearing).one()
        people = [office.people[name] for name in ("yinjie", "luhai", "wanchunsheng")]
        with pytest.raises(RuleViolation) as refusal, transaction():
            seat_panelists(hearing, people, by=office.actor("duanwentao"), now=time.now)
        assert refusal.value.rule == "INV-10"

    tell(product, seat_him)


def schedule_and_serve(product: Product, desk_of: DeskOf, hearing_url: str) -> None:
    """Rows 5 and 6: 8 October refused, below five working days even with waivers; Saturday 12 October is lawful."""
    product.set_now("2024-09-26 09:00")
    page = desk_of("duanwentao")
    steps.schedule(page, hearing_url, "2024-10-08", "09:00", served_on="2024-09-26")
    see(page, "最早 10月12日 才能开：通知要提前 7 个工作日送到最后一方（9月26日 送达）")
    see(page, "不能少于 5 个工作日")
    steps.waive(page, hearing_url, 0, held_on="2024-10-08", served_on="2024-09-26")
    see(page, "各方同意也不能这么早：通知送达后至少隔 5 个工作日，最早 10月10日。请改期。")
    steps.schedule(page, hearing_url, "2024-10-12", "09:00", served_on="2024-09-26")
    see(page, "10月12日")
    steps.serve_parties(page, hearing_url, {"沈立群": "", BUREAU: "法制科 卜志远"})
    see(page, "10月12日（周六） 可以开（最早 10月12日（周六）")


def hold_the_sitting(product: Product, page: Page, hearing_url: str) -> None:
    """Rows 8 and 9: without the head's word nothing begins; with reason and delegate it does; no deliberation."""
    steps.call_roll(page, hearing_url, "卜志远", "副局长")
    see(page, "还没有记被申请人负责人是否出席")
    expect(page.get_by_role("button", name="主持人宣布开始", exact=True)).to_have_count(0)
    form_of(page, "记下").check(head_attendance="delegates").send()
    see(page, "负责人不能出席的，要写明理由，并写明委托谁来。")
    form_of(page, "记下").check(head_attendance="delegates").fill(
        head_reason="负责人出国公务，有书面说明。", delegate="副局长 卜志远"
    ).send()
    steps.let_time_run(product, "2024-10-12 09:00")
    steps.open_sitting(page)
    assert "评议" not in page.locator(".ft-stages").inner_text()
    steps.settle_duties(page)
    for title, speaker, words in (
        ("申请人陈述", 2, "标签当天就改了，罚款过重。"),
        ("被申请人答辩", 3, "违法事实清楚，处罚在幅度之内。"),
        ("举证质证", 3, "出示现场检查笔录。"),
        ("辩论", 2, "同样的情形别处只罚三万元。"),
        ("最后陈述", 2, "请求减轻处罚。"),
    ):
        steps.next_stage(page, title)
        steps.say(page, speaker, words)
    steps.settle_duties(page)
    steps.next_stage(page, "核对笔录")
    steps.settle_duties(page)
    steps.say(page, 1, "请各位核对笔录。")
    press(page, "听证结束")
    see(page, "去定稿、签名")
    assert page.request.get(f"{hearing_url}/deliberation").status == 404


def sign_and_cite_the_minutes(product: Product, desk_of: DeskOf, hearing_url: str, case_url: str, folder: Path) -> None:
    """Row 9: everybody signs; a decision that does not cite the minutes is refused (R-RECON-07)."""
    recorder, officer = desk_of("wenning"), desk_of("duanwentao")
    recorder.goto(f"{hearing_url}/minutes")
    press(recorder, "定稿，去签名")
    steps.sign_print(recorder, f"{hearing_url}/minutes", folder)
    recorder.goto(f"{hearing_url}/minutes")
    see(recorder, "已签完")
    officer.goto(f"{hearing_url}/minutes")
    press(officer, "办结这场听证")
    expect(officer.get_by_role("button", name="办结这场听证")).to_have_count(0)
    officer.goto(case_url)
    see(officer, "滨澜复听字〔2024〕1号")
    submit(officer, f"{case_url}/decision", kind="upheld", operative="维持罚款决定。", text="事实清楚。")
    see(officer, "听证笔录")
    expect(officer.locator("main [role=alert]").first).to_be_visible()


def settle(product: Product, desk_of: DeskOf, case_url: str) -> None:
    """Row 10: effective only when both signed and the seal is on it: 28 October."""
    page = desk_of("duanwentao")
    page.goto(f"{case_url}/statement")
    page.fill("[name=findings]", "标签错误情节轻微，当天改正；双方同意调解。")
    page.fill("[name=terms]", "罚款变更为30,000元\n2024年11月29日前缴清")
    press(page, "制作调解书")
    for left in (2, 1):
        steps.wait_until(page, f"{case_url}/statement", "在平板上签")
        see(page, f"还差 {left} 方签名")
        page.get_by_role("link", name="在平板上签").first.click()
        page.check("[name=document][value=id_card]")
        write_signature(page)
        page.wait_for_url("**/statement")
    see(page, "没有生效")
    product.set_now("2024-10-28 10:00")
    page = desk_of("duanwentao")
    page.goto(f"{case_url}/statement")
    press(page, "盖章，让调解书生效")
    expect(page.get_by_role("button", name="盖章，让调解书生效")).to_have_count(0)
    page.goto(f"{case_url}/statement")
    see(page, "2024年10月28日起生效")


def test_s03_alternative_the_head_of_the_body_extends_from_the_nominal_day(product: Product, desk_of: DeskOf) -> None:
    matter_url = f"{product.url}/matters/{tell(product, prepared)}"
    product.set_now("2024-10-30 10:00")
    officer, head = desk_of("duanwentao"), desk_of("xieweimin")
    officer.goto(f"{matter_url}/reconsideration/case")
    case_url = officer.url
    assert officer.request.get(f"{case_url}/extend").status in (403, 404)
    submit(head, f"{case_url}/extend", days="30", reason="调解没有成功，案情复杂，还要核对证据。")
    head.goto(case_url)
    see(head, "12月3日")
