"""The reader of scanned pages in a process of its own: it dies, hangs or runs out of memory alone."""

import base64
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import Any

from app.documents.rendering.places import PROJECT
from app.errors import Unavailable

WALL_SECONDS = 30.0
THUMBS_AT_ONCE = 2
_START = "import sys; sys.path.insert(0, sys.argv[1]); from app.documents.reading.reader import main; main()"

_places = BoundedSemaphore(THUMBS_AT_ONCE)


class ReaderLost(Exception):
    """The child died, did not answer in time or could not draw the page."""


@dataclass(frozen=True)
class Look:
    """What a scanned page shows: the text of its code, or that it is blank."""

    code: str | None
    is_blank: bool


@dataclass(frozen=True)
class Match:
    """Which page it is (None: unclear), and by how many degrees it lies turned clockwise."""

    number: int | None
    turn: int


class ReaderProcess:
    """One child; what it is asked for a page it is asked while that page is the last one looked at."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._process = self._start()

    def look(self, path: Path, position: int) -> Look:
        """Look at one page of a PDF, counted from 1; ReaderLost when it cannot be drawn."""
        if self._process.poll() is not None:
            self.close()
            self._process = self._start()
        told = self._ask({"look": position, "file": str(path)})
        return Look(told["code"], told["blank"])

    def match(self, printed: Path) -> Match:
        """Lay the page looked at last over each page of a printed paper that carries the same code."""
        told = self._ask({"match": str(printed)})
        return Match(told["number"], told["turn"])

    def thumb(self, path: Path, position: int, turn: int) -> bytes:
        """One page as a small JPEG, turned back."""
        return base64.b64decode(self._ask({"thumb": position, "file": str(path), "turn": turn})["jpeg"])

    def close(self) -> None:
        """End the child at once."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(PROJECT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            env={"LANG": "C.UTF-8", "TMPDIR": self._folder},
        )

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = Timer(WALL_SECONDS, self._process.kill)
        timer.start()
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except OSError as error:
            raise ReaderLost("the reader died") from error
        finally:
            timer.cancel()
        told: dict[str, Any] = json.loads(line) if line else {"fault": "died"}
        if "fault" in told:
            raise ReaderLost(str(told["fault"]))
        return told


@contextmanager
def reader_process() -> Iterator[ReaderProcess]:
    """A reader that ends with the block."""
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        reader = ReaderProcess(folder)
        try:
            yield reader
        finally:
            reader.close()


def thumb_of(path: Path, position: int, turn: int) -> bytes:
    """One scanned page as a small JPEG; Unavailable when it cannot be drawn."""
    with _places, reader_process() as reader:
        try:
            return reader.thumb(path, position, turn)
        except ReaderLost as lost:
            raise Unavailable("这一页画不出来。请重新扫描这一页。") from lost
