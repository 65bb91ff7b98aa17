"""Two clerks at once: one wins, the other is told what clashes and which three times do work (INV-29)."""

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
import sqlalchemy.orm
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app import extensions
from app.access.permissions import Actor
from app.booking.actions import cancel_session, reserve, sessions, set_area_limit
from app.booking.models import BookedSession, Occupancy
from app.booking.queries import find_load_findings, find_occupancy_findings
from app.booking.rules.need import Owner, SessionNeed, SessionPlan
from app.errors import Clash
from app.web import database, faults
from app.web.transaction import run_write, transaction
from tests.booking.conftest import DAYS, NOW, Centre

WRITERS = 4


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many lanes as there are connections: whoever runs beside others waits for no lane."""
    monkeypatch.setattr(database, "LANES", 2**30)


def try_to_book(
    app: Flask, need: SessionNeed, plan: SessionPlan, by: Actor, start: threading.Barrier, answers: list, beside: str
) -> None:
    with app.app_context():
        start.wait(timeout=20)
        try:
            with transaction(beside=beside):
                answers.append(reserve(need, plan, by=by, now=NOW).id)
        except Clash as refusal:
            answers.append(refusal)


def run_writers(app: Flask, centre: Centre, plans: list[SessionPlan], *, is_beside: bool = False) -> list:
    answers: list = []
    start = threading.Barrier(len(plans))
    need = centre.need()
    writers = [
        threading.Thread(
            target=try_to_book,
            args=(app, need, plan, centre.clerk, start, answers, str(number) if is_beside else ""),
        )
        for number, plan in enumerate(plans)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=40)
    return answers


@pytest.mark.usefixtures("lanes")
@pytest.mark.parametrize("is_beside", [False, True])
def test_inv_29_reserve_when_several_clerks_want_one_place_lets_one_win(
    app: Flask, db: SQLAlchemy, centre: Centre, is_beside: bool
) -> None:
    # Beside one another all clerks see the place free, because of the pause: only the primary key can decide.
    faults.arm("booking.after_check:sleep:150@*")
    answers = run_writers(app, centre, [centre.plan(9)] * WRITERS, is_beside=is_beside)
    faults.arm("")
    won = [answer for answer in answers if isinstance(answer, int)]
    lost = [answer for answer in answers if isinstance(answer, Clash)]
    assert (len(won), len(lost)) == (1, WRITERS - 1)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Occupancy)) == 16
    for refusal in lost:
        assert "第一调解室 09:00—10:00 已有安排" in refusal.message
        assert len(refusal.alternatives) == 3
    with transaction():
        for place in lost[0].alternatives:
            reserve(centre.need(), place.plan, by=centre.clerk, now=NOW)
    assert find_occupancy_findings() == []


@pytest.mark.usefixtures("lanes")
@pytest.mark.parametrize("is_beside", [False, True])
def test_inv_29_reserve_when_places_only_overlap_in_part_never_books_both(
    app: Flask, db: SQLAlchemy, centre: Centre, is_beside: bool
) -> None:
    faults.arm("booking.after_check:sleep:100@*")
    plans = [centre.plan(9, quarter, room=room) for quarter in (0, 15, 30) for room in (0, 1)]
    answers = run_writers(app, centre, plans, is_beside=is_beside)
    faults.arm("")
    assert sum(isinstance(answer, int) for answer in answers) == 1
    db.session.rollback()
    assert count_overlaps(db) == 0


def count_overlaps(db: SQLAlchemy) -> int:
    one, other = sa.orm.aliased(BookedSession), sa.orm.aliased(BookedSession)
    statement = sa.select(sa.func.count()).where(
        one.id < other.id, one.starts_at < other.ends_at, other.starts_at < one.ends_at
    )
    return db.session.scalar(statement)


@pytest.mark.parametrize("point", ["booking.after_check", "booking.before_commit"])
def test_reserve_when_it_breaks_half_way_leaves_nothing(db: SQLAlchemy, centre: Centre, point: str) -> None:
    faults.arm(f"{point}:error@1")
    with pytest.raises(faults.FaultInjected), transaction():
        reserve(centre.need(), centre.plan(9), by=centre.clerk, now=NOW)
    faults.arm("")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Occupancy)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BookedSession)) == 0


def test_clash_when_another_clerk_took_the_place_a_moment_ago_says_so(db: SQLAlchemy, centre: Centre) -> None:
    other = replace(centre.clerk, account_id=centre.fang.id)
    with transaction():
        reserve(centre.need(), centre.plan(9), by=other, now=NOW)
    with pytest.raises(Clash, match="放不下：刚刚被别人占了"), transaction():
        reserve(centre.need(), centre.plan(9), by=centre.clerk, now=NOW)
    with pytest.raises(Clash, match="放不下：第一调解室"), transaction():
        reserve(centre.need(), centre.plan(9), by=other, now=NOW)
    with pytest.raises(Clash, match="放不下：第一调解室"), transaction():
        reserve(centre.need(), centre.plan(9), by=centre.clerk, now=NOW + timedelta(hours=1))


def test_inv_29_reserve_when_the_check_sees_nothing_is_stopped_by_the_primary_key(
    db: SQLAlchemy, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        reserve(centre.need(), centre.plan(9), by=centre.clerk, now=NOW)
    monkeypatch.setattr(sessions, "is_taken", lambda *args: False)
    monkeypatch.setattr(sessions, "explain", lambda *args: [])
    with pytest.raises(Clash, match="第一调解室 09:00—10:00 已有安排") as refusal, transaction():
        reserve(centre.need(), centre.plan(9, 30), by=centre.clerk, now=NOW)
    assert len(refusal.value.alternatives) == 3
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BookedSession)) == 1
    assert find_occupancy_findings() == []


@pytest.mark.usefixtures("lanes")
def test_inv_29_acts_beside_one_another_when_booking_and_calling_off_leave_no_place_wrong(
    app: Flask, db: SQLAlchemy, centre: Centre
) -> None:
    """With limits set, so that cells, loads and log are all fought over; nobody may be hit by a deadlock."""
    with transaction():
        # As many a week as on all these days together: a full week refuses nobody who finds his day empty.
        set_area_limit(centre.office.id, 3, 3 * len(DAYS[1:]), by=centre.clerk, now=NOW)
    chance = random.Random(4)
    wishes = [
        (
            centre.need(owner=Owner("mediation_meeting", number), party_keys=()),
            centre.plan(
                chance.randrange(9, 16), chance.choice((0, 30)), room=chance.randrange(2), day=chance.choice(DAYS[1:])
            ),
        )
        for number in range(WRITERS * 12)
    ]
    start, errors, booked = threading.Barrier(WRITERS), [], []

    def write(mine: list[tuple[SessionNeed, SessionPlan]]) -> None:
        with app.app_context():
            start.wait(timeout=20)
            for need, plan in mine:
                try:
                    book_and_call_off(centre.clerk, need, plan, booked)
                except Clash:
                    continue
                except Exception as error:
                    errors.append(repr(error))

    threads = [threading.Thread(target=write, args=(wishes[number::WRITERS],)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    db.session.rollback()
    assert errors == []
    assert len(booked) >= len(DAYS[1:])  # the first on each day finds nothing in his way
    assert find_occupancy_findings() == find_load_findings() == []


def book_and_call_off(by: Actor, need: SessionNeed, plan: SessionPlan, booked: list[int]) -> None:
    """As the pages do it; of three sessions two are called off again."""
    case = str(need.owner.id)
    session_id = run_write(lambda: reserve(need, plan, by=by, now=NOW, is_confirmed=True).id, beside=case)
    booked.append(session_id)
    if need.owner.id % 3:
        run_write(lambda: call_off(session_id, by), beside=case)


def call_off(session_id: int, by: Actor) -> None:
    session = extensions.db.session.get_one(BookedSession, session_id)
    cancel_session(session, "改天", by=by, now=NOW)


def test_a_taken_place_when_refused_costs_the_turn_one_question_and_is_explained_after_it(
    db: SQLAlchemy, centre: Centre, statements: list[str]
) -> None:
    with transaction():
        reserve(centre.need(), centre.plan(9), by=centre.clerk, now=NOW)
    need, plan = centre.need(), centre.plan(9, 30)
    with pytest.raises(Clash) as refusal, transaction():
        statements.clear()
        reserve(need, plan, by=centre.clerk, now=NOW)
    assert [line for line in statements if line.startswith("SELECT")] == [statements[0]]
    assert "occupancy" in statements[0]
    assert "第一调解室 09:00—10:00 已有安排" in refusal.value.message
    assert refusal.value.rule == "INV-29"


def test_a_taken_place_when_freed_before_it_is_explained_may_be_asked_for_again(db: SQLAlchemy, centre: Centre) -> None:
    with transaction():
        session_id = reserve(centre.need(), centre.plan(9), by=centre.clerk, now=NOW).id
    need, plan = centre.need(), centre.plan(9)
    with pytest.raises(Clash) as refusal, transaction():
        reserve(need, plan, by=centre.clerk, now=NOW)
    with transaction():
        call_off(session_id, centre.clerk)
    assert refusal.value.message == "刚才有人占了这里，又让出来了。请再办一次。"
    with transaction():
        reserve(need, plan, by=centre.clerk, now=NOW)


@pytest.fixture
def statements(db: SQLAlchemy) -> Iterator[list[str]]:
    """What the database is asked, in order."""
    lines: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        lines.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield lines
    sa.event.remove(db.engine, "before_cursor_execute", note)
