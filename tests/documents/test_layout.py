"""How the pages look: Chinese lines flush on both sides, the grid of 28 by 22, seals and codes as paths."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
import weasyprint

from app.documents.rendering import typesetting
from app.documents.rendering.composing import Paper, PaperState
from app.documents.rendering.drawing import qr_svg, seal_svg, signature_svg
from app.documents.rendering.engine import render_paper
from tests.documents.samples import COMMITTEE, opinion, scribble, water_leak


def test_line_setting_when_installed_fits_the_locked_version() -> None:
    typesetting.install()

    assert weasyprint.__version__ == typesetting.WEASYPRINT_VERSION
    assert typesetting.is_installed()


def test_line_setting_when_the_version_is_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")

    with pytest.raises(RuntimeError, match=r"70\.0"):
        typesetting.install()


def lines_of(pdf: bytes) -> list[tuple[float, float, float, str]]:
    """Every line of the first page: left, right and bottom edge in points, and its words."""
    done = subprocess.run(
        ["pdftotext", "-l", "1", "-bbox-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    found = re.findall(
        r'<line xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', done.stdout.decode(), re.S
    )
    return [
        (float(left), float(right), float(low), re.sub(r"<[^>]+>|\s", "", inner)) for left, right, low, inner in found
    ]


def baselines_of(pdf: bytes) -> list[float]:
    """The baselines of the first page's text in points from the top, in drawing order."""
    opened = pikepdf.open(BytesIO(pdf))
    moves = (operands for operands, name in pikepdf.parse_content_stream(opened.pages[0]) if str(name) == "Tm")
    return [float(operands[5]) * 0.75 for operands in moves]


def long_question() -> bytes:
    """A paper whose first page is full of one paragraph that mixes Chinese, digits and a rare character."""
    text = "滨澜区矛调中心依法调解民间纠纷2025年6月9日双方自愿申请本调解委员会调解，经𠮷核实情况属实；" * 12
    facts = replace(opinion(), question=text, analysis=(), routes=())
    paper = Paper(type_name="legal_opinion", facts=facts)
    return render_paper(paper, state=PaperState.ISSUED, code=None, check_url=None, marks=None).pdf


def test_body_when_fonts_are_mixed_keeps_the_grid_of_the_standard() -> None:
    edges = sorted({round(edge, 2) for edge in baselines_of(long_question()) if 300 < edge < 690})

    assert len(edges) > 10
    assert {round(below - above, 1) for above, below in pairwise(edges)} == {29.0}


def test_body_when_printed_is_flush_at_the_right_edge() -> None:
    rights = [right for _, right, low, words in lines_of(long_question()) if 300 < low < 690 and len(words) > 20]

    assert len(rights) > 10
    assert max(rights) - min(rights) < 4


def test_lines_when_broken_never_begin_with_a_closing_mark() -> None:
    paper = Paper(type_name="mediation_agreement", facts=water_leak(), number="(2025)滨澜人调字第31号")
    pdf = render_paper(paper, state=PaperState.ISSUED, code=None, check_url=None, marks=None).pdf

    assert [words for *_, words in lines_of(pdf) if words[:1] in "，。；：？！、）”》" and words] == []


def test_drawings_when_made_contain_paths_and_no_text() -> None:
    for drawing in (seal_svg(COMMITTEE), signature_svg(scribble(1)), qr_svg("https://example.gov.cn/v/A", size_mm=15)):
        assert "<path" in drawing
        assert "<text" not in drawing


@pytest.mark.parametrize("name", ["县", "滨澜区信访办公室", COMMITTEE, "滨澜区洼洲镇新垦村经济股份合作联合社𠮷"])
def test_seal_when_the_name_is_short_long_or_rare_draws_every_character(name: str) -> None:
    assert seal_svg(name).count("<path transform") == len(name)
