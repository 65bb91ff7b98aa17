"""A file that comes with a form: refused before the act, handed to it, and taken away whatever the act does."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g

from app.errors import NotFound, RuleViolation
from app.web.uploads import act_on_file, read_upload, was_chosen


@pytest.fixture
def page() -> Flask:
    """An application without anything, for requests."""
    return Flask(__name__)


def steps_of(write: Callable[[], str], act: Callable[[str], Any]) -> tuple[Any, list[str]]:
    """The answer, and what was discarded before it."""
    discarded: list[str] = []
    answer = act_on_file(write, act, discard=discarded.append, reshow=lambda: "the form")
    return answer, discarded


def test_file_when_written_is_acted_on_and_offered_for_taking_away(page: Flask) -> None:
    with page.test_request_context(method="POST"):
        assert steps_of(lambda: "file", lambda written: f"kept {written}") == ("kept file", ["file"])


def test_file_when_refused_shows_the_form_with_the_refusal_and_does_nothing(page: Flask) -> None:
    def refuse() -> str:
        raise RuleViolation("不是扫描件")

    with page.test_request_context(method="POST"):
        answer, discarded = steps_of(refuse, lambda written: pytest.fail("nothing was written"))
        assert (answer.status_code, answer.get_data(as_text=True), discarded) == (422, "the form", [])
        assert g.refusal.message == "不是扫描件"


def test_file_when_the_act_fails_is_taken_away(page: Flask) -> None:
    discarded: list[str] = []

    def fail(written: str) -> str:
        raise NotFound("没有这份文书")

    with page.test_request_context(method="POST"), pytest.raises(NotFound):
        act_on_file(lambda: "file", fail, discard=discarded.append, reshow=lambda: "the form")
    assert discarded == ["file"]


@pytest.mark.parametrize(
    ("data", "content", "is_chosen"),
    [
        ({}, b"", False),
        ({"scan": (io.BytesIO(b""), "")}, b"", False),
        ({"scan": (io.BytesIO(b""), "empty.pdf")}, b"", True),
        ({"scan": (io.BytesIO(b"%PDF"), "scan.pdf")}, b"%PDF", True),
    ],
    ids=["no field", "nothing chosen", "an empty file", "a file"],
)
def test_upload_when_read_gives_what_was_chosen(
    page: Flask, data: dict[str, Any], content: bytes, is_chosen: bool
) -> None:
    with page.test_request_context(method="POST", data=data):
        assert (was_chosen("scan"), read_upload("scan")) == (is_chosen, content)
