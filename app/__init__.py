"""访调通: the software of a petition office's one-stop mediation centre."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Build the application; imported late, so that the rules load without Flask."""
    from app.factory import build_app  # noqa: PLC0415 rules must load without Flask

    return build_app(settings)
