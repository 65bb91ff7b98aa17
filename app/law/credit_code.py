"""Is this a unified social credit code (统一社会信用代码)?

GB 32100—2015.  A few real codes in circulation fail the check, so that one fault can be overridden with a
reason and a scan of the licence (R-ID-03, R-ID-04); asking for both is the caller's business.
"""

import re

from app.errors import RuleViolation
from app.law.text import half_width

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
MODULUS = 31
SHAPE = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


def parse(text: str, *, is_overridden: bool = False) -> str:
    """The code in capitals; refuses a wrong shape always, a wrong check character unless overridden."""
    code = half_width(text).strip().upper()
    if not SHAPE.fullmatch(code):
        raise RuleViolation(
            f"统一社会信用代码要 18 位，没有 I、O、S、V、Z，第 3 到 8 位是数字，现在是 {len(code)} 位。请对照执照。",
            rule="R-ID-03",
        )
    if not is_overridden and check_character(code[:17]) != code[17]:
        raise RuleViolation(
            "统一社会信用代码最后一位对不上。请对照执照；执照上就是这样的，写明理由并上传执照。",
            rule="R-ID-03",
        )
    return code


def check_character(first_seventeen: str) -> str:
    """The check character that belongs to the first seventeen; remainder 0 gives `0`."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return ALPHABET[(MODULUS - total % MODULUS) % MODULUS]
