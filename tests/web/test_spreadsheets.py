"""Workbooks from outside: what is refused before it is parsed, what a cell becomes, and that ours run nothing."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from app.errors import RuleViolation
from app.web.spreadsheets import Column, Sheet, read_sheet, write_sheet

COLUMNS = ("姓名", "账号", "金额")


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook as somebody else's program writes it."""
    book = Workbook()
    for row in (COLUMNS, *rows):
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def packed(content: bytes, extra: dict[str, bytes]) -> bytes:
    """The workbook with parts added or replaced."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in extra:
                new.writestr(name, old.read(name))
        for name, part in extra.items():
            new.writestr(name, part)
    return target.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (25200, "25200"),
        (25200.5, "25200.5"),
        (0.1 + 0.2, "0.3"),
        (date(2025, 5, 12), "2025-05-12"),
        ("  陶玉芬 ", "陶玉芬"),
        ("𠮷田", "𠮷田"),
        (None, ""),
    ],
)
def test_a_cell_becomes_the_text_that_people_see(value, text) -> None:
    (row,) = read_sheet(workbook(("有名", "1", value)), columns=COLUMNS)

    assert (row.number, row.cells["金额"], row.problems) == (2, text, ())


@pytest.mark.parametrize(
    ("value", "word"), [("=1+1", "公式"), (622202100112233445, "数字太长"), ("#REF!", "出错"), (True, "")]
)
def test_b184_formula_and_spoilt_cells_are_told_with_their_place(value, word) -> None:
    (row,) = read_sheet(workbook(("有名", value, 1)), columns=COLUMNS)

    assert row.cells["账号"] == ("" if word else "True")
    assert [word in problem and "B2" in problem for problem in row.problems] == [True] * bool(word)


BOMB = b"<sst>" + b"<si><t>x</t></si>" * 600_000 + b"</sst>"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"name,account\n1,2\n", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "旧版 .xls"),
        (packed(workbook(), {"xl/vbaProject.bin": b"macro"}), "宏"),
        (packed(workbook(), {"xl/sharedStrings.xml": DOCTYPE}), "不该有的内容"),
        (packed(workbook(), {"xl/big.xml": b" " * 60_000_000}), "展开后太大"),
        (packed(workbook(), {"xl/sharedStrings.xml": BOMB, "noise": bytes(range(256)) * 2000}), "太大"),
        (packed(workbook(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}), "打不开"),
        (workbook()[:-40], "不是 Excel"),
    ],
    ids=["csv", "old", "macro", "doctype", "bomb", "tags", "torn", "cut"],
)
def test_b183_what_is_no_workbook_or_packed_to_harm_is_refused(content, word) -> None:
    with pytest.raises(RuleViolation, match=word) as refusal:
        read_sheet(content, columns=COLUMNS)

    assert refusal.value.rule == "F19"


def test_missing_columns_are_named_and_too_many_rows_refused() -> None:
    with pytest.raises(RuleViolation, match="没有这些列：户名"):
        read_sheet(workbook(), columns=(*COLUMNS, "户名"))
    with pytest.raises(RuleViolation, match="最多 2 行"):
        read_sheet(workbook(*[("甲", "1", 1)] * 3), columns=COLUMNS, most_rows=2)


def test_f20_written_cells_are_text_and_run_nothing_and_come_back_unchanged() -> None:
    harmful = ['=HYPERLINK("http://x")', "+86", "-1", "@SUM(A1)", "＝1", "陶玉芬"]
    columns = (Column("姓名"), Column("意见", choices=("同意", "不同意，有理由")))
    content = write_sheet(Sheet("名单", columns, [(each, "同意") for each in harmful], ("先看说明",), blank_rows=3))

    cells = [cell for row in load_workbook(BytesIO(content))["名单"].iter_rows() for cell in row if cell.value]

    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@", "＝"))]
    assert [row.cells["姓名"] for row in read_sheet(content, columns=("姓名", "意见"))] == harmful
