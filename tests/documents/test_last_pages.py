"""No page of signatures without words: what is signed comes along to the page, or is named again on it."""

from dataclasses import replace

import pytest

from app.documents.papers.base import Facts
from app.documents.papers.hearing_minutes import HearingMinutesFacts
from app.documents.papers.people import Attendee
from app.documents.rendering.composing import PaperState
from app.documents.rendering.engine import render_paper
from tests.documents.hearing_samples import minutes
from tests.documents.more_samples import all_papers
from tests.documents.reading import squeezed, text_of
from tests.documents.samples import CHECK_URL, CODE, record, water_leak

SAMPLES = {paper.type_name: paper for paper in all_papers()}
SENTENCE = "上述情况已经双方核对并由在场人员确认属实没有异议。"


def pages_of(facts: Facts, type_name: str) -> list[str]:
    """The words of each page of the paper as issued, without white space."""
    paper = replace(SAMPLES[type_name], facts=facts)
    done = render_paper(paper, state=PaperState.ISSUED, code=CODE, check_url=CHECK_URL, marks=None)
    return [squeezed(text_of(done.pdf, page=page)) for page in range(1, done.pages + 1)]


@pytest.mark.parametrize("more", [0, 8, 16])
def test_record_when_its_signatures_stand_on_a_new_page_has_the_result_there(more: int) -> None:
    facts = record()
    first = replace(facts.turns[0], text=facts.turns[0].text + SENTENCE * more)

    *_, last = pages_of(replace(facts, turns=(first, *facts.turns[1:])), "mediation_record")

    assert squeezed(f"三、调解结果调解结果：{facts.result_words}。{facts.result_text}以上记录") in last


@pytest.mark.parametrize("more", [9, 10, 20])
def test_record_when_its_result_is_long_takes_the_end_of_it_along(more: int) -> None:
    facts = replace(record(), result_text=SENTENCE * more)

    *before, last = pages_of(facts, "mediation_record")

    assert "没有异议。以上记录" in last
    assert "三、调解结果" in "".join(before)


def test_deliberation_when_its_signatures_stand_on_a_new_page_has_the_result_there() -> None:
    facts = SAMPLES["deliberation_minutes"].facts
    longer = replace(facts, question=facts.question + SENTENCE * 10)  # type: ignore[attr-defined]

    *before, last = pages_of(longer, "deliberation_minutes")

    assert "四、评议结果" in last
    assert "四、评议结果" not in "".join(before)


@pytest.mark.parametrize("count", [7, 12])
def test_papers_when_signed_by_many_name_what_is_signed_on_each_page(count: int) -> None:
    leak, facts = water_leak(), record()
    parties = tuple(replace(leak.parties[1], signer=f"p{number}", label=f"乙方{number}") for number in range(count))
    present = tuple(replace(facts.parties[1], key=f"p{number}", capacity=f"乙方{number}") for number in range(count))

    agreement = pages_of(replace(leak, parties=parties, copies=count + 1), "mediation_agreement")
    signed_record = pages_of(replace(facts, parties=present), "mediation_record")

    signed = [page for page in agreement if "（签名" in page]
    assert len(signed) > 1
    assert all("以下各方在《人民调解协议书》上签名、盖章或者按指印：" in page for page in signed)
    assert all("以下人员在《调解记录》上签名或者按指印：" in page for page in signed_record if "（签名" in page)
    assert "人民调解员（签名）" in agreement[-1]
    assert f"乙方{count - 1}" in agreement[-1]


def test_intake_form_when_the_summary_is_long_has_the_claims_above_the_signatures() -> None:
    facts = SAMPLES["mediation_intake_form"].facts
    longer = replace(facts, summary=facts.summary + SENTENCE * 20)  # type: ignore[attr-defined]

    *_, last = pages_of(longer, "mediation_intake_form")

    assert "申请人（签名" in last
    assert "请求事项" in last


def test_election_when_it_goes_on_overleaf_names_the_elected_above_each_signature() -> None:
    pages = pages_of(SAMPLES["representative_election"].facts, "representative_election")

    signed = [page for page in pages if "签名或者指印" in page]
    assert len(signed) == 2
    assert all("推选郑桂兰、迪丽努尔·艾合买提江为代表，权限以《代表推选书》所列为准。" in page for page in signed)


def test_acceptance_notice_when_usual_is_one_page() -> None:
    pages = pages_of(SAMPLES["acceptance_notice"].facts, "acceptance_notice")

    assert len(pages) == 1
    assert "滨澜区人民政府国有资产监督管理委员会2025年2月20日" in pages[0]


def grown(facts: HearingMinutesFacts, stage: int, more: int) -> HearingMinutesFacts:
    """The minutes with that many sentences more in the last turn of a stage."""
    *turns, last = facts.stages[stage].turns
    longer = replace(facts.stages[stage], turns=(*turns, replace(last, text=last.text + SENTENCE * more)))  # type: ignore[union-attr, call-arg]
    stages = [*facts.stages]
    stages[stage] = longer
    return replace(facts, stages=tuple(stages))


@pytest.mark.parametrize("more", [0, 16, 19])
def test_minutes_when_signatures_need_a_new_page_bring_the_last_turn_and_close_the_page_before(more: int) -> None:
    *_, before, last = pages_of(grown(minutes(), 1, more), "hearing_minutes")

    assert "（11时38分恢复听证）（以下空白）" in before
    assert "主持人：现在恢复听证。" in last
    assert "现在听证结束。（以下无正文）" in last
    assert "2025年6月11日（以下空白）" in last


def test_minutes_when_all_of_the_last_stage_fits_above_the_signatures_keep_it_whole() -> None:
    *before, last = pages_of(grown(minutes(), 1, 17), "hearing_minutes")

    assert "（11时38分恢复听证）主持人：现在恢复听证。" in last
    assert "以下空白" not in "".join(before)


def test_minutes_when_the_last_turn_is_long_bring_its_end_and_leave_no_page_open() -> None:
    facts = grown(minutes(), -1, 8)

    pages = pages_of(facts, "hearing_minutes")

    assert not facts.has_short_end
    assert "没有异议。（以下无正文）" in pages[-1]
    assert "以下空白" not in "".join(pages)


@pytest.mark.parametrize("count", [8, 12])
def test_minutes_when_signatures_go_on_overleaf_name_what_is_signed_there(count: int) -> None:
    many = tuple(Attendee(capacity="信访人代表", name=f"代表{each}", key=f"d{each}") for each in range(count))

    *_, last = pages_of(replace(minutes(), signers=(*many, *minutes().signers)), "hearing_minutes")

    assert "以下人员核对《听证笔录》后签名：" in last
    assert "见证人：" in last
    assert "现在听证结束" not in last
