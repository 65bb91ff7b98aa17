"""Registering: numbers, clocks, sealed values, and what INV-01 and INV-37 refuse."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.audit.models import AuditEvent
from app.errors import RuleViolation
from app.matters.models import Capacity, Clock, Matter, Party
from app.matters.queries.repeats import find_repeats
from app.matters.rules import Channel, IdDocument, MatterKind, MatterStatus, PartySide
from app.privacy.sealed import digest_of
from app.web.transaction import transaction
from tests.factories import make_account, make_organisation
from tests.matters.stage import claim, company, person, register, set_stage

MONDAY = date(2025, 2, 10)


def test_register_visit_when_entered_gives_number_clock_and_registrar(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        (matter,) = register(stage, MONDAY)
    assert matter.number == "信访〔2025〕1号"
    assert matter.status is MatterStatus.REGISTERED
    clock = db.session.scalars(sa.select(Clock)).one()
    assert (clock.clock, clock.legal_due_on) == ("petition_routing", date(2025, 2, 25))
    assert matter.next_due_on == date(2025, 2, 25)
    assert [row.capacity for row in matter.involvements] == [Capacity.REGISTRAR]
    acts = set(db.session.scalars(sa.select(AuditEvent.act)))
    assert {"visit.register", "matter.register"} <= acts


def test_register_visit_when_personal_values_given_seals_and_digests_them(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        petitioner = person(
            "韦𠮷䶮", id_document=IdDocument.ID_CARD, id_number="11010519491231002X", phone="13800005678"
        )
        register(stage, MONDAY, petitioners=(petitioner,))
    party = db.session.scalars(sa.select(Party).where(Party.side == PartySide.PETITIONER)).one()
    assert (party.name, party.id_number, party.phone) == ("韦𠮷䶮", "11010519491231002X", "13800005678")
    assert party.id_number_digest == digest_of("id_number", "11010519491231002X")
    columns = "SELECT name_sealed, id_number_sealed, phone_sealed FROM party ORDER BY id"
    raw = db.session.execute(sa.text(columns)).first()
    assert raw is not None
    assert not any(text in bytes(value) for value in raw for text in ("韦".encode(), b"110105", b"138000"))


def test_register_visit_when_one_letter_holds_accusation_numbers_it_in_its_own_series(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        kinds = (MatterKind.CLAIM_FOR_DECISION, MatterKind.ACCUSATION, MatterKind.SUGGESTION)
        matters = register(stage, MONDAY, *(claim(kind=kind) for kind in kinds), channel=Channel.LETTER)
    assert [matter.number for matter in matters] == ["信访〔2025〕1号", "信访密〔2025〕1号", "信访〔2025〕2号"]
    assert len({matter.visit_id for matter in matters}) == 1


def test_register_visit_when_unit_registers_starts_direct_receipt_clock(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        stage.receptionist = stage.unit_clerk
        register(stage, MONDAY)
    assert [row.clock for row in db.session.scalars(sa.select(Clock))] == ["direct_receipt_notice"]


@pytest.mark.parametrize(
    ("representatives", "head_count", "is_refused"),
    [(0, 60, True), (1, 60, False), (5, 60, False), (6, 60, True), (5, 4, True), (1, 1, True)],
)
def test_inv_01_collective_visit_when_representatives_not_one_to_five_is_refused(
    db: SQLAlchemy, representatives: int, head_count: int, is_refused: bool
) -> None:
    people = tuple(person(f"来访人{place}", is_representative=True) for place in range(representatives))
    people = people or (person(),)
    with transaction():
        stage = set_stage()
    if not is_refused:
        with transaction():
            register(stage, MONDAY, petitioners=people, head_count=head_count, is_collective=True)
        return
    with pytest.raises(RuleViolation) as refusal, transaction():
        register(stage, MONDAY, petitioners=people, head_count=head_count, is_collective=True)
    assert refusal.value.rule == "INV-01"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Matter)) == 0


def test_inv_37_minor_when_alone_is_refused_and_with_guardian_registered(db: SQLAlchemy) -> None:
    child = person("小满", birth_date=date(2012, 5, 1))
    with transaction():
        stage = set_stage()
    with pytest.raises(RuleViolation) as refusal, transaction():
        register(stage, MONDAY, petitioners=(child,))
    assert refusal.value.rule == "INV-37"
    child = person("小满", birth_date=date(2012, 5, 1), guardian=1)
    with transaction():
        (matter,) = register(stage, MONDAY, petitioners=(child, person("靳母")), head_count=2)
    first, second = matter.parties[:2]
    assert first.guardian_id == second.id


def test_register_visit_when_dated_ahead_is_refused(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
    with pytest.raises(RuleViolation), transaction():
        register(stage, date(2025, 2, 11), petitioners=())


def test_find_repeats_when_same_id_or_phone_names_own_office_only(db: SQLAlchemy) -> None:
    with transaction():
        stage = set_stage()
        office = make_organisation("港前街道信访办")
        other = replace(stage, receptionist=make_account(Role.RECEPTIONIST, organisation=office))
        known = person("郑桂兰", id_document=IdDocument.ID_CARD, id_number="11010519491231002X", phone="13800005678")
        (mine,) = register(stage, MONDAY, petitioners=(known,))
        register(other, MONDAY, petitioners=(known,))
        register(stage, MONDAY, claim(kind=MatterKind.ACCUSATION, opponents=(company(),)), petitioners=(known,))
    by = stage.actor("coordinator")
    hints = find_repeats(id_number="11010519491231002X", phone="13800005678", name="", by=by)
    assert [hint.public_id for hint in hints] == [mine.public_id]
    assert set(hints[0].shared) == {"证件号相同", "电话相同"}
    assert find_repeats(id_number="", phone="", name="", by=by) == []
