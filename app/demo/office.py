"""The demonstration office before anything happened: bodies, people, rooms, duty, days off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.access.permissions import Actor
from app.demo.people import make_people
from app.demo.places import make_duty, make_rooms
from app.demo.rosters import make_rosters
from app.law import clock
from app.law.calendar import Calendar
from app.people.models import Account, Organisation
from app.settings.actions import load_calendar
from app.settings.queries import calendar
from app.web.transaction import transaction

YEARS = range(2024, 2028)


@dataclass(frozen=True)
class Office:
    """The bodies by key, the accounts by user name, the calendar, and when it is told."""

    bodies: Mapping[str, Organisation]
    people: Mapping[str, Account]
    calendar: Calendar
    told_at: datetime

    def actor(self, username: str) -> Actor:
        """One of the accounts as the one who acts."""
        return self.people[username].as_actor()


def make_office(now: datetime) -> Office:
    """Create the office in one transaction."""
    with transaction():
        bodies, people = make_people(now)
        load_calendar(YEARS, by=people["admin"].as_actor(), now=now)
        coordinator = people["zhoumin"].as_actor()
        make_rooms(bodies["office"], coordinator)
        make_duty(people, calendar(), clock.local_date(now), coordinator)
        make_rosters(bodies["district"].id, people, calendar(), now, coordinator)
    return Office(bodies, people, calendar(), now)
