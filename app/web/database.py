"""How the database engines are set up: SQLite's begin modes and pragmas, PostgreSQL's options."""

import sqlite3
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine, make_url

WRITING: ContextVar[bool] = ContextVar("writing", default=False)


def engine_options(database_url: str) -> dict[str, Any]:
    """Options of the engine for this URL."""
    if make_url(database_url).get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": 10, "check_same_thread": False}}
    return {
        "pool_pre_ping": True,
        "pool_size": 10,
        "max_overflow": 10,
        "connect_args": {"prepare_threshold": None, "connect_timeout": 5},
    }


@event.listens_for(Engine, "connect")
def _set_up_sqlite(dbapi_connection: Any, _record: Any) -> None:
    if not isinstance(dbapi_connection, sqlite3.Connection):
        return
    # The driver would begin at the first write only, so that a read before it is outside the transaction.
    dbapi_connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "busy_timeout=10000",
        "foreign_keys=ON",
        "synchronous=FULL",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if WRITING.get() else "BEGIN")
