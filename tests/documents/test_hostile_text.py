"""Text that tries to be markup, template, file or address is printed as it was typed (B170–B178)."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread

import pytest

from app.documents.papers.agreements import MediationAgreementFacts
from app.documents.rendering.composing import Paper, PaperState
from app.documents.rendering.engine import RenderedPaper, render_paper
from app.documents.rendering.glyphs import MissingGlyph
from app.documents.rendering.workers import PaperFault, pool
from tests.documents.reading import parts_of, squeezed, text_of
from tests.documents.samples import CHECK_URL, CODE, record, water_leak


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A listening port of this machine and whoever knocked."""
    knocks: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            knocks.append(b"hit")
            caller.close()

    thread = Thread(target=listen, daemon=True)
    thread.start()
    yield server.getsockname()[1], knocks
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(timeout=5)


def typed(text: str) -> MediationAgreementFacts:
    """The sample agreement with that text in its facts and terms."""
    return replace(water_leak(), facts_and_issues=text, terms=(text,))


def print_out(facts: MediationAgreementFacts) -> RenderedPaper:
    paper = Paper(type_name="mediation_agreement", number="(2025)滨澜人调字第31号", facts=facts)
    return render_paper(paper, state=PaperState.ISSUED, code=CODE, check_url=CHECK_URL, marks=None)


@pytest.mark.parametrize(
    "attack",
    [
        '<a rel="attachment" href="file:///etc/passwd">甲</a>',
        '<link rel=attachment href="file:///etc/hostname">',
        '<object data="file:///etc/passwd"></object><embed src="http://127.0.0.1:PORT/x"><iframe src="file:///"></iframe>',
        '<img src="http://127.0.0.1:PORT/x">',
        '<img src="http://169.254.169.254/latest/meta-data/">',
        '<img src="gopher://127.0.0.1:PORT/"><img src="ftp://[::1]/">',
        '<style>@import url("http://127.0.0.1:PORT/a.css"); p{background:url(file:///etc/passwd)}</style>',
        '<svg><image href="http://127.0.0.1:PORT/x"/></svg>',
        "{{ 7*7 }}{% for x in ().__class__.__bases__ %}{{ x }}{% endfor %}{{ config }}",
        "</style><script>alert(1)</script>&lt;b&gt;&#65;",
    ],
)
def test_b170_text_when_it_looks_like_markup_is_printed_and_nothing_is_loaded(
    attack: str, listener: tuple[int, list[bytes]]
) -> None:
    port, knocks = listener
    text = attack.replace("PORT", str(port))

    rendered = print_out(typed(text))

    assert squeezed(text_of(rendered.pdf)).count(squeezed(text)) == 2
    _, attachments, _ = parts_of(rendered.pdf)
    assert attachments == 0
    assert b"root:x:" not in rendered.pdf
    assert knocks == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x", "data:text/css,p{}"])
def test_b172_layout_when_a_template_asks_for_an_address_is_refused(address: str) -> None:
    with pytest.raises(PaperFault, match="refused to load"):
        pool.press(f'<html><link rel="stylesheet" href="{address}"><p>甲</p></html>')


def test_b173_layout_when_a_style_sheet_imports_is_refused() -> None:
    with pytest.raises(PaperFault, match="refused to load"):
        pool.press('<html><style>p{background:url("file:///etc/passwd")}</style><p>甲</p></html>')


def test_b177_text_when_twenty_thousand_characters_have_no_break_is_printed_whole() -> None:
    rendered = print_out(replace(water_leak(), facts_and_issues="A" * 20_000))

    assert "A" * 600 in squeezed(text_of(rendered.pdf, page=3))
    assert squeezed(text_of(rendered.pdf)).count("A") == 20_000


def test_b177_record_when_it_has_three_hundred_turns_keeps_them_all() -> None:
    facts = record()
    long = replace(facts, turns=facts.turns * 50)

    rendered = render_paper(
        Paper(type_name="mediation_record", facts=long),
        state=PaperState.ISSUED,
        code=CODE,
        check_url=CHECK_URL,
        marks=None,
    )

    assert rendered.pages > 20
    assert squeezed(text_of(rendered.pdf)).count("认可，分三次付清可以") == 50


@pytest.mark.parametrize("char", ["\ue000", "\U000f0000", "ⵣ", "\u200b", "\u202e", "\x00", "\ufffe"])
def test_b178_text_when_a_character_cannot_be_drawn_is_refused_naming_character_and_field(char: str) -> None:
    with pytest.raises(MissingGlyph) as refusal:
        print_out(typed(f"甲方{char}与乙方"))

    assert f"U+{ord(char):04X}" in refusal.value.message
    assert "纠纷主要事实和争议事项" in refusal.value.message


def test_b178_names_when_rare_come_back_out_of_the_text_layer() -> None:
    names = ("𠮷田䶮", "迪丽努尔·艾合买提江", "㛃堃喆犇𡃁", "欧阳赟玥镕")
    facts = water_leak()
    people = tuple(replace(facts.parties[0], signer=f"p{count}", name=name) for count, name in enumerate(names))

    text = squeezed(text_of(print_out(replace(facts, parties=people, copies=5)).pdf))

    for name in names:
        assert name in text


def test_text_when_it_has_the_wide_yuan_sign_is_printed_with_the_narrow_one() -> None:
    text = squeezed(text_of(print_out(typed("赔偿￥9000")).pdf))

    assert "赔偿¥9000" in text
    assert "$" not in text
