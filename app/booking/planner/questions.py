"""What staff ask about one session: the first places, why not there, why nowhere, what would make it possible."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.booking.planner.board import LENGTHS, Board
from app.booking.planner.explaining import (
    blocker,
    explain_absence,
    explain_parties,
    explain_room,
    explain_time,
    slots_of,
)
from app.booking.planner.instance import MEDIATOR, PANEL, Place
from app.booking.planner.places import option_starts, shared_starts, tier_starts, wishes_of
from app.booking.planner.problem import Ask, Option, Wanted
from app.booking.planner.relaxing import DROPPABLE, starts_without
from app.booking.planner.seating import fill_seats
from app.booking.rules.explaining import Blocker

FIRST_PLACES = 10


@dataclass(frozen=True)
class Relief:
    """A constraint without which the session could be held, from this slot on at the earliest."""

    rule: str
    slot: int


def first_places(board: Board, at: int, limit: int = FIRST_PLACES) -> list[Place]:
    """The earliest places that satisfy everything, one a start; the session itself must not be on the board."""
    wanted = board.problem.wanted[at]
    shared = shared_starts(board, wanted)
    if not shared:
        return []
    starts = [option_starts(board, wanted, option, shared) for option in wanted.options]
    together = 0
    for mask in starts:
        together |= mask
    found: list[Place] = []
    for slot in board.problem.grid.bits(together):
        here = (option for option, mask in zip(wanted.options, starts, strict=True) if mask >> slot & 1)
        place = next((place for option in here if (place := _place_at(board, wanted, option, slot))), None)
        if place is not None:
            found.append(place)
            if len(found) == limit:
                break
    return found


def _place_at(board: Board, wanted: Wanted, option: Option, slot: int) -> Place | None:
    seated = fill_seats(board, wanted, option, slot, wishes_of(board, wanted))
    if seated is None:
        return None
    rooms = (room for _, tier in option.tiers for room in tier)
    room = next(room for room in rooms if board.room_starts(room, wanted.length) >> slot & 1)
    return Place(wanted.at, slot, option.centre, room, seated[0], seated[1])


def why_not(board: Board, at: int, slot: int) -> list[Blocker]:
    """Every cause why the session cannot begin there at any of its centres; empty means that it can."""
    wanted = board.problem.wanted[at]
    slots = slots_of(board, slot, wanted.length)
    causes = [*explain_time(board, wanted, slot), *explain_parties(board, wanted, slots)]
    by_centre = [list(_why_not_at(board, wanted, option, slot)) for option in wanted.options]
    if all(by_centre):
        causes.extend(cause for found in by_centre for cause in found)
    return list(dict.fromkeys(causes))


def _why_not_at(board: Board, wanted: Wanted, option: Option, slot: int) -> Iterator[Blocker]:
    slots, people = slots_of(board, slot, wanted.length), board.problem.instance.people
    is_blocked = False
    if not any(tier_starts(board, tier, wanted.length) >> slot & 1 for _, tier in option.tiers):
        is_blocked = True
        yield from _why_no_room(board, wanted, option, slots)
    for ask in option.quotas:
        key = option.centre * LENGTHS + wanted.length
        on_duty = (who for who in ask.candidates if not slots & ~people[who].duty)
        free = [who for who in on_duty if board.starts_of(who, key) >> slot & 1]
        if len(free) < ask.size:
            is_blocked = True
            yield from _why_too_few(board, wanted, option, ask, free, slots)
    if not is_blocked and fill_seats(board, wanted, option, slot, ()) is None:
        yield blocker("H8", board.problem.instance.centres[option.centre].id, "有人要坐两个位置，人手不够分")


def _why_no_room(board: Board, wanted: Wanted, option: Option, slots: int) -> Iterator[Blocker]:
    fitting = [room for _, tier in option.tiers for room in tier]
    if not fitting:
        yield blocker("H5", board.problem.instance.centres[option.centre].id, "没有合适的房间")
    for room in fitting or board.problem.rooms_at(option.centre):
        yield from explain_room(board, wanted.at, room, slots)


def _why_too_few(
    board: Board, wanted: Wanted, option: Option, ask: Ask, free: list[int], slots: int
) -> Iterator[Blocker]:
    centre = board.problem.instance.centres[option.centre].id
    yield blocker(rule_of(board, wanted, ask), ask.role, f"在 {centre} 要 {ask.size} 人，有空的 {len(free)} 人")
    for who in ask.candidates:
        if who not in free:
            yield from explain_absence(board, who, option.centre, slots)
    session = board.problem.instance.sessions[wanted.at]
    if session.recused or session.recused_units:
        for who in board.problem.candidates(ask.role, None, option.centre):
            if board.problem.is_recused(session, who):
                yield blocker("H12", board.problem.instance.people[who].id, "应当回避")


def rule_of(board: Board, wanted: Wanted, ask: Ask) -> str:
    """Under which id a seat that stays empty is told: panel, chosen mediator, or any other seat (H9–H11)."""
    if ask.role == PANEL:
        return "H10"
    chosen = board.problem.instance.sessions[wanted.at].chosen
    return "H11" if ask.role == MEDIATOR and chosen is not None and set(ask.candidates) <= {chosen} else "H9"


def what_would_help(board: Board, wanted: Wanted) -> list[Relief]:
    """Which constraints would each make the session possible if it alone were dropped; it must not be on the board."""
    reliefs = []
    for rule in DROPPABLE:
        starts = starts_without(board, wanted, rule)
        if starts:
            reliefs.append(Relief(rule, (starts & -starts).bit_length() - 1))
    return reliefs
