"""Which settings refuse the start: one line, no traceback, exit code 1 (IR-03, B246, P22)."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app import create_app
from app.privacy.key_ring import KeyRing
from config import DEVELOPMENT_SECRET, ConfigurationError, Settings

SECRET = "Jv3-9sQ1pXk7-Zt5wLr8_bNf2Ym6Gd4H"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """The settings of an installation that may start."""
    KeyRing.create(tmp_path / "keys" / "master.keys")
    return {
        "APP_ENV": "production",
        "APP_DATA_DIR": str(tmp_path / "data"),
        "APP_SECRET_KEY": SECRET,
        "APP_MASTER_KEY_FILE": str(tmp_path / "keys" / "master.keys"),
        "APP_BASE_URL": "https://tiaojie.example.gov.cn",
    }


def test_production_with_good_settings_may_start(production: dict[str, str]) -> None:
    settings = Settings.from_environment({**production, "APP_TRUSTED_HOSTS": "Desk.example, 10.0.0.5"})
    assert settings.is_secure
    assert {"tiaojie.example.gov.cn", "desk.example", "10.0.0.5", "localhost"} <= settings.known_hosts
    assert SECRET not in repr(settings)


def test_production_on_this_machine_alone_needs_no_tls(production: dict[str, str]) -> None:
    del production["APP_BASE_URL"]
    assert Settings.from_environment(production).base_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"APP_ENV": "prod"}, "APP_ENV"),
        ({"APP_DATA_DIR": ""}, "APP_DATA_DIR"),
        ({"APP_SECRET_KEY": ""}, "APP_SECRET_KEY"),
        ({"APP_SECRET_KEY": SECRET[:31]}, "APP_SECRET_KEY"),
        ({"APP_SECRET_KEY": DEVELOPMENT_SECRET}, "APP_SECRET_KEY"),
        ({"APP_SECRET_KEY": "changeme" * 5}, "APP_SECRET_KEY"),
        ({"APP_SECRET_KEY": "a" * 40}, "APP_SECRET_KEY"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"FLASK_DEBUG": "True"}, "FLASK_DEBUG"),
        ({"APP_FAKE_NOW": "/tmp/now"}, "APP_FAKE_NOW"),
        ({"APP_FAULTS": "audit.append:error@1"}, "APP_FAULTS"),
        ({"APP_BASE_URL": "http://tiaojie.example.gov.cn"}, "APP_BASE_URL"),
        ({"APP_BASE_URL": "tiaojie.example.gov.cn"}, "APP_BASE_URL"),
        ({"APP_BASE_URL": "https://tiaojie.example.gov.cn/desk"}, "APP_BASE_URL"),
        ({"APP_DATABASE_URL": "mysql://localhost/x"}, "APP_DATABASE_URL"),
        ({"APP_THREADS": "many"}, "APP_THREADS"),
        ({"APP_THREADS": "0"}, "APP_THREADS"),
    ],
)
def test_b246_production_refuses(production: dict[str, str], changes: dict[str, str], names: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings.from_environment({**production, **changes})
    assert names in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (changes.get("APP_SECRET_KEY") or "-") not in str(refused.value)


@pytest.mark.parametrize("off", ["", "0", "false", "False", "no"])
def test_debug_that_is_off_does_not_refuse(production: dict[str, str], off: str) -> None:
    assert not Settings.from_environment({**production, "FLASK_DEBUG": off}).debug


def start(environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "routes"]
    return subprocess.run(command, cwd=ROOT, env={**kept, **environ}, capture_output=True, text=True, check=False)


def test_b246_a_refused_start_is_one_line_and_exit_code_1(production: dict[str, str]) -> None:
    done = start({**production, "APP_SECRET_KEY": "short"})
    assert done.returncode == 1
    assert done.stderr.strip().startswith("访调通 cannot start: APP_SECRET_KEY")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"current": "k2", "keys": {}, "index": ""}'])
def test_b246_a_missing_or_damaged_key_file_refuses_the_start(production: dict[str, str], content: str | None) -> None:
    file = Path(production["APP_MASTER_KEY_FILE"])
    file.unlink()
    if content is not None:
        file.write_text(content)
    with pytest.raises(SystemExit, match=r"cannot start: APP_MASTER_KEY_FILE.*master\.keys"):
        create_app(Settings.from_environment(production))
    assert file.exists() is (content is not None)  # production never makes a key of its own


def test_p22_a_data_folder_that_cannot_be_made_refuses_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings.from_environment({"APP_ENV": "test", "APP_DATA_DIR": str(tmp_path / "file" / "data")})
    with pytest.raises(SystemExit, match="cannot start: APP_DATA_DIR"):
        create_app(settings)


def test_an_unknown_fault_point_refuses_the_start(tmp_path: Path) -> None:
    environ = {"APP_ENV": "test", "APP_DATA_DIR": str(tmp_path), "APP_FAULTS": "nowhere:kill@1"}
    with pytest.raises(SystemExit, match="cannot start: APP_FAULTS"):
        create_app(Settings.from_environment(environ))


def test_c18_what_is_written_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    create_app(Settings.from_environment({"APP_ENV": "test", "APP_DATA_DIR": str(folder)}))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "master.keys").stat().st_mode) == 0o600
    (folder / "made-later").touch()
    assert stat.S_IMODE((folder / "made-later").stat().st_mode) == 0o600


def test_c18_a_folder_that_holds_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "somebody.txt").write_text("")
    create_app(Settings.from_environment({"APP_ENV": "test", "APP_DATA_DIR": str(folder)}))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
