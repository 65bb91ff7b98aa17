"""The pages of applications, decision and panel: who may open them, what they offer, what they refuse."""

import pytest

from app.access.permissions import Role
from tests.factories import make_account

PAGES = {
    "": ("coordinator", "leader", "chair", "recorder", "unit_clerk"),
    "/panel": ("coordinator", "chair"),
    "/chair": ("leader",),
    "/decision": ("leader",),
    "/recusals": ("coordinator", "chair", "recorder"),
    "/withdrawal": ("coordinator",),
    "/answer": ("coordinator",),
}
EVERYBODY = ("coordinator", "leader", "chair", "recorder", "unit_clerk")


@pytest.fixture(autouse=True)
def _on_may_27(fake_now) -> None:
    fake_now("2025-05-27T09:00+08:00")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_of_a_hearing_when_opened_answer_by_role(client_of, hall, hearing, page, who) -> None:
    answer = client_of(getattr(hall, who)).get(f"/hearings/{hearing.public_id}{page}")
    assert answer.status_code == (200 if who in PAGES[page] else 403)
    if answer.status_code == 200:
        assert hearing.number in answer.get_data(as_text=True)


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_hearing_when_a_stranger_opens_them_do_not_exist(client_of, hearing, db, page) -> None:
    stranger = make_account(Role.COORDINATOR, name="别家")
    db.session.commit()
    assert client_of(stranger).get(f"/hearings/{hearing.public_id}{page}").status_code == 404
