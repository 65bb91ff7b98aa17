"""Evens out who carries how much, at no cost: the same places, the seats filled anew by those who carry less."""

from app.booking.planner.board import Board
from app.booking.planner.instance import Place, Stop
from app.booking.planner.places import wishes_of
from app.booking.planner.seating import fill_seats, price_of_seats

PASSES = 4


def even_out(board: Board, should_stop: Stop) -> None:
    """Seat everybody anew where that costs no more and spreads the load (fairness is shown, S4 alone is priced)."""
    for _ in range(PASSES):
        changed = 0
        for place in sorted(
            board.placed(), key=lambda place: -max((board.load[who] for _, who in place.seats), default=0)
        ):
            if should_stop():
                return
            changed += _seat_anew(board, place)
        if not changed:
            return


def _seat_anew(board: Board, place: Place) -> bool:
    wanted = board.problem.wanted[place.session]
    option = next(option for option in wanted.options if option.centre == place.centre)
    has_followers = any(board.places[follower] for follower in wanted.followers)
    if has_followers or not any(ask.is_weighed for ask in option.seats):
        return False
    before = board.cost
    board.mark()
    board.lift(place.session)
    wishes = wishes_of(board, wanted)
    _, old, _ = price_of_seats(board, wanted, option, place.seats, wishes)
    seated = fill_seats(board, wanted, option, place.slot, wishes)
    if seated is None or _is_as_even(board, place, seated[0]):
        board.undo()
        return False
    seats, new, _ = seated
    board.put(Place(place.session, place.slot, place.centre, place.room, seats, place.cost - old + new))
    if board.cost > before:
        board.undo()
        return False
    return True


def _is_as_even(board: Board, place: Place, seats: tuple[tuple[str, int], ...]) -> bool:
    """Whether the new seats spread the load no better than the old ones did."""
    return sum(board.load[who] for _, who in seats) >= sum(board.load[who] for _, who in place.seats)
