"""How the product is put together, top to bottom: the table of contents of the system."""

import logging
import os
import sys
from pathlib import Path

from flask import Blueprint, Flask

from app import cli
from app.access import guards
from app.access.permissions import Permission
from app.agreements import routes as agreements
from app.audit import routes as audit
from app.booking import routes as booking
from app.collective import routes as collective
from app.counsel import routes as counsel
from app.demo import commands
from app.desk import menu
from app.desk import routes as desk
from app.desk.calendar import routes as desk_calendar
from app.desk.duty import routes as desk_duty
from app.desk.planning import routes as desk_planning
from app.documents.wording import routes as wording
from app.dossier import routes as dossier
from app.extensions import csrf, db, login_manager, migrate
from app.hearings import routes as hearings
from app.law import clock
from app.linkage import routes as linkage
from app.matters import routes as matters
from app.mediation import routes as mediation
from app.people import routes as people
from app.people.login import init_login
from app.portal import routes as portal
from app.privacy.key_ring import KeyRing
from app.remedies import routes as remedies
from app.settings import routes as settings_pages
from app.signing_day import routes as signing_day
from app.signing_day.routes import tablet
from app.web import database, errors, faults, hooks, templating
from app.web.addresses import MonthConverter
from app.web.proxies import TrustedProxies
from config import ConfigurationError, Settings

ROOT = Path(__file__).resolve().parent.parent
OWN_FILES = frozenset({"master.keys", "fangtiao.sqlite3", "fangtiao.sqlite3-wal", "fangtiao.sqlite3-shm"}) | {
    "documents",
    "uploads",
    "gateway",
    "anchors",
    "seal.crt",
    "seal.key",
    "worker.lock",
}
FACES: tuple[Blueprint, ...] = (
    people.bp,
    settings_pages.bp,
    audit.bp,
    booking.bp,
    wording.bp,
    matters.bp,
    remedies.bp,
    mediation.bp,
    hearings.bp,
    counsel.bp,
    agreements.bp,
    linkage.bp,
    dossier.bp,
    collective.bp,
    signing_day.bp,
    tablet.tablet_bp,
    desk.bp,
    desk_calendar.bp,
    desk_duty.bp,
    desk_planning.bp,
    portal.bp,
)


def build_app(settings: Settings | None = None) -> Flask:
    """The application with these settings, or with those of the environment; ends with one line if they refuse."""
    app = Flask("app", root_path=str(ROOT / "app"), template_folder=str(ROOT / "templates"))
    try:
        configure(app, settings or Settings.from_environment())
    except ConfigurationError as error:
        sys.exit(f"访调通 cannot start: {' '.join(str(error).split())}")
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    app.wsgi_app = TrustedProxies(app.wsgi_app, app.config["SETTINGS"].trusted_proxies)  # type: ignore[method-assign]
    hooks.register_hooks(app)
    csrf.init_app(app)
    errors.register_error_pages(app)
    templating.register_templating(app)
    app.jinja_env.globals.update(may=guards.may, P=Permission)
    register_faces(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Set what Flask and its extensions read, open the key ring, set the clock and the fault points."""
    os.umask(0o077)
    _open_data_dir(settings.data_dir)
    clock.configure(settings.fake_now_file)
    _arm_faults(settings.faults)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=3000,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_secure else "session",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,
        # It asks for the Referer, which our pages do not send; the hooks look at Origin and Sec-Fetch-Site instead.
        WTF_CSRF_SSL_STRICT=False,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    app.extensions["key_ring"] = _open_key_ring(settings)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")


def register_faces(app: Flask) -> None:
    """Register the log-in, every face's routes, the values of the staff's frame and the commands."""
    login_manager.init_app(app)
    init_login(app)
    app.url_map.converters["month"] = MonthConverter
    for blueprint in FACES:
        app.register_blueprint(blueprint)
    menu.init_app(app)
    cli.init_app(app)
    commands.init_app(app)


def _open_data_dir(folder: Path) -> None:
    """Make the folder for its owner alone; close one of ours that was left open."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        is_ours = all(entry.name in OWN_FILES for entry in folder.iterdir())
        if is_ours and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(f"no permission to write in {folder}")
    except OSError as error:
        raise ConfigurationError(f"APP_DATA_DIR cannot be used: {error}") from error


def _arm_faults(spec: str) -> None:
    try:
        faults.arm(spec)
    except ValueError as error:
        raise ConfigurationError(f"APP_FAULTS: {error}") from error


def _open_key_ring(settings: Settings) -> KeyRing:
    try:
        if settings.is_production or settings.master_key_file.exists():
            return KeyRing.load(settings.master_key_file)
        return KeyRing.create(settings.master_key_file)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"APP_MASTER_KEY_FILE: {error}") from error
