"""Where could the session begin if one hard constraint were dropped? Slow and plain, beside the search's kept masks."""

from collections.abc import Iterator
from dataclasses import replace

from app.booking.planner.board import Board
from app.booking.planner.instance import MEDIATOR, Need, Session
from app.booking.planner.places import days_in_order
from app.booking.planner.problem import Ask, Option, Wanted
from app.booking.rules.grid import bits_in_at_least, starts_of_runs

DROPPABLE = tuple(f"H{number}" for number in range(2, 21) if number != 8)  # H1 and H8 are no matter of choice


def starts_without(board: Board, wanted: Wanted, rule: str = "") -> int:
    """The starts that the masks leave at any allowed centre when this constraint (H2–H20) is dropped; "" drops none."""
    session = _relaxed(board.problem.instance.sessions[wanted.at], rule, len(board.problem.grid.days))
    shared = _shared(board, wanted, session, rule)
    starts = 0
    for centre in _centres(board, session, rule):
        starts |= _at_centre(board, session, centre, rule, shared & ~starts)
    return starts


def _relaxed(session: Session, rule: str, days: int) -> Session:
    if rule == "H2":
        return replace(session, first_day=0)
    if rule == "H3":
        return replace(session, last_day=days - 1)
    if rule == "H9":
        return replace(session, needs=() if session.chosen is None else (Need(MEDIATOR, None, 1),))
    if rule == "H10":
        return replace(session, panel=None)
    if rule == "H11":
        return replace(session, chosen=None)
    if rule == "H12":
        return replace(session, recused=frozenset(), recused_units=frozenset())
    return session


def _shared(board: Board, wanted: Wanted, session: Session, rule: str) -> int:
    if not board.problem.is_well_formed(session):
        return 0
    free = board.problem.grid.mask_of_days(session.first_day, session.last_day)
    for party in session.parties:
        if rule != "H7":
            free &= board.problem.instance.parties[party].free
        if rule != "H16":
            free &= ~board.party_busy[party]
    if rule != "H20":
        free &= days_in_order(board, wanted)
    return starts_of_runs(free, session.length) & wanted.begins


def _centres(board: Board, session: Session, rule: str) -> list[int]:
    if rule != "H4" or not session.centres:
        return list(session.centres)
    return board.problem.district_of(session.centres[0])


def _at_centre(board: Board, session: Session, centre: int, rule: str, among: int) -> int:
    option = board.problem.option(session, centre)
    rooms = 0
    for room in board.problem.rooms_at(centre) if rule == "H5" else (room for _, tier in option.tiers for room in tier):
        rooms |= starts_of_runs(_room_free(board, room, rule), session.length)
    among &= rooms
    for ask in _quotas(board, session, option, rule):
        if not among:
            break
        masks = (starts_of_runs(_person_free(board, who, centre, rule), session.length) for who in ask.candidates)
        among = bits_in_at_least(ask.size, masks, among)
    return among


def _quotas(board: Board, session: Session, option: Option, rule: str) -> Iterator[Ask]:
    if rule != "H14":
        yield from option.quotas
        return
    serving = [board.problem.option(session, centre) for centre in board.problem.district_of(option.centre)]
    for asks in zip(*(sorted(other.quotas, key=lambda ask: ask.number) for other in serving), strict=True):
        yield asks[0]._replace(candidates=tuple(dict.fromkeys(who for ask in asks for who in ask.candidates)))


def _room_free(board: Board, at: int, rule: str) -> int:
    free = board.problem.grid.everything if rule == "H6" else board.problem.instance.rooms[at].open
    if rule != "H15":
        for booking in board.rooms[at]:
            free &= ~booking.slots
    return free


def _person_free(board: Board, at: int, centre: int, rule: str) -> int:
    free = board.problem.grid.everything if rule == "H13" else board.problem.instance.people[at].duty
    ways = board.problem.way_between[centre]
    for booking in board.people[at]:
        blocked = booking.slots if rule == "H18" else booking.blocked[ways[booking.centre]]
        free &= ~(blocked & ~booking.slots if rule == "H17" else blocked)
    return free if rule == "H19" else free & ~board.full_days(at)
