"""Amounts: typed strictly, printed in figures and in capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleViolation
from app.law.money import amount_in_capitals, format_yuan, format_yuan_short, parse_yuan

CAPITALS = [
    ("0", "零元整"),
    ("0.01", "壹分"),
    ("0.05", "伍分"),
    ("0.10", "壹角"),
    ("0.50", "伍角"),
    ("0.53", "伍角叁分"),
    ("1", "壹元整"),
    ("1.01", "壹元零壹分"),
    ("1.10", "壹元壹角"),
    ("9.99", "玖元玖角玖分"),
    ("10", "壹拾元整"),
    ("11", "壹拾壹元整"),
    ("20.20", "贰拾元贰角"),
    ("100", "壹佰元整"),
    ("101", "壹佰零壹元整"),
    ("110", "壹佰壹拾元整"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("800", "捌佰元整"),
    ("1000", "壹仟元整"),
    ("1001", "壹仟零壹元整"),
    ("1010", "壹仟零壹拾元整"),
    ("1100", "壹仟壹佰元整"),
    ("1409.50", "壹仟肆佰零玖元伍角"),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
    ("4200", "肆仟贰佰元整"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("10000", "壹万元整"),
    ("10001", "壹万零壹元整"),
    ("10010", "壹万零壹拾元整"),
    ("10100", "壹万零壹佰元整"),
    ("11000", "壹万壹仟元整"),
    ("12000", "壹万贰仟元整"),
    ("13500", "壹万叁仟伍佰元整"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("16800", "壹万陆仟捌佰元整"),
    ("23400", "贰万叁仟肆佰元整"),
    ("25200", "贰万伍仟贰佰元整"),
    ("42000", "肆万贰仟元整"),
    ("100000", "壹拾万元整"),
    ("105000", "壹拾万零伍仟元整"),
    ("107000.53", "壹拾万零柒仟元伍角叁分"),
    ("186000", "壹拾捌万陆仟元整"),
    ("1000000", "壹佰万元整"),
    ("1000001", "壹佰万零壹元整"),
    ("6681600", "陆佰陆拾捌万壹仟陆佰元整"),
    ("10022400", "壹仟零贰万贰仟肆佰元整"),
    ("10080000", "壹仟零捌万元整"),
    ("12618000", "壹仟贰佰陆拾壹万捌仟元整"),
    ("16704000", "壹仟陆佰柒拾万零肆仟元整"),
    ("100000000", "壹亿元整"),
    ("100000001", "壹亿零壹元整"),
    ("100008000", "壹亿零捌仟元整"),
    ("150000000", "壹亿伍仟万元整"),
    ("1050000000", "壹拾亿零伍仟万元整"),
    ("1000500000000", "壹万零伍亿元整"),
    ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
]
FEN = st.integers(0, 10**15 - 1)


def read_capitals(text: str) -> int:
    """The fen of an amount in capitals, read as people do: each unit closes what stands before it."""
    yuan, _, rest = text.removesuffix("整").rpartition("元")
    jiao, _, fen = rest.rpartition("角")
    return read_whole(yuan) * 100 + read_whole(jiao) * 10 + read_whole(fen.removesuffix("分"))


def read_whole(text: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        high, found, low = text.rpartition(unit)
        if found:
            return read_whole(high) * size + read_whole(low)
    return "零壹贰叁肆伍陆柒捌玖".index(text.strip("零") or "零")


@pytest.mark.parametrize(("yuan", "capitals"), CAPITALS)
def test_amount_in_capitals_by_the_bank_rule(yuan: str, capitals: str) -> None:
    assert amount_in_capitals(parse_yuan(yuan)) == capitals


@given(FEN)
def test_b108_capitals_read_back_are_the_same_amount(fen: int) -> None:
    assert read_capitals(amount_in_capitals(fen)) == fen


@given(FEN)
def test_capitals_never_double_a_zero_nor_end_a_part_with_one(fen: int) -> None:
    text = amount_in_capitals(fen)

    assert "零零" not in text
    assert not any(f"零{unit}" in text for unit in "拾佰仟万亿角分")
    assert ("零元" in text) == (fen == 0)


@pytest.mark.parametrize("fen", [-1, 10**15])
def test_amount_in_capitals_when_out_of_bounds_is_refused(fen: int) -> None:
    with pytest.raises(RuleViolation, match="金额"):
        amount_in_capitals(fen)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("42000", 4_200_000),
        ("42,000.00", 4_200_000),
        ("1,234,567.8", 123_456_780),
        ("0.01", 1),
        ("0", 0),
        (" 800 ", 80_000),
        ("9999999999999.99", 999_999_999_999_999),
    ],
)
def test_parse_yuan(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "-1",
        "-0",
        "+1",
        "NaN",
        "Infinity",
        "1e400",
        "1e3",
        "1_000",
        "１２.５",
        "0x10",
        "10,00",
        "1,0000",
        ",100",
        "壹万",
        "42 000",
        "1.",
        ".5",
        "007",
        "¥5",
        "5元",
        "",
        "\n5",
        "٥",
        "1.2.3",
        "9" * 5000,
    ],
)
def test_b106_amount_that_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(RuleViolation, match="金额看不懂"):
        parse_yuan(text)


@pytest.mark.parametrize("text", ["0.001", "1.234", "42000.000"])
def test_b107_three_decimals_are_refused(text: str) -> None:
    with pytest.raises(RuleViolation, match="最多两位小数"):
        parse_yuan(text)


@pytest.mark.parametrize("text", ["10000000000000", "10,000,000,000,000.00"])
def test_b107_ten_million_million_yuan_are_refused(text: str) -> None:
    with pytest.raises(RuleViolation, match="太大"):
        parse_yuan(text)


@pytest.mark.parametrize(
    ("fen", "full", "short"),
    [
        (0, "0.00", "0"),
        (4_200_000, "42,000.00", "42,000"),
        (4_200_050, "42,000.50", "42,000.50"),
        (5, "0.05", "0.05"),
        (-20_000, "-200.00", "-200"),
        (-5, "-0.05", "-0.05"),
    ],
)
def test_format_yuan(fen: int, full: str, short: str) -> None:
    assert (format_yuan(fen), format_yuan_short(fen)) == (full, short)


@given(FEN)
def test_b108_figures_read_back_are_the_same_amount(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen == parse_yuan(format_yuan_short(fen))
