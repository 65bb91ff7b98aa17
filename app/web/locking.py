"""How a row that may not exist yet is locked, so that two first writers do not collide."""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from app.extensions import db

Row = TypeVar("Row")


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
    if not rows:
        return 0
    db.session.flush()
    connection, table, names = db.session.connection(), sa.inspect(model).local_table, tuple(rows[0])
    if connection.dialect.name == "sqlite":
        statement = sqlite.insert(table).values({name: sa.bindparam(name) for name in names}).on_conflict_do_nothing()
        return connection.execute(statement.execution_options(preserve_rowcount=True), rows).rowcount
    columns = {name: [row[name] for row in rows] for name in names}
    counted = _insert_from_arrays(table, names).execution_options(preserve_rowcount=True)
    return connection.execute(counted, columns).rowcount


def _insert_from_arrays(table: sa.Table, names: tuple[str, ...]) -> postgresql.Insert:
    """One statement whatever the number of rows, so that it is compiled once."""
    arrays = [sa.bindparam(name, type_=postgresql.ARRAY(table.c[name].type)) for name in names]
    source = sa.func.unnest(*arrays).table_valued(*names).render_derived()
    chosen = sa.select(*(sa.cast(source.c[name], table.c[name].type) for name in names))
    return postgresql.insert(table).from_select(names, chosen).on_conflict_do_nothing()
