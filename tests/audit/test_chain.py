"""The audit chain: every act hangs on the one before; any change is found and named."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.audit.models import AuditEvent, AuditHead
from app.audit.rules import Link, digest_of_link, find_broken_links
from app.web import faults
from app.web.faults import FaultInjected
from app.web.transaction import transaction
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
