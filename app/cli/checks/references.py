"""Does every reference lead somewhere? Asked table by table, the same on both engines."""

from collections.abc import Iterator

import sqlalchemy as sa

from app.extensions import db


def find_reference_findings() -> Iterator[str]:
    """Rows whose foreign key names a row that is not there."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                yield from _orphans(column, key.column)


def _orphans(child: sa.Column[object], parent: sa.Column[object]) -> Iterator[str]:
    target = parent.table.alias()
    missing = sa.select(child).where(child.is_not(None), ~sa.exists().where(target.c[parent.name] == child)).limit(20)
    for value in db.session.scalars(missing):
        yield f"{child.table.name}.{child.name} {value}: no such {parent.table.name}"
