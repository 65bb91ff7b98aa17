"""Is the product alive, and is it ready to work? Answers for whoever watches it (IR-04)."""

import os
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.access.guards import permission_required
from app.access.permissions import Permission
from app.audit.anchor import last_anchor_at
from app.cli.starting import newest_revision, schema_revision
from app.documents.rendering.places import FANDOL, LATIN_FONTS
from app.extensions import db
from app.jobs.queries import last_run_at
from app.law import clock
from app.notices.queries import outbox_age_seconds
from app.web.installation import settings

bp = Blueprint("health", __name__)
LOOPBACK = ("127.0.0.1", "::1")
LEAST_FREE_BYTES = 64 * 1024 * 1024
FANDOL_FILES = 6


@bp.get("/healthz")
@permission_required(Permission.PUBLIC)
def healthz() -> ResponseReturnValue:
    """The process answers; no database is asked."""
    return jsonify(status="ok")


@bp.get("/readyz")
@permission_required(Permission.PUBLIC)
def readyz() -> ResponseReturnValue:
    """Database, schema, disk and fonts are as they must be; details for this machine only."""
    try:
        answer, is_ready = _look()
    except SQLAlchemyError as error:
        db.session.rollback()
        answer, is_ready = {"checks": {"db": type(error).__name__}}, False
    status = {"status": "ok" if is_ready else "not ready"}
    shown = {**status, **answer} if request.remote_addr in LOOPBACK else status
    return jsonify(shown), 200 if is_ready else 503


def _look() -> tuple[dict[str, Any], bool]:
    now = clock.now()
    schema, newest = schema_revision(), newest_revision()
    must_hold = {
        "db": db.session.scalar(sa.select(1)) == 1,
        "migrations": schema == newest,
        "disk": _has_room(),
        "fonts": _has_fonts(),
    }
    ages = {
        "scheduler_age_s": _age(last_run_at(), now),
        "anchor_age_s": _age(last_anchor_at(), now),
        "outbox_oldest_s": outbox_age_seconds(now),
    }
    answer = {"schema": schema, "db": _describe_database(), "checks": {**must_hold, **ages}}
    return answer, all(must_hold.values())


def _describe_database() -> dict[str, Any]:
    if db.engine.dialect.name != "sqlite":
        return {"kind": db.engine.dialect.name}
    return {
        "kind": "sqlite",
        "journal_mode": db.session.scalar(sa.text("PRAGMA journal_mode")),
        "synchronous": db.session.scalar(sa.text("PRAGMA synchronous")),
    }


def _has_room() -> bool:
    folder = settings().data_dir
    space = os.statvfs(folder)
    return os.access(folder, os.W_OK) and space.f_bavail * space.f_frsize >= LEAST_FREE_BYTES


def _has_fonts() -> bool:
    return len(list(FANDOL.glob("*.otf"))) >= FANDOL_FILES and all(font.exists() for font in LATIN_FONTS)


def _age(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else round((now - moment).total_seconds())
