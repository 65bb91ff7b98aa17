"""Logging in and out, the life of a session, and the limits on guessing (security bar 3.8 and 4.2)."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app import create_app
from app.access.permissions import Role
from app.audit.models import AuditEvent
from app.people import queries
from app.people.actions import disable_account, start_session
from app.people.login import is_own_page
from app.people.models import Account, LoginSession
from app.web.transaction import transaction
from tests.factories import PASSWORD, actor_of, log_in, make_account

OWN_PAGE = "/account/password"


def make_person(*roles: Role, username: str = "zhoumin") -> Account:
    with transaction():
        return make_account(*(roles or (Role.COORDINATOR,)), username=username)


def try_log_in(client: FlaskClient, username: str, password: str, address: str = "10.0.0.1") -> int:
    answer = client.post(
        "/login",
        data={"username": username, "password": password},
        environ_overrides={"REMOTE_ADDR": address},
    )
    return answer.status_code


def is_in(client: FlaskClient) -> bool:
    return client.get(OWN_PAGE).status_code == 200


def test_log_in_when_password_fits_opens_own_pages(db: SQLAlchemy, client: FlaskClient) -> None:
    make_person()
    assert try_log_in(client, "zhoumin", PASSWORD) == 302
    assert is_in(client)


def test_own_page_when_not_logged_in_leads_to_log_in_and_back(db: SQLAlchemy, client: FlaskClient) -> None:
    make_person()
    assert client.get(OWN_PAGE).location == "/login"
    answer = client.post("/login", data={"username": "zhoumin", "password": PASSWORD})
    assert answer.location == OWN_PAGE


@pytest.mark.parametrize("username", ["ZhouMin", " zhoumin "])
def test_log_in_when_user_name_in_other_case_is_the_same_person(
    db: SQLAlchemy, client: FlaskClient, username: str
) -> None:
    make_person()
    assert try_log_in(client, username, PASSWORD) == 302


def test_b026_log_in_when_unknown_wrong_or_disabled_answers_alike(
    app: Flask, db: SQLAlchemy, client: FlaskClient
) -> None:
    person, other = make_person(), make_person(Role.ADMINISTRATOR, username="admin")
    with transaction():
        gone = make_account(Role.MEDIATOR, username="gone")
        disable_account(gone, by=actor_of(other), now=person.created_at)
    bodies = set()
    for username in ("zhoumin", "nobody", "gone"):
        password = PASSWORD if username == "gone" else "wrong-Password-1"
        answer = app.test_client().post("/login", data={"username": username, "password": password})
        assert answer.status_code == 401
        page = answer.get_data(as_text=True).replace(username, "").split("<main")[1]
        bodies.add(re.sub(r'name="csrf_token" value="[^"]+"', "", page))
    assert len(bodies) == 1


def test_b027_log_in_when_password_is_huge_is_refused_before_hashing(
    db: SQLAlchemy, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person()
    monkeypatch.setattr("app.people.passwords.is_password", lambda *_: pytest.fail("was hashed"))
    assert try_log_in(client, "zhoumin", "长" * 400) == 422


def test_b029_log_in_when_five_failed_waits_but_other_network_may(db: SQLAlchemy, app: Flask) -> None:
    make_person()
    client = app.test_client()
    assert [try_log_in(client, "zhoumin", "wrong") for _ in range(6)] == [401] * 5 + [429]
    assert try_log_in(client, "zhoumin", PASSWORD) == 429, "B030: the right password says nothing during the lock"
    assert try_log_in(app.test_client(), "zhoumin", PASSWORD, address="10.0.0.2") == 302


def test_b029_log_in_when_locked_says_when_to_try_again(db: SQLAlchemy, client: FlaskClient) -> None:
    for _ in range(5):
        try_log_in(client, "nobody", "wrong")
    answer = client.post(
        "/login", data={"username": "nobody", "password": "x"}, environ_overrides={"REMOTE_ADDR": "10.0.0.1"}
    )
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.get_data(as_text=True)


def test_b029_log_in_when_network_sprays_leaves_one_try_to_everybody(db: SQLAlchemy, app: Flask) -> None:
    make_person()
    client = app.test_client()
    answers = [try_log_in(client, f"user{n % 50}", "wrong") for n in range(120)]
    assert set(answers[:60]) == {401}
    assert 429 in answers[60:]
    assert try_log_in(client, "zhoumin", PASSWORD) == 302, "who did not fail still gets in"


def test_log_in_when_it_worked_forgets_own_failures(db: SQLAlchemy, app: Flask) -> None:
    make_person()
    client = app.test_client()
    for _ in range(3):
        assert [try_log_in(client, "zhoumin", "wrong") for _ in range(4)] == [401] * 4
        assert try_log_in(client, "zhoumin", PASSWORD) == 302
        client.post("/logout")


def test_p55_back_off_when_other_process_holds(db: SQLAlchemy, app: Flask, make_app: Callable[[str], Flask]) -> None:
    """Two applications over one database: the second knows the failures of the first."""
    make_person()
    for _ in range(5):
        try_log_in(app.test_client(), "zhoumin", "wrong")
    second = create_app(app.config["SETTINGS"])
    second.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    try:
        assert try_log_in(second.test_client(), "zhoumin", PASSWORD) == 429
    finally:
        with second.app_context():
            db.engine.dispose()


def test_b036_cookie_when_logged_out_is_worth_nothing(db: SQLAlchemy, client: FlaskClient) -> None:
    make_person()
    try_log_in(client, "zhoumin", PASSWORD)
    kept = client.get_cookie("session")
    assert kept is not None
    client.post("/logout")
    client.set_cookie("session", kept.value)
    assert not is_in(client)


def test_b036_cookie_when_password_changed_dies_everywhere(db: SQLAlchemy, app: Flask) -> None:
    person = make_person()
    here, there = log_in(app.test_client(), person), log_in(app.test_client(), person)
    new = "Another-2025-password"
    answer = here.post(OWN_PAGE, data={"current": PASSWORD, "new_password": new, "repeated": new})
    assert answer.status_code == 302
    assert not is_in(here)
    assert not is_in(there)
    assert try_log_in(app.test_client(), "zhoumin", new) == 302


def test_b036_cookie_when_account_disabled_dies(db: SQLAlchemy, app: Flask) -> None:
    person, admin = make_person(), make_person(Role.ADMINISTRATOR, username="admin")
    client = log_in(app.test_client(), person)
    answer = log_in(app.test_client(), admin).post(f"/settings/accounts/{person.public_id}/disable")
    assert answer.status_code == 302
    assert not is_in(client)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 10_000, "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb"])
def test_b035_cookie_when_forged_is_logged_out(db: SQLAlchemy, client: FlaskClient, cookie: str) -> None:
    answer = client.get(OWN_PAGE, headers={"Cookie": f"session={cookie}"})
    assert answer.location == "/login"


def test_b037_session_when_set_before_log_in_is_replaced(db: SQLAlchemy, client: FlaskClient) -> None:
    person = make_person()
    with client.session_transaction() as planted:
        planted["_user_id"] = "planted"
        planted["kept"] = "from before"
    log_in(client, person)
    with client.session_transaction() as now:
        assert now["_user_id"] != "planted"
        assert "kept" not in now


def test_session_when_stored_holds_only_the_digest(db: SQLAlchemy, client: FlaskClient) -> None:
    log_in(client, make_person())
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    row = db.session.scalars(sa.select(LoginSession)).one()
    assert row.token_digest == queries.digest_of_token(token) != token


def test_p52_session_when_idle_for_30_minutes_ends_for_good(
    db: SQLAlchemy, client: FlaskClient, fake_now: Callable[[str], None]
) -> None:
    fake_now("2025-07-01T09:00+08:00")
    log_in(client, make_person())
    fake_now("2025-07-01T09:29+08:00")
    assert is_in(client)
    fake_now("2025-07-01T09:59+08:00")
    assert not is_in(client)
    fake_now("2025-07-01T09:30+08:00")
    assert not is_in(client), "B254: a clock set back revives nothing"


def test_p52_session_when_12_hours_old_ends(
    db: SQLAlchemy, client: FlaskClient, fake_now: Callable[[str], None]
) -> None:
    fake_now("2025-07-01T08:00+08:00")
    log_in(client, make_person())
    for minute in range(8 * 60 + 25, 20 * 60, 25):
        fake_now(f"2025-07-01T{minute // 60:02}:{minute % 60:02}+08:00")
        client.get(OWN_PAGE)
    fake_now("2025-07-01T19:59+08:00")
    assert is_in(client)
    fake_now("2025-07-01T20:00+08:00")
    assert not is_in(client)


def test_session_when_used_often_writes_its_time_once_a_minute(
    db: SQLAlchemy, client: FlaskClient, fake_now: Callable[[str], None]
) -> None:
    fake_now("2025-07-01T09:00:00+08:00")
    log_in(client, make_person())

    def seen() -> str:
        db.session.rollback()
        return db.session.scalars(sa.select(LoginSession)).one().last_seen_at.isoformat()

    first = seen()
    fake_now("2025-07-01T09:00:59+08:00")
    is_in(client)
    assert seen() == first
    fake_now("2025-07-01T09:01:00+08:00")
    is_in(client)
    assert seen() == "2025-07-01T01:01:00+00:00"


def test_b049_sessions_when_eleventh_begins_the_oldest_ends(db: SQLAlchemy) -> None:
    person = make_person()
    with transaction():
        tokens = [start_session(person, now=person.created_at) for _ in range(11)]
    ended = [queries.find_login_session(token).ended_at is not None for token in tokens]
    assert ended == [True] + [False] * 10


@pytest.mark.parametrize(
    "path",
    [
        "//evil",
        "/\\evil",
        "https:evil",
        "javascript:alert(1)",
        "///evil",
        "%2f%2fevil",
        "/" + "x" * 5000,
        "/login",
        "/no-such",
    ],
)
def test_b048_next_when_not_a_page_of_ours_leads_home(app: Flask, path: str) -> None:
    assert not is_own_page(app, path)


def test_b048_next_when_posted_is_ignored(db: SQLAlchemy, client: FlaskClient) -> None:
    make_person()
    answer = client.post("/login", data={"username": "zhoumin", "password": PASSWORD, "next": "//evil"})
    assert answer.location == "/"


def test_log_in_when_two_roles_asks_once_and_remembers(db: SQLAlchemy, app: Flask) -> None:
    make_person(Role.RECEPTIONIST, Role.COORDINATOR)
    client = app.test_client()
    answer = client.post("/login", data={"username": "zhoumin", "password": PASSWORD})
    assert answer.location == "/login/role"
    assert client.get(OWN_PAGE).location == "/login/role"
    assert client.post("/login/role", data={"role": "coordinator"}).location == OWN_PAGE
    answer = client.get(OWN_PAGE)
    assert (answer.status_code, answer.location) == (200, None)
    again = app.test_client().post("/login", data={"username": "zhoumin", "password": PASSWORD})
    assert again.location == "/"
    assert {row.role for row in db.session.scalars(sa.select(LoginSession))} == {Role.COORDINATOR}


def test_pick_role_when_not_held_is_refused(db: SQLAlchemy, client: FlaskClient) -> None:
    log_in(client, make_person(Role.RECEPTIONIST, Role.COORDINATOR))
    assert client.post("/login/role", data={"role": "administrator"}).status_code == 422


def test_p31_log_when_people_come_and_go_holds_every_step(db: SQLAlchemy, client: FlaskClient) -> None:
    make_person()
    try_log_in(client, "zhoumin", "wrong")
    try_log_in(client, "zhoumin", PASSWORD)
    client.post("/logout")
    acts = [row.act for row in db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.seq))]
    assert acts == ["account.log_in_failed", "account.log_in", "account.log_out"]
