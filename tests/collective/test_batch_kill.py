"""kill -9 while agreements are made: none lost, none twice, none torn, the numbers without gap (INV-30).

`python -m tests.collective.test_batch_kill FOLDER 100` goes on for a hundred rounds and says what it found.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app import create_app
from app.agreements.models import Agreement
from app.collective.actions.batch import start_printing
from app.collective.models import ModelSettlement, SettlementAgreement
from app.documents.models import IssuedPaper
from app.documents.queries import read_bytes
from app.documents.rules import find_number_gaps
from app.extensions import db
from app.jobs.models import Job
from app.jobs.rules import JobStatus
from app.jobs.running import run_job
from app.law import clock
from app.people.models import Account
from app.web.transaction import transaction
from tests.collective.settling import KINDS, Wanted, frozen_settlement, make_settling
from tests.signing.test_kill import settings_of

DAY = "2025-04-07T10:00+08:00"
CLAIMANTS = 8
WORKING = """
import sys
from pathlib import Path
from tests.collective.test_batch_kill import house, work
with house(Path(sys.argv[1]), sys.argv[2]):
    work()
"""
WAITING = (
    WORKING
    + """
import signal
signal.pause()
"""
)
"""It is still there at the moment of its kill, however fast the machine has done the work."""


@contextmanager
def house(folder: Path, now: str) -> Iterator[None]:
    """The installation in that folder at that moment; files of the batch are made one after another."""
    file = folder / "now"
    file.write_text(now)
    with create_app(settings_of(folder)).app_context():
        clock.configure(file)
        try:
            yield
        finally:
            clock.configure(None)
            db.session.remove()
            db.engine.dispose()


def work() -> None:
    """What the worker does: the job to its end; says when it begins."""
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    run_job(db.session.scalars(sa.select(Job.id).where(Job.kind == "print_agreements")).one(), KINDS)


def build(folder: Path) -> None:
    """A frozen settlement with a queued job."""
    with house(folder, DAY):
        db.create_all()
        settlement = frozen_settlement(make_settling(Wanted(seven_years=CLAIMANTS // 2, six_years=CLAIMANTS // 2)))
        with transaction():
            clerk = db.session.get_one(Account, settlement.frozen_by)
            start_printing(settlement, by=clerk.as_actor(), now=clock.now())


def kill_and_finish(folder: Path, moments: list[float]) -> int:
    """Kill the work at these seconds after it began, then let it end; gives how often it was really killed."""
    now, killed = datetime.fromisoformat(DAY), 0
    for seconds in moments:
        now += timedelta(minutes=10)  # the lease of the one that was killed is over
        command = [sys.executable, "-c", WAITING, str(folder), now.isoformat()]
        with subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"begins\n"
            time.sleep(seconds)
            os.killpg(child.pid, signal.SIGKILL)
            killed += child.wait() == -signal.SIGKILL
    now += timedelta(minutes=10)
    subprocess.run(
        [sys.executable, "-c", WORKING, str(folder), now.isoformat()],
        check=True,
        timeout=300,
        stdout=subprocess.DEVNULL,
    )
    return killed


def check(folder: Path) -> None:
    """Nothing lost, doubled or torn; numbers in roster order; the job has ended by itself."""
    with house(folder, DAY):
        links = db.session.scalars(sa.select(SettlementAgreement).order_by(SettlementAgreement.claimant_id)).all()
        assert len(links) == CLAIMANTS
        assert Counter(db.session.scalars(sa.select(Agreement.status))).total() == CLAIMANTS
        papers = db.session.scalars(
            sa.select(IssuedPaper).where(IssuedPaper.type_name == "mediation_agreement").order_by(IssuedPaper.n)
        ).all()
        assert find_number_gaps([paper.n for paper in papers if paper.n], CLAIMANTS) == []
        assert [link.agreement.paper_id for link in links] == [paper.id for paper in papers]
        for paper in papers:
            assert len(paper.revisions) == 1
            content = read_bytes(paper.revisions[0])
            assert content.startswith(b"%PDF")
            assert content.rstrip().endswith(b"%%EOF")
        job = db.session.scalars(sa.select(Job).where(Job.kind == "print_agreements")).one()
        assert (job.status, job.done_count, job.failures) == (JobStatus.DONE, 2 * CLAIMANTS, [])
        assert db.session.scalars(sa.select(ModelSettlement)).one().job_id == job.id


@pytest.fixture(scope="module")
def frozen_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation in which the work waits."""
    folder = tmp_path_factory.mktemp("frozen")
    build(folder)
    return folder


def test_inv_30_batch_when_killed_again_and_again_ends_whole_and_without_gaps(
    frozen_house: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "house"
    shutil.copytree(frozen_house, folder)
    killed = kill_and_finish(folder, [0.3, 1.2])
    assert killed == 2
    check(folder)


def main(folder: Path, rounds: int) -> None:
    """Many rounds, each with two kills at random moments; stops at the first that fails."""
    build(folder / "frozen")
    chance, killed = random.Random(428), 0
    for number in range(1, rounds // 2 + 1):
        house_of_round = folder / "round"
        shutil.copytree(folder / "frozen", house_of_round)
        killed += kill_and_finish(house_of_round, [chance.uniform(0.0, 3.0) for _kill in range(2)])
        check(house_of_round)
        shutil.rmtree(house_of_round)
        sys.stdout.write(f"round {number}: {killed} kills, 0 lost, 0 doubled, 0 torn, no gap\n")
        sys.stdout.flush()


if __name__ == "__main__":
    folder_of_all = Path(sys.argv[1])
    (folder_of_all / "frozen").mkdir(parents=True)
    main(folder_of_all, int(sys.argv[2]))
