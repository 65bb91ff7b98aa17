"""The rules of the building: what may load what, which files say what they are for."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
SOURCES = sorted(APP.rglob("*.py"))
CAPABILITY_FILES = {"__init__", "rules", "models", "queries", "actions", "forms", "routes"}
CAPABILITIES = (
    "matters",
    "hearings",
    "remedies",
    "mediation",
    "counsel",
    "agreements",
    "linkage",
    "signing_day",
    "collective",
    "dossier",
    "booking",
    "signing",
    "notices",
    "people",
)
# A file beyond the six names needs a reason: who is logged in, how secrets are hashed, what talks to the outside,
# what closes a signed file, what plans a backlog.
OWN_FILES = {"booking": {"planner"}, "people": {"login", "passwords"}, "notices": {"gateways"}, "signing": {"sealing"}}
HEAVY = ("flask", "sqlalchemy", "weasyprint", "flask_login")


def rule_modules() -> list[str]:
    """Every pure module: law, rules, permissions, errors."""
    pure = [*(APP / "law").glob("*.py"), *APP.glob("*/rules.py"), *APP.glob("*/rules/*.py"), APP / "errors.py"]
    pure.extend((APP / "booking" / "planner").glob("*.py"))
    pure.extend((APP / "access" / "permissions").glob("*.py"))
    return sorted(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in pure)


def test_rules_load_without_flask_and_database() -> None:
    program = (
        "import sys, importlib\n"
        f"for name in {rule_modules()!r}: importlib.import_module(name)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_says_which_question_it_answers(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text()))


@pytest.mark.parametrize("package", CAPABILITIES)
def test_a_capability_has_only_the_known_file_names(package: str) -> None:
    names = {
        entry.stem for entry in (APP / package).iterdir() if entry.suffix == ".py" or (entry / "__init__.py").exists()
    }
    assert names <= CAPABILITY_FILES | OWN_FILES.get(package, set())


def calls_of(file: Path, attribute: str) -> list[int]:
    """The lines on which `….attribute(…)` is called."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == attribute
    ]


def test_only_the_transaction_commits() -> None:
    committing = {str(file.relative_to(APP)) for file in SOURCES if calls_of(file, "commit")}
    assert committing == {"web/transaction.py"}


def test_only_actions_assign_a_status() -> None:
    offenders = []
    for file in SOURCES:
        if "actions" in file.parts or file.stem == "actions" or "demo" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets):
                offenders.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert offenders == []


def test_templates_have_neither_inline_styles_nor_scripts_nor_unescaped_text() -> None:
    offenders = []
    for file in sorted((ROOT / "templates").rglob("*.html")):
        text = file.read_text()
        is_paper = "documents" in file.parts
        for mark in ("|safe", "| safe", "<script>", "onclick=", *(() if is_paper else (" style=", "<style"))):
            if mark in text:
                offenders.append(f"{file.relative_to(ROOT)}: {mark}")
    assert offenders == []


def test_no_day_is_cut_from_a_moment_without_the_wall_clock() -> None:
    """A column `…_at` is a moment in UTC, whose own date is yesterday's until eight in the morning in Shanghai."""
    offenders = []
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text())):
            is_cut = isinstance(node, ast.Attribute) and node.attr in {"date", "year", "month", "day"}
            if is_cut and isinstance(node.value, ast.Attribute) and node.value.attr.endswith("_at"):
                offenders.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert offenders == []
