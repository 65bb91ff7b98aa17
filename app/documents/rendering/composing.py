"""From a paper, its state and its marks to one HTML text, by the project's own Jinja environment.

StrictUndefined and the refusal of None make a missing fact an error instead of a blank; every value is escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.documents.papers import get_paper_type
from app.documents.papers.base import Facts
from app.documents.rendering import drawing, words
from app.documents.rendering.marks import Marks
from app.documents.rendering.places import TEMPLATES
from app.documents.rendering.wording import MarkedWording, PrintedWording


class PaperState(StrEnum):
    """In which state a paper is printed (watermark, number, code, marks)."""

    DRAFT = "draft"
    ISSUED = "issued"
    SIGNED = "signed"
    VOID = "void"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper to print: its form, its facts, once issued its number, and the office's own words by passage."""

    type_name: str
    facts: Facts
    number: str | None = None
    is_masked_copy: bool = False
    wording: Mapping[str, str] = field(default_factory=dict)
    is_sample: bool = False


@dataclass(frozen=True, kw_only=True)
class VoidNote:
    """When a paper became void and which number replaces it."""

    voided_on: date
    replaced_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the templates see beside the facts: number, state, code and the marks as drawings."""

    title: str
    number: str
    state: PaperState
    code: str
    check_url: str
    marks: Marks
    void: VoidNote | None
    is_sample: bool = False

    def ink(self, key: str, width_mm: float = 34.0, height_mm: float = 9.0) -> Markup:
        """The signature under that key as a drawing, or nothing."""
        mark = self.marks.signatures.get(key)
        return drawing.signature_svg(mark, width_mm=width_mm, height_mm=height_mm) if mark else Markup()

    def signed_date(self, key: str) -> str:
        """The day of that signature, or a blank wide enough for the hand."""
        mark = self.marks.signatures.get(key)
        return words.date_words(mark.signed_on) if mark else BLANK_DATE

    def seal(self, key: str) -> Markup:
        """The seal under that key as a drawing, or nothing."""
        mark = self.marks.seals.get(key)
        return drawing.seal_svg(mark.name) if mark else Markup()

    def sealed_date(self, key: str) -> str:
        """The day of that seal, or a blank wide enough for the hand."""
        mark = self.marks.seals.get(key)
        return words.date_words(mark.sealed_on) if mark else BLANK_DATE

    @property
    def nothing_refused(self) -> Markup:
        """无 as an outline once everybody has signed, so that nothing can be written into the empty box later."""
        is_blank = self.state in (PaperState.DRAFT, PaperState.ISSUED) or self.marks.refusals
        return Markup() if is_blank else drawing.outline_svg("无", height_mm=5.0, colour=drawing.INK)

    def qr(self, size_mm: float) -> Markup:
        """The check page's address as a QR code, or nothing."""
        return drawing.qr_svg(self.check_url, size_mm=size_mm) if self.check_url else Markup()

    @property
    def watermark(self) -> Markup:
        """草稿 or 样张 as an outline, only on drafts."""
        if self.state is not PaperState.DRAFT:
            return Markup()
        return drawing.outline_svg(" ".join(self.draft_word), height_mm=38.8, colour="#e3e3e3", song=True)

    @property
    def draft_word(self) -> str:
        """What a paper is called that was never issued."""
        return "样张" if self.is_sample else "草稿"


BLANK_DATE = "　　　　年　　月　　日"
DRAFT_NUMBER = "（编号于签发时自动生成）"
SAMPLE_NUMBER = "（样张，没有编号）"


def compose(paper: Paper, sheet: Sheet) -> str:
    """The paper as HTML; UndefinedError when the template asks for a fact that is not there."""
    kind = get_paper_type(paper.type_name)
    if not isinstance(paper.facts, kind.facts):
        raise TypeError(f"{paper.type_name} needs {kind.facts.__name__}")
    wording = PrintedWording(paper.type_name, paper.wording)
    return _environment().get_template(kind.template).render(facts=paper.facts, sheet=sheet, wording=wording)


def compose_marked(paper: Paper, sheet: Sheet) -> str:
    """The same HTML with a mark in the place of each passage that an office may word itself (`MarkedWording`)."""
    template = _environment().get_template(get_paper_type(paper.type_name).template)
    return template.render(facts=paper.facts, sheet=sheet, wording=MarkedWording())


def compose_template(template: str, **values: object) -> str:
    """A text that is no paper by itself (the frame of a bound file) as HTML, under the same strict rules."""
    return _environment().get_template(template).render(**values)


def make_sheet(
    paper: Paper,
    *,
    state: PaperState,
    code: str | None,
    check_url: str | None,
    marks: Marks | None,
    void: VoidNote | None,
) -> Sheet:
    """What the state allows on the paper: a draft has no number, code or marks; a void one needs its note."""
    if state is PaperState.VOID and void is None:
        raise ValueError("a void paper needs the day it became void")
    is_draft = state is PaperState.DRAFT
    shows_marks = state in (PaperState.SIGNED, PaperState.VOID)
    number = words.full_brackets(paper.number or "")
    if paper.is_masked_copy:
        number = f"{number}（副本，已隐去）"
    return Sheet(
        title=paper.facts.heading(get_paper_type(paper.type_name).title),
        number=(SAMPLE_NUMBER if paper.is_sample else DRAFT_NUMBER) if is_draft else number,
        state=state,
        code="" if is_draft else words.grouped_code(code or ""),
        check_url="" if is_draft else check_url or "",
        marks=marks if marks and shows_marks else Marks(),
        void=void if state is PaperState.VOID else None,
        is_sample=paper.is_sample,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=words.in_print,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(words.FILTERS)
    environment.globals["qr"] = drawing.qr_svg
    return environment
