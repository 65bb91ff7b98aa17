"""What stays visible of a personal detail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.masking import (
    mask_address,
    mask_bank_card,
    mask_id_number,
    mask_name,
    mask_numbers_in_text,
    mask_phone,
)


@pytest.mark.parametrize(
    ("name", "masked", "starred"),
    [
        ("王小明", "王某某", "王**"),
        ("郑桂兰", "郑某某", "郑**"),
        ("王芳", "王某", "王*"),
        ("王", "王某", "王*"),
        ("欧阳修", "欧阳某", "欧阳*"),
        ("诸葛孔明", "诸葛某某", "诸葛**"),
        ("司空", "司某", "司*"),
        ("阿卜杜拉·买买提", "阿某某", "阿**"),
        ("O'Brien-Smith José", "O某某", "O**"),
        ("𠮷野家", "𠮷某某", "𠮷**"),
        ("葛\U000e0100小明", "葛\U000e0100某某", "葛\U000e0100**"),
        ("", "", ""),
    ],
)
def test_r_pii_05_name(name: str, masked: str, starred: str) -> None:
    assert (mask_name(name), mask_name(name, filler="*")) == (masked, starred)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "110105********002X"),
        ("990101195503081230", "990101********1230"),
        ("E12345678", "E******78"),
        ("12345", "1**45"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_r_pii_05_id_keeps_first_six_and_last_four(number: str, masked: str) -> None:
    assert mask_id_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800005678", "138****5678"),
        ("0990-5550123", "0990-****0123"),
        ("010-88886666", "010-****6666"),
        ("0990-5550123-12", "0990-****0123"),
        ("123456789", "123**6789"),
        ("12345678", "********"),
        ("", ""),
    ],
)
def test_r_pii_05_phone(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("滨澜区织造街道胜利路12号3栋501室", "滨澜区织造街道****"),
        ("滨澜区东湖镇柳树村四组7号", "滨澜区东湖镇****"),
        ("滨澜区青山乡下河村", "滨澜区青山乡****"),
        ("滨澜区胜利路12号", "滨澜区胜利路****"),
        ("滨澜区解放大道88号", "滨澜区解放大道****"),
        ("滨澜区纺机小区3栋", "滨澜区****"),
        ("某地12号", "****"),
        ("滨澜区3号院（镇政府旁）", "滨澜区****"),
        ("滨澜区古镇路12号", "滨澜区古镇路****"),
        ("", ""),
    ],
)
def test_r_pii_05_address_stops_at_street_level(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("6222021234567890123", "***************0123"),
        ("6222 0212 3456 7890", "************7890"),
        ("12345678", "********"),
    ],
)
def test_r_pii_05_bank_card_keeps_last_four(number: str, masked: str) -> None:
    assert mask_bank_card(number) == masked


def test_b080_numbers_in_free_text_are_masked() -> None:
    text = "他的身份证11010519491231002X，电话13800005678，卡号6222021234567890123，金额186000元，2025年。"

    assert mask_numbers_in_text(text) == (
        "他的身份证110105********002X，电话138****5678，卡号***************0123，金额186000元，2025年。"
    )


@given(st.text("0123456789X", min_size=1, max_size=20))
def test_no_mask_gives_the_whole_number_away(number: str) -> None:
    assert mask_id_number(number) != number
    assert mask_phone(number) != number
    assert mask_bank_card(number) != number
