"""What is put on a paper after it was issued: hand signatures and seals, as data, never as pictures from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from math import isfinite

from app.errors import RuleViolation

Point = tuple[float, float]
Stroke = tuple[Point, ...]

MAX_STROKES = 200
MAX_POINTS = 5_000


class SignatureKind(StrEnum):
    """How somebody signed."""

    HAND = "hand"
    FINGERPRINT = "fingerprint"
    ON_PAPER = "on_paper"


@dataclass(frozen=True, kw_only=True)
class SignatureMark:
    """One person's signature: strokes of points inside a box of `width` × `height`, and the day.

    Fingerprint and on-paper marks carry no strokes: the paper says where the original is kept.
    """

    signed_on: date
    kind: SignatureKind = SignatureKind.HAND
    strokes: tuple[Stroke, ...] = ()
    width: float = 1.0
    height: float = 1.0

    def __post_init__(self) -> None:
        if self.kind is SignatureKind.HAND:
            check_strokes(self.strokes, width=self.width, height=self.height)


@dataclass(frozen=True, kw_only=True)
class SealMark:
    """A seal: the words on its ring and the day it was affixed."""

    name: str
    sealed_on: date


@dataclass(frozen=True, kw_only=True)
class RefusalMark:
    """A refusal to sign that was recorded after the paper was issued: when, and the reason in the person's words.

    `is_unreached`: nobody could ask him; the reason says what was tried.
    """

    refused_on: date
    reason: str
    refused_at: time | None = None
    is_unreached: bool = False


@dataclass(frozen=True, kw_only=True)
class Marks:
    """All marks of one revision, by the keys the facts carry."""

    signatures: Mapping[str, SignatureMark] = field(default_factory=dict)
    seals: Mapping[str, SealMark] = field(default_factory=dict)
    refusals: Mapping[str, RefusalMark] = field(default_factory=dict)


def check_strokes(strokes: tuple[Stroke, ...], *, width: float, height: float) -> None:
    """Refuse a drawing that is empty, too large or leaves its box (coordinates in the pad's units)."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        raise RuleViolation("没有收到签名笔迹，请重新签名。", rule="R-PII-12")
    if len(strokes) > MAX_STROKES or len(points) > MAX_POINTS:
        raise RuleViolation("签名笔画太多，请清除后重新签名。", rule="R-PII-12")
    inside = all(isfinite(x) and isfinite(y) and -1 <= x <= width + 1 and -1 <= y <= height + 1 for x, y in points)
    if not (inside and 0 < width <= 10_000 and 0 < height <= 10_000):
        raise RuleViolation("签名笔迹超出签名框，请重新签名。", rule="R-PII-12")
