"""The calendar feed by RFC 5545: line ends, folding of long Chinese lines, escapes, moments in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.booking.rules.ical import FeedEvent, escape, fold, stamp, write_feed

NOW = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
EVENT = FeedEvent("duty-1@x", NOW, NOW + timedelta(hours=3), "值班 · 第一调解室窗口", "第一调解室窗口")


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_feed_when_written_has_crlf_everywhere_and_no_line_over_75_octets() -> None:
    long = FeedEvent("duty-2@x", NOW, NOW + timedelta(hours=3), "值班 · " + "第二十三调解室窗口" * 12)
    text = write_feed("访调通值班", [EVENT, long], now=NOW)
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("\n") == text.count("\r\n") == text.count("\r")
    lines = text.encode().split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()  # no character is cut through
    assert "SUMMARY:值班 · " + "第二十三调解室窗口" * 12 in unfolded(text)


def test_feed_when_written_names_the_event_in_order() -> None:
    assert unfolded(write_feed("访调通值班", [EVENT], now=NOW)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//fangtiaotong//duty//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:访调通值班",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "BEGIN:VEVENT",
        "UID:duty-1@x",
        "DTSTAMP:20250701T020000Z",
        "DTSTART:20250701T020000Z",
        "DTEND:20250701T050000Z",
        "SUMMARY:值班 · 第一调解室窗口",
        "LOCATION:第一调解室窗口",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("", [""]),
        ("a" * 75, ["a" * 75]),
        ("a" * 76, ["a" * 75, "a"]),
        ("a" * 75 + "b" * 75, ["a" * 75, "b" * 74, "b"]),
        ("a" * 74 + "值", ["a" * 74, "值"]),
        ("值" * 25 + "班", ["值" * 25, "班"]),
        ("值" * 26, ["值" * 25, "值"]),
        ("𠮷" * 19, ["𠮷" * 18, "𠮷"]),
    ],
    ids=["empty", "just fits", "one more", "three pieces", "character at the edge", "chinese", "26", "four octets"],
)
def test_line_when_longer_than_75_octets_is_folded_between_characters(line: str, pieces: list[str]) -> None:
    assert fold(line) == "\r\n ".join(pieces)


@pytest.mark.parametrize(
    ("text", "written"),
    [("a,b;c", "a\\,b\\;c"), ("a\\n", "a\\\\n"), ("一行\r\n二行", "一行\\n二行"), ("BEGIN:VEVENT", "BEGIN:VEVENT")],
)
def test_text_when_it_holds_special_characters_is_escaped(text: str, written: str) -> None:
    assert escape(text) == written


def test_moment_when_of_another_zone_is_written_in_utc() -> None:
    assert stamp(datetime(2025, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))) == "20250701T010000Z"
