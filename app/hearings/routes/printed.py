"""How the printed minutes look on a screen: turns as lines, all of them or those of one page."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.documents.papers.hearing_minutes import (
    HearingMinutesFacts,
    MinutesBreak,
    MinutesCorrection,
    MinutesEvidence,
    MinutesRoomNote,
    MinutesRuling,
    MinutesStatement,
)
from app.hearings.queries.minutes_facts import PaperTurn
from app.hearings.queries.signing import PrintedTurn

Corrections = tuple[MinutesCorrection, ...]


@dataclass(frozen=True)
class Line:
    """One turn: who, what, and the corrections beside it."""

    head: str
    text: str
    corrections: Corrections = ()


@dataclass(frozen=True)
class ShownStage:
    """One stage with its lines, or why it was left out."""

    title: str
    lines: tuple[Line, ...]
    skipped_reason: str = ""


def shown_stages(facts: HearingMinutesFacts) -> list[ShownStage]:
    """The whole minutes."""
    return [
        ShownStage(stage.title, tuple(_line(turn) for turn in stage.turns), stage.skipped_reason)
        for stage in facts.stages
    ]


def stages_on_page(turns: Iterable[PrintedTurn], page: int) -> list[ShownStage]:
    """What begins on one page, after the turn that may run over from the page before."""
    rows = list(turns)
    before = [row for row in rows if row.page < page]
    shown = [*before[-1:], *(row for row in rows if row.page == page)]
    stages: list[ShownStage] = []
    for row in shown:
        if not stages or stages[-1].title != row.stage:
            stages.append(ShownStage(row.stage, ()))
        last = stages.pop()
        stages.append(ShownStage(last.title, (*last.lines, _line(row.turn))))
    return stages


def _line(turn: PaperTurn) -> Line:
    if isinstance(turn, MinutesStatement):
        name = f"（{turn.name}）" if turn.name else ""
        return Line(f"{turn.speaker}{name}", turn.text, turn.corrections)
    if isinstance(turn, MinutesEvidence):
        proves = f"，{turn.proves}" if turn.proves else ""
        return Line(f"证据 {turn.number}", f"{turn.presented_by}出示：{turn.title}{proves}", turn.corrections)
    if isinstance(turn, MinutesRuling):
        return Line("主持人（裁定）", turn.text, turn.corrections)
    if isinstance(turn, MinutesBreak):
        reason = f"：{turn.reason}" if turn.reason else ""
        return Line("场上情况", f"{turn.at:%H:%M} {turn.kind_words}{reason}")
    assert isinstance(turn, MinutesRoomNote)
    return Line("场上情况", turn.text, turn.corrections)
