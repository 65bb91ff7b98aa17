"""Does every sealed value open with this installation's keys, in the place where it stands?"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from app.extensions import Base, db
from app.privacy.key_ring import SealBroken
from app.privacy.sealed import Sealed, key_ring


def find_seal_findings() -> Iterator[str]:
    """Sealed values that were changed, moved from another row or sealed with a key that is not here."""
    for mapper in Base.registry.mappers:
        sealed = [value.column for value in vars(mapper.class_).values() if isinstance(value, Sealed)]
        for column in sealed:
            yield from _broken(mapper.local_table, column)


def _broken(table: Any, column: str) -> Iterator[str]:
    statement = sa.select(table.c.public_id, table.c[column]).where(table.c[column].is_not(None))
    for public_id, value in db.session.execute(statement.execution_options(yield_per=1000)):
        try:
            key_ring().open(value, f"{table.name}.{column}.{public_id}")
        except SealBroken:
            yield f"{table.name} {public_id}: {column} does not open"
