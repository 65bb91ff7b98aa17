"""Two clerks at once: one wins, the other is told what clashes and which three times do work (INV-29)."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
import sqlalchemy.orm
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from app.access.permissions import Actor
from app.booking.actions import reserve, sessions
from app.booking.models import BookedSession, Occupancy
from app.booking.queries import find_occupancy_findings
from app.booking.rules.need import SessionNeed, SessionPlan
from app.errors import Clash
from app.web import faults
from app.web.transaction import transaction
from tests.booking.conftest import NOW, Centre

WRITERS = 4


def try_to_book(
    app: Flask, need: SessionNeed, plan: SessionPlan, by: Actor, start: threading.Barrier, answers: list
) -> None:
    with app.app_context():
        start.wait(timeout=20)
        try:
            with transaction():
                answers.append(reserve(need, plan, by=by, now=NOW).id)
        except Clash as refusal:
            answers.append(refusal)


def run_writers(app: Flask, centre: Centre, plans: list[SessionPlan]) -> list:
    answers: list = []
    start = threading.Barrier(len(plans))
    need = centre.need()
    writers = [
        threading.Thread(target=try_to_book, args=(app, need, plan, centre.clerk, start, answers)) for plan in plans
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=40)
    return answers


def test_inv_29_reserve_when_several_clerks_want_one_place_lets_one_win(
    app: Flask, db: SQLAlchemy, centre: Centre
) -> None:
    # The pause after the check lets every clerk see the place free: only the primary key can decide.
    faults.arm("booking.after_check:sleep:150@*")
    answers = run_writers(app, centre, [centre.plan(9)] * WRITERS)
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


def test_inv_29_reserve_when_places_only_overlap_in_part_never_books_both(
    app: Flask, db: SQLAlchemy, centre: Centre
) -> None:
    faults.arm("booking.after_check:sleep:100@*")
    plans = [centre.plan(9, quarter, room=room) for quarter in (0, 15, 30) for room in (0, 1)]
    answers = run_writers(app, centre, plans)
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
    monkeypatch.setattr(sessions, "explain", lambda *args: [])
    with pytest.raises(Clash, match="第一调解室 09:00—10:00 已有安排") as refusal, transaction():
        reserve(centre.need(), centre.plan(9, 30), by=centre.clerk, now=NOW)
    assert len(refusal.value.alternatives) == 3
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BookedSession)) == 1
    assert find_occupancy_findings() == []
