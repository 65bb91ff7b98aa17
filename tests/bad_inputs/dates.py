"""B081–B096: days that do not exist, are not meant, or do not fit the person."""

from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bad_inputs.case import Listing
from tests.bad_inputs.forms import KEPT, petitioner, register, register_each
from tests.bad_inputs.house import House

LIST = Listing()
DESK = {"by": "receptionist"}
REFUSED = {**DESK, "keeps": KEPT}
TAKEN = {**DESK, "status": 302, "may_change": None}
MAN_OF_1955 = "990101195503081230"


@LIST.sends("B081", "days that do not exist", says="请", **REFUSED)
def send_impossible_days(house: House, client: FlaskClient) -> list[TestResponse]:
    days = ("2026-02-30", "2026-13-01", "2025-02-29", "00", "0000-00-00", "2.30")
    return register_each(house, client, "received_on", days)


@LIST.sends("B082", "days in other ways of writing", says="看不懂", **REFUSED)
def send_other_ways(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(house, client, "received_on", ("2026-W10-1", "二〇二六年", "yesterday", "2026-03-10T00:00"))


@LIST.sends("B085", "a visit of tomorrow", says="不能晚于今天", **REFUSED)
def send_tomorrow(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, received_on=(house.today + timedelta(days=1)).isoformat())


@LIST.sends("B092", "years out of reach", says="请", **REFUSED)
def send_far_years(house: House, client: FlaskClient) -> list[TestResponse]:
    days = ("0001-01-01", "9999-12-31", "10000-01-01", "-2026-01-01", "1767225600", "1850-01-01")
    return register_each(house, client, "received_on", days)


@LIST.sends("B093", "born tomorrow, born in 1880", says="出生日期", **REFUSED)
def send_odd_births(house: House, client: FlaskClient) -> list[TestResponse]:
    tomorrow = (house.today + timedelta(days=1)).isoformat()
    return register_each(house, client, "p_birth_date", (tomorrow, "1880-05-05"))


@LIST.sends("B094", "birth date and ID number differ", says="对不上", **REFUSED)
def send_other_birth(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, p_id_document="id_card", p_id_number=MAN_OF_1955, p_birth_date="1955-03-09")


@LIST.sends("B094", "sex and ID number differ", says="对不上", **REFUSED)
def send_other_sex(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, p_id_document="id_card", p_id_number=MAN_OF_1955, p_sex="female")


def birth_date_is_kept(house: House) -> None:
    """The day is a day and no moment."""
    assert petitioner(house)["birth_date"] == "1988-07-01"


@LIST.sends("B095", "born in a summer with summer time", then=birth_date_is_kept, **TAKEN)
def send_summer_birth(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, p_birth_date="1988-07-01")


@LIST.sends("B096", "a child without guardian", says="监护人", **REFUSED)
def send_child(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, p_birth_date=(house.today - timedelta(days=3650)).isoformat())
