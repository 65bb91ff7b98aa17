"""A batch prints what the whole print prints: the same text, the same pixels, for every structure of the agreement."""

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from app.documents.rendering.batch.dealing import CHUNK, deal, press_all
from app.documents.rendering.batch.frame import take_apart
from app.documents.rendering.engine import Order, RenderedPaper, compose_order, render_batch
from app.documents.rendering.workers import Pool, Pressed, pool
from app.errors import RuleViolation
from tests.documents.batch.papers import NAMES, PAIR, STRUCTURES, agreement, order, orders_of, person
from tests.documents.reading import parts_of, text_of
from tests.documents.samples import water_leak


def rendered(orders: Sequence[Order]) -> dict[int, RenderedPaper]:
    """The papers of a batch; none may have failed."""
    done = dict(render_batch(orders))
    assert all(isinstance(paper, RenderedPaper) for paper in done.values()), done
    return done  # type: ignore[return-value]


def pictures_of(pdf: bytes, folder: Path) -> list[bytes]:
    """The pages at 100 dpi, in grey."""
    subprocess.run(["pdftoppm", "-r", "100", "-gray", "-", str(folder / "page")], input=pdf, check=True)
    files = sorted(folder.glob("page-*.pgm"))
    pictures = [file.read_bytes() for file in files]
    for file in files:
        file.unlink()
    return pictures


@pytest.mark.parametrize("structure", STRUCTURES)
def test_batch_when_printed_equals_the_whole_print_in_text_and_pixels(structure: str, tmp_path: Path) -> None:
    orders = orders_of(structure)
    done = rendered(orders)

    assert len(done) == len(orders)
    assert {paper.way for paper in done.values()} <= {"drawn", "laid out"}
    for each in orders:
        whole = pool.press(compose_order(each))
        assert done[each.id].pages == whole.pages
        assert text_of(done[each.id].pdf) == text_of(whole.pdf)
        assert pictures_of(done[each.id].pdf, tmp_path) == pictures_of(whole.pdf, tmp_path)


def test_batch_when_values_fit_lays_out_once_and_draws_the_rest() -> None:
    # Three payments: no other test prints them, so no process knows the structure.
    papers = [order(at, agreement(person(name, at), 100, 200, 300)) for at, name in enumerate(NAMES, 1)]

    ways = [paper.way for paper in rendered(papers).values()]

    assert sorted(ways) == ["drawn", "drawn", "laid out"]


@pytest.fixture(scope="module")
def mixed() -> dict[int, RenderedPaper]:
    """One batch of several structures."""
    return rendered([*orders_of("two payments"), *pair()])


def pair() -> list[Order]:
    """Two papers of another structure, one with a character few fonts have."""
    return [order(at, agreement(person(name, at), 4_200_000)) for at, name in ((50, "陶喆"), (51, "苗桂香"))]


def test_batch_when_a_paper_is_alone_in_its_structure_prints_it_whole() -> None:
    (paper,) = rendered(orders_of("one payment")[:1]).values()

    assert paper.way == "whole"
    assert paper.pdf == pool.press(compose_order(orders_of("one payment")[0])).pdf


def test_batch_when_printed_again_in_other_company_has_the_same_bytes(mixed: dict[int, RenderedPaper]) -> None:
    others = [order(90 + at, facts) for at, facts in enumerate(STRUCTURES["addresses of one to three lines"])]

    again = rendered([*others, *reversed(orders_of("two payments"))])

    assert {at: again[at].sha256 for at in (1, 2, 3)} == {at: mixed[at].sha256 for at in (1, 2, 3)}


def test_batch_when_printed_has_the_parts_of_a_whole_print(mixed: dict[int, RenderedPaper], tmp_path: Path) -> None:
    file = tmp_path / "one.pdf"
    file.write_bytes(mixed[50].pdf)
    whole = pool.press(compose_order(pair()[0])).pdf

    assert subprocess.run(["pdffonts", file], capture_output=True, check=True).stderr == b""
    assert parts_of(mixed[50].pdf) == parts_of(whole)
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_batch_when_printed_holds_no_glyph_of_another_person(mixed: dict[int, RenderedPaper], tmp_path: Path) -> None:
    file = tmp_path / "one.pdf"
    file.write_bytes(mixed[2].pdf)
    glyphs = set()
    with pikepdf.open(file) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            glyphs.update(font.ToUnicode.read_bytes().decode().split())

    assert f"<{ord('守'):04x}>" in glyphs
    assert not glyphs & {f"<{ord(char):04x}>" for char in "陶芬孔喆"}


def test_batch_when_a_paper_contradicts_itself_leaves_out_that_one() -> None:
    (good, *_), bad = orders_of("one payment"), order(7, replace(water_leak(), copies=1))

    done = dict(render_batch([bad, good]))

    assert isinstance(done[7], RuleViolation)
    assert isinstance(done[1], RenderedPaper)


def test_batch_when_the_process_is_lost_prints_the_rest_one_by_one() -> None:
    own = Pool()
    papers = [compose_order(each) for each in orders_of("one payment")]
    own.warm()
    child = own._free[0]._process
    with closing(own.press_all(papers)) as pressed:
        first = next(pressed)
        os.kill(child.pid, signal.SIGKILL)
        rest = list(pressed)
    own.close()

    assert isinstance(first, Pressed)
    assert [each.pages for each in rest if isinstance(each, Pressed)] == [first.pages] * 2


def test_batch_when_nobody_listens_any_more_ends_its_work() -> None:
    papers = [compose_order(each) for each in orders_of("one payment")]

    results: Iterator[object] = press_all(papers * 12)
    next(results)
    results.close()  # type: ignore[attr-defined]

    assert pool.press(papers[0]).pages == 3


def test_papers_when_dealt_are_kept_by_structure_and_shared_out() -> None:
    one, two = (compose_order(orders_of(name)[0]) for name in ("one payment", "two payments"))
    papers = [one, two] * CHUNK

    hands = deal(papers)

    assert sorted(at for hand in hands for chunk in hand for at in chunk) == list(range(2 * CHUNK))
    assert [len({papers[at] for chunk in hand for at in chunk}) for hand in hands] == [1, 1]


def test_frame_when_texts_differ_is_the_same_and_when_tags_differ_is_not() -> None:
    papers = [compose_order(each) for each in orders_of("two payments")]
    frames = {take_apart(html)[0] for html in papers}

    assert len(frames) == 1
    assert take_apart(compose_order(orders_of("one payment")[0]))[0] not in frames
    values = take_apart(papers[1])[1]
    assert values.number == "（2025）滨澜人调字第12-002号"
    assert "梁守田" in values.texts
    assert "梁守田" not in "".join(frames)


def test_frame_when_a_text_is_empty_differs_from_one_with_a_value() -> None:
    facts = agreement(person("陶玉芬", 1), *PAIR)

    with_words = compose_order(order(1, facts))
    without = compose_order(order(1, replace(facts, performance_manner="银行转账。")))

    assert take_apart(with_words)[0] != take_apart(without)[0]
