"""Reconsideration on the screen: the way of S03 to its decision, refusals that keep what was typed, roles."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.documents.models import IssuedPaper
from app.matters.models import Clock
from app.people.models import Account
from app.remedies.models import ReconsiderationCase
from app.remedies.rules import CaseStatus, SuspensionGround
from app.web.transaction import transaction
from tests.factories import make_account
from tests.remedies.helpers import MINUTES_NUMBER, World, accepted, received, routed, with_answer, with_hearing
from tests.remedies.screen import Clockwork, Opener, fresh, text_of


def test_s03_case_when_walked_through_the_pages_is_decided_after_its_hearing(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        matter = routed(world)
    fake_now("2024-08-28T10:00+08:00")
    desk, officer = client_of(world.stage.receptionist), client_of(world.officer)
    start = f"/matters/{matter.public_id}/reconsideration"
    assert officer.get(start).status_code == 404
    assert "滨澜区行政复议机构" in text_of(desk, start)
    form = {
        "organ": world.body.public_id,
        "respondent": matter.parties[1].public_id,
        "act": "罚款8万元",
        "received_on": "2024-08-28",
    }
    assert desk.post(start, data={**form, "act": ""}).status_code == 422
    assert desk.post(start, data=form).status_code == 302
    case = fresh(db, ReconsiderationCase)
    home = f"/reconsiderations/{case.public_id}"
    assert case.number in text_of(officer, "/reconsiderations")
    assert "等复议机构办" in text_of(desk, home)
    assert desk.post(f"{home}/accept", data={}).status_code == 403
    fake_now("2024-09-04T10:00+08:00")
    officer = client_of(world.officer)
    acceptance = {"accepted_on": "2024-09-04", "procedure": "summary", "grave": "new_type"}
    refused = officer.post(f"{home}/accept", data=acceptance)
    assert refused.status_code == 422
    assert "不能用简易程序" in refused.get_data(as_text=True)
    assert officer.post(f"{home}/accept", data={**acceptance, "procedure": "ordinary"}).status_code == 302
    assert "11月4日" in text_of(officer, home)
    fake_now("2024-09-25T10:00+08:00")
    officer = client_of(world.officer)
    for act, data in (
        ("copy", {"sent_on": "2024-09-10"}),
        ("copy-received", {"received_on": "2024-09-10"}),
        ("answer", {"answered_on": "2024-09-25", "evidence_note": "证据9份"}),
    ):
        assert officer.get(f"{home}/{act}").status_code == 200
        assert officer.post(f"{home}/{act}", data=data).status_code == 302
    assert "看信访事项，安排听证" in text_of(officer, home)
    fake_now("2024-10-30T10:00+08:00")
    officer = client_of(world.officer)
    decision = {"kind": "changed", "operative": "罚款变更为30000元", "text": "数额不当", "decided_on": "2024-10-30"}
    refused = officer.post(f"{home}/decision", data=decision)
    assert refused.status_code == 422
    assert "先听证" in refused.get_data(as_text=True)
    assert "数额不当" in refused.get_data(as_text=True)
    extension = {"days": "30", "reason": "案情复杂", "told_on": "2024-10-30"}
    assert officer.post(f"{home}/extend", data=extension).status_code == 403
    assert client_of(world.head).post(f"{home}/extend", data=extension).status_code == 302
    db.session.rollback()
    clock = db.session.scalars(sa.select(Clock).filter_by(clock="recon_decision")).one()
    assert clock.legal_due_on == date(2024, 12, 3)
    assert officer.get(f"{home}/decision").status_code == 200


def test_r_recon_07_decision_when_posted_after_the_hearing_must_cite_the_minutes(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        case = with_hearing(world)
    fake_now("2024-10-28T10:00+08:00")
    officer, url = client_of(world.officer), f"/reconsiderations/{case.public_id}"
    assert MINUTES_NUMBER in text_of(officer, f"{url}/decision")
    decision = {"kind": "changed", "operative": "罚款变更为30000元", "text": "数额不当", "decided_on": "2024-10-28"}
    assert officer.post(f"{url}/decision", data=decision).status_code == 422
    decision["text"] = f"根据听证笔录（{MINUTES_NUMBER}），数额不当。"
    assert officer.post(f"{url}/decision", data=decision).status_code == 302
    page = text_of(officer, url)
    assert "行政复议决定书" in page
    assert "办完了" in page
    paper = fresh(db, IssuedPaper)
    assert client_of(world.officer).get(f"/papers/{paper.public_id}/file").status_code == 200


def test_correction_when_asked_on_the_pages_is_told_received_and_given_up(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        case = received(world)
    fake_now("2024-09-19T10:00+08:00")
    officer, home = client_of(world.officer), f"/reconsiderations/{case.public_id}"
    asked = {"what": "补交处罚决定书复印件和送达日期", "asked_on": "2024-08-30"}
    assert officer.post(f"{home}/correction", data=asked).status_code == 302
    assert officer.post(f"{home}/given-up").status_code == 422
    assert officer.post(f"{home}/correction-notice", data={"received_on": "2024-09-02"}).status_code == 302
    late = officer.post(f"{home}/corrected", data={"corrected_on": "2024-09-19"})
    assert late.status_code == 422
    assert "视为放弃申请" in late.get_data(as_text=True)
    for page in ("correction-notice", "corrected", "given-up", "decline", "accept", "withdraw", "correction"):
        assert officer.get(f"{home}/{page}").status_code == 200
    assert officer.post(f"{home}/given-up").status_code == 302
    assert fresh(db, ReconsiderationCase).status is CaseStatus.GIVEN_UP


def test_application_when_declined_or_withdrawn_on_the_page_ends(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        first, second = received(world), received(world)
    fake_now("2024-09-04T10:00+08:00")
    officer = client_of(world.officer)
    declining = {"ground": "out_of_time", "reason": "知道处罚已超过六十日", "declined_on": "2024-09-04"}
    assert officer.post(f"/reconsiderations/{first.public_id}/decline", data=declining).status_code == 302
    leaving = {"settled": "settled", "reason": "双方已经和解，撤回申请", "withdrawn_on": "2024-09-04"}
    assert officer.post(f"/reconsiderations/{second.public_id}/withdraw", data=leaving).status_code == 302
    db.session.rollback()
    found = set(db.session.scalars(sa.select(ReconsiderationCase.status)))
    assert found == {CaseStatus.DECLINED, CaseStatus.WITHDRAWN}
    page = text_of(client_of(world.stage.coordinator), f"/matters/{second.matter.public_id}/reconsideration")
    assert "撤回后再申请的理由" in page
    assert "超过法定申请期限" in text_of(officer, f"/reconsiderations/{first.public_id}")


def test_r_recon_14_case_when_rested_and_resumed_on_the_pages_moves_its_date(
    world: World, client_of: Opener, fake_now: Clockwork
) -> None:
    with transaction():
        case = with_answer(world)
    fake_now("2024-10-16T10:00+08:00")
    officer, home = client_of(world.officer), f"/reconsiderations/{case.public_id}"
    rest = {"ground": SuspensionGround.MEDIATION.value, "note": "双方书面同意先调解再说", "from_on": "2024-09-26"}
    assert officer.get(f"{home}/suspend").status_code == 200
    assert officer.post(f"{home}/suspend", data=rest).status_code == 302
    assert "已中止" in text_of(officer, home)
    assert officer.get(f"{home}/resume").status_code == 200
    assert officer.post(f"{home}/resume", data={"on": "2024-10-16"}).status_code == 302
    assert "11月25日" in text_of(officer, home)


@pytest.mark.parametrize("role", [Role.HANDLING_UNIT_CLERK, Role.MEDIATOR, Role.RECONSIDERATION_OFFICER])
def test_case_when_a_stranger_opens_it_does_not_exist(
    world: World, client_of: Opener, db: SQLAlchemy, role: Role
) -> None:
    with transaction():
        case = accepted(world)
        stranger: Account = make_account(role, name="别处")
    client = client_of(stranger)
    assert client.get(f"/reconsiderations/{case.public_id}").status_code == 404
    assert client.post(f"/reconsiderations/{case.public_id}/copy", data={}).status_code == 404
    expected = 200 if role is Role.RECONSIDERATION_OFFICER else 403
    assert client.get("/reconsiderations").status_code == expected
    assert case.number not in client.get("/reconsiderations").get_data(as_text=True)


def test_list_when_filtered_or_spoilt_stays_a_page(world: World, client_of: Opener, fake_now: Clockwork) -> None:
    with transaction():
        case = received(world)
    fake_now("2024-08-29T10:00+08:00")
    client = client_of(world.stage.coordinator)
    assert case.number in text_of(client, "/reconsiderations?status=received")
    assert "没有这样的行政复议" in text_of(client, "/reconsiderations?status=decided")
    assert case.number in text_of(client, "/reconsiderations?status=nonsense&after=x.y")
    assert case.number not in text_of(client, f"/reconsiderations?after=1.{case.id}")


def test_form_when_it_is_stale_answers_409(world: World, client_of: Opener, fake_now: Clockwork) -> None:
    with transaction():
        case = accepted(world)
    fake_now("2024-09-09T10:00+08:00")
    form = {"sent_on": "2024-09-09", "version": str(case.version + 7)}
    assert client_of(world.officer).post(f"/reconsiderations/{case.public_id}/copy", data=form).status_code == 409


def test_matter_page_when_the_bodys_window_registered_it_offers_to_take_the_application(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        world.stage.receptionist = world.officer
        matter = routed(world)
        matter.route = None
    fake_now("2024-08-28T10:00+08:00")
    officer, home = client_of(world.officer), f"/matters/{matter.public_id}"
    assert officer.get("/matters/new").status_code == 200
    assert "收下复议申请" in text_of(officer, home)
    form = {
        "organ": world.body.public_id,
        "respondent": matter.parties[1].public_id,
        "act": "罚款8万元",
        "received_on": "2024-08-28",
    }
    assert officer.post(f"{home}/reconsideration", data=form).status_code == 302
    case = fresh(db, ReconsiderationCase)
    assert officer.get(f"{home}/reconsideration/case").location == f"/reconsiderations/{case.public_id}"
    assert "打开复议案件" in text_of(officer, home)
    assert "决定是否受理复议申请" in text_of(officer, "/desk")
    assert "/reconsiderations" in text_of(officer, "/desk")
