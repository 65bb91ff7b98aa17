"""What surrounds every request: whose name and word is taken, forged forms, sizes, headers, cookies, error pages."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import generate_csrf

from app import create_app
from app.access.guards import permission_required
from app.access.permissions import Permission, Role
from app.errors import FieldErrors
from app.web.transaction import transaction
from tests.conftest import settings_of
from tests.factories import PASSWORD, log_in, make_account, make_organisation

NEW = "/settings/organisations/new"
UNIT = {"name": "新单位", "kind": "other_organ"}


@pytest.fixture
def administrator(app: Flask, db: SQLAlchemy) -> FlaskClient:
    """A browser in which an administrator is logged in."""
    with transaction():
        account = make_account(Role.ADMINISTRATOR, organisation=make_organisation(), username="administrator")
    return log_in(app.test_client(), account)


@pytest.fixture
def public_app(tmp_path: Path) -> Flask:
    """The application as it stands behind a proxy that ends TLS, with views that show what they see."""
    settings = replace(
        settings_of(tmp_path, f"sqlite:///{tmp_path / 'public.sqlite3'}"),
        base_url="https://tiaojie.example.gov.cn",
        trusted_hosts=("desk.example",),
        trusted_proxies=("10.0.0.1",),
    )
    app = create_app(settings)
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)

    @app.route("/seen", methods=["GET", "POST"])
    @permission_required(Permission.PUBLIC)
    def seen() -> dict[str, object]:
        shown = {"address": request.remote_addr, "secure": request.is_secure, "token": generate_csrf()}
        return {**shown, "host": request.host}

    return app


def visit(app: Flask, address: str = "10.0.0.1", method: str = "GET", **kwargs: object) -> object:
    base_url = kwargs.pop("base_url", "http://tiaojie.example.gov.cn")
    return app.test_client().open(
        "/seen", method=method, base_url=base_url, environ_base={"REMOTE_ADDR": address}, **kwargs
    )


FORWARDED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil"}


def test_b014_forwarding_headers_count_from_the_named_proxy_alone(public_app: Flask) -> None:
    believed = visit(public_app, headers=FORWARDED).get_json()
    assert (believed["address"], believed["secure"]) == ("198.51.100.7", True)
    assert believed["host"] == "tiaojie.example.gov.cn"
    ignored = visit(public_app, "203.0.113.1", headers=FORWARDED).get_json()
    assert (ignored["address"], ignored["secure"]) == ("203.0.113.1", False)


@pytest.mark.parametrize("host", ["tiaojie.example.gov.cn", "TIAOJIE.example.gov.cn:8443", "desk.example", "[::1]:80"])
def test_b013_known_names_are_answered(public_app: Flask, host: str) -> None:
    assert visit(public_app, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "tiaojie.example.gov.cn.evil.example", "", "a@b", "[", "x y", "."])
def test_b013_other_names_are_refused_with_a_page(public_app: Flask, host: str) -> None:
    answer = visit(public_app, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.get_data(as_text=True)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "https://tiaojie.example.gov.cn"}, 200),
        ({"Origin": "https://tiaojie.example.gov.cn", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://tiaojie.example.gov.cn.evil.example"}, 403),
    ],
)
def test_b015_forms_of_other_sites_are_refused(public_app: Flask, headers: dict[str, str], status: int) -> None:
    browser = public_app.test_client()
    https = {"base_url": "https://tiaojie.example.gov.cn"}
    token = browser.get("/seen", **https).get_json()["token"]
    answer = browser.post("/seen", data={"csrf_token": token}, headers=headers, **https)
    assert answer.status_code == status


def test_c05_the_cookie_is_bound_to_host_tls_and_http(public_app: Flask) -> None:
    cookie = visit(public_app).headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    parts = set(cookie.split("; ")[1:])
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert not any(part.startswith("Domain") for part in parts)


def test_headers_stand_on_every_answer(public_app: Flask, client: FlaskClient) -> None:
    answers = [visit(public_app), public_app.test_client().get("/nowhere"), visit(public_app, method="PUT")]
    for answer in answers:
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert answer.headers["Cache-Control"] == "no-store"
        assert len(answer.headers["X-Request-ID"]) == 8
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == len(answers)
    assert "Strict-Transport-Security" not in client.get("/login").headers


def test_built_files_are_kept_by_browsers_and_missing_ones_are_not(client: FlaskClient) -> None:
    with client.get("/static/dist/theme.css") as built:
        assert "max-age=31536000" in built.headers["Cache-Control"]
    assert client.get("/static/dist/missing.css").headers["Cache-Control"] == "no-store"


def test_b016_a_form_needs_the_token_of_its_own_session(
    app: Flask, administrator: FlaskClient, csrf_token_for: Callable[..., str]
) -> None:
    token = csrf_token_for(administrator, NEW)
    foreign = csrf_token_for(app.test_client())
    for wrong in ({}, {"csrf_token": ""}, {"csrf_token": foreign}, {"csrf_token": token[:-2]}):
        answer = administrator.post(NEW, data={**UNIT, **wrong})
        assert answer.status_code == 400
        assert "新单位" in answer.get_data(as_text=True)
    assert administrator.post(NEW, data={**UNIT, "csrf_token": token}).status_code == 302


def test_b016_the_token_before_log_in_is_not_the_one_after(
    app: Flask, db: SQLAlchemy, csrf_token_for: Callable[..., str]
) -> None:
    with transaction():
        make_account(Role.ADMINISTRATOR, organisation=make_organisation(), username="administrator")
    browser = app.test_client()
    before = csrf_token_for(browser)
    login = {"username": "administrator", "password": PASSWORD}
    assert browser.post("/login", data=login).status_code == 400
    assert browser.post("/login", data={**login, "csrf_token": before}).status_code == 302
    assert browser.post(NEW, data={**UNIT, "csrf_token": before}).status_code == 400


def test_a_form_sent_by_script_carries_the_token_in_a_header(
    administrator: FlaskClient, csrf_token_for: Callable[..., str]
) -> None:
    token = csrf_token_for(administrator, NEW)
    assert administrator.post(NEW, data=UNIT, headers={"X-CSRFToken": token}).status_code == 302


def test_b004_an_endless_address_is_refused(client: FlaskClient) -> None:
    assert client.get("/login?x=" + "a" * 20_000).status_code == 414
    assert client.get("/" + "a" * 20_000).status_code == 414


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"name=" + "字".encode() * 600_000, 413),
        (b"&".join([b"a=1"] * 3001), 413),
        (b"name=" + b"%E5%AD%97" * 50_000, 422),
        (b"name=a%00b&kind=other_organ", 400),
        (b"na%00me=ab&kind=other_organ", 400),
        (b"name=" + b"x" * (5 * 1024 * 1024), 413),
    ],
)
def test_b019_b020_b052_what_a_form_may_hold(administrator: FlaskClient, body: bytes, status: int) -> None:
    answer = administrator.post(NEW, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert "<main" in answer.get_data(as_text=True)


def test_refusals_are_json_for_those_who_ask_for_it(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    error = answer.get_json()["error"]
    assert (error["code"], error["request_id"]) == ("not_found", answer.headers["X-Request-ID"])
    assert error["message"].startswith("没有这一页")


def test_field_errors_are_json_by_field(app: Flask) -> None:
    with app.test_request_context(headers={"Accept": "application/json"}):
        answer = app.make_response(app.handle_user_exception(FieldErrors({"name": "请填写名称。"})))
    assert (answer.status_code, answer.get_json()["error"]["fields"]) == (422, {"name": ["请填写名称。"]})


def test_what_was_typed_is_shown_again_without_secrets(app: Flask) -> None:
    form = {"claim": "<b>漏水</b>", "password": "Secret-1", "new_password": "Secret-2", "password_again": "Secret-3"}
    with app.test_request_context(method="POST", data={**form, "code": "Secret-4"}):
        page = app.make_response(app.handle_user_exception(OSError(28, "full"))).get_data(as_text=True)
    assert "&lt;b&gt;漏水&lt;/b&gt;" in page
    assert "Secret" not in page


def test_a_route_without_declared_permission_answers_nothing(public_app: Flask) -> None:
    public_app.add_url_rule("/forgotten", "forgotten", lambda: "leak")
    answer = public_app.test_client().get("/forgotten", base_url="https://desk.example")
    assert answer.status_code == 500
    assert "leak" not in answer.get_data(as_text=True)
