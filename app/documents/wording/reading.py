"""How a paper is shown to whoever words it: its lines in the order of reading, the passages marked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.documents.papers.base import Facts
from app.documents.rendering.composing import Paper, PaperState, compose_marked, make_sheet
from app.documents.rendering.wording import MARK
from app.documents.wording.samples import SAMPLES

SKIPPED = {"style", "title", "svg"}
SKIPPED_CLASSES = {"foot", "letter-foot", "letter-code", "watermark", "number-source"}
LINES = {"p", "h1", "h2", "div", "tr", "table", "li"}
HEADINGS = {"h1", "h2"}
VOID = {"br", "col", "meta", "link", "img", "hr"}


@dataclass(frozen=True)
class Part:
    """A run of locked text, or a passage by its name."""

    text: str = ""
    passage: str = ""


@dataclass(frozen=True)
class Line:
    """One paragraph, heading or row of a table."""

    parts: tuple[Part, ...]
    is_heading: bool = False

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages that stand in it."""
        return tuple(part.passage for part in self.parts if part.passage)


def lines_of(type_name: str) -> list[Line]:
    """The first sample of a paper line by line; then the lines of other samples that hold a passage not yet shown."""
    (_, first), *others = SAMPLES[type_name].items()
    lines = _read(type_name, first)
    for label, facts in others:
        shown = {name for line in lines for name in line.passages}
        own = [line for line in _read(type_name, facts) if set(line.passages) - shown]
        lines += [Line((Part(text=f"{label}的那一份"),), is_heading=True), *own] if own else []
    return lines


def _read(type_name: str, facts: Facts) -> list[Line]:
    paper = Paper(type_name=type_name, facts=facts, is_sample=True)
    sheet = make_sheet(paper, state=PaperState.DRAFT, code=None, check_url=None, marks=None, void=None)
    reader = _Reader()
    reader.feed(compose_marked(paper, sheet))
    reader.close()
    return reader.lines


@dataclass
class _Reader(HTMLParser):
    lines: list[Line] = field(default_factory=list)
    _text: str = ""
    _skipping: list[str] = field(default_factory=list)
    _is_heading: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or what is not read."""
        if tag in VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        if self._skipping or tag in SKIPPED or classes & SKIPPED_CLASSES:
            self._skipping.append(tag)
        elif tag in LINES:
            self._end_line()
            self._is_heading = tag in HEADINGS
        elif tag in ("td", "th") and self._text.strip():
            self._text += "　"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing is read from an element without content."""

    def handle_endtag(self, tag: str) -> None:
        """End a line, or what is not read."""
        if self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.pop()
        elif tag in LINES:
            self._end_line()

    def handle_data(self, data: str) -> None:
        """Add to the line."""
        if not self._skipping:
            self._text += data.replace("\n", "")

    def _end_line(self) -> None:
        text, self._text = self._text.strip(), ""
        if text:
            self.lines.append(Line(tuple(_parts(text)), self._is_heading))
        self._is_heading = False


def _parts(text: str) -> Iterator[Part]:
    """Locked text and passages in turn; a closing mark alone is no text to read."""
    for at, piece in enumerate(MARK.split(text)):
        if at % 2:
            yield Part(passage=piece)
        elif any(char.isalnum() for char in piece):
            yield Part(text=piece)
