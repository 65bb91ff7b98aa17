"""The pages of mediation: who may open them, what they offer, a meeting from booking to signature."""

import io
import json
import re
from datetime import date

import pytest
import sqlalchemy as sa
from PIL import Image

from app.access.permissions import Role
from app.documents.models import PaperRevision, RevisionKind
from app.documents.storage import uploads_dir
from app.mediation.models import MediationMeeting, RecordTurn
from app.mediation.rules import MeetingStatus
from app.signing.models import SigningSlot
from tests.factories import make_account, make_organisation

PAGES = ["", "/mediators", "/periods", "/labour-notice", "/end", "/meetings/new"]


@pytest.fixture
def on_june_10(fake_now) -> None:
    """Nine o'clock on 10 June 2025."""
    fake_now("2025-06-10T09:00+08:00")


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_case_when_clerk_opens_them_answer(client_of, district, case, on_june_10, page) -> None:
    answer = client_of(district.clerk_account).get(f"/mediations/{case.public_id}{page}")
    assert answer.status_code == 200
    assert case.number in answer.get_data(as_text=True)


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_a_case_when_a_stranger_opens_them_do_not_exist(client_of, district, case, db, page) -> None:
    stranger = make_account(Role.COMMITTEE_CLERK, name="别家")
    db.session.commit()
    assert client_of(stranger).get(f"/mediations/{case.public_id}{page}").status_code == 404


@pytest.mark.parametrize(("page", "status"), [("", 200), ("/meetings/new", 200), ("/mediators", 403), ("/end", 403)])
def test_pages_of_a_case_when_its_mediator_opens_them_are_cut(
    client_of, district, case, on_june_10, page, status
) -> None:
    assert client_of(district.shi).get(f"/mediations/{case.public_id}{page}").status_code == status


def test_list_when_opened_shows_own_cases_only(client_of, district, case, db) -> None:
    stranger = make_account(Role.COMMITTEE_CLERK, name="别家")
    db.session.commit()
    assert case.number in client_of(district.clerk_account).get("/mediations").get_data(as_text=True)
    assert case.number not in client_of(stranger).get("/mediations").get_data(as_text=True)
    assert client_of(district.clerk_account).get("/mediations?status=nonsense&after=x.y").status_code == 200


def post(client, url: str, **data):
    return client.post(url, data=data, follow_redirects=False)


def book_by_page(client, case, district, *, day="2025-06-11", at="09:00", **values):
    url = f"/mediations/{case.public_id}/meetings/new"
    people = f"mediator:{district.shi.public_id} recorder:{district.he.public_id}"
    return post(client, url, place=f"{district.room.public_id} {at}", day=day, minutes="90", people=people, **values)


def test_booking_page_when_a_day_is_free_offers_lit_times_that_book(client_of, district, case, on_june_10, db) -> None:
    client = client_of(district.clerk_account)
    page = client.get(f"/mediations/{case.public_id}/meetings/new?day=2025-06-11").get_data(as_text=True)
    assert "可排 2 处" in page
    place = re.search(r'name="place" value="([^"]+)"', page).group(1)
    answer = post(
        client,
        f"/mediations/{case.public_id}/meetings/new",
        place=place,
        day="2025-06-11",
        minutes="90",
        people=f"mediator:{district.shi.public_id}",
    )
    assert answer.status_code == 302
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(MediationMeeting.id))) == 1


def test_booking_page_when_taken_answers_409_with_three_forms_that_work(
    client_of, district, case, on_june_10, db
) -> None:
    client = client_of(district.clerk_account)
    assert book_by_page(client, case, district).status_code == 302
    answer = book_by_page(client, case, district)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "6月11日 09:00 放不下" in page
    assert "已有安排" in page
    ways = page[page.index('class="ft-ways"') :]
    forms = re.findall(r"<form.*?</form>", ways[: ways.index("</ul>")], re.DOTALL)
    assert len(forms) == 3
    for form in forms:
        fields = dict(re.findall(r'name="(place|day|minutes|people)" value="([^"]*)"', form))
        assert post(client, f"/mediations/{case.public_id}/meetings/new", **fields).status_code == 302
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(MediationMeeting.id))) == 4


@pytest.mark.parametrize(
    ("values", "status", "text"),
    [
        ({"day": "2025-06-09"}, 422, "已经过去"),
        ({"day": "2025-06-14"}, 422, "仍要排在这时"),
        ({"day": "2025-07-20"}, 409, "调解期限 7月9日 届满"),
        ({"day": "二月三十"}, 422, "日期"),
        ({"at": "09:05"}, 422, "15 分钟"),
    ],
)
def test_booking_page_when_the_time_is_wrong_says_why(
    client_of, district, case, on_june_10, values, status, text
) -> None:
    answer = book_by_page(client_of(district.clerk_account), case, district, **values)
    assert answer.status_code == status
    assert text in answer.get_data(as_text=True)


def test_booking_page_when_sent_twice_books_once(client_of, district, case, on_june_10, db) -> None:
    client = client_of(district.clerk_account)
    for _ in range(2):
        assert book_by_page(client, case, district, idempotency_key="once-and-only-once").status_code == 302
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(MediationMeeting.id))) == 1


def test_moving_and_calling_off_when_planned_change_the_meeting(client_of, district, case, on_june_10, db) -> None:
    client = client_of(district.clerk_account)
    book_by_page(client, case, district)
    base = f"/mediations/{case.public_id}/meetings/1"
    assert client.get(f"{base}/move").status_code == 200
    people = f"mediator:{district.shi.public_id}"
    moved = post(
        client, f"{base}/move", room=district.second_room.public_id, at="10:00", day="6.12", minutes="60", people=people
    )
    assert moved.status_code == 302
    assert client.get(f"{base}/cancel").status_code == 200
    assert post(client, f"{base}/cancel", how="error", reason="").status_code == 422
    assert post(client, f"{base}/cancel", how="error", reason="点错了").status_code == 302
    db.session.rollback()
    assert db.session.scalars(sa.select(MediationMeeting)).one().status is MeetingStatus.ENTERED_IN_ERROR


def test_case_acts_when_posted_by_page_follow_the_rules(client_of, district, case, on_june_10) -> None:
    client = client_of(district.clerk_account)
    base = f"/mediations/{case.public_id}"
    assert post(client, f"{base}/extension", days="30", agreed_on="2025-06-10", agreeing=[]).status_code == 422
    both = [party.public_id for party in case.parties]
    assert post(client, f"{base}/extension", days="30", agreed_on="2025-06-10", agreeing=both).status_code == 302
    assert post(client, f"{base}/suspension", basis="appraisal", on="2025-06-10").status_code == 302
    assert post(client, f"{base}/resumption", on="2025-06-10").status_code == 302
    named = post(client, f"{base}/mediators", mediator=[district.fang.public_id], chosen_by="parties")
    assert named.status_code == 302
    swapped = post(
        client,
        f"{base}/objection",
        unwanted=district.fang.public_id,
        replacement=district.shi.public_id,
        party=both[0],
        reason="是邻居",
    )
    assert swapped.status_code == 302
    assert post(client, f"{base}/labour-notice", told_on="2025-06-10", continues="yes").status_code == 422
    assert post(client, f"{base}/end", reason="period_over", ended_on="2025-06-10").status_code == 422
    assert post(client, f"{base}/end", reason="no_agreement_possible", ended_on="2025-06-10").status_code == 302
    assert "已终止" in client.get(base).get_data(as_text=True)


def test_case_act_when_the_form_is_stale_answers_409(client_of, district, case, on_june_10) -> None:
    client = client_of(district.clerk_account)
    both = [party.public_id for party in case.parties]
    url = f"/mediations/{case.public_id}/suspension"
    assert post(client, url, basis="appraisal", on="2025-06-10", version=str(case.version + 7)).status_code == 409
    assert len(both) == 2


@pytest.fixture
def running(client_of, district, case, book, fake_now):
    """A browser of the recorder on 11 June with the meeting begun and both parties present."""
    book(case)
    fake_now("2025-06-11T09:02+08:00")
    client = client_of(district.he)
    base = f"/mediations/{case.public_id}/meetings/1"
    assert client.get(f"{base}/live").status_code == 200
    assert post(client, f"{base}/start").status_code == 302
    for party in case.parties:
        assert post(client, f"{base}/attendance", who=party.public_id, identity_document="id_card").status_code == 302
    return client, base


def speaker_of(page: str, name: str) -> str:
    return re.search(rf'name="speaker" value="([^"]+)"(?:(?!</label>).)*{name}', page, re.DOTALL).group(1)


def test_r_med_07_turns_when_rights_are_not_told_are_refused(running) -> None:
    client, base = running
    answer = post(client, f"{base}/turns", client_id="a" * 32, speaker="room", text="开始")
    assert answer.status_code == 422
    assert "先告知当事人" in answer.get_data(as_text=True)


def test_live_page_when_walked_ends_in_a_signed_record(running, case, district, client_of, db) -> None:
    client, base = running
    assert post(client, f"{base}/rights").status_code == 302
    page = client.get(f"{base}/live").get_data(as_text=True)
    speaker = speaker_of(page, "尤晓琴")
    turn = {"client_id": "b" * 32, "speaker": speaker, "text": "天花板泡了 𠮷平方"}
    assert post(client, f"{base}/turns", **turn).status_code == 302
    again = client.post(f"{base}/turns", data=turn, headers={"HX-Request": "true"})
    assert "天花板泡了 𠮷平方" in again.get_data(as_text=True)
    assert "<html" not in again.get_data(as_text=True)
    db.session.rollback()
    row = db.session.scalars(sa.select(RecordTurn)).one()
    corrected = post(client, f"{base}/turns/{row.public_id}", client_id="c" * 32, text="天花板泡了 3 平方")
    assert corrected.status_code == 302
    page = client.get(f"{base}/live").get_data(as_text=True)
    assert "<del>天花板泡了 𠮷平方</del>" in page
    assert "<ins>天花板泡了 3 平方</ins>" in page
    assert client.get(f"{base}/close").status_code == 200
    assert post(client, f"{base}/close", result="agreed", result_text="", read_mode="to_parties").status_code == 422
    closing = {"result": "agreed", "result_text": "冯志远付 12000 元。", "read_mode": "to_parties"}
    assert post(client, f"{base}/close", **closing).status_code == 302
    page = client.get(f"{base}/record").get_data(as_text=True)
    assert "等签名" in page
    late = post(client, f"{base}/turns", client_id="d" * 32, speaker="room", text="补一句")
    assert late.status_code in (302, 422)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count(RecordTurn.id))) == 2
    assert post(client, f"{base}/record/notes", text="当天下午已通知物业").status_code == 302
    assert "当天下午已通知物业" in client.get(f"{base}/record").get_data(as_text=True)


def test_live_page_when_a_stranger_opens_it_does_not_exist(running, client_of, db) -> None:
    _, base = running
    stranger = make_account(Role.RECORDER, name="别人")
    db.session.commit()
    assert client_of(stranger).get(f"{base}/live").status_code == 404
    assert client_of(stranger).post(f"{base}/turns", data={"text": "x"}).status_code == 404


def test_calendar_when_the_matter_is_hidden_says_only_that_it_is_taken(
    client_of, district, case, book, on_june_10, db
) -> None:
    book(case)
    url = f"/calendar?date={date(2025, 6, 11).isoformat()}"
    other = make_account(Role.LAWYER, organisation=district.office, name="宋雨晴")
    far = make_account(Role.LAWYER, organisation=make_organisation("临海县信访局"))
    db.session.commit()
    hidden = client_of(other).get(url).get_data(as_text=True)
    assert "已有安排" in hidden
    assert "邻里纠纷调解" not in hidden
    assert "邻里纠纷调解 第 1 次" in client_of(district.coordinator).get(url).get_data(as_text=True)
    person = client_of(other).get(f"/calendar/people/{district.shi.public_id}?date=2025-06-10").get_data(as_text=True)
    assert "已有安排" in person
    assert '宋雨晴<span class="ft-role"> · 值班律师' in person  # who looks stands in the bar, not whom he looks at
    assert client_of(far).get(f"/calendar/people/{district.shi.public_id}").status_code == 404
    mine = client_of(district.shi).get("/calendar/mine").get_data(as_text=True)
    assert "邻里纠纷调解 第 1 次" in mine
    assert '<span class="ft-role"> · 调解员' in mine
    desk = client_of(other).get("/desk").get_data(as_text=True)
    assert "ft-agenda" not in desk  # a list of nothing but 已有安排 helps nobody


@pytest.fixture
def closed(running, db):
    """The closed record of the meeting, waiting for signatures."""
    client, base = running
    post(client, f"{base}/rights")
    post(client, f"{base}/turns", client_id="e" * 32, speaker="room", text="双方到场")
    answer = post(client, f"{base}/close", result="continue", result_text="下周再谈", read_mode="by_parties")
    assert answer.status_code == 302
    db.session.rollback()
    slots = {slot.name: slot.key for slot in db.session.scalars(sa.select(SigningSlot))}
    return client, base, slots


def test_record_when_everybody_signed_or_refused_is_finished(closed, case, district, client_of, db) -> None:
    client, base, slots = closed
    assert set(slots) == {"石明轩", "何静", "尤晓琴", "冯志远"}
    shown = db.session.scalars(sa.select(PaperRevision)).one().sha256
    stroke = [[20 + step * 9, 40 + (step % 5) * 30] for step in range(30)]
    strokes = json.dumps({"boxes": [{"char": "尤", "width": 400, "height": 400, "strokes": [stroke, stroke[::-1]]}]})
    url = f"{base}/record/sign/{slots['尤晓琴']}"
    assert client.get(url).status_code == 200
    assert post(client, url, strokes="", shown=shown).status_code == 422
    assert post(client, url, strokes=strokes, shown="0" * 64).status_code == 409
    assert post(client, url, strokes=strokes, shown=shown).status_code == 302
    refusing = f"{base}/record/refuse/{slots['冯志远']}"
    assert post(client, refusing, text="").status_code == 422
    assert post(client, refusing, text="记得不全").status_code == 302
    assert post(client, f"{base}/record/sign/{slots['石明轩']}", strokes=strokes, shown=shown).status_code == 403
    assert post(client, f"{base}/record/sign/{slots['何静']}", strokes=strokes, shown=shown).status_code == 302
    mediator = client_of(district.shi)
    assert post(mediator, f"{base}/record/sign/{slots['石明轩']}", strokes=strokes, shown=shown).status_code == 302
    db.session.rollback()
    kinds = [row.kind for row in db.session.scalars(sa.select(PaperRevision).order_by(PaperRevision.revision))]
    assert kinds == [RevisionKind.ISSUED, RevisionKind.SIGNED]
    page = client.get(f"{base}/record").get_data(as_text=True)
    assert "已签完" in page
    assert "记得不全" in page


def test_record_when_signed_on_paper_keeps_the_scan(closed, db) -> None:
    client, base, slots = closed
    url = f"{base}/record/paper"
    assert client.get(url).status_code == 200
    fields = {"keys": [slots["尤晓琴"], slots["冯志远"]], "manner": "fingerprint", "signed_on": "2025-06-11"}
    assert client.post(url, data={**fields, "scan": (io.BytesIO(b"not a scan"), "a.pdf")}).status_code == 422
    picture = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(picture, "PNG")
    kept = len(list(uploads_dir().iterdir())) if uploads_dir().exists() else 0
    unsigned = {**fields, "keys": [], "scan": (io.BytesIO(picture.getvalue()), "a.png")}
    assert client.post(url, data=unsigned).status_code == 422
    assert not uploads_dir().exists() or len(list(uploads_dir().iterdir())) == kept, "a refused act keeps no file"
    picture.seek(0)
    assert client.post(url, data={**fields, "scan": (picture, "a.png")}).status_code == 302
    assert len(list(uploads_dir().iterdir())) == kept + 1
    db.session.rollback()
    signed = [slot.name for slot in db.session.scalars(sa.select(SigningSlot)) if slot.is_signed]
    assert sorted(signed) == ["冯志远", "尤晓琴"]
