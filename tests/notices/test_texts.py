"""What a message says: short, without content, link alone at the end, never at night."""

from datetime import UTC, datetime, timedelta

import pytest

from app.notices.rules import (
    LONGEST_MESSAGE,
    MessageKind,
    back_off,
    compose_message,
    earliest_sending,
    greeting_of,
    last_four_digits,
    new_desk_code,
    new_token,
    normal_code,
    tell_in_person,
    when_words,
)

TENTH_AT_FIVE = datetime(2025, 4, 10, 9, 0, tzinfo=UTC)
FULL = {
    "centre": "滨澜区矛调中心",
    "name": "梁师傅",
    "when": "4月10日下午5点前",
    "where": "第一调解室",
    "bring": "身份证",
    "phone": "0990-555-0123",
    "what": "您7月的值班有3个半天变动",
}


def test_message_to_sign_is_the_one_of_the_brief() -> None:
    text = compose_message(MessageKind.AGREEMENT_TO_SIGN, FULL)
    assert text == (
        "【滨澜区矛调中心】梁师傅：请4月10日下午5点前到第一调解室签协议，带身份证。不便来请打0990-555-0123。"
    )


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind is not MessageKind.ACCESS_LINK])
def test_message_of_every_kind_fits_and_names_centre_and_phone(kind: MessageKind) -> None:
    text = compose_message(kind, FULL)
    assert len(text) <= LONGEST_MESSAGE
    assert text.startswith("【滨澜区矛调中心】梁师傅：")
    assert "0990-555-0123" in text


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (
            "滨澜区矛调中心二楼第一调解室（东门进）",
            "【滨澜区矛调中心】请4月10日下午5点前到滨澜区矛调中心二楼第一调解室（东门进）签协议，带身份证。"
            "不便来请打0990-555-0123。",
        ),
        (
            "织造街道锦江路18号矛调中心二楼东侧第一调解室",
            "【滨澜区矛调中心】请4月10日下午5点前到织造街道锦江路18号矛调中心二楼东侧第一调解室签协议。"
            "不便来请打0990-555-0123。",
        ),
        ("长" * 60, "【滨澜区矛调中心】有一件事要和您约时间，请打0990-555-0123。"),
    ],
)
def test_message_that_is_too_long_leaves_out_what_is_less_needed(where: str, expected: str) -> None:
    text = compose_message(MessageKind.AGREEMENT_TO_SIGN, {**FULL, "where": where})
    assert text == expected
    assert len(text) <= LONGEST_MESSAGE


def test_message_without_a_phone_on_file_does_not_ask_to_call_nobody() -> None:
    text = compose_message(MessageKind.AGREEMENT_EFFECTIVE, {**FULL, "when": "7月1日", "phone": ""})
    assert text == "【滨澜区矛调中心】梁师傅：协议7月1日已盖章生效。"


def test_link_stands_alone_at_the_end_and_says_that_nobody_asks() -> None:
    link = f"http://127.0.0.1:48000/p/{new_token()}"
    text = compose_message(MessageKind.ACCESS_LINK, FULL, link=link)
    assert text.endswith(f"。详情 {link}")
    assert "不来电或要您回复资料" in text
    assert len(text) <= LONGEST_MESSAGE
    assert "梁" not in text


@pytest.mark.parametrize(
    ("name", "is_person", "greeting"),
    [("梁守田", True, "梁师傅"), ("欧阳青", True, "欧阳师傅"), ("𠮷明", True, "𠮷师傅"), ("澜海公司", False, "贵单位")],
)
def test_greeting_never_gives_the_whole_name(name: str, is_person: bool, greeting: str) -> None:
    assert greeting_of(name, is_person=is_person) == greeting


@pytest.mark.parametrize(
    ("moment", "is_deadline", "expected"),
    [
        (TENTH_AT_FIVE, True, "4月10日下午5点前"),
        (TENTH_AT_FIVE - timedelta(hours=7, minutes=30), False, "4月10日上午9点30分"),
        (TENTH_AT_FIVE - timedelta(hours=5), False, "4月10日下午12点"),
        (TENTH_AT_FIVE + timedelta(hours=2), False, "4月10日晚上7点"),
    ],
)
def test_time_is_told_as_people_say_it(moment: datetime, is_deadline: bool, expected: str) -> None:
    assert when_words(moment, is_deadline=is_deadline) == expected


@pytest.mark.parametrize(
    ("local", "leaves"),
    [
        ("2025-04-10T20:59+08:00", "2025-04-10T20:59+08:00"),
        ("2025-04-10T21:00+08:00", "2025-04-11T08:00+08:00"),
        ("2025-04-11T03:10+08:00", "2025-04-11T08:00+08:00"),
        ("2025-04-11T07:59+08:00", "2025-04-11T08:00+08:00"),
        ("2025-04-11T08:00+08:00", "2025-04-11T08:00+08:00"),
    ],
)
def test_nobody_is_disturbed_at_night(local: str, leaves: str) -> None:
    assert earliest_sending(datetime.fromisoformat(local)) == datetime.fromisoformat(leaves)


def test_waiting_grows_with_every_failure() -> None:
    waits = [back_off(attempts) for attempts in (1, 2, 3, 4, 5)]
    assert waits == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=1),
    ]


@pytest.mark.parametrize(
    ("phone", "digits"),
    [("13800005021", "5021"), ("0990-5550123", "0123"), ("0990-5550123-12", "0123"), ("", ""), ("110", "")],
)
def test_second_factor_is_the_last_four_digits_on_file(phone: str, digits: str) -> None:
    assert last_four_digits(phone) == digits


@pytest.mark.parametrize("typed", ["5021", " 5021\n", "50 21", "５０２１", "50-21"])
def test_b218_code_is_read_as_meant(typed: str) -> None:
    assert normal_code(typed) == "5021"


def test_secrets_are_long_enough_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert {len(token) for token in tokens} == {22}
    assert all(len(new_desk_code()) == 6 for _ in range(50))


def test_message_14_counts_those_who_must_be_told() -> None:
    assert tell_in_person(2) == "2 人没有手机，请当面或电话告知。"
    assert tell_in_person(0) == ""
