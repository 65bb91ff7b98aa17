"""A calendar feed as RFC 5545 wants it: CRLF, lines of at most 75 octets, moments in UTC, values escaped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_LINE = 75
PRODUCT = "-//fangtiaotong//duty//ZH"
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class FeedEvent:
    """One entry: an id that stays the same, aware moments, a title and a place without personal data."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""


def write_feed(name: str, events: Iterable[FeedEvent], *, now: datetime) -> str:
    """The whole feed as text."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escape(name)}", "X-WR-TIMEZONE:Asia/Shanghai", "REFRESH-INTERVAL;VALUE=DURATION:PT4H"]
    for event in events:
        lines += _event_lines(event, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def escape(text: str) -> str:
    """Text as a property's value: backslash, semicolon, comma and line break are written with a backslash."""
    return text.translate(ESCAPES)


def fold(line: str) -> str:
    """The line in pieces of at most 75 octets, each further one begun by a space; no character is cut through."""
    pieces, piece, room = [], "", LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1
        piece += character
        room -= size
    return "\r\n ".join([*pieces, piece])


def stamp(moment: datetime) -> str:
    """An aware moment in UTC, as 20250701T010000Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _event_lines(event: FeedEvent, now: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{stamp(now)}",
        f"DTSTART:{stamp(event.starts_at)}",
        f"DTEND:{stamp(event.ends_at)}",
        f"SUMMARY:{escape(event.title)}",
    ]
    if event.place:
        lines.append(f"LOCATION:{escape(event.place)}")
    return [*lines, "END:VEVENT"]
