"""Can every character of a paper be drawn, and what does its outline look like?

A character counts as drawable when the first font of the chain that lists it also has ink for it; a listed but
empty glyph would print a hole in a name.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

from app.documents.rendering.places import FANDOL, SYSTEM_FONTS
from app.errors import RuleViolation

BODY_CHAIN = (
    SYSTEM_FONTS / "liberation" / "LiberationSerif-Regular.ttf",
    FANDOL / "FandolFang-Regular.otf",
    SYSTEM_FONTS / "lxgw-wenkai" / "LXGWWenKai-Light.ttf",
    SYSTEM_FONTS / "babelstone" / "BabelStoneHan.ttf",
)
SEAL_CHAIN = (FANDOL / "FandolSong-Bold.otf", *BODY_CHAIN[2:])
_LATIN = range(0x20, 0x7F)
_BLANK = frozenset(" \n\r\t\u00a0\u3000")
_lock = RLock()


class MissingGlyph(RuleViolation):
    """A character no font can draw; `faults` lists one sentence for each field."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"{'；'.join(faults)}。请改用规范汉字，或者把该字的图样交给管理员补充字库。", rule="R-FMT-22")
        self.faults = faults


def check_glyphs(texts: Mapping[str, str]) -> None:
    """Refuse texts (field name → value) with a character that cannot be printed (R-FMT-22, MissingGlyph)."""
    if faults := list_missing_glyphs(texts):
        raise MissingGlyph(faults)


def list_missing_glyphs(texts: Mapping[str, str]) -> list[str]:
    """One sentence for each field with characters that cannot be printed, naming them and their code points."""
    faults = []
    for field, text in texts.items():
        missing = sorted({char for char in text if not is_drawable(char)})
        if missing:
            named = "、".join(f"“{_shown(char)}”(U+{ord(char):04X})" for char in missing)
            faults.append(f"“{field}”里的字符{named}无法打印")
    return faults


@lru_cache(maxsize=20_000)
def is_drawable(char: str) -> bool:
    """Whether the paper's fonts have ink for this character; private code points never count."""
    if char in _BLANK:
        return True
    if unicodedata.category(char).startswith("C"):
        return False
    with _lock:
        found = _find_glyph(char, BODY_CHAIN)
        return found is not None and _has_ink(*found)


@lru_cache(maxsize=4_000)
def get_outline(char: str, chain: tuple[Path, ...] = SEAL_CHAIN) -> tuple[str, int, int]:
    """The character's outline as SVG path data, its advance and the units of an em; ValueError when no font has it."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - slow, and only papers with marks need it

    with _lock:
        found = _find_glyph(char, chain)
        if found is None:
            raise ValueError(f"no outline for U+{ord(char):04X}")
        font, name = found
        glyphs = font.getGlyphSet()
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.0f}")
        glyphs[name].draw(pen)
        return pen.getCommands(), round(glyphs[name].width), font["head"].unitsPerEm


def _find_glyph(char: str, chain: tuple[Path, ...]) -> tuple[Any, str] | None:
    for path in chain:
        if path is BODY_CHAIN[0] and ord(char) not in _LATIN:
            continue
        font, characters = _open(path)
        if name := characters.get(ord(char)):
            return font, name
    return None


def _has_ink(font: Any, name: str) -> bool:
    from fontTools.pens.boundsPen import ControlBoundsPen  # noqa: PLC0415

    glyphs = font.getGlyphSet()
    pen = ControlBoundsPen(glyphs)
    glyphs[name].draw(pen)
    return pen.bounds is not None


@cache
def _open(path: Path) -> tuple[Any, dict[int, str]]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(path, lazy=True)
    return font, font.getBestCmap()


def _shown(char: str) -> str:
    return char if char.isprintable() else "不可见字符"
