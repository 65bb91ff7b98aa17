"""A lawyer's day: asked, free of conflict, written with the page left in between, submitted, answered, supplemented.

The office cannot close the matter before it has answered; a lawyer who advised a side is not asked; a second lawyer
finds nothing.
"""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Dialog, Page, Route, expect

from tests.documents.reading import squeezed, text_of
from tests.journeys.agreeing import DeskOf, download, wait_for_file
from tests.journeys.conftest import ROOT, Product
from tests.journeys.steps import Person, Quarrel, choose, follow, press, register_matter, see, wait_for

QI = Person("齐红霞", phone="13800000901", address="滨澜区织造街道澄波里 9 号")
GUO = Person("郭立军", phone="13800000902", address="滨澜区织造街道澄波里 11 号")
DOGS = Quarrel("宠物伤人赔偿", "请求赔偿医药费 2,600 元。", "邻居的狗没有拴绳，咬伤了小腿。", "D02")
QUESTION = "责任怎么分？能不能调？"
CHECKS = ("not_acting", "firm_not_engaged", "no_relative")
FACTS = "狗没有拴绳，有小区监控为证；伤者没有逗狗。"
ISSUES = "饲养人的责任；赔偿项目。"
OPINION = "饲养人应当承担全部责任，建议先行调解。"
REASONS = "责任意见采纳；误工费没有票据，先不列入。"
# Receptions are not kept by the product yet, so that a past consultation is noted through its own act.
ADVISE = """
from datetime import date
import sys
from app import create_app
from app.extensions import db
from app.matters.actions import involve
from app.matters.models import Capacity
from app.matters.queries import get_matter
from app.people.models import Account
from app.web.transaction import transaction

with create_app().app_context(), transaction():
    lawyer = db.session.query(Account).filter_by(username="songyuqing").one()
    matter = get_matter(sys.argv[1])
    involve(matter, lawyer.id, Capacity.ADVISING_LAWYER, since=date(2025, 6, 9), party=matter.parties[0])
"""


def ask_for_opinion(desk: Page, matter_url: str) -> None:
    """The coordinator asks one lawyer in office; before that he forgets whom, and nearly leaves what he typed."""
    desk.goto(f"{matter_url}/opinions")
    desk.fill("[name=question]", QUESTION)
    press(desk, "请他出意见")
    see(desk, "有 1 处要改")
    stay_when_asked(desk)
    expect(desk.locator("[name=question]")).to_have_value(QUESTION)
    choose(desk, "lawyer", "罗文斌")
    press(desk, "请他出意见")
    see(desk, "已请罗文斌出意见。没有答复以前，这件事不能办结。")


def stay_when_asked(desk: Page) -> None:
    """Go for the menu, be told that the text of the refused form is not kept, and stay."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.once("dialog", stay)
    desk.get_by_role("link", name="排期日历").click()
    wait_for(desk, lambda: asked == ["beforeunload"])


def close(desk: Page, matter_url: str) -> None:
    """The coordinator tries to close the matter."""
    desk.goto(f"{matter_url}/close")
    desk.get_by_label("解释说明", exact=False).first.check()
    press(desk, "办结")


def open_workbench(lawyer: Page) -> str:
    """From the workbench to the matter; every line of the conflict check is confirmed. Gives the opinion's address."""
    lawyer.goto("/opinions")
    follow(lawyer, DOGS.subject)
    see(lawyer, "先看要不要回避")
    assert DOGS.facts not in lawyer.content()
    press(lawyer, "都确认，看案情")
    see(lawyer, "请逐条确认")
    for name in CHECKS:
        lawyer.check(f"[name={name}]")
    press(lawyer, "都确认，看案情")
    expect(lawyer.locator("[name=facts]")).to_be_visible()
    return lawyer.url


def leave_and_come_back(lawyer: Page, opinion_url: str, written: dict[str, str]) -> None:
    """Leave at once for another page; what was written is kept by then, or as soon as the page's last words arrive."""
    lawyer.goto("/opinions")
    see(lawyer, DOGS.subject)

    def is_there() -> bool:
        lawyer.goto(opinion_url)
        return all(lawyer.input_value(f"[name={name}]") == words for name, words in written.items())

    wait_for(lawyer, is_there)


def type_before_the_page_is_ready(lawyer: Page, opinion_url: str, name: str, words: str) -> None:
    """Begin to type while the page's script is still on its way, as on a slow line."""
    held: list[Route] = []
    lawyer.route("**/staff.js*", lambda route: held.append(route))
    lawyer.goto(opinion_url, wait_until="commit")
    lawyer.fill(f"[name={name}]", words)
    wait_for(lawyer, lambda: bool(held))
    for script in held:
        script.continue_()
    lawyer.unroute("**/staff.js*")
    lawyer.wait_for_load_state("load")


def write_opinion(lawyer: Page, opinion_url: str) -> None:
    """Leave the page in the middle and come back: what was typed is there. An incomplete opinion is not taken."""
    lawyer.fill("[name=facts]", FACTS)
    press(lawyer, "签名并提交")
    see(lawyer, "有 4 处要改")
    leave_and_come_back(lawyer, opinion_url, {"facts": FACTS})
    type_before_the_page_is_ready(lawyer, opinion_url, "issues", ISSUES)
    leave_and_come_back(lawyer, opinion_url, {"facts": FACTS, "issues": ISSUES})
    lawyer.fill("[name=analysis-0]", "违反管理规定，未对动物采取安全措施的，应当承担侵权责任。")
    lawyer.fill("[name=basis-0]", "《民法典》第一千二百四十六条")
    lawyer.locator("details", has_text="人民调解").first.locator("summary").click()
    lawyer.check("[name=routes][value=mediation]")
    lawyer.fill("[name=condition-mediation]", "双方自愿")
    lawyer.fill("[name=opinion]", OPINION)


def submit_opinion(lawyer: Page, opinion_url: str, target: Path) -> str:
    """Submitted is locked, also when the button is pressed while a draft is saved; gives the words of the paper."""
    held: list[Route] = []
    lawyer.route("**/draft", lambda route: held.append(route), times=1)
    lawyer.evaluate("window.dispatchEvent(new Event('online'))")
    wait_for(lawyer, lambda: bool(held))
    lawyer.locator("main").get_by_role("button", name="签名并提交", exact=True).click()
    held[0].continue_()
    see(lawyer, "已提交，编号 滨澜信法意〔2025〕")
    expect(lawyer.locator("main textarea[name=facts], main textarea[name=opinion]")).to_have_count(0)
    wait_for_file(lawyer, "打开 PDF")
    lawyer.goto(opinion_url)
    return squeezed(text_of(download(lawyer, "打开 PDF", target).read_bytes()))


def answer(desk: Page, opinion_url: str) -> None:
    """The office adopts a part and says why; without reasons it is refused."""
    desk.goto(opinion_url)
    desk.check("[name=adoption][value=partly]")
    desk.fill("[name=reasons]", "　")
    press(desk, "答复")
    see(desk, "有 1 处要改")
    expect(desk.locator("[name=adoption][value=partly]")).to_be_checked()
    desk.fill("[name=reasons]", REASONS)
    press(desk, "答复")
    see(desk, "已答复，律师能看到。")


def transfer(desk: Page, matter_url: str) -> None:
    """The matter goes to the unit, so that nothing but the opinion stands against closing it."""
    desk.goto(f"{matter_url}/transfer")
    choose(desk, "unit", "滨澜区住房和城乡建设委员会")
    press(desk, "转出")
    desk.wait_for_url(matter_url)


def supplement(lawyer: Page, opinion_url: str) -> str:
    """A supplement is a new opinion; the first stays as it was. Gives its address."""
    lawyer.goto(opinion_url)
    lawyer.fill("[name=reason]", "补交了误工证明，补充误工费的意见。")
    press(lawyer, "写补充意见")
    lawyer.wait_for_url(lambda url: url != opinion_url)
    supplement_url = lawyer.url
    lawyer.goto(opinion_url)
    see(lawyer, OPINION)
    return supplement_url


def finish_supplement(desk: Page, lawyer: Page, supplement_url: str) -> None:
    """Written, submitted and answered like the first."""
    lawyer.goto(supplement_url)
    see(lawyer, "补充意见")
    for name, words in (("facts", "误工证明一份。"), ("issues", "误工费。"), ("opinion", "误工费可以列入。")):
        lawyer.fill(f"[name={name}]", words)
    lawyer.fill("[name=analysis-0]", "误工费根据误工时间和收入状况确定。")
    lawyer.fill("[name=basis-0]", "《民法典》第一千一百七十九条")
    if not lawyer.locator("[name=routes][value=mediation]").is_checked():
        lawyer.locator("details", has_text="人民调解").first.locator("summary").click()
        lawyer.check("[name=routes][value=mediation]")
    press(lawyer, "签名并提交")
    see(lawyer, "已提交，编号 滨澜信法意〔2025〕2号")
    desk.goto(supplement_url)
    desk.check("[name=adoption][value=adopted]")
    desk.fill("[name=reasons]", "误工证明已经核对，采纳。")
    press(desk, "答复")
    see(desk, "已答复，律师能看到。")


def refuse_the_adviser(product: Product, desk: Page, matter_url: str) -> None:
    """INV-28, R-DUTY-03: the page was open when it came up that she advised a side; the request is refused."""
    desk.goto(f"{matter_url}/opinions")
    choose(desk, "lawyer", "宋雨晴")
    desk.fill("[name=question]", QUESTION)
    command = [sys.executable, "-c", ADVISE, matter_url.rpartition("/")[2]]
    subprocess.run(command, cwd=ROOT, env=product.environment, check=True, capture_output=True)
    press(desk, "请他出意见")
    see(desk, "给一方当过代理或顾问，不能再出意见。请另选一位。依据《律师法》第三十九条")
    expect(desk.locator("[name=question]")).to_have_value(QUESTION)
    desk.goto(f"{matter_url}/opinions")
    see(desk, "不能请的 1 位")
    expect(desk.locator("[name=lawyer] option", has_text="宋雨晴")).to_have_count(0)


def test_lawyer_when_asked_writes_an_opinion_that_the_office_must_answer(
    product: Product, desk_of: DeskOf, tmp_path: Path
) -> None:
    product.set_now("2025-06-09 09:00")
    desk, lawyer, other = desk_of("zhoumin"), desk_of("luowenbin"), desk_of("songyuqing")
    matter_url = register_matter(desk, QI, GUO, DOGS)
    ask_for_opinion(desk, matter_url)
    opinion_url = open_workbench(lawyer)
    for address in (opinion_url, matter_url, f"{opinion_url}/file"):
        answered = other.goto(address)
        assert answered is not None
        assert answered.status == 404, address
    write_opinion(lawyer, opinion_url)
    desk.goto(opinion_url)
    assert FACTS not in desk.content()
    paper = submit_opinion(lawyer, opinion_url, tmp_path / "opinion.pdf")
    for words in ("法律意见书", squeezed(FACTS), OPINION, "《民法典》第一千二百四十六条", "罗文斌"):
        assert words in paper, paper

    transfer(desk, matter_url)
    close(desk, matter_url)
    see(desk, "还不能办结：律师意见还没有答复采纳情况。请先办完。")
    answer(desk, opinion_url)
    lawyer.goto(opinion_url)
    see(lawyer, "部分采纳")
    see(lawyer, REASONS)

    supplement_url = supplement(lawyer, opinion_url)
    close(desk, matter_url)
    see(desk, "还不能办结")
    finish_supplement(desk, lawyer, supplement_url)
    refuse_the_adviser(product, desk, matter_url)
    close(desk, matter_url)
    see(desk, "办结了。")
