"""The district of the scenarios: office, committee, mediators on duty, and the leak of 冯志远 and 尤晓琴 (S06)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor, Role
from app.booking.models import DutySlot, Room
from app.booking.rules.need import SessionPlan
from app.booking.rules.words import HalfDay, RoomKind
from app.matters.actions import record_consent
from app.matters.models import Matter, MatterUnit, Party, PartySide, UnitCapacity
from app.matters.rules import ConsentDecision, ConsentManner
from app.mediation.actions import MeetingWish, accept_case, book_meeting
from app.mediation.models import MediationCase, MediationMeeting
from app.mediation.rules import CaseSource
from app.people.models import Account, Organisation, OrganisationKind
from app.web.transaction import transaction
from tests.factories import actor_of, make_account, make_matter, make_organisation, make_party, make_professional

FENG_ID = "990101197001010012"
YOU_ID = "990101198002020025"


def at(day: date, hour: int = 1, minute: int = 0) -> datetime:
    """A moment in UTC; hour 1 is nine in the morning in Shanghai."""
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


@dataclass(frozen=True)
class District:
    """Who acts in the scenarios."""

    office: Organisation
    committee: Organisation
    shi: Account
    fang: Account
    he: Account
    room: Room
    second_room: Room
    clerk_account: Account
    coordinator: Account

    @property
    def clerk(self) -> Actor:
        """The committee's clerk."""
        return actor_of(self.clerk_account)


@dataclass(frozen=True)
class Dispute:
    """One matter with both sides."""

    matter: Matter
    petitioner: Party
    respondent: Party


@pytest.fixture
def district(db: SQLAlchemy) -> District:
    """滨澜区 with its committee; three people on duty for all of June to August 2025."""
    top = make_organisation("滨澜区", OrganisationKind.DISTRICT)
    office = make_organisation("滨澜区信访办公室", parent=top)
    committee = make_organisation(
        "滨澜区矛调中心人民调解委员会",
        OrganisationKind.MEDIATION_COMMITTEE,
        parent=top,
        number_prefix="滨澜人调字",
        contact_name="方素珍",
        contact_phone="0990-5550123",
    )
    shi, fang = (
        make_professional(Role.MEDIATOR, organisation=committee, committee=committee, name=name)
        for name in ("石明轩", "方素珍")
    )
    he = make_account(Role.RECORDER, organisation=office, name="何静")
    clerk = make_account(Role.COMMITTEE_CLERK, organisation=committee, name="钱雨")
    coordinator = make_account(Role.COORDINATOR, organisation=office, name="周敏")
    rooms = [
        Room(organisation_id=office.id, name=name, kind=RoomKind.MEDIATION_ROOM, capacity=12, position=place)
        for place, name in enumerate(("第一调解室", "第二调解室"))
    ]
    db.session.add_all(rooms)
    for account in (shi, fang, he):
        for days in range(92):
            day = date(2025, 6, 1) + timedelta(days=days)
            db.session.add_all(DutySlot(account_id=account.id, day=day, half=half) for half in HalfDay)
    db.session.commit()
    return District(office, committee, shi, fang, he, *rooms, clerk, coordinator)


@pytest.fixture
def make_dispute(district: District, db: SQLAlchemy) -> Callable[..., Dispute]:
    """Register a dispute between 冯志远 and 尤晓琴; both consent unless told otherwise."""

    def make(
        *, dispute_type: str = "D02", consents: bool = True, on: date = date(2025, 6, 5), **values: Any
    ) -> Dispute:
        matter = make_matter(
            district.office,
            district.coordinator,
            dispute_type=dispute_type,
            received_on=values.pop("received_on", date(2025, 6, 3)),
            **values,
        )
        matter.subject = "楼上漏水，要求赔偿"
        you = make_party(matter, PartySide.PETITIONER, "尤晓琴", id_number=YOU_ID, phone="13800000002")
        feng = make_party(matter, PartySide.RESPONDENT, "冯志远", id_number=FENG_ID, phone="13800000001")
        matter.units.append(
            MatterUnit(organisation_id=district.committee.id, capacity=UnitCapacity.MEDIATION_COMMITTEE, since=on)
        )
        db.session.commit()
        if consents:
            with transaction():
                for party in (you, feng):
                    record_consent(
                        party,
                        ConsentDecision.CONSENTED,
                        manner=ConsentManner.WRITTEN,
                        given_on=on,
                        by=actor_of(district.coordinator),
                        now=at(on),
                    )
        return Dispute(matter, you, feng)

    return make


@pytest.fixture
def accept(district: District) -> Callable[..., MediationCase]:
    """Let the committee accept a dispute, on 9 June 2025 unless told otherwise."""

    def act(dispute: Dispute, *, on: date = date(2025, 6, 9), **values: Any) -> MediationCase:
        with transaction():
            return accept_case(
                dispute.matter,
                source=values.pop("source", CaseSource.REFERRED_IN),
                committee=district.committee,
                mediators=values.pop("mediators", [district.shi]),
                accepted_on=on,
                by=district.clerk,
                now=values.pop("now", at(on)),
                **values,
            )

    return act


@pytest.fixture
def case(make_dispute: Callable[..., Dispute], accept: Callable[..., MediationCase]) -> MediationCase:
    """The accepted case of S06."""
    return accept(make_dispute())


def plan_for(district: District, day: date, hour: int = 9, *, recorder: bool = True, minutes: int = 90) -> SessionPlan:
    """The first room with 石明轩, and 何静 as recorder."""
    people = (("mediator", district.shi.id), *((("recorder", district.he.id),) if recorder else ()))
    return SessionPlan(district.room.id, day, time(hour), minutes, people)


@pytest.fixture
def book(district: District) -> Callable[..., MediationMeeting]:
    """Book a meeting of a case, on 11 June 2025 at nine unless told otherwise."""

    def act(case: MediationCase, day: date = date(2025, 6, 11), hour: int = 9, **values: Any) -> MediationMeeting:
        now = values.pop("now", at(date(2025, 6, 10)))
        with transaction():
            wish = MeetingWish(plan_for(district, day, hour, **values))
            return book_meeting(case, wish, by=district.clerk, now=now)

    return act
