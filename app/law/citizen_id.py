"""Is this a citizen ID number, and whose sex and birth date does it tell?

GB 11643: six digits of area, eight of birth date, three of sequence (odd male, even female), one check
character.  An unknown area is a warning, since abolished codes stay valid (R-ID-01, R-ID-02).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.errors import RuleViolation
from app.law.dates import format_date
from app.law.text import half_width

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
GROUPED = re.compile(r"([0-9]{6}) ([0-9]{8}) ([0-9]{3}[0-9X])")
OLD_SHAPE = re.compile(r"[1-9][0-9]{14}")
FULL_LENGTH = 18
OLDEST = 130
PROVINCES = frozenset(
    str(code)
    for code in (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
    )
) | {"71", "81", "82", "83"}
WRONG_CHECK = "身份证号第 18 位对不上，多半是抄错一位。请对照原件再看一遍。您填的已保留。"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


SEX_WORDS = {Sex.MALE: "男", Sex.FEMALE: "女"}


@dataclass(frozen=True)
class CitizenId:
    """A number that passed the check, with what it tells; `warnings` are shown but do not refuse."""

    number: str
    birth_date: date
    sex: Sex
    area: str
    warnings: tuple[str, ...] = ()


def parse(text: str, *, today: date) -> CitizenId:
    """The number without grouping, letters capital; refuses what cannot be a citizen ID number.

    Full-width digits and a small x are taken over as their plain forms (B076, B111).
    """
    number = _plain_form(text)
    if OLD_SHAPE.fullmatch(number):
        raise _refused("这是 15 位的老号码，不能用。请填 18 位身份证号，老号码写在备注里。")
    if not SHAPE.fullmatch(number):
        raise _refused(_wrong_shape(number))
    birth_date = _birth_date(number, today)
    if check_character(number[:17]) != number[17]:
        raise _refused(WRONG_CHECK)
    area = number[:6]
    known = area[:2] in PROVINCES
    warnings = () if known else (f"地区代码 {area} 不在名单里，可能是旧代码。请核对原件，可以继续。",)
    return CitizenId(number, birth_date, _sex(number), area, warnings)


def check_character(first_seventeen: str) -> str:
    """The check character that belongs to the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def check_matches_id(citizen_id: CitizenId, *, sex: Sex | None = None, birth_date: date | None = None) -> None:
    """Refuse a typed sex or birth date that differs from what the number tells (R-ID-02, B094)."""
    if sex is not None and sex is not citizen_id.sex:
        told = SEX_WORDS[citizen_id.sex]
        raise _refused(f"性别和身份证号对不上：号码是{told}。请对照原件改正。", rule="R-ID-02")
    if birth_date is not None and birth_date != citizen_id.birth_date:
        told = format_date(citizen_id.birth_date)
        raise _refused(f"出生日期和身份证号对不上：号码是{told}。请对照原件改正。", rule="R-ID-02")


def age_on(birth_date: date, day: date) -> int:
    """Full years of age on that day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def check_birth_date(birth_date: date, *, today: date) -> None:
    """Refuse a birth date in the future or more than 130 years ago (B093)."""
    if birth_date > today:
        raise _refused(f"出生日期 {format_date(birth_date)}还没到。请核对。")
    if age_on(birth_date, today) > OLDEST:
        raise _refused(f"出生日期 {format_date(birth_date)}太早了。请核对。")


def _plain_form(text: str) -> str:
    number = half_width(text).strip().upper()
    match = GROUPED.fullmatch(number)
    return "".join(match.groups()) if match else number


def _wrong_shape(number: str) -> str:
    if len(number) != FULL_LENGTH:
        return f"身份证号要 18 位，现在是 {len(number)} 位。请对照原件再看一遍。"
    return "身份证号前 17 位是数字，不以 0 开头，最后一位是数字或 X。请对照原件再看一遍。"


def _birth_date(number: str, today: date) -> date:
    try:
        birth_date = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise _refused(f"身份证号里的出生日期 {number[6:14]} 不存在。请对照原件再看一遍。") from error
    check_birth_date(birth_date, today=today)
    return birth_date


def _sex(number: str) -> Sex:
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def _refused(message: str, *, rule: str = "R-ID-01") -> RuleViolation:
    return RuleViolation(message, rule=rule)
