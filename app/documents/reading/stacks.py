"""Uploads as one PDF, and some pages of such a PDF as a file of their own; pictures stay as they were packed."""

import zlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

from app.errors import RuleViolation

MOST_PAGES = 300
MOST_PIXELS = 60_000_000
A4_LONG = 842.0
NOT_ON_A_SCAN = ("/Annots", "/B", "/StructParents", "/PieceInfo", "/Metadata", "/AA")


def bind_uploads(uploads: Iterable[tuple[str, bytes]]) -> tuple[bytes, int]:
    """Checked uploads (kind pdf, jpeg or png; bytes) one after the other as one PDF, and its pages.

    Refuses more than 300 pages, and pictures too large to be drawn.
    """
    with ExitStack() as opened, pikepdf.new() as bound:
        for kind, content in uploads:
            if kind == "pdf":
                source = opened.enter_context(pikepdf.open(BytesIO(content), suppress_warnings=True))
                _check_pictures(source)
                _append(bound, source.pages)
            else:
                _append_picture(bound, kind, content)
            if len(bound.pages) > MOST_PAGES:
                raise RuleViolation(f"一次最多 {MOST_PAGES} 页。请分几次交。", rule="B151")
        return _saved(bound), len(bound.pages)


def take_pages(wanted: Sequence[tuple[Path, int, int]]) -> bytes:
    """These pages (file, position from 1, degrees it lies turned) in this order as one PDF, each upright."""
    with ExitStack() as opened, pikepdf.new() as bound:
        sources = {path: opened.enter_context(pikepdf.open(path)) for path in {path for path, _, _ in wanted}}
        for path, position, turn in wanted:
            bound.pages.append(sources[path].pages[position - 1])
            bound.pages[-1].rotate(-turn, relative=True)
        return _saved(bound)


def _append(bound: pikepdf.Pdf, pages: Iterable[pikepdf.Page]) -> None:
    for page in pages:
        for key in NOT_ON_A_SCAN:
            if key in page.obj:
                del page.obj[key]
        bound.pages.append(page)


def _append_picture(bound: pikepdf.Pdf, kind: str, content: bytes) -> None:
    with Image.open(BytesIO(content), formats=[kind.upper()]) as picture:
        (wide, high), is_grey = picture.size, picture.mode == "L"
        data = content if kind == "jpeg" else zlib.compress(picture.convert("RGB").tobytes(), 6)
    image = pikepdf.Stream(bound, data)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = wide, high, 8
    image.ColorSpace = pikepdf.Name.DeviceGray if kind == "jpeg" and is_grey else pikepdf.Name.DeviceRGB
    image.Filter = pikepdf.Name.DCTDecode if kind == "jpeg" else pikepdf.Name.FlateDecode
    scale = A4_LONG / max(wide, high)
    size = (round(wide * scale, 2), round(high * scale, 2))
    page = bound.add_blank_page(page_size=size)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
    page.obj.Contents = pikepdf.Stream(bound, f"{size[0]} 0 0 {size[1]} 0 0 cm /Scan Do".encode())


def _check_pictures(pdf: pikepdf.Pdf) -> None:
    """A few bytes may claim a picture of any size; it is not unpacked to find out."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            pixels = int(item.get("/Width", 0)) * int(item.get("/Height", 0))
            if not 0 < pixels <= MOST_PIXELS:
                raise RuleViolation("里面有一张图片太大了，不像扫描件。请用 200 或 300 dpi 重新扫描。", rule="R-PII-12")


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()
