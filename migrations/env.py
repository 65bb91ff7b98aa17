"""How Alembic reaches the database: through the running application's engine and tables."""

from alembic import context
from flask import current_app

from app.extensions import db


def run_migrations() -> None:
    """Bring the database of the running application to a revision, in one transaction."""
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # Rebuilding a table would otherwise drop the rows that refer to it.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transaction_per_migration=False,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run_migrations()
