"""The rows of a roster's table: what is wrong with each, and what a table would do to the roster (no database)."""

from dataclasses import replace
from datetime import date

import pytest

from app.collective.forms.roster import TITLES, read_lines
from app.collective.forms.roster_sheets import cells_of, failed_rows, template, whole_roster
from app.collective.rules.roster import ClaimantStatus, ClaimKind
from app.collective.rules.roster_entry import ClaimantEntry, pending_reason
from app.collective.rules.roster_plan import Known, Line, LineFate, Registered, plan_import
from app.errors import RuleViolation
from app.web.spreadsheets import SheetRow, read_sheet
from tests.collective.rosters import TODAY, cells, dead, id_number, workbook

PROXY = {
    "代理人姓名": "陶小芬",
    "代理人身份证号": id_number(77, born="19790101"),
    "代理人关系": "女儿",
    "代理权限": "特别授权",
    "特别授权内容": "代为和解，代领款项",
    "授权书交存日期": "2025-02-14",
}


def lines_of(*rows: dict[str, str]) -> list[Line]:
    return read_lines((SheetRow(number, row) for number, row in enumerate(rows, start=4)), today=TODAY)


def entry_of(row: dict[str, str]) -> ClaimantEntry:
    line = lines_of(row)[0]
    assert line.problems == ()
    assert line.entry is not None
    return line.entry


def test_row_when_right_is_read_to_the_fen() -> None:
    more = {"请求2": "医疗费", "请求2金额": "1,234.56", "合计": "43234.56"}
    entry = entry_of(cells(1, **more, **PROXY))
    assert [(claim.kind, claim.amount_fen) for claim in entry.claims] == [
        (ClaimKind.RESETTLEMENT, 4_200_000),
        (ClaimKind.MEDICAL, 123_456),
    ]
    assert entry.total_fen == 4_323_456
    assert entry.proxy is not None
    assert (entry.proxy.is_special, entry.proxy.filed_on) == (True, date(2025, 2, 14))


@pytest.mark.parametrize("name", ["𬀩䶮", "阿卜杜拉·买买提", "王㼆𠅤"])
def test_name_with_rare_characters_stays_as_typed(name: str) -> None:
    assert entry_of(cells(1, 姓名=name)).name == name


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"姓名": ""}, "姓名：请填写姓名"),
        ({"身份证号": ""}, "身份证号：请填写身份证号"),
        ({"身份证号": id_number(1)[:17] + ("0" if id_number(1)[17] != "0" else "1")}, "第 18 位对不上"),
        ({"身份证号": id_number(1, born="20150203")}, "未满 18 周岁"),
        ({"街道": ""}, "街道：请填写街道"),
        ({"电话": "12345"}, "电话："),
        ({"状况": "健在"}, "状况：请从下拉里选：在世、已故"),
        ({"请求1": "安家费"}, "请求1：请从下拉里选：安置费"),
        ({"请求1金额": "36000"}, "请求1金额：7 年 × 6,000.00 元应是 42,000.00 元"),
        ({"请求1金额": "42000.005"}, "请求1金额：金额看不懂"),
        ({"请求1金额": "0", "请求1每年": "", "合计": ""}, "请求1金额：金额要大于 0"),
        ({"合计": "36000"}, "合计：各项请求加起来是 42,000.00 元，合计填的是 36,000.00 元"),
        ({"请求1": "", "请求1期间": "", "请求1年数": "", "请求1每年": "", "请求1金额": ""}, "至少写一项请求"),
        ({"死亡日期": "2024-01-01"}, "状况却不是“已故”"),
        ({"代理人姓名": "陶小芬"}, "代理人身份证号：请填写"),
        ({**PROXY, "特别授权内容": ""}, "代理权限：特别授权要写明权限"),
        ({**PROXY, "授权书交存日期": "2025-03-01"}, "交存日期不能晚于今天"),
        ({**PROXY, "代理人身份证号": cells(1)["身份证号"]}, "和本人的身份证号相同"),
    ],
)
def test_row_when_wrong_says_the_column_and_why(changes: dict[str, str], said: str) -> None:
    line = lines_of(cells(1, **changes))[0]
    assert line.entry is None
    assert any(said in problem for problem in line.problems), line.problems


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"死亡日期": "2025-02-18"}, "死亡日期：2025年2月18日不在出生以后"),
        ({"家属1身份证号": cells(1)["身份证号"]}, "家属1身份证号：和本人的身份证号相同"),
        ({"家属2身份证号": dead(1, "本人签字")["家属1身份证号"]}, "家属2身份证号：这位家属写了两遍"),
        ({"家属1关系": ""}, "家属1关系：请从下拉里选"),
        (PROXY, "本人已故，原来的委托已经终止"),
    ],
)
def test_row_of_a_dead_claimant_when_wrong_says_why(changes: dict[str, str], said: str) -> None:
    line = lines_of({**dead(1, "本人签字", "已书面授权"), **changes})[0]
    assert any(said in problem for problem in line.problems), line.problems


def test_row_with_several_mistakes_tells_all_of_them() -> None:
    line = lines_of(cells(1, 姓名="", 街道="", 合计="1"))[0]
    assert len(line.problems) == 2
    assert {problem.partition("：")[0] for problem in line.problems} == {"姓名", "街道"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (cells(1), ""),
        (dead(1, "本人签字", "已书面授权"), ""),
        (dead(1, "本人签字", "本人签字"), ""),
        (dead(1, "本人签字", "有争议"), "家属对由谁继承有争议"),
        (dead(1, "本人签字", "已书面放弃继承"), ""),
        (dead(1, "已书面授权"), "没有签字的家属"),
        (dead(1, "已书面放弃继承"), "没有签字的家属"),
        (dead(1), "已故，没有登记家属"),
        (dead(1, "本人签字", proof="未交"), "缺死亡证明"),
        ({**dead(1, "本人签字"), "家属1关系证明": "未交"}, "缺亲属关系证明：孙小1之1"),
    ],
)
def test_inv_25_claimant_stays_pending_until_heirs_may_sign(row: dict[str, str], reason: str) -> None:
    entry = entry_of(row)
    told = pending_reason(is_deceased=entry.is_deceased, has_death_proof=entry.has_death_proof, heirs=entry.heirs)
    assert told == reason


def test_plan_when_a_number_stands_twice_refuses_both_rows() -> None:
    plan = plan_import(lines_of(cells(1), cells(2), cells(1, 姓名="另一个家属")), {}, [])
    assert [line.fate for line in plan.lines] == [LineFate.FAILED, LineFate.NEW, LineFate.FAILED]
    assert "和第 6 行相同" in plan.lines[0].problems[0]
    assert "家属写在同一行" in plan.lines[2].problems[0]


def known(status: ClaimantStatus = ClaimantStatus.LISTED, **changes: object) -> dict[str, Known]:
    entry = replace(entry_of(cells(1, 电话="13800000001", **PROXY)), **changes)
    return {entry.id_number: Known(11, status, entry)}


@pytest.mark.parametrize(
    ("row", "fate", "changes"),
    [
        (cells(1), LineFate.SAME, ()),
        (cells(1, 电话="13800000001", **PROXY), LineFate.SAME, ()),
        (cells(1, 电话="13900000002"), LineFate.CHANGED, ("电话",)),
        (cells(1, 街道="别的街道"), LineFate.CHANGED, ("街道",)),
        (cells(1, 请求1年数="6", 请求1金额="36000", 合计="36000"), LineFate.CHANGED, ("请求",)),
        (dead(1, "本人签字"), LineFate.CHANGED, ("状况", "死亡日期", "死亡证明", "家属", "代理人")),
        (cells(1, 姓名="别的名字"), LineFate.FAILED, ()),
        (cells(2), LineFate.NEW, ()),
    ],
)
def test_plan_against_the_roster_skips_changes_or_refuses(row, fate, changes) -> None:
    line = plan_import(lines_of(row), known(), []).lines[0]
    assert (line.fate, line.changes) == (fate, changes)


@pytest.mark.parametrize("status", [ClaimantStatus.SIGNED, ClaimantStatus.RETURNED, ClaimantStatus.REMOVED])
def test_plan_when_the_line_is_closed_refuses_changes_and_skips_repeats(status: ClaimantStatus) -> None:
    changed, same = plan_import(lines_of(cells(1, 街道="别的街道"), cells(2)), known(status), []).lines[0], None
    assert changed.fate is LineFate.FAILED
    same = plan_import(lines_of(cells(1)), known(status), []).lines[0]
    assert same.fate is LineFate.SAME


@pytest.mark.parametrize(
    ("registered", "fate", "party_id"),
    [
        (Registered(5, "陶玉1", cells(1)["身份证号"]), LineFate.NEW, 5),
        (Registered(5, "陶玉1", ""), LineFate.NEW, 5),
        (Registered(5, "陶玉1", id_number(999)), LineFate.NEW, None),
        (Registered(5, "苗桂香", cells(1)["身份证号"]), LineFate.FAILED, None),
    ],
)
def test_plan_joins_a_row_to_the_petitioner_registered_before(registered, fate, party_id) -> None:
    line = plan_import(lines_of(cells(1)), {}, [registered]).lines[0]
    assert (line.fate, line.party_id) == (fate, party_id)


def test_plan_when_two_rows_have_the_name_of_a_petitioner_without_number_joins_neither() -> None:
    plan = plan_import(lines_of(cells(1), cells(2, 姓名="陶玉1")), {}, [Registered(5, "陶玉1", "")])
    assert [line.party_id for line in plan.lines] == [None, None]


def test_template_when_read_back_has_every_column_and_no_row() -> None:
    assert read_sheet(template(), columns=TITLES) == []


def test_failed_rows_when_mended_can_be_uploaded_again() -> None:
    rows = [cells(1, 合计="1"), {**dead(2, "本人签字", 合计="1"), "姓名": "=HYPERLINK(1)"}]
    plan = plan_import(lines_of(*rows), {}, [])
    given = failed_rows(plan.of(LineFate.FAILED))
    assert [row.cells["姓名"] for row in read_sheet(given, columns=TITLES)] == ["陶玉1", "=HYPERLINK(1)"]
    assert "合计填的是 1.00 元" in read_sheet(given, columns=("原因",))[0].cells["原因"]


@pytest.mark.parametrize(
    "row", [cells(1, **PROXY), dead(2, "本人签字", "有争议"), cells(3, 请求2="工资", 请求2金额="0.01", 合计="42000.01")]
)
def test_export_when_uploaded_again_changes_nothing(row: dict[str, str]) -> None:
    entry = entry_of(row)
    again = read_lines(read_sheet(whole_roster([(entry, "待签约")]), columns=TITLES), today=TODAY)
    assert again[0].entry == entry
    assert set(cells_of(entry)) <= set(TITLES)


def test_workbook_with_a_formula_says_the_cell() -> None:
    line = read_lines(read_sheet(workbook([cells(1, 合计="=J2*1")]), columns=TITLES), today=TODAY)[0]
    assert line.entry is None
    assert any("是公式" in problem for problem in line.problems)


def test_workbook_with_2001_rows_is_refused() -> None:
    few = [{"姓名": "甲"}] * 2001
    with pytest.raises(RuleViolation, match="一次最多 2000 行"):
        read_sheet(workbook(few), columns=TITLES, most_rows=2000)


def test_amounts_and_numbers_as_numbers_are_read_exactly() -> None:
    row = {**cells(1), "请求1年数": "", "请求1每年": "", "请求1金额": 25200.1, "合计": 25200.1}
    line = read_lines(read_sheet(workbook([row]), columns=TITLES), today=TODAY)[0]
    assert line.entry is not None
    assert line.entry.total_fen == 2_520_010
    assert line.entry.claims[0].amount_fen == 2_520_010
