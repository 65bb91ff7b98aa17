"""B001–B025 as far as they reach the application: addresses, headers, methods, sizes, origins."""

import gzip
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bad_inputs.case import LOG, Listing
from tests.bad_inputs.house import House
from tests.factories import PASSWORD

LIST = Listing()
ODD_METHODS = ("TRACE", "CONNECT", "PROPFIND", "FOO")
PARTS = "multipart/form-data; boundary=b"
PLACEHOLDER = re.compile(r"<[^>]+>")


def addresses(house: House, method: str) -> list[str]:
    """Every address of the product that answers `method`, with something in place of its ids."""
    rules = [rule for rule in house.app.url_map.iter_rules() if method in (rule.methods or ())]
    # Whether the installation is ready is no question of this list.
    return [PLACEHOLDER.sub("1", rule.rule) for rule in rules if rule.endpoint != "static" and rule.rule != "/readyz"]


@LIST.sends("B001", "invalid UTF-8 in the path", status=404)
def send_broken_path(house: House, client: FlaskClient) -> list[TestResponse]:
    return [client.get("/%ff%fe"), client.get("/settings/accounts/%ff%fe")]


@LIST.sends("B002", "invalid percent signs in the query", by="administrator", status=200)
def send_broken_query(house: House, client: FlaskClient) -> TestResponse:
    return client.get("/settings/accounts?q=%zz%")


@LIST.sends("B003", "NUL in path and query", by="administrator", status=(400, 404))
def send_nul(house: House, client: FlaskClient) -> list[TestResponse]:
    return [
        client.get("/settings/accounts/a%00b"),
        client.get("/settings/accounts?q=a%00b"),
        client.post("/settings/organisations/new", data={"name": "甲\x00乙"}),
    ]


@LIST.sends("B009", "methods that nobody uses", status=405)
def send_odd_methods(house: House, client: FlaskClient) -> list[TestResponse]:
    return [client.open("/login", method=method) for method in ODD_METHODS]


@LIST.sends("B010", "GET on everything that writes", by="administrator", status=(405, 404))
def send_get_to_writers(house: House, client: FlaskClient) -> list[TestResponse]:
    reading = set(addresses(house, "GET"))
    return [client.get(path) for path in addresses(house, "POST") if path not in reading]


@LIST.sends("B011", "HEAD and OPTIONS on everything", by="administrator", status=(200, 302, 403, 404, 405))
def send_head_and_options(house: House, client: FlaskClient) -> list[TestResponse]:
    paths = {*addresses(house, "GET"), *addresses(house, "POST")}
    return [client.open(path, method=method) for path in sorted(paths) for method in ("HEAD", "OPTIONS")]


@LIST.sends("B012", "method override", by="administrator", status=200)
def send_override(house: House, client: FlaskClient) -> TestResponse:
    return client.get("/settings/accounts", headers={"X-HTTP-Method-Override": "DELETE"})


@LIST.sends("B013", "a foreign host name", status=400, hides="evil.example")
def send_foreign_host(house: House, client: FlaskClient) -> TestResponse:
    return client.get("/login", base_url="http://evil.example/")


@LIST.sends("B014", "forged forwarding headers do not help a guesser", status=(401, 429), hides="evil", may_change=LOG)
def send_forwarding(house: House, client: FlaskClient) -> list[TestResponse]:
    username = house.stage.receptionist.username
    answers = [
        client.post(
            "/login",
            data={"username": username, "password": f"Wrong-guess-{turn}"},
            headers={"X-Forwarded-For": f"203.0.113.{turn}", "X-Forwarded-Host": "evil.example"},
        )
        for turn in range(6)
    ]
    assert answers[-1].status_code == 429
    return answers


@LIST.sends("B015", "a form of another site", by="administrator", status=403)
def send_foreign_origin(house: House, client: FlaskClient) -> TestResponse:
    headers = {"Origin": "https://evil.example"}
    return client.post("/settings/organisations/new", data={"name": "新单位"}, headers=headers)


def with_csrf(house: House) -> None:
    """Switch the check on that other tests leave out."""
    house.app.config["WTF_CSRF_ENABLED"] = True


@LIST.sends("B016", "no token, another person's token", by="administrator", given=with_csrf, status=400, keeps="新单位")
def send_wrong_token(house: House, client: FlaskClient) -> list[TestResponse]:
    page = house.client().get("/login").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return [
        client.post("/settings/organisations/new", data={"name": "新单位", **token})
        for token in ({}, {"csrf_token": found[1]}, {"csrf_token": "old"})
    ]


@LIST.sends("B019", "five thousand fields", by="administrator", status=413)
def send_many_fields(house: House, client: FlaskClient) -> list[TestResponse]:
    fields = {f"f{place}": "1" for place in range(5000)}
    return [
        client.post("/settings/organisations/new", data=fields),
        client.post("/settings/organisations/new", data=in_parts(fields), content_type=PARTS),
    ]


def in_parts(fields: dict[str, str]) -> bytes:
    """A multipart body; the client of the tests would lay a large one into a file and leave it open."""
    head = 'Content-Disposition: form-data; name="'
    parts = [f'--b\r\n{head}{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    return "".join([*parts, "--b--\r\n"]).encode()


@LIST.sends("B020", "600 kB in one field", by="administrator", status=413, says="5 万字")
def send_large_field(house: House, client: FlaskClient) -> list[TestResponse]:
    fields = {"name": "x" * 600_000}
    return [
        client.post("/settings/organisations/new", data=fields),
        client.post("/settings/organisations/new", data=in_parts(fields), content_type=PARTS),
    ]


def first_name_counts(house: House) -> None:
    """The first value was checked and written; the second is nowhere."""
    page = house.client("administrator").get("/settings/organisations").get_data(as_text=True)
    assert "先到的单位" in page
    assert "后到的单位" not in page


@LIST.sends(
    "B021", "a field twice: the first counts", by="administrator", status=302, may_change=None, then=first_name_counts
)
def send_field_twice(house: House, client: FlaskClient) -> TestResponse:
    fields = {"name": ["先到的单位", "后到的单位"], "kind": "other_organ"}
    return client.post("/settings/organisations/new", data=fields)


@LIST.sends("B022", "a thousand ranges", status=(200, 206, 416))
def send_ranges(house: House, client: FlaskClient) -> TestResponse:
    ranges = ",".join("0-" for _ in range(1000))
    return client.get("/static/dist/theme.css", headers={"Range": f"bytes={ranges}"})


@LIST.sends("B023", "a packed body", by="administrator", status=415)
def send_packed(house: House, client: FlaskClient) -> TestResponse:
    return client.post(
        "/settings/organisations/new",
        data=gzip.compress(b"name=" + b"a" * 1_000_000),
        headers={"Content-Encoding": "gzip"},
        content_type="application/x-www-form-urlencoded",
    )


@LIST.sends("B024", "path tricks without log-in", status=(302, 308, 400, 404))
def send_path_tricks(house: House, client: FlaskClient) -> list[TestResponse]:
    tricks = (
        "//settings/accounts",
        "/./settings/accounts",
        "/%2e%2e/settings/accounts",
        "/static/../settings/accounts",
        "/settings/accounts;jsessionid=1",
        "/Settings/Accounts",
        "/settings/accounts.",
        "/settings/accounts/",
    )
    answers = [client.get(path) for path in tricks]
    assert all(answer.location in (None, "/login") for answer in answers if answer.status_code == 302)
    return answers


@LIST.sends("B025", "line breaks on their way into a header", status=(302, 404), may_change=LOG)
def send_line_breaks(house: House, client: FlaskClient) -> list[TestResponse]:
    person = house.stage.receptionist
    wanted = client.get("/account/password?x=%0d%0aSet-Cookie:%20evil=1")
    entered = client.post("/login", data={"username": person.username, "password": PASSWORD})
    for answer in (wanted, entered):
        assert "evil" not in " ".join(answer.headers.getlist("Set-Cookie"))
        assert "\n" not in (answer.location or "")
    return [wanted, entered, client.get("/%0d%0aSet-Cookie:evil=1")]
