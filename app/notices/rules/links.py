"""What a petitioner's link is made of, what opens it and how long it lives (T12, B221–B227)."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from app.law.text import half_width

TOKEN_BYTES = 16
CODE_DIGITS = 6
PHONE_DIGITS = 4
MAX_TRIES = 5
IDLE = timedelta(minutes=30)
LONGEST_VISIT = timedelta(hours=12)
EXTENSION = re.compile(r"^(0[0-9]{2,3}-[0-9]{7,8})-[0-9]{1,6}$")


class LinkState(StrEnum):
    """Open, dead after five wrong tries, or taken back by the staff or a newer link."""

    ACTIVE = "active"
    DEAD = "dead"
    REVOKED = "revoked"


class Factor(StrEnum):
    """What must be known beside the link."""

    PHONE = "phone"
    DESK_CODE = "desk_code"


LINK_LABELS: Mapping[StrEnum, str] = {
    LinkState.ACTIVE: "可以打开",
    LinkState.DEAD: "试错 5 次，已停用",
    LinkState.REVOKED: "已收回",
    Factor.PHONE: "手机后四位",
    Factor.DESK_CODE: "当面交的 6 位码",
}


def new_token() -> str:
    """The secret of a link: 128 random bits in 22 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_desk_code() -> str:
    """Six random digits, handed over at the desk."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def last_four_digits(phone: str) -> str:
    """The last four digits of a stored number without its extension; '' when there is no number."""
    whole = EXTENSION.sub(r"\1", phone)
    digits = re.sub(r"[^0-9]", "", whole)
    return digits[-PHONE_DIGITS:] if len(digits) > PHONE_DIGITS else ""


def normal_code(typed: str) -> str:
    """The digits as meant: spaces and full-width digits do not matter (B218)."""
    return re.sub(r"[\s-]", "", half_width(typed[:40]))


def is_session_alive(*, created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Seen within 30 minutes, and not older than 12 hours."""
    return now - last_seen_at < IDLE and now - created_at < LONGEST_VISIT
