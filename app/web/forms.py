"""How posted text becomes plain values: each reader checks one field, all errors are shown at once.

form = FormReader(request.form, today=clock.today())
claim = form.text("claim", "诉求", limit=5000)
form.finish()                     # raises FieldErrors with every message
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date as Day  # noqa: N812 a reader is called date below
from datetime import time
from enum import StrEnum
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from app.errors import DomainError, FieldErrors
from app.law import citizen_id, credit_code, dates, money, phone, text

MOST_ROWS = 500
NO_SUCH_VERSION = -1
ROW_INDEX = re.compile(r"0|[1-9][0-9]{0,3}")
Word = TypeVar("Word", bound=StrEnum)
Value = TypeVar("Value")


class FormReader:
    """Reads fields by name; an empty or wrong field is noted and read as the neutral value."""

    def __init__(self, form: "MultiDict[str, str]", *, today: Day) -> None:
        self.form = form
        self.today = today
        self.errors: dict[str, str] = {}

    def fail(self, name: str, message: str) -> None:
        """Note that field `name` is wrong; the first message of a field stays."""
        self.errors.setdefault(name, message)

    def finish(self) -> None:
        """Refuse the form if any field is wrong (FieldErrors)."""
        if self.errors:
            raise FieldErrors(self.errors)

    def raw(self, name: str) -> str:
        """What was typed, untouched."""
        return self.form.get(name, "")

    def has(self, name: str) -> bool:
        """True when a box is ticked or a field is filled."""
        return bool(self.raw(name).strip())

    def line(self, name: str, label: str, *, limit: int = 200, required: bool = True) -> str:
        """One line of text of at most `limit` characters."""
        return self._read(name, label, required, "", lambda typed: text.clean_line(typed, limit=limit))

    def text(self, name: str, label: str, *, limit: int = 50_000, required: bool = True) -> str:
        """A longer text of at most `limit` characters; line breaks stay."""
        return self._read(name, label, required, "", lambda typed: text.clean_text(typed, limit=limit))

    def person_name(self, name: str, label: str = "姓名", *, required: bool = True) -> str:
        """A person's name, never changed silently (R-ID-06)."""
        return self._read(name, label, required, "", text.clean_person_name)

    def citizen_id_number(self, name: str, label: str = "身份证号", *, required: bool = False) -> str:
        """A valid citizen ID number in capitals, '' when none was shown (R-ID-01/02)."""
        return self._read(name, label, required, "", lambda typed: citizen_id.parse(typed, today=self.today).number)

    def credit_code(self, name: str, label: str = "统一社会信用代码", *, required: bool = False) -> str:
        """A valid unified social credit code (R-ID-03)."""
        return self._read(name, label, required, "", credit_code.parse)

    def phone(self, name: str, label: str = "电话", *, required: bool = False) -> str:
        """A mobile or landline number in plain digits (R-ID-05)."""
        return self._read(name, label, required, "", phone.parse)

    def amount_fen(self, name: str, label: str = "金额", *, required: bool = True) -> int:
        """An amount in yuan, read as integer fen."""
        return self._read(name, label, required, 0, money.parse_yuan)

    def date(self, name: str, label: str, *, required: bool = True) -> Day:
        """A date typed as 2025-06-11, 6.11 or 6月11日; the neutral value is today."""
        return self._read(name, label, required, self.today, lambda typed: dates.parse_date(typed, today=self.today))

    def optional_date(self, name: str, label: str) -> Day | None:
        """A date or None."""
        return self.date(name, label) if self.has(name) else None

    def time(self, name: str, label: str) -> time:
        """A time of day such as 9:30."""
        return self._read(name, label, True, time(0, 0), _parse_time)

    def number(self, name: str, label: str, *, low: int, high: int, required: bool = True) -> int:
        """A whole number between `low` and `high`, both included."""
        return self._read(name, label, required, low, lambda typed: _parse_number(typed, low, high))

    def choice(self, name: str, label: str, words: type[Word], *, required: bool = True) -> Word:
        """One word of an enumeration; the neutral value is its first."""
        first = next(iter(words))
        return self._read(name, label, required, first, lambda typed: _parse_choice(typed, words))

    def choices(self, name: str, label: str, words: type[Word]) -> tuple[Word, ...]:
        """Any number of words of an enumeration."""
        try:
            return tuple(_parse_choice(typed, words) for typed in self.form.getlist(name))
        except DomainError as refusal:
            self.fail(name, refusal.message)
            return ()

    def option(self, name: str, label: str, options: Mapping[str, Value], *, required: bool = True) -> Value | None:
        """One of `options` by its key."""
        typed = self.raw(name).strip()
        if typed in options:
            return options[typed]
        if typed or required:
            self.fail(name, f"请选择{label}。")
        return None

    def option_list(self, name: str, label: str, options: Mapping[str, Value]) -> tuple[Value, ...]:
        """Any number of `options` by their keys."""
        typed = self.form.getlist(name)
        if any(key not in options for key in typed):
            self.fail(name, f"{label}里有一项已经不能选，请重新选。")
        return tuple(options[key] for key in typed if key in options)

    def version(self) -> int | None:
        """The version of the row that the person saw; None when the form carries none, one that never was if spoilt."""
        if "version" not in self.form:
            return None
        typed = self.raw("version")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else NO_SUCH_VERSION

    def rows(self, *names: str, limit: int = MOST_ROWS) -> Iterable[dict[str, str]]:
        """Repeated groups of fields `name-0`, `name-1`, … in order, empty groups left out; at most `limit` are read."""
        indexes = self._indexes(names)
        if len(indexes) > limit:
            self.fail(names[0], f"一次最多填 {limit} 行，现在是 {len(indexes)} 行。请分几次填。")
        for index in indexes[:limit]:
            row = {name: self.raw(f"{name}-{index}").strip() for name in names}
            if any(row.values()):
                yield {**row, "index": str(index)}

    def _indexes(self, names: tuple[str, ...]) -> list[int]:
        found = set()
        for key in self.form:
            name, _, index = key.rpartition("-")
            if name in names and ROW_INDEX.fullmatch(index):
                found.add(int(index))
        return sorted(found)

    def _read(self, name: str, label: str, required: bool, neutral: Any, parse: Callable[[str], Any]) -> Any:
        typed = self.raw(name)
        if not typed.strip(" \t\r\n\u3000"):
            if required:
                self.fail(name, f"请填写{label}。")
            return neutral
        try:
            return parse(typed)
        except DomainError as refusal:
            self.fail(name, refusal.message)
            return neutral


def _parse_time(typed: str) -> time:
    hour, _, minute = text.half_width(typed).strip().partition(":")
    if not (_is_digits(hour) and _is_digits(minute) and len(hour) <= 2 and len(minute) == 2):
        raise FieldErrors({}, "时间写成 9:30 这样。")
    if int(hour) > 23 or int(minute) > 59:
        raise FieldErrors({}, "没有这个时间。时间写成 9:30 这样。")
    return time(int(hour), int(minute))


def _parse_number(typed: str, low: int, high: int) -> int:
    digits = text.half_width(typed).strip()
    if not (_is_digits(digits) and len(digits) < 12 and low <= int(digits) <= high):
        raise FieldErrors({}, f"请填 {low} 到 {high} 之间的整数。")
    return int(digits)


def _is_digits(typed: str) -> bool:
    return typed.isascii() and typed.isdigit()


def _parse_choice(typed: str, words: type[Word]) -> Word:
    try:
        return words(typed)
    except ValueError:
        raise FieldErrors({}, "这一项不能选，请重新选。") from None
