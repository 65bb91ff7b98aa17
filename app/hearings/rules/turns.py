"""What may be written into the minutes, when was it said, in which order, and what does a correction change?"""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from app.errors import Clash, RuleViolation
from app.hearings.rules.words import AttendeeRole, LiveStage, TurnKind

ROOM = "room"
CLIENT_ID_LENGTHS = range(8, 65)
DEVICE_LENGTHS = range(8, 33)
LONGEST_TURN = 20_000
LONGEST_AGE = timedelta(hours=24)
"""How long a turn may have waited on a clerk's computer for the line to come back."""
PAGE_CHARACTERS = 600
TURN_CHARACTERS = 40
"""What a turn costs a page besides its words: the line's end and the speaker."""
LONGEST_FLOOR = timedelta(minutes=15)
"""Nobody is counted as speaking longer without another line of his."""
MOST_COMPARED = 1_000_000
"""Pairs of words up to which two texts are compared; longer ones are shown struck and written anew."""
WORD = re.compile(r"[0-9A-Za-z.,%]+|.", re.DOTALL)
BY_OTHER_ACTS = frozenset({TurnKind.EVIDENCE, TurnKind.RECESS, TurnKind.RESUMPTION})
Group = TypeVar("Group", bound=Hashable)


class PieceKind(StrEnum):
    """What a correction did to one piece of a turn."""

    KEPT = "kept"
    STRUCK = "struck"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of characters with one fate."""

    kind: PieceKind
    text: str


@dataclass(frozen=True)
class Spoken:
    """Who had the floor from when; `group` None when nobody had it."""

    started_at: datetime
    group: Hashable | None


def check_client_id(client_id: str) -> None:
    """Refuse a turn without the page's own mark: without it a repeat would be written twice."""
    if len(client_id) not in CLIENT_ID_LENGTHS or not (client_id.isascii() and client_id.isprintable()):
        raise RuleViolation("这一页不完整，请刷新后再记。您写的还在。", rule="R-HEAR-25")


def check_is_open(*, is_closed: bool) -> None:
    """Refuse to write into closed minutes; a signed note may follow (INV-18)."""
    if is_closed:
        raise RuleViolation("笔录已经定稿，不能再改。有要补充的，请另写补充说明。", rule="INV-18")


def check_kind(kind: TurnKind, speaker: AttendeeRole | None, stage: LiveStage) -> None:
    """Refuse a ruling of anybody but the chair, an objection by him, words spoken in the closed deliberation.

    `speaker` is None for what happened in the room. Exhibits and recesses have acts of their own.
    """
    if kind in BY_OTHER_ACTS:
        raise RuleViolation("出示证据、休会和复会，请用各自的按钮记。", rule="R-HEAR-25")
    if kind is TurnKind.RULING and speaker is not AttendeeRole.CHAIR:
        raise RuleViolation("裁定由主持人作出。请选主持人，再记裁定。", rule="R-HEAR-25")
    if kind is TurnKind.OBJECTION and speaker in (None, AttendeeRole.CHAIR, AttendeeRole.RECORDER):
        raise RuleViolation("异议由到场的人向主持人提出。请选是谁提的。", rule="R-HEAR-25")
    if stage is LiveStage.DELIBERATION and speaker is not None:
        raise RuleViolation("评议不公开，另作评议笔录。这里只记场上情况。", rule="R-HEAR-25")


def check_same_turn(known: tuple[str, str], sent: tuple[str, str]) -> None:
    """Refuse other words under the mark of a turn that was already written (Clash); nothing is thrown away."""
    if known != sent:
        raise Clash("这一段和先前存下的不一样。已放回下面，请核对后再记。", rule="R-HEAR-25")


def check_correction(text: str, before: str) -> None:
    """Refuse a correction that changes nothing."""
    if text == before:
        raise RuleViolation("更正后的文字和原来一样。请改好再记。", rule="R-HEAR-26")


def check_may_correct(author_id: int, by_id: int, *, is_reading_back: bool) -> None:
    """Refuse to correct another clerk's turn before the minutes are read back (R-HEAR-26)."""
    if author_id != by_id and not is_reading_back:
        raise RuleViolation("这一段是另一位记录员记的。请告诉他改，或等核对笔录时再更正。", rule="R-HEAR-26")


def moment_said(now: datetime, age: timedelta, *, opened_at: datetime, last: datetime | None) -> datetime:
    """When a turn was begun: `age` before it reached the server, but not before the minutes were opened.

    `last` is when the same clerk's page began its turn before, so that his own turns keep the order in which he
    recorded them, whatever his computer's clock says.
    """
    waited = min(max(age, timedelta(0)), LONGEST_AGE)
    return max(now - waited, opened_at, last or opened_at)


def stage_at(entered: Sequence[tuple[LiveStage, datetime]], moment: datetime) -> LiveStage:
    """In which stage something was said that arrives later: the last one entered by then, else the first."""
    by_then = [stage for stage, at in entered if at <= moment]
    return by_then[-1] if by_then else entered[0][0]


def mark_changes(before: str, after: str) -> tuple[Piece, ...]:
    """The words of a turn with what a correction struck out and put in, in reading order."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) * len(new) > MOST_COMPARED:
        return _pieces([(before, after)])
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return _pieces([("".join(old[i1:i2]), "".join(new[j1:j2])) for _, i1, i2, j1, j2 in matcher.get_opcodes()])


def _pieces(changes: Sequence[tuple[str, str]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for struck, added in changes:
        if struck == added:
            pieces.append(Piece(PieceKind.KEPT, struck))
        else:
            pieces += [Piece(PieceKind.STRUCK, struck), Piece(PieceKind.ADDED, added)]
    return tuple(piece for piece in pieces if piece.text)


def speaking_times(spoken: Sequence[Spoken], until: datetime) -> Mapping[Hashable, timedelta]:
    """How long each group had the floor: from its turn to the next one, at most LONGEST_FLOOR a turn."""
    times: dict[Hashable, timedelta] = {}
    ends = [row.started_at for row in spoken[1:]] + [until]
    for row, end in zip(spoken, ends, strict=False):
        if row.group is not None:
            held = min(max(end - row.started_at, timedelta(0)), LONGEST_FLOOR)
            times[row.group] = times.get(row.group, timedelta(0)) + held
    return times


def pages_of(lengths: Sequence[int]) -> list[range]:
    """Which turns stand on which page when the minutes are read back; a page holds about PAGE_CHARACTERS."""
    pages: list[range] = []
    start, filled = 0, 0
    for index, length in enumerate(lengths):
        cost = length + TURN_CHARACTERS
        if filled and filled + cost > PAGE_CHARACTERS:
            pages.append(range(start, index))
            start, filled = index, 0
        filled += cost
    return [*pages, range(start, len(lengths))] if lengths else []


def has_confirmed(confirmed_at: datetime | None, changes: Sequence[datetime]) -> bool:
    """Whether a 无误 still holds: nothing on the page was recorded or corrected after it."""
    return confirmed_at is not None and all(at <= confirmed_at for at in changes)
