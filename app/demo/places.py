"""The rooms of the demonstration centre and who is on duty when."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from app.access.permissions import Actor, Role
from app.booking.actions import add_duty_slots, create_room
from app.booking.actions.rooms import RoomDetails
from app.booking.models import Room
from app.booking.rules.words import Equipment, HalfDay, RoomKind
from app.law.calendar import Calendar
from app.people.models import Account, Organisation

ON_DUTY = (
    Role.MEDIATOR,
    Role.RECORDER,
    Role.LAWYER,
    Role.JUDGE,
    Role.COUNSELOR,
    Role.HEARING_CHAIR,
    Role.HEARING_PANELIST,
    Role.RECONSIDERATION_OFFICER,
)
SCENARIO_SPANS = (
    (date(2024, 9, 26), date(2024, 10, 31)),
    (date(2025, 2, 10), date(2025, 4, 30)),
    (date(2025, 5, 26), date(2025, 8, 29)),
    (date(2025, 11, 3), date(2025, 11, 28)),
)
DAYS_BEFORE, DAYS_AHEAD = 50, 60

ROOMS = (
    RoomDetails("第一调解室", RoomKind.MEDIATION_ROOM, 12, frozenset({Equipment.TABLET, Equipment.STEP_FREE})),
    RoomDetails("第二调解室", RoomKind.MEDIATION_ROOM, 6, frozenset({Equipment.TABLET})),
    RoomDetails(
        "听证室", RoomKind.HEARING_ROOM, 30, frozenset({Equipment.RECORDING, Equipment.PROJECTOR, Equipment.STEP_FREE})
    ),
    RoomDetails("行政复议听证室", RoomKind.RECON_HEARING_ROOM, 20, frozenset({Equipment.RECORDING})),
)


def make_rooms(centre: Organisation, by: Actor) -> dict[str, Room]:
    """The four rooms of the centre, by name."""
    return {details.name: create_room(details, centre, by=by) for details in ROOMS}


def make_duty(people: Mapping[str, Account], calendar: Calendar, today: date, by: Actor) -> None:
    """Whole working days for the resident professionals: around the scenarios' dates and around `today`."""
    days = [day for day in _days(today) if calendar.is_working_day(day)]
    for username, account in people.items():
        if account.roles & set(ON_DUTY):
            halves = (HalfDay.MORNING,) if username == "helixin" else tuple(HalfDay)
            add_duty_slots(account, days, halves, by=by)


def _days(today: date) -> Iterable[date]:
    spans = (*SCENARIO_SPANS, (today - timedelta(days=DAYS_BEFORE), today + timedelta(days=DAYS_AHEAD)))
    days = {first + timedelta(days=step) for first, last in spans for step in range((last - first).days + 1)}
    return sorted(days)
