"""The pages of the calendar: what they offer, whom they refuse, what they keep hidden."""

import pytest

from app.access.permissions import Role
from app.booking.actions import expire_drafts
from app.booking.models import DraftMove
from app.booking.rules.words import DraftStatus
from app.law import clock
from app.web.transaction import transaction
from tests.factories import make_account


@pytest.fixture
def stranger_in(client_of, district, db):
    """Somebody else of the office in one role, logged in."""

    def make(role):
        account = make_account(role, organisation=district.office)
        db.session.commit()
        return client_of(account)

    return make


ROOM_DAY = "date=2025-06-11&at=09:00"


@pytest.fixture
def zhou(client_of, district, on_june_10):
    """周敏, who coordinates."""
    return client_of(district.coordinator)


def place_url(case, query="date=2025-06-11") -> str:
    return f"/calendar/place/case-{case.public_id}?{query}"


def put_in(client, district, case, **values):
    fields = {"room": district.room.public_id, "date": "2025-06-11", "at": "09:00", **values}
    return client.post(f"/calendar/place/case-{case.public_id}", data=fields)


@pytest.mark.parametrize("query", ["", "?view=week", "?group=people", "?group=centres&view=week", "?date=x&view=x"])
def test_calendar_when_coordinator_opens_it_shows_what_waits(zhou, case, query) -> None:
    answer = zhou.get(f"/calendar{query}")
    assert answer.status_code == 200
    assert "还要排 1 场" in answer.text
    assert zhou.get(f"/calendar/data{query}").status_code == 200


def test_calendar_on_a_swapped_working_day_and_a_holiday_marks_both(zhou, case) -> None:
    page = zhou.get("/calendar?date=2025-09-28").text
    assert "班" in page
    assert "休 国庆" in zhou.get("/calendar?date=2025-10-01").text


def test_placing_page_lights_the_day_and_offers_every_start(zhou, district, case) -> None:
    page = zhou.get(place_url(case)).text
    assert "可排 2 处" in page
    data = zhou.get(f"/calendar/place/case-{case.public_id}/data?date=2025-06-11").json
    starts = {row["start"] for row in data["lit"] if row["resource"] == district.room.public_id}
    assert "2025-06-11T09:00" in starts
    assert "2025-06-11T11:00" not in starts  # ninety minutes would run into lunch
    assert {row["kind"] for row in data["resources"]} == {"room", "person"}


def test_placing_page_without_a_day_goes_to_the_first_day_that_fits(zhou, case) -> None:
    answer = zhou.get(f"/calendar/place/case-{case.public_id}")
    assert answer.status_code == 302
    assert "date=2025-06-11" in answer.location


def test_why_not_names_every_cause_and_three_ways(zhou, district, second_case, meeting) -> None:
    url = f"/calendar/place/case-{second_case.public_id}/answer?room={district.room.public_id}&{ROOM_DAY}"
    panel = zhou.get(url).text
    assert "6月11日 09:00 放不下" in panel
    assert "第一调解室</b> 09:00—10:30 已有安排" in panel
    assert "有一方当事人" in panel
    assert panel.count("放这里") == 3
    assert "先把“楼上漏水，要求赔偿”挪开" in panel


def test_answer_for_a_lit_place_says_who_will_be_told(zhou, district, case) -> None:
    url = f"/calendar/place/case-{case.public_id}/answer?room={district.room.public_id}&{ROOM_DAY}"
    panel = zhou.get(url).text
    assert "可以放" in panel
    assert "发布后告诉 2 人" in panel
    assert "（当面或电话）" in panel


def test_session_from_placing_to_published_by_plain_forms(zhou, district, case, fake_now, db) -> None:
    answer = put_in(zhou, district, case)
    assert answer.status_code == 302
    page = zhou.get(answer.location).text
    assert "还没有告诉任何人" in page
    assert "撤销" in page
    assert "草稿篮 1 场" in page
    basket = zhou.get("/calendar/basket").text
    assert "2025" not in basket.split("<table")[1]
    assert "还没有排" in basket
    zhou.post("/calendar/basket/publish")
    assert "秒后发布" in zhou.get("/calendar/basket").text
    fake_now("2025-06-10T10:00:11+08:00")
    answer = zhou.post("/calendar/basket/send")
    assert answer.status_code == 302, answer.text[-1500:]
    assert "已发布 1 场，通知了 0 人。2 人收不到短信，请当面或电话告知。" in zhou.get("/calendar").text
    db.session.rollback()
    db.session.expire_all()
    assert len(case.meetings) == 1


def test_placing_when_the_place_is_taken_shows_the_causes_and_changes_nothing(
    zhou, district, second_case, meeting, db
) -> None:
    answer = put_in(zhou, district, second_case)
    assert answer.status_code == 409
    assert "放不下" in answer.text
    assert "放这里" in answer.text
    assert db.session.query(DraftMove).count() == 0


def test_placing_without_a_room_keeps_the_page_and_says_what_is_missing(zhou, district, case) -> None:
    assert put_in(zhou, district, case, room="").status_code == 422


def test_lifting_from_the_panel_goes_on_placing(zhou, district, second_case, meeting) -> None:
    fields = {"next": f"case-{second_case.public_id}", "date": "2025-06-11", "room": district.room.public_id}
    answer = zhou.post(f"/calendar/sessions/{meeting.session.public_id}/lift", data={**fields, "at": "09:00"})
    assert answer.status_code == 302
    page = zhou.get(answer.location).text
    assert "可以放" in page
    assert "已挪开，等新时间" in zhou.get("/calendar").text
    assert "还有 1 场没有新时间" in zhou.get("/calendar/basket").text


def test_session_panel_offers_moving_and_calling_off(zhou, meeting) -> None:
    page = zhou.get(f"/calendar?date=2025-06-11&session={meeting.session.public_id}").text
    assert "改期" in page
    assert "取消这一场" in page
    answer = zhou.post(f"/calendar/sessions/{meeting.session.public_id}/call-off", data={"reason": "冯志远出差"})
    assert answer.status_code == 302
    assert "取消" in zhou.get("/calendar/basket").text
    moving = zhou.get(f"/calendar/place/meeting-{meeting.public_id}?date=2025-06-12")
    assert moving.status_code == 200


def test_draft_when_taken_out_leaves_the_basket_empty(zhou, district, case, db) -> None:
    put_in(zhou, district, case)
    db.session.rollback()
    draft = db.session.query(DraftMove).one()
    db.session.commit()
    zhou.post(f"/calendar/basket/drafts/{draft.public_id}/out")
    db.session.refresh(draft)
    assert draft.status is DraftStatus.WITHDRAWN
    assert "草稿篮是空的" in zhou.get("/calendar/basket").text


def test_drafts_that_fell_out_are_told_until_they_are_read(zhou, district, case, fake_now, client_of) -> None:
    put_in(zhou, district, case)
    fake_now("2025-06-12T09:00+08:00")
    with transaction():
        expire_drafts(clock.now())
    fresh = client_of(district.coordinator)
    assert "1 场草稿过了时间，已退回" in fresh.get("/calendar").text
    fresh.post("/calendar/basket/seen")
    assert "已退回" not in fresh.get("/calendar").text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_calendar_when_the_role_sees_no_cases_is_refused(stranger_in, district, case, on_june_10, role) -> None:
    stranger = stranger_in(role)
    for url in ("/calendar", "/calendar/data", "/calendar/basket", place_url(case)):
        assert stranger.get(url).status_code == 403
    assert stranger.post("/calendar/basket/publish").status_code == 403


@pytest.mark.parametrize("role", [Role.LAWYER, Role.STREET_CLERK, Role.RECEPTIONIST, Role.MEDIATOR])
def test_placing_when_the_case_is_not_his_is_refused(stranger_in, district, case, meeting, on_june_10, role) -> None:
    stranger = stranger_in(role)
    assert stranger.get(place_url(case)).status_code in (403, 404)
    assert put_in(stranger, district, case).status_code in (403, 404)
    session = meeting.session.public_id
    assert stranger.post(f"/calendar/sessions/{session}/lift").status_code == 404
    assert stranger.post(f"/calendar/sessions/{session}/call-off", data={"reason": "x"}).status_code == 404


def test_timeline_for_who_may_not_read_the_matter_says_only_that_it_is_taken(
    stranger_in, district, meeting, on_june_10
) -> None:
    lawyer = stranger_in(Role.LAWYER)
    (event,) = lawyer.get("/calendar/data?date=2025-06-11").json["events"]
    assert event["title"] == "已有安排"
    assert event["who"] == ""
    assert event["opens"] is False
    page = lawyer.get(f"/calendar?date=2025-06-11&session={meeting.session.public_id}").text
    assert "漏水" not in page


def test_anothers_draft_is_not_found(stranger_in, zhou, district, case, db) -> None:
    put_in(zhou, district, case)
    db.session.rollback()
    draft = db.session.query(DraftMove).one()
    db.session.commit()
    other = stranger_in(Role.COORDINATOR)
    assert other.post(f"/calendar/basket/drafts/{draft.public_id}/out").status_code == 404


def test_month_shows_every_day_with_its_mark_and_what_stands_there(zhou, meeting) -> None:
    page = zhou.get("/calendar?date=2025-06-11&view=month").text
    assert "2025年6月" in page
    assert f"session={meeting.session.public_id}" in page
    assert page.count('class="ft-monthday"') == 42
    assert "休 端午" in page


def test_month_while_placing_says_of_each_day_whether_it_fits(zhou, case) -> None:
    page = zhou.get(place_url(case, "date=2025-06-11&view=month")).text
    assert "可排 2 处" in page
    assert "未到最早日" in page or "已过" in page


@pytest.mark.parametrize(
    ("view", "heads"), [("day", ("上午", "下午")), ("week", ("6月9日（周一）", "6月13日（周五）"))]
)
@pytest.mark.parametrize(("group", "row"), [("rooms", "第一调解室"), ("people", "石明轩"), ("centres", "信访办")])
def test_sheet_for_paper_holds_the_session_in_its_row(zhou, meeting, view, heads, group, row) -> None:
    page = zhou.get(f"/calendar?date=2025-06-11&view={view}&group={group}").text
    sheet = page.partition('class="ft-table ft-sheet"')[2].partition("</table>")[0]
    assert all(head in sheet for head in heads)
    own = next(part for part in sheet.split("<tr>") if row in part.partition("</th>")[0])
    assert "9:00—10:30" in own


def test_first_ten_places_as_data_are_the_earliest_that_satisfy_everything(zhou, district, case, second_case) -> None:
    places = zhou.get(f"/calendar/place/case-{case.public_id}/first").json["places"]
    assert [place["start"] for place in places[:2]] == ["2025-06-11T09:00", "2025-06-11T09:15"]
    assert len(places) == 10
    page = zhou.get(place_url(case)).text
    assert "最早的 10 个时间" in page
    assert page.count("ft-firsts") == 1


def test_placing_page_when_nothing_fits_names_the_constraint_and_what_would_help(zhou, db, district, case) -> None:
    for room in (district.room, district.second_room):
        room.capacity = 1
    db.session.commit()
    page = zhou.get(place_url(case)).text
    assert "十二周里没有都合适的时间" in page
    assert "没有合适的房间：要坐得下 3 人的调解室" in page
    assert "用坐不下 3 人" in page
    answer = zhou.get(f"/calendar/place/case-{case.public_id}/answer?room={district.room.public_id}&{ROOM_DAY}").text
    assert "只要做到其中一条" in answer


def test_cause_stands_with_its_basis_and_a_link(zhou, district, second_case, meeting) -> None:
    url = f"/calendar/place/case-{second_case.public_id}/answer?room={district.room.public_id}"
    busy = zhou.get(f"{url}&{ROOM_DAY}").text
    assert "本中心排期规则" in busy
    assert "看这一天" in busy
    late = zhou.get(f"{url}&date=2025-08-20&at=09:00").text
    assert "《人民调解工作若干规定》第三十三条" in late
    assert f"/mediations/{second_case.public_id}#meetings" in late


def test_own_draft_in_the_way_is_lifted_and_waits_again(zhou, district, case, second_case, db) -> None:
    put_in(zhou, district, case)
    db.session.rollback()
    draft = db.session.query(DraftMove).one()
    session = draft.session.public_id
    url = f"/calendar/place/case-{second_case.public_id}/answer?room={district.room.public_id}&{ROOM_DAY}"
    assert "先把草稿“楼上漏水，要求赔偿”挪开" in zhou.get(url).text
    db.session.commit()
    answer = zhou.post(f"/calendar/sessions/{session}/lift", data={"next": f"case-{second_case.public_id}"})
    assert f"/calendar/place/case-{second_case.public_id}" in answer.location
    db.session.rollback()
    db.session.refresh(draft)
    assert draft.status is DraftStatus.WITHDRAWN
    assert "还要排 2 场" in zhou.get("/calendar").text


def test_timeline_gives_a_key_for_dragging_to_who_may_move_and_to_nobody_else(zhou, stranger_in, meeting) -> None:
    (event,) = zhou.get("/calendar/data?date=2025-06-11").json["events"]
    assert event["key"] == f"meeting-{meeting.public_id}"
    (hidden,) = stranger_in(Role.LAWYER).get("/calendar/data?date=2025-06-11").json["events"]
    assert hidden["key"] == ""


@pytest.mark.parametrize("act", ["send", "hold", "seen", "publish"])
def test_basket_when_it_never_held_anything_refuses(zhou, act) -> None:
    assert zhou.post(f"/calendar/basket/{act}").status_code == 422
