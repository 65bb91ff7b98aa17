"""The entry point that gunicorn and the flask command load."""

import sys

from app import create_app
from app.cli.offline import asks_offline, offline_app

app = offline_app(sys.argv) if asks_offline(sys.argv) else create_app()
