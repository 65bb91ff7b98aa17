"""The pages of the month planner, of one's own duty and of requests: who may what, who is told, what leaks nothing."""

import re
from datetime import date, time

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.booking import actions
from app.booking.models import BookedSession, DutyFeed, DutyPost, DutyRequest, DutySlot, RosterChange, RosterVersion
from app.booking.rules.need import Owner, RoomWants, SeatNeed, SessionNeed, SessionPlan
from app.booking.rules.words import HalfDay, RoomKind
from app.law import clock
from app.notices.models import OutboxMessage
from app.people.models import Account, Organisation
from app.web.transaction import transaction
from tests.booking.conftest import make_room
from tests.factories import actor_of, make_account, make_organisation

JULY_3 = date(2025, 7, 3)
SHIFTS = {"first": "2025-07-03", "last": "", "half": ["morning", "afternoon"], "act": "on"}
PAGES = ["/duty/2025-07", "/duty/mine"]
PLANNING = ["/duty/posts", "/duty/requests", "/duty/2025-07/publish"]
ALL_POSTS = [
    "/duty/2025-07/draft",
    "/duty/2025-07/discard",
    "/duty/2025-07/template",
    "/duty/2025-07/templates",
    "/duty/2025-07/templates/x/remove",
    "/duty/2025-07/publish",
    "/duty/2025-07/told/x",
    "/duty/posts",
    "/duty/posts/x",
    "/duty/slots/x/cover",
    "/duty/requests/x/approve",
    "/duty/requests/x/decline",
]


class Hall:
    """An office with a coordinator, two mediators of whom one has a mobile phone, and a window."""

    def __init__(self, office: Organisation) -> None:
        self.office = office
        self.zhou = make_account(Role.COORDINATOR, organisation=office, name="周敏")
        self.shi = make_account(Role.MEDIATOR, organisation=office, name="石明轩", phone="13900001234")
        self.fang = make_account(Role.MEDIATOR, organisation=office, name="方素珍")
        details = actions.PostDetails("调解值班", "第一调解室窗口", Role.MEDIATOR, 1, 1)
        self.window: DutyPost = actions.create_post(details, office.id, by=actor_of(self.zhou))

    def shifts(self, account: Account, /, **values: object) -> dict[str, object]:
        """What the planner's form says."""
        return {"account": account.public_id, "post": self.window.public_id, **SHIFTS, **values}


@pytest.fixture
def hall(db, fake_now) -> Hall:
    """The office on Monday 9 June 2025."""
    fake_now("2025-06-09T09:00+08:00")
    with transaction():
        return Hall(make_organisation("滨澜区信访办", centre_name="滨澜区矛调中心", contact_phone="0990-555-0123"))


@pytest.fixture
def planner(client_of, hall: Hall) -> FlaskClient:
    """The coordinator's browser."""
    return client_of(hall.zhou)


@pytest.fixture
def published(planner: FlaskClient, hall: Hall, db) -> FlaskClient:
    """石明轩 on 3 July all day, 方素珍 on the 4th in the afternoon, published; the coordinator's browser."""
    assert planner.post("/duty/2025-07/draft", data=hall.shifts(hall.shi)).status_code == 302
    other = hall.shifts(hall.fang, first="2025-07-04", half=["afternoon"])
    assert planner.post("/duty/2025-07/draft", data=other).status_code == 302
    assert planner.post("/duty/2025-07/publish", data={}).status_code == 302
    return planner


def slot_of(db, account: Account, half: HalfDay = HalfDay.MORNING) -> DutySlot:
    db.session.rollback()
    statement = sa.select(DutySlot).filter_by(account_id=account.id, half=half)
    return db.session.scalars(statement.order_by(DutySlot.day)).first()


def open_request(db) -> DutyRequest:
    db.session.rollback()
    return db.session.scalars(sa.select(DutyRequest).filter_by(is_open=True)).one()


def messages(db) -> dict[str, str]:
    db.session.rollback()
    rows = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id))
    return {row.business_key.rsplit(":", 1)[1]: row.text for row in rows}


@pytest.mark.parametrize("page", [*PAGES, *PLANNING, "/duty/2024-02", "/duty"])
def test_pages_when_the_coordinator_opens_them_answer(planner: FlaskClient, page: str) -> None:
    assert planner.get(page).status_code == 200


@pytest.mark.parametrize("page", ["/duty/nonsense", "/duty/2025-02-30", "/duty/posts/x"])
def test_pages_when_there_is_no_such_address_are_absent(planner: FlaskClient, page: str) -> None:
    assert planner.get(page).status_code == 404


def test_leave_address_when_read_is_not_taken_for_a_month(planner: FlaskClient) -> None:
    assert planner.get("/duty/leave").status_code == 405


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.LAWYER, Role.JUDGE, Role.RECORDER, Role.LEADER])
def test_pages_when_somebody_else_opens_them_show_but_do_not_plan(client_of, hall, db, role) -> None:
    account = make_account(role, organisation=hall.office)
    db.session.commit()
    client = client_of(account)
    assert [client.get(page).status_code for page in PAGES] == [200, 200]
    assert [client.get(page).status_code for page in PLANNING] == [403, 403, 403]
    assert {client.post(url, data={}).status_code for url in ALL_POSTS} == {403}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_pages_when_an_officer_opens_them_are_refused(client_of, hall, db, role) -> None:
    account = make_account(role, organisation=hall.office)
    db.session.commit()
    client = client_of(account)
    assert {client.get(page).status_code for page in (*PAGES, *PLANNING)} == {403}
    assert {client.post(url, data={}).status_code for url in (*ALL_POSTS, "/duty/mine/feed")} == {403}


def test_pages_when_nobody_is_logged_in_ask_for_it(client: FlaskClient, hall) -> None:
    assert {client.get(page).headers["Location"] for page in (*PAGES, *PLANNING)} == {"/login"}
    assert {client.post(url, data={}).status_code for url in ALL_POSTS} == {401}


def test_draft_when_planned_is_seen_by_planners_only_and_tells_nobody(planner, client_of, hall: Hall, db) -> None:
    assert planner.post("/duty/2025-07/draft", data=hall.shifts(hall.shi)).status_code == 302
    assert "石明轩 7月3日（周四） 全天，还没发布" in planner.get("/duty/2025-07").get_data(as_text=True)
    assert "全天" not in client_of(hall.shi).get("/duty/2025-07").get_data(as_text=True).split("ft-month-legend")[0]
    assert "没有排您的班" in client_of(hall.shi).get("/duty/mine").get_data(as_text=True)
    assert messages(db) == {}


def test_publication_when_made_tells_only_those_whose_duty_changed(published: FlaskClient, hall: Hall, db) -> None:
    said = messages(db)
    assert set(said) == {hall.shi.public_id, hall.fang.public_id}
    assert "您7月的值班有2个半天变动" in said[hall.shi.public_id]
    assert "您7月4日（周五）下午值班" in said[hall.fang.public_id]
    assert all(len(text) <= 70 and "石明轩" not in text for text in said.values())
    assert all(text.startswith("【滨澜区矛调中心】") and "0990-555-0123" in text for text in said.values())
    page = published.get("/duty/2025-07").get_data(as_text=True)
    assert "班有变动的 2 人里，1 人会收到通知，1 人没有手机，请当面或电话告知。" in page
    assert page.count("ft-gap") == 2 * 23 - 3
    told = re.search(r"/duty/2025-07/told/[A-Za-z0-9_-]+", page)[0]
    assert published.post(told.replace("2025-07", "2025-08")).status_code == 404
    assert published.post(told).status_code == 302
    assert published.post(told).status_code == 404
    assert "要当面告知" not in published.get("/duty/2025-07").get_data(as_text=True)
    assert published.post("/duty/2025-07/draft", data=hall.shifts(hall.fang, first="2025-07-07")).status_code == 302
    assert published.post("/duty/2025-07/publish", data={}).status_code == 302
    db.session.rollback()
    told = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id.desc())).all()
    assert len(told) == 3
    assert told[0].business_key.endswith(hall.fang.public_id)


def test_publication_page_when_opened_names_people_gaps_and_waits_for_the_draft_seen(planner, hall: Hall, db) -> None:
    assert "没有要发布的改动" in planner.get("/duty/2025-07/publish").get_data(as_text=True)
    planner.post("/duty/2025-07/draft", data=hall.shifts(hall.shi))
    page = planner.get("/duty/2025-07/publish").get_data(as_text=True)
    assert "石明轩：排上或换岗 2 个半天" in page
    assert "7月4日（周五）上午 调解值班 缺 1 人" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    planner.post("/duty/2025-07/draft", data=hall.shifts(hall.fang, first="2025-07-04"))
    assert planner.post("/duty/2025-07/publish", data={"version": version}).status_code == 409
    db.session.rollback()
    assert db.session.scalars(sa.select(RosterVersion)).all() == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"account": "nobody"}, "请选择谁"),
        ({"post": "nothing"}, "请选择岗位"),
        ({"half": []}, "请选上午、下午或者都选"),
        ({"first": "2025-08-01"}, "日期要在 2025 年 7 月里"),
        ({"last": "2025-07-01"}, "最后一天不能早于第一天"),
        ({"first": "2025-07-05", "last": "2025-07-06"}, "选的日子里没有要排的"),
        ({"first": "2025-07-04", "last": "2025-07-05", "weekday": ["0"]}, "选的日子里没有要排的"),
        ({"weekday": ["9"]}, "星期里有一项已经不能选"),
    ],
)
def test_draft_when_typed_wrong_is_refused_with_what_was_typed(planner, hall: Hall, values, message) -> None:
    answer = planner.post("/duty/2025-07/draft", data=hall.shifts(hall.shi, **values))
    assert answer.status_code == 422
    assert message in answer.get_data(as_text=True)


def test_draft_when_a_range_is_typed_leaves_days_off_out_unless_ticked(planner, hall: Hall, db) -> None:
    week = hall.shifts(hall.shi, first="2025-07-04", last="2025-07-07", half=["morning"])
    planner.post("/duty/2025-07/draft", data=week)
    db.session.rollback()
    assert sorted(db.session.scalars(sa.select(RosterChange.day))) == [date(2025, 7, 4), date(2025, 7, 7)]
    planner.post("/duty/2025-07/draft", data={**week, "act": "off"})
    planner.post("/duty/2025-07/draft", data={**week, "days_off": "1", "weekday": ["5", "6"]})
    db.session.rollback()
    assert sorted(db.session.scalars(sa.select(RosterChange.day))) == [date(2025, 7, 5), date(2025, 7, 6)]
    assert planner.post("/duty/2025-07/discard", data={}).status_code == 302
    db.session.rollback()
    assert db.session.scalars(sa.select(RosterChange.day)).all() == []


def test_template_when_saved_and_applied_fills_the_month(published: FlaskClient, hall: Hall, db) -> None:
    assert published.post("/duty/2025-07/templates", data={"template_name": "", "week": "x"}).status_code == 422
    saved = published.post("/duty/2025-07/templates", data={"template_name": "平常周", "week": "2025-06-30"})
    assert saved.status_code == 302
    page = published.get("/duty/2025-07").get_data(as_text=True)
    template = re.search(r"templates/([A-Za-z0-9_-]+)/remove", page)[1]
    assert published.post("/duty/2025-07/template", data={"template": "x", "make_up_as": "0"}).status_code == 422
    applied = published.post("/duty/2025-07/template", data={"template": template, "make_up_as": "0"})
    assert applied.status_code == 302
    assert "在草稿里排了 11 个半天" in published.get("/duty/2025-07").get_data(as_text=True)
    assert published.post(f"/duty/2025-07/templates/{template}/remove", data={}).status_code == 302
    assert published.post(f"/duty/2025-07/templates/{template}/remove", data={}).status_code == 404


def test_posts_when_added_and_changed_are_kept(planner: FlaskClient, hall: Hall, db) -> None:
    post = {"name": "律师值班", "window": "", "role": "lawyer", "wanted_morning": "1", "wanted_afternoon": "0"}
    assert planner.post("/duty/posts", data=post).status_code == 302
    assert planner.post("/duty/posts", data=post).status_code == 422
    wrong = [{"role": "administrator"}, {"wanted_morning": "21"}, {"wanted_afternoon": "-1"}, {"name": ""}]
    for values in wrong:
        assert planner.post("/duty/posts", data={**post, "name": "另一个", **values}).status_code == 422
    url = f"/duty/posts/{hall.window.public_id}"
    assert planner.get(url).status_code == 200
    assert planner.post(url, data={**post, "version": "77"}).status_code == 409
    assert planner.post(url, data={**post, "name": "调解窗口", "is_retired": "1"}).status_code == 302
    db.session.rollback()
    db.session.refresh(hall.window)
    assert (hall.window.name, hall.window.is_active) == ("调解窗口", False)


def test_swap_when_asked_agreed_and_approved_goes_its_way(published, client_of, hall: Hall, db) -> None:
    shi, fang = client_of(hall.shi), client_of(hall.fang)
    url = f"/duty/slots/{slot_of(db, hall.shi).public_id}/exchange"
    page = shi.get(url).get_data(as_text=True)
    way = re.search(r'value="(swap:[A-Za-z0-9_-]+)"', page)[1]
    assert shi.post(url, data={"way": ""}).status_code == 422
    assert shi.post(url, data={"way": way, "reason": "开家长会"}).status_code == 302
    request = open_request(db)
    answers = f"/duty/requests/{request.public_id}"
    assert "有同事请您7月3日（周四）上午换班" in messages(db)[hall.fang.public_id]
    assert "1<span" in fang.get("/duty/mine").get_data(as_text=True)
    assert shi.post(f"{answers}/agree").status_code == 403
    assert published.post(f"{answers}/approve").status_code == 422
    assert published.post(f"{answers}/agree").status_code == 404
    assert fang.post(f"{answers}/agree").status_code == 302
    assert "开家长会" in published.get("/duty/requests").get_data(as_text=True)
    assert published.post(f"{answers}/approve").status_code == 302
    assert fang.post(f"{answers}/refuse").status_code == 422
    db.session.rollback()
    days = {slot.account_id: slot.day for slot in db.session.scalars(sa.select(DutySlot).filter_by(half="morning"))}
    assert days == {hall.fang.id: JULY_3}
    said = messages(db)
    assert "7月3日（周四）上午换班已批准" in said[hall.shi.public_id]
    assert "7月3日（周四）上午换班已批准" in said[hall.fang.public_id]


def test_exchange_when_it_is_somebody_elses_duty_is_absent(published, client_of, hall: Hall, db) -> None:
    url = f"/duty/slots/{slot_of(db, hall.shi).public_id}"
    fang = client_of(hall.fang)
    assert fang.get(f"{url}/exchange").status_code == 404
    assert fang.post(f"{url}/exchange", data={"way": "x"}).status_code == 404
    assert fang.post(f"{url}/cover", data={"colleague": hall.fang.public_id}).status_code == 403
    assert published.post(f"{url}/exchange", data={"way": "x"}).status_code == 404


def test_cover_when_the_coordinator_decides_changes_at_once_and_tells_both(published, hall: Hall, db) -> None:
    url = f"/duty/slots/{slot_of(db, hall.shi).public_id}"
    assert "方素珍" in published.get(f"{url}/exchange").get_data(as_text=True)
    assert published.post(f"{url}/cover", data={"colleague": hall.shi.public_id}).status_code == 422
    assert published.post(f"{url}/cover", data={"colleague": hall.fang.public_id}).status_code == 302
    assert slot_of(db, hall.fang).day == JULY_3
    said = messages(db)
    assert "您7月3日（周四）上午的班由同事顶" in said[hall.shi.public_id]
    assert "请您7月3日（周四）上午顶班" in said[hall.fang.public_id]


def test_leave_when_asked_waits_for_the_coordinator(published, client_of, hall: Hall, db) -> None:
    shi = client_of(hall.shi)
    assert shi.post("/duty/mine/leave", data={"leave_first": "2025-06-01"}).status_code == 422
    asked = {"leave_first": "2025-07-03", "leave_last": "2025-07-04", "leave_reason": "家里有事"}
    assert shi.post("/duty/mine/leave", data=asked).status_code == 302
    request = open_request(db)
    assert published.post(f"/duty/requests/{request.public_id}/approve").status_code == 302
    assert "请假" in shi.get("/duty/mine").get_data(as_text=True)
    assert "石明轩 7月3日（周四） 请假" in published.get("/duty/2025-07").get_data(as_text=True)
    second = {**asked, "leave_first": "2025-07-10", "leave_last": ""}
    assert shi.post("/duty/mine/leave", data=second).status_code == 302
    other = open_request(db)
    assert shi.post(f"/duty/requests/{other.public_id}/withdraw").status_code == 302
    assert published.post(f"/duty/requests/{other.public_id}/decline").status_code == 422


def test_month_and_requests_when_of_another_area_are_not_reached(published, client_of, hall: Hall, db) -> None:
    slot = slot_of(db, hall.shi)
    with transaction():
        far = make_account(Role.COORDINATOR, organisation=make_organisation("外区信访办"))
        asked = actions.ask_for_leave(hall.shi, JULY_3, JULY_3, "", by=actor_of(hall.shi), now=clock.now())
    client = client_of(far)
    assert "石明轩" not in client.get("/duty/2025-07").get_data(as_text=True)
    assert client.get(f"/duty/slots/{slot.public_id}/exchange").status_code == 404
    assert client.get(f"/duty/posts/{hall.window.public_id}").status_code == 404
    assert client.post(f"/duty/requests/{asked.public_id}/approve").status_code == 404
    assert "石明轩" not in client.get("/duty/requests").get_data(as_text=True)


def test_feed_when_issued_is_read_without_log_in_until_it_is_revoked(published, client_of, client, hall, db) -> None:
    shi = client_of(hall.shi)
    page = shi.post("/duty/mine/feed").get_data(as_text=True)
    path = re.search(r"http://[^/]+(/duty/feed/[A-Za-z0-9_-]{32}\.ics)", page)[1]
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    assert text.count("SUMMARY:值班 · 第一调解室窗口") == 2
    assert "石明轩" not in text
    assert path.split("/")[-1] not in shi.get("/duty/mine").get_data(as_text=True)
    stored = db.session.scalars(sa.select(DutyFeed.token_digest)).all()
    assert not any(path[11:43] in digest for digest in stored)
    assert shi.post("/duty/mine/feed/revoke").status_code == 302
    assert client.get(path).status_code == 404
    assert client.get("/duty/feed/unknown.ics").status_code == 404


@pytest.mark.parametrize("page", ["/calendar?date=2025-07-03", "/calendar/mine?date=2025-07-01"])
def test_r_duty_02_board_when_somebody_lost_his_duty_shows_the_flag(published, client_of, hall, db, page) -> None:
    with transaction():
        booked = reserve_with(hall, db)
    assert "不符值班" not in client_of(hall.shi).get(page).get_data(as_text=True)
    off = hall.shifts(hall.shi, half=["morning"], act="off")
    assert published.post("/duty/2025-07/draft", data=off).status_code == 302
    refused = published.post("/duty/2025-07/publish", data={})
    assert refused.status_code == 422
    assert "7月3日 09:00 第一调解室" in refused.get_data(as_text=True)
    assert published.post("/duty/2025-07/publish", data={"is_confirmed": "1"}).status_code == 302
    assert "不符值班" in client_of(hall.shi).get(page).get_data(as_text=True)
    db.session.rollback()
    db.session.refresh(booked)
    assert booked.off_duty_since is not None


def reserve_with(hall: Hall, db: SQLAlchemy) -> BookedSession:
    """A session of 石明轩 on 3 July at nine."""
    room = make_room(hall.office, "第一调解室", db.session)
    need = SessionNeed(
        owner=Owner("mediation_meeting", 1),
        matter_id=1,
        organisation_id=hall.office.id,
        purpose="邻里纠纷调解 第 1 次",
        minutes=60,
        room_wants=RoomWants(RoomKind.MEDIATION_ROOM, 4, area_id=hall.office.id),
        seats=(SeatNeed("mediator", "调解员", (hall.shi.id,)),),
        earliest=date(2025, 6, 1),
    )
    plan = SessionPlan(room.id, JULY_3, time(9), 60, (("mediator", hall.shi.id),))
    return actions.reserve(need, plan, by=actor_of(hall.zhou), now=clock.now())
