"""The child process that draws one scanned page at a time, reads its code and compares it with printed pages.

It answers lines of JSON with lines of JSON, knows no database, and limits its own memory and processor time.
"""

import base64
import json
import os
import resource
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from app.documents.reading.aligning import Point, choose, fit, likeness, quarter_turn, scaled

MEMORY_BYTES = 1536 * 1024**2
CPU_SECONDS = 20
LONG_SIDES = (2339, 3508)  # A4 at 200 dpi, and at 300 dpi where the first showed no code
PRINTED_SIDE = 1170
SCAN_STEP, PRINTED_STEP = 5, 8
BLUR_SCAN, BLUR_PRINTED = 1.5, 4.0
THUMB_SIDE = 900
EDGE = 0.05
INK = 40
BLANK_SHARE = 0.0005
QR_CODES = zxingcpp.barcode_formats_from_str("QRCode")


@dataclass
class _Seen:
    """The page looked at last: its picture made small, and the corners of its code in the large one."""

    small: Image.Image | None = None
    corners: list[Point] = field(default_factory=list)


def main() -> None:
    """Answer requests until the standard input closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not end up between two answers.
    os.dup2(2, 1)
    reader = Reader()
    for line in source:
        _limit_cpu()
        target.write(json.dumps(reader.answer(json.loads(line))).encode() + b"\n")
        target.flush()


class Reader:
    """One scanned page in memory, and the printed pages of the last papers made small."""

    def __init__(self) -> None:
        self._seen = _Seen()

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked for; a page that cannot be drawn is a fault, not an end."""
        try:
            if "look" in request:
                return self.look(request["file"], request["look"])
            if "match" in request:
                return self.match(request["match"])
            return {"jpeg": base64.b64encode(thumb(request["file"], request["thumb"], request["turn"])).decode()}
        except (pypdfium2.PdfiumError, MemoryError, ValueError, OSError) as fault:
            return {"fault": type(fault).__name__}

    def look(self, path: str, position: int) -> dict[str, Any]:
        """What the code on the page says (None without one), and whether the page is blank."""
        self._seen = _Seen()
        for side in LONG_SIDES:
            picture = draw(path, position, side)
            found = read_code(picture)
            if found is not None:
                self._seen = _Seen(_small(picture, SCAN_STEP, BLUR_SCAN), found[1])
                return {"code": found[0], "blank": False}
            if is_blank(picture):
                return {"code": None, "blank": True}
        return {"code": None, "blank": False}

    def match(self, path: str) -> dict[str, Any]:
        """Which page of the printed file the page looked at last is, None when unclear, and how it lies turned."""
        small, corners = self._seen.small, self._seen.corners
        assert small is not None
        scores, turns = [], []
        for printed, size, content in printed_pages(path):
            if not printed:
                scores.append(0.0)
                turns.append(0)
                continue
            affine = fit(printed, corners)
            between = scaled(affine, source=PRINTED_STEP, target=SCAN_STEP)
            laid = small.transform(size, Image.Transform.AFFINE, between, Image.Resampling.BILINEAR, fillcolor=235)
            scores.append(likeness(laid.tobytes(), content))
            turns.append(quarter_turn(affine))
        number = choose(scores) if len(scores) > 1 else 1
        return {"number": number, "turn": turns[number - 1 if number else 0], "scores": scores}


def draw(path: str, position: int, side: int) -> Image.Image:
    """One page in grey, its longer side so many pixels."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[position - 1]
        longest = max(page.get_size())
        if longest <= 0:
            raise ValueError("a page without size")
        picture: Image.Image = page.render(scale=side / longest, grayscale=True).to_pil().convert("L")
        page.close()
    return picture


def read_code(picture: Image.Image) -> tuple[str, list[Point]] | None:
    """The text of the QR code on a page and its corners, first the upper left one of the code itself."""
    for code in zxingcpp.read_barcodes(picture, formats=QR_CODES):
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        return code.text, [(float(corner.x), float(corner.y)) for corner in corners]
    return None


def is_blank(picture: Image.Image) -> bool:
    """Nothing dark on the page but its edges: a reverse side. Pure white is no scan: its picture did not open."""
    if picture.getextrema() == (255, 255):
        return False
    wide, high = picture.size
    inner = picture.crop((int(wide * EDGE), int(high * EDGE), int(wide * (1 - EDGE)), int(high * (1 - EDGE))))
    # Four pixels together: grains of noise go, lines of writing stay.
    levels = inner.reduce(4).histogram()
    paper = max(range(256), key=levels.__getitem__)
    return sum(levels[: max(paper - INK, 0)]) < BLANK_SHARE * sum(levels)


@lru_cache(maxsize=4)
def printed_pages(path: str) -> tuple[tuple[list[Point], tuple[int, int], bytes], ...]:
    """Of each page of a printed paper the corners of its code, and the page made small."""
    with pypdfium2.PdfDocument(path) as pdf:
        count = len(pdf)
    return tuple(_printed(draw(path, position, PRINTED_SIDE)) for position in range(1, count + 1))


def thumb(path: str, position: int, turn: int) -> bytes:
    """A page as a small picture, turned back."""
    target = BytesIO()
    draw(path, position, THUMB_SIDE).rotate(turn, expand=True).save(target, "JPEG", quality=70)
    return target.getvalue()


def _printed(picture: Image.Image) -> tuple[list[Point], tuple[int, int], bytes]:
    """Without the foot: the code is the same on every page and would make them alike."""
    found = read_code(picture)
    small = _small(picture, PRINTED_STEP, BLUR_PRINTED / PRINTED_STEP)
    if found is None:
        return [], small.size, small.tobytes()
    foot = int(min(y for _, y in found[1])) // PRINTED_STEP - 1
    body = small.crop((0, 0, small.width, foot)) if foot > small.height // 2 else small
    return found[1], body.size, body.tobytes()


def _small(picture: Image.Image, step: int, blur: float) -> Image.Image:
    return picture.reduce(step).filter(ImageFilter.GaussianBlur(blur))


def _limit_cpu() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, resource.RLIM_INFINITY))
