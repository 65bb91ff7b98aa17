"""May this installation serve now? One line says what is in the way (IR-03)."""

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import Migrate
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.people.models import Account
from app.web.installation import settings


class MayNotStart(Exception):
    """The product must not serve; the text is one line for the operator."""


def check_may_serve() -> None:
    """Refuse an unreachable database, an old schema and, in production, demonstration accounts."""
    try:
        check_schema()
        _check_no_demo_accounts()
    except SQLAlchemyError as error:
        raise MayNotStart(f"the database cannot be used ({type(error).__name__}): check APP_DATABASE_URL.") from error
    finally:
        db.session.remove()
        db.engine.dispose()


def check_schema() -> None:
    """Refuse a database that is not at the newest migration."""
    present, newest = schema_revision(), newest_revision()
    if present != newest:
        raise MayNotStart(f"the database is at {present or 'nothing'}, not at {newest}: run flask db upgrade.")


def schema_revision() -> str:
    """The migration the database is at, '' before the first."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def newest_revision() -> str:
    """The newest migration that comes with this version."""
    folder: Migrate = current_app.extensions["migrate"]
    return ScriptDirectory(folder.directory).get_current_head() or ""


def _check_no_demo_accounts() -> None:
    if not settings().is_production:
        return
    count = db.session.scalar(sa.select(sa.func.count()).select_from(Account).where(Account.is_demo))
    if count:
        raise MayNotStart(f"{count} demonstration accounts are in this database: production does not start with them.")
