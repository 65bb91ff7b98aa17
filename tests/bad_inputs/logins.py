"""B026–B050: log-in, cookies, accounts and roles."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.access.permissions import Role
from app.people.queries import find_account_by_username
from tests.bad_inputs.case import LOG, Listing
from tests.bad_inputs.house import House
from tests.factories import PASSWORD, log_in

LIST = Listing()
OWN_PAGE = "/account/password"
NEW_PASSWORD = "Kunlun-mountain-7-rivers"
ODD_PASSWORD = " 空格在前 Binlan 🙂 " + "x" * 60 + " "


def enter(client: FlaskClient, username: str, password: str) -> TestResponse:
    """Try to log in."""
    return client.post("/login", data={"username": username, "password": password})


@LIST.sends("B026", "unknown user, wrong password", status=401, says="用户名或密码不对", may_change=LOG)
def send_wrong_people(house: House, client: FlaskClient) -> list[TestResponse]:
    known = house.stage.receptionist.username
    return [enter(client, "nobody-here", PASSWORD), enter(client, known, "Wrong-password-9")]


@LIST.sends("B027", "a huge password", status=(413, 422), says="太")
def send_huge_password(house: House, client: FlaskClient) -> list[TestResponse]:
    known = house.stage.receptionist.username
    return [enter(client, known, "长" * size) for size in (500, 500_000)]


def give_odd_password(house: House) -> None:
    """A password with spaces, an emoji and more than 64 characters."""
    client = log_in(house.app.test_client(), house.stage.leader)
    words = {"current": PASSWORD, "new_password": ODD_PASSWORD, "repeated": ODD_PASSWORD}
    answer = client.post(OWN_PAGE, data=words)
    assert answer.status_code == 302


@LIST.sends("B028", "a password is taken as typed", given=give_odd_password, status=(302, 401), may_change=None)
def send_odd_password(house: House, client: FlaskClient) -> list[TestResponse]:
    name = house.stage.leader.username
    answers = [enter(client, name, ODD_PASSWORD.strip()), enter(client, name, ODD_PASSWORD)]
    assert [answer.status_code for answer in answers] == [401, 302]
    return answers


@LIST.sends("B029", "guessing goes on, others still log in", status=(401, 429, 302), may_change=LOG)
def send_guesses(house: House, client: FlaskClient) -> list[TestResponse]:
    answers = [enter(client, house.stage.leader.username, f"Guess-number-{turn}") for turn in range(20)]
    assert {answer.status_code for answer in answers[5:]} == {429}
    assert "Retry-After" in answers[-1].headers
    other = enter(house.client(), house.stage.coordinator.username, PASSWORD)
    assert other.status_code == 302
    return [*answers, other]


@LIST.sends("B030", "the right password while locked", status=(401, 429), may_change=LOG)
def send_right_password_when_locked(house: House, client: FlaskClient) -> list[TestResponse]:
    answers = [enter(client, house.stage.leader.username, f"Guess-number-{turn}") for turn in range(5)]
    answers.append(enter(client, house.stage.leader.username, PASSWORD))
    assert answers[-1].status_code == 429
    return answers


def check_csrf(house: House) -> None:
    """Both people are in; the check that other tests leave out is on."""
    house.client("coordinator")
    house.app.config["WTF_CSRF_ENABLED"] = True


@LIST.sends("B034", "one person's cookie with another's token", by="administrator", given=check_csrf, status=400)
def send_token_of_other(house: House, client: FlaskClient) -> TestResponse:
    page = house.client("coordinator").get(OWN_PAGE).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return client.post("/settings/organisations/new", data={"name": "新单位", "csrf_token": found[1]})


@LIST.sends("B035", "forged, cut and huge cookies", status=302, may_change=LOG)
def send_forged_cookies(house: House, client: FlaskClient) -> list[TestResponse]:
    log_in(client, house.stage.leader)
    cookie = client.get_cookie("session")
    assert cookie is not None
    answers = []
    for forged in ("eyJfdXNlcl9pZCI6IjEifQ.x.y", cookie.value[:-5], cookie.value + "x", "a" * 10_000):
        answers.append(house.client().get(OWN_PAGE, headers={"Cookie": f"session={forged}"}))
    assert {answer.location for answer in answers} == {"/login"}
    return answers


@LIST.sends("B036", "the cookie after logging out", status=302, may_change=LOG)
def send_old_cookie(house: House, client: FlaskClient) -> TestResponse:
    log_in(client, house.stage.leader)
    cookie = client.get_cookie("session")
    assert cookie is not None
    client.post("/logout")
    thief = house.client()
    thief.set_cookie("session", cookie.value)
    answer = thief.get(OWN_PAGE)
    assert answer.location == "/login"
    return answer


@LIST.sends("B037", "a session set before the log-in", status=302, may_change=LOG)
def send_preset_session(house: House, client: FlaskClient) -> TestResponse:
    client.get(OWN_PAGE)
    before = client.get_cookie("session")
    answer = enter(client, house.stage.leader.username, PASSWORD)
    after = client.get_cookie("session")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    return answer


@LIST.sends("B042", "weak new passwords", by="administrator", says="密码")
def send_weak_passwords(house: House, client: FlaskClient) -> list[TestResponse]:
    name = house.administrator.username
    weak = (name, house.stage.office.name, "Aa123456!", "password1234", "Password123456", "short-1A", PASSWORD)
    return [client.post(OWN_PAGE, data={"current": PASSWORD, "new_password": word, "repeated": word}) for word in weak]


def account_form(house: House, **values: Any) -> dict[str, Any]:
    """A form for a new account that is right except for `values`."""
    form = {
        "username": "linxiao",
        "name": "林晓",
        "organisation": house.stage.office.public_id,
        "roles": "receptionist",
        "password": NEW_PASSWORD,
    }
    return {**form, **values}


def has_admin(house: House) -> None:
    """Somebody is called admin already."""
    house.account(Role.AUDITOR, username="admin")


@LIST.sends(
    "B043", "user names that look like another", by="administrator", given=has_admin, says="用户名", keeps="林晓"
)
def send_look_alikes(house: House, client: FlaskClient) -> list[TestResponse]:
    names = ("admin", "ADMIN", "аdmin", "admin\u200b", "ａdmin")
    return [client.post("/settings/accounts/new", data=account_form(house, username=name)) for name in names]


@LIST.sends("B044", "odd user names", by="administrator", says="用户名", keeps="林晓")
def send_odd_names(house: House, client: FlaskClient) -> list[TestResponse]:
    names = ("x" * 256, "../x", "<b>", "", "   ", "1abc")
    return [client.post("/settings/accounts/new", data=account_form(house, username=name)) for name in names]


@LIST.sends("B045", "shutting oneself and the last auditor out", by="administrator", given=has_admin, says="请")
def send_self_disabling(house: House, client: FlaskClient) -> list[TestResponse]:
    page = client.get("/settings/accounts?role=auditor").get_data(as_text=True)
    found = re.search(r"/settings/accounts/([\w-]{22})", page)
    assert found
    own = house.administrator.public_id
    return [client.post(f"/settings/accounts/{who}/disable") for who in (own, found[1])]


@LIST.sends("B046", "roles for oneself, two offices in one hand", by="administrator", says="岗位")
def send_forbidden_roles(house: House, client: FlaskClient) -> list[TestResponse]:
    own = account_form(house, name=house.administrator.name, roles=["administrator", "coordinator"])
    both = account_form(house, roles=["administrator", "auditor"])
    leader = account_form(house, name=house.administrator.name, roles="leader")
    path = f"/settings/accounts/{house.administrator.public_id}"
    return [
        client.post(path, data=own),
        client.post(path, data=leader),
        client.post("/settings/accounts/new", data=both),
    ]


def nothing_was_slipped_in(house: House) -> None:
    """The extra fields of the form did nothing."""
    with house.app.app_context():
        account = find_account_by_username("linxiao")
        assert account is not None
        assert (account.is_demo, account.roles) == (False, {Role.RECEPTIONIST})
        assert account.id != 99999
        assert account.created_at.year > 2020


@LIST.sends(
    "B047", "fields nobody asked for", by="administrator", status=302, may_change=None, then=nothing_was_slipped_in
)
def send_extra_fields(house: House, client: FlaskClient) -> TestResponse:
    extra = {"role": "administrator", "is_admin": "1", "is_demo": "1", "id": "99999", "created_at": "2000-01-01"}
    return client.post("/settings/accounts/new", data=account_form(house, **extra))


@LIST.sends("B048", "addresses to go to after the log-in", status=302, may_change=LOG, hides="evil")
def send_next(house: House, client: FlaskClient) -> list[TestResponse]:
    wanted = ("//evil.example", "/\\evil.example", "https:evil.example", "javascript:alert(1)", "/" + "x" * 5000)
    answers = []
    for place in wanted:
        browser = house.client()
        data = {"username": house.stage.leader.username, "password": PASSWORD, "next": place}
        answers.append(browser.post("/login", data=data, query_string={"next": place[:200]}))
    assert {answer.location for answer in answers} == {"/"}
    return answers


@LIST.sends("B049", "many log-ins of one person", status=302, may_change=LOG)
def send_many_log_ins(house: House, client: FlaskClient) -> list[TestResponse]:
    log_in(client, house.stage.leader)
    for _ in range(10):
        log_in(house.app.test_client(), house.stage.leader)
    answer = client.get(OWN_PAGE)
    assert answer.location == "/login"
    return [answer]
