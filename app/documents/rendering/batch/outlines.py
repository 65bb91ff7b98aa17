"""The outlines of a batch's glyphs: cut once out of the fonts, put together anew for each paper.

A glyph of a CFF font is compressed once, on its own: deflate blocks can be joined, so that the font of a paper costs
no compression at all and depends on nothing but the glyphs the paper uses.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from types import SimpleNamespace
from typing import Any

LATIN = range(0x20, 0x7F)
MOST_KEPT = 200
_ROS, _FD_ARRAY, _FD_SELECT, _CID_COUNT = (12, 30), (12, 36), (12, 37), (12, 34)
_CHARSET, _CHAR_STRINGS, _PRIVATE, _BOX, _SUBRS = (15,), (17,), (18,), (5,), (19,)
_FIRST_OWN_STRING = 391
Operands = dict[tuple[int, ...], list[bytes]]


class UnknownFont(Exception):
    """A font is built otherwise than the papers' fonts; its papers are rendered whole."""


@dataclass(frozen=True)
class FontFile:
    """A compressed font program and how a PDF has to call it."""

    data: bytes
    length: int
    is_cff: bool


class CffOutlines:
    """The glyphs of one CFF font with CIDs that were needed so far."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._glyphs: dict[int, tuple[bytes, bytes]] = {}
        self._private = b""
        self._box = b""

    def learn(self, glyphs: Iterable[int]) -> None:
        """Cut out the glyphs that are not known yet, together."""
        new = sorted(({0} | set(glyphs)) - self._glyphs.keys())
        if not new:
            return
        cff = _table(cut(self._font, new), b"CFF ")
        top, strings = _read_cff(cff)
        private = _private_of(cff, top)
        if self._private not in (b"", private):
            raise UnknownFont("a font changed between two cuts")
        self._private, self._box = private, b"".join(top[_BOX])
        for glyph in new:
            outline = strings.item(glyph)
            self._glyphs[glyph] = (outline, _segment(outline))

    def file(self, glyphs: Mapping[int, str], name: bytes) -> FontFile:
        """The program with these glyphs under their numbers; they must have been learned."""
        chosen = [0, *sorted(set(glyphs) - {0})]
        outlines = [self._glyphs[glyph] for glyph in chosen]
        head = _cff_head(chosen, [len(outline) for outline, _ in outlines], name, self._box, self._private)
        plain = head + b"".join(outline for outline, _ in outlines)
        body = b"".join(segment for _, segment in outlines)
        data = b"\x78\xda" + _segment(head) + body + b"\x03\x00" + zlib.adler32(plain).to_bytes(4, "big")
        return FontFile(data, len(plain), is_cff=True)


class TrueTypeOutlines:
    """The glyphs of one TrueType font; Latin letters and digits come all or not at all."""

    def __init__(self, font: Any) -> None:
        self._font = font
        self._files: dict[frozenset[int], FontFile] = {}
        self._latin: frozenset[int] = frozenset()

    def learn(self, glyphs: Iterable[int]) -> None:
        """Nothing: the font is cut when it is asked for."""

    def file(self, glyphs: Mapping[int, str], name: bytes) -> FontFile:
        """The program with these glyphs under their numbers."""
        wanted = frozenset(glyphs)
        if all(text.isascii() for text in glyphs.values()):
            self._latin = self._latin or _latin_glyphs(self._font)
            wanted = next((known for known in self._files if wanted <= known), wanted | self._latin)
        if wanted not in self._files:
            if len(self._files) > MOST_KEPT:
                self._files.clear()
            content = cut(self._font, sorted(wanted))
            self._files[wanted] = FontFile(zlib.compress(content, 9), len(content), is_cff=False)
        return self._files[wanted]


Outlines = CffOutlines | TrueTypeOutlines


def outlines_of(font: Any) -> Outlines:
    """The outlines of one of WeasyPrint's fonts; afterwards it keeps no copy of the file."""
    if font.bitmap or font.png or font.svg or font.colr or font.missing or "fvar" in font.tables:
        raise UnknownFont(font.family)
    outlines = CffOutlines(font) if font.type == "otf" else TrueTypeOutlines(font)
    font.file_content = font.file_content[:4]
    return outlines


def cut(font: Any, glyphs: list[int]) -> bytes:
    """The font's file with these glyphs only, under their numbers, without hints, as WeasyPrint cuts it."""
    from weasyprint.pdf.fonts import Font  # noqa: PLC0415

    shim = SimpleNamespace(hb_face=font.hb_face, missing={}, family=font.family, file_content=b"")
    Font._harfbuzz_subset(shim, dict.fromkeys(glyphs, ""), hinting=False)
    if not shim.file_content:
        raise UnknownFont(font.family)
    return shim.file_content


def _latin_glyphs(font: Any) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from weasyprint.text.fonts import get_hb_object_data  # noqa: PLC0415

    program = TTFont(BytesIO(get_hb_object_data(font.hb_face)), fontNumber=font.index, lazy=True)
    codes = program.getBestCmap()
    return frozenset(program.getGlyphID(codes[code]) for code in LATIN if code in codes)


def _segment(data: bytes) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return press.compress(data) + press.flush(zlib.Z_FULL_FLUSH)


def _table(sfnt: bytes, tag: bytes) -> bytes:
    for at in range(12, 12 + 16 * int.from_bytes(sfnt[4:6], "big"), 16):
        if sfnt[at : at + 4] == tag:
            start, size = (int.from_bytes(sfnt[at + skip : at + skip + 4], "big") for skip in (8, 12))
            return sfnt[start : start + size]
    raise UnknownFont(f"no table {tag!r}")


class _Index:
    """An INDEX of the CFF format."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._count = int.from_bytes(data[at : at + 2], "big")
        self._size = data[at + 2] if self._count else 0
        self._offsets = at + 3
        self._first = at + 2 + (self._count + 1) * self._size
        self.end = self._first + self._offset(self._count) if self._count else at + 2

    def _offset(self, number: int) -> int:
        at = self._offsets + number * self._size
        return int.from_bytes(self._data[at : at + self._size], "big")

    def item(self, number: int) -> bytes:
        """The bytes of one item, counted from 0."""
        if number >= self._count:
            raise UnknownFont(f"no glyph {number}")
        return self._data[self._first + self._offset(number) : self._first + self._offset(number + 1)]


def _read_cff(cff: bytes) -> tuple[Operands, _Index]:
    tops = _Index(cff, _Index(cff, cff[2]).end)
    top = dict(_operands(tops.item(0)))
    if _ROS not in top:
        raise UnknownFont("a font without CIDs")
    return top, _Index(cff, _number(top[_CHAR_STRINGS][0]))


def _private_of(cff: bytes, top: Operands) -> bytes:
    fonts = _Index(cff, _number(top[_FD_ARRAY][0]))
    if fonts._count != 1:
        raise UnknownFont("a font of several dictionaries")
    size, start = (_number(each) for each in dict(_operands(fonts.item(0)))[_PRIVATE])
    entries = dict(_operands(cff[start : start + size]))
    return b"".join(b"".join(values) + bytes(operator) for operator, values in entries.items() if operator != _SUBRS)


def _operands(data: bytes) -> Iterator[tuple[tuple[int, ...], list[bytes]]]:
    values: list[bytes] = []
    at = 0
    while at < len(data):
        first = data[at]
        if first <= 21:
            size = 2 if first == 12 else 1
            yield tuple(data[at : at + size]), values
            values = []
        else:
            size = _operand_size(data, at)
            values.append(data[at : at + size])
        at += size


def _operand_size(data: bytes, at: int) -> int:
    first = data[at]
    if first == 30:  # a real number: half bytes up to an f
        end = at + 1
        while data[end] & 0x0F != 0x0F:
            end += 1
        return end + 1 - at
    return {28: 3, 29: 5}.get(first, 1 if first <= 246 else 2)


def _number(operand: bytes) -> int:
    first = operand[0]
    if first in (28, 29):
        return int.from_bytes(operand[1:], "big", signed=True)
    if first <= 246:
        return first - 139
    return (first - 247) * 256 + operand[1] + 108 if first <= 250 else -(first - 251) * 256 - operand[1] - 108


def _integer(value: int) -> bytes:
    return b"\x1d" + value.to_bytes(4, "big", signed=True)


def _index(items: list[bytes]) -> bytes:
    return _index_head([len(item) for item in items]) + b"".join(items)


def _index_head(lengths: list[int]) -> bytes:
    offsets = list(accumulate(lengths, initial=1))
    return struct.pack(f">HB{len(offsets)}I", len(lengths), 4, *offsets)


def _cff_head(glyphs: list[int], lengths: list[int], name: bytes, box: bytes, private: bytes) -> bytes:
    """Everything of a CFF program but the outlines, which come last."""
    start = b"\x01\x00\x04\x04" + _index([name])
    strings = _index([b"Adobe", b"Identity"]) + b"\x00\x00"
    charset = struct.pack(f">B{len(glyphs) - 1}H", 0, *glyphs[1:])
    select = b"\x03\x00\x01\x00\x00\x00" + len(glyphs).to_bytes(2, "big")
    char_strings = _index_head(lengths)

    def top(offsets: list[int]) -> bytes:
        entries = [
            (_integer(_FIRST_OWN_STRING) + _integer(_FIRST_OWN_STRING + 1) + _integer(0), _ROS),
            (box, _BOX),
            (_integer(65_536), _CID_COUNT),
            *zip(map(_integer, offsets), (_CHARSET, _FD_SELECT, _FD_ARRAY, _CHAR_STRINGS), strict=True),
        ]
        return _index([b"".join(value + bytes(operator) for value, operator in entries)])

    def fonts(private_at: int) -> bytes:
        return _index([_integer(len(private)) + _integer(private_at) + bytes(_PRIVATE)])

    at = len(start) + len(top([0, 0, 0, 0])) + len(strings)
    parts = [charset, select, fonts(0), private]
    places = [at]
    for part in parts:
        places.append(places[-1] + len(part))
    parts[2] = fonts(places[3])
    return start + top([*places[:3], places[4]]) + strings + b"".join(parts) + char_strings
