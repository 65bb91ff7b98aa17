"""The lines of one block with other values: built, broken, justified and drawn by WeasyPrint as in a whole one."""

from collections.abc import Callable, Iterable, Iterator
from math import inf
from typing import Any

from app.documents.rendering.batch.fonts import Fonts, Used
from app.documents.rendering.batch.frame import QR_PLACE, Values, is_value
from app.documents.rendering.batch.layouts import Block, Layout, Place, Unfit, joined, take_layout
from app.documents.rendering.batch.memory import LineMemory

Piece = tuple[bytes, Used]
_KEPT = ("style", "title")


class SetLines:
    """Laid out lines, to be drawn in one place after the other."""

    def __init__(self, lines: list[Any], left: float) -> None:
        self._lines = lines
        # The left edge of the block of each line; drawing moves it.
        self._lefts = [left] * len(lines)

    @property
    def heights(self) -> tuple[float, ...]:
        """The heights of the lines."""
        return tuple(line.height for line in self._lines)

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max((line.width for line in self._lines), default=0.0)

    def moved_to(self, places: list[Place]) -> Iterator[Any]:
        """Each line, moved to its place."""
        for at, (line, place) in enumerate(zip(self._lines, places, strict=True)):
            line.translate(place.left - self._lefts[at], place.top - line.position_y)
            self._lefts[at] = place.left
            yield line


class Setter:
    """Sets the lines of any block of one structure, or the whole; keeps the parsed document and its styles."""

    def __init__(self, html: str, values: Values, parse: Callable[[str], Any], fonts: Fonts) -> None:
        self._fonts = fonts
        self._html = parse(html)
        self._elements = list(self._html.etree_element.iter())
        self._numbers = {element: number for number, element in enumerate(self._elements)}
        self._parents = {child: parent for parent in self._elements for child in parent}
        self._spots = _list_spots(self._html.etree_element)
        if tuple(getattr(element, part) for element, part in self._spots) != values.texts:
            raise Unfit("the parsed texts are not those of the paper")
        self._number_at = next(each for each in self._elements if each.get("data-number") is not None)
        self._qr_at = [each for each in self._elements if values.qr and each.get("d") == values.qr]
        self._memory = LineMemory()
        self._context: Any = None
        self._stream: Any = None
        self.first = self.lay_out(values)
        self.owners = [self._owner(*spot) for spot in self._spots]
        self._spots_of: dict[int, list[int]] = {}
        for at, owner in enumerate(self.owners):
            if owner is not None:
                self._spots_of.setdefault(owner, []).append(at)

    def lay_out(self, values: Values) -> Layout:
        """A whole layout of the structure with these values."""
        from weasyprint.document import Document, DocumentMetadata, Page, get_html_metadata  # noqa: PLC0415
        from weasyprint.formatting_structure.build import build_formatting_structure  # noqa: PLC0415
        from weasyprint.layout import layout_document  # noqa: PLC0415

        self._write(values, range(len(self._spots)))
        self._number_at.set("data-number", values.number)
        for path in self._qr_at:
            path.set("d", QR_PLACE)
        context = self._new_context()
        context.line_memory = self._memory
        root = build_formatting_structure(
            self._html.etree_element,
            context.style_for,
            context.get_image_from_uri,
            self._html.base_url,
            context.target_collector,
            context.counter_style,
            context.footnotes,
        )
        pages = [Page(box) for box in layout_document(self._html, root, context)]
        metadata = DocumentMetadata(**get_html_metadata(self._html))
        document = Document(pages, metadata, self._html.url_fetcher, context.font_config, {}, None)
        document.fonts = self._fonts.known
        layout, stream = take_layout(document, values, self._numbers)
        if self._context is None:
            self._context, self._stream = context, stream
            context.create_block_formatting_context()
        else:
            layout.forget_boxes()
        return layout

    def texts_of(self, block: int, values: Values) -> tuple[str, ...]:
        """The texts of one block."""
        return tuple(values.texts[at] for at in self._spots_of[block])

    def set_block(self, number: int, values: Values) -> SetLines:
        """The lines of a block with these values; Unfit when it holds more than text."""
        from weasyprint.formatting_structure import boxes, build  # noqa: PLC0415

        self._write(values, self._spots_of[number])
        context = self._context
        (box,) = build.element_to_box(
            self._elements[number],
            context.style_for,
            context.get_image_from_uri,
            self._html.base_url,
            context.target_collector,
            context.counter_style,
            [],
        )
        box.process_whitespace()
        box.process_text_transform()
        box = build.create_anonymous_boxes(box)
        if len(box.children) != 1 or not isinstance(box.children[0], boxes.LineBox):
            raise Unfit("a block that is not of lines alone")
        return self._set(box.children[0], self.first.blocks[number].box)

    def set_head(self, number: str) -> SetLines:
        """The line with the paper's number in the heads of the pages."""
        from weasyprint.formatting_structure import boxes  # noqa: PLC0415

        margin_box = self.first.head_box
        text = boxes.TextBox.anonymous_from(margin_box, number)
        return self._set(boxes.LineBox.anonymous_from(margin_box, [text]), margin_box)

    def draw(self, lines: SetLines, places: list[Place]) -> list[Piece]:
        """The lines as they are painted in these places."""
        return [self._draw(line) for line in lines.moved_to(places)]

    def is_sound(self, number: int) -> bool:
        """Whether a block that is set and drawn alone comes out byte for byte as in the whole document."""
        block = self.first.blocks[number]
        if (block.is_loose and not _keeps_left(block)) or block.box.style["bookmark_level"] != "none":
            return False
        try:
            lines = self.set_block(number, self.first.values)
            return all(self._is_same(lines, places) for places in block.times)
        except (Unfit, ValueError, AttributeError):
            return False

    def is_head_sound(self) -> bool:
        """The same for the number in the heads."""
        if self.first.head_box is None:
            return False
        lines = self.set_head(self.first.values.number)
        return all(self._is_same(lines, [place]) for place in self.first.heads)

    def _is_same(self, lines: SetLines, places: list[Place]) -> bool:
        return self.draw(lines, places) == [(place.piece, place.used) for place in places]

    def _set(self, line_box: Any, container: Any) -> SetLines:
        from weasyprint.layout.inline import iter_line_boxes  # noqa: PLC0415

        found = iter_line_boxes(
            self._context, line_box, container.content_box_y(), -inf, None, container, [], [], None, None
        )
        lines = [line for line, _ in found]
        for line in lines:
            for box in line.descendants():
                box.background = None
        return SetLines(lines, container.content_box_x())

    def _draw(self, line: Any) -> Piece:
        from weasyprint.draw import draw_inline_level  # noqa: PLC0415

        stream = self._stream.clone()
        before = len(stream._resources["ExtGState"]), len(stream._resources["XObject"])
        for font in stream._fonts.values():
            font.to_unicode = {}
        draw_inline_level(stream, None, line)
        if before != (len(stream._resources["ExtGState"]), len(stream._resources["XObject"])):
            raise Unfit("a line needs what the file does not have")
        used = {font.hash: font.to_unicode for font in stream._fonts.values() if font.to_unicode}
        return joined(stream.stream), used

    def _write(self, values: Values, spots: Iterable[int]) -> None:
        for at in spots:
            element, part = self._spots[at]
            setattr(element, part, values.texts[at])

    def _owner(self, element: Any, part: str) -> int | None:
        at = element if part == "text" else self._parents.get(element)
        while at is not None and self._numbers[at] not in self.first.blocks:
            at = self._parents.get(at)
        return None if at is None else self._numbers[at]

    def _new_context(self) -> Any:
        from weasyprint import DEFAULT_OPTIONS  # noqa: PLC0415
        from weasyprint.css.counters import CounterStyle  # noqa: PLC0415
        from weasyprint.css.targets import TargetCollector  # noqa: PLC0415
        from weasyprint.document import Document  # noqa: PLC0415
        from weasyprint.layout import LayoutContext  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        if self._context is None:
            return Document._build_layout_context(
                self._html, FontConfiguration(), CounterStyle(), {}, DEFAULT_OPTIONS.copy()
            )
        known = self._context
        return LayoutContext(
            known.style_for, known.get_image_from_uri, known.font_config, known.counter_style, TargetCollector()
        )


def _list_spots(element: Any) -> list[tuple[Any, str]]:
    """Where the values of a parsed document stand, in its order: element, and `text` or `tail`."""
    spots: list[tuple[Any, str]] = []
    if element.tag in _KEPT:
        return spots
    if is_value(element.text):
        spots.append((element, "text"))
    for child in element:
        spots.extend(_list_spots(child))
        if is_value(child.tail):
            spots.append((child, "tail"))
    return spots


def _keeps_left(block: Block) -> bool:
    style = block.box.style
    return style["white_space"] == "nowrap" and style["text_align_all"] in ("left", "start", "justify")
