"""Running periods: what happens when a right of the petitioner runs out, and when a duty of the office does."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.audit.models import AuditEvent
from app.law.clocks import CLOCKS, RIGHTS
from app.matters.actions import lapse_rights, start_clock
from app.matters.models import Clock, ClockState, Matter
from app.web.transaction import transaction
from tests.factories import NOON, make_account, make_matter, make_organisation


@pytest.fixture
def matter(db: SQLAlchemy) -> Matter:
    with transaction():
        office = make_organisation("滨澜区信访办")
        return make_matter(office, make_account(Role.RECEPTIONIST, organisation=office))


def test_r_time_13_a_right_that_ran_out_ends_and_a_duty_stays_late(matter: Matter, db: SQLAlchemy) -> None:
    with transaction():
        start_clock(matter, "review_request", date(2025, 3, 3), now=NOON)
        start_clock(matter, "petition_routing", date(2025, 3, 3), now=NOON)
    with transaction():
        assert lapse_rights(date(2025, 4, 2)) == 0
    with transaction():
        assert lapse_rights(date(2025, 4, 3)) == 1
    states = dict(db.session.execute(sa.select(Clock.clock, Clock.state)).all())
    assert states == {"review_request": ClockState.CANCELLED, "petition_routing": ClockState.RUNNING}
    assert matter.next_due_on == date(2025, 3, 18)
    assert db.session.scalars(sa.select(AuditEvent.act)).all()[-1] == "clock.lapse"


def test_rights_are_clocks_of_the_table() -> None:
    assert set(CLOCKS) >= RIGHTS
