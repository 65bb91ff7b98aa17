"""The commands that answer without an office: no settings, no database, nothing written.

On a machine where no office is set up, `flask law …` loads these alone and answers from the packaged calendar.
"""

import os
from collections.abc import Sequence

from flask import Flask

OFFLINE_COMMANDS = ("law",)
OFFICE_SETTINGS = ("APP_ENV", "APP_DATA_DIR", "APP_DATABASE_URL")


def asks_offline(arguments: Sequence[str]) -> bool:
    """True for `flask law …` where no setting of an office is given."""
    words = [word for word in arguments[1:] if not word.startswith("-")]
    return bool(words) and words[0] in OFFLINE_COMMANDS and not any(os.environ.get(name) for name in OFFICE_SETTINGS)


def offline_app() -> Flask:
    """An application with nothing but the offline commands."""
    from app.cli.asking_law import law  # noqa: PLC0415 only this command needs it

    app = Flask("app")
    app.cli.add_command(law)
    return app
