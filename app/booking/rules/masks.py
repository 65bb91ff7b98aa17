"""Who and what is free: one integer a room, person and party, one bit a quarter hour of the horizon.

A bookable bit of a room is open and neither closed nor busy; of a person on duty and neither on leave nor busy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.booking.rules.grid import Horizon, bits_in_at_least
from app.booking.rules.need import RoomWants, SeatNeed, SessionNeed
from app.booking.rules.words import Equipment, RoomKind


@dataclass(frozen=True)
class RoomState:
    """One room over the horizon."""

    id: int
    name: str
    kind: RoomKind
    capacity: int
    equipment: frozenset[Equipment]
    open: int
    closed: int = 0
    busy: int = 0

    @cached_property
    def free(self) -> int:
        """When it can be had."""
        return self.open & ~self.closed & ~self.busy

    def fits(self, wants: RoomWants) -> bool:
        """Kind, seats and equipment are as wanted."""
        return self.kind is wants.kind and self.capacity >= wants.capacity and wants.equipment <= self.equipment


@dataclass(frozen=True)
class PersonState:
    """One person over the horizon."""

    id: int
    name: str
    duty: int
    leave: int = 0
    busy: int = 0

    @cached_property
    def free(self) -> int:
        """When the person can be seated."""
        return self.duty & ~self.leave & ~self.busy


@dataclass(frozen=True)
class Snapshot:
    """The state of everything a need touches. `usual` are the office hours of working days.

    `ahead` are the moments still to come; both bound what is offered, only `ahead` bounds what may be asked.
    """

    horizon: Horizon
    rooms: Mapping[int, RoomState]
    people: Mapping[int, PersonState]
    party_busy: tuple[int, ...]
    usual: int
    ahead: int

    @property
    def everything(self) -> int:
        """Every bit of the horizon."""
        return self.horizon.mask(range(self.horizon.first_cell, self.horizon.end_cell))

    def lawful(self, need: SessionNeed) -> int:
        """The bits of the days on which the need may lawfully be met."""
        last = need.latest or self.horizon.last
        return self.horizon.mask_of_days(need.earliest, last) if need.earliest <= last else 0

    def parties_free(self) -> int:
        """When every party is free."""
        free = self.everything
        for busy in self.party_busy:
            free &= ~busy
        return free

    def candidates(self, need: SessionNeed, seat: SeatNeed) -> list[PersonState]:
        """Who may sit there at all, most wanted first."""
        return [
            self.people[account_id]
            for account_id in seat.candidates
            if account_id in self.people and account_id not in need.excluded
        ]

    def enough_free(self, need: SessionNeed, seat: SeatNeed) -> int:
        """When at least as many candidates are free as the seat asks for."""
        masks = (person.free for person in self.candidates(need, seat))
        return bits_in_at_least(seat.count, masks, self.everything)
