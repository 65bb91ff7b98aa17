"""Which phone number did someone give?

Mobile numbers of eleven digits and landlines with area code, written in many ways (R-ID-05).  Having none is
allowed with a reason; that is the form's business.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from app.errors import RuleViolation

COUNTRY_CODE = re.compile(r"(?:\+|00)86[ -]?")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([0-9]{7,8})")
EXTENSION = re.compile(r"(.*?[0-9])(?:-|转|x|ext\.?)([0-9]{1,6})", re.IGNORECASE)
SEPARATORS = re.compile(r"[ ()-]")
SHAPE = re.compile(r"[0-9 ()-]{1,30}")
REFUSAL = "电话号码不对。手机要 11 位，座机要带区号，如 0990-5550123。没有电话请选“没有电话”。"


class PhoneKind(StrEnum):
    MOBILE = "mobile"
    LANDLINE = "landline"


@dataclass(frozen=True)
class Phone:
    """A number in its one stored form: `13800005678`, `0990-5550123` or `0990-5550123-12`."""

    number: str
    kind: PhoneKind


def parse_phone(text: str) -> Phone:
    """The number in its one stored form, whatever prefix, spaces, hyphens or full-width digits it has (B114)."""
    typed = unicodedata.normalize("NFKC", text).strip()
    national = COUNTRY_CODE.sub("", typed, count=1) if COUNTRY_CODE.match(typed) else typed
    phone = _mobile(national) or _landline(national) or _landline_with_extension(national)
    if phone is None and national != typed:
        phone = _landline(f"0{national}")
    if phone is None:
        raise RuleViolation(REFUSAL, rule="R-ID-05")
    return phone


def _digits(text: str) -> str:
    return SEPARATORS.sub("", text) if SHAPE.fullmatch(text) else ""


def _mobile(text: str) -> Phone | None:
    digits = _digits(text)
    return Phone(digits, PhoneKind.MOBILE) if MOBILE.fullmatch(digits) else None


def _landline(text: str) -> Phone | None:
    match = LANDLINE.fullmatch(_digits(text))
    return Phone(f"{match[1]}-{match[2]}", PhoneKind.LANDLINE) if match else None


def _landline_with_extension(text: str) -> Phone | None:
    match = EXTENSION.fullmatch(text)
    phone = _landline(match[1]) if match else None
    return Phone(f"{phone.number}-{match[2]}", phone.kind) if match and phone else None
