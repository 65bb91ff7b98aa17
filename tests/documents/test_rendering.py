"""What a finished paper contains: every fact, its number and code on each page, nothing about anybody elsewhere."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.papers import PAPER_TYPES
from app.documents.rendering.composing import Paper, PaperState, VoidNote
from app.documents.rendering.engine import RenderedPaper, file_name, list_texts, render_paper
from app.documents.rendering.marks import Marks, SealMark, SignatureKind, SignatureMark
from tests.documents.more_samples import all_papers, batch_copy
from tests.documents.reading import parts_of, squeezed, text_of
from tests.documents.samples import CHECK_URL, CODE, COMMITTEE, all_signed, scribble, water_leak

AGREEMENT = Paper(type_name="mediation_agreement", number="(2025)滨澜人调字第31号", facts=water_leak())
SIGNED_ON = date(2025, 7, 1)
EVERY_MARK = Marks(
    signatures={
        key: scribble(count) for count, key in enumerate(("p1", "p2", "m1", "m2", "r1", "l1", "h1", "chair", "e1"))
    },
    seals={key: SealMark(name=COMMITTEE, sealed_on=SIGNED_ON) for key in ("committee", "office", "p2")},
)
# Keys under which somebody signs, and words chosen by a code.
NOT_PRINTED = {"key", "signer", "kind", "result", "read_mode", "state", "mode", "vote", "majority"}
NOT_PRINTED_BY = {
    "matter_route_map": {"查阅地址"},
    "confirmation_application": {"职业"},
    "mediation_record": {"评议结果"},
    "linkage_feedback_letter": {"评议结果"},
    "hearing_announcement": {"事由", "姓名或名称"},
    "hearing_notice": {"身份"},
    "representative_election": {"称谓", "职业", "民族"},
}


def render(paper: Paper, state: PaperState = PaperState.ISSUED, marks: Marks | None = None) -> RenderedPaper:
    """Render with the sample code, as every state but a draft carries it."""
    return render_paper(paper, state=state, code=CODE, check_url=CHECK_URL, marks=marks, void=None)


def by_type(paper: Paper) -> str:
    """The test id of a sample."""
    return paper.type_name


def test_samples_when_collected_cover_every_paper_type() -> None:
    assert {paper.type_name for paper in all_papers()} == set(PAPER_TYPES)


# Minutes have places to sign in the foot: what they print is read in their own tests.
@pytest.mark.parametrize(
    "paper", [paper for paper in (*all_papers(), batch_copy()) if paper.type_name != "hearing_minutes"], ids=by_type
)
def test_paper_when_issued_prints_every_fact(paper: Paper) -> None:
    text = body_of(render(paper), paper)
    left_out = NOT_PRINTED | NOT_PRINTED_BY.get(paper.type_name, set())

    for place, value in list_texts(paper.facts):
        if place.rsplit("·", 1)[-1] not in left_out:
            for line in value.splitlines():
                assert plain(line) in text, place


def body_of(rendered: RenderedPaper, paper: Paper) -> str:
    """The text of all pages without their heads and feet, which stand between two pages."""
    number = (paper.number or "").replace("(", "（").replace(")", "）")
    pages = (squeezed(text_of(rendered.pdf, page=page)) for page in range(1, rendered.pages + 1))
    bodies = []
    for text in pages:
        body = text[: text.rindex("验证码")] if "验证码" in text else text
        for rest in (f"共{rendered.pages}页", number, PAPER_TYPES[paper.type_name].title, number):
            body = body.removesuffix(rest)
        bodies.append(body)
    return plain("".join(bodies))


def plain(text: str) -> str:
    """Text without white space, closing marks of a clause and the two kinds of brackets."""
    return squeezed(text).strip("。；：").replace("(", "（").replace(")", "）").replace("—", "")


@pytest.mark.parametrize("paper", all_papers(), ids=by_type)
def test_paper_when_issued_carries_code_on_each_page_and_number(paper: Paper) -> None:
    rendered = render(paper)

    for page in range(1, rendered.pages + 1):
        text = squeezed(text_of(rendered.pdf, page=page))
        assert "F3K7-9Q2M-XN4T" in text
        if paper.number:
            assert paper.number.replace("(", "（").replace(")", "）") in text


@pytest.mark.parametrize("paper", all_papers(), ids=by_type)
def test_b179_paper_when_issued_has_no_metadata_but_the_forms_title(paper: Paper) -> None:
    info, attachments, root = parts_of(render(paper).pdf)

    assert set(info) == {"/Title"}
    assert info["/Title"] == paper.facts.heading(PAPER_TYPES[paper.type_name].title)
    assert attachments == 0
    # Minutes name the places where their turns begin, see test_hearing_minutes.
    assert "/Names" not in root or paper.type_name == "hearing_minutes"
    assert "/OpenAction" not in root


@pytest.mark.parametrize("paper", all_papers(), ids=by_type)
def test_paper_when_signed_keeps_pages_and_text_but_for_dates(paper: Paper) -> None:
    issued, signed = render(paper), render(paper, PaperState.SIGNED, EVERY_MARK)

    assert signed.pages == issued.pages
    assert without_dates(signed) == without_dates(issued)
    assert signed.sha256 != issued.sha256 or paper.type_name in ("access_slip", "matter_route_map")


def without_dates(rendered: RenderedPaper) -> str:
    """The text layer without the day of signing or the blank in its place."""
    return squeezed(text_of(rendered.pdf)).replace("2025年7月1日", "").replace("年月日", "")


@pytest.mark.parametrize("paper", [*all_papers(), batch_copy()], ids=by_type)
def test_paper_when_it_has_several_pages_brings_text_to_the_last(paper: Paper) -> None:
    rendered = render(paper, PaperState.SIGNED, EVERY_MARK)

    last = squeezed(text_of(rendered.pdf, page=rendered.pages))
    for word in (
        "签名或者按指印",
        "人民调解员（签名）",
        "记录人",
        "验证码",
        CODE,
        COMMITTEE,
        "扫码或持本件到窗口可核验真伪",
    ):
        last = last.replace(word, "")
    assert len(last) > 60


def test_paper_when_rendered_twice_has_the_same_bytes() -> None:
    first = render(AGREEMENT, PaperState.SIGNED, EVERY_MARK)

    assert render(AGREEMENT, PaperState.SIGNED, EVERY_MARK) == first


def test_draft_when_rendered_has_neither_number_nor_code() -> None:
    draft = render_paper(AGREEMENT, state=PaperState.DRAFT, code=CODE, check_url=CHECK_URL, marks=EVERY_MARK)
    text = squeezed(text_of(draft.pdf))

    assert "草稿未编号、未核验，不得签署、送达" in text
    assert "编号于签发时自动生成" in text
    assert "第31号" not in text
    assert "F3K7" not in text
    without = render_paper(AGREEMENT, state=PaperState.DRAFT, code=None, check_url=None, marks=None)
    assert draft.sha256 == without.sha256


def test_void_paper_when_rendered_names_day_and_replacement_on_each_page() -> None:
    void = render_paper(
        AGREEMENT,
        state=PaperState.VOID,
        code=CODE,
        check_url=CHECK_URL,
        marks=all_signed("p1"),
        void=VoidNote(voided_on=date(2025, 6, 30), replaced_by="(2025)滨澜人调字第32号"),
    )

    for page in range(1, void.pages + 1):
        text = squeezed(text_of(void.pdf, page=page))
        assert "作废" in text
        assert "2025年6月30日作废由（2025）滨澜人调字第32号替代" in text


def test_void_paper_when_the_note_is_missing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="void"):
        render(AGREEMENT, PaperState.VOID)


def test_signed_paper_when_fingerprint_or_paper_mark_leaves_the_text_layer_alone() -> None:
    marks = Marks(
        signatures={
            "p1": SignatureMark(kind=SignatureKind.FINGERPRINT, signed_on=SIGNED_ON),
            "p2": SignatureMark(kind=SignatureKind.ON_PAPER, signed_on=SIGNED_ON),
        }
    )

    signed = render(AGREEMENT, PaperState.SIGNED, marks)

    assert without_dates(signed) == without_dates(render(AGREEMENT))
    assert "存卷" not in text_of(signed.pdf)


def test_masked_copy_when_rendered_says_so_in_its_number() -> None:
    copy = replace(AGREEMENT, is_masked_copy=True)

    assert "（2025）滨澜人调字第31号（副本，已隐去）" in squeezed(text_of(render(copy).pdf))


def test_file_name_when_asked_is_ascii_without_names() -> None:
    assert file_name(AGREEMENT, state=PaperState.ISSUED, code="F3K7-9Q2M-XN4T") == (
        "agreement-2025-31-issued-F3K79Q2MXN4T.pdf"
    )
    assert file_name(batch_copy(), state=PaperState.DRAFT, code=CODE) == "agreement-2025-12-001-draft.pdf"
