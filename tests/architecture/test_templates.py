"""The pages keep to the strict content security policy and to one set of components."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
PAGES = sorted(file for file in TEMPLATES.rglob("*.html") if "documents" not in file.relative_to(TEMPLATES).parts)
ICONS = set(re.sub(r"#.*", "", (ROOT / "frontend/src/icons.txt").read_text()).split())
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|https?://", re.IGNORECASE)
ICON_CALLS = re.compile(r"(?:sprite|icon)\('([a-z0-9-]+)'|\bicon(?:_name|_after)?='([a-z0-9-]+)'")
INNER = {"sprite", "icon", "req", "notes", "described", "input", "choice_group", "btn_class", "step_word", "step_icon"}
INNER |= {"condition", "post_button", "hidden", "textarea", "form_close", "lamp"}
NASTY = "\"><img src=x>'&"


@cache
def environment() -> Environment:
    """The templates with the globals they count on, the application left out."""
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    env.globals.update(
        static_url=lambda name: f"/static/dist/{name}",
        csrf_token=lambda: "token",
        get_flashed_messages=lambda with_categories: [],
    )
    return env


def macros() -> Any:
    return environment().get_template("_ui/macros.html").module


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_page_has_no_inline_style_or_script_or_foreign_address(file: Path) -> None:
    assert INLINE.findall(file.read_text()) == []


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_page_asks_only_for_icons_of_the_sprite(file: Path) -> None:
    asked = {first or second for first, second in ICON_CALLS.findall(file.read_text())}
    assert asked - ICONS == set()


def test_style_guide_shows_every_component() -> None:
    source = (TEMPLATES / "styleguide.html").read_text()
    names = set(re.findall(r"macro (\w+)\(", (TEMPLATES / "_ui/macros.html").read_text()))
    missing = {name for name in names - INNER if f"ui.{name}(" not in source}
    assert missing == set()
    assert "有 2 处要改" in environment().get_template("styleguide.html").render()


@pytest.mark.parametrize(
    "field", ["text_field", "textarea", "date_field", "amount_field", "id_number_field", "phone_field", "reason_field"]
)
def test_field_keeps_what_was_typed_and_escapes_it(field: str) -> None:
    html = str(getattr(macros(), field)("claim", "诉求", value=NASTY, error=NASTY))
    assert "<img" not in html
    assert "&#34;&gt;&lt;img src=x&gt;&#39;&amp;" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="f-claim-error"' in html


def test_masked_value_without_permission_offers_no_reveal() -> None:
    assert "form" not in str(macros().masked("138****0126"))
    assert 'action="/reveal"' in str(macros().masked("138****0126", "/reveal"))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503])
@pytest.mark.parametrize("path", ["/matters/1", "/p/progress", "/verify"])
def test_refusal_page_shows_message_and_typed_text_without_log_in(status: int, path: str) -> None:
    page = environment().get_template("errors/refusal.html")
    html = page.render(
        status=status,
        message="请写明理由。",
        error=None,
        typed=[("claim", NASTY)],
        error_code="A7K2",
        request={"path": path, "full_path": f"{path}?"},
    )
    assert "请写明理由。" in html
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html
    assert ("A7K2" in html) == (status >= 500)


@pytest.mark.parametrize(
    ("start", "length", "placed"),
    [(0, 1, "ft-q-0 ft-len-1"), (36, 9, "ft-q-36 ft-len-4"), (-2, 4, "ft-q-0 ft-len-2"), (41, 4, "ft-q-39 ft-len-1")],
)
def test_day_board_places_sessions_inside_opening_hours(start: int, length: int, placed: str) -> None:
    session = {"start_q": start, "length_q": length, "title": "接谈", "sub": "", "state": "fixed", "url": "#"}
    board = environment().get_template("_ui/board.html").module
    html = str(board.day_board([{"name": "第一调解室", "note": "", "sessions": [session]}]))  # type: ignore[attr-defined]
    assert placed in html
