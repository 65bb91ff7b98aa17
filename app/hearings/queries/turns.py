"""Reading the minutes: turns as they are shown, what is new since a page looked, open lines, pages, two versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.errors import NotFound
from app.extensions import db
from app.hearings.models import Attendance, Exhibit, HearingMinutes, MinutesTurn, OpenLine, ReadBack
from app.hearings.rules.turns import Piece, PieceKind, has_confirmed, mark_changes, pages_of


@dataclass(frozen=True)
class ShownTurn:
    """One turn with its corrections beside it: the words with what was struck and put in."""

    turn: MinutesTurn
    pieces: tuple[Piece, ...]
    corrections: tuple[MinutesTurn, ...] = ()

    @property
    def latest(self) -> str:
        """The words after the last correction."""
        return self.corrections[-1].text if self.corrections else self.turn.text

    @property
    def changes(self) -> list[datetime]:
        """When the turn was written and corrected."""
        return [self.turn.recorded_at, *(row.recorded_at for row in self.corrections)]


@dataclass(frozen=True)
class Page:
    """One page of the minutes as read back, and whether the person reading has said 无误 to it."""

    number: int
    turns: tuple[ShownTurn, ...]
    is_confirmed: bool


def get_turn(minutes: HearingMinutes, public_id: str) -> MinutesTurn:
    """One turn that was spoken, not a correction of one; NotFound otherwise."""
    spoken = sa.select(MinutesTurn).filter_by(minutes_id=minutes.id, public_id=public_id, corrects_id=None)
    turn = db.session.scalar(spoken)
    if turn is None:
        raise NotFound("笔录里没有这一段。")
    return turn


def find_by_client_id(minutes: HearingMinutes, client_id: str) -> MinutesTurn | None:
    """The turn that a page has sent before under this mark; None if it has not arrived."""
    return db.session.scalar(sa.select(MinutesTurn).filter_by(minutes_id=minutes.id, client_id=client_id))


def last_moment_of(minutes: HearingMinutes, device: str) -> datetime | None:
    """When the newest turn that came from this page was begun; None when it has sent none."""
    mine = MinutesTurn.client_id.startswith(f"{device}-", autoescape=True)
    newest = sa.select(sa.func.max(MinutesTurn.started_at)).where(MinutesTurn.minutes_id == minutes.id, mine)
    return db.session.scalar(newest) if device else None


def show_turn(turn: MinutesTurn) -> ShownTurn:
    """One turn with its corrections."""
    return _shown([turn], _corrections_of([turn.id]))[0]


def list_turns(minutes: HearingMinutes) -> list[ShownTurn]:
    """All turns in the order in which they were said, each with its corrections."""
    rows = list(db.session.scalars(_select(minutes).order_by(MinutesTurn.started_at, MinutesTurn.id)))
    spoken = [row for row in rows if row.corrects_id is None]
    corrections = sorted((row for row in rows if row.corrects_id is not None), key=lambda row: row.id)
    return _shown(spoken, corrections)


def list_turns_since(minutes: HearingMinutes, cursor: str) -> list[ShownTurn]:
    """The turns that were written or corrected after the row `cursor`, in order; all of them when it is unknown."""
    seen = db.session.scalar(sa.select(MinutesTurn.id).filter_by(minutes_id=minutes.id, public_id=cursor))
    touched = sa.select(sa.func.coalesce(MinutesTurn.corrects_id, MinutesTurn.id)).where(
        MinutesTurn.minutes_id == minutes.id, MinutesTurn.id > (seen or 0)
    )
    spoken = _select(minutes).where(MinutesTurn.id.in_(touched))
    turns = list(db.session.scalars(spoken.order_by(MinutesTurn.started_at, MinutesTurn.id)))
    return _shown(turns, _corrections_of([turn.id for turn in turns]))


def newest_cursor(minutes: HearingMinutes) -> str:
    """The newest row of the minutes, from which a page asks what came after; '' for none."""
    newest = sa.select(MinutesTurn.public_id).filter_by(minutes_id=minutes.id).order_by(MinutesTurn.id.desc())
    return db.session.scalar(newest.limit(1)) or ""


def list_exhibits(minutes: HearingMinutes) -> list[Exhibit]:
    """The evidence in the order in which it was shown."""
    return list(db.session.scalars(sa.select(Exhibit).filter_by(minutes_id=minutes.id).order_by(Exhibit.number)))


def list_open_lines(minutes: HearingMinutes) -> list[OpenLine]:
    """What the clerks are typing and have not recorded, oldest first; nobody's empty line."""
    lines = sa.select(OpenLine).filter_by(minutes_id=minutes.id).options(selectinload(OpenLine.account))
    return [row for row in db.session.scalars(lines.order_by(OpenLine.id)) if row.text.strip()]


def list_pages(minutes: HearingMinutes, reader: Attendance | None = None) -> list[Page]:
    """The minutes page by page for reading back; a 无误 counts until something on its page changes."""
    said = {row.page: row.confirmed_at for row in _confirmations(minutes) if reader and row.attendance_id == reader.id}
    return [Page(number, turns, has_confirmed(said.get(number), changes)) for number, turns, changes in _paged(minutes)]


def count_confirmed(minutes: HearingMinutes) -> dict[int, int]:
    """How many pages each person present has confirmed, as far as they still read the same, by his attendance."""
    changed = {number: changes for number, _, changes in _paged(minutes)}
    counts = {row.id: 0 for row in minutes.attendances}
    for row in _confirmations(minutes):
        counts[row.attendance_id] += row.page in changed and has_confirmed(row.confirmed_at, changed[row.page])
    return counts


def _paged(minutes: HearingMinutes) -> list[tuple[int, tuple[ShownTurn, ...], list[datetime]]]:
    """Number, turns and changes of each page.

    A correction moves nothing to another page, because the words as first written are counted. A turn that arrives
    late moves what follows: it counts as a change of its page and of all after it.
    """
    turns = list_turns(minutes)
    pages = []
    for number, places in enumerate(pages_of([len(shown.turn.text) for shown in turns]), 1):
        shown = tuple(turns[place] for place in places)
        written = [before.turn.recorded_at for before in turns[: places.start]]
        pages.append((number, shown, [*written, *(at for turn in shown for at in turn.changes)]))
    return pages


def compare_versions(turns: Sequence[ShownTurn], earlier: datetime, later: datetime) -> list[ShownTurn]:
    """What changed between two moments: turns written in between, and those whose words were corrected."""
    changed = []
    for shown in turns:
        before, after = _text_at(shown, earlier), _text_at(shown, later)
        if before != after and after is not None:
            pieces = (Piece(PieceKind.ADDED, after),) if before is None else mark_changes(before, after)
            between = tuple(row for row in shown.corrections if earlier < row.recorded_at <= later)
            changed.append(ShownTurn(shown.turn, pieces, between))
    return changed


def _text_at(shown: ShownTurn, moment: datetime) -> str | None:
    by_then = [row for row in (shown.turn, *shown.corrections) if row.recorded_at <= moment]
    return by_then[-1].text if by_then else None


def _confirmations(minutes: HearingMinutes) -> Iterable[ReadBack]:
    return db.session.scalars(sa.select(ReadBack).filter_by(minutes_id=minutes.id))


def _select(minutes: HearingMinutes) -> sa.Select[MinutesTurn]:
    everything = (selectinload(MinutesTurn.author), selectinload(MinutesTurn.exhibit))
    return sa.select(MinutesTurn).where(MinutesTurn.minutes_id == minutes.id).options(*everything)


def _corrections_of(turn_ids: Sequence[int]) -> list[MinutesTurn]:
    corrections = sa.select(MinutesTurn).where(MinutesTurn.corrects_id.in_(turn_ids))
    return list(db.session.scalars(corrections.options(selectinload(MinutesTurn.author)).order_by(MinutesTurn.id)))


def _shown(spoken: Iterable[MinutesTurn], corrections: Iterable[MinutesTurn]) -> list[ShownTurn]:
    by_turn: dict[int | None, list[MinutesTurn]] = {}
    for row in corrections:
        by_turn.setdefault(row.corrects_id, []).append(row)
    return [_show(turn, by_turn.get(turn.id, [])) for turn in spoken]


def _show(turn: MinutesTurn, corrections: list[MinutesTurn]) -> ShownTurn:
    text = turn.text
    pieces = mark_changes(text, corrections[-1].text) if corrections else (Piece(PieceKind.KEPT, text),)
    return ShownTurn(turn, pieces, tuple(corrections))
