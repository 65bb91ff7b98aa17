"""The pages of applications, decision and panel: who may open them, what they offer, what they refuse."""

from datetime import date

import pytest

from app.access.permissions import Role
from app.hearings.queries.hearings import find_open_hearing, get_hearing
from app.hearings.rules.words import SeatRole
from app.matters.actions import request_recusal
from app.matters.models import Capacity
from app.matters.queries.handling import list_recusals
from app.matters.rules import OpenProcedure, RecusalGround
from app.web.transaction import transaction
from tests.factories import involve, make_account
from tests.hearings.hall import FIVE, at, make_petition

PAGES = {
    "": ("coordinator", "leader", "chair", "recorder", "unit_clerk"),
    "/panel": ("coordinator", "chair"),
    "/chair": ("leader",),
    "/decision": ("leader",),
    "/recusals": ("coordinator", "chair", "recorder"),
    "/withdrawal": ("coordinator",),
    "/answer": ("coordinator",),
}
EVERYBODY = ("coordinator", "leader", "chair", "recorder", "unit_clerk")


@pytest.fixture(autouse=True)
def _on_may_27(fake_now) -> None:
    fake_now("2025-05-27T09:00+08:00")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", EVERYBODY)
def test_pages_of_a_hearing_when_opened_answer_by_role(client_of, hall, hearing, page, who) -> None:
    answer = client_of(getattr(hall, who)).get(f"/hearings/{hearing.public_id}{page}")
    assert answer.status_code == (200 if who in PAGES[page] else 403)
    if answer.status_code == 200:
        assert hearing.number in answer.get_data(as_text=True)


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_hearing_when_a_stranger_opens_them_do_not_exist(client_of, hearing, db, page) -> None:
    stranger = make_account(Role.COORDINATOR, name="别家")
    db.session.commit()
    assert client_of(stranger).get(f"/hearings/{hearing.public_id}{page}").status_code == 404


def post(client, url: str, **data):
    return client.post(url, data=data)


@pytest.fixture
def matter(hall, db):
    """A petition matter that nobody asked to hear yet."""
    made = make_petition(hall)
    db.session.commit()
    return made


def application(matter, **values) -> dict:
    given = {"party": matter.parties[0].public_id, "received_on": "2025-05-20", "is_written": "yes", "reasons": "不服"}
    return {**given, **values}


def test_application_by_page_when_complete_opens_a_hearing(client_of, hall, matter) -> None:
    client = client_of(hall.coordinator)
    url = f"/matters/{matter.public_id}/hearings/new"
    assert "郑桂兰" in client.get(url).get_data(as_text=True)
    answer = post(client, url, **application(matter))
    assert answer.status_code == 302
    page = client.get(answer.location).get_data(as_text=True)
    assert "滨澜信听字〔2025〕1号" in page
    assert "5月27日" in page
    assert "滨澜信听字〔2025〕1号" in client.get(url).get_data(as_text=True)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reasons": ""}, "请填写申请理由"),
        ({"party": "nobody"}, "请选择谁申请"),
        ({"received_on": "2025-06-30"}, "今天以前"),
        ({"is_written": "perhaps"}, "请选择怎么申请的"),
    ],
)
def test_application_by_page_when_wrong_keeps_what_was_typed(client_of, hall, matter, values, words) -> None:
    url = f"/matters/{matter.public_id}/hearings/new"
    answer = post(client_of(hall.coordinator), url, **application(matter, evidence="照片三张", **values))
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert "照片三张" in answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["leader", "unit_clerk"])
def test_application_by_page_when_not_ones_office_is_refused(client_of, hall, matter, who) -> None:
    url = f"/matters/{matter.public_id}/hearings/new"
    assert post(client_of(getattr(hall, who)), url, **application(matter)).status_code == 403


def test_new_page_when_matter_may_not_be_heard_says_why_without_forms(client_of, hall, matter, db) -> None:
    matter.open_procedure = OpenProcedure.COURT
    db.session.commit()
    page = client_of(hall.coordinator).get(f"/matters/{matter.public_id}/hearings/new").get_data(as_text=True)
    assert "现在不能信访听证" in page
    assert "登记申请" not in page


def test_proposal_by_page_when_answered_and_decided_is_approved(client_of, hall, matter) -> None:
    clerk, leader = client_of(hall.coordinator), client_of(hall.leader)
    url = f"/matters/{matter.public_id}/hearings"
    assert post(clerk, f"{url}/told", told_on="2025-05-26").status_code == 302
    page = post(clerk, f"{url}/proposal", reasons="社会关注").location
    assert "等信访人答复" in clerk.get(page).get_data(as_text=True)
    hearing = find_open_hearing(matter)
    assert post(clerk, f"{page}/silence").status_code == 422
    party = hearing.parties[0].public_id
    assert post(clerk, f"{page}/answer", party=party, answer="yes", answered_on="2025-05-27").status_code == 302
    assert post(clerk, f"{page}/decision", decision="held", reason="有争议").status_code == 403
    refused = post(leader, f"{page}/decision", decision="refused", reason="没有必要")
    assert "请选" in refused.get_data(as_text=True)
    held = {"decision": "held", "reason": "有争议", "mode": "public_hearing"}
    assert post(leader, f"{page}/decision", **held).status_code == 302
    assert "举行听证决定书" in leader.get(page).get_data(as_text=True) or "听证决定书" in leader.get(page).get_data(
        as_text=True
    )
    assert post(leader, f"{page}/decision", **held).status_code == 422


def test_decision_by_page_when_somebody_else_was_faster_is_stale(client_of, hall, hearing) -> None:
    answer = post(client_of(hall.leader), f"/hearings/{hearing.public_id}/decision", version="99", decision="held")
    assert answer.status_code == 409


def ids(hall, *names: str) -> list[str]:
    return [account.public_id for account in hall.people(*names)]


def test_panel_by_page_when_even_is_refused_with_the_ticks_kept(client_of, hall, hearing, db) -> None:
    client = client_of(hall.coordinator)
    url = f"/hearings/{hearing.public_id}/panel"
    four = ids(hall, *FIVE[:4])
    answer = client.post(url, data={"panelist": four})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "听证员要单数，现在是 4 人。请再加一人或减一人。" in page
    assert page.count('name="panelist"') == 7
    assert all(f'value="{public_id}" aria-label' in page for public_id in four)
    assert client.post(url, data={"panelist": ids(hall, *FIVE[:3])}).status_code == 302
    db.session.rollback()
    assert len(get_hearing(hearing.public_id).seats_of(SeatRole.PANELIST)) == 3


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"panelist": []}, 422),
        ({"panelist": ["nobody"]}, 422),
    ],
)
def test_panel_by_page_when_forged_is_refused(client_of, hall, hearing, data, status) -> None:
    assert client_of(hall.coordinator).post(f"/hearings/{hearing.public_id}/panel", data=data).status_code == status


def test_panel_page_when_somebody_is_barred_names_the_finding_beside_him(client_of, hall, hearing, db) -> None:
    involve(hearing.matter, hall.pool["罗文斌"], Capacity.ADVISING_LAWYER)
    db.session.commit()
    client = client_of(hall.coordinator)
    url = f"/hearings/{hearing.public_id}/panel"
    assert "2025年6月3日在这件事上提供过咨询或者意见（接待律师）" in client.get(url).get_data(as_text=True)
    answer = client.post(url, data={"panelist": ids(hall, "万春生", "康秀兰", "罗文斌")})
    assert "罗文斌 不能担任听证员" in answer.get_data(as_text=True)


def test_draw_by_page_when_done_shows_seed_and_names(client_of, hall, hearing) -> None:
    client = client_of(hall.coordinator)
    url = f"/hearings/{hearing.public_id}/panel"
    assert post(client, f"{url}/draw", size="4", alternates="0").status_code == 422
    done = post(client, f"{url}/draw", size="3", alternates="1", least_lawyer="1", word="公开抽取")
    assert done.status_code == 302
    page = client.get(url).get_data(as_text=True)
    assert "第 1 次" in page
    assert "公开抽取" in page


def test_chair_recorder_and_replacement_by_page_when_right_are_kept(client_of, hall, hearing) -> None:
    clerk, leader = client_of(hall.coordinator), client_of(hall.leader)
    url = f"/hearings/{hearing.public_id}"
    assert post(leader, f"{url}/chair", chair=hall.chair.public_id).status_code == 302
    assert post(clerk, f"{url}/chair", chair=hall.chair.public_id).status_code == 403
    assert post(clerk, f"{url}/panel/recorder", recorder=hall.recorder.public_id).status_code == 302
    row = hearing.seats_of(SeatRole.PANELIST)[0]
    sitting = hall.pool["康秀兰"].public_id
    assert post(clerk, f"{url}/panel/replacement", seat=row.public_id, replacement=sitting).status_code == 422
    other = hall.pool["罗文斌"].public_id
    assert post(clerk, f"{url}/panel/replacement", seat=row.public_id, replacement=other).status_code == 302
    assert client_of(hall.pool["万春生"]).get(url).status_code == 404
    assert client_of(hall.pool["康秀兰"]).get(url).status_code == 200


def test_recusal_by_page_when_asked_is_decided_by_the_leader(client_of, hall, hearing, db) -> None:
    clerk, leader = client_of(hall.coordinator), client_of(hall.leader)
    url = f"/hearings/{hearing.public_id}"
    row = next(seat for seat in hearing.seats if seat.account.name == "邱正源")
    wish = {"seat": row.public_id, "ground": "interest", "facts": "亲家", "party": hearing.parties[0].public_id}
    assert post(clerk, f"{url}/recusals", **wish).status_code == 302
    assert client_of(row.account).get(url).status_code == 404
    assert "决定 邱正源 是否回避" in leader.get(url).get_data(as_text=True)
    db.session.rollback()
    recusal = list_recusals(hearing.matter_id)[0].public_id
    ruling = f"{url}/recusals/{recusal}"
    given = {"decision": "granted", "reason": "确有关系"}
    assert post(clerk, f"{ruling}/ruling", **given).status_code == 403
    assert post(clerk, f"{ruling}/decision", **given).status_code == 403
    assert leader.get(f"{ruling}/decision").status_code == 200
    assert leader.get(f"{url}/recusals/nothing/decision").status_code == 404
    assert post(leader, f"{ruling}/decision", **given).status_code == 302
    page = leader.get(url).get_data(as_text=True)
    assert "葛敏" in page
    assert "回避决定书" in page


def test_withdrawal_by_page_when_done_ends_the_hearing(client_of, hall, hearing) -> None:
    url = f"/hearings/{hearing.public_id}"
    assert post(client_of(hall.coordinator), f"{url}/withdrawal", facts="谈拢了").status_code == 302
    page = client_of(hall.coordinator).get(url).get_data(as_text=True)
    assert "申请已撤回" in page
    assert "谈拢了" in page


def test_list_when_opened_shows_own_hearings_by_scope(client_of, hall, hearing, db) -> None:
    stranger = make_account(Role.COORDINATOR, name="别家")
    db.session.commit()
    client = client_of(hall.coordinator)
    assert hearing.number in client.get("/hearings").get_data(as_text=True)
    assert hearing.number in client.get("/hearings?scope=to_schedule&kind=petition").get_data(as_text=True)
    for hidden in ("scope=ended", "kind=reconsideration", "mine=1", "after=1.1"):
        assert hearing.number not in client.get(f"/hearings?{hidden}").get_data(as_text=True)
    assert hearing.number in client_of(hall.chair).get("/hearings?mine=1").get_data(as_text=True)
    assert hearing.number not in client_of(stranger).get("/hearings").get_data(as_text=True)
    assert client.get("/hearings?scope=nonsense&kind=x&after=x.y").status_code == 200


def test_overview_when_read_by_the_unit_keeps_findings_and_acts_from_it(client_of, hall, hearing) -> None:
    page = client_of(hall.unit_clerk).get(f"/hearings/{hearing.public_id}").get_data(as_text=True)
    assert "毕建国" in page
    assert "和这件事的关系" not in page
    assert "指定主持人</a>" not in page
    assert "申请人撤回" not in page


def test_r_hear_18_recusal_of_somebody_seated_when_decided_for_the_matter_alone_is_refused(
    client_of, hall, hearing, db
) -> None:
    with transaction():
        row = request_recusal(
            hearing.matter,
            hall.pool["邱正源"],
            ground=RecusalGround.INTEREST,
            facts="合伙人",
            by=hall.clerk,
            now=at(date(2025, 5, 27)),
        )
    leader, url = client_of(hall.leader), f"/recusals/{row.public_id}"
    page = leader.get(url).get_data(as_text=True)
    assert "在听证席上" in page
    assert 'name="decision"' not in page
    answer = post(leader, url, decision="granted", reason="确有利害关系")
    assert answer.status_code == 422
    assert "在听证的页面上决定" in answer.get_data(as_text=True)
    assert f'href="/hearings/{hearing.public_id}"' in leader.get("/desk").get_data(as_text=True)
    seated = f"/hearings/{hearing.public_id}/recusals/{row.public_id}/decision"
    assert post(leader, seated, decision="granted", reason="确有利害关系").status_code == 302
    db.session.rollback()
    assert "葛敏" in {seat.account.name for seat in hearing.seats_of(SeatRole.PANELIST)}
