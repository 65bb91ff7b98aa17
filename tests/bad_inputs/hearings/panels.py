"""Bad inputs about who sits: chair, recorder, panelists, the draw."""

from datetime import date

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.access.permissions import Role
from app.hearings.actions.panel import appoint_chair
from app.web.transaction import transaction
from tests.bad_inputs.case import Listing
from tests.bad_inputs.hearings.hall import DESK, hall_of, ids, is_decided, the_hearing, url
from tests.bad_inputs.house import House
from tests.factories import make_professional
from tests.hearings.hall import at

LIST = Listing()


def chair_records_too(house: House) -> None:
    """The chair is a recorder by office as well."""
    is_decided(house)
    with hall_of(house) as hall, transaction():
        both = make_professional(Role.HEARING_CHAIR, Role.RECORDER, organisation=hall.office, name="毕建国")
        appoint_chair(the_hearing(), both, by=hall.head, now=at(date(2025, 5, 26)))
        house.found["both"] = both.public_id


@LIST.sends("INV-09", "an even panel", given=is_decided, says="单数", keeps="checked", **DESK)
def send_even_panel(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "panel"), data={"panelist": ids(house, "万春生", "康秀兰", "邱正源", "范玉梅")})


@LIST.sends("INV-11", "the same person twice", given=is_decided, says="一个人占了两个位置", keeps="checked", **DESK)
def send_twice(house: House, client: FlaskClient) -> list[TestResponse]:
    three = ids(house, "万春生", "康秀兰", "邱正源")
    forms: list[dict[str, list[str]]] = [
        {"panelist": three, "alternate": three[:1]},
        {"panelist": [*three, three[0], three[1]]},
    ]
    return [client.post(url(house, "panel"), data=form) for form in forms]


@LIST.sends("INV-11", "a chair who records too", given=chair_records_too, says="各是各的人", **DESK)
def send_chair_as_recorder(house: House, client: FlaskClient) -> TestResponse:
    return client.post(url(house, "panel/recorder"), data={"recorder": house.found["both"]})


@LIST.sends("INV-09", "people who are not in the pool", given=is_decided, says="不能选", **DESK)
def send_outsiders(house: House, client: FlaskClient) -> list[TestResponse]:
    panel = [*ids(house, "万春生", "康秀兰"), house.hall.unit_clerk.public_id]
    return [client.post(url(house, "panel"), data={"panelist": [*panel[:2], who]}) for who in (panel[2], "x" * 22)]


@LIST.sends("INV-09", "a draw that cannot come out", given=is_decided, says="请", **DESK)
def send_odd_draws(house: House, client: FlaskClient) -> list[TestResponse]:
    draws = (
        {"size": "4"},
        {"size": "99"},
        {"size": "3", "alternates": "15"},
        {"size": "3", "least_lawyer": "3"},
        {"size": "９9x"},
    )
    return [client.post(url(house, "panel/draw"), data=draw) for draw in draws]
