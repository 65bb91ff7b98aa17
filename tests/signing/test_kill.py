"""kill -9 while an agreement is sealed: afterwards it is either wholly in force or not at all (P12)."""

import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app import create_app
from app.agreements.actions import seal_agreement
from app.agreements.models import Agreement
from app.agreements.rules import AgreementStatus
from app.cli.checks.papers import find_paper_findings
from app.documents.models import RevisionKind
from app.documents.queries import read_bytes
from app.extensions import db
from app.people.models import Account
from app.signing import actions, sealing
from app.web.transaction import transaction
from config import Settings
from tests.agreements.helpers import at, fresh, make_world, signed_agreement

DAY = "2025-07-01"
SEALING = """
import sys
from pathlib import Path
from app import create_app
from app.web import faults
from tests.signing.test_kill import seal_again, settings_of

with create_app(settings_of(Path(sys.argv[1]))).app_context():
    faults.arm(sys.argv[2] + ":kill@1")
    seal_again()
"""


def settings_of(folder: Path) -> Settings:
    """An installation of its own in that folder."""
    return Settings(
        env="test",
        data_dir=folder,
        database_url=f"sqlite:///{folder / 'kill.sqlite3'}",
        secret_key="a-secret-key-for-tests-only-0123456789",
        master_key_file=folder / "master.keys",
        password_time_cost=1,
    )


@pytest.fixture(scope="module")
def signed_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation in which one agreement is signed by everybody and waits for the seal."""
    folder = tmp_path_factory.mktemp("signed")
    with create_app(settings_of(folder)).app_context():
        db.create_all()
        signed_agreement(make_world())
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.mark.parametrize(
    ("point", "holds"), [("sign.before_commit", False), ("sign.after_commit", True), ("sign.after_rename", True)]
)
def test_p12_kill_while_sealing_leaves_all_or_nothing_and_is_finished_later(
    signed_house: Path, tmp_path: Path, point: str, holds: bool
) -> None:
    folder = tmp_path / "house"
    shutil.copytree(signed_house, folder)

    killed = subprocess.run(
        [sys.executable, "-c", SEALING, str(folder), point], start_new_session=True, check=False, timeout=120
    )

    assert killed.returncode == -signal.SIGKILL
    with create_app(settings_of(folder)).app_context():
        agreement = db.session.scalars(db.select(Agreement)).one()
        assert (agreement.status is AgreementStatus.EFFECTIVE) is holds
        assert (agreement.effective_on is not None) is holds
        if not holds:
            seal_again()
        actions.finish_signed_revisions(at(DAY) + timedelta(minutes=2))
        agreement = fresh(agreement)
        assert [row.kind for row in agreement.paper.revisions] == [RevisionKind.ISSUED, RevisionKind.SIGNED]
        assert sealing.check_seal(read_bytes(agreement.paper.latest)).intact
        assert list(find_paper_findings()) == []
        db.session.remove()
        db.engine.dispose()


def seal_again() -> None:
    """The clerk presses the button once more."""
    with transaction():
        clerk = db.session.scalars(db.select(Account).filter_by(name="秦书记")).one()
        agreement = db.session.scalars(db.select(Agreement)).one()
        seal_agreement(agreement, seen_version=None, by=clerk.as_actor(), now=at(DAY))
