"""How a row that may not exist yet is locked, so that two first writers do not collide."""

from typing import Any, TypeVar

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
