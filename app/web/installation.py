"""Which settings the running application was started with."""

from flask import current_app

from config import Settings


def settings() -> Settings:
    """The frozen settings of the running application."""
    found: Settings = current_app.config["SETTINGS"]
    return found
