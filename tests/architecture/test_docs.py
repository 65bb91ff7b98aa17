"""What the documents name is there: files, links, commands with their options, every decision in the index."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from app import create_app
from tests.conftest import settings_of

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DECISIONS = DOCS / "adr"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
OF_THE_PRODUCT = ("app", "benchmarks", "bin", "deploy", "docs", "frontend/src", "migrations", "templates", "tests")
NO_PATHS = {"var", "anchors", "documents", "uploads", "gateway", "sched-instance/1", "sched-solution/1"}
"""What lies in the folder of the data, and the names of the planner's formats."""
NEVER_GIVEN = {14}
"""Numbers of decisions that nobody took; the index says so."""

SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]*)+")
COMMAND = re.compile(r"(?:^|`|bin/)flask ([^`#\n]+)", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)--[a-z-]+")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="module")
def known_paths() -> str:
    """Every file and folder of the product, one a line, modules also without their ending."""
    folders = [ROOT / folder for folder in OF_THE_PRODUCT]
    found = [*ROOT.iterdir(), *folders, *(entry for folder in folders for entry in folder.rglob("*"))]
    paths = [f"/{entry.relative_to(ROOT)}" for entry in found if "__pycache__" not in entry.parts]
    return "\n".join([*paths, *(path.removesuffix(".py") for path in paths if path.endswith(".py"))]) + "\n"


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> click.Group:
    folder = tmp_path_factory.mktemp("docs")
    app: Flask = create_app(settings_of(folder, f"sqlite:///{folder / 'docs.sqlite3'}"))
    return app.cli


def is_there(named: str, known_paths: str) -> bool:
    """A path may leave out what stands before it; `rules/votes.count_votes` names a thing in a module."""
    path = named.rstrip("/")
    return f"/{path}\n" in known_paths or f"/{path.rpartition('.')[0]}\n" in known_paths


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_and_links_in_documents_lead_somewhere(page: Path, known_paths: str) -> None:
    text = page.read_text()
    links = [link for link in LINK.findall(text) if "://" not in link]
    paths = [span for span in SPAN.findall(text) if PATH.fullmatch(span)]
    lost = [link for link in links if not (page.parent / link).exists()]
    lost += [path for path in paths if path.rstrip("/") not in NO_PATHS and not is_there(path, known_paths)]
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_flask_commands_in_documents_exist_with_their_options(page: Path, commands: click.Group) -> None:
    unknown = [line for line in COMMAND.findall(page.read_text()) if not is_command(line, commands)]
    assert unknown == []


def is_command(line: str, commands: click.Group) -> bool:
    command: click.Command | None = commands
    for word in line.split():
        if not isinstance(command, click.Group):
            break
        command = command.commands.get(word)
    options = {name for parameter in command.params for name in parameter.opts} if command else set()
    return command is not None and set(OPTION.findall(line)) <= options


def test_every_decision_stands_in_the_index_with_its_title() -> None:
    files = sorted(file for file in DECISIONS.glob("*.md") if file.name != "README.md")
    titles = [file.read_text().partition("\n")[0].removeprefix("# ") for file in files]
    rows = [f"| {title[:4]} | [{title[5:]}]({file.name}) |" for file, title in zip(files, titles, strict=True)]
    index = (DECISIONS / "README.md").read_text()
    assert [line for line in index.splitlines() if re.match(r"\| \d{4} \|", line)] == rows
    numbers = {int(file.name[:4]) for file in files}
    assert set(range(1, max(numbers) + 1)) - numbers == NEVER_GIVEN
    assert all(f"{number:04}" in index for number in NEVER_GIVEN)
