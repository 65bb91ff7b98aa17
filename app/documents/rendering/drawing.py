"""How seals, signatures and QR codes become vector drawings without text.

They are paths, so they never enter the text layer or the reading order of a paper.
"""

from functools import lru_cache
from itertools import pairwise
from math import cos, pi, sin

from markupsafe import Markup

from app.documents.rendering.glyphs import SEAL_CHAIN, get_outline
from app.documents.rendering.marks import SignatureKind, SignatureMark, Stroke
from app.documents.rendering.places import FANDOL

RED = "#d8121b"
INK = "#141b3c"
_KAI_CHAIN = (FANDOL / "FandolKai-Regular.otf", *SEAL_CHAIN[1:])
_RADIUS = 21.0
_RING = 1.1
_NOTES = {SignatureKind.FINGERPRINT: "已按指印", SignatureKind.ON_PAPER: "纸质签名存卷"}


@lru_cache(maxsize=200)
def seal_svg(name: str) -> Markup:
    """A round seal of 42 mm with ring, star and the name's outlines running clockwise from the lower left."""
    letters = "".join(_seal_letters(name))
    ring = f'<circle r="{_RADIUS - _RING / 2}" fill="none" stroke="{RED}" stroke-width="{_RING}"/>'
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="42mm" height="42mm" viewBox="-21 -21 42 42">'
        f'{ring}<g fill="{RED}"><path d="{_star(6.5)}"/>{letters}</g></svg>'
    )


def signature_svg(mark: SignatureMark, *, width_mm: float = 34.0, height_mm: float = 9.0) -> Markup:
    """The signature as ink strokes, cropped to the ink, at most `width_mm` wide and `height_mm` high.

    Fingerprint and on-paper marks become an outlined note.
    """
    if mark.kind is not SignatureKind.HAND:
        return outline_svg(_NOTES[mark.kind], height_mm=3.6, colour=INK)
    points = [point for stroke in mark.strokes for point in stroke]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide = max(max(x for x, _ in points) - left, 1.0)
    high = max(max(y for _, y in points) - top, 1.0)
    scale = min(width_mm / wide, height_mm / high)
    paths = " ".join(_stroke_path(stroke, left, top, scale) for stroke in mark.strokes if stroke)
    width, height = wide * scale + 1, high * scale + 1
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:.2f}mm" '
        f'viewBox="-0.5 -0.5 {width:.2f} {height:.2f}"><path d="{paths}" fill="none" stroke="{INK}" '
        'stroke-width="0.55" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


@lru_cache(maxsize=200)
def outline_svg(text: str, *, height_mm: float, colour: str, song: bool = False) -> Markup:
    """A word as outlines on one line, `height_mm` an em high."""
    chain = SEAL_CHAIN if song else _KAI_CHAIN
    parts, x = [], 0.0
    for char in text:
        path, advance, em = get_outline(char, chain)
        scale = height_mm / em
        shift = f"translate({x:.3f} {height_mm * 0.88:.3f}) scale({scale:.6f} {-scale:.6f})"
        parts.append(f'<path transform="{shift}" d="{path}"/>')
        x += advance * scale
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{x:.2f}mm" height="{height_mm:.2f}mm" '
        f'viewBox="0 0 {x:.2f} {height_mm:.2f}"><g fill="{colour}">{"".join(parts)}</g></svg>'
    )


@lru_cache(maxsize=1_000)
def qr_svg(address: str, *, size_mm: float) -> Markup:
    """A QR code, error level M, without quiet zone: the layout keeps 2 mm clear around it."""
    import segno  # noqa: PLC0415

    matrix = segno.make(address, error="m", micro=False).matrix
    rows = (_row_path(y, row) for y, row in enumerate(matrix))
    side = len(matrix)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size_mm}mm" height="{size_mm}mm" '
        f'viewBox="0 0 {side} {side}"><path d="{"".join(rows)}"/></svg>'
    )


def _row_path(y: int, row: bytearray) -> str:
    edges = [0, *(x for x in range(1, len(row)) if row[x] != row[x - 1]), len(row)]
    return "".join(f"M{start} {y}h{end - start}v1h{start - end}z" for start, end in pairwise(edges) if row[start])


def _seal_letters(name: str) -> list[str]:
    count = len(name)
    share = min(max((count - 6) / 12, 0.0), 1.0)
    arc, size = 216 + 80 * share, 6.4 - 2.2 * share
    distance = _RADIUS - _RING - 0.9 - size / 2
    step = arc / (count - 1) if count > 1 else 0.0
    narrow = 0.86
    letters = []
    for place, char in enumerate(name):
        path, advance, em = get_outline(char, SEAL_CHAIN)
        scale = size / em
        turn = place * step - (arc / 2 if count > 1 else 0.0)
        move = (
            f"rotate({turn:.3f}) translate(0 {-distance:.3f}) scale({scale * narrow:.6f} {-scale:.6f}) "
            f"translate({-advance / 2:.1f} {-0.38 * em:.1f})"
        )
        letters.append(f'<path transform="{move}" d="{path}"/>')
    return letters


def _star(radius: float) -> str:
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.381966
        angle = -pi / 2 + corner * pi / 5
        corners.append(f"{reach * cos(angle):.3f} {reach * sin(angle):.3f}")
    return f"M{'L'.join(corners)}Z"


def _stroke_path(stroke: Stroke, left: float, top: float, scale: float) -> str:
    points = [((x - left) * scale, (y - top) * scale) for x, y in stroke]
    path = f"M{points[0][0]:.2f} {points[0][1]:.2f}"
    if len(points) == 1:
        return f"{path}h0.01"
    for (x1, y1), (x2, y2) in pairwise(points):
        path += f"Q{x1:.2f} {y1:.2f} {(x1 + x2) / 2:.2f} {(y1 + y2) / 2:.2f}"
    return f"{path}L{points[-1][0]:.2f} {points[-1][1]:.2f}"
