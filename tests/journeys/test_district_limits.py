"""Does the demonstration district keep to what is set there: centres served, ways, sessions a day and week?"""

import sqlalchemy as sa

from app.booking.models import AreaLimit
from app.booking.queries.fairness import list_month_loads
from app.booking.queries.off_duty import find_off_duty, find_strained, list_sessions_ahead
from app.extensions import db
from app.law import clock
from tests.journeys.district import Installation


def test_h14_h18_h19_district_when_told_keeps_within_its_limits_and_reaches_some(installation: Installation) -> None:
    with installation.app.app_context():
        ahead = list_sessions_ahead(clock.now())
        assert find_strained(ahead) == set()
        flagged = {session.id for session in ahead if session.off_duty_since is not None}
        assert flagged == find_off_duty(ahead) != set()
        assert len({session.room.organisation_id for session in ahead}) == 3
        area_id = db.session.scalars(sa.select(AreaLimit.area_id)).one()
        loads = list_month_loads(area_id, clock.today())
        assert "石明轩" in {load.account.name for load in loads if load.is_full}
