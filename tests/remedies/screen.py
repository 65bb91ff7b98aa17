"""Short ways to read a page and the newest row behind it."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

Opener = Callable[..., FlaskClient]
Clockwork = Callable[[str], None]


def fresh(db: SQLAlchemy, model: Any) -> Any:
    """The one row that is stored now."""
    db.session.rollback()
    return db.session.scalars(sa.select(model).order_by(model.id.desc())).first()


def text_of(client: FlaskClient, url: str) -> str:
    """The page, which must be there."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)
