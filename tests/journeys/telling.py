"""Tells a part of a journey by the product's own acts in this process, where another journey walked it by hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from app.demo.cast import Cast
from app.demo.office import Office
from app.demo.people import BODIES
from app.demo.story_time import StoryTime, story_time
from app.extensions import db
from app.law import clock
from app.people.models import Account, Organisation
from app.settings.queries import calendar
from tests.journeys.conftest import Product
from tests.journeys.hearing_desk import make_application

END_OF_TELLING = datetime(2027, 1, 1, tzinfo=UTC)


Told = TypeVar("Told")


def tell(product: Product, story: Callable[[Office, Cast, StoryTime], Told]) -> Told:
    """Tell a story in the product's database; the served product goes on from there."""
    with make_application(product).app_context():
        people = {row.username: row for row in db.session.query(Account)}
        by_name = {row.name: row for row in db.session.query(Organisation)}
        bodies = {body.key: by_name[body.name] for body in BODIES}
        office = Office(bodies, people, calendar(), END_OF_TELLING)
        with story_time(office.calendar, END_OF_TELLING) as time:
            told = story(office, Cast(), time)
        db.session.remove()
        db.engine.dispose()
    clock.configure(None)
    return told
