"""Scans of papers as a clerk would bring them: drawn, without a word that could be taken for a real document."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SHEET = (620, 877)
PAPER, INK, FAINT, RED = (252, 251, 247), (40, 44, 52), (190, 194, 200), (190, 40, 40)
MARGIN = 70


def draw_signed_sheet(mark: int) -> bytes:
    """A written sheet with a signature at its foot; another one for another mark."""

    def fill(draw: ImageDraw.ImageDraw) -> None:
        _write_lines(draw, MARGIN + 60, 14, mark)
        _sign(draw, SHEET[1] - 170, mark)

    return _as_scan(fill)


def draw_card_copy(mark: int) -> bytes:
    """Both sides of a card on one sheet, as a copier shows them."""

    def fill(draw: ImageDraw.ImageDraw) -> None:
        for top in (130, 460):
            draw.rounded_rectangle((140, top, 480, top + 215), 14, outline=INK, width=2)
            draw.rectangle((360, top + 35, 445, top + 145), fill=FAINT)
            for line in range(4):
                y = top + 45 + 30 * line
                draw.line((165, y, 230 + (mark * 37 + line * 53) % 100, y), fill=INK, width=5)

    return _as_scan(fill)


def draw_receipt(mark: int = 0) -> bytes:
    """A bank's receipt with its round stamp."""

    def fill(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((MARGIN, 120, SHEET[0] - MARGIN, 470), outline=INK, width=2)
        _write_lines(draw, 160, 7, mark)
        draw.ellipse((380, 320, 500, 440), outline=RED, width=4)

    return _as_scan(fill)


def _as_scan(fill: Callable[[ImageDraw.ImageDraw], None]) -> bytes:
    sheet = Image.new("RGB", SHEET, PAPER)
    fill(ImageDraw.Draw(sheet))
    target = BytesIO()
    sheet.save(target, "JPEG", quality=70)
    return target.getvalue()


def _write_lines(draw: ImageDraw.ImageDraw, top: int, count: int, mark: int) -> None:
    for line in range(count):
        y, length = top + 36 * line, 300 + (mark * 61 + line * 97) % 160
        draw.line((MARGIN + 30, y, MARGIN + 30 + length, y), fill=FAINT, width=8)


def _sign(draw: ImageDraw.ImageDraw, top: int, mark: int) -> None:
    points = [(400 + 18 * step, top + (step * 29 + mark * 17) % 60) for step in range(9)]
    draw.line(points, fill=INK, width=4, joint="curve")
