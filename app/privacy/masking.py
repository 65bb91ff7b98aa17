"""How much of a personal detail may stand in a list, a notice or an export (R-PII-05)?"""

import re
from collections.abc import Callable
from functools import wraps

from app.privacy.key_ring import DAMAGED

COMPOUND_SURNAMES = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙"
    "|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|令狐|百里|呼延|东郭|南门|左丘|西门|第五"
)
SOMEONE = "某"
STAR = "*"
HIDDEN = "****"
FULL_ID_LENGTH = 15
SHORT_VALUE = 4
STREET_LEVEL = re.compile(r"^[^0-9]*?(?:街道|镇|乡|苏木)(?!道|路|村)")
ROAD_LEVEL = re.compile(r"^[^0-9]*?(?:大道|大街|路|街|巷|弄|胡同)")
DISTRICT_LEVEL = re.compile(r"^[^0-9]*(?:(?<![小社园校])区|县|旗|市|州|盟)")
LANDLINE = re.compile(r"(0[0-9]{2,3})-?[0-9]{3,4}([0-9]{4})(?:-[0-9]{1,6})?")
NUMBER_IN_TEXT = re.compile(
    r"(?<![0-9])(?:(?P<id>[1-9][0-9]{16}[0-9Xx])|(?P<card>[1-9][0-9]{15,18})|(?P<mobile>1[3-9][0-9]{9}))(?![0-9Xx])"
)
VARIATION_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


def _shows_damage(mask: Callable[..., str]) -> Callable[..., str]:
    """A value that does not open is said to be so, and not masked into somebody's name."""

    @wraps(mask)
    def masked(value: str, **options: str) -> str:
        return value if value == DAMAGED else mask(value, **options)

    return masked


@_shows_damage
def mask_name(name: str, *, filler: str = SOMEONE) -> str:
    """王某某 (or 王** with a star as filler): the surname, and one or two fillers for the rest."""
    if not name:
        return ""
    is_compound = len(name) > 2 and COMPOUND_SURNAMES.match(name) is not None
    surname_length = 2 if is_compound else _first_character_length(name)
    hidden = max(1, min(len(name) - surname_length, 2))
    return name[:surname_length] + filler * hidden


@_shows_damage
def mask_id_number(number: str) -> str:
    """A citizen ID as its first six and last four characters; of shorter papers less is left."""
    if len(number) >= FULL_ID_LENGTH:
        return _keep(number, 6, 4)
    return _keep(number, 1, 2) if len(number) > SHORT_VALUE else STAR * len(number)


@_shows_damage
def mask_phone(number: str) -> str:
    """138****5678, or 0990-****0123 for a landline, whose extension is left out."""
    landline = LANDLINE.fullmatch(number)
    if landline:
        return f"{landline[1]}-{HIDDEN}{landline[2]}"
    return _keep(number, 3, 4) if len(number) > 2 * SHORT_VALUE else STAR * len(number)


@_shows_damage
def mask_address(address: str) -> str:
    """The address down to street level (街道, 镇, 乡), else to the road, else to the district."""
    for level in (STREET_LEVEL, ROAD_LEVEL, DISTRICT_LEVEL):
        match = level.match(address)
        if match:
            return match[0] + HIDDEN
    return HIDDEN if address else ""


@_shows_damage
def mask_bank_card(number: str) -> str:
    """The last four digits of an account."""
    digits = number.replace(" ", "")
    return _keep(digits, 0, 4) if len(digits) > 2 * SHORT_VALUE else STAR * len(digits)


def mask_numbers_in_text(text: str) -> str:
    """Free text with the citizen IDs, mobile numbers and bank cards in it masked (B080)."""
    return NUMBER_IN_TEXT.sub(_masked_number, text)


def _masked_number(match: re.Match[str]) -> str:
    if match["id"]:
        return mask_id_number(match["id"])
    return mask_bank_card(match["card"]) if match["card"] else mask_phone(match["mobile"])


def _first_character_length(name: str) -> int:
    has_selector = any(first <= ord(name[1:2] or "\0") <= last for first, last in VARIATION_SELECTORS)
    return 2 if has_selector else 1


def _keep(value: str, first: int, last: int) -> str:
    return value[:first] + STAR * (len(value) - first - last) + value[-last:]
