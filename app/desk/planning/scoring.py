"""The score of a plan in sentences: what it costs and why, who carries how much, before and after. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.booking.rules.planning import WEIGHTS

QUARTERS_AN_HOUR = 4
EVEN, UNEVEN = 0.2, 0.35


@dataclass(frozen=True)
class Load:
    """Hours of one person before and after; `is_over` when more than the fair share."""

    name: str
    before: float
    after: float
    is_over: bool


def score_in_words(parts: Mapping[str, float]) -> list[tuple[str, int]]:
    """Each part of the cost as a sentence, with its points; parts that cost nothing are left out."""
    weights = WEIGHTS
    sentences = {
        "S0": f"没有排上的场次：每场 {weights.unplaced:g} 分，期限近的按 2 倍、3 倍算",
        "S1": f"比一周内的目标晚：每晚一天 {weights.late_day:g} 分，期限近的加倍",
        "S2": f"没有轮到原定的调解员：每场 {weights.preferred:g} 分",
        "S3": f"没有接着由上一场的调解员办：每场 {weights.continuity:g} 分",
        "S4": f"有人排得比应有的份额多：每刻钟 {weights.overload_slot:g} 分",
        "S5": f"不在希望的上午或下午：每场 {weights.half:g} 分",
        "S6": f"用了别种用途的房间：每场 {weights.room_kind:g} 分",
        "S7": f"到别的中心去办：每人 {weights.away_person:g} 分",
        "S8": f"不在自己的中心开：每场 {weights.other_centre:g} 分",
    }
    return [(sentence, round(parts[part])) for part, sentence in sentences.items() if parts.get(part)]


def loads_in_words(rows: Sequence[Sequence[Any]], names: Mapping[int, str]) -> list[Load]:
    """The hours of each person, the one who carries most first."""
    loads = [
        Load(names.get(who, "—"), before / QUARTERS_AN_HOUR, after / QUARTERS_AN_HOUR, after > fair)
        for who, before, after, fair in rows
        if before or after
    ]
    return sorted(loads, key=lambda load: (-load.after, load.name))


def evenness_in_words(before: float, after: float) -> str:
    """How evenly the work is spread, in a sentence with the Gini coefficients."""
    word = "比较平均" if after <= EVEN else "差别明显" if after >= UNEVEN else "略有差别"
    return f"排完以后各人的工作量{word}（基尼系数 {before:.2f} → {after:.2f}，0 是完全一样多）"
