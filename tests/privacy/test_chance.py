"""Ids and codes cannot be guessed; only invented data may repeat them."""

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.extensions import new_public_id
from app.privacy.chance import random_text, repeatable

APP = Path(__file__).resolve().parents[2] / "app"


def test_public_ids_have_132_bits_and_do_not_repeat() -> None:
    ids = {new_public_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert {len(one) for one in ids} == {22}
    assert len(set("".join(ids))) == 64


def test_repeatable_repeats_inside_and_never_outside() -> None:
    drawn = []
    for _ in range(2):
        with repeatable(7):
            drawn.append([new_public_id() for _ in range(3)])
        drawn.append([new_public_id() for _ in range(3)])
    assert drawn[0] == drawn[2]
    assert drawn[1] != drawn[3]


def test_repeatable_ends_with_an_error_too() -> None:
    def draw() -> str:
        with pytest.raises(ValueError, match="stop"), repeatable(7):
            raise ValueError("stop")
        return random_text(22)

    assert draw() != draw()


def test_repeatable_does_not_reach_other_threads() -> None:
    def draw() -> str:
        with repeatable(7), ThreadPoolExecutor(1) as pool:
            return pool.submit(random_text, 22).result()

    assert draw() != draw()


def test_only_the_demonstration_data_may_repeat() -> None:
    users = set()
    for file in APP.rglob("*.py"):
        tree = ast.parse(file.read_text())
        imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        if any(name.name == "repeatable" for node in imported for name in node.names):
            users.add(file.relative_to(APP).parts[0])
    assert users <= {"demo", "cli"}
