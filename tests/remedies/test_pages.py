"""Remedies and reconsideration on the screen: whole ways, refusals that keep what was typed, roles."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.documents.models import IssuedPaper, PaperRevision
from app.matters import actions as matters
from app.matters.models import Clock, Matter
from app.matters.rules import MatterStatus
from app.people.models import Account
from app.remedies.models import HelpRecord, ReconsiderationCase, Remedy
from app.remedies.rules import CaseStatus, RemedyStatus, SuspensionGround
from app.web.transaction import transaction
from tests.factories import make_account
from tests.remedies.helpers import (
    HEARING_NUMBER,
    MINUTES_NUMBER,
    World,
    accepted,
    answered,
    build_world,
    heard,
    received,
    rechecked,
    rechecking,
    reviewed,
    routed,
    strokes,
    with_answer,
    with_hearing,
)

Opener = Callable[..., FlaskClient]
Clockwork = Callable[[str], None]


@pytest.fixture
def world(db: SQLAlchemy) -> World:
    """The districts of S02 and S03."""
    with transaction():
        return build_world()


def fresh(db: SQLAlchemy, model: Any) -> Any:
    """The one row that is stored now."""
    db.session.rollback()
    return db.session.scalars(sa.select(model).order_by(model.id.desc())).first()


def text_of(client: FlaskClient, url: str) -> str:
    """The page, which must be there."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def test_s02_remedies_when_walked_through_the_pages_end_finalised(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy, client: FlaskClient
) -> None:
    with transaction():
        matter = answered(world)
    home = f"/matters/{matter.public_id}"
    fake_now("2025-03-31T10:00+08:00")
    office = client_of(world.stage.coordinator)
    page = text_of(office, f"{home}/remedies")
    assert "登记复查请求" in page
    assert "4月2日（周三）到期" in page
    request = {"organ": world.district_government.public_id, "claim": "请求增加补偿", "requested_on": "2025-03-31"}
    assert office.post(f"{home}/review", data={**request, "received_on": "2025-03-31"}).status_code == 302
    remedy = fresh(db, Remedy)
    fake_now("2025-04-27T10:00+08:00")
    office = client_of(world.stage.coordinator)
    opinion = {"outcome": "not_supported", "opinion": "原意见正确。", "basis": "条例", "decided_on": "2025-04-27"}
    assert office.post(f"/remedies/{remedy.public_id}/opinion", data=opinion).status_code == 302
    assert office.post(f"/remedies/{remedy.public_id}/received", data={"received_on": "2025-04-27"}).status_code == 302
    page = text_of(office, f"{home}/remedies")
    assert "滨澜复查〔2025〕1号" in page
    assert "登记复核请求" in page
    fake_now("2025-05-20T10:00+08:00")
    office = client_of(world.stage.coordinator)
    request = {"organ": world.city_office.public_id, "claim": "请求", "requested_on": "2025-05-20"}
    assert office.post(f"{home}/recheck", data={**request, "received_on": "2025-05-20"}).status_code == 302
    with transaction():
        heard(world, db.session.merge(fresh(db, Remedy)))
    fake_now("2025-07-01T10:00+08:00")
    office = client_of(world.stage.coordinator)
    page = text_of(office, f"{home}/remedies")
    assert "2025年6月19日到期" in page
    assert "2025年7月7日到期" in page
    recheck = fresh(db, Remedy)
    assert HEARING_NUMBER in text_of(office, f"/remedies/{recheck.public_id}/opinion")
    opinion = {**opinion, "outcome": "supported", "amount": "23400", "decided_on": "2025-07-01"}
    refused = office.post(f"/remedies/{recheck.public_id}/opinion", data=opinion)
    assert refused.status_code == 422
    assert "参考了听证意见书" in refused.get_data(as_text=True)
    assert "原意见正确。" in refused.get_data(as_text=True)
    opinion["opinion"] = f"参考听证意见书（{HEARING_NUMBER}），补发过渡费。"
    assert office.post(f"/remedies/{recheck.public_id}/opinion", data=opinion).status_code == 302
    fake_now("2025-07-02T10:00+08:00")
    office = client_of(world.stage.coordinator)
    assert office.post(f"/remedies/{recheck.public_id}/received", data={"received_on": "2025-07-02"}).status_code == 302
    publishing = {"text": "郑某某一事，补发过渡费。", "is_checked": "1"}
    publish_url = f"/remedies/{recheck.public_id}/publish"
    assert office.post(publish_url, data=publishing).status_code == 403
    leader = client_of(world.stage.leader)
    offered = text_of(leader, publish_url).partition("<textarea")[2].partition("</textarea>")[0]
    assert "郑某某" in offered
    assert "郑桂兰" not in offered
    named = leader.post(publish_url, data={**publishing, "text": "郑桂兰一事"})
    assert named.status_code == 422
    assert "还没有公示的复核意见" in text_of(client, "/notices/rechecks")
    assert "还不能公示" in named.get_data(as_text=True)
    assert leader.post(publish_url, data={"text": publishing["text"]}).status_code == 422
    assert leader.post(publish_url, data=publishing).status_code == 302
    assert "起公示" in text_of(leader, f"{home}/remedies")
    public = client.get("/notices/rechecks")
    assert publishing["text"] in public.get_data(as_text=True)
    assert matter.number not in public.get_data(as_text=True)
    assert "noindex" in public.headers["X-Robots-Tag"]
    assert office.post(f"{home}/finalise").status_code == 302
    db.session.rollback()
    assert db.session.get_one(Matter, matter.id, populate_existing=True).status is MatterStatus.FINALISED
    story = text_of(office, f"{home}/story")
    assert "有变动" not in story
    assert "出具复核意见" in story


def test_r_pet_25_request_when_late_is_refused_on_the_page_and_keeps_what_was_typed(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        matter = answered(world)
    fake_now("2025-04-03T10:00+08:00")
    form = {
        "organ": world.district_government.public_id,
        "claim": "我还要补偿",
        "requested_on": "2025-04-03",
        "received_on": "2025-04-03",
    }
    answer = client_of(world.stage.coordinator).post(f"/matters/{matter.public_id}/review", data=form)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "已经过期" in page
    assert "第三十五条" in page
    assert "我还要补偿" in page
    assert fresh(db, Remedy) is None


def test_request_when_withdrawn_on_the_page_is_listed_as_withdrawn(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        remedy = rechecking(world, matter)
    fake_now("2025-05-21T10:00+08:00")
    office, url = client_of(world.stage.coordinator), f"/remedies/{remedy.public_id}/withdraw"
    assert office.get(url).status_code == 200
    assert office.post(url, data={"reason": "短"}).status_code == 422
    assert office.post(url, data={"reason": "她说先不复核了，撤回请求"}).status_code == 302
    assert fresh(db, Remedy).status is RemedyStatus.WITHDRAWN
    assert "撤回过的请求" in text_of(office, f"/matters/{matter.public_id}/remedies")


def test_r_pet_24_help_when_recorded_on_the_page_is_shown(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        rechecked(world, matter)
    fake_now("2025-08-04T10:00+08:00")
    url = f"/matters/{matter.public_id}/help"
    form = {"help_kind": "relief", "text": "联系社区给予临时救助两千元", "helped_on": "2025-08-04"}
    assert client_of(world.stage.unit_clerk).post(url, data=form).status_code == 403
    desk = client_of(world.stage.receptionist)
    assert desk.get(url).status_code == 200
    assert desk.post(url, data=form).status_code == 302
    assert fresh(db, HelpRecord).helped_on == date(2025, 8, 4)
    assert "联系社区给予临时救助" in text_of(desk, f"/matters/{matter.public_id}/remedies")


@pytest.mark.parametrize(
    ("name", "page", "act"),
    [("unit_clerk", 200, 403), ("receptionist", 200, 403), ("clerk", 404, 404), ("mediator", 404, 404)],
)
def test_remedies_when_the_role_does_not_do_them_are_refused(
    world: World, client_of: Opener, name: str, page: int, act: int
) -> None:
    with transaction():
        matter = answered(world)
        remedy = reviewed(world, matter)
    client = client_of(getattr(world.stage, name))
    assert client.get(f"/matters/{matter.public_id}/remedies").status_code == page
    assert client.post(f"/matters/{matter.public_id}/recheck", data={}).status_code == act
    for word in ("opinion", "received", "withdraw", "publish"):
        assert client.post(f"/remedies/{remedy.public_id}/{word}", data={}).status_code == act


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


def test_r_recon_15_statement_when_signed_by_both_and_sealed_on_the_pages_ends_the_case(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        case = with_hearing(world)
    fake_now("2024-10-25T10:00+08:00")
    officer = client_of(world.officer)
    home = f"/reconsiderations/{case.public_id}/statement"
    assert officer.get(home).status_code == 200
    assert officer.post(home, data={"findings": "情节轻微", "terms": ""}).status_code == 422
    assert officer.post(home, data={"findings": "情节轻微", "terms": "罚款30000元\n11月29日前缴清"}).status_code == 302
    assert "还差 2 方签名" in text_of(officer, home)
    early = officer.post(f"{home}/seal")
    assert early.status_code == 422
    assert "还没有签名" in early.get_data(as_text=True)
    shown = fresh(db, PaperRevision).sha256
    for key in ("p1", "p2"):
        assert officer.get(f"{home}/sign/{key}").status_code == 200
        signature = {"strokes": strokes(), "shown": shown, "document": "id_card"}
        assert officer.post(f"{home}/sign/{key}", data={**signature, "document": ""}).status_code == 422
        assert officer.post(f"{home}/sign/{key}", data={**signature, "shown": "0" * 64}).status_code == 409
        assert officer.post(f"{home}/sign/{key}", data=signature).status_code == 302
    assert officer.get(f"{home}/paper").status_code == 200
    fake_now("2024-10-28T10:00+08:00")
    officer = client_of(world.officer)
    assert "盖章，让调解书生效" in text_of(officer, home)
    assert officer.post(f"{home}/seal").status_code == 302
    found = fresh(db, ReconsiderationCase)
    assert (found.status, found.effective_on) == (CaseStatus.MEDIATED, date(2024, 10, 28))
    assert "已生效" in text_of(officer, home)


def test_r_recon_15_statement_when_a_side_goes_back_is_voided_on_the_page(
    world: World, client_of: Opener, fake_now: Clockwork, db: SQLAlchemy
) -> None:
    with transaction():
        case = with_hearing(world)
    fake_now("2024-10-25T10:00+08:00")
    officer = client_of(world.officer)
    home = f"/reconsiderations/{case.public_id}/statement"
    assert officer.post(home, data={"findings": "情节轻微", "terms": "罚款30000元"}).status_code == 302
    scan = {"keys": "p1", "manner": "paper", "document": "id_card", "signed_on": "2024-10-25"}
    assert officer.post(f"{home}/paper", data=scan).status_code == 422
    assert officer.post(f"{home}/void", data={"reason": "申请人反悔，不同意了"}).status_code == 302
    assert fresh(db, ReconsiderationCase).statement_id is None


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


def test_r_pet_22_page_when_the_hearing_goes_on_waits_and_shows_both_dates(
    world: World, client_of: Opener, fake_now: Clockwork
) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        remedy = rechecking(world, matter)
        clock = matters.get_running_clock(remedy, "recheck_decision")
        matters.pause_clock(clock, basis="听证", by=world.stage.actor("leader"), on=date(2025, 5, 26))
    fake_now("2025-06-02T10:00+08:00")
    page = text_of(client_of(world.stage.coordinator), f"/matters/{matter.public_id}/remedies")
    assert "等听证结束" in page
    assert "2025年6月19日到期" in page
    assert "2025年6月26日到期" in page
    assert "出具复核意见</a>" not in page


def test_matter_page_when_remedies_run_leads_to_them(world: World, client_of: Opener, fake_now: Clockwork) -> None:
    with transaction():
        matter = answered(world)
        reviewed(world, matter)
        rechecking(world, matter)
    fake_now("2025-05-21T10:00+08:00")
    home = f"/matters/{matter.public_id}"
    page = text_of(client_of(world.stage.coordinator), home)
    assert f"{home}/remedies" in page
    assert "下一步：出具复核意见" in page
    assert "等出具复核意见" in text_of(client_of(world.stage.receptionist), home)
    assert "出具复核意见" in text_of(client_of(world.stage.coordinator), "/desk")
    assert f"{home}/remedies" not in text_of(client_of(world.officer), "/desk")


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
