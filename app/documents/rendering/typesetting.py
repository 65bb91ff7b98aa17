"""How Chinese lines are set: flush on both sides, and every baseline on the grid.

WeasyPrint stretches only the space U+0020, which leaves Chinese text ragged: here slack is spread as letter spacing
over the Chinese characters. And a line that mixes fonts grows there by their different ascents: here every font
counts as one em high. Both replace functions inside WeasyPrint, so `install` refuses any version but one.
"""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

WEASYPRINT_VERSION = "70.0"
MAX_STRETCH_EM = 0.16
ASCENT_EM = 0.88


def is_stretchable(char: str) -> bool:
    """Whether space may be added after this character: Chinese characters and punctuation, spaces."""
    return char in " \u00a0“”‘’—…·" or 0x2E80 <= ord(char) <= 0xFFEF or ord(char) >= 0x20000


def install() -> None:
    """Replace WeasyPrint's line setting; RuntimeError for another version, nothing when already done."""
    import weasyprint  # noqa: PLC0415
    from weasyprint.layout import inline  # noqa: PLC0415
    from weasyprint.text import line_break  # noqa: PLC0415

    if weasyprint.__version__ != WEASYPRINT_VERSION:
        raise RuntimeError(f"the layout is made for WeasyPrint {WEASYPRINT_VERSION}, not {weasyprint.__version__}")
    if is_installed():
        return
    plain_set_text, plain_metrics = line_break.Layout.set_text, line_break.first_line_metrics

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        spacing, self.justification_spacing = self.justification_spacing, 0
        plain_set_text(self, text, justify)
        self.justification_spacing = spacing
        if justify and spacing:
            _stretch(self, spacing)

    def first_line_metrics(
        first_line: Any, text: str, layout: Any, resume_at: Any, space_collapse: bool, style: Any, *rest: Any
    ) -> tuple[Any, ...]:
        found = plain_metrics(first_line, text, layout, resume_at, space_collapse, style, *rest)
        return (*found[:4], style["font_size"], ASCENT_EM * style["font_size"])

    line_break.Layout.set_text = set_text
    line_break.first_line_metrics = first_line_metrics
    inline.justify_line = _justify_line


def is_installed() -> bool:
    """Whether WeasyPrint in this process sets Chinese lines."""
    from weasyprint.layout import inline  # noqa: PLC0415

    return inline.justify_line is _justify_line


def _justify_line(context: Any, line: Any, slack: float) -> None:
    texts = [box for box in _text_boxes(line) if any(map(is_stretchable, box.text))]
    gaps = sum(is_stretchable(char) for box in texts for char in box.text)
    if not gaps or slack <= 0:
        return
    limit = MAX_STRETCH_EM * line.style["font_size"]
    spacing = min(slack / gaps, limit)
    plain = {id(box): _width(box, 0) for box in texts}
    gain = sum(_width(box, spacing) - plain[id(box)] for box in texts)
    if gain <= 0:
        return
    # Pango drops half a space at both ends of a run, so the first guess falls short: scale it to what was measured.
    _advance(line, min(spacing * slack / gain, limit), 0.0, plain)


def _text_boxes(box: Any) -> list[Any]:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    if isinstance(box, boxes.TextBox):
        return [box] if box.text else []
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return [text for child in box.children for text in _text_boxes(child)]
    return []


def _advance(box: Any, spacing: float, moved: float, plain: Mapping[int, float]) -> float:
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        if id(box) not in plain:
            return moved
        gain = _width(box, spacing) - plain[id(box)]
        box.justification_spacing = spacing
        box.pango_layout.justification_spacing = spacing
        box.width += gain
        return moved + gain
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += moved
        before = moved
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _advance(child, spacing, moved, plain)
        box.width += moved - before
        return moved
    box.translate(moved, 0)
    return moved


def _width(box: Any, spacing: float) -> float:
    from weasyprint.text.line_break import Layout, line_size  # noqa: PLC0415

    layout = Layout(box.style, spacing)
    layout.set_text(box.text, justify=True)
    line, _ = layout.get_first_line()
    return float(line_size(line, box.style)[0])


def _stretch(layout: Any, spacing: float) -> None:
    from weasyprint.text.ffi import TO_UNITS, ffi, pango  # noqa: PLC0415

    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    usual = layout.style["letter_spacing"]
    units = int((spacing + (0 if usual == "normal" else usual)) * TO_UNITS)
    start = 0
    for stretchable, run in groupby(layout.text, is_stretchable):
        end = start + len("".join(run).encode())
        if stretchable:
            attribute = pango.pango_attr_letter_spacing_new(units)
            attribute.start_index, attribute.end_index = start, end
            pango.pango_attr_list_change(attributes, attribute)
        start = end
    pango.pango_layout_set_attributes(layout.layout, attributes)
