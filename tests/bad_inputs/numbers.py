"""B106–B123 as far as people and addresses go: ID numbers, telephones, codes, public ids, paging."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bad_inputs.case import Listing
from tests.bad_inputs.forms import KEPT, petitioner, register, register_each
from tests.bad_inputs.house import House

LIST = Listing()
DESK = {"by": "receptionist"}
REFUSED = {**DESK, "keeps": KEPT}
TAKEN = {**DESK, "status": 302, "may_change": None}
RIGHT_ID = "990101195503081230"
ODD_IDS = ("0", "-1", str(2**63), "1" * 3000, "1.0", "01", "1e3", "NaN", "１", "A" * 22, "../x")


@LIST.sends("B111", "wrong ID numbers", says="身份证", **REFUSED)
def send_wrong_ids(house: House, client: FlaskClient) -> list[TestResponse]:
    wrong = (
        RIGHT_ID[:-1],
        RIGHT_ID + "1",
        RIGHT_ID[:-1] + "1",
        "000101195503081230",
        "130503670401001",
        "9901 01195503 08123",
        "1" * 18,
    )
    return register_each(house, client, "p_id_number", wrong)


def check_digit_is_capital(house: House) -> None:
    """The small x was written as a capital one."""
    assert petitioner(house)["id_number"] == "11010519491231002X"


@LIST.sends("B111", "a small x at the end", then=check_digit_is_capital, **TAKEN)
def send_small_x(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, p_id_document="id_card", p_id_number="11010519491231002x")


@LIST.sends("B112", "passport and residence permit", **TAKEN)
def send_other_documents(house: House, client: FlaskClient) -> list[TestResponse]:
    return [
        register(house, client, p_id_document="passport", p_id_number="E12345678"),
        register(house, client, p_id_document="other", p_id_number="AUS199001011234"),
    ]


@LIST.sends("B114", "telephone numbers that are none", says="电话", **REFUSED)
def send_wrong_phones(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(
        house, client, "p_phone", ("1234567890123", "12345678901", "abc", "1390000402", "139000040266")
    )


def phone_is_plain(house: House) -> None:
    """Country code and blanks are gone."""
    assert petitioner(house)["phone"] == "13900004026"


@LIST.sends("B114", "telephone numbers with country code", then=phone_is_plain, **TAKEN)
def send_written_phones(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(house, client, "p_phone", ("+86 139 0000 4026", "0086-13900004026", "139-0000-4026"))


@LIST.sends("B116", "a credit code with a wrong check character", by="administrator", says="信用代码", keeps="新单位")
def send_wrong_code(house: House, client: FlaskClient) -> TestResponse:
    form = {"name": "新单位", "kind": "other_organ", "credit_code": "91990100MA00000061"}
    return client.post("/settings/organisations/new", data=form)


@LIST.sends("B117", "an address of six hundred characters", says="最多", **REFUSED)
def send_long_address(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, p_address="滨澜区" * 200)


def crowd(count: int, representatives: int) -> dict[str, Any]:
    """A collective visit with so many persons entered and so many marked."""
    names = {f"p_name-{place}": f"代表{'甲乙丙丁戊己庚'[place]}" for place in range(count)}
    marks = {f"p_representative-{place}": "1" for place in range(representatives)}
    return {**names, **marks, "petitioners": str(count), "head_count": "60", "is_collective": "1"}


@LIST.sends("B118", "a sixth representative, none at all", says="代表", **REFUSED)
def send_six_representatives(house: House, client: FlaskClient) -> list[TestResponse]:
    return [
        register(house, client, **crowd(6, 6)),
        register(house, client, **crowd(2, 0)),
    ]


@LIST.sends("B120", "ids that are none", by="receptionist", status=(400, 404, 414))
def send_odd_ids(house: House, client: FlaskClient) -> list[TestResponse]:
    places = ("/matters/{}/edit", "/parties/{}/edit", "/linkages/{}", "/mediations/{}", "/agreements/{}")
    return [client.get(place.format(odd)) for place in places for odd in ODD_IDS]


@LIST.sends("B121", "pages that are none", by="receptionist", status=(200, 422))
def send_odd_pages(house: House, client: FlaskClient) -> list[TestResponse]:
    odd = ("page=0", "page=-1", "page=1000000000", "page=abc", "size=0", "size=1000000", "after=x", "after=9~9~9")
    return [client.get(f"/matters?{query}") for query in odd]


@LIST.sends("B122", "sorting by what is no column", by="receptionist", status=(200, 422))
def send_odd_sorting(house: House, client: FlaskClient) -> list[TestResponse]:
    odd = ("sort=password_hash", "sort=id;drop table matter", "order=subject_sealed", "scope=none", "kind=none")
    return [client.get(f"/matters?{query}") for query in odd]


def has_two_matters(house: House) -> None:
    """Two matters of different people."""
    client = house.client("receptionist")
    assert register(house, client, p_name="尤晓琴", p_phone="13900004026", m_subject="甲事").status_code == 302
    assert register(house, client, p_name="顾海", p_phone="13900004027", m_subject="乙事").status_code == 302


@LIST.sends("B123", "filtering by what is sealed", by="receptionist", given=has_two_matters, status=200)
def send_oracle(house: House, client: FlaskClient) -> list[TestResponse]:
    answers = [client.get(f"/matters?{query}") for query in ("phone=13900004026", "id_number=1", "name=尤晓琴")]
    assert all("乙事" in answer.get_data(as_text=True) for answer in answers)
    return answers
