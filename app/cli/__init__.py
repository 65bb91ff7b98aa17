"""The commands of the operator: serve, worker, verify, create-user, law, planner; and the two health pages."""

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

TALKATIVE = ("alembic", "apscheduler", "pikepdf")


def init_app(app: "Flask") -> None:
    """Make the commands and the health pages known; they are loaded here, so that an offline command loads alone."""
    from app.cli import health  # noqa: PLC0415 see above
    from app.cli.asking_law import law  # noqa: PLC0415
    from app.cli.creating_users import create_user  # noqa: PLC0415
    from app.cli.planning import planner  # noqa: PLC0415
    from app.cli.serving import serve, worker  # noqa: PLC0415
    from app.cli.verifying import verify  # noqa: PLC0415

    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for command in (serve, worker, verify, create_user, law, planner):
        app.cli.add_command(command)
    app.register_blueprint(health.bp)
