"""B070–B077, B104, B137–B147, B200–B202, B244–B253: search, forms sent again, guessed and odd places."""

from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bad_inputs.case import Listing
from tests.bad_inputs.forms import petitioner, register, visit
from tests.bad_inputs.house import House

LIST = Listing()
DESK = {"by": "receptionist"}


def has_matter(house: House) -> None:
    """One matter of one person."""
    assert register(house, house.client("receptionist"), p_name="张福民").status_code == 302


def search(client: FlaskClient, text: str) -> TestResponse:
    """Look for a text."""
    return client.get("/search", query_string={"q": text})


@LIST.sends("B018", "a picture asked of a page that answers in JSON", status=200)
def send_accept(house: House, client: FlaskClient) -> TestResponse:
    answer = client.get("/healthz", headers={"Accept": "image/png"})
    assert answer.mimetype == "application/json"
    return answer


def found_nothing(answers: list[TestResponse]) -> list[TestResponse]:
    """None of the searches found the matter."""
    assert not any("张福民" in answer.get_data(as_text=True) for answer in answers)
    return answers


@LIST.sends("B070", "database words in a search", given=has_matter, status=(200, 422), **DESK)
def send_sql(house: House, client: FlaskClient) -> list[TestResponse]:
    return found_nothing([search(client, text) for text in ("' OR 1=1 --", '"; DROP TABLE matter', "\\'")])


@LIST.sends("B071", "wildcards in a search", given=has_matter, status=(200, 302, 414, 422), **DESK)
def send_wildcards(house: House, client: FlaskClient) -> list[TestResponse]:
    return found_nothing([search(client, text) for text in ("%", "_", "\\", "%" * 1000, "张%")])


@LIST.sends("B072", "regular expressions in a search", given=has_matter, status=(200, 422), **DESK)
def send_expressions(house: House, client: FlaskClient) -> list[TestResponse]:
    return found_nothing([search(client, text) for text in ("(a+)+$", "(" * 3000, "张.*")])


@LIST.sends("B073", "very short and very long searches", given=has_matter, status=(200, 302, 414, 422), **DESK)
def send_lengths(house: House, client: FlaskClient) -> list[TestResponse]:
    return [search(client, text) for text in ("", "张", "张" * 500, "，。！")]


@LIST.sends("B077", "the traditional form of a name", given=has_matter, status=200, **DESK)
def send_traditional(house: House, client: FlaskClient) -> list[TestResponse]:
    answer = search(client, "張福民")
    assert "张福民" not in answer.get_data(as_text=True)
    return [answer]


@LIST.sends("B104", "a calendar of far-off days", status=(200, 404, 422), **DESK)
def send_far_days(house: House, client: FlaskClient) -> list[TestResponse]:
    days = ("1900-01-01", "9999-12-31", "0001-01-01", "x", "2026-02-30", "99999-01-01")
    return [client.get(f"/calendar?day={day}") for day in days]


@LIST.sends("B137", "a party for a matter one cannot see", by="unit_clerk", given=has_matter, status=404)
def send_child_of_hidden(house: House, client: FlaskClient) -> TestResponse:
    hidden = petitioner(house)["public_id"]
    return client.post(
        f"/matters/{hidden}/parties/new", data={"name": "新当事人", "kind": "person", "side": "respondent"}
    )


@LIST.sends("B145", "a preflight of another site", status=(200, 403, 405))
def send_preflight(house: House, client: FlaskClient) -> TestResponse:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = client.open("/matters/new", method="OPTIONS", headers=headers)
    assert not any(name.lower().startswith("access-control") for name in answer.headers.keys())  # noqa: SIM118
    return answer


@LIST.sends("B147", "going back after logging out", status=(200, 302), may_change=None)
def send_back_after_leaving(house: House, client: FlaskClient) -> list[TestResponse]:
    entered = house.client("coordinator")
    page = entered.get("/matters")
    entered.post("/logout")
    again = entered.get("/matters")
    assert page.headers["Cache-Control"] == "no-store"
    assert again.location == "/login"
    return [page, again]


def is_there_once(house: House) -> None:
    """One visit, whatever was clicked."""
    assert house.count("visit_record") == 1


@LIST.sends("B200", "a double click", status=302, may_change=None, then=is_there_once, **DESK)
def send_double_click(house: House, client: FlaskClient) -> list[TestResponse]:
    form = {**visit(house), "idempotency_key": "double-click-0001"}
    answers = [client.post("/matters/new", data=form) for _ in range(3)]
    assert len({answer.location for answer in answers}) == 1
    return answers


@LIST.sends(
    "B201",
    "back, another word, sent again",
    status=(302, 422),
    may_change=None,
    says="已经交过",
    then=is_there_once,
    **DESK,
)
def send_back_button(house: House, client: FlaskClient) -> list[TestResponse]:
    form = {**visit(house), "idempotency_key": "back-button-0001"}
    answers = [
        client.post("/matters/new", data=form),
        client.post("/matters/new", data={**form, "m_claim-0": "别的请求"}),
    ]
    assert answers[1].status_code == 422
    assert "别的请求" in answers[1].get_data(as_text=True)
    return answers


@LIST.sends("B202", "a form that somebody overtook", given=has_matter, status=409, keeps="改过的请求", **DESK)
def send_stale_form(house: House, client: FlaskClient) -> TestResponse:
    form = {"version": "0", "subject": "改过的标题", "claim": "改过的请求", "place": "", "dispute_type": ""}
    return client.post(f"/matters/{petitioner(house)['public_id']}/edit", data=form)


@LIST.sends("B244", "guessing files", status=(302, 308, 404))
def send_guessed_paths(house: House, client: FlaskClient) -> list[TestResponse]:
    places = (
        "/.git/config",
        "/instance/config.py",
        "/fangtiao.sqlite3",
        "/config.py.bak",
        "/static/",
        "/static/../config.py",
        "/static/dist/",
        "/static/dist/../../../config.py",
        "/documents/1.pdf",
        "/uploads/1.pdf",
        "/master.keys",
    )
    return [client.get(place) for place in places]


@LIST.sends("B245", "consoles of developers", status=(302, 404))
def send_consoles(house: House, client: FlaskClient) -> list[TestResponse]:
    return [client.get(place) for place in ("/console", "/debug", "/?__debugger__=yes&cmd=resource&f=style.css")]


@LIST.sends("B253", "the log, from the one who keeps the settings", by="administrator", status=(403, 404, 405))
def send_to_log(house: House, client: FlaskClient) -> list[TestResponse]:
    methods = ("POST", "PUT", "PATCH", "DELETE")
    return [
        client.open(place, method=method) for place in ("/settings/audit", "/settings/audit/1") for method in methods
    ]


@LIST.sends("B085", "a proxy's paper of tomorrow", given=has_matter, says="不能晚于今天", keeps="女儿", **DESK)
def send_paper_of_tomorrow(house: House, client: FlaskClient) -> TestResponse:
    party = house.newest_party()
    form = {"name": "邓晓春", "relation": "女儿", "filed_on": (house.today + timedelta(days=1)).isoformat()}
    return client.post(f"/parties/{party}/proxies/new", data=form)
