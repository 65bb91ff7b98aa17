"""The acts through their pages: from transfer to the closed matter, objection, recusal, parties and proxies."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.matters.models import Clock, HandlingOpinion, Matter, Proxy, Recusal, TransferObjection
from app.matters.rules import MatterKind, MatterStatus, RecusalStatus
from app.web.transaction import transaction
from tests.matters.stage import Stage, claim, person, register, set_stage

DAY = date(2025, 6, 9)
TODAY = "2025-06-09"
REASON = "属于别的单位的职责，请重新转送"
Opener = Callable[..., FlaskClient]


@pytest.fixture
def stage(db: SQLAlchemy, fake_now: Callable[[str], None]) -> Stage:
    """The district on 9 June 2025."""
    fake_now("2025-06-09T10:00+08:00")
    with transaction():
        return set_stage()


@pytest.fixture
def matter(stage: Stage) -> Matter:
    """One registered claim."""
    with transaction():
        (found,) = register(stage, DAY)
    return found


def status_of(db: SQLAlchemy, matter: Matter) -> MatterStatus:
    """Where the matter stands in the database."""
    db.session.rollback()
    return db.session.scalars(sa.select(Matter.status).where(Matter.id == matter.id)).one()


def only(db: SQLAlchemy, statement: "sa.Select[Any]") -> Any:
    """The one row that is stored now."""
    db.session.rollback()
    return db.session.scalars(statement).one()


def transfer(stage: Stage, matter: Matter, browser: FlaskClient) -> None:
    """Transfer to the unit through the page."""
    form = {"unit": stage.unit.public_id, "mode": "transfer", "received_on": TODAY}
    assert browser.post(f"/matters/{matter.public_id}/transfer", data=form).status_code == 302


def test_matter_when_walked_through_the_pages_is_answered_and_closed(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    office, unit, home = client_of(stage.coordinator), client_of(stage.unit_clerk), f"/matters/{matter.public_id}"
    transfer(stage, matter, office)
    assert "受理并告知信访人" in unit.get(home).get_data(as_text=True)
    assert unit.post(f"{home}/unit-accept", data={"accepted_on": TODAY}).status_code == 302
    assert unit.post(f"{home}/start").status_code == 302
    assert status_of(db, matter) is MatterStatus.HANDLING
    opinion = {"result": "supported", "opinion": "支持，限期修复。", "basis": "《物业管理条例》", "issued_on": TODAY}
    assert unit.post(f"{home}/opinion", data=opinion).status_code == 302
    row = only(db, sa.select(HandlingOpinion))
    assert unit.post(f"/handling-opinions/{row.public_id}/received", data={"received_on": TODAY}).status_code == 302
    assert unit.post(f"{home}/close", data={"result": "supported"}).status_code == 403
    assert office.post(f"{home}/close", data={"result": "supported"}).status_code == 302
    assert status_of(db, matter) is MatterStatus.CLOSED
    assert "办完了" in office.get(home).get_data(as_text=True)
    assert "有变动" not in office.get(f"{home}/story").get_data(as_text=True)


def test_inv_36_objection_when_raised_and_decided_on_the_pages_returns_the_matter(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    office, unit, home = client_of(stage.coordinator), client_of(stage.unit_clerk), f"/matters/{matter.public_id}"
    transfer(stage, matter, office)
    assert unit.post(f"{home}/object", data={"reason": REASON}).status_code == 302
    row = only(db, sa.select(TransferObjection))
    assert unit.get(f"/objections/{row.public_id}").status_code == 403
    assert REASON in office.get(f"/objections/{row.public_id}").get_data(as_text=True)
    decided = {"decision": "upheld", "reason": "同意，改转区住建委办理"}
    assert office.post(f"/objections/{row.public_id}", data=decided).status_code == 302
    assert status_of(db, matter) is MatterStatus.RETURNED_BY_OBJECTION
    assert unit.get(home).status_code == 404


@pytest.mark.parametrize(
    ("act", "form", "status"),
    [
        ("guide", {"advice": "请向区人民法院上诉，十五日内有效"}, MatterStatus.GUIDED_AWAY),
        ("report", {}, MatterStatus.REPORTED),
        ("decline", {"reason": "不属于信访事项，已告知法定途径"}, MatterStatus.NOT_ACCEPTED),
        ("withdraw", {"reason": "信访人说已经和对方说好了"}, MatterStatus.WITHDRAWN),
        ("error", {"reason": "同一件事登记了两次，以前一件为准"}, MatterStatus.ENTERED_IN_ERROR),
        ("accept", {"accepted_on": TODAY}, MatterStatus.ACCEPTED),
    ],
)
def test_act_when_posted_moves_the_matter(
    stage: Stage,
    matter: Matter,
    client_of: Opener,
    db: SQLAlchemy,
    act: str,
    form: dict[str, str],
    status: MatterStatus,
) -> None:
    browser = client_of(stage.coordinator)
    assert browser.post(f"/matters/{matter.public_id}/{act}", data=form).status_code == 302
    assert status_of(db, matter) is status
    assert browser.post(f"/matters/{matter.public_id}/{act}", data=form).status_code == 422


@pytest.mark.parametrize("act", ["guide", "decline", "withdraw", "error"])
def test_act_when_reason_is_missing_is_refused_and_changes_nothing(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy, act: str
) -> None:
    answer = client_of(stage.coordinator).post(f"/matters/{matter.public_id}/{act}", data={})
    assert answer.status_code == 422
    assert status_of(db, matter) is MatterStatus.REGISTERED


def test_act_when_page_is_stale_is_refused(stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy) -> None:
    form = {"unit": stage.unit.public_id, "mode": "transfer", "received_on": TODAY, "version": "99"}
    answer = client_of(stage.coordinator).post(f"/matters/{matter.public_id}/transfer", data=form)
    assert answer.status_code == 409
    assert status_of(db, matter) is MatterStatus.REGISTERED


def test_inv_06_extension_when_asked_by_the_leader_moves_the_date_and_the_page_says_how(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    home = f"/matters/{matter.public_id}"
    assert client_of(stage.coordinator).post(f"{home}/accept", data={"accepted_on": TODAY}).status_code == 302
    form = {"days": "30", "reason": "需要鉴定漏水原因", "told_on": TODAY}
    assert client_of(stage.coordinator).post(f"{home}/extend", data=form).status_code == 403
    assert client_of(stage.leader).post(f"{home}/extend", data=form).status_code == 302
    row = only(db, sa.select(Clock).filter_by(clock="petition_handling"))
    page = client_of(stage.leader).get(f"/clocks/{row.public_id}").get_data(as_text=True)
    assert row.legal_due_on == date(2025, 9, 8)
    assert "延长 30 日" in page
    assert "需要鉴定漏水原因" in page


def test_inv_12_recusal_when_requested_on_the_page_is_decided_by_the_leader(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    home = f"/matters/{matter.public_id}"
    form = {"person": str(stage.receptionist.id), "ground": "interest", "facts": "和对方公司有往来"}
    assert client_of(stage.coordinator).post(f"{home}/recusals", data=form).status_code == 302
    assert client_of(stage.receptionist).get(home).status_code == 404
    row = only(db, sa.select(Recusal))
    assert client_of(stage.coordinator).get(f"/recusals/{row.public_id}").status_code == 403
    decided = {"decision": "granted", "reason": "有利害关系"}
    assert client_of(stage.leader).post(f"/recusals/{row.public_id}", data=decided).status_code == 302
    db.session.rollback()
    assert db.session.scalars(sa.select(Recusal.status)).one() is RecusalStatus.GRANTED
    assert client_of(stage.receptionist).get(home).status_code == 404


def test_inv_12_recusal_when_declared_leads_away_from_the_matter(
    stage: Stage, matter: Matter, client_of: Opener
) -> None:
    browser = client_of(stage.coordinator)
    form = {"person": "self", "ground": "party_or_relative", "facts": "对方是我表哥"}
    assert browser.post(f"/matters/{matter.public_id}/recusals", data=form).location == "/matters"
    assert matter.number not in browser.get("/matters?scope=all").get_data(as_text=True)


def test_party_when_corrected_keeps_what_was_left_empty(stage: Stage, client_of: Opener, db: SQLAlchemy) -> None:
    with transaction():
        known = person("尤晓琴", phone="13800005678", address="织造街道锦江路 12 号")
        (matter,) = register(stage, DAY, claim(), petitioners=(known,))
    party = matter.parties[0]
    browser = client_of(stage.coordinator)
    assert "13800005678" not in browser.get(f"/parties/{party.public_id}/edit").get_data(as_text=True)
    form = {"version": str(party.version), "kind": "person", "name": "尤小琴", "phone": "", "address": "锦江路 21 号"}
    assert browser.post(f"/parties/{party.public_id}/edit", data=form).status_code == 302
    db.session.rollback()
    db.session.refresh(party)
    assert (party.name, party.phone, party.address) == ("尤小琴", "13800005678", "锦江路 21 号")
    assert browser.post(f"/parties/{party.public_id}/edit", data=form).status_code == 409


def test_inv_16_proxy_when_filed_and_revoked_on_the_pages_is_shown(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    browser, party = client_of(stage.receptionist), matter.parties[0]
    form = {"name": "冯律师", "relation": "律师", "filed_on": TODAY, "is_special": "1", "powers": "代为和解"}
    assert browser.post(f"/parties/{party.public_id}/proxies/new", data=form).status_code == 302
    assert "特别授权" in browser.get(f"/matters/{matter.public_id}/parties").get_data(as_text=True)
    proxy = only(db, sa.select(Proxy))
    assert browser.post(f"/proxies/{proxy.public_id}/revoke").status_code == 302
    assert browser.post(f"/proxies/{proxy.public_id}/revoke").status_code == 422
    form["powers"] = ""
    assert browser.post(f"/parties/{party.public_id}/proxies/new", data=form).status_code == 422


def test_party_when_added_by_the_unit_is_refused(stage: Stage, matter: Matter, client_of: Opener) -> None:
    transfer(stage, matter, client_of(stage.coordinator))
    answer = client_of(stage.unit_clerk).post(f"/matters/{matter.public_id}/parties/new", data={"name": "x"})
    assert answer.status_code == 403


def test_inv_02_accusation_when_handed_to_a_router_is_transferred_by_him_alone(
    stage: Stage, client_of: Opener, db: SQLAlchemy
) -> None:
    with transaction():
        (secret,) = register(stage, DAY, claim(kind=MatterKind.ACCUSATION, opponents=()))
    home = f"/matters/{secret.public_id}"
    registrar, router = client_of(stage.receptionist), client_of(stage.coordinator)
    assert router.get(home).status_code == 404
    assert registrar.get(f"{home}/transfer").status_code == 403
    chosen = {"person": f"{stage.coordinator.public_id}-coordinator"}
    assert registrar.post(f"{home}/people", data=chosen).status_code == 302
    form = {"unit": stage.discipline.public_id, "mode": "transfer", "received_on": TODAY}
    assert router.post(f"{home}/transfer", data=form).status_code == 302
    assert client_of(stage.leader).get(home).status_code == 404
    outsider = {"person": f"{stage.clerk.public_id}-coordinator"}
    assert registrar.post(f"{home}/people", data=outsider).status_code == 422
