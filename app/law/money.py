"""How much money did someone write, and how is it written in capitals?

Amounts are whole fen, never floats.  Capitals follow the bank rule (正确填写票据和结算凭证的基本规定).
"""

import re

from app.errors import RuleViolation

FEN_IN_YUAN = 100
YUAN_LIMIT = 10**13
"""Amounts of ten million million yuan and more are refused (B107)."""
TYPED_YUAN = re.compile(r"(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?")
LONGEST_TYPED = 24
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("仟", "佰", "拾", "")
WAN = 10**4
YI = 10**8


def parse_yuan(text: str) -> int:
    """The fen of an amount typed in yuan, thousands commas allowed where they belong.

    Refuses signs, exponents, full-width digits, more than two decimals and 10¹³ yuan or more (B106, B107).
    """
    typed = text.strip(" ")
    match = TYPED_YUAN.fullmatch(typed) if len(typed) <= LONGEST_TYPED else None
    if match is None:
        raise RuleViolation("金额看不懂。请只写数字，最多两位小数，如 42,000.00。", rule="INV-22")
    yuan = int(match[1].replace(",", ""))
    if yuan >= YUAN_LIMIT:
        raise RuleViolation("金额太大了。请核对是不是多写了零。", rule="INV-22")
    return yuan * FEN_IN_YUAN + int((match[2] or "").ljust(2, "0"))


def format_yuan(fen: int) -> str:
    """42,000.00, as in tables and papers."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_IN_YUAN)
    return f"{sign}{yuan:,}.{rest:02d}"


def format_yuan_short(fen: int) -> str:
    """42,000 where the amount is in whole yuan, else 42,000.50."""
    return format_yuan(fen).removesuffix(".00")


def amount_in_capitals(fen: int) -> str:
    """The amount in capitals without 人民币: 4200000 → 肆万贰仟元整; refuses what parse_yuan cannot yield."""
    if not 0 <= fen < YUAN_LIMIT * FEN_IN_YUAN:
        raise RuleViolation("金额不能是负数，也不能超过十万亿元。", rule="INV-22")
    yuan, rest = divmod(fen, FEN_IN_YUAN)
    whole = f"{_whole_in_capitals(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{whole}整"
    return whole + _rest_in_capitals(*divmod(rest, 10), follows_yuan=bool(yuan))


def _rest_in_capitals(jiao: int, fen: int, *, follows_yuan: bool) -> str:
    if jiao:
        return f"{DIGITS[jiao]}角" + (f"{DIGITS[fen]}分" if fen else "")
    return ("零" if follows_yuan else "") + f"{DIGITS[fen]}分"


def _whole_in_capitals(number: int) -> str:
    if number >= YI:
        return _joined(number, YI, "亿")
    if number >= WAN:
        return _joined(number, WAN, "万")
    return _section_in_capitals(number) or DIGITS[0]


def _joined(number: int, size: int, unit: str) -> str:
    """Both parts around 亿 or 万, with 零 where a place beside the joint is empty."""
    high, low = divmod(number, size)
    text = f"{_whole_in_capitals(high)}{unit}"
    if not low:
        return text
    has_gap = low < size // 10 or high % 10 == 0
    return text + ("零" if has_gap else "") + _whole_in_capitals(low)


def _section_in_capitals(number: int) -> str:
    """A number under ten thousand; one 零 for each run of empty places inside it."""
    text = ""
    for digit, place in zip(f"{number:04d}", PLACES, strict=True):
        if digit != "0":
            text += DIGITS[int(digit)] + place
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")
