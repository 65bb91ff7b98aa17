"""The tablet of a desk: what pairs it and for how long, what it may show when, how far somebody has read."""

import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from app.law.text import half_width
from app.signing_day.rules.states import ARTICLE, DayState, Phase, TicketState, WrongStep
from app.web.labels import WordTable

CODE_DIGITS = 8
CODE_LASTS = timedelta(minutes=10)
PAIRING_LASTS = timedelta(hours=16)
SEEN_STEP = timedelta(seconds=8)
"""The tablet asks every three seconds; that it is there is written down no more often than this."""


class Ask(StrEnum):
    """Why the person at the tablet calls the clerk."""

    QUESTION = "question"
    ON_PAPER = "on_paper"
    NOT_TODAY = "not_today"


class Screen(StrEnum):
    """What the tablet shows."""

    WAITING = "waiting"
    CHANGED = "changed"
    READING = "reading"
    SIGNING = "signing"
    RECEIPT = "receipt"


ASK_LABELS = WordTable(
    (Ask.QUESTION, "有疑问，请过去看一下"),
    (Ask.ON_PAPER, "要在纸上签"),
    (Ask.NOT_TODAY, "说今天不签"),
)
SCREENS = {Phase.READING: Screen.READING, Phase.SIGNING: Screen.SIGNING, Phase.RECEIPT: Screen.RECEIPT}


def new_code() -> str:
    """Eight random digits, for the QR code and for typing."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def normal_code(typed: str) -> str:
    """The digits as meant: spaces, hyphens and full-width digits do not matter."""
    return re.sub(r"[\s-]", "", half_width(typed[:40]))


def spaced_code(code: str) -> str:
    """1234 5678, as it is read out."""
    return f"{code[:4]} {code[4:]}"


def is_pairing_alive(state: DayState, paired_at: datetime | None, now: datetime) -> bool:
    """A tablet stays paired until its day is closed, and no longer than sixteen hours."""
    return state is not DayState.CLOSED and paired_at is not None and now - paired_at < PAIRING_LASTS


def screen_of(phase: Phase | None, *, is_text_current: bool, is_signed: bool) -> Screen:
    """What the tablet shows in this phase; before the identity check nothing of the person at all."""
    screen = SCREENS.get(phase, Screen.WAITING) if phase else Screen.WAITING
    if screen is Screen.WAITING or screen is Screen.RECEIPT:
        return screen
    if is_signed:
        return Screen.RECEIPT
    return screen if is_text_current else Screen.CHANGED


def check_may_read(page: int, reached: int, pages: int) -> None:
    """Refuse to leave a section out (WrongStep)."""
    if not 1 <= page <= min(reached + 1, pages):
        raise WrongStep("请一段一段往下看，不能跳过。", article=ARTICLE)


def check_has_read(reached: int, pages: int) -> None:
    """Refuse the pad before the last section was shown (WrongStep)."""
    if pages == 0 or reached < pages:
        raise WrongStep("请先把协议看完，看完才能签。签不签由您定，可以先回家商量。", article=ARTICLE)


def check_may_sign(state: TicketState, phase: Phase | None) -> None:
    """Refuse a signature outside of the step in which one signs (WrongStep)."""
    if state is not TicketState.AT_DESK or phase is not Phase.SIGNING:
        raise WrongStep("现在还不能签名：要先核对身份、看完协议。请按屏幕上的顺序来。", article=ARTICLE)
