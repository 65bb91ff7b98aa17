"""The hall of the scenarios, and a hearing in each state the tests begin with."""

from collections.abc import Callable
from typing import Any

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.hearings.models import Hearing
from app.web.transaction import transaction
from tests.hearings.desk import files_left_to_the_worker
from tests.hearings.hall import Hall, approved_hearing, set_hall
from tests.hearings.sat import open_vote, recheck_hearing, sit, vote_all


@pytest.fixture
def hall(db: SQLAlchemy) -> Hall:
    """The district of S02."""
    made = set_hall()
    db.session.commit()
    return made


@pytest.fixture
def make_approved(hall: Hall) -> Callable[..., Hearing]:
    """A hearing that was decided, with its panel unless told otherwise."""

    def make(**values: Any) -> Hearing:
        with files_left_to_the_worker(), transaction():
            return approved_hearing(hall, **values)

    return make


@pytest.fixture
def hearing(make_approved: Callable[..., Hearing]) -> Hearing:
    """The hearing of S02, decided on 26 May 2025, with its panel of five and one alternate."""
    return make_approved()


@pytest.fixture
def heard(hall: Hall) -> Hearing:
    """The hearing of S02 right after its sitting."""
    with transaction():
        hearing = recheck_hearing(hall)
    sit(hearing, hall)
    return hearing


@pytest.fixture
def carried(heard: Hearing, hall: Hall) -> Hearing:
    """The same after the vote of 4 : 1."""
    with transaction():
        open_vote(heard, hall)
    vote_all(heard, hall)
    return heard


@pytest.fixture
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are issued but not rendered, for tests that only read what they say."""
    for name in ("_render_after_issue", "_render_void_copy"):
        monkeypatch.setattr(f"app.documents.actions.{name}", lambda paper_id: None)
