"""The commands that answer without an office: no settings, no database, nothing written but what they are asked for.

`flask planner …` never needs an office; `flask law …` answers from the packaged calendar on a machine where none is
set up. Each is loaded alone, so that a planner on a small machine has the memory for its plan.
"""

import os
from collections.abc import Sequence

from click import Command
from flask import Flask

ALWAYS_OFFLINE = ("planner",)
OFFLINE_WITHOUT_OFFICE = ("law",)
OFFICE_SETTINGS = ("APP_ENV", "APP_DATA_DIR", "APP_DATABASE_URL")


def asks_offline(arguments: Sequence[str]) -> bool:
    """True for `flask planner …`, and for `flask law …` where no setting of an office is given."""
    command = _command_of(arguments)
    if command in ALWAYS_OFFLINE:
        return True
    return command in OFFLINE_WITHOUT_OFFICE and not any(os.environ.get(name) for name in OFFICE_SETTINGS)


def offline_app(arguments: Sequence[str]) -> Flask:
    """An application with nothing but the offline command that is asked for."""
    app = Flask("app")
    app.cli.add_command(_planner() if _command_of(arguments) in ALWAYS_OFFLINE else _law())
    return app


def _command_of(arguments: Sequence[str]) -> str:
    return next((word for word in arguments[1:] if not word.startswith("-")), "")


def _planner() -> Command:
    from app.cli.planning import planner  # noqa: PLC0415 only this command needs it

    return planner


def _law() -> Command:
    from app.cli.asking_law import law  # noqa: PLC0415 only this command needs it

    return law
