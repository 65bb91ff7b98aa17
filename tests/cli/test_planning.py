"""`flask planner` reads and writes files, needs no office, says in one line what is wrong, and keeps to its seconds."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.planning import planner
from tests.booking.planner.samples import broken, raw_instance, session

ROOT = Path(__file__).resolve().parents[2]
RAW = raw_instance(session("s1"), session("s2", parties=["Y"]), session("s3", attendance=99))


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """Two sessions that fit and one that never does."""
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(RAW))
    return file


def run(*arguments: object) -> Result:
    """The command in this process."""
    return CliRunner().invoke(planner, [str(argument) for argument in arguments])


def test_solve_when_asked_writes_a_plan_that_holds(instance: Path, tmp_path: Path) -> None:
    answer = run("solve", instance, tmp_path / "plan.json", "--seed", 4, "--iterations", 20)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.startswith("排定 2 场（至多能排 2 场），排不了 1 场")
    made = json.loads((tmp_path / "plan.json").read_text())
    assert broken(RAW, made["assignments"]) == []
    assert made["unplaceable"]["s3"].startswith("H5 ")


def test_solve_when_seed_and_iterations_are_the_same_writes_the_same(instance: Path, tmp_path: Path) -> None:
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for file in files:
        run("solve", instance, file, "--seed", 4, "--iterations", 30)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_replan_when_a_room_is_closed_moves_what_it_held(instance: Path, tmp_path: Path) -> None:
    run("solve", instance, tmp_path / "plan.json", "--iterations", 20)
    held = json.loads((tmp_path / "plan.json").read_text())["assignments"][0]
    rooms = [room | {"closed": [[held["day"], 0, 8]]} if room["id"] == held["room"] else room for room in RAW["rooms"]]
    instance.write_text(json.dumps(RAW | {"rooms": rooms}))
    answer = run("replan", instance, tmp_path / "plan.json", tmp_path / "new.json", "--iterations", 20)
    assert answer.stdout.startswith("受影响 ")
    assert broken(RAW | {"rooms": rooms}, json.loads((tmp_path / "new.json").read_text())["assignments"]) == []


@pytest.mark.parametrize("command", ["solve", "replan"])
@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"format": "sched-instance/1"}'])
def test_planner_when_a_file_is_missing_or_broken_says_so_in_one_line(
    instance: Path, tmp_path: Path, command: str, content: str | None
) -> None:
    bad = tmp_path / "bad.json"
    if content is not None:
        bad.write_text(content)
    files = [bad, tmp_path / "out.json"] if command == "solve" else [instance, bad, tmp_path / "out.json"]
    answer = run(command, *files, "--iterations", 1)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.count("\n") == 1
    assert "bad.json" in answer.stderr
    assert not (tmp_path / "out.json").exists()


def test_solve_when_the_answer_cannot_be_written_says_so_before_it_plans(instance: Path, tmp_path: Path) -> None:
    answer = run("solve", instance, tmp_path / "none" / "out.json")
    assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("seconds", ["0", "-1", "soon"])
def test_solve_when_the_seconds_make_no_sense_refuses(instance: Path, tmp_path: Path, seconds: str) -> None:
    assert run("solve", instance, tmp_path / "out.json", "--cpu-seconds", seconds).exit_code == 2


def test_solve_without_any_setting_keeps_to_its_seconds_and_loads_no_database(instance: Path, tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("APP_", "FLASK_"))}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    program = (
        "import sys; sys.argv[0] = 'flask'; from flask.cli import main\n"
        "try: main()\nfinally: print([name for name in ('sqlalchemy', 'alembic') if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, "planner", "solve", instance, tmp_path / "out.json", "--cpu-seconds", "2"]
    answer = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert answer.stdout.splitlines()[-1] == "[]"
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2.2
    assert json.loads((tmp_path / "out.json").read_text())["assignments"]
