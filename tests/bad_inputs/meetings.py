"""B083–B090, B204, B209: booking a meeting at times, in rooms and with people that cannot be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.booking.models import DutySlot, Room, RoomClosure
from app.booking.rules.words import HalfDay, RoomKind
from app.extensions import db
from app.matters.models import Capacity, Matter
from app.web.transaction import transaction
from tests.bad_inputs.case import Listing
from tests.bad_inputs.house import House
from tests.factories import involve

LIST = Listing()
DAY = "2025-07-02"
MORNING = datetime(2025, 7, 2, 0, 0, tzinfo=UTC)


def has_room(house: House, *, days_of_duty: int = 10) -> None:
    """One room, and the mediator on duty from 1 July on."""
    world = house.world
    with house.app.app_context(), transaction():
        room = Room(organisation_id=world.office.id, name="第一调解室", kind=RoomKind.MEDIATION_ROOM, capacity=12)
        db.session.add(room)
        for step in range(days_of_duty):
            day = date(2025, 7, 1) + timedelta(days=step)
            db.session.add_all(DutySlot(account_id=world.mediator.id, day=day, half=half) for half in HalfDay)
        db.session.flush()
        house.found |= {"room": room.public_id, "room_id": room.id}


def nobody_on_duty(house: House) -> None:
    """The room is there, the mediator is not."""
    has_room(house, days_of_duty=0)


def has_meeting(house: House) -> None:
    """The room is taken from nine to half past ten."""
    has_room(house)
    assert book(house, house.client("clerk")).status_code == 302


def room_is_shut(house: House) -> None:
    """The room cannot be used all day."""
    has_room(house)
    with house.app.app_context(), transaction():
        closure = RoomClosure(
            room_id=house.found["room_id"], starts_at=MORNING, ends_at=MORNING + timedelta(hours=12), reason="检修"
        )
        db.session.add(closure)


def mediator_is_barred(house: House) -> None:
    """The mediator stepped aside after he was assigned."""
    has_room(house)
    with house.app.app_context(), transaction():
        matter = db.session.get_one(Matter, house.world.matter.id)
        involve(matter, house.world.mediator, Capacity.BARRED, is_barred=True)


def book(house: House, client: FlaskClient, *, at: str = "09:00", **values: str) -> TestResponse:
    """Send the form of a meeting of ninety minutes on 2 July."""
    form = {
        "place": f"{house.found['room']} {at}",
        "day": DAY,
        "minutes": "90",
        "people": f"mediator:{house.world.mediator.public_id}",
    }
    return client.post(f"/mediations/{house.world.case.public_id}/meetings/new", data={**form, **values})


DESK: dict[str, Any] = {"setting": "case", "by": "clerk", "given": has_room}
TAKEN: dict[str, Any] = {**DESK, "given": has_meeting}


@LIST.sends("B083", "a meeting that lasts no time", says="分钟", **DESK)
def send_no_time(house: House, client: FlaskClient) -> list[TestResponse]:
    return [book(house, client, minutes=minutes) for minutes in ("0", "-90")]


@LIST.sends("B084", "a minute, a day, ten years", says="分钟", **DESK)
def send_odd_lengths(house: House, client: FlaskClient) -> list[TestResponse]:
    return [book(house, client, minutes=minutes) for minutes in ("1", "1500", "5256000", "９0.5")]


@LIST.sends("B085", "a meeting of yesterday", says="已经过去", **DESK)
def send_yesterday(house: House, client: FlaskClient) -> list[TestResponse]:
    return [book(house, client, day="2025-06-30"), book(house, client, day="2025-07-01", at="09:00")]


@LIST.sends("B086", "a Saturday that nobody confirmed", says="仍要排在这时", **DESK)
def send_saturday(house: House, client: FlaskClient) -> TestResponse:
    return book(house, client, day="2025-07-05")


@LIST.sends("B087", "a quarter of an hour too early", status=409, says="已有安排", **TAKEN)
@LIST.sends("B204", "a time taken by others", status=409, says="已有安排", hides="漏水", **TAKEN)
def send_overlap(house: House, client: FlaskClient) -> list[TestResponse]:
    return [book(house, client, at="10:15"), book(house, client, at="09:00")]


@LIST.sends("B087", "a room that is shut", status=409, says="放不下", **{**DESK, "given": room_is_shut})
@LIST.sends("B087", "a person who is not on duty", status=409, says="放不下", **{**DESK, "given": nobody_on_duty})
def send_impossible(house: House, client: FlaskClient) -> TestResponse:
    return book(house, client)


@LIST.sends("B088", "the quarter hour right after", status=302, may_change=None, **TAKEN)
def send_adjacent(house: House, client: FlaskClient) -> TestResponse:
    return book(house, client, at="10:30", minutes="60")


@LIST.sends("B090", "times that are on no clock", says="时间", **DESK)
def send_odd_times(house: House, client: FlaskClient) -> list[TestResponse]:
    return [book(house, client, at=at) for at in ("24:00", "25:00", "09:60", "9:00:60", "九点")]


@LIST.sends("B209", "a mediator who stepped aside", status=(409, 422), **{**DESK, "given": mediator_is_barred})
def send_barred(house: House, client: FlaskClient) -> TestResponse:
    return book(house, client)
