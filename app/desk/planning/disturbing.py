"""What has happened to the calendar: rooms closed for a time, somebody away, or only sessions off duty. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.booking.rules.explaining import explain
from app.booking.rules.grid import cells_between
from app.booking.rules.masks import Snapshot
from app.booking.rules.need import SessionPlan
from app.booking.rules.words import BlockerKind
from app.desk.planning.adapting import Wish, World


@dataclass(frozen=True)
class Disturbance:
    """Rooms shut between two moments on the wall clock, or a person away on whole days; neither: what is flagged."""

    rooms: tuple[int, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    account_id: int | None = None
    first: date | None = None
    last: date | None = None
    note: str = ""

    @property
    def cells(self) -> range:
        """The quarter hours in which the rooms are shut."""
        return cells_between(self.starts, self.ends) if self.starts and self.ends else range(0)

    def hits(self, plan: SessionPlan) -> bool:
        """Whether a plan cannot stay because of it."""
        if plan.room_id in self.rooms and plan.cells.start < self.cells.stop and self.cells.start < plan.cells.stop:
            return True
        is_seated = any(account_id == self.account_id for _, account_id in plan.people)
        return is_seated and self.first is not None and self.last is not None and self.first <= plan.day <= self.last

    def concerns(self, plan: SessionPlan | None) -> bool:
        """Whether it is why a plan is looked at: it hits it, or nothing new happened and all that is flagged is."""
        is_new = bool(self.rooms) or self.account_id is not None
        return not is_new or (plan is not None and self.hits(plan))

    def as_json(self) -> dict[str, Any]:
        """As the run keeps it."""
        return {
            "rooms": list(self.rooms),
            "starts": self.starts.isoformat() if self.starts else "",
            "ends": self.ends.isoformat() if self.ends else "",
            "account": self.account_id,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "note": self.note,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Disturbance":
        """The one that a run keeps."""
        return cls(
            rooms=tuple(kept["rooms"]),
            starts=datetime.fromisoformat(kept["starts"]) if kept["starts"] else None,
            ends=datetime.fromisoformat(kept["ends"]) if kept["ends"] else None,
            account_id=kept["account"],
            first=date.fromisoformat(kept["first"]) if kept["first"] else None,
            last=date.fromisoformat(kept["last"]) if kept["last"] else None,
            note=kept["note"],
        )


def disturb(world: World, disturbance: Disturbance) -> World:
    """The world after it has happened."""
    shut = world.horizon.mask(disturbance.cells)
    rooms = {
        room_id: replace(room, closed=room.closed | shut) if room_id in disturbance.rooms else room
        for room_id, room in world.rooms.items()
    }
    people = dict(world.people)
    if disturbance.account_id in people and disturbance.first and disturbance.last:
        person = people[disturbance.account_id]
        away = world.horizon.mask_of_days(disturbance.first, disturbance.last)
        people[person.id] = replace(person, leave=person.leave | away)
    return replace(world, rooms=rooms, people=people)


def list_blockers(world: World, wish: Wish) -> list[str]:
    """Why a session cannot stay where it is, in words; the lawful days were looked at when it was booked."""
    assert wish.plan is not None
    causes = explain(wish.need, wish.plan, _alone(world, wish))
    found = [str(cause) for cause in causes if cause.kind is not BlockerKind.LAW]
    return [*found, *_unfit(world, wish)]


def stands_regularly(world: World, wish: Wish) -> bool:
    """Whether it stands within office hours; what was put elsewhere on purpose stays there."""
    assert wish.plan is not None
    return not world.horizon.mask(wish.plan.cells) & ~world.bookable


def _alone(world: World, wish: Wish) -> Snapshot:
    """Rooms and people as if nothing else were booked: what stands has its place and is no load of its own."""
    assert wish.plan is not None
    own = set(wish.plan.cells)
    return Snapshot(
        horizon=world.horizon,
        rooms={room_id: replace(room, busy=0) for room_id, room in world.rooms.items()},
        people={
            account_id: replace(
                person, busy=0, stints=tuple(each for each in person.stints if own.isdisjoint(each.cells))
            )
            for account_id, person in world.people.items()
            if person.name
        },
        party_busy=(),
        usual=world.usual,
        ahead=world.ahead,
    )


def _unfit(world: World, wish: Wish) -> Iterator[str]:
    """Who sits there and no longer may: recused, or no longer of this case."""
    assert wish.plan is not None
    seats = {seat.capacity: seat for seat in wish.need.seats}
    for seat, account_id in wish.plan.people:
        name = world.people[account_id].name
        if account_id in wish.need.excluded:
            yield f"{name} 应当回避"
        elif seat not in seats or account_id not in seats[seat].candidates:
            yield f"{name} 已不在这一场的人员里"
