"""One document as WeasyPrint laid it out: its pages cut into pieces, a piece for every line of text.

Replaces two functions inside WeasyPrint so that painting notes where each line begins and ends; `typesetting` checks
the version.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.documents.rendering.batch.files import FileFrame
from app.documents.rendering.batch.fonts import OwnFonts, Used
from app.documents.rendering.batch.frame import QR_PLACE, Values, qr_operators


class Unfit(Exception):
    """The document holds something that cannot be taken apart; its papers are rendered whole."""


@dataclass(eq=False)
class Place:
    """Where one line of text stands: left edge of its block's content, top and height, and how it was drawn there."""

    left: float
    top: float
    height: float
    width: float
    piece: bytes = b""
    used: Used = field(default_factory=dict)
    cuts: list[tuple[Any, int, int]] = field(default_factory=list)


@dataclass(eq=False)
class Block:
    """The lines of one element: once in the text, or once on every page when it stands in the pages' foot.

    `box` is where they were laid out. A block in a container as wide as its widest line may change only while
    `keeper`, the number of another block, keeps the container that wide.
    """

    number: int
    box: Any
    width: float
    times: list[list[Place]] = field(default_factory=list)
    is_loose: bool = False
    keeper: int | None = None
    keeper_width: float = 0.0

    @property
    def heights(self) -> tuple[float, ...]:
        """The heights of its lines."""
        return tuple(place.height for place in self.times[0])


@dataclass(eq=False)
class Layout:
    """A document in pieces; drawn with other lines in its places it is another paper."""

    values: Values
    blocks: dict[int, Block]
    heads: list[Place]
    head_box: Any
    pages: dict[int, list[bytes | Place]]
    file: FileFrame
    fonts_number: int
    qr: tuple[int, bytes, bytes, bytes] | None

    @property
    def heights(self) -> tuple[tuple[int, tuple[float, ...]], ...]:
        """The heights of all lines: papers that agree in them share the layout."""
        return tuple((number, block.heights) for number, block in self.blocks.items())

    def forget_boxes(self) -> None:
        """Keep only what is needed to draw other papers, once another layout sets their lines."""
        for block in self.blocks.values():
            block.box = None
        self.head_box = None


def install() -> None:
    """Let WeasyPrint note the lines it paints and leave the fonts to us; nothing when already done."""
    from weasyprint import draw, pdf  # noqa: PLC0415
    from weasyprint.layout import block  # noqa: PLC0415

    plain_draw, plain_fonts = draw.draw_inline_level, pdf.build_fonts_dictionary
    if hasattr(plain_draw, "notes_places"):
        return

    def draw_inline_level(stream: Any, page: Any, box: Any, *rest: Any, **named: Any) -> None:
        place = getattr(box, "place", None)
        # A line within a line, in a box that flows with the text, is a part of the outer one.
        if place is None or getattr(stream, "is_in_line", False):
            plain_draw(stream, page, box, *rest, **named)
            return
        _separate(stream)
        stream.is_in_line = True
        start = len(stream.stream)
        for font in stream._fonts.values():
            font.to_unicode = {}
        plain_draw(stream, page, box, *rest, **named)
        place.piece = joined(stream.stream[start:])
        place.used = {font.hash: font.to_unicode for font in stream._fonts.values() if font.to_unicode}
        place.cuts.append((stream, start, len(stream.stream)))
        stream.is_in_line = False
        _separate(stream)

    def build_fonts_dictionary(pdf_file: Any, fonts: Any, *rest: Any) -> Any:
        if isinstance(fonts, OwnFonts):
            import pydyf  # type: ignore[import-untyped]  # noqa: PLC0415

            return pydyf.Dictionary()
        return plain_fonts(pdf_file, fonts, *rest)

    plain_lines = block.iter_line_boxes

    def iter_line_boxes(context: Any, box: Any, top: float, space: float, skipped: Any, *rest: Any) -> Iterator[Any]:
        memory = getattr(context, "line_memory", None)
        plain = plain_lines(context, box, top, space, skipped, *rest)
        return plain if memory is None or skipped is not None else memory.lines(plain, box, top, rest[0])

    block.iter_line_boxes = iter_line_boxes
    draw_inline_level.notes_places = True  # type: ignore[attr-defined]
    draw.draw_inline_level = draw_inline_level
    pdf.build_fonts_dictionary = build_fonts_dictionary


def _separate(stream: Any) -> None:
    # An empty operator keeps WeasyPrint from joining what stands before and after it; what it set before is set anew.
    stream.stream.append(b"")
    stream._current_color = stream._current_color_stroke = None
    stream._current_alpha = stream._current_alpha_stroke = None
    stream._current_font = stream._old_font = None


def joined(operators: list[Any]) -> bytes:
    """PDF operators as they stand in a stream."""
    return b"\n".join(map(_entry, operators))


def take_layout(document: Any, values: Values, numbers: dict[Any, int]) -> tuple[Layout, Any]:
    """The painted document in pieces, and one of its streams; `numbers` counts its elements.

    Unfit when it cannot be taken apart.
    """
    from weasyprint import DEFAULT_OPTIONS  # noqa: PLC0415
    from weasyprint.pdf import generate_pdf  # noqa: PLC0415

    found = _find_places(document, values, numbers)
    pdf = generate_pdf(document, None, 1, **DEFAULT_OPTIONS)
    streams = {each.number: each for each in pdf.objects if hasattr(each, "page_rectangle")}
    resources = next(each for each in pdf.objects if isinstance(each, dict) and "ExtGState" in each)
    fonts_number = int(resources["Font"].split()[0])
    page_numbers = [int(page["Contents"].split()[0]) for page in pdf.objects if _is_page(page)]
    if any(cut[0].number not in page_numbers for place in found.every for cut in place.cuts):
        raise Unfit("a line was drawn outside its page")
    pages = {number: [*_list_pieces(streams[number], found.every)] for number in page_numbers}
    for place in found.every:
        place.cuts.clear()
    qr = _find_qr(streams, page_numbers) if values.qr else None
    own = {*page_numbers, fonts_number, *((qr[0],) if qr else ())}
    return Layout(
        values,
        dict(sorted(found.blocks.items())),
        found.heads,
        found.head_box,
        pages,
        FileFrame(pdf, own),
        fonts_number,
        qr,
    ), streams[page_numbers[0]]


def _is_page(each: Any) -> bool:
    return isinstance(each, dict) and each.get("Type") == "/Page"


@dataclass
class _Places:
    blocks: dict[int, Block] = field(default_factory=dict)
    heads: list[Place] = field(default_factory=list)
    head_box: Any = None
    every: list[Place] = field(default_factory=list)


def _find_places(document: Any, values: Values, numbers: dict[Any, int]) -> _Places:
    found = _Places()
    containers: dict[int, list[tuple[float, Block]]] = {}
    for page in document.pages:
        for top in page._page_box.children:
            for box, container in _list_boxes(top, None):
                places = _mark_lines(box)
                found.every.extend(places)
                if box.element in numbers:
                    block = _add_to_block(found.blocks, numbers[box.element], box, top, places)
                    if container is not None:
                        block.is_loose = True
                        containers.setdefault(id(container), []).append((max(each.width for each in places), block))
                elif _text_of(box) == values.number:
                    found.heads.extend(places)
                    found.head_box = found.head_box or box
    _find_keepers(containers)
    return found


def _mark_lines(box: Any) -> list[Place]:
    places = []
    for line in box.children:
        line.place = Place(box.content_box_x(), line.position_y, line.height, line.width)
        places.append(line.place)
    return places


def _add_to_block(blocks: dict[int, Block], number: int, box: Any, top: Any, places: list[Place]) -> Block:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    block = blocks.setdefault(number, Block(number, box, box.width))
    # What stands in the foot comes again on each page; what stands in the text goes on there.
    if not block.times or isinstance(top, boxes.MarginBox):
        block.times.append([])
    block.times[-1].extend(places)
    return block


def _list_boxes(box: Any, container: Any) -> Iterator[tuple[Any, Any]]:
    """Every box that holds lines, with the container that is as wide as its content, if there is one around."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415
    from weasyprint.layout.absolute import AbsolutePlaceholder  # noqa: PLC0415

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if not isinstance(box, boxes.ParentBox):
        return
    if _is_as_wide_as_content(box) or (isinstance(container, boxes.TableBox) and isinstance(box, boxes.TableCellBox)):
        container = box
    if box.children and isinstance(box.children[0], boxes.LineBox):
        yield box, container
    for child in box.children:
        yield from _list_boxes(child, container)


def _is_as_wide_as_content(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    if isinstance(box, boxes.MarginBox):
        return True
    if isinstance(box, boxes.TableBox):
        return box.style["table_layout"] != "fixed" or box.style["width"] == "auto"
    is_out = box.is_floated() or box.is_absolutely_positioned()
    if is_out or isinstance(box, boxes.InlineBlockBox):
        return bool(box.style["width"] == "auto")
    return isinstance(box, boxes.FlexContainerBox | boxes.GridContainerBox)


def _find_keepers(containers: dict[int, list[tuple[float, Block]]]) -> None:
    for members in containers.values():
        for _, block in members:
            others = [(width, other.number) for width, other in members if other is not block]
            if others:
                block.keeper_width, block.keeper = max(others)


def _text_of(box: Any) -> str:
    return "".join(getattr(each, "text", "") for each in box.descendants())


def _list_pieces(stream: Any, places: list[Place]) -> Iterator[bytes | Place]:
    at = 0
    cuts = [(start, end, place) for place in places for drawn_on, start, end in place.cuts if drawn_on is stream]
    for start, end, place in sorted(cuts, key=lambda cut: cut[0]):
        yield joined(stream.stream[at:start])
        yield place
        at = end
    yield joined(stream.stream[at:])


def _find_qr(streams: dict[int, Any], pages: list[int]) -> tuple[int, bytes, bytes, bytes]:
    operators = qr_operators(QR_PLACE)
    for number, stream in streams.items():
        content = joined(stream.stream)
        if number not in pages and content.count(operators) == 1:
            head, tail = content.split(operators)
            entries = b"".join(b"/%s %s" % (key.encode(), _entry(value)) for key, value in stream.extra.items())
            return number, head, tail, entries
    raise Unfit("the QR code was not drawn as expected")


def _entry(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    import pydyf  # noqa: PLC0415

    return bytes(pydyf._to_bytes(value))
