"""A served installation on the morning of a signing day: agreements made, people waiting, desks without tablets."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from app.extensions import db
from app.law import clock
from tests.collective.settling import Wanted
from tests.factories import PASSWORD
from tests.journeys.conftest import Product
from tests.journeys.hearing_desk import make_application
from tests.signing_day.staging import make_hall

PEOPLE = Wanted(seven_years=4, six_years=0, heirs=1)
"""Three sit down at once, the fourth is an heir."""


@dataclass(frozen=True)
class SeededHall:
    """The desks, in their order, and who may log in."""

    day: str
    desks: tuple[str, ...]
    clerk: str
    password: str = PASSWORD


def seed_signing_day(product: Product, *, waiting: int = 4) -> SeededHall:
    """Write the settlement of S01 in small, open its signing day and check people in; then let the clock run."""
    with make_application(product).app_context():
        try:
            hall = make_hall(_setter(product.folder / "seed-now"), PEOPLE)
            hall.arrive(*range(waiting))
            desks = tuple(desk.public_id for desk in hall.desks())
            seeded = SeededHall(hall.day.public_id, desks, hall.world.clerk.username)
            begin = clock.now() + timedelta(minutes=1)
        finally:
            clock.configure(None)
            db.session.remove()
            db.engine.dispose()
    product.let_time_run(begin)
    return seeded


def signed_numbers(product: Product) -> list[str]:
    """The numbers of the tickets whose claimant has signed on a tablet, one entry a signature."""
    with make_application(product).app_context():
        statement = sa.text(
            "SELECT t.number FROM signature s JOIN signing_slot l ON l.id = s.slot_id "
            "JOIN signing_round r ON r.id = l.round_id JOIN agreement a ON a.paper_id = r.paper_id "
            "JOIN settlement_agreement g ON g.agreement_id = a.id "
            "JOIN signing_ticket t ON t.settlement_agreement_id = g.id WHERE s.manner = 'tablet'"
        )
        found = sorted(str(number) for number in db.session.scalars(statement))
        db.session.remove()
        db.engine.dispose()
    return found


def _setter(file: Path):
    def set_now(text: str) -> None:
        file.write_text(text)
        clock.configure(file)

    return set_now
