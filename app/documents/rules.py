"""What identifies a paper: whose it is, its number's pattern, its check code."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import RuleViolation
from app.privacy.chance import random_text

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


@dataclass(frozen=True)
class Owner:
    """The opaque owner of a paper, booking or message: table name and id."""

    kind: str
    id: int


@dataclass(frozen=True)
class NumberRequest:
    """From which series a number is taken and how it is printed, e.g. `({year}){prefix}第{n}号` (R-DOC-N01…N05)."""

    series: str
    pattern: str
    year: int | None = None
    """Under which year the series counts, where it is not that of the issue: the papers of one case count on."""


def format_number(pattern: str, *, year: int, n: int, prefix: str) -> str:
    """The printed number; year in full, no leading zeros; an office named 滨澜信 does not say 信 twice."""
    before, place, after = pattern.partition("{prefix}")
    if place and prefix and after.startswith(prefix[-1]):
        pattern = before + place + after[1:]
    return pattern.format(year=year, n=n, prefix=prefix)


def new_check_code() -> str:
    """Twelve random characters of Crockford's base 32: 60 bits."""
    return random_text(CODE_LENGTH, CROCKFORD)


def normal_check_code(typed: str) -> str:
    """The code as stored, whatever case, spaces and dashes were typed; RuleViolation when it cannot be one."""
    code = "".join(typed.split()).replace("-", "").replace("－", "").upper().translate(_LOOKALIKES)
    if len(code) != CODE_LENGTH or set(code) - set(CROCKFORD):
        raise RuleViolation("验证码是 12 位字母和数字，印在文书左下角。请对照文书再输一遍。", rule="R-DOC")
    return code


def grouped_code(code: str) -> str:
    """The code in three groups, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def find_number_gaps(numbers: Iterable[int], last: int) -> list[int]:
    """Numbers of 1…`last` that nobody has (INV-30)."""
    return sorted(set(range(1, last + 1)) - set(numbers))
