"""Who takes part in the hearings of the scenarios: the district's pool, its office, the unit and the petitioner."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from app.access.permissions import Actor, Role
from app.booking.models import Room
from app.booking.rules.words import RoomKind
from app.extensions import db
from app.hearings.models import Hearing
from app.hearings.rules.words import PoolCategory
from app.law.clock import from_local
from app.matters.models import Matter, MatterUnit, PartyKind, PartySide, UnitCapacity
from app.matters.rules import MatterStatus
from app.people.models import Account, Organisation, OrganisationKind
from tests.factories import (
    make_account,
    make_hearing,
    make_matter,
    make_organisation,
    make_panel,
    make_party,
    make_professional,
)

ZHENG_ID = "990101195703080022"
POOL = (
    ("万春生", PoolCategory.CONGRESS_DEPUTY),
    ("康秀兰", PoolCategory.CONSULTATIVE_MEMBER),
    ("宋雨晴", PoolCategory.LAWYER),
    ("罗文斌", PoolCategory.LAWYER),
    ("邱正源", PoolCategory.EXPERT),
    ("范玉梅", PoolCategory.COMMUNITY_DELEGATE),
    ("葛敏", PoolCategory.EMPLOYEE_DELEGATE),
)
FIVE = ("万春生", "康秀兰", "宋雨晴", "邱正源", "范玉梅")


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of that day in Shanghai."""
    return from_local(day, time(hour, minute)).astimezone(UTC)


@dataclass
class Hall:
    """The district of S02: everybody who convenes, sits or takes part."""

    office: Organisation
    unit: Organisation
    firm: Organisation
    room: Room
    coordinator: Account
    leader: Account
    chair: Account
    recorder: Account
    unit_clerk: Account
    pool: dict[str, Account]

    @property
    def clerk(self) -> Actor:
        """The coordinator as the one who acts."""
        return self.coordinator.as_actor()

    @property
    def head(self) -> Actor:
        """The person in charge as the one who acts."""
        return self.leader.as_actor()

    def people(self, *names: str) -> list[Account]:
        """Persons of the pool by name."""
        return [self.pool[name] for name in names]


def set_hall() -> Hall:
    """Write the district's bodies, room and people; the caller commits."""
    top = make_organisation("滨澜区", OrganisationKind.DISTRICT)
    office = make_organisation(
        "滨澜区信访办公室",
        parent=top,
        number_prefix="滨澜",
        contact_name="周敏",
        contact_phone="0990-5550123",
        address="滨澜区人民路 8 号",
    )
    unit = make_organisation(
        "滨澜区住房和城乡建设委员会", OrganisationKind.HANDLING_UNIT, top, number_prefix="滨澜住建"
    )
    firm = make_organisation("滨澜衡正律师事务所", OrganisationKind.LAW_FIRM, top)
    society = make_organisation("滨澜区听证员名单", OrganisationKind.OTHER_ORGAN, top)
    room = Room(organisation_id=office.id, name="听证室", kind=RoomKind.HEARING_ROOM, capacity=60, position=0)
    db.session.add(room)
    pool = {}
    for name, category in POOL:
        home = firm if category is PoolCategory.LAWYER else society
        roles = (Role.HEARING_PANELIST, Role.LAWYER) if category is PoolCategory.LAWYER else (Role.HEARING_PANELIST,)
        pool[name] = make_professional(*roles, organisation=home, name=name, pool_category=category.value)
    return Hall(
        office=office,
        unit=unit,
        firm=firm,
        room=room,
        coordinator=make_account(Role.COORDINATOR, organisation=office, name="周敏"),
        leader=make_account(Role.LEADER, organisation=office, name="龚丽"),
        chair=make_professional(Role.HEARING_CHAIR, organisation=office, name="毕建国"),
        recorder=make_account(Role.RECORDER, organisation=office, name="何静"),
        unit_clerk=make_account(Role.HANDLING_UNIT_CLERK, organisation=unit, name="卢振邦"),
        pool=pool,
    )


def make_petition(hall: Hall, *, status: MatterStatus = MatterStatus.HANDLING, **values: Any) -> Matter:
    """郑桂兰 against the housing commission, with the commission entrusted (S02)."""
    matter = make_matter(
        hall.office,
        hall.coordinator,
        status=status,
        received_on=values.pop("received_on", date(2025, 2, 10)),
        handling_unit_id=hall.unit.id,
        **values,
    )
    matter.subject = "房屋拆迁补偿和过渡费"
    matter.petitioner_name = "郑桂兰"
    matter.units.append(
        MatterUnit(organisation_id=hall.unit.id, capacity=UnitCapacity.HANDLING_UNIT, since=matter.received_on)
    )
    make_party(matter, PartySide.PETITIONER, "郑桂兰", id_number=ZHENG_ID, phone="13800000068")
    make_party(matter, PartySide.RESPONDENT, hall.unit.name, kind=PartyKind.ORGANISATION, organisation_id=hall.unit.id)
    return matter


def approved_hearing(hall: Hall, *, on: date = date(2025, 5, 26), with_panel: bool = True, **values: Any) -> Hearing:
    """The hearing of S02 as decided on 26 May 2025, with its panel of five; runs within a transaction."""
    matter = make_petition(hall, **values)
    hearing = make_hearing(matter, leader=hall.head, clerk=hall.clerk, applied_on=date(2025, 5, 20), decided_at=at(on))
    if with_panel:
        make_panel(
            hearing,
            chair=hall.chair,
            recorder=hall.recorder,
            panelists=hall.people(*FIVE),
            alternates=hall.people("葛敏"),
            by=hall.head,
            now=at(on),
        )
    return hearing
