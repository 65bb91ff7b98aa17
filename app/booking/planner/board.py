"""Who and what is taken: one integer a room, person and party, and the bookings behind its bits.

Every change can be taken back (`mark`, `undo`), so that a search may try and think better of it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.booking.planner.instance import Place
from app.booking.planner.problem import Problem
from app.booking.rules.grid import starts_of_runs

LENGTHS = 128  # more than the slots of any day; one number then holds centre and length

UNKNOWN = -1


class Booking(NamedTuple):
    """Time taken by a session (its position) or a standing booking (-1 - its position).

    `blocked` are the slots it takes from a person at another centre, for each length of way (`Problem.ways`; H17, H18).
    """

    owner: int
    day: int
    week: int
    centre: int
    slots: int
    blocked: tuple[int, ...]
    whole_day: int
    whole_week: int


Bookings = tuple[Booking, ...]


class Board:
    """The calendar at one moment of a search."""

    def __init__(self, problem: Problem) -> None:
        instance = problem.instance
        self.problem = problem
        self.rooms: list[Bookings] = [()] * len(instance.rooms)
        self.people: list[Bookings] = [()] * len(instance.people)
        self.parties: list[Bookings] = [()] * len(instance.parties)
        self.party_busy = [0] * len(instance.parties)
        self.load = [0] * len(instance.people)
        self.places: list[Place | None] = [None] * len(instance.sessions)
        self.cost = sum(wanted.unplaced for wanted in problem.wanted)
        self._full = [UNKNOWN] * len(instance.people)
        self._room_runs: list[dict[int, int]] = [{} for _ in instance.rooms]
        self.runs: list[dict[int, int]] = [{} for _ in instance.people]
        self._log: list[tuple[list[Any], int, Any]] = []
        self._costs: list[float] = []
        for at, standing in enumerate(instance.standing):
            booking = self._booking(-1 - at, standing.centre, standing.day, standing.start, standing.length)
            self._add(self.rooms, standing.room, booking)
            for person in standing.people:
                self._add(self.people, person, booking)
                self._reckon(person, standing.length)
        self._log.clear()

    # Changes

    def put(self, place: Place) -> None:
        """Book the place for its session, whose time must be free."""
        wanted = self.problem.wanted[place.session]
        day, start = divmod(place.slot, self.problem.grid.slots_per_day)
        booking = self._booking(place.session, place.centre, day, start, wanted.length)
        self._add(self.rooms, place.room, booking)
        self._set(self._room_runs, place.room, {})
        for party in wanted.parties:
            self._add(self.parties, party, booking)
            self._set(self.party_busy, party, self.party_busy[party] | booking.slots)
        for _, person in place.seats:
            self._add(self.people, person, booking)
            self._reckon(person, wanted.length)
        self._set(self.places, place.session, place)
        self.cost += place.cost - wanted.unplaced

    def lift(self, session: int) -> Place:
        """Take a placed session off the calendar; returns where it was."""
        place = self.places[session]
        if place is None:
            raise LookupError(session)
        wanted = self.problem.wanted[session]
        self._remove(self.rooms, place.room, session)
        self._set(self._room_runs, place.room, {})
        for party in wanted.parties:
            self._remove(self.parties, party, session)
            busy = 0
            for booking in self.parties[party]:
                busy |= booking.slots
            self._set(self.party_busy, party, busy)
        for _, person in place.seats:
            self._remove(self.people, person, session)
            self._reckon(person, -wanted.length)
        self._set(self.places, session, None)
        self.cost += wanted.unplaced - place.cost
        return place

    def mark(self) -> None:
        """From here on changes can be taken back."""
        self._log.clear()
        self._costs = [self.cost]

    def undo(self) -> None:
        """Take back every change since the mark."""
        for parts, at, old in reversed(self._log):
            parts[at] = old
        self._log.clear()
        self.cost = self._costs[0]

    # What is free

    def room_starts(self, room: int, length: int) -> int:
        """Where a session of this length can begin in the room (H6, H15)."""
        runs = self._room_runs[room]
        if length not in runs:
            runs[length] = starts_of_runs(self.room_free(room), length)
        return runs[length]

    def room_free(self, room: int) -> int:
        """The slots in which the room is open and not taken; kept as the starts of length 1."""
        runs = self._room_runs[room]
        if 1 not in runs:
            free = self.problem.instance.rooms[room].open
            for booking in self.rooms[room]:
                free &= ~booking.slots
            runs[1] = free
        return runs[1]

    def starts_of(self, person: int, key: int) -> int:
        """Where a session can begin for which the person is free; `key` is centre * LENGTHS + length (H13, H17–H19)."""
        runs = self.runs[person]
        if key not in runs:
            centre, length = divmod(key, LENGTHS)
            runs[key] = starts_of_runs(self.person_free(person, centre), length)
        return runs[key]

    def person_free(self, person: int, centre: int) -> int:
        """The slots in which the person is on duty, not taken, can have travelled, and is below the maxima."""
        free = self.problem.instance.people[person].duty
        bookings = self.people[person]
        if bookings:
            ways = self.problem.way_between[centre]
            for booking in bookings:
                free &= ~booking.blocked[ways[booking.centre]]
        return free & ~self.full_days(person)

    def full_days(self, person: int) -> int:
        """The days and weeks in which the person has reached a maximum (H19)."""
        full = self._full[person]
        if full == UNKNOWN:
            full = self._full[person] = self._count_full_days(person)
        return full

    def overload(self, person: int, more: int) -> float:
        """What it costs to give the person so many slots more (S4)."""
        fair = self.problem.instance.people[person].fair_slots
        if fair is None:
            return 0
        before, after = self.load[person] - fair, self.load[person] - fair + more
        return self.problem.instance.weights.overload_slot * (max(after, 0) - max(before, 0))

    def placed(self) -> Iterator[Place]:
        """Every place of the plan."""
        return (place for place in self.places if place is not None)

    def day_of(self, place: Place) -> int:
        """The working day of a place."""
        return place.slot // self.problem.grid.slots_per_day

    # Bookkeeping

    def _booking(self, owner: int, centre: int, day: int, start: int, length: int) -> Booking:
        grid = self.problem.grid
        blocked = self.problem.blocked(day, start, length)
        week = grid.weeks[day] if 0 <= day < len(grid.days) else -1
        whole_week = grid.days_of_week.get(week, 0)
        return Booking(owner, day, week, centre, blocked[0], blocked, grid.mask_of_days(day, day), whole_week)

    def _set(self, parts: list[Any], at: int, value: object) -> None:
        self._log.append((parts, at, parts[at]))
        parts[at] = value

    def _add(self, parts: list[Bookings], at: int, booking: Booking) -> None:
        self._set(parts, at, (*parts[at], booking))

    def _remove(self, parts: list[Bookings], at: int, owner: int) -> None:
        self._set(parts, at, tuple(booking for booking in parts[at] if booking.owner != owner))

    def _reckon(self, person: int, slots: int) -> None:
        """The person's bookings have changed: load, overload cost, full days and weeks, and the kept masks."""
        self.cost += self.overload(person, slots)
        self._set(self.load, person, self.load[person] + slots)
        self._set(self._full, person, UNKNOWN)
        self._set(self.runs, person, {})

    def _count_full_days(self, person: int) -> int:
        grid, who = self.problem.grid, self.problem.instance.people[person]
        full = 0 if min(who.max_day, who.max_week) > 0 else grid.everything
        bookings = self.people[person]
        if len(bookings) >= min(who.max_day, who.max_week):
            days = [booking.day for booking in bookings]
            weeks = [booking.week for booking in bookings]
            for booking in bookings:
                if who.max_day == 1 or days.count(booking.day) >= who.max_day:
                    full |= booking.whole_day
                if weeks.count(booking.week) >= who.max_week:
                    full |= booking.whole_week
        return full
