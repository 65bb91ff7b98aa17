"""Acts that bring a hearing to its day: people on duty, a place, notices, services, an announcement."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from app.booking.models import DutySlot
from app.booking.rules.need import SessionPlan
from app.booking.rules.words import HalfDay
from app.extensions import db
from app.hearings.actions.announcing import NewAnnouncement, publish_announcement
from app.hearings.actions.change_papers import NewChange
from app.hearings.actions.scheduling import HearingPlan, schedule_hearing
from app.hearings.actions.service import record_service
from app.hearings.models import Hearing, HearingAnnouncement
from app.hearings.queries.hearings import procedure_for
from app.hearings.queries.scheduling import seated_people
from app.hearings.queries.service import services_of_newest_round
from app.hearings.rules.procedures import Procedure
from app.hearings.rules.service import ServiceProof
from app.hearings.rules.words import ChangeGround, ServiceMode
from app.law import clock
from app.people.models import Account
from app.web.transaction import transaction
from tests.hearings.hall import Hall, at

DECIDED_ON, SERVED_ON, HELD_ON = date(2025, 5, 26), date(2025, 5, 28), date(2025, 6, 11)
MORNING = at(DECIDED_ON)


def put_on_duty(accounts: Iterable[Account], first: date = date(2025, 5, 20), days: int = 60) -> None:
    """Everybody is on duty from `first` on, mornings and afternoons."""
    for account in accounts:
        for count in range(days):
            day = first + timedelta(days=count)
            db.session.add_all(DutySlot(account_id=account.id, day=day, half=half) for half in HalfDay)
    db.session.commit()


def duty_for(hall: Hall) -> None:
    """Chair, recorder and the whole pool are on duty around the hearing."""
    put_on_duty([hall.chair, hall.recorder, *hall.pool.values()])


def plan_for(
    hearing: Hearing,
    hall: Hall,
    day: date = HELD_ON,
    hour: int = 9,
    *,
    served_on: date = SERVED_ON,
    is_confirmed: bool = False,
) -> HearingPlan:
    """The hearing room with everybody who sits, two and a half hours."""
    people = tuple((role.value, account_id) for role, account_id in seated_people(hearing))
    return HearingPlan(SessionPlan(hall.room.id, day, time(hour), 150, people), served_on, is_confirmed)


def procedure_of_hearing(hearing: Hearing, day: date = DECIDED_ON) -> Procedure:
    """The procedure of the hearing as of a day."""
    return procedure_for(hearing, day)


def schedule(hearing: Hearing, hall: Hall, *, now: datetime = MORNING, **plan: Any) -> Hearing:
    """Give notice on 26 May for 11 June 2025 unless told otherwise."""
    with transaction():
        procedure = procedure_of_hearing(hearing, clock.local_date(now))
        schedule_hearing(hearing, plan_for(hearing, hall, **plan), procedure=procedure, by=hall.clerk, now=now)
    return hearing


def serve(hearing: Hearing, hall: Hall, *days: date) -> None:
    """Serve the newest notice on the parties, each on its day, by hand; fewer days leave the others unserved."""
    rows = [row for row in services_of_newest_round(hearing) if row.hearing_party is not None]
    for row, day in zip(rows, days, strict=False):
        proof = ServiceProof(ServiceMode.IN_PERSON, day, receiver="收发室 王敏")
        with transaction():
            record_service(row, proof, procedure=procedure_of_hearing(hearing), by=hall.clerk, now=at(day, 17))


def change(ground: ChangeGround, on: date, facts: str = "情况已经核实") -> NewChange:
    """A change on a ground."""
    return NewChange(ground, facts, on)


def announce(hearing: Hearing, hall: Hall, *, seats: int = 16, **values: Any) -> HearingAnnouncement:
    """Announce the hearing of S02 on 28 May; observers register until 9 June 17:30."""
    new = NewAnnouncement(
        masked_subject=values.pop("masked_subject", "郑某某请求增加房屋拆迁补偿"),
        seats=seats,
        registration_ends_at=values.pop("registration_ends_at", at(date(2025, 6, 9), 17, 30)),
        **values,
    )
    with transaction():
        return publish_announcement(
            hearing, new, procedure=procedure_of_hearing(hearing), by=hall.clerk, now=at(SERVED_ON)
        )
