"""Makes a plan better: take a few related sessions out, put them back cheapest first, keep what is hardly worse.

Half of the steps make way for a session that waits: they take out exactly those that stand in one of its places.
The outcome depends on the instance, the seed and the number of steps, never on the machine's speed.
"""

import math
from collections.abc import Iterable, Sequence
from random import Random

from app.booking.planner.board import Board
from app.booking.planner.impossible import Alone, chain_depths
from app.booking.planner.instance import Place, Stop
from app.booking.planner.places import best_place
from app.booking.planner.way import make_way

HEAT = 200.0  # how much worse a step may be at the beginning of a round, in points of cost
ROUND = 40  # steps a session until a round ends and the next begins from the best plan
MAKING_WAY = 0.5  # share of the steps that help a waiting session, while fewer could wait
HARDLY_MAKING_WAY = 0.1  # the same once no plan can leave less weight waiting
MOST_TAKEN_OUT = 7
NEAR_DAYS = 2
CHAINS = 3  # how many of those taken out may in turn drive others out


class Search:
    """One search with its own chance; `best` is the best plan so far, as places by session.

    `least_waiting` is what the sessions without a place cost in any plan (`ceiling`): below it nothing is to be won.
    """

    def __init__(self, board: Board, alone: Alone, seed: int, heat: float = HEAT, least_waiting: float = 0) -> None:
        self.board = board
        self.heat = heat
        self._least_waiting = least_waiting
        self.alone = alone
        self.chance = Random(seed)
        self.steps = 0
        self.best: list[Place | None] = list(board.places)
        self.best_cost = board.cost
        self._narrowed: dict[int, int] = {}
        self._possible = frozenset(alone.possible)
        self._depths = chain_depths(board.problem)
        self._note_waiting(alone.possible)

    def run(self, should_stop: Stop, most_steps: int | None = None) -> None:
        """Step until told to stop or the steps are used up; leaves the board at the best plan."""
        round_length = ROUND * max(len(self.alone.possible), 1)
        while self.alone.possible and (most_steps is None or self.steps < most_steps) and not should_stop():
            at = self.steps % round_length
            if at == 0 and self.steps:
                self._return_to_best()
            self._step(self.heat / (1 + at / len(self.alone.possible)) ** 2)
            self.steps += 1
        self._return_to_best()

    def _note_waiting(self, sessions: Iterable[int]) -> None:
        """Who waits now, and whether some plan could leave less weight waiting."""
        board = self.board
        self._waiting = [at for at in sessions if board.places[at] is None]
        self._can_place_more = sum(board.problem.wanted[at].unplaced for at in self._waiting) > self._least_waiting

    def _step(self, heat: float) -> None:
        board = self.board
        before = board.cost
        board.mark()
        self._narrowed.clear()
        first, out = self._choose()
        for at in out:
            if board.places[at] is not None:
                board.lift(at)
        out = self._put_back(first, out)
        worse = board.cost - before
        if worse > 0 and worse > -heat * math.log(1 - self.chance.random()):
            board.undo()
            return
        self._note_waiting(dict.fromkeys((*self._waiting, *out)))
        if board.cost < self.best_cost - 1e-6:
            self.best_cost = board.cost
            self.best = list(board.places)

    def _choose(self) -> tuple[int | None, list[int]]:
        """Whom to put in first, and whom to take out (with their follow-ups)."""
        if self._waiting and self.chance.random() < (MAKING_WAY if self._can_place_more else HARDLY_MAKING_WAY):
            at = self.chance.choice(self._waiting)
            out = self._make_way(at)
            if out is not None:
                return at, self._with_followers(out)
        out = self._related()
        if self._waiting:
            out.append(self.chance.choice(self._waiting))
        return None, self._with_followers(out)

    def _make_way(self, at: int) -> list[int] | None:
        """Whom to take out for a waiting session; where its predecessor comes too late, that one must move first."""
        wanted = self.board.problem.wanted[at]
        before = wanted.after
        if before is None or self.board.places[before] is None or self.chance.random() < 0.5:
            return make_way(self.board, wanted, self.alone.starts[at], self.chance)
        last = max(mask.bit_length() - 1 for mask in self.alone.starts[at]) // self.board.problem.grid.slots_per_day
        days = self.board.problem.grid.mask_of_days(0, last - wanted.gap)
        out = make_way(
            self.board,
            self.board.problem.wanted[before],
            tuple(mask & days for mask in self.alone.starts[before]),
            self.chance,
        )
        if out is None:
            return None
        self._narrowed[before] = days
        return [before, *out]

    def _related(self) -> list[int]:
        """A costly session and a few that share its people, or its centre within days."""
        board, chance = self.board, self.chance
        samples = [board.places[chance.choice(self.alone.possible)] for _ in range(3)]
        seed = max((place for place in samples if place), key=lambda place: place.cost, default=None)
        if seed is None:
            return []
        wish = 1 + int(chance.random() * MOST_TAKEN_OUT)
        sharing = [
            booking.owner
            for _, person in seed.seats
            for booking in board.people[person]
            if booking.owner >= 0 and booking.owner != seed.session
        ]
        nearby = board.problem.sessions_at[seed.centre]
        for at in (nearby[int(chance.random() * len(nearby))] for _ in range(3 * wish)):
            place = board.places[at]
            if place is not None and abs(place.slot - seed.slot) <= NEAR_DAYS * board.problem.grid.slots_per_day:
                sharing.append(at)
        others = [at for at in dict.fromkeys(sharing) if at != seed.session]
        chance.shuffle(others)
        return [seed.session, *others[:wish]]

    def _with_followers(self, out: Sequence[int]) -> list[int]:
        wanted = self.board.problem.wanted
        found = dict.fromkeys(out)
        for at in list(found):
            pending = [at]
            while pending:
                for follower in wanted[pending.pop()].followers:
                    if follower not in found and follower in self._possible:
                        found[follower] = None
                        pending.append(follower)
        return list(found)

    def _put_back(self, first: int | None, out: list[int]) -> list[int]:
        """Place them again, each where it is cheapest; one without a place may drive others out, a few times."""
        board = self.board
        queue = self._in_order(first, out)
        chains = 0 if first is None else CHAINS
        touched = list(queue)
        while queue:
            at = queue.pop(0)
            place = self._best_place(at)
            if place is None and chains and at != first:
                chains -= 1
                driven = self._drive_out(at, touched)
                place = self._best_place(at) if driven else None
                queue.extend(driven)
                touched.extend(driven)
            if place is not None:
                board.put(place)
        return touched

    def _drive_out(self, at: int, touched: list[int]) -> list[int]:
        """Lift those that stand in the session's way, if none of them was moved in this step."""
        out = make_way(self.board, self.board.problem.wanted[at], self.alone.starts[at], self.chance)
        out = self._with_followers(out) if out else []
        if any(other in touched for other in out):
            return []
        out = [other for other in out if self.board.places[other] is not None]
        for other in out:
            self.board.lift(other)
        return out

    def _in_order(self, first: int | None, out: list[int]) -> list[int]:
        wanted, chance = self.board.problem.wanted, self.chance
        if chance.random() < 0.5:
            order = {at: chance.random() for at in out}
        else:
            order = {
                at: self.alone.room_to_move(at) / (wanted[at].unplaced or 1) * (0.5 + chance.random()) for at in out
            }
        if first is not None:
            order[first] = -1
        order.update(dict.fromkeys(self._narrowed, -2))
        return sorted(order, key=lambda at: (order[at] >= 0, self._depths[at], order[at]))

    def _best_place(self, at: int) -> Place | None:
        wanted = self.board.problem.wanted[at]
        if at in self._narrowed:
            wanted = wanted._replace(window=wanted.window & self._narrowed[at])
        return best_place(self.board, wanted, self.chance, wanted.unplaced)

    def _return_to_best(self) -> None:
        """The board as it was with the best plan."""
        board = self.board
        changed = [at for at in self.alone.possible if board.places[at] is not self.best[at]]
        for at in changed:
            if board.places[at] is not None:
                board.lift(at)
        for at in changed:
            place = self.best[at]
            if place is not None:
                board.put(place)
        self._note_waiting(self.alone.possible)
