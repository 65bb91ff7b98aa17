"""A sitting from roll call to its end: who opens it, stages, recess, a recusal in the room, absence, resumption."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.errors import RuleViolation, StaleVersion
from app.extensions import db as database
from app.hearings.actions import attendance, sitting
from app.hearings.actions.attendance import Arrival, HeadAnswer, NewAttendee
from app.hearings.actions.sitting import NewRecusal, Step
from app.hearings.models import Attendance, Hearing, MinutesTurn
from app.hearings.queries import sitting as reading
from app.hearings.queries.turns import list_turns
from app.hearings.rules.words import AttendeeRole, HeadAttendance, HearingStatus, LiveStage, SeatRole, TurnKind
from app.matters.models import Clock, Proxy
from app.matters.rules import ClockState, RecusalGround
from app.web.transaction import transaction
from tests.hearings.convening import HELD_ON
from tests.hearings.desk import (
    NINE,
    call_roll,
    come,
    files_left_to_the_worker,
    go_to,
    let_all_come,
    notice,
    open_sitting,
    person,
    procedure_of,
    say,
    settle_duties,
    sit_down,
    walk_to,
)
from tests.hearings.hall import at

STAGE, ROLE = LiveStage, AttendeeRole


@pytest.fixture(autouse=True)
def without_files() -> Iterator[None]:
    """No paper is set in type here."""
    with files_left_to_the_worker():
        yield


def texts_of(minutes) -> list[str]:
    return [shown.turn.text for shown in list_turns(minutes)]


def clock_of(hearing: Hearing, name: str) -> Clock | None:
    return database.session.scalar(sa.select(Clock).filter_by(owner_kind="hearing", owner_id=hearing.id, clock=name))


def test_roll_call_lists_front_parties_and_proxies(hearing, hall) -> None:
    notice(hearing, hall)
    with transaction():
        proxy = Proxy(party=hearing.parties[0].party, relation="儿子", filed_on=date(2025, 6, 9))
        proxy.name = "郑小龙"
        database.session.add(proxy)
    minutes = call_roll(hearing, hall)
    assert [(row.role, row.name) for row in minutes.attendances] == [
        (ROLE.CHAIR, "毕建国"),
        *((ROLE.PANELIST, name) for name in ("万春生", "康秀兰", "宋雨晴", "邱正源", "范玉梅")),
        (ROLE.RECORDER, "何静"),
        (ROLE.APPLICANT, "郑桂兰"),
        (ROLE.PROXY, "郑小龙"),
        (ROLE.RESPONDENT, "滨澜区住房和城乡建设委员会"),
    ]
    assert not any(row.is_present for row in minutes.attendances)
    assert hearing.status is HearingStatus.NOTICED


def test_roll_call_when_called_twice_lists_everybody_once(hearing, hall) -> None:
    notice(hearing, hall)
    first = call_roll(hearing, hall)
    second = call_roll(hearing, hall)
    assert second is first
    assert len(first.attendances) == 9
    assert [row.stage for row in first.stages] == [STAGE.ROLL_CALL]


@pytest.mark.parametrize("day", [date(2025, 6, 10), date(2025, 6, 12)])
def test_inv_15_roll_call_on_another_day_is_refused(hearing, hall, day) -> None:
    notice(hearing, hall)
    with pytest.raises(RuleViolation, match="6月11日"):
        call_roll(hearing, hall, now=at(day))
    assert hearing.minutes is None


def test_inv_17_opening_when_a_panelist_is_missing_is_refused_and_changes_nothing(hearing, hall) -> None:
    minutes = call_roll(notice(hearing, hall), hall)
    for row in minutes.attendances:
        if row.name != "范玉梅":
            come(row, hall.recorder.as_actor())
    with pytest.raises(RuleViolation, match="听证员范玉梅还没到"):
        open_sitting(minutes, hall)
    assert hearing.status is HearingStatus.NOTICED
    assert minutes.stage is STAGE.ROLL_CALL
    assert texts_of(minutes) == []


def test_opening_when_all_are_there_meets_the_clock_and_takes_the_roll_down(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    assert hearing.status is HearingStatus.IN_PROGRESS
    assert minutes.stage is STAGE.OPENING
    assert clock_of(hearing, "hearing_hold_by").state is ClockState.MET
    assert texts_of(minutes)[0].startswith("已核对到场 9 人的身份和授权：毕建国")
    assert minutes.attendances[-1].name == "卢振邦"


def test_inv_17_opening_when_the_petitioner_is_absent_is_a_waiver(hearing, hall) -> None:
    minutes = call_roll(notice(hearing, hall), hall)
    let_all_come(minutes, hall, but=(ROLE.APPLICANT,))
    with transaction():
        attendance.record_absence(person(minutes, ROLE.APPLICANT), "电话联系，说不来了", by=hall.recorder.as_actor())
    with pytest.raises(RuleViolation, match="视为放弃听证") as refusal:
        open_sitting(minutes, hall)
    assert refusal.value.rule == "R-HEAR-24"


def test_opening_when_the_petitioner_sends_a_proxy_stands(hearing, hall) -> None:
    notice(hearing, hall)
    with transaction():
        proxy = Proxy(party=hearing.parties[0].party, relation="儿子", filed_on=date(2025, 6, 9))
        proxy.name = "郑小龙"
        database.session.add(proxy)
    minutes = call_roll(hearing, hall)
    let_all_come(minutes, hall, but=(ROLE.APPLICANT,))
    open_sitting(minutes, hall)
    assert hearing.status is HearingStatus.IN_PROGRESS


def test_inv_12_opening_when_a_panelist_was_recused_is_refused(hearing, hall) -> None:
    minutes = call_roll(notice(hearing, hall), hall)
    let_all_come(minutes, hall)
    for row in hearing.matter.involvements:
        if row.account_id == hall.pool["范玉梅"].id:
            row.is_barred = True
    database.session.commit()
    with pytest.raises(RuleViolation, match="单数，现在是 4 人"):
        open_sitting(minutes, hall)


def test_body_when_nobody_is_named_for_it_is_refused(hearing, hall) -> None:
    minutes = call_roll(notice(hearing, hall), hall)
    unit = person(minutes, ROLE.RESPONDENT)
    with transaction(), pytest.raises(RuleViolation, match="来人的姓名"):
        attendance.record_arrival(unit, Arrival("id_card"), by=hall.recorder.as_actor(), now=NINE)
    with transaction(), pytest.raises(RuleViolation, match="核对证件"):
        attendance.record_arrival(unit, Arrival("", name="卢振邦"), by=hall.recorder.as_actor(), now=NINE)
    assert unit.arrived_at is None


@pytest.mark.parametrize("role", [ROLE.CHAIR, ROLE.PANELIST, ROLE.RECORDER, ROLE.PROXY, ROLE.APPLICANT])
def test_inv_16_somebody_off_the_list_when_he_needs_an_appointment_is_refused(hearing, hall, role) -> None:
    minutes = call_roll(notice(hearing, hall), hall)
    with transaction(), pytest.raises(RuleViolation, match="授权委托书"):
        attendance.add_attendee(minutes, NewAttendee(role, "生人", "id_card"), by=hall.recorder.as_actor(), now=NINE)


def test_witness_when_he_comes_and_leaves_during_the_sitting_stands_in_the_minutes(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    by = hall.recorder.as_actor()
    for _ in range(2):
        with transaction():
            witness = attendance.add_attendee(minutes, NewAttendee(ROLE.WITNESS, "周大成", "id_card"), by=by, now=NINE)
    with transaction():
        attendance.record_leaving(witness, by=by, now=NINE + timedelta(minutes=20))
    assert [row.name for row in minutes.attendances].count("周大成") == 1
    assert texts_of(minutes)[-2:] == ["周大成到场。", "周大成退场。"]


def test_floor_when_asked_for_is_given_in_order_and_ends_with_speaking(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    zheng, unit = person(minutes, ROLE.APPLICANT), person(minutes, ROLE.RESPONDENT)
    with transaction():
        attendance.ask_for_floor(unit, wants=True, now=NINE)
        attendance.ask_for_floor(zheng, wants=True, now=NINE + timedelta(minutes=1))
    assert reading.list_waiting(minutes) == [unit, zheng]
    say(minutes, unit.key, "我先说", hall.recorder)
    assert reading.list_waiting(minutes) == [zheng]


def test_r_hear_20_stage_when_recusal_was_not_asked_is_refused_with_the_sentence(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    with pytest.raises(RuleViolation, match="问是否申请回避"):
        go_to(minutes, STAGE.STATEMENT, hall)
    settle_duties(minutes, hall)
    settle_duties(minutes, hall)
    go_to(minutes, STAGE.STATEMENT, hall)
    assert minutes.stage is STAGE.STATEMENT
    assert len([text for text in texts_of(minutes) if "是否申请主持人" in text]) == 1


def test_stage_when_the_page_is_stale_is_refused(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    settle_duties(minutes, hall)
    seen = minutes.stage_mark
    go_to(minutes, STAGE.STATEMENT, hall)
    with transaction(), pytest.raises(StaleVersion, match="信访人陈述"):
        sitting.enter_stage(
            minutes,
            Step(STAGE.STATEMENT, seen),
            procedure=procedure_of(hearing),
            by=hall.recorder.as_actor(),
            now=NINE,
        )
    assert minutes.stage is STAGE.STATEMENT


def test_r_hear_20_stage_when_skipped_keeps_its_reason(hearing, hall) -> None:
    minutes = walk_to(sit_down(hearing, hall), STAGE.EVIDENCE_EXAMINATION, hall)
    with pytest.raises(RuleViolation, match="请写明理由"):
        go_to(minutes, STAGE.FINAL_STATEMENT, hall)
    go_to(minutes, STAGE.FINAL_STATEMENT, hall, reason="双方没有争议")
    reasons = {row.stage: row.skipped_reason for row in minutes.stages}
    assert reasons[STAGE.EVIDENCE_EXAMINATION] == reasons[STAGE.DEBATE] == "双方没有争议"
    states = {row.stage: row.state for row in reading.list_stages(minutes, procedure_of(hearing))}
    assert (states[STAGE.DEBATE], states[STAGE.FINAL_STATEMENT]) == ("skipped", "now")


def test_stage_when_gone_back_to_stands_in_the_minutes(hearing, hall) -> None:
    minutes = walk_to(sit_down(hearing, hall), STAGE.DEBATE, hall)
    with pytest.raises(RuleViolation, match="为什么"):
        go_to(minutes, STAGE.EVIDENCE_EXAMINATION, hall)
    go_to(minutes, STAGE.EVIDENCE_EXAMINATION, hall, reason="信访人提出新证据")
    assert minutes.stage is STAGE.EVIDENCE_EXAMINATION
    assert "回到“举证质证”：信访人提出新证据。" in texts_of(minutes)


def test_recess_when_taken_and_ended_is_in_the_minutes_once_each(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    by, procedure = hall.recorder.as_actor(), procedure_of(hearing)
    for _ in range(2):
        with transaction():
            sitting.take_recess(minutes, "recess-1-abcdef", "休息十分钟", by=by, now=NINE)
    for _ in range(2):
        with transaction():
            sitting.end_recess(minutes, procedure=procedure, by=by, now=NINE + timedelta(minutes=10))
    kinds = [shown.turn.turn_kind for shown in list_turns(minutes)]
    assert kinds == [TurnKind.ROOM, TurnKind.RECESS, TurnKind.RESUMPTION]


def test_recess_when_a_panelist_has_left_cannot_end(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    by, procedure = hall.recorder.as_actor(), procedure_of(hearing)
    with transaction():
        sitting.take_recess(minutes, "recess-1-abcdef", "", by=by, now=NINE)
        attendance.record_leaving(person(minutes, ROLE.PANELIST), by=by, now=NINE)
    with transaction(), pytest.raises(RuleViolation, match="听证员万春生还没到"):
        sitting.end_recess(minutes, procedure=procedure, by=by, now=NINE)
    assert minutes.is_in_recess


def test_r_hear_18_recusal_when_raised_in_the_room_stops_person_and_sitting(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    seat = next(seat for seat in hearing.seats_of(SeatRole.PANELIST) if seat.account.name == "宋雨晴")
    new = NewRecusal(seat, hearing.parties[0], RecusalGround.OTHER_RELATION, "去年给住建委做过顾问")
    with transaction():
        sitting.raise_recusal(minutes, new, by=hall.recorder.as_actor(), now=NINE)
    gone = next(row for row in minutes.attendances if row.name == "宋雨晴")
    assert minutes.is_in_recess
    assert not gone.is_present
    assert seat not in hearing.seats
    assert "郑桂兰当场申请听证员宋雨晴回避：去年给住建委做过顾问" in texts_of(minutes)
    with transaction(), pytest.raises(RuleViolation, match="单数"):
        sitting.end_recess(minutes, procedure=procedure_of(hearing), by=hall.recorder.as_actor(), now=NINE)


def test_end_when_read_back_lets_the_panel_deliberate_and_starts_the_clock(hearing, hall) -> None:
    minutes = walk_to(sit_down(hearing, hall), STAGE.READ_BACK, hall)
    with transaction():
        sitting.end_sitting(minutes, procedure=procedure_of(hearing), by=hall.recorder.as_actor(), now=at(HELD_ON, 11))
    clock = clock_of(hearing, "hearing_opinion_service")
    assert hearing.status is HearingStatus.DELIBERATING
    assert minutes.ended_at == at(HELD_ON, 11)
    assert (clock.trigger_on, clock.legal_due_on) == (HELD_ON, date(2025, 7, 1))


def test_end_when_stages_are_still_to_come_is_refused(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    with transaction(), pytest.raises(RuleViolation, match="按程序走完"):
        sitting.end_sitting(minutes, procedure=procedure_of(hearing), by=hall.recorder.as_actor(), now=NINE)
    assert hearing.status is HearingStatus.IN_PROGRESS


def test_resumption_on_another_day_calls_the_roll_anew_and_goes_on_where_it_stopped(hearing, hall) -> None:
    minutes = walk_to(sit_down(hearing, hall), STAGE.EVIDENCE_EXAMINATION, hall)
    later = at(date(2025, 6, 25))
    with transaction():
        attendance.record_leaving(person(minutes, ROLE.RESPONDENT), by=hall.recorder.as_actor(), now=NINE)
        attendance.record_absence(person(minutes, ROLE.RESPONDENT), "临时有会", by=hall.recorder.as_actor())
    hearing.parties[1].head_attendance = HeadAttendance.ATTENDS
    hearing.status = HearingStatus.NOTICED
    hearing.session.starts_at, hearing.session.ends_at = later, later + timedelta(minutes=150)
    for row in hearing.services:
        row.starts_at = later
    database.session.commit()
    call_roll(hearing, hall, now=later)
    assert not any(row.is_present for row in minutes.attendances)
    (former,) = (text for text in texts_of(minutes) if text.startswith("2025-06-11 到场：毕建国"))
    assert "（临时有会）" in former
    assert not any(row.absence for row in minutes.attendances)
    assert hearing.parties[1].head_attendance is None
    for row in minutes.attendances:
        come(row, hall.recorder.as_actor(), now=later)
    open_sitting(minutes, hall, now=later)
    turn = say(minutes, person(minutes, ROLE.APPLICANT).key, "接着上次说", hall.recorder, now=later)
    assert hearing.status is HearingStatus.IN_PROGRESS
    assert minutes.stage is turn.stage is STAGE.EVIDENCE_EXAMINATION


def test_r_recon_06_head_when_delegating_without_a_letter_is_refused(hearing, hall) -> None:
    minutes = call_roll(notice(hearing, hall), hall)
    party = hearing.parties[1]
    with transaction(), pytest.raises(RuleViolation, match="第五十一条"):
        attendance.record_head_attendance(
            minutes, party, HeadAnswer(HeadAttendance.DELEGATES), by=hall.recorder.as_actor()
        )
    answer = HeadAnswer(HeadAttendance.DELEGATES, "负责人在国外", "副局长 韩平")
    with transaction():
        attendance.record_head_attendance(minutes, party, answer, by=hall.recorder.as_actor())
    assert (party.head_attendance, party.head_reason, party.delegate) == (
        HeadAttendance.DELEGATES,
        "负责人在国外",
        "副局长 韩平",
    )


def test_names_and_words_of_a_sitting_lie_sealed_in_the_database(hearing, hall) -> None:
    minutes = sit_down(hearing, hall)
    say(minutes, person(minutes, ROLE.APPLICANT).key, "过渡费只发了十二个月", hall.recorder)
    turns = database.session.execute(sa.text("SELECT text_sealed, speaker_name_sealed FROM minutes_turn")).all()
    people = database.session.execute(sa.select(Attendance.name_sealed)).all()
    raw = b"".join(bytes(value) for row in (*turns, *people) for value in row if value)
    assert not any(word.encode() in raw for word in ("过渡费", "郑桂兰", "毕建国"))
    assert database.session.scalar(sa.select(sa.func.count(MinutesTurn.id))) == 2
