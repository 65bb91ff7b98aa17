"""A served installation in which the hearing of S02 has begun, with two clerks at the table."""

from dataclasses import dataclass

from flask import Flask

from app import create_app
from app.access.permissions import Role
from app.extensions import db
from app.hearings.models import MinutesTurn
from app.law import clock
from app.matters.models import Capacity
from app.web.transaction import transaction
from config import Settings
from tests.factories import PASSWORD, involve, make_account
from tests.hearings.convening import HELD_ON
from tests.hearings.desk import NINE, call_roll, files_left_to_the_worker, let_all_come, notice, open_sitting
from tests.hearings.hall import approved_hearing, at, set_hall
from tests.journeys.conftest import Product

SECRET_KEY = "a-secret-key-for-journeys-0123456789abcdef"


@dataclass(frozen=True)
class SeededHearing:
    """The hearing's address and who can log in to it."""

    public_id: str
    first_clerk: str
    second_clerk: str
    stranger: str
    password: str = PASSWORD


def make_application(product: Product) -> Flask:
    """The application on the product's database, in this process."""
    data = product.folder / "data"
    return create_app(
        Settings(
            env="test",
            data_dir=data,
            database_url=product.database_url or f"sqlite:///{data / 'fangtiao.sqlite3'}",
            secret_key=SECRET_KEY,
            master_key_file=data / "master.keys",
            notice_gateway=f"file:{data / 'gateway'}",
            password_time_cost=1,
        )
    )


def seed_hearing(product: Product) -> SeededHearing:
    """Write the hall of S02 and open its sitting at nine on 11 June 2025."""
    with make_application(product).app_context(), files_left_to_the_worker():
        hall = set_hall()
        second = make_account(Role.RECORDER, organisation=hall.office, name="温宁")
        stranger = make_account(Role.RECORDER, organisation=hall.office, name="路人")
        db.session.commit()
        with transaction():
            hearing = approved_hearing(hall)
        involve(hearing.matter, second, Capacity.RECORDER)
        db.session.commit()
        minutes = call_roll(notice(hearing, hall), hall)
        let_all_come(minutes, hall)
        open_sitting(minutes, hall, now=NINE)
        seeded = SeededHearing(hearing.public_id, hall.recorder.username, second.username, stranger.username)
        db.session.remove()
        db.engine.dispose()
    return seeded


def run_clock_from(product: Product, hour: int, minute: int = 0) -> None:
    """Let the product's clock run, beginning at this time of 11 June 2025."""
    product.let_time_run(at(HELD_ON, hour, minute))


def turns_in(product: Product) -> list[str]:
    """What stands in the minutes, in order, as the database has it."""
    with make_application(product).app_context():
        rows = db.session.query(MinutesTurn).order_by(MinutesTurn.started_at, MinutesTurn.id)
        texts = [row.text for row in rows]
        db.session.remove()
        db.engine.dispose()
    clock.configure(None)
    return texts
