"""S06 in a real browser: a water leak, from the reception desk to the agreement that one side does not keep.

Every date and refusal of the scenario: registration, screening, consents, referral, one meeting, an agreement whose
sum is one fen short and whose clause gives up petitioning, signatures, seal, the confirmation window, the visit.
"""

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from app.demo.cast import citizen_id_number
from tests.journeys.conftest import Product
from tests.journeys.steps import (
    Person,
    Quarrel,
    accept_referral,
    book_meeting,
    choose,
    decide_for_mediation,
    finalise_and_issue,
    hold_meeting,
    open_agreement,
    open_case,
    press,
    record_consents,
    refer,
    register_matter,
    save_draft,
    screen,
    see,
    sign_at_desk,
    write_payment,
    write_signature,
)

YOU = Person(
    "尤晓琴", citizen_id_number(date(1989, 3, 6), 401, is_woman=True), "13900004026", "滨澜区织造街道澄波里402室"
)
FENG = Person("冯志远", "", "13800005021", "滨澜区织造街道澄波里502室")
LEAK = Quarrel("楼上漏水赔偿", "请求赔偿漏水损失 12,000 元", "水管接头开裂，水渗到楼下，吊顶和地板受损。", "D02")
CASE_NUMBER = "(2025)滨澜人调字第1号"
TURNS = (
    (1, "今天调解楼上漏水一事，请双方分别说。"),
    (2, "修复要花一万八千六百元。"),
    (3, "地板旧了，愿意付一万二千元。"),
)

DeskOf = Callable[[str], Page]


def test_s06_from_the_reception_desk_to_an_agreement_that_is_not_kept(
    product: Product, desk_of: DeskOf, tmp_path: Path
) -> None:
    product.set_now("2025-06-05 09:00")
    matter_url = register_with_a_wrong_digit_first(desk_of("gongli"))
    product.set_now("2025-06-06 09:00")
    linkage_url = screen_and_refer(desk_of("zhoumin"), matter_url)
    product.set_now("2025-06-09 09:00")
    clerk = desk_of("panhui")
    accept_referral(clerk, linkage_url, "石明轩")
    case_url = open_case(clerk, CASE_NUMBER)
    see(clerk, "7月9日")
    product.set_now("2025-06-30 09:00")
    book_the_meeting(desk_of("zhoumin"), case_url)
    product.set_now("2025-07-01 09:30")
    meet(desk_of("shimingxuan"), case_url)
    agreement_url = agree(desk_of("shimingxuan"), case_url)
    everybody_signs(desk_of, agreement_url)
    sealed_pdf = seal(desk_of("panhui"), agreement_url, tmp_path)
    product.set_now("2025-07-20 10:00")
    nothing_takes_a_signature_back(desk_of("panhui"), agreement_url)
    product.set_now("2025-07-28 10:00")
    confirmation_of_one_side_is_refused(desk_of("panhui"), agreement_url)
    product.set_now("2025-07-31 16:00")
    visit_and_urge(desk_of("panhui"), agreement_url)
    product.set_now("2025-08-01 10:00")
    confirmation_after_the_window_is_refused(desk_of("panhui"), agreement_url)
    product.set_now("2025-08-07 10:00")
    report_and_close(desk_of, linkage_url, matter_url)
    the_paper_is_still_true(product, desk_of("zhoumin"), sealed_pdf)
    assert product.flask("verify").stdout.startswith("clean")


def register_with_a_wrong_digit_first(page: Page) -> str:
    """A wrong check digit is named and everything typed stays (message 10); then it is registered."""
    wrong = YOU.id_number[:-1] + ("0" if YOU.id_number[-1] != "0" else "1")
    page.goto("/matters/new")
    page.fill("[name=p_name-0]", YOU.name)
    page.fill("[name=p_id_number-0]", wrong)
    page.check("[name=m_kind-0][value=claim_for_decision]")
    page.fill("[name=m_subject-0]", LEAK.subject)
    page.fill("[name=m_claim-0]", LEAK.claim)
    press(page, "登记")
    see(page, "身份证号第 18 位对不上")
    expect(page.locator("[name=m_claim-0]")).to_have_value(LEAK.claim)
    return register_matter(page, YOU, FENG, LEAK)


def screen_and_refer(page: Page, matter_url: str) -> str:
    """No mediation before every side has agreed (INV-05); then the referral letter goes out."""
    screen(page, matter_url, dispute_type="D02")
    page.goto(matter_url + "/refer")
    see(page, "出具调解函（先问齐各方愿不愿意）")
    record_consents(page, matter_url)
    decide_for_mediation(page, matter_url)
    return refer(page, matter_url, LEAK.facts)


def book_the_meeting(page: Page, case_url: str) -> None:
    """A past day and a closed hour are refused; 1 July 9:30 is booked; the same hour in another room clashes."""
    book_meeting(page, case_url, "2025-06-27", "09:30")
    see(page, "6月27日")
    expect(page.locator("main [role=alert]").first).to_be_visible()
    book_meeting(page, case_url, "2025-07-01", "09:30")
    page.wait_for_url(lambda url: "/meetings/new" not in url)
    see(page, "7月1日")
    book_meeting(page, case_url, "2025-07-01", "09:45", room="第二调解室")
    see(page, "放不下")


def meet(page: Page, case_url: str) -> None:
    """The meeting is recorded turn by turn, read to the parties, closed, and signed by everybody."""
    hold_meeting(page, case_url, (YOU.name, FENG.name), TURNS)
    page.goto(f"{case_url}/meetings/1/close")
    page.check("[name=result][value=agreed]")
    page.fill("[name=result_text]", "双方达成协议，另签协议书。")
    page.check("[name=read_mode][value=to_parties]")
    press(page, "定稿，去签名")
    page.wait_for_url("**/record")
    for _ in range(3):
        page.locator("main a[href*='/record/sign/']").first.click()
        write_signature(page)
        page.wait_for_url("**/record")
    expect(page.locator("main a[href*='/record/sign/']")).to_have_count(0)


def agree(page: Page, case_url: str) -> str:
    """One fen short (message 8) and a clause against petitioning (message 9) stop the text; mended, it is issued."""
    agreement_url = open_agreement(page, case_url)
    page.fill("[name=payment_term]", "冯志远赔偿尤晓琴漏水损失")
    page.fill("[name=total]", "12,000")
    write_payment(page, 0, FENG.name, YOU.name, "11,999.99", "2025-07-31")
    page.fill("[name=facts_and_issues]", "水管接头开裂，水渗到楼下，双方对赔偿数额有争议，冯志远负全部责任。")
    page.fill("[name=term-0]", "今后不再上访。")
    page.fill("[name=performance_manner]", "现金当面交付，收款人出具收条")
    page.fill("[name=performance_place]", "滨澜区矛调中心第一调解室")
    save_draft(page)
    see(page, "少 0.01 元")
    see(page, "不能约定放弃起诉、信访")
    see(page, "先改完 2 处")
    page.fill("[name=amount-0]", "12,000")
    page.fill("[name=term-0]", "双方再无其他金钱争议。")
    save_draft(page)
    finalise_and_issue(page)
    return agreement_url


def everybody_signs(desk_of: DeskOf, agreement_url: str) -> None:
    """Both parties sign at the clerk's desk after an identity check, the mediator in his own log-in (INV-21)."""
    clerk = desk_of("panhui")
    sign_at_desk(clerk, agreement_url, "party-1")
    clerk.goto(f"{agreement_url}/seal")
    see(clerk, "还")
    sign_at_desk(clerk, agreement_url, "party-2")
    sign_at_desk(desk_of("shimingxuan"), agreement_url, "mediator-1")


def seal(page: Page, agreement_url: str, folder: Path) -> Path:
    """The seal makes it effective on 1 July, the window ends on 31 July; the signed paper is kept for later."""
    page.goto(f"{agreement_url}/seal")
    press(page, "盖章，让协议生效")
    page.wait_for_url(agreement_url)
    see(page, "从 2025年7月1日 起有效")
    see(page, "7月31日（周四）")
    answer = page.request.get(f"{agreement_url}/file")
    file = folder / "agreement.pdf"
    file.write_bytes(answer.body())
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout
    for words in (YOU.name, FENG.name, "12,000.00", "壹万贰仟元整", "2025年7月31日"):
        assert words in text
    return file


def nothing_takes_a_signature_back(page: Page, agreement_url: str) -> None:
    """There is no act that withdraws a signature or deletes the record (INV-24)."""
    page.goto(agreement_url)
    for words in ("撤回签名", "撤销签名", "删除"):
        assert page.get_by_text(words).count() == 0
    page.goto(f"{agreement_url}/void")
    see(page, "已经生效")
    page.goto(agreement_url)
    see(page, "已生效")


def apply(page: Page, agreement_url: str, *, applicants: tuple[str, ...], day: str) -> None:
    """Fill the joint application."""
    page.goto(f"{agreement_url}/confirmation")
    if not page.locator("[name=applied_on]").count():
        return
    for party in ("party-1", "party-2"):
        page.locator(f"[name=applicants][value={party}]").set_checked(party in applicants)
    page.check("[name=ground][value=committee_place]")
    page.fill("[name=applied_on]", day)
    press(page, "做申请书")


def confirmation_of_one_side_is_refused(page: Page, agreement_url: str) -> None:
    """尤晓琴 alone cannot apply (INV-26, R-JC-01)."""
    apply(page, agreement_url, applicants=("party-1",), day="2025-07-28")
    see(page, "还差冯志远")
    see(page, "第三十三条")


def visit_and_urge(page: Page, agreement_url: str) -> None:
    """31 July: unpaid; the visit is recorded with the urging, as a paper (R-MED-22)."""
    page.goto(f"{agreement_url}/follow-ups")
    page.get_by_role("link", name="到期回访").click()
    page.fill("[name=visited_on]", "2025-07-31")
    page.check("[name=manner][value=visit]")
    page.check("[name=performance][value=not_performed]")
    page.fill("[name=findings]", "冯志远说手头紧，没有付款。")
    page.fill("[name=measures]", "当面督促履行，告知可以凭协议起诉。")
    page.check("[name=satisfaction][value=not]")
    press(page, "记下这次回访")
    page.wait_for_url(lambda url: "/visits/" not in url)
    see(page, "未履行")


def confirmation_after_the_window_is_refused(page: Page, agreement_url: str) -> None:
    """1 August: the window is closed; what may still be done is named (message 16)."""
    apply(page, agreement_url, applicants=("party-1", "party-2"), day="2025-08-01")
    see(page, "不能再申请司法确认")
    see(page, "2025年7月31日 已过")
    see(page, "补充协议")


def report_and_close(desk_of: DeskOf, linkage_url: str, matter_url: str) -> None:
    """The committee feeds the result back, the office closes the matter as settled by mediation (R-LINK-10)."""
    page = desk_of("panhui")
    page.goto(linkage_url)
    for field in page.locator("select[name^=result-]").all():
        choose(page, field.get_attribute("name") or "", "达成协议")
    page.fill("[name=summary]", "双方达成协议，协议已经生效；到期未履行，已告知可以起诉。")
    press(page, "出具反馈函")
    see(page, "滨澜人调")
    page = desk_of("zhoumin")
    page.goto(linkage_url)
    press(page, "按调解化解办结")
    page.goto(matter_url)
    see(page, "调解化解")


def the_paper_is_still_true(product: Product, page: Page, sealed_pdf: Path) -> None:
    """Anybody may check the paper by its file; one changed byte is found."""
    page.goto("/verify")
    page.set_input_files("input[type=file]", str(sealed_pdf))
    press(page, "比对这个文件")
    see(page, "是真的，已生效")
    spoilt = bytearray(sealed_pdf.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    sealed_pdf.with_name("spoilt.pdf").write_bytes(bytes(spoilt))
    page.goto("/verify")
    page.set_input_files("input[type=file]", str(sealed_pdf.with_name("spoilt.pdf")))
    press(page, "比对这个文件")
    see(page, "查不到，或内容被改过")
