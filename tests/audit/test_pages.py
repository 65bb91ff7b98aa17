"""The auditor's page: everything that was done, by number; whether the chain holds; nothing personal."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.audit.actions import record
from app.audit.anchor import anchor_file, last_anchor_at, write_anchor
from app.audit.models import AuditEvent
from app.people.models import Account
from app.web.transaction import transaction
from tests.factories import NOON, actor_of, make_account, make_matter, make_organisation

Clients = Callable[[Account], FlaskClient]
PAGE = "/settings/audit"


@pytest.fixture
def auditor(db: SQLAlchemy) -> Account:
    anchor_file().unlink(missing_ok=True)
    with transaction():
        office = make_organisation()
        clerk = make_account(Role.COORDINATOR, organisation=office, name="周敏敏")
        matter = make_matter(office, clerk)
        matter.subject = "漏水赔偿"
        for act in ("matter.read", "party.reveal", "matter.close"):
            record(actor_of(clerk), act, matter)
        return make_account(Role.AUDITOR, organisation=office)


def test_page_when_opened_by_auditor_shows_acts_and_no_names(auditor: Account, client_of: Clients) -> None:
    shown = client_of(auditor).get(PAGE).get_data(as_text=True)
    assert "party.reveal" in shown
    assert "周敏敏" not in shown
    assert "漏水赔偿" not in shown


def test_page_when_cut_by_act_shows_only_these(auditor: Account, client_of: Clients) -> None:
    shown = client_of(auditor).get(f"{PAGE}?act=party.").get_data(as_text=True)
    assert "party.reveal" in shown
    assert "matter.close" not in shown


@pytest.mark.parametrize("query", ["person=x", "matter=99999999999999999999", "before=-1", "act=%25"])
def test_page_when_asked_nonsense_is_shown_all_the_same(auditor: Account, client_of: Clients, query: str) -> None:
    assert client_of(auditor).get(f"{PAGE}?{query}").status_code == 200


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.LEADER])
def test_n12_page_when_opened_by_others_is_refused(auditor: Account, client_of: Clients, role: Role) -> None:
    with transaction():
        other = make_account(role)
    assert client_of(other).get(PAGE).status_code == 403
    assert client_of(other).post(f"{PAGE}/check").status_code == 403


def test_check_when_nothing_was_touched_says_so_and_is_logged(
    db: SQLAlchemy, auditor: Account, client_of: Clients
) -> None:
    assert "日志完整" in client_of(auditor).post(f"{PAGE}/check").get_data(as_text=True)
    db.session.rollback()
    assert db.session.scalar(sa.select(AuditEvent.act).order_by(AuditEvent.seq.desc()).limit(1)) == "audit.check"


def test_p29_check_when_a_row_was_changed_names_it(db: SQLAlchemy, auditor: Account, client_of: Clients) -> None:
    with transaction():
        db.session.execute(sa.update(AuditEvent).where(AuditEvent.seq == 2).values(act="matter.read"))
    assert "audit_event 2: changed" in client_of(auditor).post(f"{PAGE}/check").get_data(as_text=True)


def test_anchor_when_nothing_happened_since_is_written_once(db: SQLAlchemy, auditor: Account) -> None:
    assert [write_anchor(NOON) for _ in range(3)] == [1, 0, 0]
    assert last_anchor_at() == NOON
    assert anchor_file().stat().st_mode & 0o077 == 0
