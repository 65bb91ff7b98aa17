"""From screening to the closed petition through the pages; who is refused on the way."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.linkage.models import Linkage
from app.linkage.rules import LinkageStatus
from app.matters.models import Matter
from app.matters.rules import MatterResult, MatterStatus, Route
from app.mediation.actions import mark_agreed
from app.mediation.models import MediationCase
from app.web.transaction import transaction
from tests.matters.stage import Stage, at, everybody_agrees, register, set_stage

DAY = date(2025, 6, 9)
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


def test_screening_when_walked_through_ends_at_the_referral(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    browser = client_of(stage.coordinator)
    home = f"/screening/{matter.public_id}"
    facts = {"aim": "civil", "opponent": "equal", "weight": "unsure", "dispute_type": "D14"}
    assert browser.post(f"{home}/facts", data=facts).location == f"{home}/procedures"
    procedures = {"procedure": "none", "special": "no", "same_facts": "no"}
    assert browser.post(f"{home}/procedures", data=procedures).location == f"{home}/consent"
    assert "先补齐上面还缺的" in browser.get(f"{home}/route").get_data(as_text=True)
    for party in matter.parties:
        said = {"decision": "consented", "manner": "written", "given_on": "2025-06-09"}
        assert browser.post(f"/parties/{party.public_id}/consent", data=said).status_code == 302
    page = browser.get(f"{home}/route").get_data(as_text=True)
    assert "同意，导入人民调解" in page
    assert "《人民调解法》第十七条" in page
    answer = browser.post(f"{home}/route", data={"route": "mediation"})
    assert answer.location == f"/matters/{matter.public_id}/refer"
    db.session.rollback()
    stored = db.session.get_one(Matter, matter.id, populate_existing=True)
    assert (stored.route, stored.dispute_type) == (Route.MEDIATION, "D14")


def test_screening_when_a_question_is_left_open_keeps_the_other_answers(
    stage: Stage, matter: Matter, client_of: Opener
) -> None:
    answer = client_of(stage.coordinator).post(f"/screening/{matter.public_id}/facts", data={"aim": "civil"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "有 2 处要改" in page
    assert 'value="civil" id="f-aim" checked' in page


def test_r_link_01_overruling_when_reason_is_missing_is_refused_and_shown(
    stage: Stage, matter: Matter, client_of: Opener
) -> None:
    answer = client_of(stage.coordinator).post(
        f"/screening/{matter.public_id}/route", data={"route": "hearing", "reason": "不好"}
    )
    assert answer.status_code == 422
    assert "不少于 10 个字" in answer.get_data(as_text=True)


def referred(stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy) -> Linkage:
    """Both sides agree; the coordinator sends the letter through the page."""
    with transaction():
        everybody_agrees(stage, db.session.get_one(Matter, matter.id), DAY)
    form = {
        "committee": stage.committee.public_id,
        "kind": "handed_over",
        "summary": "楼上漏水，泡了地板",
        "idempotency_key": "refer-this-matter-once",
    }
    browser = client_of(stage.coordinator)
    first, second = (browser.post(f"/matters/{matter.public_id}/refer", data=form) for _ in range(2))
    assert (first.status_code, first.location) == (302, second.location)
    db.session.rollback()
    return db.session.scalars(sa.select(Linkage)).one()


def test_linkage_when_settled_is_walked_from_letter_to_closed_petition(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    linkage = referred(stage, matter, client_of, db)
    clerk, coordinator = client_of(stage.clerk), client_of(stage.coordinator)
    page = f"/linkages/{linkage.public_id}"
    assert "接收，开始调解" in clerk.get(page).get_data(as_text=True)
    assert coordinator.post(f"{page}/accept", data={}).status_code == 403
    form = {"mediators": stage.mediator.public_id, "accepted_on": "2025-06-09"}
    assert clerk.post(f"{page}/accept", data=form).status_code == 302
    db.session.rollback()
    case = db.session.scalars(sa.select(MediationCase)).one()
    assert case.number == "(2025)滨澜人调字第1号"
    with transaction():
        mark_agreed(db.session.get_one(MediationCase, case.id), on=DAY, by=stage.actor("clerk"), now=at(DAY, 11))
    db.session.rollback()
    linkage = db.session.get_one(Linkage, linkage.id, populate_existing=True)
    results = {f"result-{row.id}": "signed" for row in linkage.parties}
    sent = clerk.post(f"{page}/feedback", data={**results, "summary": "双方签了协议，当场付清。"})
    assert sent.status_code == 302
    assert "按调解化解办结" in coordinator.get(page).get_data(as_text=True)
    assert clerk.post(f"{page}/close").status_code == 403
    assert coordinator.post(f"{page}/close").location == f"/matters/{matter.public_id}"
    db.session.rollback()
    stored = db.session.get_one(Matter, matter.id, populate_existing=True)
    assert (stored.status, stored.result) == (MatterStatus.CLOSED, MatterResult.SETTLED_BY_MEDIATION)
    story = coordinator.get(f"/matters/{matter.public_id}/story").get_data(as_text=True)
    assert "有变动" not in story
    for words in ("导入访调对接", "调委会接收", "反馈调解结果", "调解化解，信访事项办结"):
        assert words in story


def test_linkage_when_declined_leads_the_clerk_back_to_the_list(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    linkage = referred(stage, matter, client_of, db)
    clerk = client_of(stage.clerk)
    form = {
        "ground": "已经由公安机关立案，不能调解",
        "basis": "《人民调解工作若干规定》第二十二条",
        "routes": "向公安机关了解",
    }
    assert clerk.post(f"/linkages/{linkage.public_id}/decline", data=form).location == "/matters"
    assert clerk.get(f"/linkages/{linkage.public_id}").status_code == 404
    assert client_of(stage.coordinator).get(f"/linkages/{linkage.public_id}").status_code == 200


def test_inv_05_consent_when_taken_back_on_the_page_returns_the_matter(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    linkage = referred(stage, matter, client_of, db)
    form = {"party": str(matter.parties[1].id), "manner": "recorded", "given_on": "2025-06-09", "note": "不愿意"}
    browser = client_of(stage.coordinator)
    assert browser.post(f"/linkages/{linkage.public_id}/withdraw-consent", data=form).status_code == 302
    db.session.rollback()
    stored = db.session.get_one(Linkage, linkage.id, populate_existing=True)
    assert stored.status is LinkageStatus.RETURNED_TO_PETITION


def test_stale_referral_page_when_answered_twice_is_refused_and_writes_once(
    stage: Stage, matter: Matter, client_of: Opener, db: SQLAlchemy
) -> None:
    linkage = referred(stage, matter, client_of, db)
    clerk = client_of(stage.clerk)
    form = {
        "version": str(linkage.version),
        "mediators": stage.mediator.public_id,
        "accepted_on": "2025-06-09",
    }
    answers = [clerk.post(f"/linkages/{linkage.public_id}/accept", data=form).status_code for _ in range(2)]
    assert answers == [302, 409]
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(MediationCase)) == 1
