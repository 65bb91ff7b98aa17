"""Unified social credit codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleViolation
from app.law.credit_code import ALPHABET, check_character, parse

REAL_BUT_FAILING = "91350211M0000XUF46"


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000101623741K", "91990100MA00000060"])
def test_r_id_03_code_is_valid(code: str) -> None:
    assert parse(code) == code


def test_r_id_03_remainder_zero_gives_zero() -> None:
    assert check_character("91990100MA0000006") == "0"


@pytest.mark.parametrize(
    "text", ["91350100m000100y43", " 91350100M000100Y43\u3000", "９１３５０１００Ｍ０００１００Ｙ４３"]
)
def test_b076_code_when_written_otherwise_is_taken_over(text: str) -> None:
    assert parse(text) == "91350100M000100Y43"


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y4A",
        "91350100M000100Y4",
        "91350100M000100Y433",
        "91350100M000100I43",
        "91A50100M000100Y43",
        "",
        "９１",
        REAL_BUT_FAILING,
    ],
)
def test_r_id_03_b116_code_is_refused(code: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        parse(code)

    assert refusal.value.rule == "R-ID-03"


def test_r_id_04_override_passes_the_check_character_only() -> None:
    assert parse(REAL_BUT_FAILING, is_overridden=True) == REAL_BUT_FAILING
    with pytest.raises(RuleViolation, match="18 位"):
        parse(REAL_BUT_FAILING[:-1], is_overridden=True)


@given(
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)
def test_any_code_with_its_check_character_is_valid(head: str, area: str, body: str) -> None:
    code = head + area + body

    assert parse(code + check_character(code)) == code + check_character(code)
