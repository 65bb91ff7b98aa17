"""Giving a hearing its day: what is booked, issued and told, and what is refused (INV-09…15, R-DUTY-02, S02 6–9)."""

from datetime import date, time

import pytest
import sqlalchemy as sa

from app.booking.models import Occupancy
from app.booking.rules.need import SessionPlan
from app.documents.models import IssuedPaper
from app.documents.papers.hearings import HearingNoticeFacts
from app.documents.queries import facts_of
from app.errors import Clash, RuleViolation
from app.hearings.actions.panel import replace_seat
from app.hearings.actions.scheduling import HearingPlan, schedule_hearing
from app.hearings.actions.service import Waiver, record_service, record_waiver
from app.hearings.models import HearingService
from app.hearings.queries.service import check_may_open, notice_state
from app.hearings.rules.service import ServiceProof
from app.hearings.rules.words import HearingStatus, SeatRole, ServiceMode
from app.law import clock
from app.matters.actions import involve
from app.matters.models import Capacity
from app.notices.models import OutboxMessage
from app.notices.rules import MessageKind
from app.settings.queries import dated_profile_on
from app.web.transaction import transaction
from tests.hearings.convening import (
    DECIDED_ON,
    HELD_ON,
    SERVED_ON,
    duty_for,
    plan_for,
    procedure_of_hearing,
    schedule,
    serve,
)
from tests.hearings.hall import FIVE, at

pytestmark = pytest.mark.usefixtures("unprinted")


@pytest.fixture(autouse=True)
def on_duty(hall) -> None:
    """Everybody can come."""
    duty_for(hall)


def papers(db, type_name: str) -> list[IssuedPaper]:
    return list(db.session.scalars(sa.select(IssuedPaper).filter_by(type_name=type_name).order_by(IssuedPaper.id)))


def test_schedule_when_lawful_books_everybody_at_once(hearing, hall, db) -> None:
    schedule(hearing, hall)
    assert hearing.status is HearingStatus.NOTICED
    assert clock.to_local(hearing.session.starts_at).date() == HELD_ON
    keys = set(db.session.scalars(sa.select(Occupancy.resource_key)))
    assert f"room:{hall.room.id}" in keys
    people = [hall.chair, hall.recorder, *hall.people(*FIVE)]
    assert {f"person:{account.id}" for account in people} <= keys
    assert f"person:{hall.pool['葛敏'].id}" not in keys
    assert sum(key.startswith("party:") for key in keys) == 1


def test_schedule_when_lawful_freezes_the_local_rules(hearing, hall) -> None:
    schedule(hearing, hall)
    assert hearing.is_profile_frozen
    assert hearing.profile_id == dated_profile_on(DECIDED_ON).row_id


def test_schedule_when_lawful_issues_papers_for_parties_and_panel(hearing, hall, db) -> None:
    schedule(hearing, hall)
    notices = papers(db, "hearing_notice")
    assert [facts_of(paper).recipient for paper in notices] == ["郑桂兰", hall.unit.name, *FIVE]
    first = facts_of(notices[0])
    assert isinstance(first, HearingNoticeFacts)
    assert (first.role, first.held_on, first.starts_at, first.place) == ("claimant", HELD_ON, time(9), "听证室")
    assert (first.chair.name, first.recorder.name) == ("毕建国", "何静")
    assert [person.name for person in first.alternates] == ["葛敏"]
    assert {paper.number for paper in notices} == {hearing.number}
    assert len(papers(db, "hearing_rights_notice")) == len(papers(db, "service_receipt")) == 2
    rows = list(db.session.scalars(sa.select(HearingService)))
    assert [row.round for row in rows] == [1] * 7
    assert all(row.starts_at == hearing.session.starts_at for row in rows)


def test_schedule_when_lawful_tells_the_parties(hearing, hall, db) -> None:
    schedule(hearing, hall)
    kinds = db.session.scalars(sa.select(OutboxMessage.kind)).all()
    assert kinds == [MessageKind.HEARING_NOTICED] * 2


@pytest.mark.parametrize("day", [date(2025, 6, 6), date(2025, 6, 9)])
def test_inv_14_schedule_before_the_first_lawful_day_is_refused_with_lawful_times(hearing, hall, db, day) -> None:
    with pytest.raises(Clash, match="最早 6月10日 才能开：通知要提前 7 个工作日") as refusal:
        schedule(hearing, hall, day=day)
    assert refusal.value.rule == "INV-14"
    assert all(place.plan.day >= date(2025, 6, 10) for place in refusal.value.alternatives)
    assert refusal.value.alternatives
    db.session.refresh(hearing)
    assert hearing.status is HearingStatus.APPROVED
    assert hearing.session is None
    assert papers(db, "hearing_notice") == []


def waive(hearing, hall, *names: str, held_on: date = date(2025, 6, 6)) -> None:
    for row in hearing.parties:
        if row.party.name in names:
            with transaction():
                waiver = Waiver(DECIDED_ON, held_on, time(9), SERVED_ON)
                record_waiver(
                    row, waiver, procedure=procedure_of_hearing(hearing), by=hall.clerk, now=at(DECIDED_ON, 15)
                )


def test_inv_14_schedule_early_when_both_sides_waived_is_accepted(hearing, hall, db) -> None:
    waive(hearing, hall, "郑桂兰", hall.unit.name)
    schedule(hearing, hall, day=date(2025, 6, 6))
    assert hearing.status is HearingStatus.NOTICED
    assert len(papers(db, "notice_waiver")) == 2


def test_inv_14_schedule_early_when_one_side_waived_is_refused(hearing, hall) -> None:
    waive(hearing, hall, "郑桂兰")
    with pytest.raises(Clash, match="最早 6月10日"):
        schedule(hearing, hall, day=date(2025, 6, 6))


def test_inv_14_waiver_for_another_day_does_not_help(hearing, hall) -> None:
    waive(hearing, hall, "郑桂兰", hall.unit.name, held_on=date(2025, 6, 6))
    with pytest.raises(Clash, match="最早 6月10日"):
        schedule(hearing, hall, day=date(2025, 6, 5))


@pytest.mark.parametrize("signed_on", [date(2025, 5, 25), date(2025, 5, 27)])
def test_waiver_signed_before_the_decision_or_in_the_future_is_refused(hearing, hall, signed_on) -> None:
    waiver = Waiver(signed_on, date(2025, 6, 6), time(9), SERVED_ON)
    with pytest.raises(RuleViolation, match="签字日期"), transaction():
        record_waiver(
            hearing.parties[0],
            waiver,
            procedure=procedure_of_hearing(hearing),
            by=hall.clerk,
            now=at(DECIDED_ON, 15),
        )


def test_schedule_after_the_last_day_to_hold_it_is_refused(hearing, hall) -> None:
    with pytest.raises(Clash, match="6月25日"):
        schedule(hearing, hall, day=date(2025, 6, 26))


def test_schedule_without_a_recorder_is_refused(make_approved, hall) -> None:
    hearing = make_approved(with_panel=False)
    with pytest.raises(RuleViolation, match="还没有主持人"):
        schedule(hearing, hall)


def test_inv_09_schedule_when_recusal_left_an_even_panel_is_refused(hearing, hall) -> None:
    with transaction():
        seat = hearing.seats_of(SeatRole.PANELIST)[0]
        row = involve(hearing.matter, seat.account_id, Capacity.BARRED, since=DECIDED_ON)
        row.is_barred = True
    with pytest.raises(RuleViolation, match="听证员要单数，现在是 4 人") as refusal:
        schedule(hearing, hall)
    assert refusal.value.rule == "INV-09"


def test_schedule_with_fewer_people_than_sit_is_refused(hearing, hall) -> None:
    plan = plan_for(hearing, hall)
    place = SessionPlan(plan.place.room_id, plan.place.day, plan.place.at, 150, plan.place.people[:-1])
    with pytest.raises(RuleViolation, match="请补齐"), transaction():
        schedule_hearing(
            hearing,
            HearingPlan(place, SERVED_ON),
            procedure=procedure_of_hearing(hearing),
            by=hall.clerk,
            now=at(DECIDED_ON),
        )


def test_inv_29_schedule_when_a_panelist_is_elsewhere_is_refused(hearing, make_approved, hall) -> None:
    schedule(hearing, hall)
    second = make_approved()
    with pytest.raises(Clash, match="听证室 09:00—11:30 已有安排"):
        schedule(second, hall)


def test_inv_14_opening_when_all_were_served_in_time_is_allowed(hearing, hall) -> None:
    schedule(hearing, hall)
    serve(hearing, hall, DECIDED_ON, SERVED_ON)
    state = notice_state(hearing, procedure_of_hearing(hearing))
    assert state.holds
    assert state.last_served_on == SERVED_ON
    assert state.earliest is not None
    assert state.earliest.day == date(2025, 6, 10)
    check_may_open(hearing, procedure_of_hearing(hearing))


def test_inv_14_opening_when_one_party_is_not_served_is_refused(hearing, hall) -> None:
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON)
    with pytest.raises(RuleViolation, match=f"{hall.unit.name} 的听证通知还没有送达") as refusal:
        check_may_open(hearing, procedure_of_hearing(hearing))
    assert refusal.value.rule == "INV-14"


def test_inv_14_opening_when_the_last_party_was_served_too_late_is_refused(hearing, hall) -> None:
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON, date(2025, 5, 30))
    assert notice_state(hearing, procedure_of_hearing(hearing)).holds is False
    with pytest.raises(RuleViolation, match="最早 6月12日"):
        check_may_open(hearing, procedure_of_hearing(hearing))


def test_inv_15_opening_with_somebody_whom_no_notice_names_is_refused(hearing, hall) -> None:
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON, SERVED_ON)
    with transaction():
        replace_seat(
            hearing.seats_of(SeatRole.PANELIST)[0],
            by_account=hall.pool["罗文斌"],
            by=hall.clerk,
            now=at(date(2025, 6, 3)),
        )
    with pytest.raises(RuleViolation, match="罗文斌 不在听证通知书的名单里") as refusal:
        check_may_open(hearing, procedure_of_hearing(hearing))
    assert refusal.value.rule == "INV-15"


def test_r_doc_h13_service_when_recorded_issues_the_filled_receipt(hearing, hall, db) -> None:
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON)
    blank, _, filled = papers(db, "service_receipt")
    assert blank.replaced_by_id == filled.id
    facts = facts_of(filled)
    assert (facts.mode, facts.received_on) == ("direct", SERVED_ON)
    row = hearing.services[0]
    assert (row.receipt_id, row.mode, row.served_on) == (filled.id, ServiceMode.IN_PERSON, SERVED_ON)


def test_r_doc_h13_service_when_recorded_twice_is_refused(hearing, hall) -> None:
    schedule(hearing, hall)
    serve(hearing, hall, SERVED_ON)
    with pytest.raises(RuleViolation, match="已经记过"):
        serve(hearing, hall, SERVED_ON)


def test_r_doc_h13_refused_paper_when_left_with_a_witness_counts_as_served(hearing, hall, db) -> None:
    schedule(hearing, hall)
    proof = ServiceProof(ServiceMode.BY_LEAVING, SERVED_ON, witness="社区刘佳", is_refused=True, note="不同意听证时间")
    with transaction():
        record_service(
            hearing.services[0],
            proof,
            procedure=procedure_of_hearing(hearing),
            by=hall.clerk,
            now=at(SERVED_ON, 17),
        )
    facts = facts_of(papers(db, "service_receipt")[-1])
    assert (facts.mode, facts.refusal, facts.refused_on) == ("leaving", "不同意听证时间", SERVED_ON)
    assert facts.witness is not None
    assert facts.witness.name == "社区刘佳"
