"""The people and bodies that the tests of matters share, and short ways to register."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from app.access.permissions import Actor, Role
from app.law.clock import from_local
from app.matters.actions import record_consent, register_visit
from app.matters.models import Matter, Party
from app.matters.rules import Channel, ConsentDecision, ConsentManner, MatterKind, PartyKind, PartySide
from app.matters.rules.registration import NewMatter, NewParty, Registration
from app.people.models import Account, Organisation, OrganisationKind
from tests.factories import make_account, make_organisation, make_professional


def at(day: date, hour: int = 9) -> datetime:
    """A moment of that day in Shanghai."""
    return from_local(day, time(hour)).astimezone(UTC)


@dataclass
class Stage:
    """One district with office, units, committee and one account a role."""

    district: Organisation
    office: Organisation
    committee: Organisation
    unit: Organisation
    discipline: Organisation
    receptionist: Account
    coordinator: Account
    leader: Account
    clerk: Account
    unit_clerk: Account
    unit_leader: Account
    mediator: Account

    def actor(self, name: str) -> Actor:
        """One of the accounts as the one who acts, in all its roles."""
        account: Account = getattr(self, name)
        return account.as_actor()


def set_stage() -> Stage:
    """Write the district's bodies and people."""
    kinds = OrganisationKind
    district = make_organisation(kind=kinds.DISTRICT)
    office = make_organisation("滨澜区信访办公室", kinds.PETITION_OFFICE, district, number_prefix="滨澜信")
    committee = make_organisation(
        "滨澜区矛调中心人民调解委员会", kinds.MEDIATION_COMMITTEE, district, number_prefix="滨澜人调字"
    )
    unit = make_organisation("区城管局", kinds.HANDLING_UNIT, district, number_prefix="滨澜城管")
    discipline = make_organisation("区纪检监察机关", kinds.OTHER_ORGAN, district)
    return Stage(
        district=district,
        office=office,
        committee=committee,
        unit=unit,
        discipline=discipline,
        receptionist=make_account(Role.RECEPTIONIST, organisation=office, name="何静"),
        coordinator=make_account(Role.COORDINATOR, organisation=office, name="周敏"),
        leader=make_account(Role.LEADER, organisation=office, name="龚丽"),
        clerk=make_account(Role.COMMITTEE_CLERK, organisation=committee, name="温宁"),
        unit_clerk=make_account(Role.HANDLING_UNIT_CLERK, organisation=unit, name="卢振邦"),
        unit_leader=make_account(Role.HANDLING_UNIT_CLERK, Role.LEADER, organisation=unit, name="秦放"),
        mediator=make_professional(Role.MEDIATOR, organisation=committee, committee=committee, name="丁国安"),
    )


def person(name: str = "尤晓琴", side: PartySide = PartySide.PETITIONER, **values: Any) -> NewParty:
    """A natural person as entered."""
    return NewParty(side=side, kind=PartyKind.PERSON, name=name, **values)


def company(name: str = "滨澜宏达物业有限公司", **values: Any) -> NewParty:
    """A body on the other side."""
    return NewParty(side=PartySide.RESPONDENT, kind=PartyKind.ORGANISATION, name=name, **values)


def claim(subject: str = "漏水赔偿", **values: Any) -> NewMatter:
    """A claim against a company."""
    values.setdefault("opponents", (company(),))
    return NewMatter(
        kind=values.pop("kind", MatterKind.CLAIM_FOR_DECISION), subject=subject, claim="请求赔偿", **values
    )


def register(stage: Stage, day: date, *matters: NewMatter, **values: Any) -> list[Matter]:
    """Register one visit by the receptionist and give its matters."""
    registration = Registration(
        channel=values.pop("channel", Channel.VISIT),
        received_on=day,
        petitioners=values.pop("petitioners", (person(),)),
        matters=matters or (claim(),),
        **values,
    )
    return register_visit(registration, by=stage.actor("receptionist"), now=at(day)).matters


def everybody_agrees(stage: Stage, matter: Matter, day: date) -> None:
    """Record the written consent of every party."""
    for party in matter.parties:
        answer(stage, party, ConsentDecision.CONSENTED, day)


def answer(stage: Stage, party: Party, decision: ConsentDecision, day: date) -> None:
    """Record one party's word on mediation."""
    record_consent(
        party, decision, manner=ConsentManner.WRITTEN, given_on=day, by=stage.actor("coordinator"), now=at(day)
    )
