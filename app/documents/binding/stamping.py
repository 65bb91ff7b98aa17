"""The page number on every bound page: 第 n 页, above on the outer edge, whatever way the page lies.

Odd numbers are fronts and have it on the right, even ones on the left.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import pikepdf

SIGNS = "第页0123456789 "
FONT = pikepdf.Name("/FtStamp")
SIZE, ASIDE, BELOW_TOP = 10.5, 42.0, 36.0
A4_WIDTH = 595.28
_BFCHAR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


@dataclass(frozen=True)
class StampFont:
    """A font of the bound file that holds the signs of a page number: its codes and widths in thousandths."""

    font: pikepdf.Object
    codes: dict[str, str]
    widths: dict[str, float]

    def encode(self, text: str) -> tuple[bytes, float]:
        """The text as the font's codes, and its width in thousandths of the size."""
        return "".join(self.codes[sign] for sign in text).encode(), sum(self.widths[sign] for sign in text)


def find_font(page: pikepdf.Page) -> StampFont:
    """The font on a specimen page that holds every sign; LookupError when none does."""
    for font in page.obj.Resources.Font.values():
        codes = _codes_of(font)
        if all(sign in codes for sign in SIGNS):
            return StampFont(font, codes, _widths_of(font, codes))
    raise LookupError("no font of the specimen page holds the signs of a page number")


def stamp(page: pikepdf.Page, number: int, font: StampFont, opening: pikepdf.Stream) -> None:
    """Write the number on a page; `opening` is the shared stream that guards the state the page leaves behind."""
    matrix, width, height = _upright(page)
    scale = min(max(width / A4_WIDTH, 0.5), 4.0)
    codes, length = font.encode(f"第 {number} 页")
    size = SIZE * scale
    aside = ASIDE * scale
    x = width - aside - length * size / 1000 if number % 2 else aside
    text = b"\nQ q %b cm 0 g BT /FtStamp %.2f Tf 1 0 0 1 %.2f %.2f Tm <%b> Tj ET Q\n" % (
        matrix,
        size,
        x,
        height - BELOW_TOP * scale,
        codes,
    )
    _resources_of(page)[FONT] = font.font
    page.contents_add(opening, prepend=True)
    page.contents_add(text)


def _resources_of(page: pikepdf.Page) -> pikepdf.Object:
    """The page's own dictionary of fonts: other pages may share its resources, but the name is the same on all."""
    if pikepdf.Name.Resources not in page.obj:
        page.obj.Resources = pikepdf.Dictionary()
    resources = page.obj.Resources
    if pikepdf.Name.Font not in resources:
        resources.Font = pikepdf.Dictionary()
    return resources.Font


def _upright(page: pikepdf.Page) -> tuple[bytes, float, float]:
    """How a point of the page as it is seen becomes one of the page as it is written; width and height as seen."""
    left, low, right, top = sorted_box([float(value) for value in page.cropbox])
    wide, high = right - left, top - low
    turns = int(page.obj.get(pikepdf.Name.Rotate, 0)) % 360
    parts = {
        90: (0, 1, -1, 0, right, low),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }.get(turns, (1, 0, 0, 1, left, low))
    matrix = b"%d %d %d %d %.3f %.3f" % parts
    return (matrix, high, wide) if turns in (90, 270) else (matrix, wide, high)


def sorted_box(box: list[float]) -> list[float]:
    """Left, low, right, top, whatever corners the box names."""
    return [min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])]


def _codes_of(font: pikepdf.Object) -> dict[str, str]:
    if pikepdf.Name.ToUnicode not in font:
        return {}
    blocks = _BLOCK.findall(font.ToUnicode.read_bytes())
    pairs = [pair for block in blocks for pair in _BFCHAR.findall(block)]
    return {bytes.fromhex(sign.decode()).decode("utf-16-be"): code.decode() for code, sign in pairs}


def _widths_of(font: pikepdf.Object, codes: dict[str, str]) -> dict[str, float]:
    descendant = font.DescendantFonts[0]
    standard = float(descendant.get(pikepdf.Name.DW, 1000))
    listed: dict[int, float] = {}
    for first, widths in pairwise(descendant.get(pikepdf.Name.W, pikepdf.Array())):
        if isinstance(widths, pikepdf.Array):
            listed.update({int(first) + step: float(width) for step, width in enumerate(widths)})
    return {sign: listed.get(int(codes[sign], 16), standard) for sign in SIGNS}
