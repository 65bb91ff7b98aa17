"""Can every seat be filled with somebody else? A bipartite matching, earlier choices preferred."""

from collections.abc import Sequence


def match_seats(choices: Sequence[Sequence[int]]) -> list[int] | None:
    """One person a seat, nobody twice, out of each seat's choices; None when it cannot be done."""
    seat_of: dict[int, int] = {}
    for seat in range(len(choices)):
        if not _seat(seat, choices, seat_of, set()):
            return None
    return sorted(seat_of, key=seat_of.__getitem__)


def _seat(seat: int, choices: Sequence[Sequence[int]], seat_of: dict[int, int], tried: set[int]) -> bool:
    for person in choices[seat]:
        if person in tried:
            continue
        tried.add(person)
        if person not in seat_of or _seat(seat_of[person], choices, seat_of, tried):
            seat_of[person] = seat
            return True
    return False
