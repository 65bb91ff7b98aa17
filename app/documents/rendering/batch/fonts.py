"""The fonts of one paper as PDF objects: only the glyphs it uses, and the text each one stands for."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from app.documents.rendering.batch.files import OwnObject, stream
from app.documents.rendering.batch.outlines import Outlines, outlines_of

Used = Mapping[str, Mapping[int, str]]
"""By font, the glyphs that were drawn and their text."""

FULL_WIDTH = 1000
MOST_KEPT = 60
_MAP_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n<< /Registry (Adobe)\n"
    "/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
)
_MAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


class OwnFonts(dict[Any, Any]):
    """What a document carries as its fonts when WeasyPrint shall not write them."""


class Fonts:
    """All fonts that this process has drawn with; WeasyPrint keeps `known` up to date."""

    def __init__(self) -> None:
        self.known = OwnFonts()
        self._outlines: dict[str, Outlines] = {}
        self._fonts: dict[str, Any] = {}
        self._made: dict[Any, list[OwnObject]] = {}

    def open(self, used: Used) -> None:
        """Get the fonts ready that a paper needs; UnknownFont for one that is built otherwise."""
        for font in self.known.values():
            if font.hash in used and font.hash not in self._outlines:
                self._outlines[font.hash], self._fonts[font.hash] = outlines_of(font), font

    def learn(self, used: Iterable[Used]) -> None:
        """Cut the glyphs of several papers out of the fonts, together."""
        wanted: dict[str, set[int]] = {}
        for each in used:
            for name, glyphs in each.items():
                wanted.setdefault(name, set()).update(glyphs)
        for name, numbers in wanted.items():
            self._outlines[name].learn(numbers)

    def objects(self, used: Used, first_number: int) -> tuple[OwnObject, list[OwnObject]]:
        """The dictionary of the paper's fonts, and their objects, counted from `first_number`."""
        objects: list[OwnObject] = []
        names = []
        for name, glyphs in used.items():
            number = first_number + len(objects)
            names.append(b"/%s %d 0 R" % (name.encode(), number))
            # Headings and fixed words use the same glyphs in every paper.
            key = (name, number, *glyphs.items())
            if key not in self._made:
                if len(self._made) >= MOST_KEPT:
                    self._made.clear()
                self._made[key] = self._objects(name, glyphs, number)
            objects.extend(self._made[key])
        return OwnObject(b"".join(names)), objects

    def _objects(self, name: str, glyphs: Mapping[int, str], number: int) -> list[OwnObject]:
        font = self._fonts[name]
        file = self._outlines[name].file(glyphs, font.name[1:])
        widths = self._widths(name, glyphs)
        descendant = (
            b"/Type/Font/Subtype/CIDFontType%s/BaseFont%s"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>%s/DW %d/W[%s]/FontDescriptor %d 0 R"
        )
        kind, gids, key = (b"0", b"", b"3") if file.is_cff else (b"2", b"/CIDToGIDMap/Identity", b"2")
        program = b"/Subtype/CIDFontType0C" if file.is_cff else b"/Length1 %d" % file.length
        return [
            OwnObject(
                b"/Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R"
                % (font.name, number + 1, number + 2)
            ),
            OwnObject(descendant % (kind, font.name, gids, FULL_WIDTH, _widths(widths), number + 3)),
            stream(_to_unicode(glyphs)),
            _descriptor(font, widths, b"/FontFile%s %d 0 R" % (key, number + 4)),
            OwnObject(program + b"/Filter/FlateDecode", file.data),
        ]

    def _widths(self, name: str, glyphs: Iterable[int]) -> dict[int, int]:
        found = self._fonts[name].widths
        if not found.keys() >= set(glyphs):
            # The same file in another description of Pango's.
            found = {
                glyph: width
                for font in self.known.values()
                if font.hash == name
                for glyph, width in font.widths.items()
            }
        return {glyph: found[glyph] for glyph in glyphs}


def merged(used: Sequence[Used]) -> dict[str, dict[int, str]]:
    """What several pieces draw with; in the order of the document the first text of a glyph counts."""
    found: dict[str, dict[int, str]] = {}
    for each in reversed(used):
        for name, glyphs in each.items():
            found.setdefault(name, {}).update(glyphs)
    return {name: dict(sorted(found[name].items())) for name in sorted(found)}


def _widths(widths: Mapping[int, int]) -> bytes:
    return b" ".join(b"%d[%d]" % (glyph, widths[glyph]) for glyph in sorted(widths) if widths[glyph] != FULL_WIDTH)


@lru_cache(maxsize=30_000)
def _row(glyph: int, text: str) -> str:
    return f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>"


def _to_unicode(glyphs: Mapping[int, str]) -> bytes:
    rows = [_row(glyph, text) for glyph, text in glyphs.items()]
    blocks = []
    for start in range(0, len(rows), 100):
        some = rows[start : start + 100]
        blocks.append("\n".join((f"{len(some)} beginbfchar", *some, "endbfchar\n")))
    return (_MAP_HEAD + "".join(blocks) + _MAP_FOOT).encode()


def _descriptor(font: Any, widths: Mapping[int, int], program: bytes) -> OwnObject:
    is_fixed = len(widths) > 1 and len(set(widths.values())) == 1
    return OwnObject(
        b"/Type/FontDescriptor/FontName%s/FontFamily(%s)/Flags %d/FontBBox[0 %d %d %d]/ItalicAngle %d"
        b"/Ascent %d/Descent %d/CapHeight %d/StemV %d/StemH %d%s"
        % (
            font.name,
            font.family.encode(),
            font.flags + is_fixed,
            font.descent,
            max(widths.values()),
            font.ascent,
            font.italic_angle,
            font.ascent,
            font.descent,
            font.ascent,
            font.stemv,
            font.stemh,
            program,
        )
    )
