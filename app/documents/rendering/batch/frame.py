"""What is structure in a paper's HTML, and what is a value that may differ from paper to paper?

Two papers have one structure when their HTML has the same tags, attributes and white space. Every text is a value, and
so are the number for the heads of the pages and the path of the QR code. Nothing has to be marked in a template, and
nothing can differ without being seen.
"""

import re
from dataclasses import dataclass
from html import unescape

_TAG = re.compile(r"(<[^>]*>)")
_NUMBER = re.compile(r'(<div class="number-source" data-number=")([^"]*)(" data-form="[^"]*">)')
# A QR code as `drawing.qr_svg` writes it: rows of black runs.
_QR_PATH = re.compile(r'<path d="((?:M\d+ \d+h\d+v1h-\d+z)+)"/>')
_QR_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")
# What stands for a QR code in a layout.
QR_PLACE = "M0 0h1v1h-1z"
_KEPT_AFTER = ("<style>", "<title>")
_WHITE = " \t\r\n\f"


@dataclass(frozen=True)
class Values:
    """The values of one paper: its texts in the order of the document, its number, the path of its QR code."""

    texts: tuple[str, ...]
    number: str
    qr: str


def take_apart(html: str) -> tuple[str, Values]:
    """The structure of a paper and its values; equal structures have equal first parts."""
    parts = _TAG.split(html)
    texts: list[str] = []
    number = qr = ""
    for at in range(1, len(parts), 2):
        tag = parts[at]
        if found := _NUMBER.fullmatch(tag):
            number = unescape(found[2])
            parts[at] = found[1] + found[3]
        elif found := _QR_PATH.fullmatch(tag):
            qr = found[1]
            parts[at] = "<path/>"
        text = parts[at + 1]
        if text and tag not in _KEPT_AFTER and text.strip(_WHITE):
            texts.append(unescape(text))
            parts[at + 1] = "\0"
    return "".join(parts), Values(tuple(texts), number, qr)


def is_value(text: str | None) -> bool:
    """Whether a text of the parsed document is a value: anything but white space."""
    return bool(text and text.strip(_WHITE))


def qr_operators(path: str) -> bytes:
    """The path of a QR code as PDF operators, written as WeasyPrint writes them."""
    return "\n".join(
        f"{x} {y} m\n{x + width} {y} l\n{x + width} {y + 1} l\n{x} {y + 1} l\nh"
        for x, y, width in ((int(x), int(y), int(width)) for x, y, width in _QR_RUN.findall(path))
    ).encode()
