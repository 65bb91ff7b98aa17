"""May this text be stored, and in which form?

Rare characters stay as they were typed and no name is ever normalised (R-ID-06); what cannot be printed, hides or turns
the text around is refused with its place.  Lengths count characters.
"""

import re
import unicodedata

from app.errors import RuleViolation

NAME_LIMIT = 50
LINE_LIMIT = 200
TEXT_LIMIT = 50_000
MARKS_IN_A_ROW = 8
HAN_BLOCKS = ((0x20000, 0x2A6DF), (0x2A700, 0x2EE5D), (0x30000, 0x33479))
"""Han extensions, some younger than the Unicode tables of the interpreter."""
REPLACEMENT_CHARACTER = "\ufffd"
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINERS = frozenset("\u200c\u200d")
INVISIBLE = frozenset("\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u115f\u1160\u3164\uffa0")
LINE_BREAKS = frozenset("\n\r\u000b\u000c\u0085\u2028\u2029")
MIDDLE_DOTS = re.compile("[•．‧・･∙⋅]")
RUN_OF_MARKS = re.compile(r"\S")
OLD_PRIVATE_CHARACTERS = dict(
    zip(
        map(chr, (0xE816, 0xE817, 0xE818, 0xE81E, 0xE826, 0xE82B, 0xE82C))
        , "𠂇𠂉𠃌龴龵龶龷", strict=True,
    )
)


def clean_line(text: str, *, limit: int = LINE_LIMIT, is_required: bool = True) -> str:
    """One line without spaces around it; refuses breaks, hidden and unprintable characters and too many of them."""
    raise NotImplementedError
