"""The migrations are one chain, named by number, and give exactly the tables of the models, up and down."""

from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from app import create_app
from app.extensions import db
from tests.conftest import settings_of

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ROOT / "migrations" / "versions"


def test_revisions_are_one_chain_and_named_like_their_files() -> None:
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1
    revisions = [revision.revision for revision in script.walk_revisions()]
    assert sorted(revisions) == sorted(file.stem for file in VERSIONS.glob("*.py"))
    assert [name[:4] for name in sorted(revisions)] == [f"{number:04}" for number in range(1, len(revisions) + 1)]


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_app(request: pytest.FixtureRequest, tmp_path: Path, postgresql_url: str) -> Flask:
    """The application on a database without tables."""
    if request.param == "sqlite":
        return create_app(settings_of(tmp_path, f"sqlite:///{tmp_path / 'bare.sqlite3'}"))
    engine = sa.create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("DROP DATABASE IF EXISTS bare"))
        connection.execute(sa.text("CREATE DATABASE bare"))
    engine.dispose()
    url = sa.make_url(postgresql_url).set(database="bare").render_as_string(hide_password=False)
    return create_app(settings_of(tmp_path, url))


def test_migrations_give_the_models_and_go_down_and_up_again(bare_app: Flask) -> None:
    with bare_app.app_context():
        flask_migrate.upgrade()
        assert differences() == []
        tables = set(sa.inspect(db.engine).get_table_names())
        flask_migrate.downgrade(revision="base")
        assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
        flask_migrate.upgrade()
        assert set(sa.inspect(db.engine).get_table_names()) == tables
        db.session.remove()
        db.engine.dispose()


def differences() -> list[object]:
    """What stands in the models and not in the database, or the reverse."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))
