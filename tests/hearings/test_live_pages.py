"""The pages of the live desk: who may open them, plain forms, what the page's script is told, the hall's screen."""

import re
from collections.abc import Iterator

import pytest

from app.access.permissions import Role
from app.hearings.models import Hearing
from app.hearings.rules.words import AttendeeRole, HearingStatus, LiveStage
from tests.factories import make_account
from tests.hearings.desk import call_roll, files_left_to_the_worker, let_all_come, notice, person, sit_down, walk_to

JSON = {"Accept": "application/json"}
GETS = ("live", "screen", "live/read-back", "live/versions")
POSTS = (
    "live/roll-call",
    "live/open",
    "live/stage",
    "live/duties",
    "live/recess",
    "live/resumption",
    "live/recusal",
    "live/end",
    "live/attendance",
    "live/attendance/refresh",
    "live/turns",
    "live/line",
    "live/line/dropped",
    "live/exhibits",
    "live/read-back",
)


@pytest.fixture(autouse=True)
def without_files() -> Iterator[None]:
    """No paper is set in type here."""
    with files_left_to_the_worker():
        yield


@pytest.fixture
def minutes(hearing, hall, fake_now):
    """An open sitting, five minutes after nine."""
    made = sit_down(hearing, hall)
    fake_now("2025-06-11T09:05+08:00")
    return made


@pytest.fixture
def recorder(client_of, hall):
    """The recorder's browser."""
    return client_of(hall.recorder)


def url(hearing: Hearing, page: str) -> str:
    return f"/hearings/{hearing.public_id}/{page}"


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("page", GETS)
def test_pages_of_the_desk_when_a_stranger_opens_them_do_not_exist(client_of, hearing, minutes, db, page) -> None:
    stranger = make_account(Role.RECORDER, name="别家")
    db.session.commit()
    assert client_of(stranger).get(url(hearing, page)).status_code == 404


@pytest.mark.parametrize("page", POSTS)
def test_acts_of_the_desk_when_a_stranger_or_a_panelist_tries_them_are_refused(
    client_of, hearing, hall, minutes, db, page
) -> None:
    stranger = make_account(Role.RECORDER, name="别家")
    db.session.commit()
    assert client_of(stranger).post(url(hearing, page)).status_code == 404
    assert client_of(hall.pool["万春生"], Role.HEARING_PANELIST).post(url(hearing, page)).status_code == 403
    assert client_of(hall.leader).post(url(hearing, page)).status_code == 403


def test_desk_when_nobody_is_logged_in_asks_for_it(client, hearing, minutes) -> None:
    assert "/login" in client.get(url(hearing, "live")).location
    assert client.post(url(hearing, "live/turns"), data={"text": "没丢"}, headers=JSON).status_code == 401


def test_roll_call_by_plain_forms_opens_the_hearing(recorder, hearing, hall, fake_now, db) -> None:
    notice(hearing, hall)
    fake_now("2025-06-11T08:40+08:00")
    assert "开始核对到场" in text_of(recorder.get(url(hearing, "live")))
    assert recorder.post(url(hearing, "live/roll-call")).status_code == 302
    assert "还没到" in text_of(recorder.get(url(hearing, "live")))
    refused = recorder.post(url(hearing, "live/open"))
    assert refused.status_code == 422
    assert "主持人毕建国还没到" in text_of(refused)
    db.session.rollback()
    db.session.expire_all()
    for row in hearing.minutes.attendances:
        form = {"identity_document": "id_card", "name": "卢振邦" if row.role is AttendeeRole.RESPONDENT else ""}
        answer = recorder.post(url(hearing, f"live/attendance/{row.public_id}/arrival"), data=form)
        assert answer.status_code == 302
    assert recorder.post(url(hearing, "live/open")).status_code == 302
    assert "进入下一阶段：信访人陈述" in text_of(recorder.get(url(hearing, "live")))


def test_live_page_on_another_day_only_says_when(recorder, hearing, hall, fake_now) -> None:
    notice(hearing, hall)
    fake_now("2025-06-10T09:00+08:00")
    page = text_of(recorder.get(url(hearing, "live")))
    assert "6月11日" in page
    assert "开始核对到场" not in page
    assert recorder.post(url(hearing, "live/roll-call")).status_code == 422


def test_turn_by_a_plain_form_is_written_and_a_refused_one_keeps_its_text(recorder, hearing, minutes) -> None:
    speaker = person(minutes, AttendeeRole.APPLICANT).key
    form = {"client_id": "plain-0001", "speaker": speaker, "text": "不用脚本也能记"}
    assert recorder.post(url(hearing, "live/turns"), data=form).status_code == 302
    assert "不用脚本也能记" in text_of(recorder.get(url(hearing, "live")))
    refused = recorder.post(url(hearing, "live/turns"), data={**form, "client_id": "bad", "text": "写的还在"})
    assert refused.status_code == 422
    assert "写的还在</textarea>" in text_of(refused)


def test_turn_when_the_script_sends_it_twice_is_told_once(recorder, hearing, minutes) -> None:
    speaker = person(minutes, AttendeeRole.APPLICANT).key
    form = {
        "client_id": "devicedevice-1",
        "speaker": speaker,
        "text": "收条在这里",
        "device": "devicedevice",
        "age": "900",
    }
    first = recorder.post(url(hearing, "live/turns"), data=form, headers=JSON).get_json()
    again = recorder.post(url(hearing, "live/turns"), data={**form, "after": first["cursor"]}, headers=JSON).get_json()
    assert first["turns"].count("收条在这里") == 1
    assert "收条在这里" not in again["turns"]
    assert again["cursor"] == first["cursor"]
    refused = recorder.post(url(hearing, "live/turns"), data={**form, "text": "别的话"}, headers=JSON)
    assert refused.status_code == 409
    assert "已放回下面" in refused.get_json()["error"]["message"]


def test_open_line_is_seen_by_the_other_clerk_and_not_on_the_screen(
    recorder, client_of, hearing, hall, minutes, db
) -> None:
    line = {"device": "devicedevice", "client_id": "devicedevice-1", "speaker": "room", "text": "正在写的半句"}
    recorder.post(url(hearing, "live/line"), data=line, headers=JSON)
    chair = client_of(hall.chair, Role.HEARING_CHAIR)
    seen = chair.post(url(hearing, "live/line"), data={**line, "device": "otherdevice", "text": ""}, headers=JSON)
    assert "何静正在写…" in seen.get_json()["lines"]
    assert "正在写的半句" not in text_of(recorder.get(url(hearing, "screen")))
    recorder.post(url(hearing, "live/line/dropped"), data={"device": "devicedevice"}, headers=JSON)
    assert "正在写的半句" not in text_of(chair.get(url(hearing, "live")))


def test_stage_when_the_page_is_stale_answers_409_with_the_desk(recorder, hearing, minutes) -> None:
    answer = recorder.post(url(hearing, "live/stage"), data={"stage": "statement", "stage_mark": "1"})
    assert answer.status_code == 409
    assert "程序已经走到“告知权利、问回避”" in text_of(answer)
    open_duty = recorder.post(
        url(hearing, "live/stage"), data={"stage": "statement", "stage_mark": str(minutes.stage_mark)}
    )
    assert open_duty.status_code == 422
    assert "插入笔录" in text_of(open_duty)


def test_screen_shows_words_and_stage_but_no_attendance(recorder, hearing, minutes) -> None:
    speaker = person(minutes, AttendeeRole.APPLICANT).key
    form = {"client_id": "plain-0001", "speaker": speaker, "text": "大屏上看得见"}
    recorder.post(url(hearing, "live/turns"), data=form)
    page = text_of(recorder.get(url(hearing, "screen")))
    assert "大屏上看得见" in page
    assert "告知权利、问回避" in page
    assert not any(word in page for word in ("实到", "旁听", "已核对", "范玉梅", "id_card"))
    news = recorder.get(url(hearing, "screen"), headers=JSON).get_json()
    assert news["stage"] == "告知权利、问回避"
    assert news["recess"] is False


def test_recess_exhibit_correction_and_reading_back_by_plain_forms(recorder, hearing, hall, minutes) -> None:
    speaker = person(minutes, AttendeeRole.APPLICANT)
    recorder.post(url(hearing, "live/recess"), data={"reason": "休息十分钟"})
    assert "休会中" in text_of(recorder.get(url(hearing, "live")))
    recorder.post(url(hearing, "live/resumption"))
    exhibit = {"client_id": "exhibit-0001", "title": "房产证复印件", "presented_by": speaker.key}
    recorder.post(url(hearing, "live/exhibits"), data=exhibit)
    page = text_of(recorder.get(url(hearing, "live")))
    assert "证 1 房产证复印件" in page
    assert "编下一号：证 2" in page
    turn = re.findall(r"/live/turns/([A-Za-z0-9_-]{22})", page)[-1]
    assert "更正后的文字" in text_of(recorder.get(url(hearing, f"live/turns/{turn}")))
    new = {"client_id": "correct-0001", "text": "房产证原件", "asked_by": speaker.public_id}
    assert recorder.post(url(hearing, f"live/turns/{turn}"), data=new).status_code == 302
    assert "更正 1" in text_of(recorder.get(url(hearing, "live/versions")))
    walk_to(minutes, LiveStage.READ_BACK, hall)
    assert "谁来核对" in text_of(recorder.get(url(hearing, "live/read-back")))
    one = recorder.get(url(hearing, f"live/read-back?reader={speaker.public_id}"))
    assert "第 1 页无误" in text_of(one)
    recorder.post(url(hearing, "live/read-back"), data={"reader": speaker.public_id, "page": "1"})
    assert recorder.get(url(hearing, "live/read-back?page=99")).status_code == 404


def test_end_by_a_plain_form_leads_to_the_minutes(recorder, hearing, hall, minutes, db, fake_now) -> None:
    walk_to(minutes, LiveStage.READ_BACK, hall)
    fake_now("2025-06-11T11:00+08:00")
    assert recorder.post(url(hearing, "live/end")).status_code == 302
    db.session.rollback()
    db.session.expire_all()
    assert hearing.status is HearingStatus.DELIBERATING
    assert "去定稿、签名" in text_of(recorder.get(url(hearing, "live")))


def test_reading_back_of_a_person_who_is_not_listed_does_not_exist(recorder, hearing, minutes) -> None:
    assert recorder.get(url(hearing, "live/read-back?reader=nobody")).status_code == 404
    assert recorder.post(url(hearing, "live/attendance/nobody/leaving")).status_code == 404
    assert recorder.get(url(hearing, "live/turns/nobody")).status_code == 404


def test_roll_page_when_a_head_must_attend_offers_the_answer(hearing, hall, recorder, fake_now) -> None:
    minutes = call_roll(notice(hearing, hall), hall)
    let_all_come(minutes, hall)
    fake_now("2025-06-11T08:55+08:00")
    party = hearing.parties[1]
    answer = recorder.post(
        url(hearing, f"live/head/{party.public_id}"),
        data={"head_attendance": "delegates", "head_reason": "", "delegate": ""},
    )
    assert answer.status_code == 422
    assert "第五十一条" in text_of(answer)
