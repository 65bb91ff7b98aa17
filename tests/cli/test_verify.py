"""`flask verify` finds every change that was made behind the product's back (P29, P30, P33, B247–B252)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.audit.actions import record
from app.audit.anchor import anchor_file, write_anchor
from app.audit.models import AuditEvent, AuditHead
from app.booking.models import BookedSession, Occupancy, Room
from app.booking.queries.verifying import expected_cells
from app.booking.rules.words import RoomKind
from app.documents.actions import issue
from app.documents.models import PaperRevision
from app.documents.rules import NumberRequest, Owner
from app.documents.storage import documents_dir
from app.extensions import db as database
from app.law import clock
from app.matters.actions import start_clock
from app.matters.models import Clock, Matter
from app.people.actions import create_account
from app.people.actions.accounts import AccountDetails
from app.people.models import Account, AccountRole
from app.web.transaction import transaction
from tests.documents.samples import opinion
from tests.factories import NOON, actor_of, make_account, make_matter, make_organisation


def verify(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["verify"])


@pytest.fixture
def house(app: Flask, db: SQLAlchemy) -> Path:
    """One of everything that is checked; gives the file of the issued paper."""
    for folder in (documents_dir(), anchor_file().parent):
        for leftover in folder.glob("*") if folder.is_dir() else ():
            leftover.unlink()
    with transaction():
        office = make_organisation("滨澜区信访办公室", number_prefix="滨澜信")
        account = make_account(Role.COORDINATOR, organisation=office, is_demo=True)
        details = AccountDetails("沈一", office)
        roles = frozenset({Role.ADMINISTRATOR})
        create_account("first.admin", "Ferry-boat-2025-x", details, roles, by=None, now=NOON)
        matter = make_matter(office, account)
        start_clock(matter, "petition_handling", date(2025, 6, 3), now=NOON)
        _book(matter, account)
        for _ in range(5):
            record(actor_of(account), "matter.read", matter)
        issue(
            opinion(),
            owner=Owner("legal_opinion", 1),
            matter_id=matter.id,
            organisation=office,
            by=actor_of(account),
            now=NOON,
            number=NumberRequest("legal_opinion", "{prefix}意见〔{year}〕{n}号"),
        )
    assert write_anchor(clock.now()) == 1
    db.session.rollback()
    return documents_dir() / db.session.scalars(sa.select(PaperRevision)).one().file_name


def _book(matter: Matter, account: Account) -> None:
    room = Room(
        organisation_id=matter.organisation_id, name="第一调解室", kind=next(iter(RoomKind)), equipment_words=[]
    )
    database.session.add(room)
    database.session.flush()
    session = BookedSession(
        owner_kind="mediation_meeting",
        owner_id=1,
        matter_id=matter.id,
        organisation_id=matter.organisation_id,
        room_id=room.id,
        purpose="调解",
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
        booked_by=account.id,
        booked_at=NOON,
        party_keys=[],
        seats=[],
    )
    database.session.add(session)
    database.session.flush()
    database.session.add_all(
        Occupancy(resource_key=key, cell=cell, session_id=session.id) for key, cell in expected_cells(session)
    )


def test_verify_when_nothing_was_touched_is_clean(app: Flask, house: Path) -> None:
    answer = verify(app)
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("clean: audit chain")


def change(table: type, values: dict[str, object], where: object = None) -> Callable[[], None]:
    def plant() -> None:
        statement = sa.update(table).values(values)
        database.session.execute(statement if where is None else statement.where(where))

    return plant


def remove(table: type, where: object) -> Callable[[], None]:
    def plant() -> None:
        database.session.execute(sa.delete(table).where(where))

    return plant


def cut_tail() -> None:
    """Delete the last rows and mend the head so that the chain alone looks whole."""
    database.session.execute(sa.delete(AuditEvent).where(AuditEvent.seq > 3))
    third = database.session.get_one(AuditEvent, 3)
    database.session.execute(sa.update(AuditHead).values(seq=3, digest=third.digest))


PLANTED = {
    "p29_audit_row_altered": (
        change(AuditEvent, {"act": "matter.write"}, AuditEvent.seq == 2),
        "audit_event 2: changed",
    ),
    "p29_audit_row_deleted": (remove(AuditEvent, AuditEvent.seq == 2), "audit_event 3: follows 1"),
    "p30_audit_tail_deleted": (remove(AuditEvent, AuditEvent.seq > 3), "the chain ends at 3"),
    "p30_audit_tail_deleted_and_head_mended": (cut_tail, "its end is missing"),
    "p33_digest_altered": (change(PaperRevision, {"sha256": "0" * 64}), "its digest is not the one in the log"),
    "b247_role_altered": (
        change(AccountRole, {"role": "leader"}, AccountRole.role == "administrator"),
        "holds ['leader']",
    ),
    "b247_account_inserted": (lambda: make_account(Role.AUDITOR) and None, "does not know who created it"),
    "occupancy_row_missing": (remove(Occupancy, Occupancy.cell >= 0), "cells missing"),
    "clock_altered": (change(Clock, {"legal_due_on": date(2025, 12, 31)}), "stored 2025-08-02 2025-12-31"),
    "clock_extension_without_row": (change(Clock, {"extend_days": 30}), "its extensions say otherwise"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_verify_when_a_row_was_changed_names_it(app: Flask, db: SQLAlchemy, house: Path, name: str) -> None:
    plant, expected = PLANTED[name]
    with transaction():
        plant()
    answer = verify(app)
    assert answer.exit_code == 1
    assert expected in answer.output


def test_p33_verify_when_one_bit_of_a_file_was_flipped_names_it(app: Flask, house: Path) -> None:
    content = bytearray(house.read_bytes())
    content[len(content) // 2] ^= 1
    house.write_bytes(content)
    answer = verify(app)
    assert answer.exit_code == 1
    assert f"the file {house.name} was changed" in answer.output


def test_b249_verify_when_a_file_is_missing_names_it(app: Flask, house: Path) -> None:
    house.unlink()
    assert f"the file {house.name} is missing" in verify(app).output


def test_verify_when_a_file_has_no_row_names_it(app: Flask, house: Path) -> None:
    house.with_name("strange.pdf").write_bytes(b"%PDF-")
    assert "file strange.pdf: no paper has it" in verify(app).output


def test_inv_30_verify_when_a_number_is_missing_names_it(app: Flask, db: SQLAlchemy, house: Path) -> None:
    with transaction():
        db.session.execute(sa.text("UPDATE number_counter SET last = 2"))
    assert "number 2 of series legal_opinion 2025: nobody has it" in verify(app).output


def test_b250_verify_when_a_sealed_value_was_moved_names_it(app: Flask, db: SQLAlchemy, house: Path) -> None:
    with transaction():
        for number in (1, 2):
            account = make_account(Role.MEDIATOR, username=f"swapped{number}", is_demo=True)
            account.phone = f"1390000000{number}"
        db.session.flush()
        first = sa.select(Account.phone_sealed).where(Account.username == "swapped1").scalar_subquery()
        db.session.execute(
            sa.update(Account)
            .where(Account.username == "swapped2")
            .values(phone_sealed=first)
            .execution_options(synchronize_session=False)
        )
    assert "phone_sealed does not open" in verify(app).output


def test_b252_verify_when_anchor_line_was_changed_names_it(app: Flask, house: Path) -> None:
    anchor_file().write_text(anchor_file().read_text().replace('"seq": ', '"seq": 1'))
    assert "audit anchor 1: the line was changed" in verify(app).output


def test_verify_when_tables_are_missing_is_an_error(app: Flask, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[str]:
        raise OSError("no such device")

    monkeypatch.setattr("app.cli.verifying.CHECKS", (("papers", broken),))
    answer = verify(app)
    assert answer.exit_code == 2
    assert "cannot verify: OSError: no such device" in answer.output
