"""Which phone number did someone give?

Mobile numbers of eleven digits and landlines with area code, written in many ways (R-ID-05).  Having none is
allowed with a reason; that is the form's business.
"""

import re

from app.errors import RuleViolation
from app.law.text import half_width

COUNTRY_CODE = re.compile(r"(?:\+|00)86[ -]?")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([0-9]{7,8})")
EXTENSION = re.compile(r"([0-9 ()-]*[0-9]) ?(?:-|转|x|ext\.?) ?([0-9]{1,6})", re.IGNORECASE)
SEPARATORS = re.compile(r"[ ()-]")
SHAPE = re.compile(r"[0-9 ()-]*")
LONGEST_TYPED = 40
REFUSAL = "电话号码不对。手机要 11 位，座机要带区号，如 0990-5550123。没有电话请选“没有电话”。"


def parse(text: str) -> str:
    """The number in its one stored form: 13800005678, 0990-5550123 or 0990-5550123-12.

    +86, 0086, spaces, hyphens, brackets and full-width digits are taken over as meant (B076, B114); a number
    that is neither a mobile nor a landline with area code is refused.
    """
    typed = half_width(text[: LONGEST_TYPED + 1]).strip()
    national = COUNTRY_CODE.sub("", typed, count=1) if COUNTRY_CODE.match(typed) else typed
    number = _find_mobile(national) or _find_landline(national)
    if number is None and national != typed:
        number = _find_landline(f"0{national}")
    if number is None or len(text) > LONGEST_TYPED:
        raise RuleViolation(REFUSAL, rule="R-ID-05")
    return number


def is_mobile(number: str) -> bool:
    """Whether a stored number can receive text messages."""
    return MOBILE.fullmatch(number) is not None


def _find_mobile(text: str) -> str | None:
    digits = _digits(text)
    return digits if MOBILE.fullmatch(digits) else None


def _find_landline(text: str) -> str | None:
    extended = EXTENSION.fullmatch(text)
    main = LANDLINE.fullmatch(_digits(extended[1])) if extended else None
    if extended and main:
        return f"{main[1]}-{main[2]}-{extended[2]}"
    plain = LANDLINE.fullmatch(_digits(text))
    return f"{plain[1]}-{plain[2]}" if plain else None


def _digits(text: str) -> str:
    return SEPARATORS.sub("", text) if SHAPE.fullmatch(text) else ""
