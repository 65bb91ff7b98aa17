"""The commands of the operator: serve, worker, verify, create-user, law; and the two health pages."""

import logging

from flask import Flask

from app.cli import health
from app.cli.asking_law import law
from app.cli.creating_users import create_user
from app.cli.serving import serve, worker
from app.cli.verifying import verify

TALKATIVE = ("alembic", "apscheduler", "pikepdf")


def init_app(app: Flask) -> None:
    """Make the commands and the health pages known."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for command in (serve, worker, verify, create_user, law):
        app.cli.add_command(command)
    app.register_blueprint(health.bp)
