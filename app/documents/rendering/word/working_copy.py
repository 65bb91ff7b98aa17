"""How a paper becomes a .docx to go on working with: marked on every page, without code, seal, signature or theme.

The same facts give the same bytes.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.documents.rendering.composing import Paper, PaperState, VoidNote, compose, make_sheet
from app.documents.rendering.word.cascade import MM, PageSize, read_paper
from app.documents.rendering.word.flow import body_flow, foot_flow
from app.documents.rendering.word.formats import NAMESPACE, StyleBook
from app.documents.rendering.word.runs import PLACE_STYLE
from app.documents.rendering.word.styles import HEADER_STYLE, PAGE_STYLE, SETTINGS, fonts_xml, styles_xml
from app.documents.rendering.word.tables import Item
from app.documents.rendering.words import full_brackets, grouped_code

FONT_TABLE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001  # the format's dates have no zone
EDGE = 15 * MM
"""How far head and foot stay from the edges of the sheet."""
_SENTENCES = {
    PaperState.DRAFT: "工作稿 — 草稿，未编号、未核验，不得签署、送达",
    PaperState.VOID: "工作稿 — 原件已作废，不得使用",
}
# What the library's own empty file holds beside the parts of ours.
_KEPT = ("styles", "settings")


def make_working_copy(paper: Paper, *, state: PaperState, code: str = "", void: VoidNote | None = None) -> bytes:
    """The paper in that state as a .docx file.

    The check code stands in the head, as that of the original: an edited copy must not offer itself for checking.
    """
    sheet = make_sheet(paper, state=state, code=None, check_url=None, marks=None, void=void)
    return _write(compose(paper, sheet), form=sheet.title, sentence=_head_words(paper, state, code))


def working_copy_name(title: str, number: str) -> str:
    """The name under which a working copy is saved."""
    return f"{title}{number}（工作稿）.docx"


def _head_words(paper: Paper, state: PaperState, code: str) -> str:
    words = [_SENTENCES.get(state, "工作稿 — 以盖章的 PDF 文书为准")]
    if paper.number and state is not PaperState.DRAFT:
        words.append(f"编号：{full_brackets(paper.number)}")
    if code:
        words.append(f"原件验证码：{grouped_code(code)}")
    return "　".join(words)


def _write(html: str, *, form: str, sentence: str) -> bytes:
    from docx import Document  # noqa: PLC0415
    from docx.oxml import parse_xml  # noqa: PLC0415

    body, page = read_paper(html)
    document, book = Document(), StyleBook()
    _drop_foreign_parts(document)
    width = page.width - page.margin[1] - page.margin[3]

    def draw(png: bytes, side: float) -> str:
        return _picture(document.part, png, side)

    flow = body_flow(body, width, draw)
    foot = foot_flow(flow, draw)
    _fill(document.element.body, flow.end(), book, parse_xml)
    section = document.sections[0]
    _set_page(section, page)
    _fill_heads(section, sentence, parse_xml)
    _fill_feet(section, foot.items, book, parse_xml)
    _replace(document.styles.element, parse_xml(styles_xml(book)))
    _replace(document.settings.element, parse_xml(SETTINGS))
    _set_properties(document, form)
    file = BytesIO()
    document.save(file)
    return _same_every_time(file)


def _drop_foreign_parts(document: Any) -> None:
    """Theme, thumbnail and the like: nothing may refer to a theme's fonts, nothing may tell where the file is from."""
    from docx.opc.packuri import PackURI  # noqa: PLC0415
    from docx.opc.part import Part  # noqa: PLC0415

    for rel_id, relation in list(document.part.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] not in _KEPT:
            del document.part.rels[rel_id]
    package = document.part.package
    for rel_id, relation in list(package.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] not in ("officeDocument", "core-properties"):
            del package.rels[rel_id]
    fonts = Part(PackURI("/word/fontTable.xml"), FONT_TABLE, fonts_xml(), package)
    document.part.relate_to(fonts, f"{RELATIONS}/fontTable")


def _fill(container: Any, items: Sequence[Item], book: StyleBook, parse: Any) -> None:
    """Put the items before the section's properties, or at the end where there are none."""
    inside = "".join(item.to_xml(book) for item in items)
    at = next((place for place, child in enumerate(container) if child.tag.endswith("}sectPr")), len(container))
    for element in list(parse(f"<w:body {NAMESPACE}>{inside}</w:body>")):
        container.insert(at, element)
        at += 1


def _set_page(section: Any, page: PageSize) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    top, right, bottom, left = page.margin
    section.page_width, section.page_height = Pt(page.width), Pt(page.height)
    section.top_margin, section.right_margin = Pt(top), Pt(right)
    section.bottom_margin, section.left_margin = Pt(bottom), Pt(left)
    section.header_distance = Pt(min(EDGE, top / 2))
    section.footer_distance = Pt(min(EDGE, bottom / 2))
    for grid in section._sectPr.xpath("./w:docGrid"):
        section._sectPr.remove(grid)


def _fill_heads(section: Any, sentence: str, parse: Any) -> None:
    text = f'<w:r><w:t xml:space="preserve">{escape(sentence)}</w:t></w:r>'
    paragraph = f'<w:p {NAMESPACE}><w:pPr><w:pStyle w:val="{HEADER_STYLE}"/></w:pPr>{text}</w:p>'
    for head in (section.header, section.even_page_header):
        head.is_linked_to_previous = False
        _replace(head._element, parse(f"<w:hdr {NAMESPACE}>{paragraph}</w:hdr>"))


def _fill_feet(section: Any, items: Sequence[Item], book: StyleBook, parse: Any) -> None:
    """The paper's own foot, under it the number of the page: right on odd pages, left on even ones (R-FMT-16)."""
    inside = "".join(item.to_xml(book) for item in items)
    for foot, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        foot.is_linked_to_previous = False
        place = f'<w:rPr><w:rStyle w:val="{PLACE_STYLE}"/></w:rPr>'
        number = f'<w:fldSimple w:instr=" PAGE "><w:r>{place}<w:t>1</w:t></w:r></w:fldSimple>'
        dash = f'<w:r>{place}<w:t xml:space="preserve">{{}}</w:t></w:r>'
        page = (
            f'<w:p><w:pPr><w:pStyle w:val="{PAGE_STYLE}"/><w:ind w:left="280" w:right="280"/><w:jc w:val="{align}"/>'
            f"</w:pPr>{dash.format('— ')}{number}{dash.format(' —')}</w:p>"
        )
        _replace(foot._element, parse(f"<w:ftr {NAMESPACE}>{inside}{page}</w:ftr>"))


def _replace(element: Any, fresh: Any) -> None:
    for child in list(element):
        element.remove(child)
    for child in list(fresh):
        element.append(child)


def _picture(part: Any, png: bytes, side: float) -> str:
    from docx.shared import Pt  # noqa: PLC0415

    return f"<w:r><w:drawing>{part.new_pic_inline(BytesIO(png), Pt(side), Pt(side)).xml}</w:drawing></w:r>"


def _set_properties(document: Any, form: str) -> None:
    """The name of the form and a fixed day; nobody's name (B179)."""
    properties = document.core_properties
    for name in ("author", "comments", "keywords", "last_modified_by", "subject", "category"):
        setattr(properties, name, "")
    properties.title, properties.language, properties.revision = form, "zh-CN", 1
    properties.created = properties.modified = LONG_AGO


def _same_every_time(file: BytesIO) -> bytes:
    """The same parts packed with a fixed date."""
    packed = BytesIO()
    with ZipFile(file) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            fixed.compress_type, fixed.create_system = ZIP_DEFLATED, 3
            target.writestr(fixed, source.read(entry))
    return packed.getvalue()
