"""Is this drawing a signature?  Strokes come as JSON of boxes with points, never as a picture (R-PII-12).

They are checked before anything is stored: empty, a dot, too many points, NaN, outside the box are refused.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, isfinite
from typing import Any

from app.errors import RuleViolation
from app.signing.rules.states import ARTICLE

Point = tuple[float, float]
Stroke = tuple[Point, ...]

MAX_STROKES = 200
MAX_POINTS = 5_000
MAX_BOXES = 40
MAX_TEXT = 400_000
MAX_SIDE = 4_000.0
LEAST_INK = 0.08
"""Ink shorter than this share of the box's shorter side is a dot."""
POOR_SIGNATURE = "这里好像只点了一下，看不出名字。请再写一遍，或点“我要在纸上签”。"


@dataclass(frozen=True)
class Drawing:
    """A hand signature: all boxes side by side, points inside `width` × `height`."""

    width: float
    height: float
    strokes: tuple[Stroke, ...]

    def to_json(self) -> str:
        """The drawing as it is sealed in the database."""
        return json.dumps({"width": self.width, "height": self.height, "strokes": self.strokes})

    @classmethod
    def from_json(cls, text: str) -> "Drawing":
        """The drawing that `to_json` wrote."""
        stored = json.loads(text)
        strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in stored["strokes"])
        return cls(stored["width"], stored["height"], strokes)


def read_strokes(text: str) -> Drawing:
    """The drawing sent by the pad; refuses what is empty, a dot, too large, or leaves its box (message 18)."""
    if len(text) > MAX_TEXT:
        raise _poor()
    try:
        sent = json.loads(text, parse_constant=_refuse_constant)
        boxes = [_box(box) for box in sent["boxes"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _poor() from None
    if not 0 < len(boxes) <= MAX_BOXES:
        raise _poor()
    _check_size(stroke for box in boxes for stroke in box.strokes)
    return _side_by_side(boxes)


def _box(box: Any) -> Drawing:
    width, height = _number(box["width"]), _number(box["height"])
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise ValueError("the box has no sensible size")
    strokes = tuple(tuple(_point(point, width, height) for point in stroke) for stroke in box["strokes"])
    drawing = Drawing(width, height, tuple(stroke for stroke in strokes if stroke))
    if _length(drawing) < LEAST_INK * min(width, height):
        raise ValueError("a dot or nothing")
    return drawing


def _point(point: Any, width: float, height: float) -> Point:
    x, y = (_number(value) for value in point)
    if not (-1 <= x <= width + 1 and -1 <= y <= height + 1):
        raise ValueError("outside the box")
    return min(max(x, 0.0), width), min(max(y, 0.0), height)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError("not a number")
    return round(float(value), 1)


def _length(drawing: Drawing) -> float:
    pairs = ((a, b) for stroke in drawing.strokes for a, b in pairwise(stroke))
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairs)


def _check_size(strokes: Iterable[Stroke]) -> None:
    lengths = [len(stroke) for stroke in strokes]
    if len(lengths) > MAX_STROKES or sum(lengths) > MAX_POINTS:
        raise RuleViolation("签名的笔画太多了，存不下。请点“重写”再签一遍。", article=ARTICLE, rule="R-PII-12")


def _side_by_side(boxes: list[Drawing]) -> Drawing:
    shift, strokes = 0.0, []
    for box in boxes:
        strokes += [tuple((x + shift, y) for x, y in stroke) for stroke in box.strokes]
        shift += box.width
    return Drawing(shift, max(box.height for box in boxes), tuple(strokes))


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _poor() -> RuleViolation:
    return RuleViolation(POOR_SIGNATURE, article=ARTICLE, rule="R-PII-12")
