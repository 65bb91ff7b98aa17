"""kill -9 while many sign and while the seal is put on: nothing acknowledged is lost, none twice, no file torn (P12).

Three tablets send over HTTP to a process that serves and does the worker's part; it is killed at random moments and
started again. `python -m tests.collective.test_signing_kill FOLDER 100` goes on for a hundred kills and says what it
found.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.audit.models import AuditEvent
from app.cli.checks import CHECKS
from app.collective.models import ModelSettlement, Roster
from app.documents.models import IssuedPaper, RevisionKind
from app.documents.queries import read_bytes
from app.documents.rules import find_number_gaps
from app.extensions import db
from app.jobs.models import Job
from app.jobs.rules import JobStatus
from app.people.models import Account
from app.signing import sealing
from app.signing.models import SigningRound, SigningSlot
from app.signing.rules import RoundState, read_strokes
from tests.agreements.helpers import STROKES
from tests.collective.settling import Wanted, frozen_settlement, make_settling, print_all
from tests.collective.test_batch_kill import house
from tests.factories import log_in
from tests.signing.test_kill import settings_of

DAY = "2025-04-11T10:00+08:00"
CLAIMANTS, TABLETS = 3, 3
AWAY = timedelta(minutes=2)
"""So long the office is away after a kill: longer than the worker waits for a request that closes a paper."""
FOUND = 302
LONGEST_SECONDS = 180
SERVING = """
import sys
from threading import Thread
from werkzeug.serving import make_server
from app import create_app
from app.worker import run_worker

app = create_app()
app.config["WTF_CSRF_ENABLED"] = False
server = make_server("127.0.0.1", 0, app, threaded=True)
Thread(target=server.serve_forever, daemon=True).start()
sys.stdout.write(f"{server.port}\\n")
sys.stdout.flush()
run_worker(app)
"""


@dataclass
class Office:
    """The process that is killed, and its clock."""

    folder: Path
    now: datetime = field(default_factory=lambda: datetime.fromisoformat(DAY))
    port: int = 0
    process: "subprocess.Popen[str] | None" = None
    kills: int = 0

    @property
    def environment(self) -> dict[str, str]:
        """The settings of the installation in the folder, and the clock of the office."""
        settings = settings_of(self.folder)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("APP_")}
        return {
            **inherited,
            "APP_ENV": settings.env,
            "APP_DATA_DIR": str(self.folder),
            "APP_DATABASE_URL": settings.database_url,
            "APP_SECRET_KEY": settings.secret_key,
            "APP_FAKE_NOW": str(self.folder / "now"),
        }

    def start(self) -> None:
        """Start it and wait until it listens."""
        (self.folder / "now").write_text(self.now.isoformat())
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVING],
                env=self.environment,
                start_new_session=True,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def kill(self) -> int:
        """kill -9 to all of it; gives the exit code."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        with self.process:
            return self.process.wait(timeout=LONGEST_SECONDS)

    def close(self) -> int:
        """End it as an operator would; gives the exit code."""
        assert self.process is not None
        with self.process:
            self.process.terminate()
            return self.process.wait(timeout=LONGEST_SECONDS)

    def kill_after(self, seconds: float) -> None:
        """Kill it at that moment, and start it again some minutes later."""
        time.sleep(seconds)
        self.kills += self.kill() == -signal.SIGKILL
        self.now += AWAY
        self.start()

    def send(self, path: str, fields: dict[str, str], cookie: str) -> None:
        """Send a form again and again, as somebody at a tablet does, until the office says that it has it."""
        end = time.monotonic() + LONGEST_SECONDS
        head = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        while time.monotonic() < end:
            try:
                with closing(HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_SECONDS)) as connection:
                    connection.request("POST", path, urlencode(fields), head)
                    answer = connection.getresponse()
                    assert answer.status == FOUND, (path, answer.status, answer.read().decode()[:3000])
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
        raise AssertionError(f"{path} was never taken")

    def wait_until(self, is_so: Callable[[sqlite3.Connection], bool]) -> None:
        """Return once the rows say so."""
        end = time.monotonic() + LONGEST_SECONDS
        with closing(sqlite3.connect(self.folder / "kill.sqlite3")) as connection:
            while not is_so(connection):
                assert time.monotonic() < end, (self.folder / "serve.log").read_text()[-3000:]
                time.sleep(0.1)


@dataclass(frozen=True)
class Place:
    """One place to sign: whose tablet sends it, under which log-in, with which drawing."""

    page: str
    key: str
    cookie: str
    shown_sha256: str
    strokes: str
    needs_document: bool


@dataclass
class World:
    """What the tablets do, and what they were told was kept."""

    places: list[Place]
    seal_page: str
    cookie: str
    acknowledged: list[Place] = field(default_factory=list)

    def sign_on(self, office: Office, tablet: int) -> None:
        """Send every place of one tablet; now and then once more, as after an answer that did not come."""
        chance = random.Random(tablet)
        for place in self.places[tablet::TABLETS]:
            if place.needs_document:
                form = {"has_read": "1", "document": "id_card", "shown_sha256": place.shown_sha256}
                office.send(f"{place.page}/{place.key}", form, place.cookie)
            for _time in range(1 + (chance.random() < 0.2)):
                form = {"strokes": place.strokes, "shown_sha256": place.shown_sha256}
                office.send(f"{place.page}/{place.key}/pad", form, place.cookie)
                self.acknowledged.append(place)


def build(folder: Path) -> None:
    """A settlement whose agreements are printed and wait for their signers."""
    with house(folder, "2025-04-07T10:00+08:00"):
        db.create_all()
        world = make_settling(Wanted(seven_years=CLAIMANTS, six_years=0))
        print_all(world, frozen_settlement(world))


@contextmanager
def at_the_door(folder: Path) -> Iterator[World]:
    """Everybody logged in, every place to sign with a drawing of its own."""
    with house(folder, DAY):
        app = create_app(replace(settings_of(folder), fake_now_file=folder / "now"))
        app.config["WTF_CSRF_ENABLED"] = False
        clerk = db.session.scalars(sa.select(ModelSettlement.frozen_by)).one()
        officials = set(
            db.session.scalars(sa.select(SigningSlot.account_id).where(SigningSlot.account_id.is_not(None)))
        )
        cookies = {account_id: _cookie_of(app, account_id) for account_id in {clerk, *officials}}
        places = [
            Place(
                f"/agreements/{agreement.public_id}/sign",
                slot.key,
                cookies[slot.account_id or clerk],
                agreement.paper.latest.sha256,
                STROKES.replace("[40, 60]", f"[40, {60 + slot.id}]"),
                needs_document=slot.account_id is None,
            )
            for agreement, slot in db.session.execute(
                sa.select(Agreement, SigningSlot)
                .join(SigningRound, SigningRound.paper_id == Agreement.paper_id)
                .join(SigningSlot, SigningSlot.round_id == SigningRound.id)
                .order_by(SigningSlot.id)
            )
        ]
        roster = db.session.scalars(sa.select(Roster.public_id)).one()
        yield World(places, f"/rosters/{roster}/seal", cookies[clerk])


def _cookie_of(app: Flask, account_id: int) -> str:
    client = log_in(app.test_client(), db.session.get_one(Account, account_id))
    cookie = client.get_cookie("session")
    assert cookie is not None
    return f"session={cookie.value}"


def sign_and_seal(folder: Path, *, while_signing: list[float], while_sealing: list[float]) -> tuple[World, int]:
    """A day of signing with kills at these seconds; gives what was acknowledged and how often it was really killed."""
    office = Office(folder)
    with at_the_door(folder) as world:
        pass
    office.start()
    try:
        with ThreadPoolExecutor(TABLETS) as tablets:
            signing = [tablets.submit(world.sign_on, office, tablet) for tablet in range(TABLETS)]
            for seconds in while_signing:
                office.kill_after(seconds)
            for each in signing:
                each.result()
        office.send(world.seal_page, {"idempotency_key": "seal-of-the-day"}, world.cookie)
        for seconds in while_sealing:
            office.kill_after(seconds)
        office.wait_until(is_quiet)
        assert office.close() == 0
    finally:
        if office.process is not None and office.process.poll() is None:
            office.kill()
    return world, office.kills


def is_quiet(connection: sqlite3.Connection) -> bool:
    """No job is open and no paper waits to be closed."""
    jobs = connection.execute("select count(*) from job where is_open").fetchone()[0]
    return jobs + connection.execute("select count(*) from signing_round where state = 'closing'").fetchone()[0] == 0


def check(folder: Path, world: World) -> None:
    """Nothing lost, doubled or torn; numbers without gap; the job has ended by itself; `flask verify` is clean."""
    with house(folder, DAY):
        _check_signatures(world)
        agreements = db.session.scalars(sa.select(Agreement).order_by(Agreement.id)).all()
        assert [row.status for row in agreements] == [AgreementStatus.EFFECTIVE] * CLAIMANTS
        assert len({row.effective_on for row in agreements}) == 1
        papers = [row.paper for row in agreements]
        assert find_number_gaps([paper.n for paper in papers if paper and paper.n], CLAIMANTS) == []
        for paper in papers:
            assert paper is not None
            _check_files(paper)
        assert set(db.session.scalars(sa.select(SigningRound.state))) == {RoundState.CLOSED}
        job = db.session.scalars(sa.select(Job).where(Job.kind == "seal_agreements")).one()
        assert (job.status, job.failures) == (JobStatus.DONE, [])
        # The accounts of tests are made without the log.
        assert {name: found for name, find in CHECKS if name != "roles" and (found := list(find()))} == {}


def _check_signatures(world: World) -> None:
    slots = {
        (f"/agreements/{public_id}/sign", slot.key): slot
        for public_id, slot in db.session.execute(
            sa.select(Agreement.public_id, SigningSlot)
            .join(SigningRound, SigningRound.paper_id == Agreement.paper_id)
            .join(SigningSlot, SigningSlot.round_id == SigningRound.id)
        )
    }
    assert {(place.page, place.key) for place in world.acknowledged} == set(slots)
    for place in world.acknowledged:
        signature = slots[place.page, place.key].signature
        assert signature is not None
        assert signature.strokes == read_strokes(place.strokes).to_json()
        assert signature.shown_sha256 == place.shown_sha256
    acts = db.session.execute(sa.select(AuditEvent.act, AuditEvent.object_id, AuditEvent.detail)).all()
    signed = Counter((row.object_id, row.detail["slot"]) for row in acts if row.act == "signing.sign")
    assert set(signed.values()) == {1}
    assert len(signed) == len(slots)
    for act in ("signing.seal", "signing.close", "signing.closed"):
        assert sorted(Counter(row.object_id for row in acts if row.act == act).values()) == [1] * CLAIMANTS


def _check_files(paper: IssuedPaper) -> None:
    assert [row.kind for row in paper.revisions] == [RevisionKind.ISSUED, RevisionKind.SIGNED]
    assert all(read_bytes(row).startswith(b"%PDF") for row in paper.revisions)
    assert sealing.check_seal(read_bytes(paper.revisions[-1])).intact


@pytest.fixture(scope="module")
def printed_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation in which the agreements wait to be signed."""
    folder = tmp_path_factory.mktemp("printed")
    build(folder)
    return folder


def test_p12_office_when_killed_while_signing_and_while_sealing_loses_doubles_and_tears_nothing(
    printed_house: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "house"
    shutil.copytree(printed_house, folder)
    world, kills = sign_and_seal(folder, while_signing=[0.4], while_sealing=[0.9])
    assert kills == 2
    check(folder, world)


def main(folder: Path, rounds: int) -> None:
    """Many days, each with four kills at random moments; stops at the first that fails."""
    build(folder / "printed")
    chance, kills, signatures = random.Random(428), 0, 0
    for number in range(1, -(-rounds // 4) + 1):
        house_of_round = folder / "round"
        shutil.copytree(folder / "printed", house_of_round)
        world, killed = sign_and_seal(
            house_of_round,
            while_signing=[chance.uniform(0.0, 1.0) for _kill in range(2)],
            while_sealing=[chance.uniform(0.0, 2.5) for _kill in range(2)],
        )
        check(house_of_round, world)
        shutil.rmtree(house_of_round)
        kills, signatures = kills + killed, signatures + len(world.places)
        sys.stdout.write(f"day {number}: {kills} kills, {signatures} signatures, 0 lost, 0 doubled, 0 torn, no gap\n")
        sys.stdout.flush()


if __name__ == "__main__":
    folder_of_all = Path(sys.argv[1])
    (folder_of_all / "printed").mkdir(parents=True)
    main(folder_of_all, int(sys.argv[2]))
