"""What the writers of the booking race fight over: rooms, people on duty, and the places they wish for."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as wall_time
from pathlib import Path

from flask import Flask

from app import create_app
from app.access.permissions import Actor, Role
from app.booking.models import DutySlot, Room
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan
from app.booking.rules.words import HalfDay, RoomKind
from app.extensions import db
from config import Settings
from tests.factories import actor_of, make_account, make_organisation

ROOMS, PEOPLE, SEATS = 10, 40, 3
NOW = datetime(2025, 6, 9, 1, 0, tzinfo=UTC)
DAYS = tuple(date(2025, 6, day) for day in (10, 11, 12, 13, 16))
LENGTHS = (60, 90, 120, 150)


@dataclass(frozen=True)
class World:
    """What there is to book, by id, so that every process can use it."""

    organisation_id: int
    rooms: tuple[int, ...]
    people: tuple[int, ...]
    clerk: Actor

    def wish(self, chance: random.Random, kind: str) -> tuple[SessionNeed, SessionPlan]:
        """A random place within the hours of the rooms: one room, three people, one hour to two and a half."""
        people = tuple((f"seat{number}", who) for number, who in enumerate(chance.sample(self.people, SEATS)))
        minutes, room = chance.choice(LENGTHS), chance.choice(self.rooms)
        quarter = chance.randrange(9 * 4, 18 * 4 - minutes // 15)
        need = SessionNeed(
            owner=Owner(kind, chance.randrange(1, 10**9)),
            matter_id=1,
            organisation_id=self.organisation_id,
            purpose="调解",
            minutes=minutes,
            room_wants=RoomWants(RoomKind.MEDIATION_ROOM),
            seats=tuple(SeatNeed(seat, "调解员", (who,)) for seat, who in people),
            earliest=DAYS[0],
        )
        at = wall_time(quarter // 4, quarter % 4 * 15)
        return need, SessionPlan(room, chance.choice(DAYS), at, minutes, people)


def make_app(folder: Path, url: str) -> Flask:
    """The product on this database."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        env="test",
        data_dir=folder,
        database_url=url,
        secret_key="a-secret-key-for-the-benchmark-0123456789",
        master_key_file=folder / "master.keys",
        password_time_cost=1,
    )
    return create_app(settings)


def make_world() -> World:
    """Rooms and people on duty."""
    office = make_organisation("滨澜区信访办公室")
    rooms = [
        Room(organisation_id=office.id, name=f"第{n}调解室", kind=RoomKind.MEDIATION_ROOM, capacity=8)
        for n in range(1, ROOMS + 1)
    ]
    people = [make_account(Role.MEDIATOR, organisation=office) for _ in range(PEOPLE)]
    slots = (DutySlot(account_id=who.id, day=day, half=half) for who in people for day in DAYS for half in HalfDay)
    db.session.add_all([*rooms, *slots])
    clerk = actor_of(make_account(Role.COORDINATOR, organisation=office))
    db.session.commit()
    return World(office.id, tuple(room.id for room in rooms), tuple(who.id for who in people), clerk)
