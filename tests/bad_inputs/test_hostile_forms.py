"""Does any form of hearings, remedies or duty break when one of its fields holds what nobody would type?

Each page is opened in a state in which its forms stand there; then every field of every form is spoilt in turn. What
the forms would write is rolled back, so that each is met in the same state.
"""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from tests.bad_inputs.pages import Form, forms_on
from tests.bad_inputs.scenes import SCENES

pytestmark = pytest.mark.usefixtures("unprinted")

HOSTILE = (
    "",
    "\u202e\u2066工\u200b\ufeff",
    "9999-12-31",
    "x" * 70_000,
    "{{7*7}}<script>'\";--",
    "%00",
)
ONE_FIELD = ("9" * 4400, "0001-01-01")


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are issued without their files."""
    for name in ("_render_after_issue", "_render_void_copy"):
        monkeypatch.setattr(f"app.documents.actions.{name}", lambda paper_id: None)


@pytest.fixture
def nothing_stays(db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """From the call on, what a request writes is rolled back instead of committed."""

    def begin() -> None:
        def roll_back() -> None:
            db.session.flush()
            db.session.rollback()

        monkeypatch.setattr(db.session, "commit", roll_back)

    yield begin
    monkeypatch.undo()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_form_when_a_field_holds_nonsense_answers_and_never_breaks(
    scene, app, db, client_of, fake_now, nothing_stays
) -> None:
    pages = scene.make()
    fake_now(scene.now)
    clients = {account.public_id: client_of(account) for account, _ in pages if account is not None}
    clients[""] = app.test_client()
    found = {}
    for account, page in pages:
        client = clients[account.public_id if account else ""]
        for form in forms_on(client, page):
            found.setdefault((form.action, tuple(form.fields)), (client, form))
    assert len(found) >= scene.forms
    nothing_stays()
    sent = 0
    for client, form in found.values():
        for fields in spoilt(form):
            check(client, form, fields)
            sent += 1
    assert sent


def spoilt(form: Form) -> Iterator[dict[str, str]]:
    """The form with nothing, with every field spoilt alike, and with one field spoilt in each way."""
    yield {}
    for value in HOSTILE:
        yield {name: value for name in form.typed}
    for name in form.typed:
        for value in ONE_FIELD:
            yield {**form.fields, name: value}


def check(client: FlaskClient, form: Form, fields: dict[str, str]) -> None:
    answer = client.post(form.action, data=fields)
    names = {name: value[:30] for name, value in fields.items()}
    assert answer.status_code < 500, f"{form.action} {names} answered {answer.status_code}"
    page = answer.get_data(as_text=True)
    assert "Traceback" not in page, form.action
