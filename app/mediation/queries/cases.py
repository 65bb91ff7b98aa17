"""Reading cases: one by id, lists cut to what the actor may read, who may mediate."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.access.permissions import Actor, Permission
from app.errors import NotFound
from app.extensions import db
from app.matters.models import Capacity, Matter
from app.matters.queries import visible_to
from app.mediation.models import CaseMediator, CaseParty, MediationCase, MediationMeeting
from app.mediation.rules import CaseStatus, MeetingStatus
from app.mediation.rules.mediators import MediatorFacts, is_skilled
from app.people.models import Account
from app.people.queries import list_mediators

PAGE_SIZE = 20
ADVISING = frozenset({Capacity.ADVISING_LAWYER, Capacity.OPINION_LAWYER})


def get_case(public_id: str) -> MediationCase:
    """The case with this public id; NotFound otherwise."""
    return _one(MediationCase.public_id == public_id)


def get_case_by_id(case_id: int) -> MediationCase:
    """The case with this key; NotFound otherwise."""
    return _one(MediationCase.id == case_id)


def _one(condition: sa.ColumnElement[bool]) -> MediationCase:
    statement = sa.select(MediationCase).where(condition)
    matter = selectinload(MediationCase.matter)
    case = db.session.scalar(
        statement.options(matter.selectinload(Matter.involvements), matter.selectinload(Matter.units))
    )
    if case is None:
        raise NotFound("没有这件调解案件，或者它不归您办。")
    return case


def find_case_of(matter: Matter) -> MediationCase | None:
    """The open case of a matter, None when there is none."""
    return db.session.scalar(sa.select(MediationCase).filter_by(matter_id=matter.id, is_open=True))


def list_cases_of_matter(matter: Matter) -> Sequence[MediationCase]:
    """Every case of a matter, oldest first."""
    return db.session.scalars(sa.select(MediationCase).filter_by(matter_id=matter.id).order_by(MediationCase.id)).all()


def list_cases(
    actor: Actor,
    *,
    status: CaseStatus | None = None,
    mine: bool = False,
    before: tuple[datetime, int] | None = None,
    limit: int = PAGE_SIZE,
    without_meeting: bool = False,
) -> Sequence[MediationCase]:
    """The cases the actor may read, newest first, after the keyset position `before`; one more than `limit`.

    `without_meeting`: only those that wait for one, with all that its booking asks for.
    """
    statement = (
        sa.select(MediationCase)
        .join(MediationCase.matter)
        .where(visible_to(actor, Permission.MEDIATION_READ))
        .order_by(MediationCase.registered_at.desc(), MediationCase.id.desc())
        .limit(limit + 1)
        .options(
            selectinload(MediationCase.matter),
            selectinload(MediationCase.mediators).selectinload(CaseMediator.account),
            selectinload(MediationCase.committee),
        )
    )
    if status is not None:
        statement = statement.where(MediationCase.status == status)
    if mine:
        own = sa.exists().where(
            CaseMediator.case_id == MediationCase.id,
            CaseMediator.account_id == actor.account_id,
            CaseMediator.ended_on.is_(None),
        )
        statement = statement.where(own)
    if before is not None:
        statement = statement.where(sa.tuple_(MediationCase.registered_at, MediationCase.id) < before)
    if without_meeting:
        planned = sa.exists().where(
            MediationMeeting.case_id == MediationCase.id, MediationMeeting.status == MeetingStatus.PLANNED
        )
        statement = statement.where(~planned).options(*_read_for_booking())
    return db.session.scalars(statement).all()


def _read_for_booking() -> tuple[ExecutableOption, ...]:
    matter = selectinload(MediationCase.matter)
    return (
        selectinload(MediationCase.meetings),
        selectinload(MediationCase.case_parties).selectinload(CaseParty.party),
        matter.selectinload(Matter.units),
        matter.selectinload(Matter.involvements),
        matter.joinedload(Matter.visit),
    )


def mediator_facts(matter: Matter, account: Account, committee_id: int, on: date) -> MediatorFacts:
    """What decides whether the person may mediate the matter."""
    professional = account.professional
    advised = next(
        (row for row in matter.involvements if row.account_id == account.id and row.capacity in ADVISING), None
    )
    party = next((p for p in matter.parties if advised and p.id == advised.party_id), None)
    return MediatorFacts(
        name=account.name,
        is_in_office=account.is_active and professional is not None and professional.is_in_office(on),
        is_of_committee=professional is not None and professional.committee_id == committee_id,
        skills=frozenset(skill.dispute_type for skill in professional.skills) if professional else frozenset(),
        is_barred=any(row.account_id == account.id and row.is_barred for row in matter.involvements),
        advised_on=advised.since if advised else None,
        advised_party=party.name if party else "",
    )


def list_eligible_mediators(matter: Matter, committee_id: int, on: date) -> list[Account]:
    """The committee's mediators who may mediate this matter, those skilled in its type first."""
    eligible = []
    for account in list_mediators(matter.dispute_type, committee_id, on):
        facts = mediator_facts(matter, account, committee_id, on)
        if not facts.is_barred and facts.advised_on is None and is_skilled(facts, matter.dispute_type):
            eligible.append(account)
    return eligible
