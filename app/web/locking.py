"""How a row that may not exist yet is locked, so that two first writers do not collide."""

from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from app.extensions import db

Row = TypeVar("Row")
ROWS_A_STATEMENT = 5000


def get_or_insert(model: type[Row], key: dict[str, Any], **values: Any) -> Row:
    """The row with this primary key, locked until commit; made with `values` if nobody has made it yet."""
    row = db.session.get(model, key, with_for_update=True, populate_existing=True)
    if row is not None:
        return row
    try:
        with db.session.begin_nested():
            made = model(**key, **values)
            db.session.add(made)
        return made
    except IntegrityError:
        return db.session.get_one(model, key, with_for_update=True, populate_existing=True)


def insert_missing(model: type[Row], rows: list[dict[str, Any]]) -> int:
    """Insert the rows whose primary key nobody has; how many those were. Waits for others who insert the same.

    Hand the rows in one order everywhere, so that two writers never wait for each other.
    """
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    inserted = 0
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        chunk = rows[start : start + ROWS_A_STATEMENT]
        statement = dialect.insert(model).values(chunk).on_conflict_do_nothing()
        counted = statement.execution_options(preserve_rowcount=True)
        inserted += db.session.execute(counted).rowcount  # type: ignore[attr-defined]  # of an insert it is there
    return inserted
