"""How one paper is drawn: which layout of its structure fits it, and which lines have to be set anew."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.documents.rendering.batch.files import stream
from app.documents.rendering.batch.fonts import Fonts, Used, merged
from app.documents.rendering.batch.frame import Values, qr_operators
from app.documents.rendering.batch.layouts import Layout, Place, Unfit
from app.documents.rendering.batch.lines import Piece, SetLines, Setter

# What comes again is set and drawn once: amounts, years, streets.
MOST_KEPT = 4_000
MOST_LAYOUTS = 40


@dataclass(frozen=True)
class Drawn:
    """A paper as pieces: its layout, what stands in the places of other values, its QR code."""

    layout: Layout
    pieces: dict[Place, Piece]
    qr: str
    used: Used
    is_new_layout: bool

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.layout.pages)

    def write(self, fonts: Fonts) -> bytes:
        """The file; the fonts must have learned its glyphs."""
        layout = self.layout
        own = {number: stream(b"\n".join(self._content(parts))) for number, parts in layout.pages.items()}
        if layout.qr is not None:
            number, head, tail, entries = layout.qr
            own[number] = stream(head + qr_operators(self.qr) + tail, entries)
        dictionary, objects = fonts.objects(self.used, layout.file.next_number)
        return layout.file.write({**own, layout.fonts_number: dictionary}, objects)

    def _content(self, parts: list[bytes | Place]) -> Iterator[bytes]:
        for part in parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield self.pieces[part][0] if part in self.pieces else part.piece


class Structure:
    """All layouts of one structure that were needed so far."""

    def __init__(self, html: str, values: Values, parse: Callable[[str], Any], fonts: Fonts) -> None:
        self._setter = Setter(html, values, parse, fonts)
        self._first = self._setter.first
        self._is_new = True
        self._layouts = {self._first.heights: self._first}
        self._sound: dict[int, bool] = {}
        self._is_head_sound: bool | None = None
        self._heights: dict[tuple[int, tuple[str, ...]], tuple[float, ...]] = {}
        self._kept: dict[tuple[int, int, tuple[str, ...]], dict[Place, Piece]] = {}

    def draw(self, values: Values) -> Drawn:
        """The paper with these values; Unfit when it has to be rendered whole."""
        changed = set(self._list_changed(self._first, values))
        ready: dict[int, SetLines] = {}
        heights = tuple(
            (number, self._heights_of(number, values, ready) if number in changed else block.heights)
            for number, block in self._first.blocks.items()
        )
        layout = self._layouts.get(heights)
        if layout is None:
            return self._draw_in_new_layout(values, heights)
        pieces: dict[Place, Piece] = {}
        own = self._list_changed(layout, values)
        for number in own:
            pieces.update(self._draw_block(layout, number, values, ready.get(number), own))
        if values.number != layout.values.number:
            pieces.update(self._draw_heads(layout, values.number))
        is_new, self._is_new = self._is_new, False
        return _drawn(layout, pieces, values, is_new_layout=is_new)

    def _heights_of(self, number: int, values: Values, ready: dict[int, SetLines]) -> tuple[float, ...]:
        key = (number, self._setter.texts_of(number, values))
        if key not in self._heights:
            ready[number] = self._setter.set_block(number, values)
            if len(self._heights) >= MOST_KEPT:
                self._heights.clear()
            self._heights[key] = ready[number].heights
        return self._heights[key]

    def _draw_in_new_layout(self, values: Values, heights: Any) -> Drawn:
        if len(self._layouts) >= MOST_LAYOUTS:
            raise Unfit("too many layouts of one structure")
        layout = self._setter.lay_out(values)
        if layout.heights != heights:
            raise Unfit("the lines came out otherwise in the whole document")
        self._layouts[heights] = layout
        return _drawn(layout, {}, values, is_new_layout=True)

    def _list_changed(self, layout: Layout, values: Values) -> list[int]:
        owners = {
            owner
            for owner, text, other in zip(self._setter.owners, values.texts, layout.values.texts, strict=True)
            if text != other
        }
        if not all(owner is not None and self._check_sound(owner) for owner in owners):
            raise Unfit("a value stands outside the blocks of lines")
        return sorted(owner for owner in owners if owner is not None)

    def _check_sound(self, number: int) -> bool:
        if number not in self._sound:
            self._sound[number] = self._setter.is_sound(number)
        return self._sound[number]

    def _draw_block(
        self, layout: Layout, number: int, values: Values, lines: SetLines | None, changed: list[int]
    ) -> dict[Place, Piece]:
        texts = self._setter.texts_of(number, values)
        key = (id(layout), number, texts)
        if key in self._kept:
            return self._kept[key]
        lines = lines or self._setter.set_block(number, values)
        _check_container(layout, number, lines, changed, self._first)
        pieces: dict[Place, Piece] = {}
        for places in layout.blocks[number].times:
            pieces.update(zip(places, self._setter.draw(lines, places), strict=True))
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = pieces
        return pieces

    def _draw_heads(self, layout: Layout, number: str) -> dict[Place, Piece]:
        if not layout.heads:
            return {}
        if self._is_head_sound is None:
            self._is_head_sound = self._setter.is_head_sound()
        if not self._is_head_sound:
            raise Unfit("the heads of the pages cannot be drawn alone")
        lines = self._setter.set_head(number)
        return {place: piece for place in layout.heads for piece in self._setter.draw(lines, [place])}


def _check_container(layout: Layout, number: int, lines: SetLines, changed: list[int], first: Layout) -> None:
    block = layout.blocks[number]
    if not block.is_loose:
        if block.width != first.blocks[number].width:
            raise Unfit("a block is wider here")
        return
    own = max(place.width for places in block.times for place in places)
    if block.keeper is None or block.keeper in changed or max(own, lines.width) > block.keeper_width:
        raise Unfit("a container would change its width")


def _drawn(layout: Layout, pieces: dict[Place, Piece], values: Values, *, is_new_layout: bool) -> Drawn:
    places = [part for parts in layout.pages.values() for part in parts if isinstance(part, Place)]
    used = merged([pieces[place][1] if place in pieces else place.used for place in places])
    return Drawn(layout, pieces, values.qr, used, is_new_layout)
