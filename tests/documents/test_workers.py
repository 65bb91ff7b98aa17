"""The layout processes: a lost one costs its own paper only, none outlives the program."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.documents.rendering import workers
from app.documents.rendering.places import PROJECT
from app.documents.rendering.workers import PaperFault, Pool
from app.errors import Unavailable

PAGE = "<html lang=zh><body style=\"font-family:'FandolFang'\"><p>甲乙丙</p></body></html>"


@pytest.fixture
def pool() -> Pool:
    """A pool of its own; it is closed like the product's at the end of the program."""
    return Pool()


def child_of(pool: Pool) -> subprocess.Popen[bytes]:
    """The idle child of a pool that printed once."""
    return pool._free[-1]._process


def test_press_when_used_again_keeps_the_process(pool: Pool) -> None:
    pool.press(PAGE)
    first = child_of(pool).pid
    pool.press(PAGE)

    assert child_of(pool).pid == first
    pool.close()


def test_press_when_the_process_was_killed_between_papers_starts_another(pool: Pool) -> None:
    pool.press(PAGE)
    os.kill(child_of(pool).pid, signal.SIGKILL)
    child_of(pool).wait()

    assert pool.press(PAGE).pages == 1
    pool.close()


def test_press_when_the_time_is_over_is_unavailable_and_the_next_works(pool: Pool) -> None:
    pool.press(PAGE)
    process = child_of(pool)
    os.kill(process.pid, signal.SIGSTOP)

    with pytest.raises(Unavailable):
        pool.press(PAGE, seconds=0.5)

    assert process.poll() is not None
    assert pool.press(PAGE).pages == 1
    pool.close()


def test_b177_press_when_a_page_is_far_too_heavy_is_unavailable(pool: Pool) -> None:
    rows = "<tr><td>甲</td></tr>" * 60_000

    with pytest.raises(Unavailable):
        pool.press(f"<html><table>{rows}</table></html>", seconds=3)

    assert pool.press(PAGE).pages == 1
    pool.close()


def test_press_when_tags_are_nested_three_thousand_deep_is_a_fault_not_a_crash(pool: Pool) -> None:
    with pytest.raises((PaperFault, Unavailable)):
        pool.press("<html>" + "<div>" * 3_000 + "甲</html>")

    assert pool.press(PAGE).pages == 1
    pool.close()


@pytest.mark.parametrize("style", ["p{width:fit-content;colour:red}", "p::nothing{color:red}"])
def test_press_when_the_layout_ignores_a_rule_is_a_fault(pool: Pool, style: str) -> None:
    with pytest.raises(PaperFault):
        pool.press(f"<html><style>{style}</style><p>甲</p></html>")
    pool.close()


def test_press_when_a_glyph_is_missing_is_a_fault(pool: Pool) -> None:
    with pytest.raises(PaperFault, match="notdef"):
        pool.press("<html><p>ⵣ</p></html>")
    pool.close()


def test_press_when_called_from_many_threads_gives_each_its_own_pages(pool: Pool) -> None:
    def pages(count: int) -> int:
        return pool.press("<html>" + '<p style="break-after:page">甲</p>' * count + "乙</html>").pages

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(pages, range(12))) == [count + 1 for count in range(12)]
    assert len(pool._free) <= workers.PROCESSES
    pool.close()


def test_press_when_it_has_printed_enough_is_replaced(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "JOBS_PER_PROCESS", 2)
    pool.press(PAGE)
    first = child_of(pool)
    pool.press(PAGE)

    assert first.poll() is not None
    assert pool._free == []
    assert pool.press(PAGE).pages == 1
    pool.close()


def test_child_when_started_gets_no_secrets(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    pool.press(PAGE)

    assert b"geheim" not in Path(f"/proc/{child_of(pool).pid}/environ").read_bytes()
    pool.close()


def test_program_when_it_ends_leaves_no_process_and_no_warning(tmp_path: Path) -> None:
    script = tmp_path / "once.py"
    script.write_text(
        f"from app.documents.rendering.workers import pool\npool.press({PAGE!r})\nprint(pool._free[-1]._process.pid)\n",
        encoding="utf-8",
    )

    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", str(script)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stderr == ""
    assert not Path(f"/proc/{done.stdout.strip()}").exists()


def test_fork_when_it_happens_leaves_the_parents_process_alone(pool: Pool) -> None:
    pool.press(PAGE)
    child = os.fork()
    if child == 0:
        os._exit(0 if pool._free == [] else 1)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert pool.press(PAGE).pages == 1
    pool.close()
