"""Who and what is free: one integer a room, person and party, one bit a quarter hour of the horizon.

A bookable bit of a room is open and neither closed nor busy; of a person on duty and neither on leave nor busy, where
he serves the centre, can get there, and has not had enough sessions that day or week.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.booking.rules.grid import Horizon, bits_in_at_least
from app.booking.rules.limits import UNBOUNDED, Bounds, Stint, Travel, mask_of_full_days, mask_of_ways
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
    centre_id: int = 0

    @cached_property
    def free(self) -> int:
        """When it can be had."""
        return self.open & ~self.closed & ~self.busy

    def fits(self, wants: RoomWants) -> bool:
        """Kind, seats and equipment are as wanted."""
        return self.kind is wants.kind and self.capacity >= wants.capacity and wants.equipment <= self.equipment


@dataclass(frozen=True)
class PersonState:
    """One person over the horizon; `stints` are what counts for him in all weeks that it touches."""

    id: int
    name: str
    duty: int
    leave: int = 0
    busy: int = 0
    bounds: Bounds = UNBOUNDED
    stints: tuple[Stint, ...] = ()

    @cached_property
    def free(self) -> int:
        """When the person can be seated, as far as duty, leave and sessions tell."""
        return self.duty & ~self.leave & ~self.busy

    def serves(self, centre_id: int) -> bool:
        """Whether he sits in this centre at all (H14)."""
        return self.bounds.serves is None or centre_id in self.bounds.serves


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
    travel: Travel = field(default_factory=Travel)
    centre_names: Mapping[int, str] = field(default_factory=dict)

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

    def free_at(self, person: PersonState, centre_id: int) -> int:
        """When the person can be seated in a centre."""
        key = (person.id, centre_id)
        if key not in self._free_at:
            self._free_at[key] = self._reckon(person, centre_id)
        return self._free_at[key]

    @cached_property
    def _free_at(self) -> dict[tuple[int, int], int]:
        return {}

    def _reckon(self, person: PersonState, centre_id: int) -> int:
        if not person.serves(centre_id):
            return 0
        full = mask_of_full_days(self.horizon, person.bounds, person.stints)
        return person.free & ~full & ~mask_of_ways(self.horizon, self.travel, person.stints, centre_id)

    def enough_free(self, need: SessionNeed, seat: SeatNeed, centre_id: int) -> int:
        """When at least as many candidates are free in a centre as the seat asks for."""
        masks = (self.free_at(person, centre_id) for person in self.candidates(need, seat))
        return bits_in_at_least(seat.count, masks, self.everything)
