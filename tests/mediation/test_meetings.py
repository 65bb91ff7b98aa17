"""Meetings and their records as acts: booking, attendance, two clerks, corrections, closing."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEvent
from app.booking.models import Occupancy
from app.booking.queries import find_occupancy_findings
from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.errors import Clash, RuleViolation
from app.mediation.actions import (
    MeetingWish,
    NewAttendee,
    NewTurn,
    Refusal,
    add_note,
    assign_mediators,
    book_meeting,
    cancel_meeting,
    close_record,
    correct_turn,
    mark_meeting_entered_in_error,
    move_meeting,
    record_attendance,
    record_turn,
    start_meeting,
    suspend_mediation,
    tell_rights,
)
from app.mediation.models import MediationRecord
from app.mediation.queries import missing_for_closing
from app.mediation.queries.meetings import number_of
from app.mediation.queries.record_facts import latest_text
from app.mediation.rules import AttendeeKind, ChosenBy, MeetingStatus, ReadMode, RecordResult, SuspensionBasis
from app.web.transaction import transaction
from tests.factories import actor_of
from tests.mediation.conftest import at, plan_for

DAY = date(2025, 6, 11)


def test_book_meeting_when_free_holds_room_people_and_both_parties(case, book, db, district) -> None:
    meeting = book(case)
    keys = set(db.session.scalars(sa.select(Occupancy.resource_key)))
    assert len([key for key in keys if key.startswith("party:")]) == 2
    assert {f"room:{district.room.id}", f"person:{district.shi.id}", f"person:{district.he.id}"} <= keys
    assert district.he.id in case.access_view().assigned
    assert meeting.session.purpose == "邻里纠纷调解 第 1 次"
    assert find_occupancy_findings() == []


def test_book_meeting_when_a_party_sits_in_another_matter_clashes(make_dispute, accept, book, district) -> None:
    book(accept(make_dispute()))
    other = accept(make_dispute(), mediators=[district.fang])
    people = (("mediator", district.fang.id),)
    wish = MeetingWish(replace(plan_for(district, DAY), room_id=district.second_room.id, people=people))
    with pytest.raises(Clash, match="有一方当事人 09:00—10:30 另有安排") as refusal, transaction():
        book_meeting(other, wish, by=district.clerk, now=at(date(2025, 6, 10)))
    assert len(refusal.value.alternatives) == 3


def test_r_med_14_book_meeting_when_after_the_period_is_refused(case, book) -> None:
    with pytest.raises(Clash, match="最迟 7月9日"):
        book(case, date(2025, 7, 10))


def test_r_med_16_book_meeting_when_the_case_rests_is_refused(case, book, district) -> None:
    with transaction():
        suspend_mediation(
            case, SuspensionBasis.APPRAISAL, on=date(2025, 6, 10), by=district.clerk, now=at(date(2025, 6, 10))
        )
    with pytest.raises(RuleViolation, match="先恢复"):
        book(case)


def test_move_meeting_when_the_recorder_changes_ends_his_part(case, book, district) -> None:
    meeting = book(case)
    with transaction():
        wish = MeetingWish(plan_for(district, date(2025, 6, 12), recorder=False))
        move_meeting(meeting, wish, by=district.clerk, now=at(date(2025, 6, 10)))
    assert district.he.id not in case.access_view().assigned
    assert find_occupancy_findings() == []


def test_meetings_when_given_up_count_neither_as_meeting_nor_postponement(case, book, district) -> None:
    first, second = book(case), book(case, date(2025, 6, 12))
    with transaction():
        mark_meeting_entered_in_error(first, "点错了", by=district.clerk, now=at(date(2025, 6, 10)))
    assert (first.status, number_of(case, second)) == (MeetingStatus.ENTERED_IN_ERROR, 1)
    with transaction():
        cancel_meeting(second, "一方生病", by=district.clerk, now=at(date(2025, 6, 10)))
    assert second.status is MeetingStatus.CANCELLED
    assert number_of(case, book(case, date(2025, 6, 13))) == 1
    with pytest.raises(RuleViolation), transaction():
        cancel_meeting(second, "再取消", by=district.clerk, now=at(date(2025, 6, 10)))


@pytest.fixture
def record(case, book, district, db) -> MediationRecord:
    """The begun record with both parties present and rights told."""
    meeting = book(case)
    with transaction():
        row = start_meeting(meeting, by=actor_of(district.he), now=at(DAY, 1))
        for party in case.parties:
            new = NewAttendee(AttendeeKind.PARTY, party.name, "居民身份证", party=party)
            record_attendance(row, new, by=actor_of(district.he), now=at(DAY, 1, 2))
        tell_rights(row, by=actor_of(district.he), now=at(DAY, 1, 5))
    return row


def say(record, account, text: str, *, client_id: str, minute: int, speaker: int = -1):
    key = record.meeting.attendees[speaker].key
    with transaction():
        return record_turn(record, NewTurn(client_id, key, text), by=actor_of(account), now=at(DAY, 1, minute))


def test_start_meeting_when_the_day_has_not_come_refuses(case, book, district) -> None:
    meeting = book(case)
    with pytest.raises(RuleViolation, match="还没到日子"), transaction():
        start_meeting(meeting, by=district.clerk, now=at(date(2025, 6, 10)))
    with transaction():
        start_meeting(meeting, by=district.clerk, now=at(DAY))
    with pytest.raises(RuleViolation, match="正在进行"), transaction():
        start_meeting(meeting, by=district.clerk, now=at(DAY))


def test_inv_12_start_meeting_when_the_mediator_was_replaced_asks_to_change_people(case, book, district) -> None:
    meeting = book(case)
    with transaction():
        assign_mediators(
            case,
            [district.fang],
            chosen_by=ChosenBy.PARTIES,
            on=date(2025, 6, 10),
            by=district.clerk,
            now=at(date(2025, 6, 10)),
        )
    with pytest.raises(RuleViolation, match="石明轩 已换下或者回避") as refusal, transaction():
        start_meeting(meeting, by=district.clerk, now=at(DAY))
    assert refusal.value.rule == "INV-12"
    with transaction():
        people = (("mediator", district.fang.id), ("recorder", district.he.id))
        wish = MeetingWish(replace(plan_for(district, DAY), people=people))
        move_meeting(meeting, wish, by=district.clerk, now=at(date(2025, 6, 10)))
    with transaction():
        start_meeting(meeting, by=district.clerk, now=at(DAY))
    assert meeting.status is MeetingStatus.RUNNING


def test_attendance_when_the_same_party_is_noted_twice_is_kept_once(record, case, district) -> None:
    before = len(record.meeting.attendees)
    party = case.parties[0]
    with transaction():
        new = NewAttendee(AttendeeKind.PARTY, party.name, "居民身份证", party=party)
        record_attendance(record, new, by=district.clerk, now=at(DAY, 1, 9))
    assert len(record.meeting.attendees) == before
    with pytest.raises(RuleViolation, match="哪一方"), transaction():
        record_attendance(
            record, NewAttendee(AttendeeKind.PROXY, "梁律师", "其他证件"), by=district.clerk, now=at(DAY, 1, 9)
        )


def test_record_turn_when_sent_twice_writes_once_and_keeps_the_first_words(record, district) -> None:
    first = say(record, district.he, "天花板泡了", client_id="a" * 32, minute=6)
    again = say(record, district.he, "别的话", client_id="a" * 32, minute=9)
    assert (again.id, again.text) == (first.id, "天花板泡了")


def test_record_turn_when_two_clerks_write_keeps_both_in_order_of_start(record, district, db) -> None:
    say(record, district.he, "后说的", client_id="b" * 32, minute=8)
    say(record, district.shi, "先说的", client_id="c" * 32, minute=7)
    record_id = record.id
    db.session.expire_all()
    turns = db.session.get_one(MediationRecord, record_id).turns
    assert [(turn.text, turn.author_id) for turn in turns] == [
        ("先说的", district.shi.id),
        ("后说的", district.he.id),
    ]


def test_record_turn_when_written_is_sealed_in_the_database(record, district, db) -> None:
    say(record, district.he, "天花板泡了一大片", client_id="d" * 32, minute=6)
    raw = db.session.execute(sa.text("SELECT text_sealed, speaker_name_sealed FROM record_turn")).one()
    assert all("天花板".encode() not in bytes(value) and "远".encode() not in bytes(value) for value in raw)


def test_record_turn_when_the_speaker_is_not_there_refuses(record, district) -> None:
    with pytest.raises(RuleViolation, match="先记下这个人到场"), transaction():
        record_turn(record, NewTurn("e" * 32, "attendee-nobody", "话"), by=district.clerk, now=at(DAY, 1, 6))


def test_correct_turn_when_asked_keeps_the_old_words(record, district) -> None:
    turn = say(record, district.he, "68 平方", client_id="f" * 32, minute=6)
    with transaction():
        correct_turn(turn, "86 平方", client_id="1" * 32, by=actor_of(district.he), now=at(DAY, 1, 7))
    assert (turn.text, latest_text(turn)) == ("68 平方", "86 平方")
    with pytest.raises(RuleViolation, match="和原来一样"), transaction():
        correct_turn(turn, "86 平方", client_id="2" * 32, by=actor_of(district.he), now=at(DAY, 1, 8))


def close(record, district, **values) -> None:
    with transaction():
        close_record(
            record,
            result=RecordResult.AGREED,
            result_text="冯志远赔 12000 元。",
            read_mode=ReadMode.TO_PARTIES,
            by=actor_of(district.he),
            now=at(DAY, 2, 20),
            **values,
        )


def test_close_record_when_complete_issues_the_paper_and_never_changes_again(record, district, db) -> None:
    turn = say(record, district.he, "愿意赔", client_id="3" * 32, minute=6)
    assert missing_for_closing(record.meeting) == []
    refusing = record.meeting.attendees[-1]
    close(record, district, refusals=[Refusal(refusing, "记得不全", "钱雨")])
    assert record.meeting.status is MeetingStatus.HELD
    facts = facts_of(db.session.scalars(sa.select(IssuedPaper)).one())
    assert facts.dossier_number == "(2025)滨澜人调字第1号"
    assert [row.name for row in facts.parties] == ["尤晓琴", "冯志远"]
    assert [row.name for row in facts.mediators] == ["石明轩"]
    assert facts.recorder.name == "何静"
    assert (facts.result, facts.session, facts.place) == ("agreed", 1, "第一调解室")
    assert [(row.name, row.reason, row.witness) for row in facts.refusals] == [("冯志远", "记得不全", "钱雨")]
    for act in (
        lambda: say(record, district.he, "补一句", client_id="4" * 32, minute=9),
        lambda: correct_turn(turn, "改", client_id="5" * 32, by=district.clerk, now=at(DAY, 3)),
        lambda: close(record, district),
    ):
        with pytest.raises(RuleViolation, match="已经定稿"):
            act()
    with transaction():
        add_note(record, "当天下午通知了物业", by=district.clerk, now=at(DAY, 6))
    assert [note.text for note in record.notes] == ["当天下午通知了物业"]


def test_close_record_when_nobody_spoke_or_reason_is_missing_refuses(record, district) -> None:
    with pytest.raises(RuleViolation, match="还没有记下发言"):
        close(record, district)
    say(record, district.he, "愿意赔", client_id="6" * 32, minute=6)
    with pytest.raises(RuleViolation, match="写明理由"):
        close(record, district, refusals=[Refusal(record.meeting.attendees[-1], " ")])


def test_meeting_acts_when_done_leave_rows_in_the_log(record, district, db) -> None:
    acts = list(db.session.scalars(sa.select(AuditEvent.act).order_by(AuditEvent.seq)))
    assert [act for act in acts if act.startswith(("meeting.", "record."))] == [
        "meeting.book",
        "meeting.start",
        "record.attend",
        "record.attend",
        "record.tell_rights",
    ]
