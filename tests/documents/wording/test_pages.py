"""The pages of own wording: what they show, keep and refuse, and who may open them."""

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.documents.wording import queries
from app.people.models import Organisation
from tests.documents.reading import squeezed, text_of
from tests.factories import make_account, make_organisation

PAPER = "/settings/wording/acceptance_notice"
USUAL = {
    "mediation": "办理期间，各方同意的，可以通过人民调解等方式解决；办理信访事项不收取任何费用。",
    "enquiry": "你可以扫描本告知书上的二维码或者到{查询地点}查询办理情况。",
    "advice": "",
}


@pytest.fixture
def office(db: SQLAlchemy) -> Organisation:
    organisation = make_organisation("滨澜区信访办公室")
    db.session.commit()
    return organisation


@pytest.fixture
def browser_of(office: Organisation, db: SQLAlchemy, client_of):
    def open_browser(role: Role):
        account = make_account(role, organisation=office)
        db.session.commit()
        return client_of(account)

    return open_browser


def page_of(browser, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_wording_when_written_previewed_and_published_is_in_force(browser_of, office, db) -> None:
    clerk, leader = browser_of(Role.COORDINATOR), browser_of(Role.LEADER)
    page = page_of(clerk, PAPER)
    assert "自受理之日起六十日内办结" in page
    assert 'name="enquiry"' in page
    assert clerk.post(PAPER, data={**USUAL, "advice": "请到一楼找我们。", "version": "0"}).status_code == 302
    assert "第 1 版草稿" in page_of(clerk, "/settings/wording")
    assert "请领导或管理员来办" in page_of(clerk, PAPER)
    sample = clerk.get(f"{PAPER}/preview")
    assert (sample.mimetype, sample.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert "请到一楼找我们。" in squeezed(text_of(sample.data))
    assert clerk.post(f"{PAPER}/publish", data={"version": "1"}).status_code == 403
    assert "请到一楼找我们。" in page_of(leader, f"{PAPER}/publish")
    assert leader.post(f"{PAPER}/publish", data={"version": "1"}).status_code == 302
    row = queries.find_in_force("acceptance_notice", office.id)
    assert row is not None
    assert row.texts == {"advice": "请到一楼找我们。"}
    assert "第 1 版改了什么" in page_of(clerk, f"{PAPER}/history?version=1")
    assert "没有草稿，不用发布" in page_of(leader, f"{PAPER}/publish")


def test_save_when_a_passage_is_wrong_keeps_what_was_typed_and_says_why(browser_of, office, db) -> None:
    clerk = browser_of(Role.COORDINATOR)
    answer = clerk.post(PAPER, data={**USUAL, "mediation": "", "advice": "今后不再上访<b>", "version": "0"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "今后不再上访&lt;b&gt;</textarea>" in page
    assert "起诉、信访是法律给每个人的权利" in page
    assert "“告知可以调解”不能空着" in page
    assert queries.find_draft("acceptance_notice", office.id) is None


def test_save_when_somebody_else_saved_first_is_refused_and_restore_brings_the_usual_text(browser_of, office) -> None:
    clerk = browser_of(Role.COORDINATOR)
    own = {**USUAL, "advice": "请早来。", "enquiry": "请到{查询地点}查询。"}
    assert clerk.post(PAPER, data={**own, "version": "0"}).status_code == 302
    stale = clerk.post(PAPER, data={**own, "advice": "请晚来。", "version": "0"})
    assert stale.status_code == 409
    assert "请晚来。" in stale.get_data(as_text=True)
    assert clerk.post(PAPER, data={**own, "restore": "enquiry", "version": "1"}).status_code == 302
    row = queries.find_draft("acceptance_notice", office.id)
    assert row is not None
    assert (row.texts, row.version) == ({"advice": "请早来。"}, 2)
    assert clerk.post(f"{PAPER}/withdraw", data={"version": "1"}).status_code == 409
    assert clerk.post(f"{PAPER}/withdraw", data={"version": "2"}).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMINISTRATOR, 200), (Role.MEDIATOR, 403), (Role.AUDITOR, 403), (Role.RECEPTIONIST, 403)]
)
def test_pages_when_opened_by_a_role_answer_as_its_right_says(browser_of, role: Role, status: int) -> None:
    browser = browser_of(role)
    for url in ("/settings/wording", PAPER, f"{PAPER}/preview", f"{PAPER}/history", f"{PAPER}/publish"):
        assert browser.get(url).status_code == status
    refused = 403 if status == 403 else 404
    assert browser.post(f"{PAPER}/publish", data={}).status_code == refused
    assert browser.post(f"{PAPER}/withdraw", data={}).status_code == refused
    if status == 200:
        assert browser.get("/settings/wording/mediation_record").status_code == 404
        assert browser.get(f"{PAPER}/history?version=9").status_code == 404
        assert browser.get("/settings/wording/hearing_notice/preview?sample=1").status_code == 200
