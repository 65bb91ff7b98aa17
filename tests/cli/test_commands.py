"""The other commands: creating users, asking the law, refusing to serve; the health pages."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.cli import starting
from app.cli.starting import MayNotStart, check_may_serve
from app.people.models import Account
from app.web.transaction import transaction
from tests.factories import PASSWORD, make_account

OLD = "0001_foundation"

NEW_USER = (
    "create-user", "first.admin", "--name", "沈一", "--role", "administrator",
    "--organisation", "滨澜区信访办公室", "--kind", "petition_office", "--password", "Ferry-boat-2025-x",
)  # fmt: skip


def run(app: Flask, *args: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=args)
    return answer.exit_code, answer.output


def test_create_user_when_database_is_empty_makes_unit_and_account(app: Flask, db: SQLAlchemy) -> None:
    assert run(app, *NEW_USER) == (0, "first.admin: administrator, 滨澜区信访办公室\n")
    account = db.session.scalars(sa.select(Account)).one()
    assert account.roles == {Role.ADMINISTRATOR}
    assert account.organisation.path_ids == (account.organisation_id,)


def test_create_user_when_it_is_there_is_refused(app: Flask, db: SQLAlchemy) -> None:
    run(app, *NEW_USER)
    code, told = run(app, *NEW_USER)
    assert code == 1
    assert "已经有人用了" in told


def test_create_user_when_unit_is_unknown_and_no_kind_is_given_is_refused(app: Flask, db: SQLAlchemy) -> None:
    assert run(app, *NEW_USER[:8], "--password", PASSWORD)[0] == 1


def test_law_due_when_asked_answers_as_json(app: Flask, db: SQLAlchemy) -> None:
    code, told = run(app, "law", "due", "petition_handling", "2025-06-03", "--json")
    assert code == 0
    assert json.loads(told)["legal_due"] == "2025-08-04"


def test_law_due_when_clock_is_unknown_says_so(app: Flask, db: SQLAlchemy) -> None:
    assert run(app, "law", "due", "no_such", "2025-06-03")[0] == 2


def test_law_due_when_given_a_file_fills_it_in(app: Flask, db: SQLAlchemy, tmp_path: Path) -> None:
    file = tmp_path / "vectors.json"
    file.write_text(json.dumps([{"clock": "petition_handling", "trigger": "2025-06-03", "extend": 30}]))
    code, told = run(app, "law", "due", "--vectors", str(file))
    assert code == 0
    assert json.loads(told)[0]["nominal"] == "2025-09-01"


def test_healthz_when_asked_needs_no_log_in(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_readyz_when_schema_is_old_is_not_ready(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.health.schema_revision", lambda: OLD)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"]["migrations"] is False


def test_readyz_when_all_is_well_tells_this_machine_details(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    told = answer.get_json()
    if told["db"]["kind"] == "sqlite":
        assert told["db"] == {"kind": "sqlite", "journal_mode": "wal", "synchronous": 2}
    assert told["checks"]["fonts"] is True
    away = client.get("/readyz", environ_overrides={"REMOTE_ADDR": "10.0.0.9"})
    assert away.get_json() == {"status": "ok"}


def test_ir_03_serve_when_schema_is_not_at_head_refuses_with_one_line(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "schema_revision", lambda: OLD)
    code, told = run(app, "serve")
    assert code == 1
    assert told.startswith(f"访调通 cannot serve: the database is at {OLD}, not at")
    assert told.count("\n") == 1


def test_ir_03_serve_when_demo_accounts_are_in_production_refuses(
    app: Flask, db: SQLAlchemy, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        make_account(Role.COORDINATOR, is_demo=True)
    monkeypatch.setattr(starting, "check_schema", lambda: None)
    check_may_serve()
    monkeypatch.setattr("config.Settings.is_production", True)
    with pytest.raises(MayNotStart, match="1 demonstration accounts"):
        check_may_serve()
