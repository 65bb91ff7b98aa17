"""The sessions that wait beside the calendar: many of them must not cost a dozen questions to the database each."""

from collections.abc import Callable

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.desk.calendar.placers import list_placings
from app.law import clock
from app.mediation.models import MediationCase
from tests.desk.planning.conftest import Planner, make_backlog, planner  # noqa: F401

MOST_FOR_ONE = 4


def count_statements(db: SQLAlchemy, planner: Planner, waiting: int) -> int:  # noqa: F811
    """How many statements listing them takes, everything read anew."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    db.session.commit()
    db.session.expire_all()
    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert len(list_placings(planner.actor, clock.now())) == waiting
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_listing_what_waits_when_there_is_much_of_it_asks_little_for_each(
    db: SQLAlchemy,
    planner: Planner,  # noqa: F811
    make_backlog: Callable[[int], list[MediationCase]],  # noqa: F811
) -> None:
    make_backlog(2)
    few = count_statements(db, planner, 2)
    make_backlog(6)
    many = count_statements(db, planner, 8)
    assert many - few <= 6 * MOST_FOR_ONE
