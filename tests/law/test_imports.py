"""The law loads without framework or database, and its rules never ask the time."""

import subprocess
import sys
from pathlib import Path

import app.law

BARRED = ["app.law.clock", "flask", "sqlalchemy", "werkzeug"]


def test_law_loads_without_framework_and_without_the_clock() -> None:
    modules = [path.stem for path in Path(app.law.__path__[0]).glob("*.py")]
    names = [f"app.law.{module}" for module in modules if module not in {"__init__", "clock"}]
    script = f"import sys, {', '.join(names)}\nprint(*set({BARRED}) & set(sys.modules))"

    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert len(names) > 10
    assert result.stdout.strip() == ""
