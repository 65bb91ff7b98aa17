"""How pictures and signed files get into a bound file without being decoded or held in memory.

They are written as streams of a plain PDF, to which the binder adds its pages; the library copies them from file to
file when it saves, which it does not do for streams of another PDF. A JPEG goes in as it is, of a PNG its packed rows.
"""

import shutil
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pikepdf
from PIL import Image

from app.documents.binding.parts import JPEG
from app.errors import FileMissing

PNG_START = b"\x89PNG\r\n\x1a\n"
COLOURS = {"L": (b"/DeviceGray", 1), "RGB": (b"/DeviceRGB", 3), "CMYK": (b"/DeviceCMYK", 4)}


@dataclass(frozen=True)
class Picture:
    """A picture in the carrier: the place of its stream, its size in pixels."""

    place: int
    width: int
    height: int


class Carrier:
    """Writes one stream after the other; `finish` adds what makes a PDF of them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._offsets: list[int] = []
        file.write(b"%PDF-1.7\n")

    def add_picture(self, path: Path, kind: str) -> Picture:
        """Take in a JPEG or PNG; refuses a kind of picture that cannot be kept as it is (FileMissing)."""
        with Image.open(path) as picture:
            (width, height), mode = picture.size, picture.mode
        if mode not in COLOURS:
            raise FileMissing("有一张扫描图片的格式不能入卷。请重新扫描后再传。")
        name, channels = COLOURS[mode]
        head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%b" % (width, height, name)
        if kind == JPEG:
            place = self._copy(path, head + b"/Filter/DCTDecode")
        else:
            rows = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent 8/Columns %d>>"
            place = self._write(_packed_rows(path), head + rows % (channels, width))
        return Picture(place, width, height)

    def add_file(self, path: Path, made_on: bytes) -> int:
        """Take in a whole PDF as an embedded file; gives the place of its stream."""
        head = b"/Type/EmbeddedFile/Subtype/application#2Fpdf/Params<</ModDate(%b)/Size %d>>"
        return self._copy(path, head % (made_on, path.stat().st_size))

    def finish(self) -> None:
        """Write the catalogue that names every stream, and the table of places."""
        names = b" ".join(b"%d 0 R" % (place + 1) for place in range(len(self._offsets)))
        self._begin()
        self._file.write(b"<</Type/Pages/Kids[]/Count 0>>\nendobj\n")
        pages = len(self._offsets)
        self._begin()
        self._file.write(b"<</Type/Catalog/Pages %d 0 R/Carried[%b]>>\nendobj\n" % (pages, names))
        start, count = self._file.tell(), len(self._offsets)
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (count + 1))
        self._file.writelines(b"%010d 00000 n \n" % offset for offset in self._offsets)
        self._file.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count + 1, count, start))
        self._file.flush()

    def _copy(self, path: Path, head: bytes) -> int:
        place = self._begin()
        self._file.write(b"<<%b/Length %d>>\nstream\n" % (head, path.stat().st_size))
        with path.open("rb") as source:
            shutil.copyfileobj(source, self._file, 1 << 20)
        self._file.write(b"\nendstream\nendobj\n")
        return place

    def _write(self, content: bytes, head: bytes) -> int:
        place = self._begin()
        self._file.write(b"<<%b/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (head, len(content), content))
        return place

    def _begin(self) -> int:
        self._offsets.append(self._file.tell())
        self._file.write(b"%d 0 obj\n" % len(self._offsets))
        return len(self._offsets) - 1


def open_carrier(path: Path) -> tuple[pikepdf.Pdf, list[pikepdf.Object]]:
    """A finished carrier as the file to build on, and its streams by their places; they are read when it is saved."""
    pdf = pikepdf.open(path, access_mode=pikepdf.AccessMode.stream)
    streams = list(pdf.Root.Carried)
    del pdf.Root.Carried
    return pdf, streams


def _packed_rows(path: Path) -> bytes:
    """The packed rows of a PNG of eight bits a channel without interlace, else the rows packed anew."""
    rows, is_plain = [], False
    with path.open("rb") as file:
        file.seek(len(PNG_START))
        while len(prefix := file.read(8)) == 8:
            length, name = struct.unpack(">I4s", prefix)
            body = file.read(length)
            file.seek(4, 1)
            if name == b"IHDR":
                is_plain = body[8] == 8 and body[12] == 0
            elif name == b"IDAT":
                rows.append(body)
    return b"".join(rows) if is_plain else _repacked(path)


def _repacked(path: Path) -> bytes:
    with Image.open(path) as picture:
        width, height = picture.size
        content, channels = picture.tobytes(), len(picture.getbands())
    step = width * channels
    return zlib.compress(b"".join(b"\0" + content[row * step : (row + 1) * step] for row in range(height)))
