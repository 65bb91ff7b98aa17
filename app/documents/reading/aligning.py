"""Which page of a paper a scan shows: the page is laid over each printed page by the corners of its code.

Pure: points in, coefficients and shares of likeness out.
"""

from collections.abc import Sequence
from math import atan2, degrees, sqrt
from operator import mul

Point = tuple[float, float]
Affine = tuple[float, float, float, float, float, float]

LEAST_LIKENESS = 0.3
LEAST_LEAD = 0.15
"""Measured above the foot, on agreements scanned at 150 and 200 dpi, turned, skewed, noisy, written on: the right page
is alike by 0.43 and more, another page of the same paper by 0.26 at most; the right one leads by 0.28 and more."""


def fit(source: Sequence[Point], target: Sequence[Point]) -> Affine:
    """Turn, scale and shift that carry the source nearest to the target points: u = ax + by + c, v = dx + ey + f.

    Refuses points that lie on one spot (ValueError).
    """
    count = len(source)
    sx, sy = sum(x for x, _ in source) / count, sum(y for _, y in source) / count
    tx, ty = sum(x for x, _ in target) / count, sum(y for _, y in target) / count
    along = across = spread = 0.0
    for (x, y), (u, v) in zip(source, target, strict=True):
        x, y, u, v = x - sx, y - sy, u - tx, v - ty
        along += x * u + y * v
        across += x * v - y * u
        spread += x * x + y * y
    if not spread or not (along or across):
        raise ValueError("the points lie on one spot")
    a, b = along / spread, across / spread
    return a, -b, tx - a * sx + b * sy, b, a, ty - b * sx - a * sy


def scaled(affine: Affine, *, source: float, target: float) -> Affine:
    """The same map between pictures that are smaller by these factors; pixels are met in their middle."""
    a, b, c, d, e, f = affine
    by, half = source / target, source / 2
    return a * by, b * by, (c + (a + b) * half) / target - 0.5, d * by, e * by, (f + (d + e) * half) / target - 0.5


def quarter_turn(affine: Affine) -> int:
    """By how many degrees the scan lies turned clockwise, to the nearest quarter: 0, 90, 180 or 270."""
    return round(degrees(atan2(affine[3], affine[0])) / 90) % 4 * 90


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """How alike two grey pictures of the same size are: 1 for the same up to contrast, about 0 for strangers."""
    count = len(one)
    mean_one, mean_other = sum(one) / count, sum(other) / count
    both = sum(map(mul, one, other)) - count * mean_one * mean_other
    spread_one = sum(map(mul, one, one)) - count * mean_one**2
    spread_other = sum(map(mul, other, other)) - count * mean_other**2
    spread = spread_one * spread_other
    return both / sqrt(spread) if spread > 0 else 0.0


def choose(scores: Sequence[float]) -> int | None:
    """The number of the page that is clearly most alike, counted from 1; None when none is."""
    if not scores:
        return None
    best = max(range(len(scores)), key=scores.__getitem__)
    rest = max((score for place, score in enumerate(scores) if place != best), default=-1.0)
    is_clear = scores[best] >= LEAST_LIKENESS and scores[best] - rest >= LEAST_LEAD
    return best + 1 if is_clear else None
