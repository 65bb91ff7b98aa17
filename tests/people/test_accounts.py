"""Accounts: who may be one, which passwords and roles, who may not be shut out (security bar B042–B047)."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.errors import DomainError, FieldErrors, RuleViolation
from app.people import actions, queries
from app.people.actions.accounts import AccountDetails
from app.people.actions.organisations import OrganisationDetails
from app.people.actions.professionals import Appointment
from app.people.models import Account, Organisation, OrganisationKind
from app.people.passwords import is_password
from app.people.rules import check_password, check_roles, check_username
from app.web.transaction import transaction
from tests.factories import NOON, PASSWORD, actor_of, make_account, make_organisation, make_professional

GOOD = "Ferry-boat-2025-x"
Clients = Callable[[Account], FlaskClient]


@pytest.mark.parametrize(
    "username", ["аdmin", "admin\u200b", "a" * 256, "../x", "<b>", "", "   ", "ad", "1admin", "ａｄｍｉｎ", "ad min"]
)
def test_b043_b044_username_when_odd_is_refused(username: str) -> None:
    with pytest.raises(RuleViolation):
        check_username(username)


def test_b043_username_when_in_capitals_is_folded() -> None:
    assert check_username("ADMIN") == "admin"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Aa123456!", "至少 12 个字"),
        ("Zhoumin-2025-x", "不要有用户名"),
        ("周敏的密码-2025-Abc", "不要有用户名、姓名"),
        ("滨澜区信访办公室-2025-Ab", "单位名"),
        ("Password123456!", "太常见"),
        ("aaaaaaaaaaaaA1", "太常见"),
        ("onlysmallletters", "三种"),
        ("长" * 400, "太长"),
    ],
)
def test_b042_password_when_weak_is_refused(password: str, why: str) -> None:
    with pytest.raises(RuleViolation, match=why):
        check_password(password, username="zhoumin", name="周敏", organisation="滨澜区信访办公室")


@pytest.mark.parametrize(
    "password", [GOOD, "  Ferry boat 2025  ", "渡船🚢在江上走过Ab1x2y", "z" * 5 + "quick brown foxes jump" * 3]
)
def test_b028_password_when_strong_is_taken_as_typed(password: str) -> None:
    check_password(password, username="zhoumin", name="周敏", organisation="滨澜区信访办公室")


@pytest.mark.parametrize(
    "roles",
    [(), (Role.ADMINISTRATOR, Role.AUDITOR), (Role.ADMINISTRATOR, Role.COORDINATOR), (Role.AUDITOR, Role.LEADER)],
)
def test_b046_roles_when_they_exclude_each_other_are_refused(roles: tuple[Role, ...]) -> None:
    with pytest.raises(RuleViolation):
        check_roles(frozenset(roles))


@pytest.fixture
def office(db: SQLAlchemy) -> Organisation:
    with transaction():
        return make_organisation("滨澜区信访办公室")


@pytest.fixture
def admin(office: Organisation) -> Account:
    with transaction():
        return make_account(Role.ADMINISTRATOR, organisation=office, username="admin")


def create(office: Organisation, admin: Account, username: str = "zhoumin", *roles: Role) -> Account:
    details = AccountDetails("周敏", office, "排期员", "13900000000")
    chosen = frozenset(roles or (Role.COORDINATOR,))
    return actions.create_account(username, GOOD, details, chosen, by=actor_of(admin), now=NOON)


def test_create_account_when_right_can_log_in(office: Organisation, admin: Account, client: FlaskClient) -> None:
    with transaction():
        account = create(office, admin)
    assert account.password_hash.startswith("$argon2id$v=19$m=19456,t=1,p=1$")
    assert account.name_pinyin == "zhou min"
    assert client.post("/login", data={"username": "zhoumin", "password": GOOD}).status_code == 302


def test_b043_create_account_when_name_is_taken_in_other_case_is_refused(office: Organisation, admin: Account) -> None:
    with pytest.raises(FieldErrors, match="1 处"), transaction():
        create(office, admin, "ADMIN")


def test_b045_administrator_when_shutting_himself_out_is_refused(office: Organisation, admin: Account) -> None:
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.disable_account(admin, by=actor_of(admin), now=NOON)
    assert refusal.value.rule == "B045"


@pytest.mark.parametrize("act", ["disable", "change"])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_b045_last_officer_when_taken_away_is_refused(
    office: Organisation, admin: Account, role: Role, act: str
) -> None:
    with transaction():
        last = admin if role is Role.ADMINISTRATOR else make_account(role, organisation=office)
        other = make_account(Role.COORDINATOR, organisation=office)
    with pytest.raises(RuleViolation, match="最后一位"), transaction():
        if act == "disable":
            actions.disable_account(last, by=actor_of(other), now=NOON)
        else:
            actions.change_roles(last, frozenset({Role.LEADER}), by=actor_of(other), now=NOON)


def test_b046_administrator_when_changing_own_roles_is_refused(office: Organisation, admin: Account) -> None:
    with pytest.raises(RuleViolation) as refusal, transaction():
        actions.change_roles(admin, frozenset({Role.COORDINATOR}), by=actor_of(admin), now=NOON)
    assert refusal.value.rule == "B046"


def test_b036_roles_when_changed_end_every_session(office: Organisation, admin: Account, client_of: Clients) -> None:
    with transaction():
        person = make_account(Role.COORDINATOR, organisation=office)
    client = client_of(person)
    assert client.get("/account/password").status_code == 200
    with transaction():
        fresh = queries.get_account(person.public_id)
        actions.change_roles(fresh, frozenset({Role.RECEPTIONIST}), by=actor_of(admin), now=NOON)
    assert client.get("/account/password").status_code == 302


def test_change_password_when_new_is_the_old_one_is_refused(office: Organisation) -> None:
    with transaction():
        person = make_account(Role.COORDINATOR, organisation=office)
    with pytest.raises(FieldErrors) as refusal, transaction():
        actions.change_password(person, PASSWORD, PASSWORD, by=actor_of(person), now=NOON)
    assert "和现在的一样" in refusal.value.errors["new_password"]


def test_change_password_when_current_is_wrong_is_refused(office: Organisation) -> None:
    with transaction():
        person = make_account(Role.COORDINATOR, organisation=office)
    with pytest.raises(FieldErrors) as refusal, transaction():
        actions.change_password(person, "wrong", GOOD, by=actor_of(person), now=NOON)
    assert set(refusal.value.errors) == {"current"}


def test_reset_password_when_done_shows_a_password_that_fits_the_rules(office: Organisation, admin: Account) -> None:
    with transaction():
        person = make_account(Role.COORDINATOR, organisation=office)
        password = actions.reset_password(person, by=actor_of(admin), now=NOON)
    check_password(password, username=person.username, name=person.name, organisation=office.name)
    assert is_password(person.password_hash, password)


def test_b047_page_when_foreign_fields_are_posted_applies_none(
    office: Organisation, admin: Account, client_of: Clients
) -> None:
    typed = {
        "username": "zhoumin", "password": GOOD, "name": "周敏", "organisation": office.public_id,
        "roles": "coordinator", "id": "999", "is_demo": "1", "is_active": "", "created_at": "2000-01-01",
    }  # fmt: skip
    assert client_of(admin).post("/settings/accounts/new", data=typed).status_code == 302
    account = queries.find_account_by_username("zhoumin")
    assert account is not None
    assert (account.is_demo, account.is_active, account.created_at.year > 2000) == (False, True, True)


def test_pages_when_opened_by_administrator_are_shown(office: Organisation, admin: Account, client_of: Clients) -> None:
    client = client_of(admin)
    with transaction():
        lawyer = make_professional(Role.LAWYER, organisation=office)
    for page in (
        "/settings/accounts?q=a&role=lawyer&state=active", "/settings/accounts/new",
        f"/settings/accounts/{lawyer.public_id}", "/settings/organisations", "/settings/organisations/new",
        f"/settings/organisations/{office.public_id}",
    ):  # fmt: skip
        assert client.get(page).status_code == 200, page
    reset = client.post(f"/settings/accounts/{lawyer.public_id}/reset")
    assert "只显示这一次" in reset.get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER, Role.AUDITOR])
def test_pages_when_opened_by_others_are_refused(office: Organisation, client_of: Clients, role: Role) -> None:
    with transaction():
        person = make_account(role, organisation=office)
    client = client_of(person)
    assert client.get("/settings/accounts").status_code == 403
    assert client.post(f"/settings/accounts/{person.public_id}/reset").status_code == 403


def test_r_med_02_mediator_when_appointed_by_a_committee_is_listed_with_the_skilled_first(office: Organisation) -> None:
    with transaction():
        committee = make_organisation("区调委会", OrganisationKind.MEDIATION_COMMITTEE)
        first, second = (
            make_account(Role.MEDIATOR, organisation=committee, name=name) for name in ("丁国安", "方素珍")
        )
        for person, skills in ((first, {"D01"}), (second, {"D14"})):
            appointment = Appointment(date(2024, 1, 1), committee=committee, skills=frozenset(skills))
            actions.save_professional(person, appointment, by=None)
    on = date(2025, 6, 1)
    assert [row.name for row in queries.list_mediators("D14", committee.id, on)] == ["方素珍", "丁国安"]
    assert queries.list_mediators("D14", committee.id, date(2023, 1, 1)) == []
    assert queries.list_mediators("D14", office.id, on) == []


@pytest.mark.parametrize(("role", "field"), [(Role.MEDIATOR, "committee"), (Role.LAWYER, "licence_number")])
def test_professional_when_appointment_lacks_its_basis_is_refused(office: Organisation, role: Role, field: str) -> None:
    with transaction():
        person = make_account(role, organisation=office)
    with pytest.raises(FieldErrors) as refusal, transaction():
        actions.save_professional(person, Appointment(date(2024, 1, 1)), by=None)
    assert set(refusal.value.errors) == {field}


def test_organisation_when_made_below_another_knows_its_path(office: Organisation) -> None:
    with transaction():
        street = actions.create_organisation(
            OrganisationKind.STREET, OrganisationDetails("织造街道办事处"), parent=office, by=None
        )
    assert street.path_ids == (office.id, street.id)
    assert [row.id for row in queries.list_children(office)] == [street.id]
    with pytest.raises(FieldErrors), transaction():
        actions.create_organisation(
            OrganisationKind.STREET, OrganisationDetails("织造街道办事处"), parent=None, by=None
        )


def test_organisation_when_people_belong_to_it_is_not_taken_out_of_use(office: Organisation, admin: Account) -> None:
    with pytest.raises(DomainError, match="在用账号"), transaction():
        actions.change_organisation(office, OrganisationDetails(office.name), is_active=False, by=actor_of(admin))
