"""How values read on paper: dates, times, money, numbers, paragraphs.

These are the filters of the paper templates. None, which would print as an English word, is refused.
"""

import re
from datetime import date, time

from jinja2 import UndefinedError
from markupsafe import Markup, escape

from app.law.money import amount_in_capitals, format_yuan

_DIGITS = "零一二三四五六七八九"
_UNBROKEN = re.compile(r"[!-~]{300,}")


def in_print(value: object) -> object:
    """What a template expression prints: text with ¥ for the ￥ that Fandol draws as a dollar sign."""
    if value is None or isinstance(value, float):
        raise UndefinedError(f"a paper may not print {value!r}")
    if not isinstance(value, str):
        return value
    value = value.replace("￥", "¥")
    return value if isinstance(value, Markup) else _UNBROKEN.sub(_with_breaks, value)


def _with_breaks(run: re.Match[str]) -> str:
    # Laying out a run without any place to break takes time that grows with its square.
    text = run.group()
    return "\u200b".join(text[start : start + 10] for start in range(0, len(text), 10))


def date_words(value: date) -> str:
    """2025年7月1日 (R-FMT-15)."""
    return f"{value.year}年{value.month}月{value.day}日"


def time_words(value: time) -> str:
    """9时 or 9时30分."""
    return f"{value.hour}时{value.minute}分" if value.minute else f"{value.hour}时"


def yuan(fen: int) -> str:
    """12,000.00 for 1200000 fen."""
    return format_yuan(fen)


def capitals(fen: int) -> str:
    """壹万贰仟元整 for 1200000 fen."""
    return amount_in_capitals(fen)


def with_capitals(fen: int) -> str:
    """12,000.00元（大写：壹万贰仟元整）, as every amount in running text is printed."""
    return f"{format_yuan(fen)}元（大写：{amount_in_capitals(fen)}）"


def full_brackets(number: str) -> str:
    """A stored number such as (2025)滨澜人调字第31号 with full-width brackets (R-DOC-N01)."""
    return number.replace("(", "（").replace(")", "）")


def numeral(value: int) -> str:
    """一, 十二, 二十三: the count of a heading, 1 to 99."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def paragraphs(text: str) -> list[str]:
    """The typed text cut at its line breaks, empty lines dropped."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def or_dash(value: object) -> object:
    """An optional value that is empty prints as —, so that nothing can be written in later."""
    return "—" if value is None or value == "" else value


def without_stop(text: str) -> str:
    """A clause without its closing mark, so that more can follow it."""
    return text.strip().rstrip("。；;，,.：:")


def with_stop(text: str) -> str:
    """A sentence with a full stop when it has no closing mark."""
    text = text.strip()
    return text if not text or text[-1] in "。！？；：…）”" else f"{text}。"


def grouped_code(code: str) -> str:
    """XXXX-XXXX-XXXX for the twelve characters of a check code."""
    plain = code.replace("-", "")
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def phone_words(number: str) -> str:
    """A mobile number in groups of 3-4-4; other numbers as they are."""
    return re.sub(r"^(1\d{2})(\d{4})(\d{4})$", r"\1 \2 \3", number)


def account_words(number: str) -> str:
    """An account number in groups of four, so that a line can break in it."""
    plain = re.sub(r"\s", "", number)
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def kept_together(text: str) -> Markup:
    """A text that must not break over two lines."""
    return Markup('<span class="whole">{}</span>').format(escape(in_print(text)))


def em_width(text: str) -> float:
    """How many Chinese characters wide a text is; Latin letters and digits count half."""
    return sum(0.5 if ord(char) < 0x2E80 and char not in "“”‘’—…" else 1.0 for char in text)


FILTERS = {
    "date": date_words,
    "time": time_words,
    "yuan": yuan,
    "capitals": capitals,
    "with_capitals": with_capitals,
    "brackets": full_brackets,
    "numeral": numeral,
    "paragraphs": paragraphs,
    "dash": or_dash,
    "clause": without_stop,
    "sentence": with_stop,
    "code": grouped_code,
    "phone": phone_words,
    "account": account_words,
    "whole": kept_together,
    "em": em_width,
}
