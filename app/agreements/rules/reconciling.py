"""Which payment of the schedule does each row of the finance office's list settle, and to the fen?

A list is booked whole or not at all; a row that was booked before is known again and changes nothing.
"""

import json
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.law.dates import format_date
from app.law.money import format_yuan
from app.law.text import half_width, search_form


class RowVerdict(StrEnum):
    """What a row of the list is."""

    EXACT = "exact"
    PARTIAL = "partial"
    BOOKED = "booked"
    UNPAID = "unpaid"
    OVER = "over"
    UNKNOWN_PAYEE = "unknown_payee"
    WRONG_ACCOUNT = "wrong_account"
    DOUBLE = "double"
    UNREADABLE = "unreadable"


VERDICT_LABELS: Mapping[StrEnum, str] = {
    RowVerdict.EXACT: "付清",
    RowVerdict.PARTIAL: "付了一部分",
    RowVerdict.BOOKED: "以前入过账",
    RowVerdict.UNPAID: "这次没付",
    RowVerdict.OVER: "付多了",
    RowVerdict.UNKNOWN_PAYEE: "找不到收款人",
    RowVerdict.WRONG_ACCOUNT: "账号不符",
    RowVerdict.DOUBLE: "重复",
    RowVerdict.UNREADABLE: "看不懂",
}
LIST_COLUMNS = ("协议编号", "期次", "收款人", "账号", "实付金额", "实付日期", "银行流水号")
"""What an uploaded list must have; further columns are not read."""
BOOKABLE = frozenset({RowVerdict.EXACT, RowVerdict.PARTIAL})
HARMLESS = BOOKABLE | {RowVerdict.BOOKED, RowVerdict.UNPAID}


@dataclass(frozen=True, kw_only=True)
class ListedPayment:
    """One row of the list; without an amount nothing was paid this time."""

    number: int
    agreement_number: str = ""
    instalment: int | None = None
    payee: str = ""
    account: str = ""
    amount_fen: int = 0
    paid_on: date | None = None
    reference: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """One payment of the schedule, under the key that finds it again."""

    key: int
    agreement_number: str
    number: int
    payee: str
    account: str
    amount_fen: int
    paid_fen: int
    effective_on: date
    due_on: date | None = None


@dataclass(frozen=True)
class Matched:
    """What became of one row: its verdict, the payment it settles, and what is to be said about it."""

    row: ListedPayment
    verdict: RowVerdict
    words: str = ""
    instalment: Instalment | None = None

    @property
    def is_refused(self) -> bool:
        """The whole list waits until this row is mended."""
        return self.verdict not in HARMLESS


@dataclass(frozen=True)
class Reconciliation:
    """The whole list against the schedule."""

    rows: tuple[Matched, ...]

    @property
    def bookable(self) -> tuple[Matched, ...]:
        """The rows that bring money."""
        return tuple(row for row in self.rows if row.verdict in BOOKABLE)

    @property
    def refused(self) -> tuple[Matched, ...]:
        """The rows that must be mended first."""
        return tuple(row for row in self.rows if row.is_refused)

    @property
    def total_fen(self) -> int:
        """The money that would be booked."""
        return sum(row.row.amount_fen for row in self.bookable)

    def count(self, verdict: RowVerdict) -> int:
        """How many rows have that verdict."""
        return sum(row.verdict == verdict for row in self.rows)


@dataclass
class _Books:
    """The schedule while a list is gone through, row by row."""

    instalments: Sequence[Instalment]
    booked: Container[str]
    today: date
    paid: dict[int, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    @cached_property
    def by_number(self) -> Mapping[str, list[Instalment]]:
        """The payments of each agreement."""
        return _grouped(self.instalments, lambda one: one.agreement_number)

    @cached_property
    def by_payee(self) -> Mapping[str, list[Instalment]]:
        """The payments to each name."""
        return _grouped(self.instalments, lambda one: one.payee)

    def rest_of(self, instalment: Instalment) -> int:
        """What is owed after the rows before."""
        return instalment.amount_fen - instalment.paid_fen - self.paid.get(instalment.key, 0)


def payment_key(instalment: int, paid_on: date, amount_fen: int, reference: str) -> str:
    """By what a payment is known again, whatever list brings it."""
    return f"{instalment}:{paid_on.isoformat()}:{amount_fen}:{half_width(reference).strip()}"


def rows_to_json(rows: Iterable[ListedPayment]) -> str:
    """The rows as one text to be sealed."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, default=date.isoformat)


def rows_from_json(text: str) -> list[ListedPayment]:
    """The rows as they were read."""
    return [_row_from(values) for values in json.loads(text or "[]")]


def reconcile(
    rows: Iterable[ListedPayment], instalments: Sequence[Instalment], *, booked: Container[str], today: date
) -> Reconciliation:
    """Match each row to one payment of the schedule; `booked` are the keys of all payments on record."""
    books = _Books(instalments, booked, today)
    return Reconciliation(tuple(_match(row, books) for row in rows))


def _row_from(values: dict[str, Any]) -> ListedPayment:
    paid_on = values["paid_on"]
    dated = {"paid_on": date.fromisoformat(paid_on) if paid_on else None, "problems": tuple(values["problems"])}
    return ListedPayment(**{**values, **dated})


def _match(row: ListedPayment, books: _Books) -> Matched:
    if row.problems:
        return Matched(row, RowVerdict.UNREADABLE, "；".join(row.problems))
    if not row.amount_fen and row.paid_on is None:
        return Matched(row, RowVerdict.UNPAID)
    if not row.amount_fen or row.paid_on is None:
        return Matched(row, RowVerdict.UNREADABLE, "实付金额和实付日期要一起填")
    found, words = _find(row, books)
    if found is None:
        return Matched(row, RowVerdict.UNKNOWN_PAYEE, words)
    if row.account and found.account and _digits(row.account) != _digits(found.account):
        return Matched(row, RowVerdict.WRONG_ACCOUNT, "账号和协议上的不一样，请核对钱付到了哪里", found)
    if not found.effective_on <= row.paid_on <= books.today:
        start = format_date(found.effective_on)
        return Matched(row, RowVerdict.UNREADABLE, f"付款日期要在协议生效（{start}）以后、今天以前", found)
    return _weigh(row, row.paid_on, found, books)


def _weigh(row: ListedPayment, paid_on: date, found: Instalment, books: _Books) -> Matched:
    key = payment_key(found.key, paid_on, row.amount_fen, row.reference)
    if key in books.seen:
        words = f"和第 {books.seen[key]} 行一样。真的付了两次，请分别写上银行流水号"
        return Matched(row, RowVerdict.DOUBLE, words, found)
    books.seen[key] = row.number
    if key in books.booked:
        return Matched(row, RowVerdict.BOOKED, "", found)
    rest = books.rest_of(found) - row.amount_fen
    if rest < 0:
        words = f"多付 {format_yuan(-rest)} 元：这一期还欠 {format_yuan(books.rest_of(found))} 元"
        return Matched(row, RowVerdict.OVER, words, found)
    books.paid[found.key] = books.paid.get(found.key, 0) + row.amount_fen
    if rest:
        return Matched(row, RowVerdict.PARTIAL, f"还差 {format_yuan(rest)} 元", found)
    return Matched(row, RowVerdict.EXACT, "", found)


def _find(row: ListedPayment, books: _Books) -> tuple[Instalment | None, str]:
    """The payment a row means, by agreement and instalment, else by payee and account; or why there is none."""
    if not row.agreement_number:
        return _find_by_payee(row, books)
    of_agreement = books.by_number.get(search_form(row.agreement_number), [])
    if not of_agreement:
        return None, "没有这个编号的有效协议"
    wanted = search_form(row.payee)
    named = [one for one in of_agreement if not wanted or search_form(one.payee) == wanted]
    if not named:
        return None, f"收款人不是{row.payee}：协议上是{of_agreement[0].payee}"
    chosen = _of_instalment(row, named, books)
    return chosen, "" if chosen else f"这份协议没有第 {row.instalment} 期"


def _find_by_payee(row: ListedPayment, books: _Books) -> tuple[Instalment | None, str]:
    named = books.by_payee.get(search_form(row.payee), [])
    if row.account:
        with_account = [one for one in named if _digits(one.account) == _digits(row.account)]
        named = with_account or named
    agreements = {one.agreement_number for one in named}
    if len(agreements) > 1:
        return None, f"有 {len(agreements)} 份协议的收款人叫这个名字，请写上协议编号"
    chosen = _of_instalment(row, named, books)
    return chosen, "" if chosen else "有效协议里没有这位收款人，或者没有这一期"


def _of_instalment(row: ListedPayment, named: list[Instalment], books: _Books) -> Instalment | None:
    """The instalment that is named; else the one this payment was booked to before, else the first still owed."""
    if row.instalment is not None:
        return next((one for one in named if one.number == row.instalment), None)
    for one in named:
        if row.paid_on and payment_key(one.key, row.paid_on, row.amount_fen, row.reference) in books.booked:
            return one
    return next((one for one in named if books.rest_of(one) > 0), named[-1] if named else None)


def _grouped(instalments: Iterable[Instalment], name_of: Callable[[Instalment], str]) -> Mapping[str, list[Instalment]]:
    found: dict[str, list[Instalment]] = {}
    for one in instalments:
        found.setdefault(search_form(name_of(one)), []).append(one)
    return found


def _digits(account: str) -> str:
    return "".join(half_width(account).split()).replace("-", "").casefold()
