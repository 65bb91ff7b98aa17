"""How a workbook from outside is read without harm, and how one is written that runs nothing (F19, F20).

Size, parts, markup, macros and document types are checked before anything is parsed; cells come as text, a formula
is never computed but told with its place.
"""

import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.errors import RuleViolation

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIB = 1024 * 1024
MOST_BYTES = 10 * MIB
MOST_UNPACKED = 50 * MIB
MOST_PARTS = 200
MOST_RATIO = 100
MOST_TAGS = 1_000_000
"""Parsing costs time by the tag: more than this many, and a file takes longer than five seconds."""
MOST_ROWS = 5_000
MOST_COLUMNS = 100
HEADER_WITHIN = 10
LONGEST_EXACT = 10**15
"""Excel keeps fifteen digits of a number; longer ones were changed before they came here."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
MACROS = ("vbaproject", "activex", "embeddings/")
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HELP = "请用本系统下载的模板，在 Excel 或 WPS 里另存为 .xlsx 再上传。"


@dataclass(frozen=True)
class SheetRow:
    """One row as its author sees it: number in the sheet, text by column title, what is wrong with single cells."""

    number: int
    cells: dict[str, str]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a sheet to be written; `choices` becomes a drop-down list in the rows below the title."""

    title: str
    width: int = 14
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet to be written: all cells are text. `notes` stand above the titles, `blank_rows` below have lists."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[str]] = ()
    notes: tuple[str, ...] = ()
    blank_rows: int = 0


def read_sheet(content: bytes, *, columns: Sequence[str], most_rows: int = MOST_ROWS) -> list[SheetRow]:
    """The filled rows of the first sheet, found by their column titles within the first ten rows.

    Refuses (RuleViolation) what is no workbook, too large, packed to harm, or carries macros, and missing columns.
    """
    check_workbook(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            return _rows(sheet.iter_rows(max_col=MOST_COLUMNS), tuple(columns), most_rows)
    except RuleViolation:
        raise
    except Exception as error:  # whatever a broken part makes the parser stumble over
        raise _refused("这个文件打不开，可能坏了。") from error


def check_workbook(content: bytes) -> None:
    """Refuse before parsing what is no .xlsx, too large unpacked, encrypted, or holds macros or document types."""
    if len(content) > MOST_BYTES:
        raise RuleViolation(f"文件太大，最多 {MOST_BYTES // MIB} MB。请分成几份。", rule="F19")
    if content.startswith(OLD_OFFICE):
        raise _refused("这是旧版 .xls 或者加了密码的文件。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_parts(archive, len(content))
    except RuleViolation:
        raise
    except Exception as error:  # zipfile raises its own, zlib's and the codecs' errors
        raise _refused("这不是 Excel 表格（.xlsx）。") from error


def write_sheet(sheet: Sheet) -> bytes:
    """The workbook's bytes; no cell is a formula, and none begins with a sign that a table program would run (F20)."""
    book = Workbook()
    page = book.active
    page.title = sheet.title
    book.properties.creator = ""
    lines: list[Sequence[str]] = [*([note] for note in sheet.notes), [column.title for column in sheet.columns]]
    head = len(lines)
    lines += list(sheet.rows)
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            _put(page.cell(number, place), text)
    for cell in page[head]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    page.freeze_panes = page.cell(head + 1, 1)
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
        # For what is typed below: cells of their own would make thousands of empty rows to read.
        page.column_dimensions[get_column_letter(place)].number_format = "@"
    _add_choices(book, page, sheet, head + 1, len(lines) + sheet.blank_rows)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def disarmed(text: str) -> str:
    """The text without control characters, quoted where a table program might take it for a formula (F20)."""
    plain = "".join(each for each in text if each >= " " or each in "\n\t")
    return f"'{plain}" if plain.startswith(TRIGGERS) else plain


def _check_parts(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > packed * MOST_RATIO:
        raise RuleViolation("这个文件展开后太大，不能读。请删去多余的行、列和图片再上传。", rule="F19")
    names = [part.filename.casefold() for part in parts]
    if any(mark in name for name in names for mark in MACROS):
        raise _refused("文件里有宏或者嵌入的程序，不能上传。")
    if "[content_types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
        raise _refused("这不是 Excel 表格（.xlsx）。")
    tags = 0
    for part in parts:
        if part.filename.casefold().endswith((".xml", ".rels", ".vml")):
            tags += _tags_of(archive.read(part))
    if tags > MOST_TAGS:
        raise RuleViolation("这个表格太大，不能读。请分成几份，每份最多 5000 行。", rule="F19")


def _tags_of(markup: bytes) -> int:
    """How many tags; refuses document types, which hide bombs and fetch files, and encodings that hide them."""
    if b"\x00" in markup[:64] or b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise RuleViolation(f"文件里有不该有的内容，不能读。{HELP}", rule="F19")
    return markup.count(b"<")


def _rows(lines: Iterator[Sequence[Any]], columns: tuple[str, ...], most_rows: int) -> list[SheetRow]:
    titles, found, blank_run = _titles(lines, columns), [], 0
    for line in lines:
        row = _row(line, titles)
        if row is None:
            blank_run += 1
            if blank_run > most_rows:
                break
            continue
        blank_run = 0
        found.append(row)
        if len(found) > most_rows:
            raise RuleViolation(f"一次最多 {most_rows} 行。请分成几份再上传。", rule="F19")
    return found


def _titles(lines: Iterator[Sequence[Any]], columns: tuple[str, ...]) -> dict[int, str]:
    missing = columns
    for _, line in zip(range(HEADER_WITHIN), lines, strict=False):
        seen = {place: str(cell.value).strip() for place, cell in enumerate(line) if cell.value is not None}
        titles = [title for title in seen.values() if title in columns]
        lacking = tuple(title for title in columns if title not in titles)
        if not lacking:
            _check_single(titles)
            return {place: title for place, title in seen.items() if title in columns}
        if len(lacking) < len(missing):
            missing = lacking
    raise _refused(f"表里没有这些列：{'、'.join(missing)}。")


def _check_single(titles: list[str]) -> None:
    double = sorted({title for title in titles if titles.count(title) > 1})
    if double:
        raise _refused(f"这些列写了两遍：{'、'.join(double)}。")


def _row(line: Sequence[Any], titles: dict[int, str]) -> SheetRow | None:
    """The texts and problems of one row; None for an empty one."""
    number = next((cell.row for cell in line if getattr(cell, "row", None)), 0)
    cells: dict[str, str] = {}
    problems = []
    for place, title in titles.items():
        cells[title], problem = _text(line[place] if place < len(line) else None)
        if problem:
            problems.append(f"{title}（{get_column_letter(place + 1)}{number}）{problem}")
    return SheetRow(number, cells, tuple(problems)) if problems or any(cells.values()) else None


def _text(cell: Any) -> tuple[str, str]:
    """A cell as text, and what is wrong with it."""
    value = getattr(cell, "value", None)
    if value is None:
        return "", ""
    if cell.data_type == "f" or not isinstance(value, str | int | float | date | time):
        return "", "是公式，请改成写好的值"
    if cell.data_type == "e":
        return "", f"是出错的值 {value}，请改正"
    if isinstance(value, int | float) and abs(value) >= LONGEST_EXACT:
        return "", "数字太长，表格程序已经改了后几位。请把这一列设成文本，重新填"
    return _written(value), ""


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    text = str(value).strip()
    return text[1:] if text[:1] == "'" and text[1:].startswith(TRIGGERS) else text


def _put(cell: Cell, text: str) -> None:
    cell.value = disarmed(text)
    cell.data_type = "s"
    cell.number_format = "@"


def _add_choices(book: Workbook, page: Any, sheet: Sheet, first: int, last: int) -> None:
    """Drop-down lists, from a hidden sheet because a list in the rule itself may hold 255 characters only."""
    lists = [(place, column.choices) for place, column in enumerate(sheet.columns, start=1) if column.choices]
    if not lists or last < first:
        return
    words = book.create_sheet("选项")
    words.sheet_state = "hidden"
    for number, (place, choices) in enumerate(lists, start=1):
        for line, choice in enumerate(choices, start=1):
            _put(words.cell(line, number), choice)
        source, target = get_column_letter(number), get_column_letter(place)
        rule = DataValidation("list", formula1=f"选项!${source}$1:${source}${len(choices)}", allow_blank=True)
        rule.showErrorMessage = True
        rule.add(f"{target}{first}:{target}{last}")
        page.add_data_validation(rule)


def _refused(message: str) -> RuleViolation:
    return RuleViolation(f"{message}{HELP}", rule="F19")
