"""The pages of people: log-in, own account, and the administrator's accounts and organisations."""

from flask import Blueprint

bp = Blueprint("people", __name__)

from app.people.routes import accounts, login, organisations  # noqa: E402, F401 the pages register themselves on bp
