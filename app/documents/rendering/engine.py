"""How a paper becomes PDF bytes: check the facts, compose the HTML, have it laid out, take the digest.

The same paper, state and marks give the same bytes on every machine with the same fonts.
"""

import hashlib
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from app.documents.papers import get_paper_type
from app.documents.rendering.batch.dealing import press_all
from app.documents.rendering.composing import Paper, PaperState, VoidNote, compose, make_sheet
from app.documents.rendering.field_names import FIELD_NAMES
from app.documents.rendering.glyphs import check_glyphs
from app.documents.rendering.marks import Marks
from app.documents.rendering.workers import Pressed, pool

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Order:
    """One issued paper of a batch: which it is, what it says, its check code and the address of the check page."""

    id: int
    paper: Paper
    code: str
    check_url: str


@dataclass(frozen=True)
class RenderedPaper:
    """The finished file, its SHA-256 in hexadecimal, its number of pages and the way it was made (`Pressed`)."""

    pdf: bytes
    sha256: str
    pages: int
    way: str = "whole"


def check_paper(paper: Paper) -> None:
    """Refuse, before a number is taken, facts that contradict each other or characters no font can draw."""
    paper.facts.check()
    check_glyphs(dict(list_texts(paper.facts)))


def render_paper(
    paper: Paper,
    *,
    state: PaperState,
    code: str | None,
    check_url: str | None,
    marks: Marks | None,
    void: VoidNote | None = None,
) -> RenderedPaper:
    """The paper as PDF in that state.

    Refuses what `check_paper` refuses (contradictions are allowed in a draft); Unavailable when the layout process
    fails or takes longer than 20 seconds.
    """
    if state is not PaperState.DRAFT:
        paper.facts.check()
    check_glyphs({**dict(list_texts(paper.facts)), "编号": paper.number or ""})
    sheet = make_sheet(paper, state=state, code=code, check_url=check_url, marks=marks, void=void)
    pressed = pool.press(compose(paper, sheet))
    return _rendered(pressed)


def render_batch(orders: Sequence[Order]) -> Iterator[tuple[int, RenderedPaper | Exception]]:
    """Each paper as issued with its id, as they are done; what kept one from being rendered comes in its place.

    Papers of one structure are laid out once (`batch`); one that does not fit is rendered whole.
    """
    composed: dict[int, str] = {}
    for order in orders:
        try:
            composed[order.id] = compose_order(order)
        except Exception as error:
            # One damaged paper holds up none of the others.
            yield order.id, error
    ways: Counter[str] = Counter()
    ids = list(composed)
    for at, pressed in press_all(list(composed.values())):
        if isinstance(pressed, Exception):
            yield ids[at], pressed
        else:
            ways[pressed.way] += 1
            yield ids[at], _rendered(pressed)
    log.info("batch of %d papers: %s", len(orders), dict(ways))


def compose_order(order: Order) -> str:
    """The HTML of an issued paper; refuses what `check_paper` refuses."""
    order.paper.facts.check()
    check_glyphs({**dict(list_texts(order.paper.facts)), "编号": order.paper.number or ""})
    sheet = make_sheet(
        order.paper, state=PaperState.ISSUED, code=order.code, check_url=order.check_url, marks=None, void=None
    )
    return compose(order.paper, sheet)


def _rendered(pressed: Pressed) -> RenderedPaper:
    return RenderedPaper(pressed.pdf, hashlib.sha256(pressed.pdf).hexdigest(), pressed.pages, pressed.way)


def file_name(paper: Paper, *, state: PaperState, code: str | None) -> str:
    """<slug>-<digits of the number>-<state>-<code>.pdf, in ASCII, without anybody's name."""
    parts = [get_paper_type(paper.type_name).slug, *re.findall(r"\d+", paper.number or ""), state.value]
    if code and state is not PaperState.DRAFT:
        parts.append(re.sub(r"[^0-9A-Za-z]", "", code))
    return f"{'-'.join(parts)}.pdf"


def list_texts(facts: Any) -> Iterator[tuple[str, str]]:
    """Every text of the facts with the Chinese name of its field, so that a refusal can name it."""
    yield from _texts(facts, "")


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for count, item in enumerate(value, start=1):
            yield from _texts(item, f"{place}{count}" if len(value) > 1 else place)
    elif is_dataclass(value):
        for field in fields(value):
            name = FIELD_NAMES.get(field.name, field.name)
            yield from _texts(getattr(value, field.name), f"{place}·{name}" if place else name)
