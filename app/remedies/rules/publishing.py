"""Does a text that is to be published still hold personal data (INV-34)?"""

import re
from collections.abc import Iterable, Iterator

from app.errors import RuleViolation
from app.law.text import half_width
from app.privacy.masking import LANDLINE, NUMBER_IN_TEXT

ARTICLE = "《个人信息保护法》第二十七条"
WHOLE_LANDLINE = re.compile(rf"(?<![0-9])(?:{LANDLINE.pattern})(?![0-9])")
HOME = re.compile(r"[0-9]+(?:号楼|幢|栋|单元|室)")
SHORTEST_VALUE = 2
LONGEST_QUOTE = 12


def find_personal_data(text: str, *, names: Iterable[str], values: Iterable[str]) -> list[str]:
    """What must not be published: full names of persons, addresses and other values on file, numbers of any person.

    White space and full-width digits do not hide anything.
    """
    plain = _plain(text)
    found = [name for name in names if len(_plain(name)) >= SHORTEST_VALUE and _plain(name) in plain]
    found += [value for value in values if len(_plain(value)) >= SHORTEST_VALUE and _plain(value) in plain]
    return list(dict.fromkeys([*found, *_patterns(plain)]))


def check_publishable(text: str, *, names: Iterable[str], values: Iterable[str]) -> None:
    """Refuse a text that names a natural person in full or holds an ID number, phone, address or account (INV-34)."""
    found = find_personal_data(text, names=names, values=values)
    if found:
        quoted = "、".join(f"“{item[:LONGEST_QUOTE]}”" for item in found)
        raise RuleViolation(
            f"还不能公示：里面有 {quoted}。姓名只留姓（如郑某某），证件号、电话、住址、账号都要去掉。依据{ARTICLE}",
            article=ARTICLE,
            rule="INV-34",
        )


def _patterns(plain: str) -> Iterator[str]:
    for pattern in (NUMBER_IN_TEXT, WHOLE_LANDLINE, HOME):
        yield from (match[0] for match in pattern.finditer(plain))


def _plain(text: str) -> str:
    return "".join(half_width(text).split())
