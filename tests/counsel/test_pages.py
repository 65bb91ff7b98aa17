"""The lawyer's pages: who gets which page, what is refused stays on the page, nothing leaks before its time."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.counsel import queries
from app.counsel.rules import OpinionStatus
from app.matters.models import Capacity
from app.people.models import Account
from app.web.transaction import transaction
from tests.counsel.conftest import House
from tests.counsel.test_opinions import TEXT, ask, submit, write
from tests.factories import involve

Clients = Callable[[Account], FlaskClient]
CONFIRMED = {"not_acting": "1", "firm_not_engaged": "1", "no_relative": "1"}
TYPED = {
    "facts": TEXT.facts,
    "issues": TEXT.issues,
    "analysis-0": TEXT.analysis[0].text,
    "basis-0": TEXT.analysis[0].basis,
    "routes": "mediation",
    "condition-mediation": "双方自愿",
    "opinion": TEXT.opinion,
}


def test_opinion_when_walked_through_by_lawyer_and_office(db: SQLAlchemy, house: House, client_of: Clients) -> None:
    office, lawyer = client_of(house.coordinator), client_of(house.lawyer)
    url = f"/matters/{house.matter.public_id}/opinions"
    assert office.get(url).status_code == 200
    asked = {"lawyer": house.lawyer.public_id, "question": "责任怎么分？", "due_on": "2025-06-13"}
    assert office.post(url, data=asked).status_code == 302
    db.session.rollback()
    page = f"/opinions/{queries.list_of_matter(house.matter)[0].public_id}"

    first = lawyer.get(page).get_data(as_text=True)
    assert "先看要不要回避" in first
    assert "请求赔偿漏水损失" not in first, "the content opens after the conflict check"
    matter_page = f"/matters/{house.matter.public_id}"
    assert lawyer.get(matter_page).status_code == 404
    assert lawyer.post(f"{page}/clear", data={"not_acting": "1"}).status_code == 422
    assert lawyer.post(f"{page}/clear", data=CONFIRMED).status_code == 302
    assert lawyer.get(matter_page).status_code == 200
    assert "请求赔偿漏水损失" in lawyer.get(page).get_data(as_text=True)

    refused = lawyer.post(f"{page}/submit", data={**TYPED, "opinion": ""})
    assert refused.status_code == 422
    assert TEXT.issues in refused.get_data(as_text=True)
    assert lawyer.post(f"{page}/submit", data=TYPED).status_code == 302
    shown = office.get(page).get_data(as_text=True)
    assert TEXT.opinion in shown
    assert "滨澜信法意〔2025〕1号" in shown
    assert office.get(f"{page}/file").data.startswith(b"%PDF")
    assert f'href="{page}/word"' in office.get(page).get_data(as_text=True)
    assert office.get(f"{page}/word").data.startswith(b"PK")

    assert office.post(f"{page}/answer", data={"adoption": "adopted"}).status_code == 422
    assert office.post(f"{page}/answer", data={"adoption": "adopted", "reasons": "同意"}).status_code == 302
    assert "同意" in lawyer.get(page).get_data(as_text=True)
    assert "采纳" in lawyer.get("/opinions").get_data(as_text=True)


def test_draft_when_saved_by_the_page_answers_with_the_new_version(
    db: SQLAlchemy, house: House, client_of: Clients
) -> None:
    with transaction():
        opinion = write(house)
    lawyer, url = client_of(house.lawyer), f"/opinions/{opinion.public_id}/draft"
    typed = {"facts": "写了一半", "version": str(opinion.version)}
    answer = lawyer.post(url, data=typed, headers={"HX-Request": "true"})
    assert answer.get_json() == {"version": opinion.version + 1}
    assert lawyer.post(url, data=typed, headers={"HX-Request": "true"}).status_code == 409
    assert "写了一半" in lawyer.get(f"/opinions/{opinion.public_id}").get_data(as_text=True)


def test_preview_when_half_written_is_a_pdf(db: SQLAlchemy, house: House, client_of: Clients) -> None:
    with transaction():
        opinion = write(house)
    assert client_of(house.lawyer).get(f"/opinions/{opinion.public_id}/preview").data.startswith(b"%PDF")


def test_draft_when_opened_by_the_office_shows_no_word_of_it(db: SQLAlchemy, house: House, client_of: Clients) -> None:
    with transaction():
        opinion = write(house)
        opinion.text = TEXT
    shown = client_of(house.coordinator).get(f"/opinions/{opinion.public_id}").get_data(as_text=True)
    assert "律师提交以前" in shown
    assert TEXT.opinion not in shown


@pytest.mark.parametrize("state", ["requested", "submitted"])
def test_n03_opinion_when_asked_for_by_the_other_sides_lawyer_does_not_exist(
    db: SQLAlchemy, house: House, client_of: Clients, state: str
) -> None:
    with transaction():
        involve(house.matter, house.other_lawyer, Capacity.ADVISING_LAWYER, party_id=house.matter.parties[1].id)
        opinion = submit(house) if state == "submitted" else ask(house)
        paper = queries.find_paper(opinion)
    other = client_of(house.other_lawyer)
    assert other.get(f"/opinions/{opinion.public_id}").status_code == 404
    assert other.get(f"/opinions/{opinion.public_id}/file").status_code == 404
    assert other.get(f"/opinions/{opinion.public_id}/word").status_code == 404
    assert other.post(f"/opinions/{opinion.public_id}/draft", data=TYPED).status_code == 404
    assert opinion.public_id not in other.get("/opinions").get_data(as_text=True)
    if paper is not None:
        assert other.get(f"/papers/{paper.public_id}/file").status_code == 404


def test_opinion_when_lawyer_declined_is_out_of_his_sight(db: SQLAlchemy, house: House, client_of: Clients) -> None:
    with transaction():
        opinion = ask(house)
    lawyer, page = client_of(house.lawyer), f"/opinions/{opinion.public_id}"
    declined = lawyer.post(f"{page}/decline", data={"ground": "interest", "facts_of_recusal": "常年顾问"})
    assert declined.status_code == 302
    assert lawyer.get(page).status_code == 404
    assert lawyer.get(f"/matters/{house.matter.public_id}").status_code == 404
    assert "律师回避" in client_of(house.coordinator).get(page).get_data(as_text=True)


def test_answer_when_given_by_leader_or_receptionist_is_refused(
    db: SQLAlchemy, house: House, client_of: Clients
) -> None:
    with transaction():
        opinion = submit(house)
    typed = {"adoption": "adopted", "reasons": "同意"}
    assert client_of(house.leader).post(f"/opinions/{opinion.public_id}/answer", data=typed).status_code == 403
    assert client_of(house.receptionist).post(f"/opinions/{opinion.public_id}/answer", data=typed).status_code == 404
    assert client_of(house.receptionist).get("/opinions").status_code == 403


def test_supplement_when_begun_by_lawyer_opens_an_editor_with_the_old_text(
    db: SQLAlchemy, house: House, client_of: Clients
) -> None:
    with transaction():
        opinion = submit(house)
    lawyer = client_of(house.lawyer)
    answer = lawyer.post(f"/opinions/{opinion.public_id}/supplement", data={"reason": "漏了时效"})
    assert answer.status_code == 302
    shown = lawyer.get(answer.location).get_data(as_text=True)
    assert "补充意见" in shown
    assert TEXT.opinion in shown
    refused = client_of(house.coordinator).post(f"/opinions/{opinion.public_id}/supplement", data={"reason": "再写"})
    assert refused.status_code == 403


def test_withdraw_when_office_changes_its_mind_ends_the_request(
    db: SQLAlchemy, house: House, client_of: Clients
) -> None:
    with transaction():
        opinion = ask(house)
    office = client_of(house.coordinator)
    assert office.post(f"/opinions/{opinion.public_id}/withdraw", data={"reason": "不用了"}).status_code == 302
    db.session.expire_all()
    assert queries.get_opinion(opinion.public_id).status is OpinionStatus.WITHDRAWN
