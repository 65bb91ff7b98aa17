"""The audit chain: every act hangs on the one before; any change is found and named."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum, StrEnum
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.audit.models import AuditEvent, AuditHead
from app.audit.queries import find_head, walk_chain
from app.audit.rules import Link, digest_of_link, find_broken_links
from app.web import faults
from app.web.faults import FaultInjected
from app.web.transaction import run_write, transaction
from tests.factories import make_organisation

ACTOR = Actor(7, "周敏", frozenset({Role.COORDINATOR}), 1)


def make_chain(length: int) -> list[tuple[Link, str, str]]:
    chain, previous = [], ""
    for seq in range(1, length + 1):
        link = Link(
            seq,
            datetime(2025, 7, seq, tzinfo=UTC),
            7,
            "coordinator",
            "matter.accept",
            "matter",
            3,
            3,
            "a",
            "b",
            {},
            "R",
        )
        digest = digest_of_link(link, previous)
        chain.append((link, previous, digest))
        previous = digest
    return chain


def head_of(chain: list[tuple[Link, str, str]]) -> tuple[int, str]:
    return chain[-1][0].seq, chain[-1][2]


def test_chain_when_untouched_has_no_findings() -> None:
    chain = make_chain(5)
    assert find_broken_links(chain, head_of(chain)) == []
    assert find_broken_links([], (0, "")) == []


@pytest.mark.parametrize(
    "field", ["at", "actor_id", "actor_roles", "act", "object_id", "before", "after", "detail", "request_id"]
)
def test_b247_any_changed_field_is_found_and_named(field: str) -> None:
    chain = make_chain(5)
    link, previous, digest = chain[2]
    changed = {
        **vars(link),
        field: {"x": 1} if field == "detail" else datetime(2030, 1, 1, tzinfo=UTC) if field == "at" else 99,
    }
    tampered = [*chain[:2], (Link(**changed), previous, digest), *chain[3:]]
    findings = find_broken_links(tampered, head_of(chain))
    assert findings == ["audit_event 3: changed or out of order"]


@pytest.mark.parametrize(
    ("keep", "names"),
    [([0, 1, 3, 4], "audit_event 4"), ([0, 1, 2, 3], "chain ends at 4"), ([1, 0, 2, 3, 4], "audit_event 2")],
)
def test_p29_removed_or_swapped_rows_are_found(keep: list[int], names: str) -> None:
    chain = make_chain(5)
    findings = find_broken_links([chain[index] for index in keep], head_of(chain))
    assert any(names in finding for finding in findings)


def test_record_writes_who_what_and_both_states(db: SQLAlchemy) -> None:
    with transaction():
        organisation = make_organisation("甲")
        record(ACTOR, "organisation.rename", organisation, before="old", after="new", fields=["name"])
    row = db.session.scalars(sa.select(AuditEvent)).one()
    assert (row.seq, row.actor_id, row.actor_roles, row.act) == (1, 7, "coordinator", "organisation.rename")
    assert (row.object_kind, row.object_id, row.before, row.after) == ("organisation", organisation.id, "old", "new")
    assert row.detail == {"fields": ["name"]}
    head = db.session.scalars(sa.select(AuditHead)).one()
    assert (head.seq, head.digest) == (1, row.digest)


def test_p32_no_act_without_its_audit_row(db: SQLAlchemy) -> None:
    faults.arm("audit.append:error@1")
    with pytest.raises(FaultInjected), transaction():
        record(ACTOR, "organisation.create", make_organisation("甲"))
    assert db.session.scalar(sa.text("select count(*) from organisation")) == 0


class Colour(StrEnum):
    RED = "red"


class Number(Enum):
    ONE = 1


DETAILS = [
    {"fields": ["name", "post"], "count": 3, "share": 0.1, "none": None, "yes": True},
    {"by_id": {10: "a", 9: "b", 2: "c"}},
    {"at": datetime(2025, 7, 1, 9, 30, 15, 123456, tzinfo=UTC), "on": date(2025, 7, 1), "from": time(9, 30)},
    {"colour": Colour.RED, "number": Number.ONE, "colours": {Colour.RED: Colour.RED}},
    {"ids": {3, 1, 2}, "pair": (1, 2), "nested": [{"ids": frozenset({"b", "a"})}]},
    {"text": '郑桂兰𠮷 \u2028 \x00 " \\\\ \n', "big": 2**60, "negative": -0.0, "tiny": 1e-17},
]


@pytest.mark.parametrize("detail", DETAILS, ids=lambda detail: "-".join(detail))
def test_whatever_is_noted_verifies_after_it_was_read_back(db: SQLAlchemy, detail: dict[str, Any]) -> None:
    for _ in range(2):
        with transaction():
            record(ACTOR, "test.note", **detail)
    assert find_broken_links(walk_chain(), find_head()) == []


@pytest.mark.parametrize("value", [b"bytes", object(), float("nan"), Decimal(1), {1: "a", "b": object()}])
def test_what_cannot_be_read_back_is_refused_and_so_is_the_act(db: SQLAlchemy, value: object) -> None:
    with pytest.raises((TypeError, ValueError)), transaction():
        record(ACTOR, "test.note", make_organisation("甲"), value=value)
    assert db.session.scalar(sa.text("select count(*) from organisation")) == 0


@pytest.mark.parametrize("name", ["act", "kind", "before", "after"])
def test_a_word_too_long_for_its_column_is_refused_on_both_engines(db: SQLAlchemy, name: str) -> None:
    words = {"act": "test.note", name: "x" * 81}
    with pytest.raises(ValueError, match="at most"), transaction():
        record(ACTOR, words.pop("act"), **words)


def test_every_role_at_once_fits(db: SQLAlchemy) -> None:
    with transaction():
        record(Actor(7, "周敏", frozenset(Role), 1), "test.note")


def test_p29_eight_writers_of_twenty_five_rows_lose_none_and_keep_the_chain(app: Flask, db: SQLAlchemy) -> None:
    def write(writer: int) -> None:
        with app.app_context():
            for turn in range(25):
                run_write(lambda turn=turn: record(ACTOR, "test.note", writer=writer, turn=turn))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    rows = list(db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.seq)))
    assert [row.seq for row in rows] == list(range(1, 201))
    assert {(row.detail["writer"], row.detail["turn"]) for row in rows} == set(product(range(8), range(25)))
    assert find_broken_links(walk_chain(), find_head()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": datetime(2025, 7, 1, 4, 0, 1, tzinfo=UTC)},
        {"actor_id": 8},
        {"detail": {"count": 4}},
        {"after": "closed"},
        {"matter_id": 5},
        {"digest": "0" * 64},
    ],
    ids=lambda change: "-".join(change),
)
def test_b247_a_row_changed_in_the_database_is_found(db: SQLAlchemy, change: dict[str, Any]) -> None:
    with transaction():
        for count in range(3):
            record(ACTOR, "test.note", after="open", count=count)
    with transaction():
        db.session.execute(sa.update(AuditEvent).where(AuditEvent.seq == 2).values(**change))
    assert any("audit_event 2" in finding for finding in find_broken_links(walk_chain(), find_head()))
