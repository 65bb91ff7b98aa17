"""How own words are printed: escaped, in paragraphs, with their blanks; in a batch as alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.documents.papers.passages import PASSAGES
from app.documents.rendering.composing import Paper, PaperState, compose, make_sheet
from app.documents.rendering.engine import Order, RenderedPaper, compose_order, render_batch, render_paper
from app.documents.rendering.workers import pool
from app.documents.wording.samples import SAMPLES
from tests.documents.batch.papers import orders_of
from tests.documents.batch.test_batch import pictures_of
from tests.documents.more_samples import all_papers
from tests.documents.reading import squeezed, text_of

ADVICE = {"advice": "履行中有困难的，请打电话 0990-6000066。\n周一到周五都有人。"}


def html_of(paper: Paper) -> str:
    """The HTML of a paper as issued."""
    sheet = make_sheet(paper, state=PaperState.ISSUED, code=None, check_url=None, marks=None, void=None)
    return compose(paper, sheet)


def sample(type_name: str, **texts: str) -> Paper:
    """The first sample of a paper with own words."""
    facts = next(iter(SAMPLES[type_name].values()))
    return Paper(type_name=type_name, facts=facts, wording=texts, is_sample=True)


@pytest.mark.parametrize(
    "paper", [paper for paper in all_papers() if paper.type_name in PASSAGES], ids=lambda paper: paper.type_name
)
def test_paper_when_issued_with_the_usual_words_reads_as_one_without(paper: Paper) -> None:
    usual = {passage.name: passage.default for passage in PASSAGES[paper.type_name]}
    assert html_of(replace(paper, wording=usual)) == html_of(paper)


def test_own_words_when_printed_are_escaped_cut_into_paragraphs_and_filled() -> None:
    paper = sample("acceptance_notice", enquiry="到{查询地点}查询<b>&", advice="第一段<i>\n\n第二段 ￥")
    html = html_of(paper)
    assert "到滨澜区矛调中心一楼大厅查询&lt;b&gt;&amp;" in html
    assert "<p>第一段&lt;i&gt;</p>\n<p>第二段 ¥</p>" in html


def test_sample_when_printed_says_that_it_is_one_and_has_no_number() -> None:
    text = squeezed(text_of(render_paper(
        sample("mediation_end_notice", **ADVICE), state=PaperState.DRAFT, code=None, check_url=None, marks=None
    ).pdf))  # fmt: skip
    assert "样张，没有编号" in text
    assert "样张未编号、未核验" in text
    assert "草稿" not in text
    assert "周一到周五都有人。" in text


@pytest.mark.parametrize("type_name", ["matter_route_map", "access_slip"])
def test_one_page_papers_when_own_words_are_as_long_as_allowed_stay_on_one_page(type_name: str) -> None:
    texts = {each.name: "请到一楼大厅问办到哪一步了好" * 9 for each in PASSAGES[type_name]}
    longest = {each.name: texts[each.name][: each.longest] for each in PASSAGES[type_name]}
    paper = sample(type_name, **longest)
    assert render_paper(paper, state=PaperState.DRAFT, code=None, check_url=None, marks=None).pages == 1


def test_batch_when_printed_with_own_words_equals_the_whole_print(tmp_path: Path) -> None:
    orders = [worded(each) for each in orders_of("one payment")]
    done = dict(render_batch(orders))
    for each in orders:
        printed, whole = done[each.id], pool.press(compose_order(each))
        assert isinstance(printed, RenderedPaper)
        assert printed.way in ("drawn", "laid out")
        assert "周一到周五都有人。" in squeezed(text_of(printed.pdf))
        assert text_of(printed.pdf) == text_of(whole.pdf)
        assert pictures_of(printed.pdf, tmp_path) == pictures_of(whole.pdf, tmp_path)


def worded(order: Order) -> Order:
    """The same paper with advice of the office's own."""
    return replace(order, paper=replace(order.paper, wording=ADVICE))
