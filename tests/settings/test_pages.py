"""The administrator's pages: what is typed reaches the rules, what is refused stays on the page."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.settings import queries
from app.settings.forms import profile_fields
from app.web.transaction import transaction
from tests.factories import make_account

PAGES = ("/settings", "/settings/holidays", "/settings/holidays?year=2040", "/settings/profiles")


@pytest.fixture
def admin(db: SQLAlchemy, client_of: Callable[..., FlaskClient], fake_now: Callable[[str], None]) -> FlaskClient:
    fake_now("2025-07-01T09:00+08:00")
    with transaction():
        account = make_account(Role.ADMINISTRATOR)
    browser: FlaskClient = client_of(account)
    return browser


def profile_form(**changes: str) -> dict[str, str]:
    form = {"effective_on": "2025-08-01", "basis": "本地规定第三条"}
    for field in profile_fields(queries.DEFAULT.profile):
        form[field.name] = field.value
        if field.unit:
            form[f"{field.name}-unit"] = field.unit
    return {**form, **changes}


@pytest.mark.parametrize("page", PAGES)
def test_page_when_opened_by_administrator_is_shown(admin: FlaskClient, page: str) -> None:
    assert admin.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_page_when_opened_by_coordinator_is_refused(
    db: SQLAlchemy, client_of: Callable[..., FlaskClient], page: str
) -> None:
    with transaction():
        account = make_account(Role.COORDINATOR)
    assert client_of(account).get(page).status_code == 403


def test_profile_when_typed_is_in_force_from_its_day(db: SQLAlchemy, admin: FlaskClient) -> None:
    typed = profile_form(hearing_notice="10", may_chair_vote="1", business_closes_at="18:00")
    assert admin.post("/settings/profiles", data=typed).status_code == 302
    db.session.rollback()
    stored = queries.list_dated_profiles()[0]
    assert stored.profile.hearing_notice.text == "10 个工作日"
    assert stored.profile.may_chair_vote
    assert f"{stored.profile.business_closes_at:%H:%M}" == "18:00"
    assert set(queries.get_profile_row(stored.row_id or 0).values) == {
        "hearing_notice", "may_chair_vote", "business_closes_at",
    }  # fmt: skip


def test_profile_when_refused_keeps_what_was_typed(db: SQLAlchemy, admin: FlaskClient) -> None:
    answer = admin.post("/settings/profiles", data=profile_form(recon_hearing_notice="4", basis="我写的依据"))
    assert answer.status_code == 422
    assert "我写的依据" in answer.get_data(as_text=True)
    assert "复议听证要提前至少 5 个工作日" in answer.get_data(as_text=True)


def test_holidays_when_loaded_and_changed_shows_the_day(db: SQLAlchemy, admin: FlaskClient) -> None:
    assert admin.post("/settings/holidays/load", data={"year": "2025"}).status_code == 302
    answer = admin.post("/settings/holidays/day", data={"day": "2025-07-02", "kind": "rest", "name": "停工一天"})
    assert answer.status_code == 302
    assert "停工一天" in admin.get("/settings/holidays?year=2025").get_data(as_text=True)


def test_holidays_when_notice_is_not_packaged_says_so(db: SQLAlchemy, admin: FlaskClient) -> None:
    answer = admin.post("/settings/holidays/load", data={"year": "2040"})
    assert answer.status_code == 422
    assert "还没有 2040 年的放假通知" in answer.get_data(as_text=True)


@pytest.mark.parametrize("year", ["0000", "0001", "2007", "2101", "9999", "２０２５", "今年", ""])
def test_holidays_when_the_year_in_the_address_is_none_shows_this_year(admin: FlaskClient, year: str) -> None:
    answer = admin.get("/settings/holidays", query_string={"year": year})
    assert answer.status_code == 200
    assert "2025 年放假与调休" in answer.get_data(as_text=True)
