"""How long do the first ten places of a waiting session take, as a whole answer over HTTP and in the core alone?

Prints one JSON line. One office with 24 mediation rooms, 30 mediators and 400 sittings booked in the next 20 working
days; every waiting case is asked about in turn. All figures are CPU milliseconds of this process.
"""

import json
import logging
import random
import tempfile
import time
from datetime import date, timedelta
from datetime import time as wall_time
from pathlib import Path

import sqlalchemy as sa

from app.access.permissions import Role
from app.booking.actions import add_duty_slots, reserve
from app.booking.models import Room
from app.booking.queries.snapshot import load_snapshot
from app.booking.rules.grid import Horizon
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan
from app.booking.rules.words import HalfDay, RoomKind
from app.desk.calendar.forms import read_question
from app.desk.calendar.placers import get_placing
from app.desk.calendar.reliefs import FIRST_PLACES, first_free_places
from app.errors import DomainError
from app.extensions import db
from app.law import clock
from app.law.periods import add_working_days
from app.matters.actions import record_consent
from app.matters.models import PartySide
from app.matters.rules import ConsentDecision, ConsentManner
from app.mediation.actions import accept_case
from app.mediation.rules import CaseSource
from app.people.models import Account, Organisation, OrganisationKind
from app.settings.queries import calendar
from app.web.transaction import transaction
from benchmarks.pages import USERNAME, Office, open_office
from tests.factories import make_matter, make_party, make_professional

ROOMS, MEDIATORS, SITTINGS, WAITING, DAYS = 24, 30, 400, 40, 20
ROUNDS, WARM_UP, SEED = 5, 1, 11
MATTERS = 100
CORE_SHARE, HTTP_MS = 10, 50


def main() -> None:
    """Fill the office, ask, print the line."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder) / "office", MATTERS)
        with office.app.app_context():
            keys = fill(random.Random(SEED))
        http, core = measure(office, keys)
        with office.app.app_context():
            db.engine.dispose()
    answer = {"http_ms_p50": share(http, 0.5), "http_ms_p95": share(http, 0.95)}
    answer |= {"core_ms_p50": share(core, 0.5), "core_ms_p95": share(core, 0.95)}
    allowed = CORE_SHARE * answer["core_ms_p95"] + HTTP_MS
    print(json.dumps({**answer, "http_of_allowed": round(answer["http_ms_p95"] / allowed, 2)}))


def fill(chance: random.Random) -> list[str]:
    """Rooms, people and sittings, then the waiting cases; gives their keys."""
    office = db.session.scalars(sa.select(Organisation).filter_by(kind=OrganisationKind.PETITION_OFFICE)).one()
    committee = db.session.scalars(
        sa.select(Organisation).filter_by(kind=OrganisationKind.MEDIATION_COMMITTEE).order_by(Organisation.id)
    ).first()
    assert committee is not None
    clerk = db.session.scalars(sa.select(Account).filter_by(username=USERNAME)).one()
    rooms = [
        Room(organisation_id=office.id, name=f"第{n}室", kind=RoomKind.MEDIATION_ROOM, capacity=8, position=n)
        for n in range(100, 100 + ROOMS)
    ]
    db.session.add_all(rooms)
    people = [make_professional(Role.MEDIATOR, organisation=committee, committee=committee) for _ in range(MEDIATORS)]
    days = [add_working_days(clock.today(), ahead, calendar()) for ahead in range(1, DAYS + 1)]
    for person in people:
        add_duty_slots(person, days, tuple(HalfDay), by=clerk.as_actor())
    db.session.commit()
    book(office, clerk, rooms, people, days, chance)
    return [wait(office, committee, clerk, people[number % MEDIATORS], number) for number in range(WAITING)]


def book(
    office: Organisation,
    clerk: Account,
    rooms: list[Room],
    people: list[Account],
    days: list[date],
    chance: random.Random,
) -> None:
    """Sittings at random places until there are enough."""
    booked = 0
    while booked < SITTINGS:
        who, room = chance.choice(people).id, chance.choice(rooms).id
        at = wall_time(chance.choice((9, 10, 14, 15, 16)), chance.choice((0, 15, 30)))
        need = SessionNeed(
            owner=Owner("benchmark", booked + 1),
            matter_id=1,
            organisation_id=office.id,
            purpose="调解",
            minutes=90,
            room_wants=RoomWants(RoomKind.MEDIATION_ROOM),
            seats=(SeatNeed("mediator", "调解员", (who,)),),
            earliest=clock.today(),
        )
        plan = SessionPlan(room, chance.choice(days), at, 90, (("mediator", who),))
        try:
            with transaction():
                reserve(need, plan, by=clerk.as_actor(), now=clock.now(), is_confirmed=True)
        except DomainError:
            continue
        booked += 1


def wait(office: Organisation, committee: Organisation, clerk: Account, mediator: Account, serial: int) -> str:
    """One case that waits for its first sitting; gives its key."""
    today = clock.today()
    received_on, number = today - timedelta(days=3), f"排期〔{today.year}〕{serial}号"
    matter = make_matter(office, clerk, dispute_type="D02", received_on=received_on, number=number)
    parties = [make_party(matter, side, "甲乙") for side in (PartySide.PETITIONER, PartySide.RESPONDENT)]
    db.session.commit()
    with transaction():
        for party in parties:
            record_consent(
                party,
                ConsentDecision.CONSENTED,
                manner=ConsentManner.WRITTEN,
                given_on=today,
                by=clerk.as_actor(),
                now=clock.now(),
            )
    with transaction():
        case = accept_case(
            matter,
            source=CaseSource.ON_APPLICATION,
            committee=committee,
            mediators=[mediator],
            accepted_on=today,
            by=clerk.as_actor(),
            now=clock.now(),
        )
        db.session.flush()
        return f"case-{case.public_id}"


def measure(office: Office, keys: list[str]) -> tuple[list[float], list[float]]:
    """CPU milliseconds of every answer, and of the core for the same questions."""
    http, core = [], []
    for turn in range(WARM_UP + ROUNDS):
        for key in keys:
            answered = office.cost(f"/calendar/place/{key}/first") * 1000
            with office.app.app_context():
                searched = search(key)
            if turn >= WARM_UP:
                http.append(answered)
                core.append(searched)
    return http, core


def search(key: str) -> float:
    """CPU milliseconds of the core for one case, its masks at hand."""
    now = clock.now()
    clerk = db.session.scalars(sa.select(Account).filter_by(username=USERNAME)).one().as_actor()
    question = read_question({}, get_placing(key, clerk, now), clock.today())
    first = clock.today() + timedelta(days=1)
    need = question.need(first, now)
    snapshot = load_snapshot(need, Horizon(max(first, need.earliest), 7), now=now)
    began = time.process_time_ns()
    found = list(first_free_places(need, snapshot, question.people, FIRST_PLACES))
    took = time.process_time_ns() - began
    assert found, "a waiting case must have somewhere to go"
    return took / 1e6


def share(values: list[float], part: float) -> float:
    """The value below which this part of the values lies."""
    return round(sorted(values)[int(len(values) * part)], 2)


if __name__ == "__main__":
    main()
