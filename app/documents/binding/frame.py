"""The pages the binder makes itself: cover with its blank back, contents, notes, back cover (R-DOC-M01, R-DOC-M12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf

from app.documents.papers.base import Facts
from app.documents.rendering.composing import compose_template
from app.documents.rendering.engine import list_texts
from app.documents.rendering.glyphs import check_glyphs
from app.documents.rendering.workers import pool

TITLE = "人民调解卷宗"
NOTES_HEADING = "卷宗情况说明"
SECTIONS = ("cover", "contents", "notes", "back", "specimen")
EMPTY_LINES = 4


@dataclass(frozen=True)
class Line:
    """One line of the contents."""

    heading: str
    pages: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class FrameFacts(Facts):
    """What cover, contents, notes and back cover print; `volume` is empty or 补充卷 n, `sealed_on` None in a draft."""

    committee: str
    title: str
    number: str
    volume: str
    dispute_type: str
    source: str
    mediators: str
    form: str
    begun_on: date
    ended_on: date | None
    compiled_by: str
    compiled_on: date
    retention: str
    remarks: str
    notes: tuple[str, ...]
    checked_by: str = ""
    sealed_on: date | None = None


@dataclass(frozen=True)
class Frame:
    """The laid-out frame with the pages of each section, counted from 0."""

    pdf: pikepdf.Pdf
    pages: dict[str, list[int]]


def check_frame(facts: FrameFacts, headings: Iterable[str]) -> None:
    """Refuse, before anything is written, characters that no font can draw (R-FMT-22)."""
    check_glyphs({**dict(list_texts(facts)), **{f"目录第{place}行": text for place, text in enumerate(headings, 1)}})


def lay_out(facts: FrameFacts, lines: list[Line], page_total: int) -> Frame:
    """The frame around these lines; refuses what `check_frame` refuses."""
    check_frame(facts, (line.heading for line in lines))
    html = compose_template(
        "dossier_frame.html", facts=facts, lines=lines, page_total=page_total, empty_lines=EMPTY_LINES, title=TITLE
    )
    pdf = pikepdf.open(BytesIO(pool.press(html).pdf))
    return Frame(pdf, _sections(pdf))


def _sections(pdf: pikepdf.Pdf) -> dict[str, list[int]]:
    numbers = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
    named = pikepdf.NameTree(pdf.Root.Names.Dests)
    starts = [numbers[named[section][0].objgen] for section in SECTIONS]
    ends = [*starts[1:], len(pdf.pages)]
    return {section: list(range(start, end)) for section, start, end in zip(SECTIONS, starts, ends, strict=True)}
