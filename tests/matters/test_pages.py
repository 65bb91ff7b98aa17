"""The pages of matters: who gets them, what is hidden, what a stale form keeps."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.matters.models import Matter
from app.matters.rules import MatterKind
from app.web.transaction import transaction
from tests.factories import make_account, make_organisation
from tests.matters.stage import Stage, claim, register, set_stage

DAY = date(2025, 6, 9)
Opener = Callable[..., FlaskClient]
PAGES = (
    "/matters/{id}",
    "/matters/{id}/story",
    "/matters/{id}/papers",
    "/matters/{id}/parties",
    "/matters/{id}/opinions",
    "/matters/{id}/opinions/list",
    "/matters/{id}/history",
    "/matters/{id}/edit",
    "/matters/{id}/parties/new",
    "/matters/{id}/transfer",
    "/matters/{id}/guide",
    "/matters/{id}/accept",
    "/matters/{id}/decline",
    "/matters/{id}/close",
    "/matters/{id}/finalise",
    "/matters/{id}/office-opinion",
    "/matters/{id}/withdraw",
    "/matters/{id}/error",
    "/matters/{id}/recusals",
    "/matters/{id}/refer",
    "/screening/{id}/facts",
    "/screening/{id}/procedures",
    "/screening/{id}/consent",
    "/screening/{id}/route",
)


@pytest.fixture
def stage(db: SQLAlchemy, fake_now: Callable[[str], None]) -> Stage:
    """The district on 9 June 2025."""
    fake_now("2025-06-09T10:00+08:00")
    with transaction():
        return set_stage()


@pytest.fixture
def matter(stage: Stage) -> Matter:
    """One registered claim."""
    with transaction():
        (found,) = register(stage, DAY)
    return found


def test_coordinator_when_opening_every_page_of_a_matter_gets_it(
    stage: Stage, matter: Matter, client_of: Opener
) -> None:
    browser = client_of(stage.coordinator)
    answers = {page: browser.get(page.format(id=matter.public_id)).status_code for page in PAGES}
    assert answers == dict.fromkeys(PAGES, 200)


def test_stranger_when_opening_a_matter_finds_nothing(stage: Stage, matter: Matter, client_of: Opener) -> None:
    with transaction():
        stranger = make_account(Role.COORDINATOR, organisation=make_organisation("港前街道信访办"))
    browser = client_of(stranger)
    answers = {page: browser.get(page.format(id=matter.public_id)).status_code for page in PAGES}
    assert answers == dict.fromkeys(PAGES, 404)
    assert matter.number not in browser.get("/matters?scope=all").get_data(as_text=True)


@pytest.mark.parametrize("page", ["/matters/{id}/transfer", "/matters/{id}/close", "/matters/{id}/history"])
def test_receptionist_when_opening_a_coordinators_page_is_refused(
    stage: Stage, matter: Matter, client_of: Opener, page: str
) -> None:
    assert client_of(stage.receptionist).get(page.format(id=matter.public_id)).status_code == 403


@pytest.mark.parametrize("page", ["/matters", "/matters/new", "/clocks", "/search?q=x", "/screening", "/desk"])
def test_visitor_when_not_logged_in_is_led_to_the_login(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer.location) == (302, "/login")


def test_list_when_office_has_matters_shows_number_name_and_deadline(
    stage: Stage, matter: Matter, client_of: Opener
) -> None:
    page = client_of(stage.coordinator).get("/matters").get_data(as_text=True)
    assert matter.number in page
    assert "尤晓琴" in page
    assert "6月24日" in page


def test_stale_edit_when_somebody_saved_before_keeps_what_was_typed(
    stage: Stage, matter: Matter, client_of: Opener
) -> None:
    browser = client_of(stage.coordinator)
    form = {"version": str(matter.version), "subject": "楼上漏水", "claim": "赔 1 万 2 千元", "dispute_type": "D02"}
    assert browser.post(f"/matters/{matter.public_id}/edit", data=form).status_code == 302
    form["claim"] = "改成赔 1 万 3 千元"
    answer = browser.post(f"/matters/{matter.public_id}/edit", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "改成赔 1 万 3 千元" in page
    assert "赔 1 万 2 千元" in page


def test_registration_when_posted_registers_and_leads_to_the_matter(
    stage: Stage, client_of: Opener, db: SQLAlchemy
) -> None:
    browser = client_of(stage.receptionist)
    answer = browser.post("/matters/new", data=registration_form())
    assert answer.status_code == 302
    page = browser.get(answer.location).get_data(as_text=True)
    assert "冯志远" in page
    assert "11010519491231002X" not in page
    assert "110105********002X" in page


def test_registration_when_id_number_is_wrong_keeps_the_form(stage: Stage, client_of: Opener) -> None:
    form = registration_form() | {"p_id_number-0": "110105194912310021"}
    answer = client_of(stage.receptionist).post("/matters/new", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "身份证号第 18 位对不上" in page
    assert 'value="110105194912310021"' in page
    assert "楼上漏水，泡了地板" in page


def test_registration_when_a_row_is_added_keeps_what_was_typed(stage: Stage, client_of: Opener) -> None:
    form = registration_form() | {"add": "petitioner"}
    page = client_of(stage.receptionist).post("/matters/new/rows", data=form).get_data(as_text=True)
    assert 'name="p_name-1"' in page
    assert 'value="冯志远"' in page


def test_repeat_hint_when_asked_names_the_earlier_matter(stage: Stage, client_of: Opener) -> None:
    browser = client_of(stage.receptionist)
    browser.post("/matters/new", data=registration_form())
    page = browser.post("/matters/new/repeats", data=registration_form()).get_data(as_text=True)
    assert "信访〔2025〕1号" in page
    assert "证件号相同" in page


def test_registration_when_clicked_twice_registers_once(stage: Stage, client_of: Opener, db: SQLAlchemy) -> None:
    browser = client_of(stage.receptionist)
    form = registration_form() | {"idempotency_key": "one-key-for-one-form"}
    first, second = (browser.post("/matters/new", data=form) for _ in range(2))
    assert first.location == second.location
    assert db.session.query(Matter).count() == 1


def test_inv_02_accusation_when_office_looks_is_nowhere_but_for_those_named(
    stage: Stage, client_of: Opener, db: SQLAlchemy
) -> None:
    with transaction():
        (secret,) = register(
            stage,
            DAY,
            claim("收受礼品", kind=MatterKind.ACCUSATION, complained_unit_id=stage.unit.id, opponents=()),
        )
    for account, status in ((stage.receptionist, 200), (stage.coordinator, 404), (stage.unit_clerk, 404)):
        browser = client_of(account)
        assert browser.get(f"/matters/{secret.public_id}").status_code == status
        seen = "收受礼品" in browser.get("/matters?scope=all").get_data(as_text=True)
        found = "收受礼品" in browser.get(f"/search?q={secret.number}", follow_redirects=True).get_data(as_text=True)
        assert (seen, found) == (status == 200, status == 200)


def test_reveal_when_reason_is_given_shows_the_value_and_logs_it(
    stage: Stage, client_of: Opener, db: SQLAlchemy
) -> None:
    browser = client_of(stage.receptionist)
    location = browser.post("/matters/new", data=registration_form()).location
    party = db.session.query(Matter).one().parties[0]
    answer = browser.post(f"/parties/{party.public_id}/reveal/id_number", data={"reason": "办案核对"})
    assert "11010519491231002X" in answer.get_data(as_text=True)
    history = client_of(stage.coordinator).get(f"{location}/history").get_data(as_text=True)
    assert "证件号" in history
    assert "何静" in history


def test_inv_32_reveal_when_other_without_words_is_refused(stage: Stage, client_of: Opener, db: SQLAlchemy) -> None:
    browser = client_of(stage.receptionist)
    browser.post("/matters/new", data=registration_form())
    party = db.session.query(Matter).one().parties[0]
    answer = browser.post(f"/parties/{party.public_id}/reveal/phone", data={"reason": "其他"})
    assert answer.status_code == 422
    assert "13800005678" not in answer.get_data(as_text=True)


def registration_form() -> dict[str, str]:
    """One petitioner, one claim against a neighbour."""
    return {
        "petitioners": "1",
        "matters": "1",
        "channel": "visit",
        "received_on": "2025-06-09",
        "head_count": "1",
        "p_kind-0": "person",
        "p_name-0": "冯志远",
        "p_id_document-0": "id_card",
        "p_id_number-0": "11010519491231002X",
        "p_phone-0": "138 0000 5678",
        "m_kind-0": "claim_for_decision",
        "m_subject-0": "楼上漏水赔偿",
        "m_claim-0": "赔偿 12,000 元",
        "m_facts-0": "楼上漏水，泡了地板",
        "o_kind-0": "person",
        "o_name-0": "尤晓琴",
    }


def test_inv_02_registration_when_tied_to_a_hidden_accusation_is_refused_as_if_it_were_not_there(
    stage: Stage, client_of: Opener, db: SQLAlchemy
) -> None:
    with transaction():
        accusation = claim("收受礼品", kind=MatterKind.ACCUSATION, complained_unit_id=stage.unit.id, opponents=())
        hidden, known = register(stage, DAY, accusation, claim())
    ids = {"hidden": hidden.public_id, "known": known.public_id, "absent": "a" * 22}
    browser = client_of(stage.coordinator)
    answers = {
        name: browser.post("/matters/new", data=registration_form() | {"m_repeats-0": public_id})
        for name, public_id in ids.items()
    }
    for name in ("hidden", "absent"):
        assert answers[name].status_code == 422, name
        assert "不在本单位" in answers[name].get_data(as_text=True)
    assert answers["known"].status_code == 302
    db.session.rollback()  # the session still looks at the state before the forms were sent
    assert db.session.query(Matter).count() == 3
