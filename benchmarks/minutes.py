"""Is a word of the minutes ever lost, doubled or out of order when the server is killed while two clerks type?

Over HTTP against a real `flask serve` with two web processes. In each round both clerks type; kill -9 hits one web
process at a random moment, in every tenth round the whole process group, which is then started again. A clerk sends a
turn until it is acknowledged, and now and then once more afterwards. What the page shows at the end is compared with
what was acknowledged. Prints one JSON line; `--rounds N` changes the 100 rounds.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

from tests.journeys.conftest import Product
from tests.journeys.hearing_desk import SeededHearing, run_clock_from, seed_hearing

ROUNDS, WHOLE_EVERY = 100, 10
PAUSE_SECONDS, LONGEST_AGE_MS = 0.08, 3000
READY_SECONDS, ANSWER_SECONDS = 120, 15
CALM_TURNS = 2
"""How many turns each clerk gets through between two kills."""
ROOT = Path(__file__).resolve().parents[1]
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
SPEAKER = re.compile(r'name="speaker" value="([^"]+)"')
CLIENT_ID = re.compile(r'data-client-id="(bench[a-z0-9]+-\d+)"')


class Server:
    """`flask serve` on one port; can be hit anywhere and started again."""

    def __init__(self, product: Product) -> None:
        self.product = product
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            product.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = {**self.product.environment, "APP_WORKERS": "2", "APP_THREADS": "4"}
        with (self.product.folder / "serve.log").open("ab") as log:
            command = [sys.executable, "-m", "flask", "serve"]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Return when a page is served."""
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            with suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(f"{self.product.url}/healthz", timeout=2).close()
                return
            time.sleep(0.1)
        raise RuntimeError("the server did not come back")

    def kill_one(self) -> None:
        """kill -9 to one web process."""
        assert self.process is not None
        grandchildren = [pid for child in children_of(self.process.pid) for pid in children_of(child)]
        if grandchildren:
            with suppress(ProcessLookupError):
                os.kill(random.choice(grandchildren), signal.SIGKILL)

    def kill_all(self) -> None:
        """kill -9 to everything that `flask serve` has started."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as an operator would."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)


def children_of(pid: int) -> list[int]:
    """The processes that this one has started."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@dataclass
class Clerk:
    """A clerk's browser as far as turns go: one after the other, each sent until it is acknowledged."""

    product: Product
    seeded: SeededHearing
    username: str
    device: str
    acknowledged: list[str] = field(default_factory=list)
    is_done: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.token = ""
        self.cursor = ""

    @property
    def page_url(self) -> str:
        """The desk."""
        return f"{self.product.url}/hearings/{self.seeded.public_id}/live"

    def sit_down(self) -> None:
        """Log in and open the desk."""
        login = f"{self.product.url}/login"
        self.token = TOKEN.findall(self.read(login))[0]
        self.post(login, username=self.username, password=self.seeded.password)
        page = self.read(self.page_url)
        self.token, self.speakers = TOKEN.findall(page)[0], SPEAKER.findall(page)

    def type_on(self) -> None:
        """Type until told to stop; for a thread."""
        chance = random.Random(self.device)
        while not self.is_done.is_set():
            number = len(self.acknowledged)
            mark = f"{self.device}-{number}"
            fields = {
                "client_id": mark,
                "speaker": chance.choice(self.speakers),
                "kind": "statement",
                "text": f"{self.username} 第 {number} 段",
                "device": self.device,
            }
            began = time.monotonic() - chance.random() * LONGEST_AGE_MS / 1000
            for _ in range(2 if chance.random() < 0.1 else 1):
                self.send_until_taken(fields, began)
            self.acknowledged.append(mark)
            time.sleep(chance.random() * PAUSE_SECONDS)

    def send_until_taken(self, fields: dict[str, str], began: float) -> None:
        """Send one turn again and again, as the page does, until the server says that it has it."""
        while True:
            age = int((time.monotonic() - began) * 1000)
            with suppress(OSError, urllib.error.URLError, ValueError):
                news = json.loads(self.post(f"{self.page_url}/turns", **fields, age=str(age), after=self.cursor))
                self.cursor = news["cursor"]
                return
            time.sleep(0.05)

    def read(self, url: str) -> str:
        """GET a page."""
        with self.browser.open(url, timeout=ANSWER_SECONDS) as answer:
            return str(answer.read().decode())

    def post(self, url: str, **fields: str) -> str:
        """POST a form, asking for JSON."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        request = urllib.request.Request(url, body, {"Accept": "application/json"})
        with self.browser.open(request, timeout=ANSWER_SECONDS) as answer:
            return str(answer.read().decode())


def main() -> None:
    """Run the rounds and print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    folder = Path(tempfile.mkdtemp(prefix="fangtiao-minutes-"))
    try:
        print(json.dumps(measure(folder, rounds)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, rounds: int) -> dict[str, int | float]:
    """Seed a sitting, let two clerks type through the kills, compare."""
    (folder / "data").mkdir()
    product = Product(folder, "")
    product.set_now("2025-06-11 09:00")
    product.flask("db", "upgrade")
    seeded = seed_hearing(product)
    run_clock_from(product, 9)
    server = Server(product)
    server.start()
    try:
        clerks = [
            Clerk(product, seeded, seeded.first_clerk, "benchfirst"),
            Clerk(product, seeded, seeded.second_clerk, "benchsecond"),
        ]
        began = time.monotonic()
        whole = type_through(server, clerks, rounds)
        took = time.monotonic() - began
        shown = CLIENT_ID.findall(clerks[0].read(clerks[0].page_url))
    finally:
        server.stop()
    acknowledged = [mark for clerk in clerks for mark in clerk.acknowledged]
    return {
        "rounds": rounds,
        "whole_server_killed": whole,
        "turns": len(acknowledged),
        "lost": len(set(acknowledged) - set(shown)),
        "duplicated": len(shown) - len(set(shown)),
        "disordered": sum(count_disordered(shown, clerk.device) for clerk in clerks),
        "seconds": round(took, 1),
    }


def type_through(server: Server, clerks: list[Clerk], rounds: int) -> int:
    """Both type; a kill a round, each a few turns after the last; gives how often all of the server was killed."""
    for clerk in clerks:
        clerk.sit_down()
    threads = [threading.Thread(target=clerk.type_on) for clerk in clerks]
    for thread in threads:
        thread.start()
    whole = 0
    for number in range(1, rounds + 1):
        wait_for_turns(clerks, CALM_TURNS)
        time.sleep(random.random() * PAUSE_SECONDS)
        if number % WHOLE_EVERY:
            server.kill_one()
        else:
            server.kill_all()
            server.start()
            whole += 1
    wait_for_turns(clerks, CALM_TURNS)
    for clerk, thread in zip(clerks, threads, strict=True):
        clerk.is_done.set()
        thread.join(timeout=READY_SECONDS)
    return whole


def wait_for_turns(clerks: list[Clerk], count: int) -> None:
    """Return when each clerk has got so many turns further."""
    goals = [len(clerk.acknowledged) + count for clerk in clerks]
    end = time.monotonic() + READY_SECONDS
    while any(len(clerk.acknowledged) < goal for clerk, goal in zip(clerks, goals, strict=True)):
        if time.monotonic() > end:
            raise RuntimeError("the clerks do not get on")
        time.sleep(0.02)


def count_disordered(shown: list[str], device: str) -> int:
    """How often a clerk's turn stands before one that he recorded earlier."""
    places = [int(mark.rpartition("-")[2]) for mark in shown if mark.startswith(f"{device}-")]
    return sum(1 for one, other in pairwise(places) if other < one)


if __name__ == "__main__":
    main()
