"""What a text for the public may not say, when a hearing may be announced, how seats are given (INV-34, R-HEAR-09)."""

from datetime import UTC, date, datetime

import pytest

from app.errors import RuleViolation
from app.hearings.rules.announcing import (
    AnnouncementPlan,
    KnownPerson,
    check_announcement,
    check_nothing_personal,
    list_personal_data,
    next_seat,
)
from app.hearings.rules.words import HearingMode
from app.law.holiday_notices import seeded_calendar
from app.law.periods import CountingMode, days

CALENDAR = seeded_calendar(range(2024, 2027))
ZHENG = KnownPerson("郑桂兰", "滨澜区织造街12号")
START = datetime(2025, 6, 11, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("郑桂兰请求增加房屋拆迁补偿", "姓名“郑桂兰”"),
        ("990101195703060042 的补偿", "身份证号“990101195703060042”"),
        ("990101 19570306 0042 的补偿", "身份证号“990101195703060042”"),
        ("联系 13800001234", "手机号“13800001234”"),
        ("联系 138-0000-1234", "手机号“13800001234”"),
        ("联系 0990-5551234", "电话“0990-5551234”"),
        ("账号 6222021234567890123", "银行账号“6222021234567890123”"),
        ("滨澜区织造街12号的房屋", "住址“滨澜区织造街12号”"),
        ("3号楼 2单元的房屋", "门牌“3号楼”"),
        ("郑 桂　兰的补偿", "姓名“郑桂兰”"),
        ("滨澜区织造街１２ 号的房屋", "住址“滨澜区织造街12号”"),
        ("联系 １３８００００１２３４", "手机号“13800001234”"),
    ],
)
def test_inv_34_text_that_tells_who_somebody_is_is_refused_naming_what_stands_there(text, found) -> None:
    assert found in list_personal_data(text, [ZHENG])
    with pytest.raises(RuleViolation, match=found) as refusal:
        check_nothing_personal(text, [ZHENG])
    assert refusal.value.rule == "INV-34"


def test_inv_34_refusal_when_a_name_stands_there_shows_how_to_mask_it() -> None:
    with pytest.raises(RuleViolation, match="姓名请写成郑某某这样"):
        check_nothing_personal("郑桂兰请求增加房屋拆迁补偿", [ZHENG])


@pytest.mark.parametrize(
    "text", ["郑某某请求增加房屋拆迁补偿", "2011年拆迁补偿 186000 元", "滨澜信听字〔2025〕3号", "第 12 次搬迁"]
)
def test_inv_34_masked_text_is_accepted(text) -> None:
    check_nothing_personal(text, [ZHENG, KnownPerson("")])


def plan(**values) -> AnnouncementPlan:
    usual = {
        "starts_at": START,
        "held_on": date(2025, 6, 11),
        "seats": 16,
        "registration_ends_at": datetime(2025, 6, 9, 9, 30, tzinfo=UTC),
    }
    return AnnouncementPlan(**{**usual, **values})


def check(today: date, *, counting: CountingMode = CountingMode.CLEAR_DAYS, mode=HearingMode.PUBLIC, **values) -> None:
    check_announcement(
        plan(**values),
        mode,
        now=datetime(today.year, today.month, today.day, 1, tzinfo=UTC),
        today=today,
        period=days(3),
        counting=counting,
        calendar=CALENDAR,
    )


def test_r_hear_09_announcement_three_days_before_is_accepted() -> None:
    check(date(2025, 5, 28))
    check(date(2025, 6, 7))
    check(date(2025, 6, 8), counting=CountingMode.INCLUSIVE)


@pytest.mark.parametrize(
    ("today", "counting"),
    [(date(2025, 6, 8), CountingMode.CLEAR_DAYS), (date(2025, 6, 9), CountingMode.INCLUSIVE)],
)
def test_r_hear_09_announcement_too_late_is_refused(today, counting) -> None:
    with pytest.raises(RuleViolation, match="公告要提前 3 日") as refusal:
        check(today, counting=counting)
    assert refusal.value.rule == "R-HEAR-09"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"mode": HearingMode.CLOSED}, "不公开的听证"),
        ({"seats": -1}, "旁听席位"),
        ({"seats": 501}, "旁听席位"),
        ({"registration_ends_at": datetime(2025, 6, 11, 1, 1, tzinfo=UTC)}, "截止"),
        ({"registration_ends_at": datetime(2025, 5, 27, 1, 1, tzinfo=UTC)}, "截止"),
    ],
)
def test_announcement_that_makes_no_sense_is_refused(values, text) -> None:
    with pytest.raises(RuleViolation, match=text):
        check(date(2025, 5, 28), **values)


def test_next_seat_counts_up_until_full_or_closed() -> None:
    before, after = datetime(2025, 6, 9, 9, 29, tzinfo=UTC), datetime(2025, 6, 9, 9, 30, tzinfo=UTC)
    assert next_seat(0, 2, now=before, registration_ends_at=after) == 1
    assert next_seat(1, 2, now=before, registration_ends_at=after) == 2
    with pytest.raises(RuleViolation, match="2 个旁听席位已经登记完了"):
        next_seat(2, 2, now=before, registration_ends_at=after)
    with pytest.raises(RuleViolation, match="已经截止"):
        next_seat(0, 2, now=after, registration_ends_at=after)
