"""A noticed hearing that has to move: only with a ground, and only its own parties get a new notice (INV-15)."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.booking.models import BookedSession
from app.booking.rules.planning import PlaceStatus
from app.desk.planning.actions import choose_places
from app.desk.planning.disturbing import Disturbance
from app.desk.planning.queries import get_run
from app.documents.models import IssuedPaper
from app.errors import RuleViolation
from app.hearings.models import Hearing
from app.hearings.queries.service import services_of_newest_round
from app.hearings.rules.words import HearingStatus
from app.law import clock
from app.web.transaction import transaction
from tests.desk.planning.conftest import Planner
from tests.desk.planning.test_replan import replan
from tests.hearings.conftest import hall, hearing, make_approved, unprinted  # noqa: F401
from tests.hearings.convening import HELD_ON, SERVED_ON, duty_for, schedule, serve
from tests.hearings.hall import Hall

pytestmark = pytest.mark.usefixtures("unprinted")


@pytest.fixture
def noticed(db: SQLAlchemy, hearing: Hearing, hall: Hall, fake_now: Callable[[str], None]) -> Hearing:  # noqa: F811
    """Noticed for 11 June in the hearing room and served; it is the day after."""
    duty_for(hall)
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON, SERVED_ON)
    fake_now("2025-05-29T10:00+08:00")
    return hearing


def close_the_room(hall: Hall, clerk: Planner) -> str:  # noqa: F811
    """The hearing room cannot be used on the morning of the hearing; what the smallest change is."""
    morning = Disturbance(
        rooms=(hall.room.id,),
        starts=datetime.combine(HELD_ON, time(8)),
        ends=datetime.combine(HELD_ON, time(12)),
        note="空调坏了",
    )
    return replan(clerk, morning, [hall.room])


def test_inv_15_noticed_hearing_moves_only_with_a_ground_and_its_parties_alone_are_told_again(
    db: SQLAlchemy,
    noticed: Hearing,
    hall: Hall,  # noqa: F811
) -> None:
    clerk = Planner(hall.clerk)
    public_id = close_the_room(hall, clerk)
    [row] = get_run(public_id).places
    assert row.plan is not None
    assert row.plan.day == date(2025, 6, 12)  # served anew by 1 June, the whole period runs again (INV-14)
    first_round = {service.id for service in services_of_newest_round(noticed)}
    papers = {paper.id for paper in db.session.query(IssuedPaper)}
    with pytest.raises(RuleViolation, match="请选理由") as refusal, transaction():
        choose_places(get_run(public_id), {row.public_id}, by=clerk.actor, now=clock.now())
    assert refusal.value.rule == "INV-15"
    assert clock.local_date(db.session.query(BookedSession).one().starts_at) == HELD_ON
    accept_with_a_ground(clerk, public_id, row.public_id)
    db.session.expire_all()
    assert [place.status for place in get_run(public_id).places] == [PlaceStatus.ACCEPTED]
    assert clock.local_date(db.session.query(BookedSession).one().starts_at) == date(2025, 6, 12)
    assert noticed.status is HearingStatus.NOTICED
    told = services_of_newest_round(noticed)
    assert not first_round & {service.id for service in told}
    assert {service.hearing_party_id for service in told} >= {party.id for party in noticed.parties}
    issued = [paper for paper in db.session.query(IssuedPaper) if paper.id not in papers]
    assert issued
    assert {paper.matter_id for paper in issued} == {noticed.matter_id}


def accept_with_a_ground(clerk: Planner, public_id: str, place_id: str) -> None:
    """Why the notified parties must come on another day stands in their new notice."""
    with transaction():
        run = get_run(public_id)
        choose_places(run, {place_id}, ground="room_or_people", reason="空调坏了", by=clerk.actor, now=clock.now())
    clerk.work(public_id)
