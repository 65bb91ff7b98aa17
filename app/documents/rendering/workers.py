"""Who lays papers out: a small pool of child processes that are kept warm, limited, timed and replaced.

A child that dies, hangs or runs out of memory costs its own paper and nothing else.
"""

import atexit
import json
import os
import select
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from time import monotonic

from app.documents.rendering.fontconfig import write_fontconfig
from app.documents.rendering.places import PROJECT
from app.errors import Unavailable

WALL_SECONDS = 20.0
BATCH_SECONDS = 60.0
START_SECONDS = 60.0
JOBS_PER_PROCESS = 100
PROCESSES = 2
_START = "import sys; sys.path.insert(0, sys.argv[1]); from app.documents.rendering.press import main; main()"


class PaperFault(RuntimeError):
    """A template, not the person at the desk, is at fault; the message names what the layout complained of."""


class _ProcessLost(Exception):
    """The child died or did not answer in time."""


@dataclass(frozen=True)
class Pressed:
    """A finished PDF, its number of pages and the way it was made: whole, laid out (first of its kind) or drawn."""

    pdf: bytes
    pages: int
    way: str = "whole"


class Pool:
    """At most PROCESSES children; `press` may be called from any thread."""

    def __init__(self) -> None:
        self._free: list[_Press] = []
        self._lock = Lock()
        self._places = BoundedSemaphore(PROCESSES)
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._forget)

    def press(self, html: str, *, seconds: float = WALL_SECONDS) -> Pressed:
        """Lay `html` out within `seconds`; Unavailable when the child fails, PaperFault when the template does."""
        with self._place():
            return self._press(html, seconds)

    def press_all(self, papers: Sequence[str]) -> Generator[Pressed | Exception, None, None]:
        """Lay out papers of one structure in one child, in order; what kept one from it comes in its place.

        A paper alone in its structure is laid out whole. Whoever stops listening costs the child.
        """
        if len(papers) == 1:
            yield self._press_or_fault(papers[0])
            return
        done = 0
        try:
            with self._place():
                for pressed in self._press_all(papers):
                    done += 1
                    yield pressed
        except (_ProcessLost, Unavailable):
            # Each of the rest by itself: the one at fault costs no other.
            for html in papers[done:]:
                yield self._press_or_fault(html)

    def warm(self) -> None:
        """Start one child ahead of the first paper."""
        with self._lock:
            waiting = bool(self._free)
        if not waiting:
            self._put(_Press())

    def close(self) -> None:
        """End all idle children."""
        with self._lock:
            idle, self._free = self._free, []
        for press in idle:
            press.close()

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=WALL_SECONDS * 3):
            raise Unavailable("正在生成的文书较多，请过一会儿再试。")
        try:
            yield
        finally:
            self._places.release()

    def _press_all(self, papers: Sequence[str]) -> Iterator[Pressed | PaperFault]:
        press = self._take()
        try:
            yield from press.work_all(papers)
        except BaseException:
            press.kill()
            raise
        self._put(press)

    def _press_or_fault(self, html: str) -> Pressed | Exception:
        try:
            return self.press(html)
        except (PaperFault, Unavailable) as error:
            return error

    def _press(self, html: str, seconds: float) -> Pressed:
        press = self._take()
        try:
            pressed = press.work(html, seconds)
        except PaperFault:
            self._put(press)
            raise
        except _ProcessLost as error:
            press.kill()
            raise Unavailable("文书没有排好版：内容过长或系统繁忙。请缩短正文，或者过一会儿再试。") from error
        except BaseException:
            press.kill()
            raise
        self._put(press)
        return pressed

    def _take(self) -> "_Press":
        with self._lock:
            while self._free:
                press = self._free.pop()
                if press.is_alive():
                    return press
                press.kill()
        try:
            return _Press()
        except _ProcessLost as error:
            raise Unavailable("文书暂时不能生成，请过一会儿再试。") from error

    def _put(self, press: "_Press") -> None:
        if press.jobs >= JOBS_PER_PROCESS:
            press.close()
            return
        with self._lock:
            self._free.append(press)

    def _forget(self) -> None:
        for press in self._free:
            press.abandon()
        self._free = []
        self._lock = Lock()
        self._places = BoundedSemaphore(PROCESSES)


class _Press:
    """One child process and the two pipes to it."""

    def __init__(self) -> None:
        self._folder = folder = Path(tempfile.mkdtemp(prefix="papers-"))
        self.jobs = 0
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(PROJECT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            bufsize=0,
        )
        try:
            self._read_answer(monotonic() + START_SECONDS)
        except BaseException:
            self.kill()
            raise

    def is_alive(self) -> bool:
        """Whether the child still runs."""
        return self._process.poll() is None

    def work(self, html: str, seconds: float) -> Pressed:
        """Send one paper and wait for its answer."""
        self.jobs += 1
        deadline = monotonic() + seconds
        text = html.encode()
        self._write(struct.pack(">Q", len(text)) + text, deadline)
        return self._read_pressed(deadline)

    def work_all(self, papers: Sequence[str]) -> Iterator[Pressed | PaperFault]:
        """Send papers of one structure and wait for their answers; the first comes when all are drawn."""
        self.jobs += 1
        text = json.dumps(papers).encode()
        self._write(struct.pack(">Q", len(text)) + text, monotonic() + WALL_SECONDS)
        seconds = BATCH_SECONDS
        for _ in papers:
            try:
                yield self._read_pressed(monotonic() + seconds)
            except PaperFault as fault:
                yield fault
            seconds = WALL_SECONDS

    def _read_pressed(self, deadline: float) -> Pressed:
        head, body = self._read_answer(deadline)
        if "fault" in head:
            raise PaperFault(str(head["fault"]))
        if "pages" not in head:
            raise _ProcessLost("out of memory")
        return Pressed(pdf=body, pages=int(str(head["pages"])), way=str(head.get("way", "whole")))

    def close(self) -> None:
        """Let the child end by itself, and end it when it does not."""
        stdin = self._process.stdin
        if stdin is not None:
            stdin.close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._release()

    def kill(self) -> None:
        """End the child at once."""
        self._process.kill()
        self._release()

    def abandon(self) -> None:
        """Drop the child of another process (after a fork) without touching it."""
        self._process.returncode = 0
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _release(self) -> None:
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _read_answer(self, deadline: float) -> tuple[dict[str, object], bytes]:
        head = json.loads(self._read_frame(deadline))
        return head, self._read_frame(deadline)

    def _read_frame(self, deadline: float) -> bytes:
        return self._read(struct.unpack(">Q", self._read(8, deadline))[0], deadline)

    def _read(self, size: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        found = bytearray()
        while len(found) < size:
            _wait_for(self._process.stdout.fileno(), select.POLLIN, deadline)
            chunk = os.read(self._process.stdout.fileno(), min(size - len(found), 1 << 20))
            if not chunk:
                raise _ProcessLost("the child ended")
            found += chunk
        return bytes(found)

    def _write(self, data: bytes, deadline: float) -> None:
        assert self._process.stdin is not None
        os.set_blocking(self._process.stdin.fileno(), False)
        rest = memoryview(data)
        while rest:
            _wait_for(self._process.stdin.fileno(), select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._process.stdin.fileno(), rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _ProcessLost("the child ended") from error


def _wait_for(descriptor: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    left = deadline - monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise _ProcessLost("no answer in time")


def _environment(folder: Path) -> dict[str, str]:
    # The child gets no secrets: only what it takes to find Python, libraries and fonts.
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "FONTCONFIG_FILE": str(write_fontconfig(folder)),
    }


pool = Pool()
