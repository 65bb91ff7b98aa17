"""The columns of a roster's table, and how its rows become claimants with every problem told."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from app.collective.rules.roster import LABELS, ClaimKind, HeirPart, Kinship
from app.collective.rules.roster_entry import (
    ClaimantEntry,
    ClaimEntry,
    HeirEntry,
    ProxyEntry,
    problems_of,
    told,
)
from app.collective.rules.roster_plan import Line
from app.law import citizen_id
from app.web.forms import FormReader
from app.web.spreadsheets import Column, SheetRow

MOST_ROWS = 2000
MOST_CLAIMS = 3
MOST_HEIRS = 4
MOST_YEARS = 60
DEAD = {"在世": False, "已故": True}
FILED = {"已交": True, "未交": False}
SPECIAL = {"一般授权": False, "特别授权": True}
CLAIM_WORDS = {LABELS[kind]: kind for kind in ClaimKind}
KINSHIP_WORDS = {LABELS[kinship]: kinship for kinship in Kinship}
PART_WORDS = {LABELS[part]: part for part in HeirPart}


def _claim_columns(place: int) -> tuple[Column, ...]:
    return (
        Column(f"请求{place}", 12, tuple(CLAIM_WORDS)),
        Column(f"请求{place}期间", 16),
        Column(f"请求{place}年数", 10),
        Column(f"请求{place}每年", 12),
        Column(f"请求{place}金额", 14),
    )


def _heir_columns(place: int) -> tuple[Column, ...]:
    return (
        Column(f"家属{place}姓名", 12),
        Column(f"家属{place}身份证号", 22),
        Column(f"家属{place}关系", 12, tuple(KINSHIP_WORDS)),
        Column(f"家属{place}关系证明", 14, tuple(FILED)),
        Column(f"家属{place}签字", 14, tuple(PART_WORDS)),
    )


PROXY_COLUMNS = (
    Column("代理人姓名", 12),
    Column("代理人身份证号", 22),
    Column("代理人关系", 12),
    Column("代理权限", 12, tuple(SPECIAL)),
    Column("特别授权内容", 28),
    Column("授权书交存日期", 16),
)
CLAIM_COLUMNS = {place: _claim_columns(place) for place in range(1, MOST_CLAIMS + 1)}
HEIR_COLUMNS = {place: _heir_columns(place) for place in range(1, MOST_HEIRS + 1)}
COLUMNS: tuple[Column, ...] = (
    Column("姓名", 12),
    Column("身份证号", 22),
    Column("电话", 14),
    Column("街道", 16),
    Column("住址", 28),
    Column("状况", 8, tuple(DEAD)),
    *(column for columns in CLAIM_COLUMNS.values() for column in columns),
    Column("合计", 14),
    *PROXY_COLUMNS,
    Column("死亡日期", 14),
    Column("死亡证明", 12, tuple(FILED)),
    *(column for columns in HEIR_COLUMNS.values() for column in columns),
)
TITLES: tuple[str, ...] = tuple(column.title for column in COLUMNS)


def read_lines(rows: Iterable[SheetRow], *, today: date) -> list[Line]:
    """Every row as a claimant, or with all that is wrong with it."""
    return [_read_line(row, today) for row in rows]


def _read_line(row: SheetRow, today: date) -> Line:
    form = FormReader(MultiDict(row.cells), today=today)
    entry, stated = _read_claimant(form), form.amount_fen("合计", required=False)
    problems = [*row.problems, *told(form.errors.items())]
    if not form.errors:
        stated_total = stated if form.has("合计") else None
        problems += told(problems_of(entry, stated_total_fen=stated_total, today=today))
    return Line(row.number, row.cells, None if problems else entry, tuple(problems))


def _read_claimant(form: FormReader) -> ClaimantEntry:
    number = form.citizen_id_number("身份证号", required=True)
    found = citizen_id.parse(number, today=form.today) if number else None
    return ClaimantEntry(
        name=form.person_name("姓名"),
        id_number=number,
        birth_date=found.birth_date if found else form.today,
        sex=citizen_id.SEX_WORDS[found.sex] if found else "",
        phone=form.phone("电话"),
        street=form.line("街道", "街道", limit=40),
        address=form.line("住址", "住址", required=False),
        is_deceased=bool(_word(form, "状况", DEAD, required=False)),
        claims=tuple(_read_claim(form, place) for place, columns in CLAIM_COLUMNS.items() if _has_any(form, columns)),
        died_on=form.optional_date("死亡日期", "死亡日期"),
        has_death_proof=bool(_word(form, "死亡证明", FILED, required=False)),
        heirs=tuple(_read_heir(form, place) for place, columns in HEIR_COLUMNS.items() if _has_any(form, columns)),
        proxy=_read_proxy(form) if _has_any(form, PROXY_COLUMNS) else None,
    )


def _has_any(form: FormReader, columns: Iterable[Column]) -> bool:
    return any(form.has(column.title) for column in columns)


def _read_claim(form: FormReader, place: int) -> ClaimEntry:
    kind, years, yearly = (f"请求{place}", f"请求{place}年数", f"请求{place}每年")
    return ClaimEntry(
        kind=_word(form, kind, CLAIM_WORDS) or ClaimKind.OTHER,
        period=form.line(f"请求{place}期间", "期间", limit=40, required=False),
        years=form.number(years, "年数", low=1, high=MOST_YEARS) if form.has(years) else None,
        yearly_fen=form.amount_fen(yearly, "每年金额") if form.has(yearly) else None,
        amount_fen=form.amount_fen(f"请求{place}金额"),
    )


def _read_heir(form: FormReader, place: int) -> HeirEntry:
    return HeirEntry(
        name=form.person_name(f"家属{place}姓名"),
        id_number=form.citizen_id_number(f"家属{place}身份证号", required=True),
        kinship=_word(form, f"家属{place}关系", KINSHIP_WORDS) or Kinship.OTHER,
        has_kinship_proof=bool(_word(form, f"家属{place}关系证明", FILED)),
        part=_word(form, f"家属{place}签字", PART_WORDS) or HeirPart.DISPUTES,
    )


def _read_proxy(form: FormReader) -> ProxyEntry:
    return ProxyEntry(
        name=form.person_name("代理人姓名"),
        id_number=form.citizen_id_number("代理人身份证号", required=True),
        relation=form.line("代理人关系", "和本人的关系", limit=60),
        is_special=bool(_word(form, "代理权限", SPECIAL)),
        powers=form.text("特别授权内容", "特别授权内容", limit=1000, required=False),
        filed_on=form.date("授权书交存日期", "交存日期"),
    )


def _word(form: FormReader, title: str, words: Mapping[str, Any], *, required: bool = True) -> Any:
    """The value of one word of a drop-down; the message names the words that may stand there."""
    typed = form.raw(title).strip()
    if typed in words:
        return words[typed]
    if typed or required:
        form.fail(title, f"请从下拉里选：{'、'.join(words)}。")
    return None
