"""B134–B135, B152, B163–B164, B203, B222–B223, B233, B240, B255: keys, uploads, log-ins that end, doors and reasons."""

from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bad_inputs.case import LOG, Listing
from tests.bad_inputs.forms import KEPT, register, visit
from tests.bad_inputs.house import House
from tests.bad_inputs.transport import PARTS
from tests.bad_inputs.workflow import CASE, SCANS, has_issued, has_link, page_of, scan

LIST = Listing()
DESK: dict[str, Any] = {"by": "receptionist"}
KEY = "a-key-of-one-form-01"


def key_is_used(house: House) -> None:
    """The receptionist sent a form with this key."""
    form = {**visit(house), "idempotency_key": KEY}
    assert house.client("receptionist").post("/matters/new", data=form).status_code == 302


@LIST.sends("B134", "a used key with another form", given=key_is_used, says="已经交过", keeps="别的请求", **DESK)
def send_used_key(house: House, client: FlaskClient) -> TestResponse:
    return client.post("/matters/new", data={**visit(house, m_claim="别的请求"), "idempotency_key": KEY})


def both_are_there(house: House) -> None:
    """Two persons' forms are two visits."""
    assert house.count("visit_record") == 2


@LIST.sends(
    "B134", "another person with the same key", by="coordinator", given=key_is_used, status=302,
    may_change=None, then=both_are_there,
)  # fmt: skip
def send_key_of_other(house: House, client: FlaskClient) -> TestResponse:
    return client.post("/matters/new", data={**visit(house), "idempotency_key": KEY})


@LIST.sends("B135", "odd keys", says="请刷新", keeps=KEPT, **DESK)
def send_odd_keys(house: House, client: FlaskClient) -> list[TestResponse]:
    odd = ("k" * 10_000, "short", "with\x07bell-in-it", "钥匙钥匙钥匙钥匙")
    return [client.post("/matters/new", data={**visit(house), "idempotency_key": key}) for key in odd]


@LIST.sends("B152", "a file over the limit", given=has_issued, setting="case", by="clerk", status=413, says="20 MB")
def send_large_file(house: House, client: FlaskClient) -> TestResponse:
    head = b'--b\r\nContent-Disposition: form-data; name="scan"; filename="a.pdf"\r\n\r\n'
    body = head + b"%PDF" + b"\0" * (21 * 1024 * 1024) + b"\r\n--b--\r\n"
    return client.post(f"{page_of(house)}/paper", data=body, content_type=PARTS)


@LIST.sends("B163", "office files with macros", says="PDF", **SCANS)
def send_office_files(house: House, client: FlaskClient) -> list[TestResponse]:
    return [
        scan(house, client, b"PK\x03\x04word/vbaProject.bin", "a.docm"),
        scan(house, client, b"\xd0\xcf\x11\xe0", "a.doc"),
    ]


@LIST.sends("B164", "archives", says="PDF", **SCANS)
def send_archives(house: House, client: FlaskClient) -> list[TestResponse]:
    return [scan(house, client, content, "a.zip") for content in (b"PK\x03\x04../x", b"\x1f\x8b\x08", b"Rar!\x1a\x07")]


@LIST.sends("B203", "a long form after the log-in ended", status=401, keeps="漏" * 2000)
def send_after_log_in_ended(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_claim="漏" * 2000)


@LIST.sends("B222", "a link that must not leave the page", given=has_link, status=200, **CASE)
def send_look(house: House, client: FlaskClient) -> TestResponse:
    answer = client.get(f"/p/{house.found['token']}")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "http://" not in answer.get_data(as_text=True).replace("http://www.w3.org", "")
    return answer


@LIST.sends("B223", "a preview that opens the link twenty times", given=has_link, status=200, hides="尤晓琴", **CASE)
def send_previews(house: House, client: FlaskClient) -> list[TestResponse]:
    methods = ("GET", "HEAD") * 10
    return [client.open(f"/p/{house.found['token']}", method=method) for method in methods]


@LIST.sends("B233", "another file on the check page", given=has_issued, status=(200, 404, 422), hides="冯志远", **CASE)
def send_other_file(house: House, client: FlaskClient) -> list[TestResponse]:
    files = (b"%PDF-1.7 another", b"", b"x" * 100_000)
    return [client.post("/verify", data={"file": (BytesIO(content), "协议.pdf")}) for content in files]


@LIST.sends("B240", "the agreement without the code", given=has_issued, status=(302, 401, 404), hides="尤晓琴", **CASE)
def send_forwarded(house: House, client: FlaskClient) -> list[TestResponse]:
    own = page_of(house).replace("/agreements", "/p/agreements")
    return [client.get(f"{own}/file"), client.get(f"{own}/read"), client.get("/p/papers")]


def has_phone(house: House) -> None:
    """A petitioner with a telephone number."""
    assert register(house, house.client("receptionist"), p_phone="13900004026", o_name="").status_code == 302


@LIST.sends("B255", "reasons that are none", given=has_phone, hides="13900004026", says="请", **DESK)
def send_poor_reasons(house: House, client: FlaskClient) -> list[TestResponse]:
    path = f"/parties/{house.newest_party()}/reveal/phone"
    reasons = ({}, {"reason": "a"}, {"reason": "其他"}, {"reason": "其他", "reason_note": "   "})
    return [client.post(path, data=reason) for reason in reasons]


@LIST.sends("B255", "a field that is none", given=has_phone, status=(404, 422), may_change=LOG, **DESK)
def send_odd_field(house: House, client: FlaskClient) -> list[TestResponse]:
    party = house.newest_party()
    return [
        client.post(f"/parties/{party}/reveal/{field}", data={"reason": "办案核对"}) for field in ("id", "__class__")
    ]
