"""Citizen ID numbers: the check, what they tell, and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleViolation
from app.law.citizen_id import Sex, age_on, check_birth_date, check_character, check_matches_id, parse

TODAY = date(2025, 6, 11)


def with_check(first_seventeen: str) -> str:
    return first_seventeen + check_character(first_seventeen)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "990101195503081230"])
def test_r_id_01_check_character_of_the_vectors(number: str) -> None:
    assert check_character(number[:17]) == number[17]


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("990101195503081230", date(1955, 3, 8), Sex.MALE),
    ],
)
def test_r_id_02_number_tells_birth_date_and_sex(number: str, born: date, sex: Sex) -> None:
    parsed = parse(number, today=TODAY)

    assert (parsed.number, parsed.birth_date, parsed.sex, parsed.area) == (number, born, sex, number[:6])


def test_r_id_01_number_of_1880_was_valid_in_its_time() -> None:
    assert parse("440524188001010014", today=date(2009, 1, 1)).birth_date == date(1880, 1, 1)


@pytest.mark.parametrize(
    ("number", "count"),
    [("990101195503081230", 1), ("11010519491231002X", 0), (with_check("81000019900101123"), 0)],
)
def test_r_id_02_unknown_area_is_a_warning_only(number: str, count: int) -> None:
    assert len(parse(number, today=TODAY).warnings) == count


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "110105 19491231 002X",
        " 11010519491231002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u300019491231\u3000002x",
    ],
    ids=["B111-small-x", "grouped-as-shown", "spaces-around", "B076-full-width", "full-width-spaces"],
)
def test_number_when_written_otherwise_is_taken_over(text: str) -> None:
    assert parse(text, today=TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1101051949123100X", "要 18 位"),
        ("11010519491231002X1", "要 18 位"),
        ("110105194912310021", "第 18 位对不上，多半是抄错一位"),
        ("011010519491231002", "不以 0 开头"),
        (with_check("00010519491231002"), "不以 0 开头"),
        ("110105491231002", "15 位的老号码"),
        ("1101051949 1231002X", "要 18 位"),
        ("1" * 18, "太早了"),
        ("11010519490230002X", "19490230 不存在"),
        (with_check("11010520250612002"), "还没到"),
        ("٢١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "前 17 位是数字"),
        ("1101051949123100²X", "前 17 位是数字"),
        ("", "要 18 位"),
        ("1" * 10_000, "要 18 位"),
    ],
    ids=[
        "B111-17",
        "B111-19",
        "B111-check-digit",
        "B111-leading-zero",
        "B111-province-00",
        "B111-15-digits",
        "B111-spaces-inside",
        "B111-all-1",
        "B081-no-such-day",
        "B093-future",
        "Arabic-digits",
        "superscript",
        "empty",
        "long",
    ],
)
def test_r_id_01_number_is_refused(text: str, message: str) -> None:
    with pytest.raises(RuleViolation, match=message) as refusal:
        parse(text, today=TODAY)

    assert refusal.value.rule == "R-ID-01"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"sex": Sex.MALE}, "性别和身份证号对不上：号码是女"),
        ({"birth_date": date(1949, 12, 30)}, "出生日期和身份证号对不上：号码是1949年12月31日"),
    ],
)
def test_r_id_02_b094_typed_value_that_differs_is_refused(typed: dict[str, object], message: str) -> None:
    parsed = parse("11010519491231002X", today=TODAY)

    with pytest.raises(RuleViolation, match=message):
        check_matches_id(parsed, **typed)  # type: ignore[arg-type]


def test_r_id_02_typed_values_that_agree_or_are_missing_pass() -> None:
    parsed = parse("11010519491231002X", today=TODAY)

    check_matches_id(parsed)
    check_matches_id(parsed, sex=Sex.FEMALE, birth_date=date(1949, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1957, 6, 3), date(2025, 6, 2), 67),
        (date(1957, 6, 3), date(2025, 6, 3), 68),
        (date(2004, 2, 29), date(2025, 2, 28), 20),
        (date(2004, 2, 29), date(2025, 3, 1), 21),
    ],
)
def test_age_on(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_b093_birth_date_bounds() -> None:
    check_birth_date(TODAY, today=TODAY)
    check_birth_date(date(1894, 6, 12), today=TODAY)
    with pytest.raises(RuleViolation, match="太早"):
        check_birth_date(date(1894, 6, 11), today=TODAY)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.sampled_from(["110105", "990101"]))
def test_any_number_with_its_check_character_is_read_back(born: date, sequence: int, area: str) -> None:
    number = with_check(f"{area}{born:%Y%m%d}{sequence:03d}")

    parsed = parse(number, today=TODAY)

    assert parsed.birth_date == born
    assert (parsed.sex is Sex.MALE) == (sequence % 2 == 1)


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, shift: int) -> None:
    number = "11010519491231002X"
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    with pytest.raises(RuleViolation):
        parse(wrong, today=TODAY)
