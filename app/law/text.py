"""May this text be stored, and in which form?

Rare characters stay as they were typed and no name is ever normalised (R-ID-06); what cannot be printed,
hides or turns the text around is refused with its place.  Lengths count characters.
"""

import unicodedata

from app.errors import RuleViolation

NAME_LIMIT = 50
LINE_LIMIT = 200
TEXT_LIMIT = 50_000
MARKS_IN_A_ROW = 8
HAN_BLOCKS = ((0x20000, 0x2A6DF), (0x2A700, 0x2EE5D), (0x30000, 0x33479))
"""Han extensions; some are younger than the Unicode tables of the interpreter."""
REPLACEMENT_CHARACTER = "\ufffd"
DIRECTION_CHANGES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
JOINERS = frozenset("\u200c\u200d")
INVISIBLE = frozenset(
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
)
LINE_BREAKS = frozenset("\u2028\u2029")
KEPT_CONTROLS = frozenset("\t\n")
WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
FULL_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
MIDDLE_DOTS = str.maketrans(dict.fromkeys("•．‧・･∙⋅", "·"))
OLD_CODES = "\ue816\ue817\ue818\ue81e\ue826\ue82b\ue82c\ue831\ue832\ue83b\ue843\ue854\ue855\ue864"
STANDARD_CHARACTERS = dict(zip(OLD_CODES, "𠂇𠂉𠃌龴龵龶龷𡗗龸𢦏龹龺𤇾龻", strict=True))
"""Private codes of GB 18030—2000 with the characters that have codes of their own since."""


def clean_line(text: str, *, limit: int = LINE_LIMIT, is_required: bool = True) -> str:
    """One line without the spaces around it; refuses breaks, hidden or unprintable characters, and excess."""
    line = text.strip()
    if _is_blank(line):
        return _blank(is_required)
    _check_length(line, limit)
    for place, character in enumerate(line, start=1):
        _check_line_character(character, place)
    _check_marks(line)
    return line


def clean_text(text: str, *, limit: int = TEXT_LIMIT, is_required: bool = True) -> str:
    """Long text with line feeds only and nothing invisible; refuses unprintable characters, and excess."""
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n").translate(WITHOUT_INVISIBLE).strip()
    if _is_blank(cleaned):
        return _blank(is_required)
    _check_length(cleaned, limit)
    for place, character in enumerate(cleaned, start=1):
        if character not in KEPT_CONTROLS:
            _check_character(character, place)
    _check_marks(cleaned)
    return cleaned


def clean_person_name(name: str) -> str:
    """The name as it was typed, never changed (R-ID-06).

    Refuses one that is empty, too long, or has spaces around it or hidden characters.
    """
    if _is_blank(name):
        raise _refused("请填写姓名。")
    if name != name.strip():
        raise _refused("姓名前后有空格。请删去空格。")
    return clean_line(name, limit=NAME_LIMIT)


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as plain ones; for numbers and codes, never for names (B076)."""
    return text.translate(FULL_WIDTH)


def search_form(text: str) -> str:
    """The form in which texts are compared: unified, one middle dot, no spaces, no case (B060–B061).

    For a search copy only; never store it in place of what was typed.
    """
    unified = unicodedata.normalize("NFKC", text.translate(MIDDLE_DOTS)).translate(WITHOUT_INVISIBLE)
    return "".join(unified.split()).casefold()


def _is_blank(text: str) -> bool:
    return all(character.isspace() or character in INVISIBLE or character in JOINERS for character in text)


def _blank(is_required: bool) -> str:
    if is_required:
        raise _refused("必填，请填写。")
    return ""


def _check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise _refused(f"最多 {limit} 个字，现在是 {len(text)} 个。请删短。")


def _check_line_character(character: str, place: int) -> None:
    if character in INVISIBLE or character in JOINERS:
        raise _refused(f"第 {place} 个字符看不见（{_code(character)}）。请删去后重新输入。")
    _check_character(character, place)


def _check_character(character: str, place: int) -> None:
    if character in DIRECTION_CHANGES:
        raise _refused(f"第 {place} 个字符会颠倒文字方向（{_code(character)}）。请删去。")
    category = unicodedata.category(character)
    if category == "Cc" or character in LINE_BREAKS:
        raise _refused(f"第 {place} 个字符是控制符（{_code(character)}）。请删去。")
    if category == "Co":
        raise _refused(f"第 {place} 个字符不是标准字（{_code(character)}）{_hint(character)}")
    if category == "Cs" or character == REPLACEMENT_CHARACTER:
        raise _refused(f"第 {place} 个字没有传完整。请重新输入这个字。")
    if category == "Cn" and not _is_young_han(character):
        raise _refused(f"第 {place} 个字符不存在（{_code(character)}）。请删去后重新输入。")


def _check_marks(text: str) -> None:
    run = 0
    for place, character in enumerate(text, start=1):
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if run > MARKS_IN_A_ROW:
            raise _refused(f"第 {place} 个字符处叠加的符号太多。请删去。")


def _is_young_han(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in HAN_BLOCKS)


def _hint(character: str) -> str:
    standard = STANDARD_CHARACTERS.get(character)
    return f"，标准字是“{standard}”。请改用标准字。" if standard else "。请换成标准字，或用同音字并备注。"


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _refused(message: str) -> RuleViolation:
    return RuleViolation(message, rule="R-ID-06")
