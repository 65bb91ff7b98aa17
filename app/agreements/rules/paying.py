"""How a payment stands, in the words of the one who waits for it or owes it."""

from app.agreements.rules.performing import Standing
from app.law.money import format_yuan_short

RECEIVED = {Standing.PAID: "已付到", Standing.PAID_LATE: "已付到", Standing.NOT_YET: "还没到日子"}
PAID = {Standing.PAID: "已付清", Standing.PAID_LATE: "已付清", Standing.NOT_YET: "还没到日子"}
NUMERALS = "一二三四五六七八九十"
KINDS = {Standing.PAID: "ok", Standing.PAID_LATE: "ok", Standing.LATE: "bad", Standing.DEFAULT: "bad"}


def payment_words(standing: Standing, paid_fen: int, *, is_to_me: bool) -> tuple[str, str]:
    """The words for one payment, and ok, bad or idle for their sign; no legal words."""
    kind = KINDS.get(standing, "idle")
    settled = (RECEIVED if is_to_me else PAID).get(standing)
    if settled:
        return settled, kind
    part = f"付了 {format_yuan_short(paid_fen)} 元" if paid_fen else ""
    if standing is Standing.PARTLY:
        return part, kind
    late = "过了日子还没付，我们在催" if is_to_me else "过了日子，请尽快付"
    return f"{part}，其余{late}" if part else late, kind


def which_payment(number: int) -> str:
    """第一笔, beyond ten 第11笔."""
    return f"第{NUMERALS[number - 1] if number <= len(NUMERALS) else number}笔"
