"""What do the matter list and the desk cost beside an empty page of the same frame, and do they grow with the office?

Prints one JSON line. Two offices stand in one process, one with 100 and one with 100,000 matters; their pages, an
empty page of the staff's frame and a bare Flask route take turns. A figure is the median CPU of one request.
"""

import gc
import json
import logging
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template_string
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app
from app.access.guards import permission_required
from app.access.permissions import Permission
from app.demo.people import PASSWORD
from app.extensions import db
from app.law import clock
from benchmarks.population import populate
from config import Settings

FEW, MANY = 100, 100_000
ROUNDS, WARM_UP = 60, 5
USERNAME = "zhoumin"
EMPTY = "{% extends 'base.html' %}{% block title %}空页{% endblock %}"


@dataclass(frozen=True)
class Office:
    """One application with its matters and the cookie of a person who is logged in."""

    app: Flask
    cookie: str

    def cost(self, path: str) -> float:
        """CPU seconds of one request to `path`; the page has to be there."""
        environment = EnvironBuilder(path=path, headers={"Cookie": self.cookie}).get_environ()
        before = time.process_time()
        body, status, _ = run_wsgi_app(self.app.wsgi_app, environment)
        page = b"".join(body)
        spent = time.process_time() - before
        assert status.startswith("200"), f"{path}: {status}"
        assert path != "/matters" or page.count(b"<tr>") == 51, "the list must show fifty rows"
        return spent

    def count_statements(self, path: str) -> int:
        """How many statements one request sends to the database."""
        with self.app.app_context(), counted_statements() as statements:
            self.cost(path)
        return len(statements)


def main() -> None:
    """Fill both offices, measure, print the line."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        few, many = (open_office(Path(folder) / str(count), count) for count in (FEW, MANY))
        costs = take_turns(few, many)
        statements = {path: many.count_statements(path) for path in ("/matters", "/desk")}
        for office in (few, many):
            with office.app.app_context():
                db.engine.dispose()
    print(json.dumps(figures(costs, statements)))


def figures(costs: dict[str, float], statements: dict[str, int]) -> dict[str, float]:
    """The ratios of the medians, and the statements of one page."""
    return {
        "list_cpu_ratio": round(costs["many /matters"] / costs["empty"], 2),
        "list_queries": statements["/matters"],
        "growth": round(costs["many /matters"] / costs["few /matters"], 2),
        "desk_cpu_ratio": round(costs["many /desk"] / costs["empty"], 2),
        "desk_queries": statements["/desk"],
        "desk_growth": round(costs["many /desk"] / costs["few /desk"], 2),
        "bare_ratio": round(costs["empty"] / costs["bare"], 1),
    }


def take_turns(few: Office, many: Office) -> dict[str, float]:
    """The median cost of each page; they take turns, so that a busy machine hits all alike."""
    places = {
        "bare": (Office(bare_app(), ""), "/"),
        "empty": (many, "/empty"),
        "few /matters": (few, "/matters"),
        "many /matters": (many, "/matters"),
        "few /desk": (few, "/desk"),
        "many /desk": (many, "/desk"),
    }
    costs: dict[str, list[float]] = defaultdict(list)
    for turn in range(WARM_UP + ROUNDS):
        gc.collect()
        for name, (office, path) in places.items():
            spent = office.cost(path)
            if turn >= WARM_UP:
                costs[name].append(spent)
    return {name: median(spent) for name, spent in costs.items()}


def open_office(folder: Path, count: int) -> Office:
    """An installation on SQLite with `count` matters, and its coordinator logged in."""
    folder.mkdir()
    app = create_app(
        Settings(
            env="test",
            data_dir=folder,
            database_url=f"sqlite:///{folder / 'office.sqlite3'}",
            secret_key=secret_of(folder),
            master_key_file=folder / "master.keys",
            password_time_cost=1,
        )
    )
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/empty", "empty", permission_required(Permission.SIGNED_IN)(show_empty))
    with app.app_context():
        db.create_all()
        populate(count, clock.now())
    client = app.test_client()
    answer = client.post("/login", data={"username": USERNAME, "password": PASSWORD})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    cookie: Any = client.get_cookie("session")
    return Office(app, f"session={cookie.value}")


def show_empty() -> str:
    """The staff's frame without content."""
    return render_template_string(EMPTY)


def bare_app() -> Flask:
    """Flask and nothing else."""
    app = Flask("bare")
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def secret_of(folder: Path) -> str:
    """A secret key for an installation that lives for a minute."""
    return f"benchmark-{folder.name}".ljust(40, "0")


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements sent meanwhile, without beginnings and pragmas."""
    statements: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", keep)
    try:
        yield statements
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", keep)


if __name__ == "__main__":
    main()
