"""Review and recheck on the screen: the whole way of S02, refusals that keep what was typed, roles."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.matters import actions as matters
from app.matters.models import Matter
from app.matters.rules import MatterStatus
from app.remedies.models import HelpRecord, Remedy
from app.remedies.rules import RemedyStatus
from app.web.transaction import transaction
from tests.remedies.helpers import HEARING_NUMBER, World, answered, heard, rechecked, rechecking, reviewed
from tests.remedies.screen import Clockwork, Opener, fresh, text_of


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
