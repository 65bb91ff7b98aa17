"""The papers of hearings: refusals by rule, words of both procedures, no personal data in what is published."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from app.documents.papers import PAPER_TYPES
from app.documents.papers.base import Facts
from app.documents.papers.hearing_announcement import AnnouncedParty
from app.documents.papers.hearing_opinion import OpinionFinding
from app.documents.papers.hearing_people import AuthorisedProxy
from app.documents.papers.hearings import CHANGE_KINDS, HearingFacts
from app.documents.papers.people import Attendee, Signer
from app.documents.papers.service import ServedDocument
from app.documents.rendering.composing import Paper, PaperState, VoidNote
from app.documents.rendering.engine import RenderedPaper, list_texts, render_paper
from app.documents.rendering.field_names import FIELD_NAMES
from app.documents.rendering.marks import Marks, RefusalMark, SealMark
from app.errors import RuleViolation
from tests.documents.convening_papers import (
    RECONSIDERATION_OFFICE,
    announcement,
    application,
    change_notice,
    consultation,
    decision,
    notice,
    receipt,
    rights_notice,
    waiver,
)
from tests.documents.hearing_papers import (
    attorney,
    deliberation,
    election,
    hearing_opinion,
    note,
    petition_papers,
    recusal_decision,
    recusal_request,
    sheet,
)
from tests.documents.hearing_samples import HOUSING, NUMBER, PANEL
from tests.documents.reading import parts_of, squeezed, text_of
from tests.documents.samples import CHECK_URL, CODE, scribble

SIGNED_ON = date(2025, 6, 11)
MARKS = Marks(
    signatures={key: scribble(count) for count, key in enumerate(("p1", "p2", "x1", "chair", "recorder1", "e1"))},
    seals={"office": SealMark(name="滨澜区信访事项复查复核委员会办公室", sealed_on=SIGNED_ON)},
)


def press(facts: Facts, state: PaperState = PaperState.ISSUED, marks: Marks | None = None) -> RenderedPaper:
    """The paper in that state, with a number of its own."""
    name = next(kind.name for kind in PAPER_TYPES.values() if kind.facts is type(facts))
    void = VoidNote(voided_on=SIGNED_ON) if state is PaperState.VOID else None
    paper = Paper(type_name=name, number=NUMBER, facts=facts)
    return render_paper(paper, state=state, code=CODE, check_url=CHECK_URL, marks=marks, void=void)


def read(facts: Facts) -> str:
    """All text of the issued paper without white space."""
    return squeezed(text_of(press(facts).pdf))


def by_type(value: object) -> str:
    """The test id of a sample."""
    return value.type_name if isinstance(value, Paper) else ""


@pytest.mark.parametrize("paper", petition_papers(), ids=by_type)
@pytest.mark.parametrize("state", [PaperState.DRAFT, PaperState.VOID])
def test_paper_of_a_hearing_when_draft_or_void_says_so_on_each_page(paper: Paper, state: PaperState) -> None:
    void = VoidNote(voided_on=SIGNED_ON) if state is PaperState.VOID else None
    rendered = render_paper(paper, state=state, code=CODE, check_url=CHECK_URL, marks=MARKS, void=void)

    mark = "草稿未编号、未核验" if state is PaperState.DRAFT else "2025年6月11日作废"
    for page in range(1, rendered.pages + 1):
        assert mark in squeezed(text_of(rendered.pdf, page=page))


@pytest.mark.parametrize("paper", petition_papers(), ids=by_type)
def test_fields_of_a_paper_when_named_in_a_refusal_have_a_chinese_name(paper: Paper) -> None:
    codes = {"key", "signer", "kind", "mode", "vote", "majority", "reply"}

    for place, _ in list_texts(paper.facts):
        for name in place.split("·"):
            plain = name.rstrip("0123456789")
            assert plain in FIELD_NAMES.values() or plain in codes, place


LONG = "古丽苏木汗·阿卜杜热合曼江·吐尔洪𠮷䶮㛃堃喆犇𡃁"
LONGEST = {
    "application": replace(
        application(),
        applicants=tuple(replace(application().applicants[0], signer=f"p{n}", name=LONG) for n in range(5)),  # type: ignore[arg-type]
        respondent=f"{HOUSING}（原滨澜区房屋征收与补偿管理办公室、滨澜区城市更新和危旧房改造指挥部）",
    ),
    "attorney": replace(attorney(), proxies=(replace(attorney().proxies[0], name=LONG),) * 2),
    "sheet": replace(sheet(), rows=(replace(sheet().rows[0], name=LONG, detail=f"{HOUSING}征收科工作人员"),)),
    "election": replace(election(), electors=tuple(replace(row, name=LONG) for row in election().electors)),
    "receipt": replace(receipt(), recipient=Signer(key="p1", name=LONG)),
    "note": replace(note(), signers=(Attendee(capacity="信访人代表", name=LONG, key="p1"),) * 3),
    "deliberation": replace(deliberation(), views=tuple(replace(view, name=LONG) for view in deliberation().views)),
    "recusal": replace(recusal_request(), person=LONG, applicant=Signer(key="p1", name=LONG)),
}


@pytest.mark.parametrize("facts", LONGEST.values(), ids=LONGEST.keys())
def test_names_when_longest_and_rare_are_printed_whole(facts: Facts) -> None:
    assert LONG in read(facts)


UNTIMED = replace(
    change_notice(),
    kind="terminated",
    notice_number="",
    held_on=None,
    starts_at=None,
    new_held_on=None,
    new_starts_at=None,
    new_place="",
)
EMPTY = {
    "application": replace(application(), evidence=(), witnesses=(), matter_number="", applied_on=None),
    "consultation": replace(consultation(), plan="", contact="", phone="", basis="", is_silence_refusal=False),
    "decision": replace(decision(), applicant="", applied_on=None, hold_by=None, contact="", phone=""),
    "notice": replace(notice(), address="", matter_number="", contact="", phone="", bring=""),
    "receipt": replace(receipt(), address="", mode="", note=""),
    "announcement": replace(announcement(), opens_at=None, access="", contact="", phone=""),
    "attorney": replace(attorney(), proxies=(AuthorisedProxy(key="x1", name="郑小满", relation="女儿"),)),
    "sheet": replace(sheet(), observers=(), blank_rows=0, clerk=None),
    "recusal request": replace(recusal_request(), hearing_number="", requested_on=None),
    "recusal decision": replace(recusal_decision(), hearing_number="", replacement="", contact="", phone=""),
    "change": replace(change_notice(), new_held_on=None, new_starts_at=None, new_place=""),
    "termination without a time": UNTIMED,
    "waiver": replace(waiver(), place="", notice_number=""),
    "note": replace(note(), page=None),
    "opinion": replace(hearing_opinion(), law=(), votes_for=5, votes_against=0, minority=()),
    "election": replace(election(), respondent="", elected_on=None),
}


@pytest.mark.parametrize("facts", EMPTY.values(), ids=EMPTY.keys())
def test_optional_fields_when_empty_leave_no_hole_in_the_words(facts: Facts) -> None:
    text = read(facts)

    for hole in ("（）", "：。", "，。", "（，", "于就", "None", "编号：）"):
        assert hole not in text


FILLED = replace(
    receipt(),
    documents=(ServedDocument(title="听证通知书", number=NUMBER), ServedDocument(title="听证权利义务告知书", pages=2)),
    mode="leaving",
    received_on=date(2025, 5, 28),
    received_at=time(10, 5),
    substitute=Signer(key="s1", name="郑小满"),
    substitute_relation="女儿",
    substitute_reason="本人住院",
    refusal="受送达人拒绝签收",
    refused_on=date(2025, 5, 28),
    witness=Signer(key="w1", name="杜兰"),
    witness_unit="老码头社区居委会",
    servers=(Signer(key="v1", name="何静"), Signer(key="v2", name="温宁")),
    remarks="留置于住所并拍照",
)


def test_r_doc_h13_receipt_when_filled_in_is_one_page_with_every_row() -> None:
    rendered = press(FILLED)

    assert rendered.pages == press(receipt()).pages == 1
    text = squeezed(text_of(rendered.pdf))
    for words in (
        "听证权利义务告知书共1份2页",
        "2025年5月28日10时5分",
        "与受送达人关系：女儿理由：本人住院",
        "受送达人拒绝签收。2025年5月28日",
        "老码头社区居委会",
        "留置于住所并拍照",
        "温宁",
    ):
        assert words in text


PRIVATE = ("郑桂兰", "桂兰", "990101195702124428", "13600008118", "老码头社区18号")


def test_inv_34_announcement_when_issued_shows_nothing_of_the_person() -> None:
    rendered = press(announcement())

    info, attachments, _ = parts_of(rendered.pdf)
    text = squeezed(text_of(rendered.pdf))
    assert "郑某某房屋征收补偿信访事项复核" in text
    assert f"信访人郑某某；责任单位{HOUSING}" in text
    for secret in PRIVATE:
        assert secret not in text
        assert secret not in str(info)
        assert secret.encode() not in rendered.pdf
        assert secret.encode("utf-16-be") not in rendered.pdf
    assert attachments == 0
    assert rendered.pages == 1


@pytest.mark.parametrize(
    "change",
    [
        {"register_how": "向郑桂兰报名"},
        {"place": "郑桂兰家"},
        {"subject": "990101195702124428房屋征收补偿"},
        {"subject": "房屋征收补偿（990101 1957 0212 4428）"},
        {"register_how": "拨打13600008118预约"},
        {"register_how": "拨打136-0000-8118预约"},
        {"access": "银行账户6230000000004026118"},
        {"subject": "老码头社区18号楼2单元301室房屋征收补偿"},
        {"contact": "郑桂兰"},
        {"basis": "郑桂兰的申请"},
    ],
)
def test_inv_34_announcement_when_it_would_show_a_person_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RuleViolation) as refusal:
        press(replace(announcement(), **change))

    assert refusal.value.rule == "INV-34"


def test_inv_34_announcement_when_two_names_overlap_masks_both() -> None:
    parties = (AnnouncedParty(capacity="信访人", name="王海"), AnnouncedParty(capacity="信访人", name="王海涛"))

    facts = replace(announcement(), subject="王海、王海涛补偿事项", parties=parties)

    facts.check()
    assert facts.shown_subject == "王某、王某某补偿事项"


RECONSIDERATION: dict[str, HearingFacts] = {
    "notice to the unit": replace(notice(), role="unit", recipient=HOUSING, basis=""),
    "notice to the applicant": replace(notice(), basis=""),
    "application": application(),
    "rights": rights_notice(),
    "attorney": attorney(),
    "election": election(),
}
EXPECTED = {
    "notice to the unit": "被申请人的负责人应当参加听证。不能参加的，应当说明理由并委托相应的工作人员参加听证",
    "notice to the applicant": "申请人无正当理由拒不参加的，视为放弃听证权利",
    "application": "被申请人：滨澜区住房和城乡建设委员会",
    "rights": "申请人可以依法撤回行政复议申请",
    "attorney": "《行政复议法》第十七条",
    "election": "代表人变更行政复议请求、撤回行政复议申请、承认第三人请求的，应当经全体推选人同意",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_paper_when_of_a_reconsideration_hearing_uses_its_words_and_law(name: str) -> None:
    petition, words = RECONSIDERATION[name], squeezed(EXPECTED[name])

    text = read(replace(petition, is_reconsideration=True, organ=RECONSIDERATION_OFFICE))

    assert words in text
    assert words not in read(petition)
    if name.startswith("notice"):
        assert "《中华人民共和国行政复议法》第五十条、第五十一条" in text
        assert "信访工作条例" not in text


def test_r_hear_24_notice_when_to_the_unit_says_that_the_hearing_is_postponed_without_it() -> None:
    text = read(replace(notice(), role="unit", recipient=HOUSING))

    assert "不参加的，听证延期举行，本机关将有关情况报告上级机关" in text
    assert "视为放弃" not in text


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("postponed", {}, "听证改在2025年6月18日（星期三）14时30分举行"),
        ("suspended", {"new_held_on": None, "new_starts_at": None}, "中止的原因消除后，本机关另行确定时间恢复听证"),
        ("terminated", {"new_held_on": None, "new_starts_at": None}, "终止听证不影响本信访事项的办理"),
        ("resumed", {}, "时间：2025年6月18日（星期三）14时30分"),
        ("moved", {"changes": ("记录员变更为温宁",)}, "（三）记录员变更为温宁"),
    ],
)
def test_r_doc_h12_change_notice_when_of_a_kind_has_its_title_and_words(
    kind: str, more: dict[str, Any], words: str
) -> None:
    facts = replace(change_notice(), kind=kind, **more)

    text = read(facts)

    assert text.startswith(CHANGE_KINDS[kind])
    assert words in text


def test_r_hear_23_termination_before_there_was_a_time_says_so_and_names_no_notice() -> None:
    text = read(UNTIMED)

    assert text.startswith("终止听证通知书")
    assert "的听证，还没有确定举行的时间。因" in text
    assert "原定于" not in text
    assert "（）" not in text


def test_r_hear_07_decision_when_refusing_gives_reasons_and_says_the_handling_goes_on() -> None:
    text = read(replace(decision(), is_held=False, hold_by=None))

    assert text.startswith("不予听证决定书")
    assert "决定不予听证" in text
    assert "不予听证不影响本信访事项的办理" in text
    assert "不晚于" not in text


def test_r_doc_h09_deliberation_when_printed_says_it_is_never_for_the_parties() -> None:
    assert "不公开仅存副卷，不得提供给当事人" in read(deliberation())
    assert PAPER_TYPES["deliberation_minutes"].is_closed


def test_r_hear_28_opinion_when_issued_shows_votes_without_names_and_the_minority() -> None:
    text = read(hearing_opinion())

    assert "听证员应到实到同意不同意结果5人5人4票1票过半数通过" in text
    assert "少数意见（1人）：信访人提供的邻居证言" in text
    votes = text[text.index("六、表决") : text.index("七、建议")]
    assert not any(row.name in votes for row in PANEL)


def test_r_recon_07_opinion_when_of_a_reconsideration_hearing_has_no_vote() -> None:
    report = replace(
        hearing_opinion(), is_reconsideration=True, votes_due=0, votes_for=0, votes_against=0, minority=(),
        weighs_on="行政复议决定",
    )  # fmt: skip

    text = read(report)

    assert text.startswith("听证报告")
    assert "表决" not in text.replace("不参加表决", "")
    assert "听证笔录是作出行政复议决定的根据" in text


def test_note_when_somebody_refuses_while_it_is_signed_says_so() -> None:
    refused = Marks(refusals={"p1": RefusalMark(refused_on=SIGNED_ON, reason="不想签")})

    assert "信访人：拒绝签名" in squeezed(text_of(press(note(), PaperState.SIGNED, refused).pdf))


REFUSED: tuple[tuple[HearingFacts | Facts, dict[str, Any], str], ...] = (
    (application(), {"reasons": " "}, "R-HEAR-04"),
    (application(), {"claims": ()}, "R-HEAR-04"),
    (consultation(), {"reply": "perhaps"}, "R-HEAR-04"),
    (consultation(), {"reply_by": date(2025, 5, 19)}, "R-HEAR-04"),
    (decision(), {"reasons": ""}, "R-HEAR-07"),
    (decision(), {"recipients": ()}, "R-HEAR-07"),
    (notice(), {"role": "guest"}, "R-HEAR-08"),
    (notice(), {"panelists": ()}, "R-HEAR-08"),
    (notice(), {"held_on": date(2025, 5, 28)}, "INV-14"),
    (announcement(), {"register_until": date(2025, 6, 12)}, "R-HEAR-09"),
    (announcement(), {"seats": -1}, "R-HEAR-09"),
    (change_notice(), {"kind": "cancelled"}, "R-DOC-H12"),
    (change_notice(), {"starts_at": None}, "R-DOC-H12"),
    (UNTIMED, {"kind": "suspended"}, "R-DOC-H12"),
    (change_notice(), {"ground": ""}, "R-DOC-H12"),
    (change_notice(), {"new_starts_at": None}, "R-DOC-H12"),
    (change_notice(), {"kind": "terminated"}, "R-HEAR-22"),
    (change_notice(), {"kind": "resumed", "new_held_on": None, "new_starts_at": None}, "R-HEAR-22"),
    (
        change_notice(),
        {"kind": "moved", "new_held_on": None, "new_starts_at": None, "new_place": ""},
        "INV-15",
    ),
    (waiver(), {"parties": ()}, "INV-14"),
    (waiver(), {"held_on": date(2025, 6, 10)}, "INV-14"),
    (waiver(), {"is_reconsideration": True, "notice_days": 4}, "INV-14"),
    (receipt(), {"mode": "pigeon"}, "R-DOC-H13"),
    (receipt(), {"documents": ()}, "R-DOC-H13"),
    (attorney(), {"proxies": ()}, "INV-16"),
    (attorney(), {"proxies": attorney().proxies * 3}, "INV-16"),
    (attorney(), {"powers": ()}, "R-HEAR-15"),
    (attorney(), {"valid_text": ""}, "R-HEAR-15"),
    (attorney(), {"valid_until": date(2025, 6, 2)}, "R-HEAR-15"),
    (election(), {"representatives": election().representatives * 3}, "R-HEAR-14"),
    (election(), {"representatives": (), "is_reconsideration": True}, "R-RECON-08"),
    (election(), {"powers": ()}, "R-DOC-H14"),
    (sheet(), {"rows": ()}, "R-DOC-H07"),
    (recusal_request(), {"reasons": ""}, "R-HEAR-17"),
    (recusal_decision(), {"reasons": ""}, "R-HEAR-18"),
    (recusal_decision(), {"issued_on": date(2025, 6, 4)}, "R-HEAR-18"),
    (recusal_decision(), {"is_granted": False}, "R-HEAR-19"),
    (note(), {"text": " "}, "R-HEAR-26"),
    (note(), {"added_on": date(2025, 6, 10)}, "R-HEAR-26"),
    (deliberation(), {"ended_at": time(10, 54)}, "R-DOC-H09"),
    (deliberation(), {"views": (*deliberation().views[:4], replace(deliberation().views[4], vote=""))}, "INV-19"),
    (deliberation(), {"is_reconsideration": True}, "R-RECON-07"),
    (hearing_opinion(), {"votes_for": 3}, "INV-19"),
    (hearing_opinion(), {"votes_due": 4, "votes_for": 3}, "INV-19"),
    (hearing_opinion(), {"votes_for": 2, "votes_against": 3}, "INV-19"),
    (hearing_opinion(), {"majority": "two_thirds", "votes_for": 3, "votes_against": 2}, "INV-19"),
    (hearing_opinion(), {"minority": ()}, "R-HEAR-27"),
    (hearing_opinion(), {"is_reconsideration": True}, "R-RECON-07"),
    (hearing_opinion(), {"findings": ()}, "R-HEAR-28"),
    (hearing_opinion(), {"findings": (OpinionFinding(text="证言", is_accepted=False),)}, "R-HEAR-28"),
)


@pytest.mark.parametrize(
    ("facts", "change", "rule"), REFUSED, ids=[f"{type(facts).__name__}-{rule}" for facts, _, rule in REFUSED]
)
def test_paper_of_a_hearing_when_contradictory_is_refused(facts: Facts, change: dict[str, Any], rule: str) -> None:
    facts.check()

    with pytest.raises(RuleViolation) as refusal:
        replace(facts, **change).check()

    assert refusal.value.rule == rule
