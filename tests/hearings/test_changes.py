"""Moved, postponed, suspended, resumed, ended: state, clocks, place, papers and messages of each (R-HEAR-21…24)."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.booking.models import Occupancy
from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.errors import Clash, RuleViolation
from app.hearings.actions import attendance
from app.hearings.actions import changes as acts
from app.hearings.actions.applications import withdraw_application
from app.hearings.actions.panel import replace_seat
from app.hearings.queries.scheduling import open_clock
from app.hearings.queries.service import check_may_open, newest_round, notice_state
from app.hearings.rules.words import ChangeGround, HearingStatus, ProcedureKind, SeatRole
from app.matters.rules import ClockState
from app.notices.models import OutboxMessage
from app.notices.rules import MessageKind
from app.web.transaction import transaction
from tests.hearings import desk
from tests.hearings.convening import (
    HELD_ON,
    SERVED_ON,
    announce,
    change,
    duty_for,
    plan_for,
    procedure_of_hearing,
    schedule,
    serve,
)
from tests.hearings.hall import at

pytestmark = pytest.mark.usefixtures("unprinted")

JUNE_3, ON_THE_DAY = date(2025, 6, 3), at(HELD_ON, 9, 30)
G = ChangeGround


@pytest.fixture
def noticed(hearing, hall):
    """The hearing of S02, noticed on 26 May and served on 28 May 2025."""
    duty_for(hall)
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON, SERVED_ON)
    return hearing


@pytest.fixture
def sitting(noticed):
    """The same, opened on its day."""
    with transaction():
        noticed.status = HearingStatus.IN_PROGRESS
    return noticed


def change_notices(db) -> list[IssuedPaper]:
    statement = sa.select(IssuedPaper).filter_by(type_name="hearing_change_notice").order_by(IssuedPaper.id)
    return list(db.session.scalars(statement))


def move(hearing, hall, day: date, *, hour: int = 9, on: date = JUNE_3) -> None:
    with transaction():
        acts.move_hearing(
            hearing,
            change(G.ROOM_OR_PEOPLE, on),
            plan_for(hearing, hall, day, hour, served_on=on),
            procedure=procedure_of_hearing(hearing),
            by=hall.clerk,
            now=at(on),
        )


def test_inv_15_move_when_lawful_sends_a_new_notice_that_replaces_the_old(noticed, hall, db) -> None:
    announcement = announce(noticed, hall)
    move(noticed, hall, date(2025, 6, 20))
    assert noticed.status is HearingStatus.NOTICED
    assert newest_round(noticed) == 2
    old, new = noticed.services[0], noticed.services[7]
    assert old.paper.replaced_by_id == new.paper_id
    assert new.paper.number == f"{noticed.number}之一"
    facts = facts_of(change_notices(db)[0])
    assert (facts.kind, facts.held_on, facts.new_held_on) == ("moved", HELD_ON, date(2025, 6, 20))
    assert not announcement.is_public
    kinds = db.session.scalars(sa.select(OutboxMessage.kind).where(OutboxMessage.is_open)).all()
    assert kinds == [MessageKind.HEARING_MOVED] * 2
    with pytest.raises(RuleViolation, match="还没有送达"):
        check_may_open(noticed, procedure_of_hearing(noticed))


def test_inv_15_move_to_a_day_too_near_is_refused_and_the_old_place_stays(noticed, hall, db) -> None:
    with pytest.raises(Clash, match="最早 6月13日"):
        move(noticed, hall, date(2025, 6, 12))
    db.session.refresh(noticed)
    assert noticed.session.starts_at == at(HELD_ON)
    assert newest_round(noticed) == 1
    assert change_notices(db) == []


def test_inv_15_new_person_at_the_same_time_needs_a_new_notice_but_no_new_period(noticed, hall, db) -> None:
    with transaction():
        seat = noticed.seats_of(SeatRole.PANELIST)[0]
        replace_seat(seat, by_account=hall.pool["罗文斌"], by=hall.clerk, now=at(date(2025, 6, 10)))
    move(noticed, hall, HELD_ON, on=date(2025, 6, 10))
    assert facts_of(change_notices(db)[0]).changes == ("听证员变更为罗文斌（律师、基层法律服务工作者）",)
    serve(noticed, hall, date(2025, 6, 10), date(2025, 6, 10))
    state = notice_state(noticed, procedure_of_hearing(noticed))
    assert (state.last_served_on, state.holds) == (SERVED_ON, True)
    check_may_open(noticed, procedure_of_hearing(noticed))


def test_inv_15_move_that_changes_nothing_is_refused(noticed, hall) -> None:
    with pytest.raises(RuleViolation, match="哪一项变了"):
        move(noticed, hall, HELD_ON)


def test_r_hear_21_postpone_frees_the_place_and_extends_the_period(noticed, hall, db) -> None:
    with transaction():
        acts.postpone_hearing(noticed, change(G.FACTS_TO_CHECK, JUNE_3), extend_days=10, by=hall.clerk, now=at(JUNE_3))
    assert noticed.status is HearingStatus.POSTPONED
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Occupancy)) == 0
    assert open_clock(noticed, "hearing_hold_by").legal_due_on == date(2025, 7, 7)
    facts = facts_of(change_notices(db)[0])
    assert facts.kind == "postponed"
    assert facts.recipients == ("郑桂兰", hall.unit.name)
    schedule(noticed, hall, day=date(2025, 6, 26), served_on=JUNE_3, now=at(JUNE_3, 15))
    assert noticed.status is HearingStatus.NOTICED
    assert newest_round(noticed) == 2


def test_r_clock_02_postpone_when_the_period_is_over_cannot_extend_it(noticed, hall) -> None:
    late = date(2025, 6, 26)
    with pytest.raises(RuleViolation, match="不能延期了"), transaction():
        acts.postpone_hearing(noticed, change(G.OTHER, late), extend_days=5, by=hall.clerk, now=at(late))


def test_r_hear_22_suspend_stops_the_period_and_resume_sets_a_new_day(sitting, hall, db) -> None:
    with transaction():
        acts.suspend_hearing(sitting, change(G.NEW_WITNESS, HELD_ON), by=hall.clerk, now=ON_THE_DAY)
    assert sitting.status is HearingStatus.SUSPENDED
    assert open_clock(sitting, "hearing_hold_by").state is ClockState.PAUSED
    on = date(2025, 6, 16)
    with transaction():
        acts.resume_hearing(
            sitting,
            change(G.CAUSE_ENDED, on),
            plan_for(sitting, hall, date(2025, 6, 30), served_on=on),
            procedure=procedure_of_hearing(sitting),
            by=hall.clerk,
            now=at(on),
        )
    assert sitting.status is HearingStatus.NOTICED
    clock = open_clock(sitting, "hearing_hold_by")
    assert (clock.state, clock.paused_days, clock.legal_due_on) == (ClockState.RUNNING, 5, date(2025, 6, 30))
    assert [facts_of(paper).kind for paper in change_notices(db)] == ["suspended", "resumed"]
    assert newest_round(sitting) == 2


def test_r_hear_24_unit_that_stays_away_postpones_and_its_superior_is_told(noticed, hall, db) -> None:
    with transaction():
        row = acts.report_unit_absent(noticed, "九点半仍没有人来", by=hall.clerk, now=ON_THE_DAY)
    assert row.ground is G.UNIT_ABSENT
    assert noticed.status is HearingStatus.POSTPONED
    assert facts_of(change_notices(db)[0]).recipients == ("郑桂兰", hall.unit.name, "滨澜区")


def test_r_hear_24_nobody_is_absent_before_the_hour(noticed, hall) -> None:
    with pytest.raises(RuleViolation, match="时间还没有到"), transaction():
        acts.report_unit_absent(noticed, "没有来", by=hall.clerk, now=at(HELD_ON, 8, 59))
    with pytest.raises(RuleViolation, match="时间还没有到"), transaction():
        new = change(G.PETITIONER_ABSENT, HELD_ON)
        acts.waive_by_absence(noticed, new, by=hall.clerk, now=at(HELD_ON, 8, 59))


def test_r_hear_24_petitioner_who_was_never_served_is_not_absent(hearing, hall) -> None:
    duty_for(hall)
    schedule(hearing, hall)
    with pytest.raises(RuleViolation, match="没有收到听证通知"), transaction():
        acts.waive_by_absence(hearing, change(G.PETITIONER_ABSENT, HELD_ON), by=hall.clerk, now=ON_THE_DAY)


@pytest.mark.parametrize(
    ("act", "ground", "status"),
    [
        (acts.waive_by_absence, G.PETITIONER_ABSENT, HearingStatus.WAIVED_BY_ABSENCE),
        (acts.terminate_hearing, G.SETTLED, HearingStatus.TERMINATED),
        (acts.mark_entered_in_error, G.OTHER, HearingStatus.ENTERED_IN_ERROR),
    ],
)
def test_ending_when_lawful_settles_everything_of_the_hearing(noticed, hall, act, ground, status) -> None:
    announcement = announce(noticed, hall)
    with transaction():
        row = act(noticed, change(ground, HELD_ON), by=hall.clerk, now=ON_THE_DAY)
    assert (noticed.status, noticed.is_open, noticed.ended_on) == (status, False, HELD_ON)
    assert open_clock(noticed, "hearing_hold_by") is None
    assert [blocker for blocker in noticed.matter.blockers if blocker.settled_at is None] == []
    assert not announcement.is_public
    assert (row.paper_id is not None) == (act is acts.terminate_hearing)


def test_r_hear_24_petitioner_who_leaves_midway_waives(sitting, hall) -> None:
    with transaction():
        acts.waive_by_absence(sitting, change(G.PETITIONER_LEFT, HELD_ON), by=hall.clerk, now=ON_THE_DAY)
    assert sitting.status is HearingStatus.WAIVED_BY_ABSENCE


@pytest.mark.parametrize(
    ("act", "ground"),
    [
        (acts.postpone_hearing, G.SETTLED),
        (acts.suspend_hearing, G.PARTY_PREVENTED),
        (acts.terminate_hearing, G.NEW_WITNESS),
        (acts.waive_by_absence, G.DISORDER),
        (acts.mark_entered_in_error, G.SETTLED),
    ],
)
def test_change_on_a_wrong_ground_is_refused_and_nothing_changes(sitting, hall, db, act, ground) -> None:
    with pytest.raises(RuleViolation, match="请重新选"), transaction():
        act(sitting, change(ground, HELD_ON), by=hall.clerk, now=ON_THE_DAY)
    db.session.refresh(sitting)
    assert sitting.status is HearingStatus.IN_PROGRESS
    assert change_notices(db) == []


def test_change_in_a_state_that_does_not_allow_it_is_refused(hearing, hall) -> None:
    with pytest.raises(RuleViolation, match="不能办这一步"), transaction():
        acts.suspend_hearing(hearing, change(G.APPRAISAL, JUNE_3), by=hall.clerk, now=at(JUNE_3))


@pytest.mark.parametrize("on", [date(2025, 5, 25), date(2025, 6, 4)])
def test_change_dated_before_the_decision_or_in_the_future_is_refused(noticed, hall, on) -> None:
    with pytest.raises(RuleViolation, match="日期不对"), transaction():
        acts.postpone_hearing(noticed, change(G.OTHER, on), by=hall.clerk, now=at(JUNE_3))


def test_r_hear_06_withdrawal_of_a_noticed_hearing_frees_the_place_and_tells_the_parties(noticed, hall, db) -> None:
    with transaction():
        withdraw_application(noticed, facts="双方已经谈拢", by=hall.clerk, now=at(JUNE_3))
    assert noticed.status is HearingStatus.WITHDRAWN
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Occupancy)) == 0
    facts = facts_of(change_notices(db)[0])
    assert (facts.kind, facts.held_on, facts.ground) == ("terminated", HELD_ON, "撤回听证申请（双方已经谈拢）")
    assert facts.recipients == ("郑桂兰", hall.unit.name)
    kinds = db.session.scalars(sa.select(OutboxMessage.kind).where(OutboxMessage.is_open)).all()
    assert kinds == [MessageKind.HEARING_OFF] * 2


def test_r_recon_11_withdrawal_in_the_last_three_working_days_is_refused_until_it_is_put_off(noticed, hall, db) -> None:
    noticed.procedure = ProcedureKind.RECONSIDERATION
    db.session.commit()
    june_6 = at(date(2025, 6, 6))
    with pytest.raises(RuleViolation) as refusal, transaction():
        withdraw_application(noticed, by=hall.clerk, now=june_6)
    assert refusal.value.rule == "R-RECON-11"
    with transaction():
        acts.postpone_hearing(noticed, change(G.FACTS_TO_CHECK, JUNE_3), by=hall.clerk, now=june_6)
    with transaction():
        withdraw_application(noticed, by=hall.clerk, now=june_6)
    assert noticed.status is HearingStatus.WITHDRAWN


def test_r_hear_06_withdrawal_of_a_postponed_hearing_does_not_call_its_old_time_off_again(noticed, hall, db) -> None:
    with transaction():
        acts.postpone_hearing(noticed, change(G.FACTS_TO_CHECK, JUNE_3), by=hall.clerk, now=at(JUNE_3))
    with transaction():
        withdraw_application(noticed, by=hall.clerk, now=at(JUNE_3, 15))
    assert [facts_of(paper).kind for paper in change_notices(db)] == ["postponed", "terminated"]
    assert facts_of(change_notices(db)[1]).ground == "撤回听证申请"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 4


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_r_hear_23_hearing_that_ends_before_it_had_a_time_still_gets_its_letter(
    hearing, hall, db, is_withdrawn
) -> None:
    on = date(2025, 5, 27)
    with transaction():
        if is_withdrawn:
            withdraw_application(hearing, by=hall.clerk, now=at(on))
        else:
            acts.terminate_hearing(hearing, change(G.SETTLED, on), by=hall.clerk, now=at(on))
    facts = facts_of(change_notices(db)[0])
    assert (facts.kind, facts.held_on, facts.starts_at, facts.notice_number) == ("terminated", None, None, "")
    assert facts.recipients == ("郑桂兰", hall.unit.name)
    assert hearing.changes[0].paper is not None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage)) == 0


def test_r_hear_24_side_that_is_in_the_room_is_not_absent(hearing, hall) -> None:
    minutes = desk.sit_down(hearing, hall)
    with pytest.raises(RuleViolation, match="有人到场"), transaction():
        acts.waive_by_absence(hearing, change(G.PETITIONER_ABSENT, HELD_ON), by=hall.clerk, now=ON_THE_DAY)
    with pytest.raises(RuleViolation, match="有人到场"), transaction():
        acts.report_unit_absent(hearing, "没有来", by=hall.clerk, now=ON_THE_DAY)
    with transaction():
        gone = desk.person(minutes, desk.AttendeeRole.RESPONDENT)
        attendance.record_leaving(gone, by=hall.recorder.as_actor(), now=ON_THE_DAY)
    with transaction():
        acts.report_unit_absent(hearing, "中途走了", by=hall.clerk, now=ON_THE_DAY)
    assert hearing.status is HearingStatus.POSTPONED
