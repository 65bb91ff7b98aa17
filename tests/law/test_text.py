"""Which texts are stored, in which form, and what is refused by name and place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleViolation
from app.law.text import clean_line, clean_person_name, clean_text, half_width, search_form

READERS = [clean_line, clean_text, clean_person_name]
RARE = ["𰻝", "𠮷", "㑇", "龦", "𬭚", "𫖯", "䶮", "㛃", "堃", "〇", "\U0002ebf0", "\U00031350", "\U000323b0"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", ["", "   ", "\u3000\u3000", "\u200b\u200b", "\u200d", "\ufeff"])
def test_b051_blank_text_is_refused(reader: object, text: str) -> None:
    with pytest.raises(RuleViolation, match="填"):
        reader(text)  # type: ignore[operator]


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b"])
def test_b051_blank_text_where_it_may_be_is_empty(text: str) -> None:
    assert clean_line(text, is_required=False) == ""
    assert clean_text(text, is_required=False) == ""


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("character", "message"),
    [
        ("\0", "控制符（U\\+0000）"),
        ("\x01", "控制符"),
        ("\x1b", "控制符"),
        ("\x7f", "控制符"),
        ("\x85", "控制符"),
        ("\x9f", "控制符"),
        ("\u2028", "控制符"),
        (chr(0xD800), "没有传完整"),
        (chr(0xDFFF), "没有传完整"),
        ("\u202e", "颠倒文字方向（U\\+202E）"),
        ("\u2066", "颠倒文字方向"),
        ("\u2069", "颠倒文字方向"),
        ("\ue000", "不是标准字（U\\+E000）。请换成标准字"),
        ("\ue816", "标准字是“𠂇”"),
        ("\ue864", "标准字是“龻”"),
        ("\U000f0000", "不是标准字"),
        ("\u0378", "不存在（U\\+0378）"),
        ("\ufffe", "不存在"),
        ("\U0002ffff", "不存在"),
        ("\ufffd", "没有传完整"),
    ],
    ids=[
        "B052-nul",
        "B053-01",
        "B053-1b",
        "B053-7f",
        "B053-85",
        "B053-9f",
        "B053-2028",
        "B054-high",
        "B054-low",
        "B057-202e",
        "B057-2066",
        "B057-2069",
        "B256-e000",
        "B256-hint",
        "B256-hint-last",
        "B256-plane-15",
        "B256-unassigned",
        "B256-fffe",
        "B256-2ffff",
        "B256-fffd",
    ],
)
def test_character_that_cannot_be_kept_is_refused(reader: object, character: str, message: str) -> None:
    with pytest.raises(RuleViolation, match=message):
        reader(f"王{character}明")  # type: ignore[operator]


def test_refusal_names_the_place() -> None:
    with pytest.raises(RuleViolation, match="第 2 个字符"):
        clean_line("王\u202e明")


@pytest.mark.parametrize("reader", [clean_line, clean_person_name])
@pytest.mark.parametrize("character", ["\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u3164"])
def test_b058_invisible_character_in_a_line_is_refused(reader: object, character: str) -> None:
    with pytest.raises(RuleViolation, match="看不见"):
        reader(f"王{character}明")  # type: ignore[operator]


@pytest.mark.parametrize("character", ["\n", "\r", "\t", "\x0b"])
def test_b053_break_in_a_line_is_refused(character: str) -> None:
    with pytest.raises(RuleViolation, match="控制符"):
        clean_line(f"第一行{character}第二行")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("\ufeff开头", "开头"),
        ("王\u200b明", "王明"),
        ("表\t格", "表\t格"),
        ("  首尾  ", "首尾"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{7*7}} ' OR 1=1 -- %s%n", "{{7*7}} ' OR 1=1 -- %s%n"),
    ],
    ids=["B078-breaks", "B056-bom", "B058", "B053-tab", "ends", "B074-emoji", "B068", "B069-B070"],
)
def test_long_text_is_kept_in_one_form(text: str, kept: str) -> None:
    assert clean_text(text) == kept


def test_line_loses_only_the_spaces_around_it() -> None:
    assert clean_line("\u3000 滨澜 东方  ") == "滨澜 东方"


@pytest.mark.parametrize("character", RARE)
def test_b059_rare_characters_are_kept(character: str) -> None:
    name = f"王{character}"

    assert clean_person_name(name) == clean_line(name) == clean_text(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "\uf900",
        "\U0002f81a",
        "阿卜杜拉·买买提",
        "阿卜杜拉•买买提",
        "阿卜杜拉．买买提",
        "阿卜杜拉‧买买提",
        "O'Brien-Smith José",
        "Jose\u0301",
        "王",
        "葛\U000e0100",
        "阿" * 50,
        "𠮷" * 50,
        "张 三",
    ],
    ids=[
        "B060-f900",
        "B060-2f81a",
        "B061-1",
        "B061-2",
        "B061-3",
        "B061-4",
        "B062",
        "B062-nfd",
        "B062-1",
        "variation-selector",
        "B062-50",
        "B064-characters-not-bytes",
        "space-inside",
    ],
)
def test_r_id_06_name_is_never_changed(name: str) -> None:
    assert clean_person_name(name) == name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("阿" * 51, "最多 50 个字，现在是 51 个"),
        ("阿" * 10_000, "最多 50 个字"),
        (" 王明", "前后有空格"),
        ("王明\u3000", "前后有空格"),
        ("王明\n", "前后有空格"),
    ],
    ids=["B063-51", "B063-10000", "space-before", "space-after", "break-after"],
)
def test_r_id_06_name_is_refused(name: str, message: str) -> None:
    with pytest.raises(RuleViolation, match=message) as refusal:
        clean_person_name(name)

    assert refusal.value.rule == "R-ID-06"


@pytest.mark.parametrize(("reader", "limit"), [(clean_line, 200), (clean_text, 50_000)])
def test_b064_b065_length_is_counted_in_characters(reader: object, limit: int) -> None:
    assert len(reader("𠮷" * limit)) == limit  # type: ignore[operator]
    with pytest.raises(RuleViolation, match=f"最多 {limit} 个字，现在是 {limit + 1} 个"):
        reader("𠮷" * (limit + 1))  # type: ignore[operator]


@pytest.mark.parametrize("reader", READERS)
def test_b075_heap_of_marks_is_refused_and_a_few_are_kept(reader: object) -> None:
    assert reader("e" + "\u0301" * 8)  # type: ignore[operator]
    with pytest.raises(RuleViolation, match="叠加的符号太多"):
        reader("e" + "\u0301" * 9)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\uf900", "\u8c48"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉‧买买提"),
        ("张 三", "张三"),
        ("JOSÉ", "jose\u0301"),
        ("ＡＢＣ１２３", "abc123"),
        ("王\u200b明", "王明"),
    ],
)
def test_b060_b061_variants_are_found_by_one_search_form(one: str, other: str) -> None:
    assert search_form(one) == search_form(other)


def test_b077_traditional_and_simplified_are_different_in_search() -> None:
    assert search_form("張三") != search_form("张三")


def test_b076_half_width_changes_full_width_forms_only() -> None:
    assert half_width("ＡＢ１２\u3000（）²㈠") == "AB12 ()²㈠"


@given(st.text(max_size=60))
def test_clean_text_is_stable_and_storable(text: str) -> None:
    try:
        cleaned = clean_text(text)
    except RuleViolation:
        return

    assert clean_text(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert "\0" not in cleaned
    assert "\r" not in cleaned
