"""B085, B102 and the bad inputs about when a hearing is held and whom its notice reaches."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.access.permissions import Role
from app.hearings.models import HearingParty
from app.web.transaction import transaction
from tests.bad_inputs.case import LOG, Listing
from tests.bad_inputs.hearings.hall import (
    DESK,
    FACTS,
    HALL,
    all_on_duty,
    has_panel,
    is_noticed,
    newest,
    the_public_id,
    url,
)
from tests.bad_inputs.house import House
from tests.factories import log_in, make_account

LIST = Listing()


def plan(house: House, day: str, **values: str) -> dict[str, str]:
    """A day, typed, in the hearing room."""
    room = house.hall.room.public_id
    return {"room": room, "day": day, "at": "09:00", "minutes": "150", "served_on": "2025-05-28", **values}


@LIST.sends("INV-14", "a notice that is too short", given=all_on_duty, status=409, says="最早 6月10日", **DESK)
def send_short_notice(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "schedule"), data=plan(house, "2025-06-06"))


@LIST.sends("B085", "a hearing of yesterday, of another age", given=all_on_duty, status=(409, 422), **DESK)
def send_other_ages(house: House, client: FlaskClient) -> list[TestResponse]:
    room = house.hall.room.public_id
    lit = [{**plan(house, ""), "place": f"{room} 09:00 {day}"} for day in ("0001-01-01", "9999-12-31", "x", "")]
    typed = [plan(house, day) for day in ("2025-05-26", "2028-06-12", "2199-12-31", "1900-01-01")]
    return [client.post(url(house, "schedule"), data=form) for form in (*lit, *typed)]


@LIST.sends("B085", "lengths that are no lengths", given=all_on_duty, status=(409, 422), **DESK)
def send_odd_lengths(house: House, client: FlaskClient) -> list[TestResponse]:
    lengths = ("0", "0100" + "9" * 5000, "010099999999", "100000", "-1", "")
    return [client.post(url(house, "schedule"), data=plan(house, "2025-06-11", minutes=each)) for each in lengths]


@LIST.sends("B085", "a page that is asked for another age", given=all_on_duty, status=200, **DESK)
def send_odd_pages(house: House, client: FlaskClient) -> list[TestResponse]:
    asked = ("day=2199-12-31", "served_on=2199-12-31", "minutes=010099999999", "minutes=0100" + "9" * 1000, "day=x")
    return [client.get(url(house, f"schedule?{each}")) for each in asked]


@LIST.sends("B102", "a move to a day too near", given=is_noticed, status=409, says="最早", keeps=FACTS, **DESK)
def send_near_move(house: House, client: FlaskClient) -> TestResponse:
    why = {"ground": "room_or_people", "facts": FACTS, "happened_on": "2025-05-28"}
    return client.post(url(house, "move"), data={**plan(house, "2025-06-05"), **why})


def two_are_noticed(house: House) -> None:
    """Another hearing stands beside this one."""
    is_noticed(house)
    other = the_public_id(house)
    has_panel(house)
    house.found |= {"noticed": other, "party": newest(house, HearingParty).public_id}


@LIST.sends("R-DOC-H13", "the party of another hearing", given=two_are_noticed, status=404, **DESK)
def send_party_of_another(house: House, client: FlaskClient) -> list[TestResponse]:
    here = f"/hearings/{house.found['noticed']}"
    waiver = {"signed_on": "2025-05-28", "held_on": "2025-06-05", "starts_at": "9:00", "served_on": "2025-05-28"}
    return [
        client.post(f"{here}/waivers/{house.found['party']}", data=waiver),
        client.post(f"{here}/services/{house.found['party']}", data={"mode": "in_person"}),
        client.post(f"{here}/recusals/{house.found['party']}/ruling", data={"decision": "granted", "reason": "是"}),
    ]


def has_stranger(house: House) -> None:
    """A coordinator of another office."""
    is_noticed(house)
    with house.app.app_context(), transaction():
        house.found["stranger"] = make_account(Role.COORDINATOR, name="别家")


@LIST.sends("INV-32", "a hearing of another office", given=has_stranger, status=404, may_change=LOG, **HALL)
def send_to_other_office(house: House, client: FlaskClient) -> list[TestResponse]:
    log_in(client, house.found["stranger"])
    pages = ("panel", "panel/draw", "schedule", "move", "change", "announcement", "recusals", "withdrawal", "close")
    return [client.post(url(house, page), data={"facts": FACTS}) for page in pages]
