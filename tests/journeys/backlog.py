"""A backlog in the demonstration office, made without clicking: cases in mediation that wait for a meeting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.demo.cast import citizen_id_number
from app.extensions import db as database
from app.law import clock
from app.matters.actions import record_consent
from app.matters.models import Matter, MatterUnit, Party, PartySide, UnitCapacity
from app.matters.rules import ConsentDecision, ConsentManner
from app.mediation.actions import accept_case
from app.mediation.rules import CaseSource
from app.people.models import Account, Organisation, OrganisationKind
from app.web.transaction import transaction
from config import Settings
from tests.factories import make_matter, make_party
from tests.journeys.conftest import Product

MEDIATORS = ("石明轩", "方素珍", "丁国安")
SUBJECTS = ("楼上漏水", "宠物伤人", "停车占道", "噪音扰民", "垃圾堆放", "相邻采光", "借款不还", "装修损坏")
STREETS = ("澄波里", "织锦路", "滨河街", "望江巷")


def fill_backlog(product: Product, count: int) -> None:
    """So many accepted cases of different people, in turn with each of three mediators."""
    with _in_process(product) as app, app.app_context():
        for number in range(count):
            with transaction():
                _accept(number)


def subject_of(number: int) -> str:
    """What the calendar calls the case with this number, from 0."""
    return f"{STREETS[number % len(STREETS)]}{SUBJECTS[number % len(SUBJECTS)]}纠纷（{number + 1}）"


@contextmanager
def _in_process(product: Product) -> Iterator[Flask]:
    """The application on the product's data in this process."""
    data = product.folder / "data"
    app = create_app(
        Settings(
            env="test",
            data_dir=data,
            database_url=product.database_url or f"sqlite:///{data / 'fangtiao.sqlite3'}",
            secret_key=product.environment["APP_SECRET_KEY"],
            master_key_file=data / "master.keys",
            notice_gateway=f"file:{data / 'gateway'}",
            fake_now_file=product.folder / "now",
        )
    )
    yield app
    with app.app_context():
        database.session.remove()
        database.engine.dispose()
    clock.configure(None)


def _accept(number: int) -> None:
    accounts = {account.name: account for account in database.session.scalars(sa.select(Account)).unique()}
    kinds = sa.select(Organisation).where(Organisation.kind == OrganisationKind.MEDIATION_COMMITTEE)
    committee = database.session.scalars(kinds).first()
    assert committee is not None
    matter = _register(number, accounts["周敏"], committee)
    accept_case(
        matter,
        source=CaseSource.REFERRED_IN,
        committee=committee,
        mediators=[accounts[MEDIATORS[number % len(MEDIATORS)]]],
        accepted_on=clock.today(),
        by=accounts["潘慧"].as_actor(),
        now=clock.now(),
    )


def _register(number: int, coordinator: Account, committee: Organisation) -> Matter:
    matter = make_matter(
        coordinator.organisation, coordinator, dispute_type="D02", received_on=clock.today() - timedelta(days=3)
    )
    matter.number = f"信访〔2025〕9{number:03}号"
    matter.subject = subject_of(number)
    matter.units.append(
        MatterUnit(organisation_id=committee.id, capacity=UnitCapacity.MEDIATION_COMMITTEE, since=clock.today())
    )
    for side, offset in ((PartySide.PETITIONER, 0), (PartySide.RESPONDENT, 1)):
        _consent(_party(matter, side, 2 * number + offset), coordinator)
    return matter


def _party(matter: Matter, side: PartySide, serial: int) -> Party:
    born = date(1960, 1, 1) + timedelta(days=serial * 61)
    number = citizen_id_number(born, 500 + serial % 400, is_woman=bool(serial % 2))
    return make_party(matter, side, f"居民{serial:03}", id_number=number, phone=f"13900{serial:06}")


def _consent(party: Party, coordinator: Account) -> None:
    record_consent(
        party,
        ConsentDecision.CONSENTED,
        manner=ConsentManner.WRITTEN,
        given_on=clock.today(),
        by=coordinator.as_actor(),
        now=clock.now(),
    )
