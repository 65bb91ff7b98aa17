"""A centre with rooms, people on duty and a need, on each engine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor, Role
from app.booking.models import DutySlot, Room
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan, party_key
from app.booking.rules.words import HalfDay, RoomKind
from app.people.models import Account, Organisation
from tests.factories import actor_of, make_account, make_organisation

NOW = datetime(2025, 6, 9, 1, 0, tzinfo=UTC)
DAY = date(2025, 6, 11)
DAYS = tuple(date(2025, 6, day) for day in (9, 10, 11, 12, 13))
ZHANG = party_key("a" * 64)


@dataclass(frozen=True)
class Centre:
    """What the tests book."""

    office: Organisation
    rooms: tuple[Room, ...]
    shi: Account
    fang: Account
    he: Account
    clerk: Actor

    def need(self, **values: Any) -> SessionNeed:
        """Mediator 石明轩 and a recorder, one hour, four seats, one party."""
        defaults: dict[str, Any] = {
            "owner": Owner("mediation_meeting", 1),
            "matter_id": 1,
            "organisation_id": self.office.id,
            "purpose": "邻里纠纷调解 第 1 次",
            "minutes": 60,
            "room_wants": RoomWants(RoomKind.MEDIATION_ROOM, 4, area_id=self.office.id),
            "seats": (
                SeatNeed("mediator", "调解员", (self.shi.id,)),
                SeatNeed("recorder", "记录员", (self.he.id, self.fang.id)),
            ),
            "earliest": date(2025, 6, 1),
            "party_keys": (ZHANG,),
        }
        return SessionNeed(**{**defaults, **values})

    def plan(self, hour: int = 9, minute: int = 0, *, room: int = 0, **values: Any) -> SessionPlan:
        """The first room at that hour of 11 June with 石明轩 and 何静."""
        people = (("mediator", self.shi.id), ("recorder", self.he.id))
        plan = SessionPlan(self.rooms[room].id, DAY, time(hour, minute), 60, people)
        return replace(plan, **values)


def make_room(office: Organisation, name: str, session: Any, **values: Any) -> Room:
    """One mediation room of six seats."""
    details = {"kind": RoomKind.MEDIATION_ROOM, "capacity": 6, "opens_at": time(8, 0), **values}
    room = Room(organisation_id=office.id, name=name, **details)
    session.add(room)
    session.flush()
    return room


@pytest.fixture
def make_centre(db: SQLAlchemy) -> Callable[[], Centre]:
    """Make a centre: two mediation rooms, three people on duty on five days, a clerk."""

    def make() -> Centre:
        office = make_organisation("滨澜区信访办")
        rooms = tuple(make_room(office, name, db.session) for name in ("第一调解室", "第二调解室"))
        people = [make_account(Role.MEDIATOR, organisation=office, name=name) for name in ("石明轩", "方素珍", "何静")]
        for person in people:
            db.session.add_all(DutySlot(account_id=person.id, day=day, half=half) for day in DAYS for half in HalfDay)
        clerk = actor_of(make_account(Role.COORDINATOR, organisation=office, name="周敏"))
        db.session.commit()
        return Centre(office, rooms, *people, clerk)

    return make


@pytest.fixture
def centre(make_centre: Callable[[], Centre]) -> Centre:
    """The centre of the tests."""
    return make_centre()
