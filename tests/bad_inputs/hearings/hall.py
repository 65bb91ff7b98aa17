"""The hall of the bad inputs of hearings: its newest hearing in the states they begin with, short ways to its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from app.extensions import db
from app.hearings.models import Hearing
from app.people.models import Account
from app.web.transaction import transaction
from tests.bad_inputs.house import House
from tests.hearings import desk
from tests.hearings.convening import duty_for, schedule
from tests.hearings.hall import Hall, approved_hearing

HALL: dict[str, Any] = {"setting": "hall"}
DESK: dict[str, Any] = {**HALL, "by": "coordinator"}
FACTS = "听证室漏水，要换一天"


def newest(house: House, model: Any) -> Any:
    """The row of that table that was written last."""
    with house.app.app_context():
        return db.session.scalars(db.select(model).order_by(model.id.desc()).limit(1)).one()


def url(house: House, page: str) -> str:
    """A page of the newest hearing."""
    return f"/hearings/{newest(house, Hearing).public_id}/{page}"


def the_hearing() -> Hearing:
    """The newest hearing, in the session of the preparation."""
    return db.session.scalars(db.select(Hearing).order_by(Hearing.id.desc()).limit(1)).one()


def the_public_id(house: House) -> str:
    """Of the newest hearing."""
    public_id: str = newest(house, Hearing).public_id
    return public_id


@contextmanager
def hall_of(house: House) -> Iterator[Hall]:
    """The hall within a session of its own; papers are left to the worker."""
    with house.app.app_context(), desk.files_left_to_the_worker():
        rows = {name: row for name, row in vars(house.hall).items() if name != "pool"}
        fresh = {name: db.session.get_one(type(row), row.id) for name, row in rows.items()}
        pool = {name: db.session.get_one(Account, row.id) for name, row in house.hall.pool.items()}
        yield replace(house.hall, **fresh, pool=pool)


def ids(house: House, *names: str) -> list[str]:
    """The keys of people of the pool."""
    return [house.hall.pool[name].public_id for name in names]


def is_decided(house: House) -> None:
    """The hearing is decided, nobody sits yet."""
    with hall_of(house) as hall, transaction():
        approved_hearing(hall, with_panel=False)


def has_panel(house: House) -> None:
    """The hearing is decided, its panel sits."""
    with hall_of(house) as hall, transaction():
        approved_hearing(hall)


def all_on_duty(house: House) -> None:
    """The panel sits and is on duty."""
    has_panel(house)
    with hall_of(house) as hall:
        duty_for(hall)


def is_noticed(house: House) -> None:
    """Notice was given for 11 June, nobody was served."""
    all_on_duty(house)
    with hall_of(house) as hall:
        schedule(the_hearing(), hall)
    house.go_on_at("2025-05-28T10:00+08:00")
