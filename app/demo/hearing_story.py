"""How a demonstration matter is heard, up to its day: asked for, decided, manned, placed, served, announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.access.permissions import Actor
from app.booking.queries.free import list_free_times
from app.demo.cast import citizen_id_number
from app.demo.office import Office
from app.demo.story_time import StoryTime
from app.extensions import db
from app.hearings.actions import announcing, panel, scheduling, service
from app.hearings.actions.applications import NewApplication, apply_for_hearing, decide_hearing
from app.hearings.models import Hearing
from app.hearings.queries.hearings import procedure_for
from app.hearings.queries.scheduling import earliest_for, hearing_need, seated_people
from app.hearings.queries.service import services_of_newest_round
from app.hearings.queries.standing import procedure_kind_of
from app.hearings.rules.procedures import Procedure, procedure_of
from app.hearings.rules.service import ServiceProof
from app.hearings.rules.words import HearingSide, ServiceMode
from app.law import clock
from app.matters.models import Matter
from app.matters.queries import get_matter
from app.matters.rules import PartySide
from app.people.models import Account
from app.settings.queries import profile_on
from app.web.transaction import transaction

LENGTH = 150
NINE = time(9)
REGISTRATION_ENDS = time(17, 30)


@dataclass(frozen=True)
class HearingTable:
    """Who convenes, decides and sits, by user name."""

    clerk: str = "zhoumin"
    head: str = "chenguoliang"
    chair: str = "bijianguo"
    recorder: str = "hejing"
    panelists: tuple[str, ...] = ("wanchunsheng", "kangxiulan", "fanyumei")
    alternates: tuple[str, ...] = ()
    comes_for_unit: str = "卢振邦"


class HearingStory:
    """One hearing; every step is one act, committed by itself."""

    def __init__(self, office: Office, matter_id: str, time: StoryTime, table: HearingTable) -> None:
        self.office = office
        self.matter_id = matter_id
        self.time = time
        self.table = table
        self.hearing_id = 0

    @property
    def matter(self) -> Matter:
        """The matter as it stands now."""
        return get_matter(self.matter_id)

    @property
    def hearing(self) -> Hearing:
        """The hearing as it stands now."""
        return db.session.get_one(Hearing, self.hearing_id)

    @property
    def procedure(self) -> Procedure:
        """How it is held."""
        return procedure_for(self.hearing, clock.today())

    def by(self, role: str) -> Actor:
        """Who acts: `clerk`, `head`, `chair` or `recorder` of the table."""
        return self.office.actor(getattr(self.table, role))

    def people(self, usernames: Sequence[str]) -> list[Account]:
        """Accounts by user name."""
        return [self.office.people[name] for name in usernames]

    def apply(self, reasons: str, evidence: str = "") -> None:
        """The first petitioner hands in a written application."""
        with transaction():
            matter = self.matter
            party = next(row for row in matter.parties if row.side is PartySide.PETITIONER)
            hearing = apply_for_hearing(
                matter,
                NewApplication(party, clock.today(), reasons, evidence),
                procedure=procedure_of(procedure_kind_of(matter), profile_on(clock.today())),
                by=self.by("clerk"),
                now=self.time.now,
            )
            self.hearing_id = hearing.id

    def decide(self, reason: str, points: str = "") -> None:
        """The person in charge decides to hold it in public."""
        with transaction():
            decide_hearing(
                self.hearing, is_held=True, reason=reason, points=points, by=self.by("head"), now=self.time.now
            )

    def man(self) -> None:
        """Chair, recorder and panel are named."""
        with transaction():
            hearing, now = self.hearing, self.time.now
            panel.appoint_chair(hearing, self.office.people[self.table.chair], by=self.by("head"), now=now)
            panel.appoint_recorder(hearing, self.office.people[self.table.recorder], by=self.by("clerk"), now=now)
            panel.seat_panelists(
                hearing,
                self.people(self.table.panelists),
                alternates=self.people(self.table.alternates),
                by=self.by("clerk"),
                now=now,
            )

    def schedule(self, day: date, *, served_on: date) -> None:
        """Book the first free time of a day and send the notices out; they are to be served by `served_on`."""
        hearing, procedure, now = self.hearing, self.procedure, self.time.now
        people = tuple((role.value, account_id) for role, account_id in seated_people(hearing))
        earliest = earliest_for(hearing, procedure, served_on, held_on=day)
        need = hearing_need(hearing, earliest, minutes=LENGTH, today=clock.today())
        places = [place.plan for place in list_free_times(need, day, wanted=people, now=now)]
        place = next((plan for plan in places if plan.at >= NINE), places[0])
        with transaction():
            plan = scheduling.HearingPlan(place, served_on)
            scheduling.schedule_hearing(self.hearing, plan, procedure=procedure, by=self.by("clerk"), now=now)

    def serve(self, *sides: HearingSide) -> None:
        """The parties of these sides, or all of them, take their notice today."""
        for row in services_of_newest_round(self.hearing):
            party = row.hearing_party
            if party is None or (sides and party.side not in sides):
                continue
            receiver = "" if party.party.id_number else self.table.comes_for_unit
            proof = ServiceProof(ServiceMode.IN_PERSON, clock.today(), receiver=receiver)
            with transaction():
                service.record_service(row, proof, procedure=self.procedure, by=self.by("clerk"), now=self.time.now)

    def announce(self, masked_subject: str, seats: int) -> None:
        """Announce it; observers may register until the evening two days before."""
        starts_at = clock.to_local(self._starts_at)
        until = clock.from_local(starts_at.date() - timedelta(days=2), REGISTRATION_ENDS)
        with transaction():
            announcing.publish_announcement(
                self.hearing,
                announcing.NewAnnouncement(masked_subject, seats, until, access="有电梯和轮椅坡道"),
                procedure=self.procedure,
                by=self.by("clerk"),
                now=self.time.now,
            )

    def observe(self, *names: str) -> None:
        """These persons register for a seat."""
        for number, name in enumerate(names, start=1):
            serial = 700 + self.hearing_id * 10 + number
            observer = announcing.NewObserver(
                name, citizen_id_number(date(1970 + number, 5, 10 + number), serial, is_woman=number % 2 == 0)
            )
            with transaction():
                row = self.hearing.announcement
                assert row is not None
                announcing.register_observer(row, observer, now=self.time.now)

    @property
    def _starts_at(self) -> datetime:
        session = self.hearing.session
        assert session is not None
        return session.starts_at
