"""A matter with two sides, an office with a coordinator, and two lawyers in office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.matters.models import Matter
from app.matters.rules import PartySide
from app.people.models import Account
from app.web.transaction import transaction
from tests.factories import make_account, make_matter, make_organisation, make_party, make_professional

TODAY = date(2025, 6, 11)


@dataclass
class House:
    """The people and the matter of these tests."""

    matter: Matter
    coordinator: Account
    leader: Account
    receptionist: Account
    lawyer: Account
    other_lawyer: Account


@pytest.fixture
def house(db: SQLAlchemy, fake_now: Callable[[str], None]) -> House:
    fake_now("2025-06-11T09:40+08:00")
    with transaction():
        office = make_organisation("滨澜区信访办公室", number_prefix="滨澜信")
        firm, other_firm = make_organisation("澜正律师事务所"), make_organisation("衡川律师事务所")
        coordinator = make_account(Role.COORDINATOR, organisation=office, name="周敏")
        matter = make_matter(office, coordinator)
        matter.subject = "供暖立管漏水"
        make_party(matter, PartySide.PETITIONER, "段秀珍", id_number="110101195303070022")
        make_party(matter, PartySide.RESPONDENT, "滨澜宏达物业服务有限公司")
        return House(
            matter,
            coordinator,
            make_account(Role.LEADER, organisation=office),
            make_account(Role.RECEPTIONIST, organisation=office),
            make_professional(Role.LAWYER, organisation=firm, name="罗文斌", licence_number="19901202310000001"),
            make_professional(Role.LAWYER, organisation=other_firm, name="宋雨晴", licence_number="19901202310000002"),
        )
