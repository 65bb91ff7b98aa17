"""Who takes which seat at one start, and what does it cost? Cheapest first; exactly, where people fit several seats."""

from collections.abc import Collection, Sequence

from app.booking.planner.board import LENGTHS, Board
from app.booking.planner.instance import PANEL, POOL_PREFIX
from app.booking.planner.problem import ANY_ROLE, Ask, Option, Wanted, Wish
from app.booking.rules.matching import match_seats

Seats = tuple[tuple[str, int], ...]
EVENNESS = 0.1  # points a booked slot: who carries 30 slots less comes before who is at home there


def fill_seats(
    board: Board, wanted: Wanted, option: Option, slot: int, wishes: Sequence[Wish]
) -> tuple[Seats, float, float] | None:
    """The people of every seat, their cost (S2, S3, S7) and the overload they cause (S4); None if a seat stays empty.

    Everybody seated is free at the start; where choosing cheapest first fails, a matching decides.
    """
    key, bit = option.centre * LENGTHS + wanted.length, 1 << slot
    wished = {who: wish.price for wish in wishes for who in wish.people} if wishes else {}
    seats: list[tuple[str, int]] = []
    taken: set[int] = set()
    for ask in option.seats:
        chosen = _choose(board, ask, key, bit, taken, wished)
        if len(chosen) < ask.size:
            matched = _match(board, option, key, bit)
            if matched is None:
                return None
            return price_of_seats(board, wanted, option, matched, wishes)
        taken.update(chosen)
        seats.extend([(ask.role, who) for who in chosen])
    return price_of_seats(board, wanted, option, seats, wishes)


def _choose(board: Board, ask: Ask, key: int, bit: int, taken: set[int], wished: dict[int, float]) -> Collection[int]:
    """The cheapest free people for one ask; fewer than asked for when there are not enough."""
    runs, count = board.runs, ask.size
    if not count:
        return ()
    if ask.is_weighed or wished:
        free = [
            who
            for who in ask.candidates
            if (runs[who][key] if key in runs[who] else board.starts_of(who, key)) & bit and who not in taken
        ]
        return _cheapest(board, free, key, count, wished)
    chosen: list[int] = []
    for who in ask.candidates:
        if (runs[who][key] if key in runs[who] else board.starts_of(who, key)) & bit and who not in taken:
            chosen.append(who)
            if len(chosen) == count:
                break
    return chosen


def _cheapest(board: Board, free: list[int], key: int, count: int, wished: dict[int, float]) -> list[int]:
    """The cheapest of the free ones, those who carry less a little before the others."""
    centre, length = divmod(key, LENGTHS)
    people, away = board.problem.instance.people, board.problem.instance.weights.away_person
    prices = []
    for who in free:
        price = board.overload(who, length) - wished.get(who, 0) + EVENNESS * board.load[who]
        prices.append((price if people[who].home == centre else price + away, board.load[who], who))
    if count == 1:
        return [min(prices)[2]] if prices else []
    return [who for _, _, who in sorted(prices)[:count]]


def _match(board: Board, option: Option, key: int, bit: int) -> list[tuple[str, int]] | None:
    roles = [ask.role for ask in option.seats for _ in range(ask.size)]
    choices: list[list[int]] = []
    for ask in option.seats:
        free = [who for who in ask.candidates if board.starts_of(who, key) & bit]
        choices.extend([free] * ask.size)
    matched = match_seats(choices)
    return None if matched is None else list(zip(roles, matched, strict=True))


def price_of_seats(
    board: Board, wanted: Wanted, option: Option, seats: Sequence[tuple[str, int]], wishes: Sequence[Wish]
) -> tuple[Seats, float, float]:
    """The seats with their cost (S2, S3, S7) and the overload they would cause (S4), nobody being booked yet."""
    people, away = board.problem.instance.people, board.problem.instance.weights.away_person
    cost = 0.0
    overload = 0.0
    for _, who in seats:
        if people[who].home != option.centre:
            cost += away
        overload += board.overload(who, wanted.length)
    for wish in wishes:
        if not any(who in wish.people and wish.role in (ANY_ROLE, role) for role, who in seats):
            cost += wish.price
    return tuple(seats), cost, overload


def has_people_in_two_pools(board: Board, option: Option) -> bool:
    """Whether somebody counts for two pools, so that a failed matching proves nothing (H10)."""
    people = board.problem.instance.people
    return any(
        sum(role.startswith(POOL_PREFIX) for role in people[who].roles) > 1
        for ask in option.seats
        if ask.role == PANEL
        for who in ask.candidates
    )
