"""R-HEAR-26: a hearing of two days: who was there on the first day only signs for it, or it is told why not."""

from datetime import date, timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Role
from app.documents.queries import facts_of
from app.errors import NotPermitted, RuleViolation
from app.hearings.actions import attendance, closing, sitting
from app.hearings.actions.attendance import Arrival, NewAttendee
from app.hearings.models import Hearing, HearingMinutes
from app.hearings.queries.minutes_facts import account_behind
from app.hearings.rules.closing import check_may_be_unreached
from app.hearings.rules.words import AttendeeRole, HearingStatus, LiveStage
from app.signing.models import SigningSlot
from app.signing.queries import get_round, marks_of
from app.web.transaction import transaction
from tests.factories import make_account
from tests.hearings import desk
from tests.hearings.hall import Hall, at
from tests.hearings.outcome import sign_print

ROLE, JUNE_25, JUNE_26 = AttendeeRole, date(2025, 6, 25), date(2025, 6, 26)
SECOND_DAY = at(JUNE_25)


@pytest.fixture
def resumed(hearing: Hearing, hall: Hall, db: SQLAlchemy) -> HearingMinutes:
    """11 June: everybody and the witness 田望. 25 June: another man for the bureau, no witness."""
    with desk.files_left_to_the_worker():
        minutes = desk.sit_down(hearing, hall)
    by = hall.recorder.as_actor()
    with transaction():
        attendance.add_attendee(minutes, NewAttendee(ROLE.WITNESS, "田望", "id_card"), by=by, now=desk.NINE)
        gone = attendance.add_attendee(minutes, NewAttendee(ROLE.WITNESS, "早退", "id_card"), by=by, now=desk.NINE)
    with transaction():
        attendance.record_leaving(gone, by=by, now=desk.NINE)
    desk.walk_to(minutes, LiveStage.EVIDENCE_EXAMINATION, hall)
    go_on_later(hearing, db)
    desk.call_roll(hearing, hall, now=SECOND_DAY)
    for row in minutes.attendances:
        if row.role is ROLE.RESPONDENT:
            with transaction():
                attendance.record_arrival(row, Arrival("id_card", name="秦立业", post="主任"), by=by, now=SECOND_DAY)
        elif row.role is not ROLE.WITNESS:
            desk.come(row, by, now=SECOND_DAY)
    desk.open_sitting(minutes, hall, now=SECOND_DAY)
    return minutes


def go_on_later(hearing: Hearing, db: SQLAlchemy) -> None:
    hearing.status = HearingStatus.NOTICED
    hearing.session.starts_at, hearing.session.ends_at = SECOND_DAY, SECOND_DAY + timedelta(minutes=150)
    for row in hearing.services:
        row.starts_at = SECOND_DAY
    db.session.commit()


def close(minutes: HearingMinutes, hall: Hall) -> HearingMinutes:
    """The second day to its end, the minutes closed."""
    desk.walk_to(minutes, LiveStage.READ_BACK, hall, since=SECOND_DAY)
    procedure, by = desk.procedure_of(minutes.hearing), hall.recorder.as_actor()
    with transaction():
        sitting.end_sitting(minutes, procedure=procedure, by=by, now=at(JUNE_25, 11))
    with transaction():
        closing.close_minutes(minutes, procedure=procedure, by=by, now=at(JUNE_25, 12))
    return minutes


def slot_of(minutes: HearingMinutes, name: str) -> SigningSlot:
    return next(slot for slot in get_round(minutes.paper).slots if slot.name == name)


def not_signed(minutes: HearingMinutes, hall: Hall, name: str, reason: str, **values: bool) -> None:
    with transaction():
        closing.refuse_to_sign(
            minutes.hearing,
            minutes.paper,
            slot_of(minutes, name).key,
            reason,
            **values,
            by=hall.recorder.as_actor(),
            now=at(JUNE_26, 10),
        )


def test_r_hear_25_26_who_was_there_on_the_first_day_only_signs_and_the_minutes_tell_his_day(
    resumed: HearingMinutes, hall: Hall
) -> None:
    with desk.files_left_to_the_worker():
        closed = close(resumed, hall)
    names = [slot.name for slot in get_round(closed.paper).slots]
    assert names[-2:] == ["卢振邦", "田望"]
    assert "秦立业" in names
    assert "早退" not in names
    assert names.count("郑桂兰") == 1
    facts = facts_of(closed.paper)
    sheet = {row.name: (row.presence, row.detail, row.document) for row in facts.attendance}
    assert sheet["卢振邦"] == ("部分", "副主任，2025年6月11日到场", "居民身份证")
    assert sheet["田望"] == ("部分", "2025年6月11日到场", "居民身份证")
    assert sheet["秦立业"] == ("是", "主任", "居民身份证")
    assert sheet["早退"][0] == "否"
    assert [(row.capacity, row.name, row.detail) for row in facts.earlier] == [
        ("责任单位", "卢振邦", "2025年6月11日到场"),
        ("证人", "田望", "2025年6月11日到场"),
    ]


def test_inv_18_one_of_the_first_day_not_reached_settles_his_place_until_he_signs(
    resumed: HearingMinutes, hall: Hall
) -> None:
    closed = close(resumed, hall)
    with pytest.raises(RuleViolation) as refusal:
        not_signed(closed, hall, "秦立业", "走了", is_unreached=True)
    assert refusal.value.rule == "R-HEAR-26"
    not_signed(closed, hall, "田望", "6月26日电话两次没有人接", is_unreached=True)
    mark = marks_of(get_round(closed.paper)).refusals[slot_of(closed, "田望").key]
    assert (mark.is_unreached, mark.reason) == (True, "6月26日电话两次没有人接")
    assert closed.final_at is None
    sign_print(closed.hearing, hall, closed.paper, on=JUNE_26)
    signature = slot_of(closed, "田望").signature
    assert not signature.is_unreached
    assert not signature.refusal_reason
    assert closed.final_at is not None


def test_pages_of_the_first_day_tell_who_was_not_reached_and_the_minutes_become_final(
    resumed: HearingMinutes, hall: Hall, client_of, fake_now, db: SQLAlchemy
) -> None:
    with transaction():
        stranger = make_account(Role.RECORDER, name="别家")
    closed = close(resumed, hall)
    fake_now("2025-06-26T10:00+08:00")
    minutes_url = f"/hearings/{closed.hearing.public_id}/minutes"
    url = f"/hearings/{closed.hearing.public_id}/signing/{closed.paper.public_id}"
    witness, present = (f"{url}/{slot_of(closed, name).key}/refuse" for name in ("田望", "秦立业"))
    db.session.rollback()
    recorder = client_of(hall.recorder)
    assert "2025年6月11日到场" in recorder.get(minutes_url).get_data(as_text=True)
    assert "联系不上" in recorder.get(witness).get_data(as_text=True)
    assert "联系不上" not in recorder.get(present).get_data(as_text=True)
    given = {"reason": "6月26日电话两次没有人接", "is_unreached": "1"}
    assert client_of(hall.pool["康秀兰"]).post(witness, data=given).status_code == 403
    assert client_of(stranger).post(witness, data=given).status_code == 404
    assert recorder.post(present, data=given).status_code == 422
    assert recorder.post(witness, data=given).status_code == 302
    page = recorder.get(minutes_url).get_data(as_text=True)
    assert "没有到场签名" in page
    assert "6月26日电话两次没有人接" in page
    db.session.rollback()
    sign_print(closed.hearing, hall, closed.paper, but="田望", on=JUNE_26)
    assert closed.final_at is not None


@pytest.mark.parametrize(("is_unreached", "was_there"), [(False, False), (False, True), (True, False)])
def test_r_hear_26_not_reached_is_for_those_of_an_earlier_day_alone(is_unreached: bool, was_there: bool) -> None:
    check_may_be_unreached(is_unreached=is_unreached, was_there_at_the_end=was_there)
    with pytest.raises(RuleViolation):
        check_may_be_unreached(is_unreached=True, was_there_at_the_end=True)


def test_officer_of_the_first_day_signs_under_his_own_log_in(resumed: HearingMinutes, hall: Hall) -> None:
    row = next(row for row in resumed.earlier_days if row.name == "万春生")
    assert account_behind(resumed.hearing, row.key) == hall.pool["万春生"].id
    witness = next(row for row in resumed.earlier_days if row.name == "田望")
    assert account_behind(resumed.hearing, witness.key) is None
    with pytest.raises(NotPermitted):
        closing.check_own_place(account_behind(resumed.hearing, row.key), hall.recorder.id)


def test_roll_that_no_opening_followed_leaves_nobody_to_sign(hearing: Hearing, hall: Hall, db: SQLAlchemy) -> None:
    with desk.files_left_to_the_worker():
        minutes = desk.call_roll(desk.notice(hearing, hall), hall)
    desk.let_all_come(minutes, hall)
    go_on_later(hearing, db)
    desk.call_roll(hearing, hall, now=SECOND_DAY)
    assert minutes.earlier_days == []
    assert not any(row.is_present for row in minutes.attendances)
