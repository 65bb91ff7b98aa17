"""How the board's values are put into words: chips, desks, estimate, who did not come, what is still missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for

from app.access.guards import current_actor
from app.law import clock
from app.signing_day.models import SigningDay, SigningDesk, SigningTicket
from app.signing_day.queries.board import Board, TicketFact, board_of, desks_of, rows_of
from app.signing_day.rules import LABELS, DayState, Phase, SecondRoundReason, TicketState
from app.signing_day.rules.plan import EVENING
from app.signing_day.rules.progress import Estimate, estimate, trouble_of
from app.signing_day.rules.standing import Standing

ROWS = 9
SHOWN: dict[str, tuple[str, tuple[TicketState, ...]]] = {
    "waiting": ("等候", (TicketState.WAITING,)),
    "absent": ("未到", (TicketState.INVITED, TicketState.NO_SHOW)),
    "signed": ("已签", (TicketState.SIGNED,)),
    "help": ("要帮忙", (TicketState.INVITED, TicketState.WAITING)),
}


@dataclass(frozen=True)
class DeskCard:
    """One desk as the board shows it."""

    desk: SigningDesk
    ticket: SigningTicket | None
    trouble: str
    steps: tuple[tuple[str, str], ...]
    note: str


def board_values(day: SigningDay, shown: str, *, whole: bool) -> dict[str, Any]:
    """Everything the board's template needs; one moment for all of it."""
    now, board = clock.now(), board_of(day)
    counts = board.counts_of(day)
    limit = None if whole else ROWS
    rows = _shown_rows(day, shown, limit)
    seated = {row.desk_id: row for row in rows if row.state is TicketState.AT_DESK}
    cards = [_card(desk, seated.get(desk.id), now) for desk in desks_of(day)]
    done = _estimate(board, day, cards, now)
    listed = [row for row in rows if row.state is not TicketState.AT_DESK]
    return {
        "day": day,
        "board": board,
        "counts": counts,
        "cards": cards,
        "call_to": _desk_to_call(cards) if day.state is DayState.OPEN else None,
        "rows": listed,
        "left_over": _count_of(shown, counts) - len(listed),
        "shown": shown,
        "chips": _chips(day, shown, counts),
        "bars": _bars(board),
        "days_note": days_note(board, day),
        "queued_note": _queued_note(board, day),
        "second_note": _second_note(board),
        "estimate": done,
        "is_in_time": clock.to_local(done.day_done_at).time() <= EVENING
        and clock.local_date(done.day_done_at) == day.on,
        "me": current_actor().account_id,
        "today": clock.local_date(now),
        "late": [ticket for ticket in board.of_day(day) if _is_late(ticket, now)],
        "to_come": [ticket for ticket in board.of_day(day) if ticket.state is TicketState.INVITED],
        "now": now,
        "Standing": Standing,
    }


def _shown_rows(day: SigningDay, shown: str, limit: int | None) -> list[SigningTicket]:
    """Those at the desks and those of the list, in one statement."""
    room = limit + 8 if limit else None
    only_help = shown == "help"
    found = rows_of(day, SHOWN[shown][1], limit=room, only_help=only_help, with_seated=True)
    seated = [row for row in found if row.state is TicketState.AT_DESK]
    others = [row for row in found if row.state is not TicketState.AT_DESK]
    return [*seated, *(others[:limit] if limit else others)]


def _card(desk: SigningDesk, ticket: SigningTicket | None, now: datetime) -> DeskCard:
    trouble = trouble_of(
        is_paired=desk.device_digest is not None,
        last_seen_at=desk.last_seen_at,
        phase=ticket.phase if ticket else None,
        changed_at=ticket.changed_at if ticket else None,
        now=now,
    )
    return DeskCard(desk, ticket, trouble, _steps(ticket), _reading_note(ticket, now) if ticket else "")


def _steps(ticket: SigningTicket | None) -> tuple[tuple[str, str], ...]:
    order = list(Phase)
    at = order.index(ticket.phase) if ticket and ticket.phase else -1
    return tuple(
        (LABELS[phase], "done" if place < at else ("now" if place == at else "todo"))
        for place, phase in enumerate(order)
    )


def _reading_note(ticket: SigningTicket, now: datetime) -> str:
    """本人、已读完 3 页，用时 6 分; or where he reads."""
    manner = "、".join(
        word for word, is_on in (("大字", ticket.is_large_type), ("朗读", ticket.is_read_aloud)) if is_on
    )
    aside = f"（{manner}）" if manner else ""
    if ticket.read_started_at and ticket.read_ended_at:
        pages = f" {ticket.reading_pages} 页" if ticket.reading_pages else ""
        return f"已读完{pages}，用时 {_minutes(ticket.read_ended_at - ticket.read_started_at)} 分{aside}"
    if ticket.phase is Phase.READING and ticket.reading_page:
        return f"正读第 {ticket.reading_page} 页{aside}"
    if ticket.phase is Phase.READING and ticket.read_started_at:
        return f"读了 {_minutes(now - ticket.read_started_at)} 分{aside}"
    return ""


def _minutes(span: timedelta) -> int:
    return max(1, round(span / timedelta(minutes=1)))


def _desk_to_call(cards: list[DeskCard]) -> SigningDesk | None:
    """The desk of whoever looks, if it is free; else the first free one without trouble."""
    free = [card.desk for card in cards if card.ticket is None and not card.trouble]
    own = [desk for desk in free if desk.account_id == current_actor().account_id]
    return next(iter([*own, *free]), None)


def _chips(day: SigningDay, shown: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": word,
            "count": _count_of(key, counts),
            "url": url_for("signing_day.show_board", public_id=day.public_id, show=key),
            "current": key == shown,
        }
        for key, (word, _) in SHOWN.items()
    ]


def _count_of(shown: str, counts: dict[str, int]) -> int:
    return counts["help"] if shown == "help" else sum(counts[state.value] for state in SHOWN[shown][1])


def _bars(board: Board) -> list[tuple[str, int]]:
    """The parts of the bar in whole percent, as the style sheet's classes count them."""
    whole = max(board.tally.whole, 1)
    parts = ((Standing.SIGNED, "ok"), (Standing.QUEUED, "info"), (Standing.SECOND, "warn"))
    return [(kind, round(100 * board.tally.parts[part] / whole)) for part, kind in parts]


def days_note(board: Board, day: SigningDay) -> str:
    """第 3 日（共 4 日） of the days of this round."""
    days = [row for row in board.days if row[2] == day.round]
    place = next(number for number, row in enumerate(days, start=1) if row[0] == day.id)
    word = "第二轮 · " if day.round > 1 else ""
    return f"{word}第 {place} 日（共 {len(days)} 日）"


def _queued_note(board: Board, day: SigningDay) -> str:
    parts = []
    for day_id, on, _ in board.days:
        count = board.tally.by_day[day_id]
        if count:
            parts.append(f"{'这天' if day_id == day.id else f'{on.month}月{on.day}日'} {count}")
    rest = board.tally.parts[Standing.UNPLANNED]
    return "，".join([*parts, *([f"另有 {rest} 人还没排"] if rest else [])])


def _second_note(board: Board) -> str:
    return "，".join(
        f"{LABELS[reason]} {board.tally.reasons[reason]}" for reason in SecondRoundReason if board.tally.reasons[reason]
    )


def _estimate(board: Board, day: SigningDay, cards: list[DeskCard], now: datetime) -> Estimate:
    facts = board.of_day(day)
    slots = [ticket.invited_at for ticket in facts if ticket.state is TicketState.INVITED and ticket.invited_at]
    return estimate(
        board.durations_of(day),
        waiting=sum(ticket.state is TicketState.WAITING for ticket in facts),
        expected=sum(ticket.state is TicketState.INVITED for ticket in facts),
        desks=len(cards),
        last_slot=max(slots, default=None),
        now=now,
    )


def _is_late(ticket: TicketFact, now: datetime) -> bool:
    """Asked for a time that is half an hour ago, and not there."""
    if ticket.state is TicketState.NO_SHOW:
        return True
    is_invited = ticket.state is TicketState.INVITED and ticket.invited_at is not None
    return is_invited and ticket.invited_at is not None and now - ticket.invited_at > timedelta(minutes=30)
