"""The legal opinion of a matter: whoever sees a link to it can open it, whoever may not read it sees none."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.counsel import actions as counsel
from app.law import clock
from app.matters import actions as matters
from app.matters.models import Capacity, Matter, MatterUnit
from app.matters.rules import UnitCapacity
from app.people.models import Account
from app.web.transaction import transaction
from tests.counsel.test_opinions import TEXT
from tests.factories import involve, make_account, make_organisation, make_professional
from tests.matters.stage import Stage, at, register, set_stage

DAY = date(2025, 6, 9)
MAY_READ = frozenset({Role.COORDINATOR, Role.LEADER, Role.COMMITTEE_CLERK, Role.MEDIATOR, Role.LAWYER})
"""Of those who may see the matter; its receptionist, the units and the street may not read what a lawyer advised."""


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_papers_and_tab_of_a_matter_when_listed_link_only_to_what_this_role_opens(
    db: SQLAlchemy, fake_now: Callable[[str], None], client_of: Callable[..., FlaskClient]
) -> None:
    fake_now("2025-06-09T10:00+08:00")
    with transaction():
        stage = set_stage()
        lawyer = make_professional(Role.LAWYER, organisation=make_organisation(), licence_number="19901202310000001")
        matter = advised_matter(stage, lawyer)
        address, readers = f"/matters/{matter.public_id}", readers_of(stage, lawyer)
    for role, reader in readers.items():
        client = client_of(reader)
        listed = client.get(f"{address}/papers").get_data(as_text=True)
        assert "受理告知书" in listed, role
        links = re.findall(r'href="((?:/papers|/opinions|/matters)/[^"]+)"', listed)
        assert any(re.fullmatch("/opinions/[^/]+/file", link) for link in links) == (role in MAY_READ), role
        refused = {link: status for link in links if (status := client.get(link).status_code) != 200}
        assert not refused, role


def advised_matter(stage: Stage, lawyer: Account) -> Matter:
    """An accepted matter in the hands of committee and unit, on which the lawyer advised."""
    (matter,) = register(stage, DAY)
    matters.accept_matter(matter, accepted_on=DAY, by=stage.actor("coordinator"), now=at(DAY))
    for organisation, capacity in (
        (stage.committee, UnitCapacity.MEDIATION_COMMITTEE),
        (stage.unit, UnitCapacity.HANDLING_UNIT),
    ):
        matter.units.append(MatterUnit(organisation=organisation, capacity=capacity, since=DAY))
    involve(matter, stage.mediator, Capacity.MEDIATOR)
    by, now = stage.actor("coordinator"), clock.now()
    opinion = counsel.request_opinion(matter, lawyer, "责任怎么分？", DAY, by=by, today=DAY, now=now)
    counsel.declare_no_conflict(opinion, by=lawyer.as_actor(), now=now)
    counsel.submit_opinion(opinion, TEXT, seen=None, by=lawyer.as_actor(), now=now)
    return matter


def readers_of(stage: Stage, lawyer: Account) -> dict[Role, Account]:
    """One account a role that may see the matter."""
    return {
        Role.COORDINATOR: stage.coordinator,
        Role.LEADER: stage.leader,
        Role.COMMITTEE_CLERK: stage.clerk,
        Role.MEDIATOR: stage.mediator,
        Role.LAWYER: lawyer,
        Role.RECEPTIONIST: stage.receptionist,
        Role.HANDLING_UNIT_CLERK: stage.unit_clerk,
        Role.STREET_CLERK: make_account(Role.STREET_CLERK, organisation=stage.district),
    }
