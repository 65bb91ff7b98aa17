"""Announcing, observers and the public pages: masked text, seats that are never taken twice (R-HEAR-09/16, INV-34)."""

import threading
from datetime import date

import pytest
import sqlalchemy as sa

from app.documents.models import IssuedPaper
from app.documents.queries import facts_of
from app.errors import RuleViolation
from app.extensions import db as database
from app.hearings.actions.announcing import (
    NewObserver,
    check_in_observer,
    register_observer,
    withdraw_announcement,
)
from app.hearings.actions.applications import withdraw_application
from app.hearings.models import HearingAnnouncement, Observer
from app.hearings.rules.words import HearingMode
from app.law import citizen_id
from app.notices.models import OutboxMessage
from app.notices.rules import MessageKind
from app.web.transaction import run_write, transaction
from tests.hearings.convening import announce, duty_for, schedule
from tests.hearings.hall import at

pytestmark = pytest.mark.usefixtures("unprinted")

MAY_29 = at(date(2025, 5, 29))
CROWD, SEATS = 200, 50


def id_of(number: int) -> str:
    """The valid ID number of the n-th observer."""
    first = f"99010119800101{number:03d}"
    return first + citizen_id.check_character(first)


@pytest.fixture
def noticed(hearing, hall):
    """The hearing of S02 with its notices out."""
    duty_for(hall)
    return schedule(hearing, hall)


def observe(announcement: HearingAnnouncement, number: int, *, now=MAY_29, **values: str) -> Observer:
    new = NewObserver(name=values.get("name", "张三丰"), id_number=values.get("id_number", id_of(number)))
    with transaction():
        return register_observer(announcement, new, now=now)


def test_announcement_when_lawful_is_public_and_masked(noticed, hall, db) -> None:
    row = announce(noticed, hall)
    assert row.is_public
    paper = db.session.get(IssuedPaper, row.paper_id)
    facts = facts_of(paper)
    assert facts.shown_subject == "郑某某请求增加房屋拆迁补偿"
    assert facts.shown_parties == ("信访人郑某某", f"责任单位{hall.unit.name}")
    assert paper.number == "滨澜信听公〔2025〕1号"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"masked_subject": "郑桂兰请求增加房屋拆迁补偿"}, "姓名“郑桂兰”"),
        ({"masked_subject": "请求补偿 13800000068"}, "手机号“13800000068”"),
        ({"access": "找郑桂兰带路"}, "姓名“郑桂兰”"),
    ],
)
def test_inv_34_announcement_that_names_a_person_is_refused_and_nothing_is_issued(
    noticed, hall, db, values, found
) -> None:
    with pytest.raises(RuleViolation, match=found) as refusal:
        announce(noticed, hall, **values)
    assert refusal.value.rule == "INV-34"
    assert db.session.scalar(sa.select(sa.func.count(HearingAnnouncement.id))) == 0
    assert db.session.scalar(sa.select(sa.func.count(IssuedPaper.id)).filter_by(type_name="hearing_announcement")) == 0


def test_announcement_of_a_closed_hearing_is_refused(noticed, hall) -> None:
    with transaction():
        noticed.mode = HearingMode.CLOSED
    with pytest.raises(RuleViolation, match="不公开的听证"):
        announce(noticed, hall)


def test_announcement_before_notice_or_twice_is_refused(make_approved, hall) -> None:
    duty_for(hall)
    hearing = make_approved()
    with pytest.raises(RuleViolation, match="发了通知的听证"):
        announce(hearing, hall)
    schedule(hearing, hall)
    announce(hearing, hall)
    with pytest.raises(RuleViolation, match="已经公告"):
        announce(hearing, hall)


def test_observer_when_registered_gets_the_next_seat_and_only_one(noticed, hall) -> None:
    row = announce(noticed, hall)
    assert [observe(row, number).seat_number for number in (1, 2)] == [1, 2]
    with pytest.raises(RuleViolation, match="已经登记过一个席位") as refusal:
        observe(row, 1, name="另一个人")
    assert refusal.value.rule == "R-HEAR-16"


@pytest.mark.parametrize("id_number", ["990101198001010011", "9901011980", ""])
def test_observer_with_a_wrong_id_number_is_refused(noticed, hall, db, id_number) -> None:
    row = announce(noticed, hall)
    with pytest.raises(RuleViolation):
        observe(row, 1, id_number=id_number)
    assert db.session.scalar(sa.select(sa.func.count(Observer.id))) == 0


def test_observer_after_the_last_seat_or_the_last_day_is_refused(noticed, hall) -> None:
    row = announce(noticed, hall, seats=1)
    with pytest.raises(RuleViolation, match="已经截止"):
        observe(row, 1, now=at(date(2025, 6, 9), 17, 30))
    observe(row, 1)
    with pytest.raises(RuleViolation, match="1 个旁听席位已经登记完了"):
        observe(row, 2)


def test_observer_at_the_door_is_let_in_by_his_own_card_once(noticed, hall) -> None:
    row = announce(noticed, hall)
    observer = observe(row, 1)
    with pytest.raises(RuleViolation, match="不是同一个人"), transaction():
        check_in_observer(observer, id_of(2), by=hall.clerk, now=at(date(2025, 6, 11), 8, 50))
    with transaction():
        check_in_observer(observer, id_of(1), by=hall.clerk, now=at(date(2025, 6, 11), 8, 50))
    assert observer.came_at is not None
    with pytest.raises(RuleViolation, match="已经有人入场"), transaction():
        check_in_observer(observer, id_of(1), by=hall.clerk, now=at(date(2025, 6, 11), 8, 51))


def test_announcement_when_withdrawn_tells_observers_and_may_go_up_again(noticed, hall, db) -> None:
    row = announce(noticed, hall)
    observe(row, 1)
    with transaction():
        withdraw_announcement(row, by=hall.clerk, now=MAY_29)
    assert not row.is_public
    assert row.paper.void_at is not None
    kinds = db.session.scalars(sa.select(OutboxMessage.kind)).all()
    assert kinds.count(MessageKind.OBSERVED_HEARING_OFF) == 1
    with pytest.raises(RuleViolation, match="不登记旁听"):
        observe(row, 2)
    again = announce(noticed, hall)
    assert again.id == row.id
    assert observe(again, 2).seat_number == 2


def test_observers_when_two_hundred_come_at_once_get_exactly_fifty_seats(noticed, hall, app, db) -> None:
    row = announce(noticed, hall, seats=SEATS)
    announcement_id = row.id
    db.session.remove()
    outcomes: list[str] = []
    gate = threading.Barrier(20)

    def come(numbers: range) -> None:
        with app.app_context():
            gate.wait()
            for number in numbers:
                outcomes.append(try_once(announcement_id, number))
            database.session.remove()

    crowd = [threading.Thread(target=come, args=(range(start, CROWD, 20),)) for start in range(20)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert outcomes.count("seated") == SEATS
    assert outcomes.count("full") == CROWD - SEATS
    seats = db.session.scalars(sa.select(Observer.seat_number).order_by(Observer.seat_number)).all()
    assert list(seats) == list(range(1, SEATS + 1))


def try_once(announcement_id: int, number: int) -> str:
    new = NewObserver(name="张三丰", id_number=id_of(number))

    def act() -> None:
        register_observer(database.session.get_one(HearingAnnouncement, announcement_id), new, now=MAY_29)

    try:
        run_write(act)
    except RuleViolation as refusal:
        return "full" if "登记完了" in refusal.message else refusal.message
    return "seated"


def test_announcement_when_the_application_is_withdrawn_comes_down_and_everybody_is_told(noticed, hall, db) -> None:
    row = announce(noticed, hall)
    observe(row, 1)
    with transaction():
        withdraw_application(noticed, by=hall.clerk, now=MAY_29)
    assert not row.is_public
    kinds = db.session.scalars(sa.select(OutboxMessage.kind).where(OutboxMessage.is_open)).all()
    assert sorted(kinds) == [MessageKind.HEARING_OFF] * 2 + [MessageKind.OBSERVED_HEARING_OFF]
