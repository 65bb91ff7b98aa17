"""Landing, desk, search, menu and the files of papers: each role's own, in few queries, nothing given away."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.documents.actions import void_paper
from app.documents.models import IssuedPaper
from app.documents.rules import grouped_code
from app.matters import actions
from app.matters.models import Matter
from app.matters.rules import RecusalGround
from app.web.transaction import transaction
from tests.factories import make_account, make_organisation
from tests.matters.stage import Stage, at, claim, everybody_agrees, person, register, set_stage

DAY = date(2025, 6, 9)
Opener = Callable[..., FlaskClient]


@pytest.fixture
def stage(db: SQLAlchemy, fake_now: Callable[[str], None]) -> Stage:
    """The district on 9 June 2025."""
    fake_now("2025-06-09T10:00+08:00")
    with transaction():
        return set_stage()


@contextmanager
def counted_queries(db: SQLAlchemy) -> Iterator[list[str]]:
    """Every statement sent within the block."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement != "BEGIN":
            sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.COORDINATOR, "/desk"),
        (Role.RECEPTIONIST, "/matters/new"),
        (Role.MEDIATOR, "/desk"),
        (Role.LAWYER, "/opinions"),
        (Role.JUDGE, "/opinions"),
        (Role.STREET_CLERK, "/matters"),
        (Role.ADMINISTRATOR, "/settings"),
        (Role.AUDITOR, "/settings/audit"),
    ],
)
def test_landing_when_role_logs_in_is_its_own_page(stage: Stage, client_of: Opener, role: Role, page: str) -> None:
    with transaction():
        account = make_account(role, organisation=stage.office)
    browser = client_of(account)
    assert browser.get("/").location == page
    assert browser.get(page).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_menu_when_drawn_leads_nowhere_that_is_refused(stage: Stage, client_of: Opener, role: Role) -> None:
    with transaction():
        account = make_account(role, organisation=stage.office)
    browser = client_of(account)
    page = browser.get("/desk").get_data(as_text=True)
    menu = page[page.index('<nav class="ft-menu"') : page.index("</nav>")] if "ft-menu" in page else ""
    links = [part.split('"')[0] for part in menu.split('<a href="')[1:]]
    assert {link: browser.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert links


def test_menu_when_administrator_looks_holds_no_case_content(stage: Stage, client_of: Opener) -> None:
    with transaction():
        account = make_account(Role.ADMINISTRATOR, organisation=stage.office)
    page = client_of(account).get("/settings").get_data(as_text=True)
    assert 'href="/matters"' not in page
    assert client_of(account).get("/matters").status_code == 403


@pytest.mark.parametrize(("page", "most"), [("/matters", 8), ("/desk", 15), ("/clocks", 8)])
def test_page_when_it_holds_fifty_rows_takes_as_many_queries_as_with_one(
    stage: Stage, client_of: Opener, db: SQLAlchemy, page: str, most: int
) -> None:
    with transaction():
        register(stage, DAY)
    browser = client_of(stage.coordinator)
    browser.get(page)
    with counted_queries(db) as one_row:
        browser.get(page)
    with transaction():
        register(stage, DAY, *(claim(f"漏水赔偿 {place}") for place in range(49)))
    with counted_queries(db) as fifty_rows:
        answer = browser.get(page)
    assert answer.status_code == 200
    assert len(fifty_rows) == len(one_row)
    assert len(fifty_rows) <= most, fifty_rows


def test_list_when_more_than_fifty_goes_on_without_loss_or_doubles(
    stage: Stage, client_of: Opener, db: SQLAlchemy
) -> None:
    with transaction():
        register(stage, DAY, *(claim(f"漏水赔偿 {place}") for place in range(50)))
        register(stage, DAY, *(claim(f"噪音 {place}") for place in range(13)))
    browser = client_of(stage.coordinator)
    first = browser.get("/matters").get_data(as_text=True)
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(following).get_data(as_text=True)
    numbers = set(db.session.scalars(sa.select(Matter.number)))
    shown = [number for page in (first, second) for number in numbers if f">{number}</a>" in page]
    assert sorted(shown) == sorted(numbers)


@pytest.mark.parametrize("query", ["信访〔2025〕1号", "尤晓琴", "138 0000 5678", "11010519491231002x"])
def test_search_when_number_name_phone_or_id_is_exact_finds_the_matter(
    stage: Stage, client_of: Opener, query: str
) -> None:
    with transaction():
        known = person("尤晓琴", id_number="11010519491231002X", phone="13800005678")
        register(stage, DAY, petitioners=(known,))
    page = client_of(stage.coordinator).get("/search", query_string={"q": query}, follow_redirects=True)
    assert "漏水赔偿" in page.get_data(as_text=True)


@pytest.mark.parametrize("query", ["信访〔2025〕1号", "尤晓琴", "1"])
def test_search_when_matter_is_hidden_answers_like_one_that_does_not_exist(
    stage: Stage, client_of: Opener, query: str
) -> None:
    with transaction():
        register(stage, DAY)
        stranger = make_account(Role.COORDINATOR, organisation=make_organisation())
    page = client_of(stranger).get("/search", query_string={"q": query}).get_data(as_text=True)
    assert "没有找到" in page
    assert "漏水赔偿" not in page


def test_desk_when_objection_waits_offers_the_decision(stage: Stage, client_of: Opener) -> None:
    with transaction():
        (matter,) = register(stage, DAY)
        actions.transfer_matter(matter, stage.unit, received_on=DAY, by=stage.actor("coordinator"), now=at(DAY))
        actions.object_to_transfer(
            matter, reason="这件事属于区住建委的职责范围", by=stage.actor("unit_clerk"), now=at(DAY)
        )
    page = client_of(stage.coordinator).get("/desk").get_data(as_text=True)
    assert "区城管局对转送件异议，请裁定归口" in page
    assert "去裁定" in page
    unit = client_of(stage.unit_clerk).get("/desk").get_data(as_text=True)
    assert "受理并书面告知信访人" in unit


def test_desk_when_a_date_lies_in_another_year_names_the_year(
    stage: Stage, client_of: Opener, fake_now: Callable[[str], None]
) -> None:
    with transaction():
        register(stage, DAY)
    browser = client_of(stage.coordinator)
    assert "2025年6月" not in browser.get("/desk").get_data(as_text=True).split("我的待办")[-1]
    fake_now("2026-01-12T10:00+08:00")
    later = client_of(stage.coordinator).get("/desk").get_data(as_text=True)
    assert "· 2025年6月" in later
    assert "日到期" in later


def test_refused_page_when_one_has_another_role_offers_it(stage: Stage, client_of: Opener) -> None:
    with transaction():
        both = make_account(Role.LAWYER, Role.HEARING_PANELIST, organisation=stage.office)
        one = make_account(Role.HEARING_PANELIST, organisation=stage.office)
    refused = client_of(both, Role.HEARING_PANELIST).get("/opinions")
    assert refused.status_code == 403
    assert "换一个岗位办" in refused.get_data(as_text=True)
    alone = client_of(one).get("/opinions")
    assert alone.status_code == 403
    assert "换一个岗位办" not in alone.get_data(as_text=True)


def test_desk_three_weeks_lead_to_the_calendar_of_the_day(stage: Stage, client_of: Opener) -> None:
    page = client_of(stage.coordinator).get("/desk").get_data(as_text=True)
    assert 'href="/calendar?date=2025-06-10"' in page
    with transaction():
        account = make_account(Role.ADMINISTRATOR, organisation=stage.office)
    assert 'href="/calendar?date=' not in client_of(account).get("/desk").get_data(as_text=True)


def accepted_matter(stage: Stage) -> Matter:
    """A matter with an issued notice."""
    (matter,) = register(stage, DAY)
    everybody_agrees(stage, matter, DAY)
    actions.accept_matter(matter, accepted_on=DAY, by=stage.actor("coordinator"), now=at(DAY))
    return matter


def test_paper_when_opened_is_a_pdf_with_its_name_and_no_sniffing(
    stage: Stage, client_of: Opener, db: SQLAlchemy, app: Flask
) -> None:
    with transaction():
        accepted_matter(stage)
    paper = db.session.scalars(sa.select(IssuedPaper)).one()
    answer = client_of(stage.coordinator).get(f"/papers/{paper.public_id}/file")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF-")
    assert answer.content_type == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "filename*=UTF-8''%E4%BF%A1%E8%AE%BF" in answer.headers["Content-Disposition"]


def test_paper_when_saved_for_word_is_a_marked_copy_under_its_own_name(
    stage: Stage, client_of: Opener, db: SQLAlchemy, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction():
        matter = accepted_matter(stage)
    paper = db.session.scalars(sa.select(IssuedPaper)).one()
    client, path = client_of(stage.coordinator), f"/papers/{paper.public_id}/word"
    assert f'href="{path}"' in client.get(f"/matters/{matter.public_id}/papers").get_data(as_text=True)
    with caplog.at_level(logging.INFO, "app.request"):
        answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert answer.headers["Cache-Control"] == "no-store"
    way, _, name = answer.headers["Content-Disposition"].rpartition("; filename*=UTF-8''")
    assert way == 'attachment; filename="working-copy.docx"'
    assert unquote(name) == f"信访事项受理告知书{paper.number}（工作稿）.docx"
    assert " desk.send_working_copy 200 " in caplog.text
    head = Document(BytesIO(answer.data)).sections[0].header.paragraphs[0].text
    assert head.startswith("工作稿 — 以盖章的 PDF 文书为准")
    assert grouped_code(paper.check_code) in head


def test_paper_when_void_says_so_in_its_working_copy(stage: Stage, client_of: Opener, db: SQLAlchemy) -> None:
    with transaction():
        accepted_matter(stage)
    with transaction():
        paper = db.session.scalars(sa.select(IssuedPaper)).one()
        void_paper(paper, replaced_by=None, by=stage.actor("coordinator"), now=at(DAY))
    document = Document(BytesIO(client_of(stage.coordinator).get(f"/papers/{paper.public_id}/word").data))
    assert "原件已作废" in document.sections[0].header.paragraphs[0].text
    assert document.paragraphs[0].text.startswith("作废")


@pytest.mark.parametrize("kind", ["file", "word"])
def test_inv_12_paper_when_person_is_barred_or_a_stranger_does_not_exist(
    stage: Stage, client_of: Opener, db: SQLAlchemy, kind: str
) -> None:
    with transaction():
        matter = accepted_matter(stage)
        stranger = make_account(Role.COORDINATOR, organisation=make_organisation())
    paper = db.session.scalars(sa.select(IssuedPaper)).one()
    path = f"/papers/{paper.public_id}/{kind}"
    assert client_of(stranger).get(path).status_code == 404
    with transaction():
        actions.declare_recusal(
            db.session.get_one(Matter, matter.id),
            ground=RecusalGround.INTEREST,
            facts="是对方的亲属",
            by=stage.actor("coordinator"),
            now=at(DAY),
        )
    assert client_of(stage.coordinator).get(path).status_code == 404
    assert client_of(stage.coordinator).get(f"/matters/{matter.public_id}").status_code == 404
    assert client_of(stage.leader).get(path).status_code == 200
