"""A lawyer asks the table of clocks on a machine where no office is set up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.offline import asks_offline

ROOT = Path(__file__).resolve().parents[2]


def test_law_due_without_any_setting_answers_and_writes_nothing(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("APP_", "FLASK_"))}
    command = [sys.executable, "-m", "flask", "law", "due", "petition_handling", "2024-09-04", "--extend-days", "30"]
    answer = subprocess.run([*command, "--json"], cwd=ROOT, env=bare, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout)["legal_due"] == "2024-12-03"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "setting", "expected"),
    [
        (["flask", "law", "due"], "", True),
        (["flask", "--debug", "law"], "", True),
        (["flask", "law", "due"], "APP_DATA_DIR", False),
        (["flask", "planner", "solve"], "", True),
        (["flask", "planner", "solve"], "APP_DATA_DIR", True),
        (["flask", "serve"], "", False),
        (["gunicorn", "-c", "gunicorn.conf.py"], "", False),
        (["flask"], "", False),
    ],
)
def test_asks_offline_for_the_planner_always_and_for_the_law_without_an_office(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], setting: str, expected: bool
) -> None:
    for name in ("APP_ENV", "APP_DATA_DIR", "APP_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    if setting:
        monkeypatch.setenv(setting, "x")
    assert asks_offline(arguments) is expected
