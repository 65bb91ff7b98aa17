"""The page of a dossier: live index, scans, binding, archive, addenda, the bound files."""

from flask import Blueprint

from app.dossier.rules import HEADINGS, RETENTION_WORDS
from app.web import labels

bp = Blueprint("dossier", __name__)
labels.register(HEADINGS)
labels.register(RETENTION_WORDS)

from app.dossier.routes import files, filing, index, scans  # noqa: E402, F401  # the pages register themselves on bp
