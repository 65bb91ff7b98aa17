"""Processes are started again when they crash, left alone when not needed, and all end when asked to."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from time import monotonic, sleep

import pytest

from app.cli import supervising
from app.cli.supervising import Child, TooManyCrashes, end_all, keep_running

SLEEPER = (sys.executable, "-c", "import time; time.sleep(60)")


def test_keep_running_when_a_child_always_crashes_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "TICK", 0.01)
    monkeypatch.setattr(supervising, "STARTS_ALLOWED", 2)
    other = Child("sleeper", SLEEPER)
    with pytest.raises(TooManyCrashes, match="crasher ended 2 times"):
        keep_running([Child("crasher", (sys.executable, "-c", "raise SystemExit(7)")), other], tmp_path)
    assert other.process is not None
    assert other.process.poll() is not None, "the others end too"


def test_end_all_when_a_child_is_deaf_kills_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "SECONDS_TO_END", 0.3)
    deaf = Child("deaf", (sys.executable, "-c", DEAF))
    deaf.start(tmp_path)
    assert deaf.process is not None
    wait_for(tmp_path / "deaf")
    end_all([deaf])
    assert deaf.process.returncode == -signal.SIGKILL


DEAF = "import signal, time, pathlib; signal.signal(15, signal.SIG_IGN); pathlib.Path('deaf').touch(); time.sleep(60)"


def wait_for(path: Path) -> None:
    end = monotonic() + 60
    while not (path.exists() and (path.name == "deaf" or path.read_text())):
        assert monotonic() < end
        sleep(0.05)


def test_keep_running_when_asked_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    program = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        from app.cli.supervising import Child, keep_running
        child = Child("child", (sys.executable, "-c",
            "import os, time, pathlib; pathlib.Path('child').write_text(str(os.getpid())); time.sleep(60)"))
        keep_running([child], Path({str(tmp_path)!r}))
        """
    )
    supervisor = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).resolve().parents[2])
    try:
        wait_for(tmp_path / "child")
        supervisor.terminate()
        assert supervisor.wait(timeout=60) == 0
    finally:
        supervisor.kill()
        supervisor.wait()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "child").read_text()), 0)
