"""The staff's day: landing page, to-do, the matter's page, search, the bytes of papers."""

from flask import Blueprint

bp = Blueprint("desk", __name__)

from app.desk.routes import matter, papers, searching, styleguide, today  # noqa: E402, F401  # the pages register themselves on bp
