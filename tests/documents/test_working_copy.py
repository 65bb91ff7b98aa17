"""What a working copy for Word holds: every word of the paper, real tables, fonts by name, no theme, nobody's name."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from lxml import etree

from app.documents.papers import PAPER_TYPES
from app.documents.rendering.composing import Paper, PaperState, VoidNote, compose, make_sheet
from app.documents.rendering.word.working_copy import make_working_copy, working_copy_name
from tests.documents.hearing_samples import long_minutes
from tests.documents.more_samples import all_papers, batch_copy
from tests.documents.reading import squeezed
from tests.documents.samples import CODE, water_leak

AGREEMENT = Paper(type_name="mediation_agreement", number="(2025)滨澜人调字第31号", facts=water_leak())
LONG_MINUTES = Paper(type_name="hearing_minutes", facts=long_minutes())
SAMPLES = {paper.type_name: paper for paper in all_papers()}
ADDED = "PaperPlace"
FACES = {"仿宋", "宋体", "楷体", "黑体", "方正小标宋简体"}


# The order of ECMA-376; a program that finds another one offers to repair the file.
ORDERS = {
    "pPr": "pStyle keepNext widowControl pBdr shd tabs autoSpaceDE autoSpaceDN adjustRightInd snapToGrid "
    "spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b color spacing sz szCs u vertAlign lang",
    "tblPr": "tblW tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge tcBorders tcMar vAlign",
    "tcBorders": "top left bottom right",
    "tblBorders": "top left bottom right insideH insideV",
    "style": "name basedOn uiPriority qFormat pPr rPr tblPr",
    "sectPr": "headerReference footerReference pgSz pgMar cols",
}


class Words(HTMLParser):
    """The words of a composed paper, those at the foot of each page apart; drawings and style sheets have none."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.body, self.foot = "", ""
        self._open: list[str] = []
        self.feed(html.split("</head>", 1)[1])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "col", "meta", "path", "circle"):
            classes = (dict(attrs).get("class") or "").split()
            self._open.append("foot" if "foot" in classes else "low" if "letter-code" in classes else tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag not in ("path", "circle", "col"):
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if "svg" in self._open or "low" in self._open:
            return
        if "foot" in self._open:
            self.foot += data
        else:
            self.body += data


@cache
def copy_of(type_name: str) -> bytes:
    """The working copy of the sample of that type."""
    return make_working_copy(SAMPLES[type_name], state=PaperState.ISSUED, code=CODE)


def composed(paper: Paper, state: PaperState = PaperState.ISSUED, void: VoidNote | None = None) -> Words:
    """The words of the same paper as HTML."""
    return Words(compose(paper, make_sheet(paper, state=state, code=None, check_url=None, marks=None, void=void)))


def opened(content: bytes) -> DocumentObject:
    """The file as python-docx reads it."""
    return Document(BytesIO(content))


def words_of(element: etree._Element) -> str:
    """The text of a part without what the working copy adds."""
    runs = element.iter(qn("w:r"))
    added = (f"./w:rPr/w:rStyle[@w:val='{ADDED}']", {"w": element.nsmap["w"]})
    kept = (run for run in runs if run.find(added[0], added[1]) is None)
    return squeezed("".join(text.text or "" for run in kept for text in run.iter(qn("w:t"))))


@pytest.mark.parametrize("type_name", PAPER_TYPES)
def test_working_copy_when_made_holds_every_word_of_the_paper_in_order(type_name: str) -> None:
    words, document = composed(SAMPLES[type_name]), opened(copy_of(type_name))

    assert len(squeezed(words.body)) > 100
    assert words_of(document.element.body) == squeezed(words.body)
    foot = words_of(document.sections[0].footer._element)
    assert foot == squeezed(words.foot)
    assert words_of(document.sections[0].even_page_footer._element) == foot


@pytest.mark.parametrize("type_name", PAPER_TYPES)
def test_working_copy_when_made_names_its_fonts_and_has_no_theme(type_name: str) -> None:
    with ZipFile(BytesIO(copy_of(type_name))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    assert {"word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml"} <= parts.keys()
    assert not [name for name in parts if "theme" in name.lower() or "thumbnail" in name or "customXml" in name]
    assert all(content.strip() for content in parts.values())
    assert not [name for name, content in parts.items() if name.endswith(".xml") and re.search(rb"[tT]heme", content)]
    styles = etree.fromstring(parts["word/styles.xml"])
    known = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    for style in styles.iter(qn("w:style")):
        if style.get(qn("w:type")) == "paragraph":
            assert style.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia")) in FACES
    for name, content in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            part = etree.fromstring(content)
            assert {each.get(qn("w:val")) for each in part.iter(qn("w:pStyle"), qn("w:rStyle"))} <= known
            assert {each.get(qn("w:eastAsia")) for each in part.iter(qn("w:rFonts"))} <= FACES


@pytest.mark.parametrize("type_name", PAPER_TYPES)
def test_working_copy_when_made_keeps_the_order_of_the_format(type_name: str) -> None:
    with ZipFile(BytesIO(copy_of(type_name))) as archive:
        parts = [
            etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]

    for tag, order in ORDERS.items():
        for element in (found for part in parts for found in part.iter(qn(f"w:{tag}"))):
            places = [order.split().index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), tag


@pytest.mark.parametrize("type_name", PAPER_TYPES)
def test_working_copy_when_it_has_tables_fills_their_grid(type_name: str) -> None:
    body = opened(copy_of(type_name)).element.body

    for table in body.iter(qn("w:tbl")):
        widths = [int(column.get(qn("w:w"))) for column in table.find(qn("w:tblGrid"))]
        assert min(widths) > 0
        for row in table.iterchildren(qn("w:tr")):
            cells = list(row.iterchildren(qn("w:tc")))
            spans = [
                int(cell.tcPr.find(qn("w:gridSpan")).get(qn("w:val")))
                if cell.tcPr.find(qn("w:gridSpan")) is not None
                else 1
                for cell in cells
            ]
            assert sum(spans) == len(widths)
            assert [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in cells] == [
                sum(widths[sum(spans[:at]) : sum(spans[: at + 1])]) for at in range(len(spans))
            ]
            assert all(cell[-1].tag == qn("w:p") for cell in cells)
    assert body[-1].tag == qn("w:sectPr")
    assert body[-2].tag == qn("w:p")


@pytest.mark.parametrize("type_name", PAPER_TYPES)
def test_working_copy_when_printed_says_on_each_page_that_it_is_one(type_name: str) -> None:
    document = opened(copy_of(type_name))
    section = document.sections[0]

    for head in (section.header, section.even_page_header):
        text = head.paragraphs[0].text
        assert text.startswith("工作稿 — 以盖章的 PDF 文书为准")
        assert text.endswith("原件验证码：F3K7-9Q2M-XN4T")
        assert (SAMPLES[type_name].number or "").replace("(", "（").replace(")", "）") in text
    assert document.settings.odd_and_even_pages_header_footer
    assert all(" PAGE " in foot._element.xml for foot in (section.footer, section.even_page_footer))


@pytest.mark.parametrize("type_name", PAPER_TYPES)
def test_b179_working_copy_when_made_tells_the_form_and_nothing_about_anybody(type_name: str) -> None:
    properties = opened(copy_of(type_name)).core_properties
    told = ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "subject")

    assert [name for name in (*told, "version") if getattr(properties, name)] == []
    assert properties.title == SAMPLES[type_name].facts.heading(PAPER_TYPES[type_name].title)
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.year == 2000


def test_working_copy_when_made_twice_has_the_same_bytes() -> None:
    again = make_working_copy(SAMPLES["hearing_minutes"], state=PaperState.ISSUED, code=CODE)

    assert again == copy_of("hearing_minutes")
    with ZipFile(BytesIO(again)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_r_fmt_01_working_copy_of_a_notice_keeps_the_page_of_the_standard() -> None:
    section = opened(copy_of("hearing_notice")).sections[0]

    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 28, 26]
    styles = {style.name: style for style in opened(copy_of("hearing_notice")).styles}
    assert (styles["Title"].font.size.pt, styles["文书正文"].font.size.pt) == (22, 16)
    indent = styles["文书正文"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    spacing = styles["文书正文"].element.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:lineRule")), spacing.get(qn("w:line"))) == ("exact", "580")


def test_working_copy_of_minutes_hangs_the_turns_and_finds_the_pages_of_the_stages() -> None:
    document = opened(make_working_copy(LONG_MINUTES, state=PaperState.ISSUED))

    turn = next(each for each in document.paragraphs if each.text.startswith("主持人："))
    indent = turn.paragraph_format.element.pPr.find(qn("w:ind"))
    indent = document.styles[turn.style.name].element.pPr.find(qn("w:ind")) if indent is None else indent
    assert indent.get(qn("w:hangingChars")) == "520"
    asked = set(re.findall(r" PAGEREF (s\d+) ", document.element.body.xml))
    assert asked == {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    assert len(asked) > 3


def test_working_copy_of_an_agreement_merges_cells_and_leaves_places_to_sign() -> None:
    document = opened(copy_of("mediation_agreement"))
    parties = document.tables[0]

    assert parties.cell(0, 0)._tc is parties.cell(2, 0)._tc
    assert parties.cell(0, 0).text == "甲方"
    assert parties.cell(2, 2)._tc is parties.cell(2, 4)._tc
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "（盖章）\n滨澜区矛调中心人民调解委员会" in text
    assert "\u3000\u3000\u3000" in document.tables[-1].cell(0, 0).text


def test_working_copy_of_a_receipt_shows_which_boxes_are_ticked() -> None:
    table = opened(copy_of("service_receipt")).tables[0]
    (modes,) = {cell.text for row in table.rows for cell in row.cells if "留置" in cell.text}

    assert modes.count("☑") == 1
    assert modes.count("□") == 5
    assert modes.startswith("☑直接")


def test_working_copy_of_a_slip_keeps_the_code_to_scan_as_a_picture() -> None:
    document = opened(copy_of("access_slip"))

    assert len(document.inline_shapes) == 1
    assert round(document.inline_shapes[0].width.mm) == 34
    assert document.sections[0].page_width is not None
    assert round(document.sections[0].page_width.mm) == 148


def test_working_copy_of_a_void_paper_names_day_and_replacement() -> None:
    note = VoidNote(voided_on=date(2025, 6, 30), replaced_by="(2025)滨澜人调字第32号")
    document = opened(make_working_copy(AGREEMENT, state=PaperState.VOID, code=CODE, void=note))

    assert document.sections[0].header.paragraphs[0].text.startswith("工作稿 — 原件已作废，不得使用")
    assert words_of(document.element.body) == squeezed(composed(AGREEMENT, PaperState.VOID, note).body)
    assert document.paragraphs[0].text.startswith("作废")


def test_working_copy_of_a_draft_has_neither_number_nor_code() -> None:
    document = opened(make_working_copy(AGREEMENT, state=PaperState.DRAFT))

    assert document.sections[0].header.paragraphs[0].text == "工作稿 — 草稿，未编号、未核验，不得签署、送达"
    assert "第31号" not in document.element.xml
    assert "编号于签发时自动生成" in words_of(document.element.body)


def test_working_copy_when_text_is_hostile_keeps_it_as_text() -> None:
    hostile = "<w:p/>&amp; \ufffe\U00020bb7 " + "x" * 400
    paper = replace(AGREEMENT, facts=replace(water_leak(), performance_manner=hostile))
    document = opened(make_working_copy(paper, state=PaperState.DRAFT))

    text = words_of(document.element.body).replace("\u200b", "")
    assert "<w:p/>&amp;\U00020bb7" + "x" * 400 in text


@pytest.mark.parametrize("paper", [batch_copy()], ids=["heirs"])
def test_working_copy_of_one_of_a_batch_is_named_after_form_and_number(paper: Paper) -> None:
    document = opened(make_working_copy(paper, state=PaperState.ISSUED))

    assert words_of(document.element.body) == squeezed(composed(paper).body)
    assert working_copy_name("听证公告", "滨信听字〔2025〕5号") == "听证公告滨信听字〔2025〕5号（工作稿）.docx"
