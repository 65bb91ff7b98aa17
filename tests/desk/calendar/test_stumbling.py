"""What a clerk does by mistake on the calendar: it says what is wrong, keeps what was typed and promises nothing."""

import pytest

from app.booking.models import DraftMove

DAY = "date=2025-06-11&at=09:00"


@pytest.fixture
def zhou(client_of, district, on_june_10):
    """周敏, who coordinates."""
    return client_of(district.coordinator)


def answer_url(case, district, query) -> str:
    return f"/calendar/place/case-{case.public_id}/answer?room={district.room.public_id}&{query}"


def test_calling_off_without_a_reason_shows_the_session_again_on_its_day(zhou, meeting, db) -> None:
    answer = zhou.post(
        f"/calendar/sessions/{meeting.session.public_id}/call-off", data={"reason": " ", "date": "2025-06-11"}
    )
    assert answer.status_code == 422
    assert "请写明取消的原因" in answer.text
    assert "<h1>排期日历</h1>" in answer.text
    assert '<details class="ft-more" open>' in answer.text
    assert "2025年6月11日" in answer.text
    assert db.session.query(DraftMove).count() == 0


def test_date_that_cannot_be_read_is_named_and_nothing_is_answered_for_another_day(zhou, district, case) -> None:
    page = zhou.get(f"/calendar/place/case-{case.public_id}?room={district.room.public_id}&date=明天吧&at=09:00").text
    assert "日期“明天吧”看不懂" in page
    assert "可以放</h2>" not in page
    assert "放不下</h2>" not in page
    assert "看不懂" not in zhou.get("/calendar?date=2025-06-11").text


def test_place_far_beyond_all_that_fits_offers_the_first_that_do(zhou, district, case) -> None:
    panel = zhou.get(answer_url(case, district, "date=2030-01-07&at=09:00")).text
    assert "放不下" in panel
    assert panel.count("<em>放这里</em>") == 3
    assert "近十二周里没有都合适的时间" not in panel


def test_session_is_called_on_the_timeline_what_it_is_called_in_the_list(zhou, meeting) -> None:
    (event,) = zhou.get("/calendar/data?date=2025-06-11").json["events"]
    subject = meeting.case.matter.subject
    assert event["title"] == f"{subject}（{meeting.session.purpose}）"


def test_who_is_told_is_named_in_full_to_who_tells_by_hand(zhou, district, case) -> None:
    panel = zhou.get(answer_url(case, district, DAY)).text
    assert all(f"{party.name}（" in panel for party in case.matter.parties)


def test_year_whose_days_off_are_not_entered_is_marked(zhou) -> None:
    assert "放假安排还没有录入" not in zhou.get("/calendar?date=2025-06-11").text
    assert "2031年的放假安排还没有录入" in zhou.get("/calendar?date=2031-02-03").text
