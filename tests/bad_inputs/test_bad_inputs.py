"""Is every bad input of the list answered clearly, in Chinese, without a fault and without a trace in the database?"""

import re
from collections.abc import Iterator, Sequence

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.bad_inputs import dates, desk, files, logins, meetings, numbers, texts, transport, workflow
from tests.bad_inputs.case import BadInput
from tests.bad_inputs.hearings import announcing, outcome, panels, planning, sitting
from tests.bad_inputs.house import House

HEARINGS = (panels, planning, announcing, sitting, outcome)
TOPICS = (transport, logins, texts, dates, numbers, desk, workflow, meetings, *HEARINGS, files)
INPUTS = [bad for topic in TOPICS for bad in topic.LIST.inputs]
CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}")


@pytest.fixture
def house(app: Flask, bad: BadInput) -> Iterator[House]:
    """The setting of the bad input on each engine; what it switched is switched back."""
    was_checked = app.config["WTF_CSRF_ENABLED"]
    yield House(app, bad.setting)
    app.config["WTF_CSRF_ENABLED"] = was_checked


@pytest.mark.parametrize("bad", INPUTS, ids=lambda bad: bad.id)
def test_bad_input_when_sent_is_answered_and_leaves_nothing_behind(bad: BadInput, house: House) -> None:
    house.prepare()
    client = house.client(bad.by)
    if bad.given is not None:
        bad.given(house)
    before = house.contents()
    for answer in listed(bad.send(house, client)):
        check_answer(bad, answer)
    if bad.may_change is not None:
        after = house.contents()
        assert {name for name in before if before[name] != after[name]} <= bad.may_change
    if bad.then is not None:
        bad.then(house)


def check_answer(bad: BadInput, answer: TestResponse) -> None:
    """The right status, a text for people that keeps what was typed, and no inside of the program."""
    place = f"{answer.request.method} {answer.request.path[:80]}"
    said = said_in(answer.get_data(as_text=True)) if answer.mimetype == "text/html" else ""
    assert answer.status_code in bad.statuses, f"{place} answered {answer.status_code}: {said}"
    if answer.mimetype != "text/html" or answer.request.method in ("HEAD", "OPTIONS"):
        return
    page = answer.get_data(as_text=True)
    assert "Traceback" not in page, place
    if answer.status_code >= 400:
        assert CHINESE.search(page), place
        assert bad.says in page, f"{place} does not say {bad.says}: {said}"
        assert bad.keeps in page, f"{place} does not keep what was typed"
    assert not bad.hides or bad.hides not in page, place


def said_in(page: str) -> str:
    """The text of the page's main part, for the message of a failing test."""
    main = page.partition("<main")[2] or page
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())[:400]


def listed(answers: TestResponse | Sequence[TestResponse]) -> Sequence[TestResponse]:
    """One answer or several as several."""
    return (answers,) if isinstance(answers, TestResponse) else answers
