"""What each reader of a form takes, and what it refuses with one Chinese line (B051–B126 as far as they are fields)."""

from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.errors import FieldErrors, StaleVersion
from app.web.forms import FormReader
from app.web.transaction import check_seen_version

TODAY = date(2025, 6, 11)


class Colour(StrEnum):
    """Two words to choose from."""

    RED = "red"
    BLUE = "blue"


Reader = Callable[[FormReader], Any]
READERS: dict[str, Reader] = {
    "line": lambda form: form.line("f", "标题"),
    "text": lambda form: form.text("f", "诉求"),
    "name": lambda form: form.person_name("f"),
    "id": lambda form: form.citizen_id_number("f", required=True),
    "credit": lambda form: form.credit_code("f", required=True),
    "phone": lambda form: form.phone("f", required=True),
    "amount": lambda form: form.amount_fen("f"),
    "date": lambda form: form.date("f", "日期"),
    "time": lambda form: form.time("f", "时间"),
    "number": lambda form: form.number("f", "人数", low=1, high=500),
    "choice": lambda form: form.choice("f", "颜色", Colour),
    "option": lambda form: form.option("f", "房间", {"a": 1, "b": 2}),
}
BLANK = ("", " ", "\t", "\u3000", "\r\n")
NEVER = ("a\x00b", "a\ufffdb", "\ufdd0", "a\uffff", "\ue815")


def reader(typed: str | None) -> FormReader:
    return FormReader(MultiDict({} if typed is None else {"f": typed}), today=TODAY)


def refusal_of(read: Reader, typed: str | None) -> str:
    """The message of the field; the rest of the form goes on being read."""
    form = reader(typed)
    read(form)
    with pytest.raises(FieldErrors) as refused:
        form.finish()
    assert set(refused.value.errors) == {"f"}
    assert refused.value.status == 422
    return refused.value.errors["f"]


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("typed", [None, *BLANK])
def test_b051_blank_is_missing(kind: str, typed: str | None) -> None:
    assert refusal_of(READERS[kind], typed).startswith("请")


@pytest.mark.parametrize("kind", ["line", "text", "name"])
def test_b051_only_invisible_characters_are_missing(kind: str) -> None:
    assert refusal_of(READERS[kind], "\u200b\u200d\ufeff")


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("typed", NEVER)
def test_b052_b256_what_no_text_may_hold_is_refused_everywhere(kind: str, typed: str) -> None:
    message = refusal_of(READERS[kind], typed)
    assert any("\u4e00" <= character <= "\u9fff" for character in message)


GOOD: list[tuple[str, str, Any]] = [
    ("line", " 漏水 ", "漏水"),
    ("line", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("line", "' OR 1=1 --", "' OR 1=1 --"),
    ("line", "{{7*7}}%s", "{{7*7}}%s"),
    ("line", "字" * 200, "字" * 200),
    ("line", "𠮷" * 200, "𠮷" * 200),
    ("text", "一\r\n二\r三", "一\n二\n三"),
    ("text", "一\t二", "一\t二"),
    ("text", "\ufeff起", "起"),
    ("text", "𠮷" * 50_000, "𠮷" * 50_000),
    ("name", "阿卜杜拉·买买提", "阿卜杜拉·买买提"),
    ("name", "𰻝𠮷㑇龦𬭚𫖯", "𰻝𠮷㑇龦𬭚𫖯"),
    ("name", "\uf900\U0002f81a", "\uf900\U0002f81a"),
    ("name", "O'Brien-Smith José", "O'Brien-Smith José"),
    ("name", "字" * 50, "字" * 50),
    ("id", "11010519491231002x", "11010519491231002X"),
    ("phone", "13800005678", "13800005678"),
    ("phone", "１３８００００５６７８", "13800005678"),
    ("phone", "+86 138 0000 5678", "13800005678"),
    ("amount", "42,000.00", 4_200_000),
    ("amount", "0.01", 1),
    ("date", "2025-06-11", date(2025, 6, 11)),
    ("date", "6月11日", date(2025, 6, 11)),
    ("date", "2024-02-29", date(2024, 2, 29)),
    ("time", "9:30", time(9, 30)),
    ("time", "０９：３０", time(9, 30)),
    ("time", "00:00", time(0, 0)),
    ("number", "500", 500),
    ("number", "１２", 12),
    ("number", " 7 ", 7),
    ("choice", "blue", Colour.BLUE),
    ("option", "b", 2),
]


@pytest.mark.parametrize(("kind", "typed", "value"), GOOD, ids=lambda item: str(item)[:20])
def test_good_input_is_read(kind: str, typed: str, value: Any) -> None:
    form = reader(typed)
    assert READERS[kind](form) == value
    form.finish()


BAD: list[tuple[str, str]] = [
    ("line", "一\n二"),
    ("line", "a\u202eb"),
    ("line", "a\u2066b"),
    ("line", "a\u200bb"),
    ("line", "a\x07b"),
    ("line", "a\x9fb"),
    ("line", "字" * 201),
    ("line", "e" + "\u0301" * 500),
    ("text", "a\x07b"),
    ("text", "a\u202eb"),
    ("text", "字" * 50_001),
    ("text", "e" + "\u0301" * 500),
    ("name", "字" * 51),
    ("name", "字" * 10_000),
    ("name", " 王芳"),
    ("name", "王\u200d芳"),
    ("name", "王\u202e芳"),
    ("id", "110105194912310021"),
    ("id", "1" * 17),
    ("id", "1" * 18),
    ("id", "1" * 19),
    ("id", "000105194912310023"),
    ("id", "110105490101002"),
    ("id", "1101052099123100 2X"),
    ("credit", "91350211M000100Y4Z"),
    ("credit", "x" * 18),
    ("phone", "1234567890123456"),
    ("phone", "12800005678"),
    ("phone", "१३८००००५६७८"),
    ("amount", "-1"),
    ("amount", "-0"),
    ("amount", "NaN"),
    ("amount", "Infinity"),
    ("amount", "1e400"),
    ("amount", "1_000"),
    ("amount", "0x10"),
    ("amount", "壹万"),
    ("amount", "0.001"),
    ("amount", "1,0"),
    ("amount", "10000000000000"),
    ("amount", "9" * 5000),
    ("date", "2026-02-30"),
    ("date", "2026-13-01"),
    ("date", "2025-02-29"),
    ("date", "00"),
    ("date", "0000-00-00"),
    ("date", "2026-W10-1"),
    ("date", "0001-01-01"),
    ("date", "9999-01-01"),
    ("date", "10000-01-01"),
    ("date", "-2026-01-01"),
    ("date", "1750000000"),
    ("date", "2026-03-10T09:00"),
    ("date", "九" * 5000),
    ("time", "24:00"),
    ("time", "9:60"),
    ("time", "9:30:60"),
    ("time", "9"),
    ("time", "09:3"),
    ("time", "-1:30"),
    ("time", "²:30"),
    ("time", "9" * 5000 + ":30"),
    ("number", "0"),
    ("number", "501"),
    ("number", "-1"),
    ("number", "1.0"),
    ("number", "1e3"),
    ("number", "²"),
    ("number", "१"),
    ("number", "true"),
    ("number", "9" * 5000),
    ("choice", "green"),
    ("choice", "RED"),
    ("choice", "Colour.RED"),
    ("option", "c"),
    ("option", "a" * 10_000),
]


@pytest.mark.parametrize(("kind", "typed"), BAD, ids=lambda item: ascii(item)[:24])
def test_bad_input_is_refused_in_one_line(kind: str, typed: str) -> None:
    message = refusal_of(READERS[kind], typed)
    assert len(message) < 200
    assert "\n" not in message


def test_all_errors_are_shown_at_once_and_the_first_of_a_field_stays() -> None:
    form = FormReader(MultiDict({"amount": "x", "on": "x"}), today=TODAY)
    form.amount_fen("amount")
    form.date("on", "日期")
    form.line("title", "标题")
    form.fail("amount", "第二句")
    with pytest.raises(FieldErrors, match="3 处") as refused:
        form.finish()
    assert list(refused.value.errors) == ["amount", "on", "title"]
    assert "第二句" not in refused.value.errors.values()


def test_optional_fields_may_be_blank() -> None:
    form = reader(" ")
    assert form.line("f", "标题", required=False) == ""
    assert form.text("f", "诉求", required=False) == ""
    assert form.citizen_id_number("f") == form.credit_code("f") == form.phone("f") == ""
    assert form.optional_date("f", "日期") is None
    assert form.option("f", "房间", {"a": 1}, required=False) is None
    assert not form.has("f")
    form.finish()


def test_several_choices_are_all_read_or_refused() -> None:
    form = FormReader(MultiDict([("f", "red"), ("f", "blue")]), today=TODAY)
    assert form.choices("f", "颜色", Colour) == (Colour.RED, Colour.BLUE)
    assert form.option_list("f", "颜色", {"red": 1, "blue": 2}) == (1, 2)
    form.finish()
    for read in (
        lambda form: form.choices("f", "颜色", Colour),
        lambda form: form.option_list("f", "颜色", {"red": 1}),
    ):
        assert refusal_of(read, "green")


def test_b021_of_a_field_sent_twice_the_first_counts() -> None:
    form = FormReader(MultiDict([("f", "先"), ("f", "后")]), today=TODAY)
    assert form.line("f", "标题") == "先"


def rows_of(fields: dict[str, str], **options: int) -> list[dict[str, str]]:
    form = FormReader(MultiDict(fields), today=TODAY)
    rows = list(form.rows("name", "share", **options))
    form.finish()
    return rows


def test_repeated_rows_come_in_order_and_empty_ones_are_left_out() -> None:
    fields = {"name-10": "丙", "name-2": "乙", "share-2": "1", "name-0": "甲", "name-1": " ", "share-1": ""}
    assert [(row["index"], row["name"], row["share"]) for row in rows_of(fields)] == [
        ("0", "甲", ""),
        ("2", "乙", "1"),
        ("10", "丙", ""),
    ]


@pytest.mark.parametrize("name", ["name-01", "name--1", "name-１", "name-²", "name-99999", "name-", "name", "other-0"])
def test_rows_with_odd_numbers_are_no_rows(name: str) -> None:
    assert rows_of({name: "甲"}) == []


def test_too_many_rows_are_refused_and_not_read() -> None:
    fields = {f"name-{index}": "甲" for index in range(600)}
    form = FormReader(MultiDict(fields), today=TODAY)
    assert len(list(form.rows("name", limit=100))) == 100
    with pytest.raises(FieldErrors, match="1 处") as refused:
        form.finish()
    assert "最多填 100 行" in refused.value.errors["name"]
    assert len(rows_of({f"name-{index}": "甲" for index in range(500)})) == 500


@pytest.mark.parametrize("typed", ["", "-1", "x", "1.0", "2", "１", "9" * 30])
def test_b202_a_version_that_was_never_seen_is_a_stale_form(typed: str) -> None:
    form = FormReader(MultiDict({"version": typed}), today=TODAY)
    with pytest.raises(StaleVersion):
        check_seen_version(SimpleNamespace(version=1), form.version())


def test_the_version_that_was_seen_is_read() -> None:
    assert FormReader(MultiDict({"version": "1"}), today=TODAY).version() == 1
    assert FormReader(MultiDict(), today=TODAY).version() is None
