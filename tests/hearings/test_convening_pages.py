"""The pages that convene a hearing and those of the public: who may open them, what they do, what they never show."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.hearings.models import HearingService, Observer
from app.hearings.rules.words import HearingStatus, ProcedureKind
from app.law import citizen_id
from tests.factories import make_account
from tests.hearings.convening import announce, duty_for, schedule

pytestmark = pytest.mark.usefixtures("unprinted")
PAGES = ("schedule", "notice", "change", "announcement")
OBSERVER_ID = "99010119800101001" + citizen_id.check_character("99010119800101001")


@pytest.fixture
def noticed(hearing, hall, fake_now):
    """The hearing of S02 on 28 May 2025, with its notices out."""
    fake_now("2025-05-28T10:00+08:00")
    duty_for(hall)
    return schedule(hearing, hall)


@pytest.fixture
def late_request(noticed, fake_now, db):
    """A reconsideration hearing so near that its application can no longer be taken back (R-RECON-11)."""
    noticed.procedure = ProcedureKind.RECONSIDERATION
    db.session.commit()
    fake_now("2025-06-06T10:00+08:00")
    return noticed


def url(hearing, page: str) -> str:
    return f"/hearings/{hearing.public_id}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_pages_when_the_coordinator_opens_them_answer_and_refuse_others(client_of, noticed, hall, db, page) -> None:
    stranger = make_account(Role.COORDINATOR, name="别家")
    db.session.commit()
    assert client_of(hall.coordinator).get(url(noticed, page)).status_code == 200
    assert client_of(hall.pool["万春生"]).get(url(noticed, page)).status_code == 403
    assert client_of(stranger).get(url(noticed, page)).status_code == 404


def test_r_recon_11_withdrawal_page_when_too_late_says_so_and_refuses(client_of, late_request, hall, db) -> None:
    client = client_of(hall.coordinator)
    page = client.get(url(late_request, "withdrawal")).get_data(as_text=True)
    assert "听证申请最迟 6月5日可以撤回" in page
    assert "撤回申请</button>" not in page
    answer = client.post(url(late_request, "withdrawal"), data={"version": late_request.version})
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).count("听证申请最迟 6月5日可以撤回") == 1
    assert client_of(hall.pool["万春生"]).post(url(late_request, "withdrawal")).status_code == 403
    db.session.refresh(late_request)
    assert late_request.status is HearingStatus.NOTICED


def test_schedule_page_when_a_lit_time_is_clicked_books_and_leads_to_the_services(
    client_of, hearing, hall, fake_now, db
) -> None:
    fake_now("2025-05-26T10:00+08:00")
    duty_for(hall)
    client = client_of(hall.coordinator)
    page = client.get(url(hearing, "schedule?day=2025-06-11&served_on=2025-05-28")).get_data(as_text=True)
    assert "6月10日" in page
    assert "通知要提前 7 个工作日送到最后一方（5月28日 送达）" in page
    place = re.search(r'name="place" value="([^"]+)"', page).group(1)
    answer = client.post(url(hearing, "schedule"), data={"place": place, "minutes": "150", "served_on": "2025-05-28"})
    assert answer.status_code == 302
    assert answer.location.endswith("/notice")
    db.session.refresh(hearing)
    assert hearing.status is HearingStatus.NOTICED


def test_schedule_page_when_too_early_answers_409_with_the_law_and_three_times(
    client_of, hearing, hall, fake_now, db
) -> None:
    fake_now("2025-05-26T10:00+08:00")
    duty_for(hall)
    data = {
        "room": hall.room.public_id,
        "day": "2025-06-06",
        "at": "09:00",
        "minutes": "150",
        "served_on": "2025-05-28",
    }
    answer = client_of(hall.coordinator).post(url(hearing, "schedule"), data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "最早 6月10日 才能开：通知要提前 7 个工作日" in page
    assert page.count("放这里") == 3


def test_schedule_page_when_the_hearing_was_changed_meanwhile_is_refused(client_of, hearing, hall, fake_now) -> None:
    fake_now("2025-05-26T10:00+08:00")
    data = {"version": "999", "place": "x", "minutes": "150", "served_on": "2025-05-28"}
    assert client_of(hall.coordinator).post(url(hearing, "schedule"), data=data).status_code == 409


def test_notice_page_when_services_are_recorded_says_whether_the_day_holds(client_of, noticed, hall, db) -> None:
    client = client_of(hall.coordinator)
    rows = list(db.session.scalars(sa.select(HearingService).order_by(HearingService.id)))[:2]
    for row in rows:
        data = {"mode": "in_person", "happened_on": "2025-05-28", "receiver": "王敏"}
        assert client.post(url(noticed, f"services/{row.public_id}"), data=data).status_code == 302
    page = client.get(url(noticed, "notice")).get_data(as_text=True)
    assert "5月28日（周三） 送达最后一方" in page
    assert "可以开" in page
    answer = client.post(url(noticed, f"services/{rows[0].public_id}"), data={"mode": "in_person"})
    assert answer.status_code == 422


def test_waiver_page_when_filled_records_the_consent(client_of, noticed, hall, db) -> None:
    row = noticed.parties[0]
    data = {"signed_on": "2025-05-28", "held_on": "2025-06-05", "starts_at": "9:00", "served_on": "2025-05-28"}
    client = client_of(hall.coordinator)
    assert client.get(url(noticed, f"waivers/{row.public_id}")).status_code == 200
    assert client.post(url(noticed, f"waivers/{row.public_id}"), data=data).status_code == 302
    db.session.refresh(row)
    assert row.waiver_held_on == date(2025, 6, 5)


@pytest.mark.parametrize(
    ("kind", "ground", "status"),
    [
        ("postponed", "facts_to_check", HearingStatus.POSTPONED),
        ("terminated", "settled", HearingStatus.TERMINATED),
        ("entered_in_error", "other", HearingStatus.ENTERED_IN_ERROR),
    ],
)
def test_change_page_when_posted_changes_the_hearing(client_of, noticed, hall, db, kind, ground, status) -> None:
    client = client_of(hall.coordinator)
    assert client.get(url(noticed, f"change?kind={kind}")).status_code == 200
    wrong = client.post(url(noticed, "change"), data={"kind": kind, "ground": "petitioner_left", "facts": "说明"})
    assert wrong.status_code == 422
    answer = client.post(url(noticed, "change"), data={"kind": kind, "ground": ground, "facts": "说明"})
    assert answer.status_code == 302
    db.session.refresh(noticed)
    assert noticed.status is status


def test_announcement_page_when_a_name_stands_there_keeps_what_was_typed(client_of, noticed, hall) -> None:
    data = {"masked_subject": "郑桂兰的补偿", "seats": "16", "until_day": "2025-06-09", "until_time": "17:30"}
    client = client_of(hall.coordinator)
    answer = client.post(url(noticed, "announcement"), data=data)
    assert answer.status_code == 422
    assert "姓名“郑桂兰”" in answer.get_data(as_text=True)
    data["masked_subject"] = "郑某某请求增加房屋拆迁补偿"
    assert client.post(url(noticed, "announcement"), data=data).status_code == 302
    assert client.get(url(noticed, "announcement")).status_code == 200


def test_public_pages_when_anybody_opens_them_show_no_personal_data(client, noticed, hall) -> None:
    row = announce(noticed, hall)
    for page in ("/notices", f"/notices/{row.public_id}", f"/notices/{row.public_id}/seat"):
        answer = client.get(page)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert "郑某某请求增加房屋拆迁补偿" in text
        assert "郑桂兰" not in text
        assert "13800000068" not in text
        assert 'name="robots" content="noindex"' in text
    assert "万春生（人大代表）" in client.get(f"/notices/{row.public_id}").get_data(as_text=True)


def test_seat_page_when_filled_gives_a_seat_and_a_second_time_is_refused(client, noticed, hall, db) -> None:
    row = announce(noticed, hall)
    data = {"name": "张三丰", "id_number": OBSERVER_ID}
    answer = client.post(f"/notices/{row.public_id}/seat", data=data)
    assert answer.status_code == 302
    assert "1 号席" in client.get(answer.location).get_data(as_text=True)
    assert "张三丰" not in client.get(answer.location).get_data(as_text=True)
    again = client.post(f"/notices/{row.public_id}/seat", data={**data, "name": "李四"})
    assert again.status_code == 422
    assert "已经登记过" in again.get_data(as_text=True)
    wrong = client.post(f"/notices/{row.public_id}/seat", data={"name": "李四", "id_number": OBSERVER_ID[:-1] + "0"})
    assert wrong.status_code == 422
    assert db.session.scalar(sa.select(sa.func.count(Observer.id))) == 1


def test_observers_when_checked_in_at_the_door_are_compared(client_of, client, noticed, hall, db) -> None:
    row = announce(noticed, hall)
    staff = client_of(hall.coordinator)
    added = staff.post(url(noticed, "observers"), data={"name": "张三丰", "id_number": OBSERVER_ID})
    assert added.status_code == 302
    observer = db.session.scalar(sa.select(Observer))
    door = url(noticed, f"observers/{observer.public_id}")
    assert staff.post(door, data={"shown_id_number": "990101195703080022"}).status_code == 422
    assert staff.post(door, data={"shown_id_number": OBSERVER_ID}).status_code == 302
    assert staff.post(url(noticed, "announcement/withdraw")).status_code == 302
    assert client.get(f"/notices/{row.public_id}").status_code == 404
    seat = f"/notices/{row.public_id}/seat/{observer.public_id}"
    assert "改期或者不开了" in client.get(seat).get_data(as_text=True)
    assert "郑某某" not in client.get("/notices").get_data(as_text=True)


def test_notice_that_does_not_exist_answers_404(client, noticed) -> None:
    assert noticed.session.starts_at is not None
    serve_nothing = client.get("/notices/nothing")
    assert serve_nothing.status_code == 404
    assert client.get("/notices/opinions/nothing").status_code == 404
